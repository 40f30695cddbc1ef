"""Who competes: all together or apart, with a reason; and which of the competing groups is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tna_desktop.kernel.text import ENGLISH
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.tokens import theme

from ..competition import WAYS, CompetingGroup, Rule, alike_words, compete_within, way_words
from ..competition_words import choice_words
from ..results import Ranking
from .decision_box import DecisionBox


def _below(menu: Menu, button: Button) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))


class WhoCompetes(Button):
    """A quiet control that says who competes, and changes it once the team has said why."""

    def __init__(self, desk: Desk, host: QWidget):
        super().__init__("", "ghost", icon_end="caret-down", small=True)
        self.desk, self.language, self.rule, self._host = desk, desk.language, Rule(), host
        self._narrow = False
        self.clicked.connect(lambda _checked=False: _below(self.menu_of_ways(), self))
        self.show_rule(Rule())

    def show_rule(self, rule: Rule) -> None:
        say = self.language.say
        self.rule = rule
        whole = say("Who competes: {who}", who=alike_words(rule.within, self.language))
        self.setText(say("Who competes") if self._narrow else whole)
        self.setAccessibleName(whole)
        tip = say("All technologies compete together, or only those alike in reach or time horizon")
        self.setToolTip(
            say("{whole}. {more}", whole=whole, more=rule.reason or tip) if self._narrow else rule.reason or tip
        )

    def show_narrow(self, narrow: bool) -> None:
        """Say less where room is short; the whole stands in the tooltip."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.show_rule(self.rule)

    def menu_of_ways(self) -> Menu:
        menu = Menu(self.language.say("Who competes"), self)
        for way in WAYS:
            menu.add(
                way_words(way, self.language), lambda way=way: self.choose(way), checked=way == self.rule.within
            )  # fmt: skip
        return menu

    def choose(self, within: str) -> None:
        """Let others compete; the reason is asked for and goes into the decision log."""
        if within == self.rule.within:
            return
        say = self.language.say
        question = say("Why should this change?")
        text = say(
            "{way}. Places, trials and the shortlist's line are then within each group; values stay comparable.",
            way=way_words(within, self.language),
        ) if within else say("{way}, in one ranking with one line.", way=way_words(within, self.language))  # fmt: skip
        answer = self.ask(question, text)
        if answer is not None:
            self.desk.attempt(compete_within, within, reason=answer[0], decided_by=answer[1])

    def ask(self, question: str, text: str) -> tuple[str, str] | None:
        """The decision box; None when the person went back."""
        dialog = DecisionBox(self.language, question, text, self.language.say("Change who competes"), "", self._host)
        answer = dialog.words() if dialog.exec() else None
        dialog.deleteLater()
        return answer

    def commands(self, step: str) -> list[Command]:
        return [
            Command(f"{step}.compete.{way or 'all'}", way_words(way, self.language), lambda way=way: self.choose(way),
                    "tree-structure", english=way_words(way, ENGLISH))
            for way in WAYS
        ]  # fmt: skip


class CompetingGroups(QWidget):
    """Which competing group is looked at: its name with how many are in it, and steps to its neighbours."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, who: QWidget | None = None):
        super().__init__()
        self.language = desk.language
        say = self.language.say
        self._groups: list[tuple[str, str]] = []
        self._current = ""
        self.back = Button("", "ghost", "caret-left", small=True, on_click=lambda: self.step(-1))
        self.button = Button("", "outline", icon_end="caret-down", small=True)
        self.button.clicked.connect(lambda _checked=False: _below(self.menu(), self.button))
        self.forth = Button("", "ghost", "caret-right", small=True, on_click=lambda: self.step(1))
        for button, words in ((self.back, say("Group before")), (self.forth, say("Next group"))):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.note = Label("", "meta", "text2", elide=True)
        line = row(gap=4, margins=(0, 4, 0, 0), parent=self)
        for part in (self.back, self.button, self.forth):
            line.addWidget(part)
        line.addSpacing(8)
        line.addWidget(self.note, 1)
        if who is not None:
            line.addWidget(who)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(32))

    def show_groups(self, parts: Sequence[tuple[CompetingGroup, Ranking]]) -> None:
        """The groups that compete apart; none hides the row. The one looked at stays."""
        self._groups = [(group.key, choice_words(found, self.language)) for group, found in parts]
        keys = [key for key, _ in self._groups]
        if self._current not in keys:
            self._current = keys[0] if keys else ""
        self.setVisible(bool(keys))
        self._say()

    def current(self) -> str:
        return self._current

    def set_current(self, key: str) -> None:
        """Look at a group without telling anybody."""
        self._current = key
        self._say()

    def step(self, by: int) -> None:
        keys = [key for key, _ in self._groups]
        at = keys.index(self._current) + by
        if 0 <= at < len(keys):
            self._choose(keys[at])

    def menu(self) -> Menu:
        menu = Menu(self.language.say("Competing groups"), self)
        for key, words in self._groups:
            menu.add(words, self._chooser(key), checked=key == self._current)
        return menu

    def _chooser(self, key: str) -> Callable[[], None]:
        return lambda: self._choose(key)

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    def _say(self) -> None:
        say, keys = self.language.say, [key for key, _ in self._groups]
        if self._current not in keys:
            return
        at = keys.index(self._current)
        name = self._groups[at][1]
        self.button.setText(name)
        self.button.setAccessibleName(say("Competing group: {name}", name=name))
        self.note.set_text(
            say("Group {n} of {all} that compete apart", n=self.language.number(at + 1), all=self.language.number(len(keys)))
        )  # fmt: skip
        for button, end in ((self.back, 0), (self.forth, len(keys) - 1)):
            had = button.hasFocus()
            button.setEnabled(at != end)
            if had and at == end:
                self.button.setFocus(Qt.FocusReason.OtherFocusReason)
