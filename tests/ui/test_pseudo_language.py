"""The whole window in the made-up language: every word translated, nothing cut, nothing outside its place.

The made-up language makes each text longer by two fifths, accents it and puts it in brackets. What stands without
brackets must have been typed by people, be a number, a date or the name of something.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.builders import seen
from tests.builders.whole_window import close_window, in_dialog, listening, open_window, rest, settle, walk
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.tables import Base
from tna_desktop.kernel.text import LANGUAGES, PSEUDO, language
from tna_desktop.kernel.workflow import from_json
from tna_desktop.ui.menus import Menu

#: Names that are the same in every language, codes and keys.
NAMES = {
    "TNA Desktop", "TNA", "MIT", "PDF", "Excel", "Word", "USD", "QPS", "N", "OK", "A4", "Facilitator", PSEUDO,
    *LANGUAGES.values(),
}  # fmt: skip
_KEY = r"Ctrl|Shift|Alt|Enter|Return|Esc|Tab|Insert|Ins|Del|Home|End|PgUp|PgDn|PgDown|Backspace|F\d+|[A-Z]"
KEYS = re.compile(rf"(?:{_KEY})(?:(?:[ +,…]|\s)+(?:{_KEY}|\d))*")
#: What Babel writes between numbers and in lists; the made-up language has its forms of English.
DATES = re.compile(
    r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*(?: \d{4})?(?:, \d\d:\d\d)?|\d+(?:\.\d+)?[kKMB]\b"
)
BRACKETED = re.compile(r"\[[^\[\]]*\]")
LETTER = re.compile(r"[^\W\d_]")


@dataclass
class Screen:
    """What was seen of one screen, in a window of one size."""

    name: str
    texts: set[seen.Text] = field(default_factory=set)
    painted: set[str] = field(default_factory=set)
    cut: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@dataclass
class Walked:
    """A walk through everything, with what people typed and what was complained about."""

    screens: list[Screen] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def told(self, what: str) -> list[str]:
        return sorted({f"{each.name}: {line}" for each in self.screens for line in getattr(each, what)})


def typed_texts(document: Document) -> list[str]:
    """Every text in the document that people typed or that was copied from a catalogue as theirs; keys are not."""
    found: set[str] = set()
    keys: set[str] = set()
    with document.reading() as session:
        for mapper in Base.registry.mappers:
            columns = [each.key for each in inspect(mapper.class_).columns if each.key != "workflow_content"]
            for row in session.query(*(getattr(mapper.class_, key) for key in columns)):
                found |= {value for value in row if isinstance(value, str) and value.strip()}
        from tna_desktop.kernel import assessment

        workflow = from_json(assessment.facts(session).workflow_content)
    for catalogue in workflow.catalogues.values():
        keys |= {entry.key for entry in catalogue.entries}
    found |= {part.strip() for text in found for part in re.split(r"[\n;]", text) if part.strip()}
    found |= {text.rstrip(".") for text in found}
    return sorted(found - keys, key=len, reverse=True)


@pytest.fixture(scope="module")
def walked(qapp, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    """One walk for all tests of this file: every screen in a window of 1366 x 768, and again in the smallest one."""
    folder = tmp_path_factory.mktemp("pseudo")
    path = folder / "kelvara.tna"
    shutil.copyfile(sample_file, path)
    found = Walked()
    found.data = [path.stem, path.name, *(part for part in path.parts if len(part) > 1)]
    with listening() as heard:
        window = open_window(path, PSEUDO)
        space = window.workspace
        found.data = [*typed_texts(space.desk.document), *found.data]

        def look(name: str, root=None, words: bool = True) -> None:
            root = root or window
            screen = Screen(name)
            with seen.painted() as painted:
                root.grab()
            rest(20)
            if words:
                screen.texts, screen.painted = seen.texts(root), painted
            screen.cut = seen.cut(root)
            screen.outside = [*seen.outside(root), *seen.overlaps(root)]
            found.screens.append(screen)

        for place in walk(space):
            look(place)
            for at, tab in enumerate(space.panel._tabs):
                if at and space.panel.isVisible() and space.panel.is_open:
                    space.panel.show_tab(tab.key)
                    rest(20)
                    look(f"{place}, {tab.key}")
            for menu in space.screen().findChildren(Menu) if space.screen() is not None else ():
                found.screens.append(
                    Screen(
                        f"{place}, menu",
                        {seen.Text(action.text().split("\t")[0], "entry", "Menu") for action in menu.actions()},
                    )
                )
        for command in (each for stop in space.route for each in _commands(space, stop.place)):
            found.screens.append(Screen("commands", {seen.Text(command.title, "command", "Command")}))
        space.show_step("stakeholders.register")
        space.search()
        rest(150)
        look("palette")
        from tna_desktop.shell.palette import Palette

        space.findChildren(Palette)[-1].close_palette()
        for name, begin in {
            "assessment details": space.edit_facts,
            "new assessment": window.new_assessment,
            "keyboard": window.show_help,
            "backups": window.open_backup,
        }.items():
            with in_dialog(begin) as dialog:
                look(name, dialog)
        found.screens.append(
            Screen(
                "menu", {seen.Text(action.text().split("\t")[0], "entry", "Menu") for action in space._menu.actions()}
            )
        )
        window.resize(1024, 600)
        for place in walk(space, report=False):
            look(f"{place} at 1024x600")
        window.close_assessment()
        settle()
        for size in ((1366, 768), (1024, 600)):
            window.resize(*size)
            rest(30)
            look(f"start at {size[0]}x{size[1]}")
        close_window(window)
        found.heard = list(heard)
    return found


def _commands(space, place: str):
    screen = space._screens.get(place)
    return screen.commands() if screen is not None else []


def untranslated(words: str, data: list[str]) -> str:
    """What of a text is neither in brackets nor typed by people; empty when all of it is."""
    rest = words
    while True:
        stripped = BRACKETED.sub(" ", rest)
        if stripped == rest:
            break
        rest = stripped
    rest = re.sub(r"\[[^\[\]]*…?$", " ", rest)  # a text cut by an ellipsis
    rest = re.sub(r"^[^\[\]]*~\]", " ", rest)  # the second part of one
    rest = re.sub(r".*\.tna\b", " ", rest)  # where a file is
    if not LETTER.search(rest):
        return ""
    if rest.strip().endswith("…") and any(each.startswith(rest.strip()[:-1]) for each in data):
        return ""
    for each in data:
        if len(each) > 2 and each in rest:
            rest = rest.replace(each, " ")
        if not LETTER.search(rest):
            return ""
    rest = DATES.sub(" ", rest)
    for name in sorted(NAMES, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
    if KEYS.fullmatch(rest.strip()):
        return ""
    rest = re.sub(r"(?<!\w)(?:and|Ctrl [A-Z]|F\d+)(?!\w)", " ", rest)
    return rest.strip() if LETTER.search(rest) else ""


def test_every_word_is_translated(walked: Walked) -> None:
    left = set()
    for screen in walked.screens:
        for text in screen.texts:
            piece = untranslated(text.words, walked.data)
            if piece:
                left.add(f"{screen.name}: {text.what} of {text.of}: {text.words!r} ({piece!r})")
        for words in screen.painted:
            piece = untranslated(words, walked.data)
            # Heads of narrow columns are painted word by word, long cells line by line.
            if piece and not any(words.rstrip("…") in each for each in walked.data):
                left.add(f"{screen.name}: painted: {words!r} ({piece!r})")
    assert not left, "\n".join(sorted(left))


def test_nothing_is_cut_without_being_told_whole(walked: Walked) -> None:
    cut = walked.told("cut")
    assert not cut, "\n".join(cut)


def test_everything_lies_within_the_window(walked: Walked) -> None:
    outside = walked.told("outside")
    assert not outside, "\n".join(outside)


def test_nobody_complains_on_the_way(walked: Walked) -> None:
    assert walked.heard == []


def test_the_report_says_nothing_untranslated(sample_file: Path, tmp_path: Path) -> None:
    from tna_desktop.reports.chapter import Options
    from tna_desktop.reports.pages import book_html
    from tna_desktop.stages.synthesis.report import book_of

    shutil.copyfile(sample_file, tmp_path / "kelvara.tna")
    document = Document.open(tmp_path / "kelvara.tna", read_only=True)
    spoken = language(PSEUDO)
    page = book_html(book_of(document, spoken, Options(annexes=True)), spoken)
    data = typed_texts(document)
    document.close(publish=False)
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page[page.index("<body") :], flags=re.S)
    pieces = {unescape(piece).strip() for piece in re.split(r"<[^>]+>", body)}
    left = {(piece, part) for piece in pieces if (part := untranslated(piece, data))}
    assert not left, "\n".join(f"{piece!r} ({part!r})" for piece, part in sorted(left))
