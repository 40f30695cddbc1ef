"""What a table says: a stage gives its own words, everything else is put together from its noun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tna_desktop.kernel.text import Language

if TYPE_CHECKING:
    from .table_step import RecordTable

#: A way to begin: icon, title, a line of text, and what it does.
Card = tuple[str, str, str, Callable[[], object]]
#: A sentence, or the function of a number that gives it; a sentence may hold {n}.
Said = str | Callable[[int], str]


@dataclass(frozen=True)
class TableTexts:
    """The table's own sentences, already said in the person's language; what is left out comes from the noun."""

    title: str = ""
    filter: Said = ""
    add: str = ""
    add_line: str = ""
    removed: Said = ""
    added: Said = ""
    nothing_found: str = ""


@dataclass(frozen=True)
class EmptyTexts:
    """What is shown while there are no rows: a line, a sentence, and up to three ways to begin."""

    icon: str = "table"
    line: str = ""
    sentence: str = ""
    type_title: str = ""
    type_text: str = ""
    paste_title: str = ""
    paste_text: str = ""
    model_icon: str = "list-bullets"
    model_title: str = ""
    model_text: str = ""
    model: Callable[[], object] | None = None


@dataclass(frozen=True)
class Words:
    """All sentences of one table, the stage's own before the general ones."""

    language: Language
    noun: tuple[str, str]
    own: TableTexts

    @property
    def title(self) -> str:
        return self.own.title or self.language.say("Table of {things}", things=self.noun[1])

    @property
    def add(self) -> str:
        return self.own.add or self.language.say("Add {thing}", thing=self.noun[0])

    @property
    def add_line(self) -> str:
        return self.own.add_line or self.language.say("Type a name and press Enter to add a row")

    @property
    def nothing_found(self) -> str:
        return self.own.nothing_found or self.language.say("Nothing here matches the filter.")

    def filter(self, n: int) -> str:
        return self._said(self.own.filter, n) or self.language.say("Filter {counted}", counted=self.counted(n))

    def removed(self, n: int) -> str:
        return self._said(self.own.removed, n) or self.language.say("Deleted: {counted}", counted=self.counted(n))

    def added(self, n: int) -> str:
        return self._said(self.own.added, n) or self.language.say("Added: {counted}", counted=self.counted(n))

    def counted(self, n: int) -> str:
        """3 stakeholders."""
        return self.language.say(
            "{n} {things}", n=self.language.number(n), things=self.noun[0] if n == 1 else self.noun[1]
        )

    def _said(self, text: Said, n: int) -> str:
        return text(n) if callable(text) else text.replace("{n}", self.language.number(n))


def empty_cards(table: RecordTable) -> list[Card]:
    """The ways to begin: to type, to paste, and to take from a model list."""
    say, texts = table.language.say, table.empty_texts
    cards: list[Card] = []
    if table.adding is not None:
        title, text = say("Type one by one"), say("A name, then Enter. The rest can wait.")
        cards.append(("keyboard", texts.type_title or title, texts.type_text or text, table.focus_add_line))
    if table.may_paste:
        title, text = say("Paste from Excel"), say("Columns are recognised, nothing is lost.")
        cards.append(("clipboard-text", texts.paste_title or title, texts.paste_text or text, table.paste_from_excel))
    if texts.model is not None:
        title, text = say("Start from the model list"), say("Common entries, to keep or to take out.")
        cards.append((texts.model_icon, texts.model_title or title, texts.model_text or text, texts.model))
    return cards
