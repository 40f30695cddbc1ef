"""Doubles: pairs whose names are nearly the same, what joining them would do, and which of the two stays."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QScrollArea, QWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel.errors import Refused
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.fonts import set_role
from tna_desktop.ui.labels import Label, StateMark
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.tokens import theme

from .. import reading
from ..operations_merging import ask_again, keep_apart, merge_technologies
from ..reading_doubles import distinct_pairs, doubles, in_order, merge_preview, told
from .longlist_table import facet_names


class MergeDialog(Dialog):
    """One pair after the other: the person says which name stays, sees what goes over, and merges or goes on.

    ``pair``: two technologies the person chose; otherwise all pairs with nearly the same names, and below them those
    that were found to be different, so that this can be taken back.
    """

    def __init__(self, desk: Desk, parent: QWidget, pair: tuple[str, str] | None = None):
        say = desk.language.say
        self.desk, self.language, self.merged = desk, desk.language, 0
        self._wanted = pair
        self._pairs: list[tuple[str, str]] = []
        self._apart: set[tuple[str, str]] = set()
        self._names: dict[str, str] = {}
        self._facets = facet_names(desk.language, desk.workflow)
        self.list = QListWidget()
        self.list.setAccessibleName(say("Technologies with nearly the same name"))
        set_role(self.list, "body")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.apart = Button(say("These are different"), "outline", small=True, on_click=self._keep_apart)
        self._which = Label(say("Which one stays?"), "label", "text2")
        self.first, self.second = (Label("", "meta", "text2", wrap=True) for _ in range(2))
        self.keep = Segmented([("", "")], "", say("Which one stays"))
        self.keep.chosen.connect(lambda _key: self._show_preview())
        lines = QWidget()
        self._lines = column(gap=5, margins=(0, 2, 8, 2), parent=lines)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(lines)
        area.setAccessibleName(say("What merging does"))
        for part in (lines, area.viewport()):
            part.setAutoFillBackground(False)
        body = QWidget()
        box = column(gap=8, parent=body)
        box.addWidget(self.list)
        box.addLayout(row(self.apart, None))
        box.addWidget(self._which)
        box.addWidget(self.keep)
        box.addWidget(self.first)
        box.addWidget(self.second)
        box.addWidget(area, 1)
        body.setFocusProxy(self.list)
        super().__init__(
            say("Are these the same technology?"),
            say("Merging makes one entry of two, in one step that can be undone. Nothing is merged by itself."),
            say("Merge"),
            say("Close"),
            body=body,
            parent=parent,
        )
        self.list.currentRowChanged.connect(self._show_pair)
        self.restyle()
        self._reload()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "list"):
            self._fit_list()

    def _fit_list(self) -> None:
        """One pair leaves the room to what merging it does; of many, four are in sight."""
        line = max(theme().px(20), self.list.sizeHintForRow(0))
        self.list.setFixedHeight(line * min(4, max(1, self.list.count())) + 2 * self.list.frameWidth() + theme().px(4))

    def sizeHint(self):
        return QSize(theme().px(540), theme().px(540))

    def showEvent(self, event):
        super().showEvent(event)
        room = self.parentWidget().window().height() - 32 if self.parentWidget() else 600
        self.resize(self.width(), min(max(360, room), theme().px(540)))

    def accept(self) -> None:
        """Merge the pair in view; the dialog stays as long as there are more."""
        if not self._pairs:
            super().accept()
            return
        if self._found_different():
            return
        keep, go = self._chosen()
        try:
            self.desk.do(merge_technologies, keep, go)
        except Refused as refused:
            self.desk.refuse(refused)
            return
        self.merged += 1
        self._wanted = None
        if not self._reload():
            super().accept()

    def _found_different(self) -> bool:
        """Whether the pair in view is one the team found to be different."""
        at = self.list.currentRow()
        return 0 <= at < len(self._pairs) and in_order(*self._pairs[at]) in self._apart

    def _keep_apart(self) -> None:
        """Remember that the pair in view is no double, or take that back."""
        at = self.list.currentRow()
        if not 0 <= at < len(self._pairs):
            return
        operation = ask_again if self._found_different() else keep_apart
        self.desk.attempt(operation, *self._pairs[at])
        self._reload()

    def pairs(self) -> list[str]:
        """The pairs as they are listed."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def lines(self) -> list[str]:
        """What merging the pair in view would do, line by line."""
        found = [self._lines.itemAt(at).widget() for at in range(self._lines.count())]
        return [each.accessibleName() for each in found if isinstance(each, StateMark)]

    def _reload(self) -> bool:
        self._names = {row["id"]: row["name"] for row in self.desk.read(reading.technologies)}
        self._sheets = {row["id"]: row["definition"] for row in self.desk.read(reading.technologies)}
        kept = self.desk.read(distinct_pairs)
        self._apart = set(kept)
        places = {id: at for at, id in enumerate(self._names)}
        apart = [(a, b) if places[a] < places[b] else (b, a) for a, b in kept]
        asked = [(each.first, each.second) for each in self.desk.read(doubles)]
        self._pairs = [self._wanted] if self._wanted else asked + apart
        say = self.language.say
        row = max(0, min(self.list.currentRow(), len(self._pairs) - 1))
        self.list.blockSignals(True)
        self.list.clear()
        for a, b in self._pairs:
            words = {"first": self._names[a], "second": self._names[b]}
            different = in_order(a, b) in self._apart
            self.list.addItem(
                say("Different: {first} and {second}", **words) if different else say("{first} and {second}", **words)
            )
            if different:
                self.list.item(self.list.count() - 1).setForeground(theme().color("text3"))
        self.list.blockSignals(False)
        self._fit_list()
        self.list.setCurrentRow(row)
        self._show_pair(row)
        return any(in_order(*pair) not in self._apart for pair in self._pairs)

    def _show_pair(self, row: int) -> None:
        there = 0 <= row < len(self._pairs)
        different = self._found_different()
        self.verb_button.setEnabled(there and not different)
        say = self.language.say
        self.apart.setText(say("Ask about these again") if different else say("These are different"))
        for part in (self.first, self.second, self.apart):
            part.setVisible(there)
        for choice in (self.keep, self._which):
            choice.setVisible(there and not different)
        if not there:
            self._say([("good", self.language.say("No two technologies have nearly the same name."))])
            return
        pair = self._pairs[row]
        self.keep.set_choices([(id, _short(self._names[id])) for id in pair])
        self.keep.set_current(pair[0])
        for label, id in zip((self.first, self.second), pair, strict=True):
            said = self._sheets[id] or self.language.say("not described")
            label.set_text(self.language.say("{name}: {words}", name=self._names[id], words=said))
        if different:
            self._say([("good", say("The team found these two to be different; nobody is asked about them."))])
            return
        self._show_preview()

    def _chosen(self) -> tuple[str, str]:
        pair = self._pairs[self.list.currentRow()]
        return pair if self.keep.current() == pair[0] else (pair[1], pair[0])

    def _show_preview(self) -> None:
        if self._pairs:
            self._say(self.desk.read(_lines_of, *self._chosen(), self.desk.workflow, self.language, self._facets))

    def _say(self, lines: list[tuple[str, str]]) -> None:
        clear(self._lines)
        for state, words in lines:
            self._lines.addWidget(StateMark(state, words))
        self._lines.addStretch(1)


def _lines_of(session: Session, keep: str, go: str, workflow, language, facets) -> list[tuple[str, str]]:
    return told(merge_preview(session, keep, go), session, workflow, language, facets)


def _short(name: str) -> str:
    return name if len(name) <= 34 else name[:33] + "…"
