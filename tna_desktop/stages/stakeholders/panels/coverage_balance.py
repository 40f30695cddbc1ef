"""The balance of the register: by group, by sex and by region, with what is not known told apart from what is none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tna_desktop.kernel.text import UNKNOWN, Language
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.fonts import font, line_height, ready_for
from tna_desktop.ui.labels import Label
from tna_desktop.ui.painting import box, direct, draw_text, mirrored, start, text_width
from tna_desktop.ui.shapes import group_color, group_outline, paint_shape
from tna_desktop.ui.theme import theme

from .. import results
from ..results import Share


class CountBars(QWidget):
    """One bar per line with its number; whoever is not known has a dashed bar, and what nobody counted a dash."""

    def __init__(self, language: Language, name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self._title = language, name
        self.shares: tuple[Share, ...] = ()
        self._names: list[str] = []
        self._shapes = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_shares(self, shares: Sequence[Share], names: Sequence[str], shapes: bool = False) -> None:
        """These bars; ``shapes`` puts the mark of the group that each key names before it."""
        for name in names:
            ready_for(name)
        self.shares, self._names, self._shapes = tuple(shares), list(names), shapes
        say = self.language.say
        said = [
            say("{name}: {count}", name=name, count=UNKNOWN if share.count is None else share.count)
            for name, share in zip(self._names, self.shares, strict=True)
        ]
        self.setAccessibleName(self._title)
        self.setAccessibleDescription("; ".join(said))
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(max(1, len(self.shares)) * self._pitch())
        self.update()

    def _pitch(self) -> int:
        return max(theme().px(24), line_height("body") + 4)

    def sizeHint(self):
        return QSize(theme().px(230), self.height())

    def paintEvent(self, event):
        look, pitch = theme(), self._pitch()
        painter = start(self)
        direct(painter, self)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width, face = self.width(), font("body")
        most = max((share.count or 0 for share in self.shares), default=0)
        mark = look.px(19) if self._shapes else 0
        longest = max((text_width(name, face) for name in self._names), default=0.0)
        words = min(longest + look.px(10), width * 0.52)
        number = look.px(30)
        room = max(4.0, width - mark - words - number)
        for place, (share, name) in enumerate(zip(self.shares, self._names, strict=True)):
            top = place * pitch

            def at(left: float, wide: float, high: float = pitch, top: int = top) -> QRectF:
                return mirrored(QRectF(left, top + (pitch - high) / 2, wide, high), width, rtl)

            if self._shapes and share.key:
                paint_shape(painter, share.key, at(1, look.px(12), look.px(12)), filled=bool(share.count))
            ink = "text3" if share.unknown else "text"
            shown = QFontMetricsF(face).elidedText(name, Qt.TextElideMode.ElideRight, words - look.px(8))
            draw_text(painter, at(mark, words), shown, face, look.color(ink))
            long = room * (share.count or 0) / most if most else 0.0
            if long:
                bar = at(mark + words, max(3.0, long), look.px(12))
                if share.unknown:
                    box(painter, bar, 2, None, look.color("strong"), 1.0, dashed=True)
                elif self._shapes and share.key:
                    box(painter, bar, 2, group_color(share.key), group_outline(share.key), 1.0)
                else:
                    box(painter, bar, 2, look.color("petrol"))
            text = UNKNOWN if share.count is None else self.language.number(share.count)
            draw_text(painter, at(mark + words + long + look.px(6), number), text, face, look.color("text2"))


class BalanceView(QScrollArea):
    """Three blocks of bars beside each other, or below each other where room is short."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.known = Label("", "body", "text2", wrap=True)
        self.groups = CountBars(self.language, say("Stakeholders by group"))
        self.sexes = CountBars(self.language, say("Contacts by sex"))
        self.attendance = CountBars(self.language, say("Women and men counted at meetings"))
        self.regions = CountBars(self.language, say("Stakeholders by region"))
        self._no_contacts = Label(say("No contact is noted yet."), "body", "text3", wrap=True)
        self._no_counts = Label("", "body", "text3", wrap=True)
        self._blocks = [
            self._block((say("By group"), self.groups)),
            self._block(
                (say("Contacts by sex"), self.sexes, self._no_contacts),
                (say("Counted at meetings"), self.attendance, self._no_counts),
            ),
            self._block((say("By region"), self.regions)),
        ]
        inside = QWidget()
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(24, 6, 24, 16)
        outer.setSpacing(12)
        outer.addWidget(self.known)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(18)
        outer.addLayout(self._grid)
        outer.addStretch(1)
        self._across = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("Balance"))
        self.setWidget(inside)
        for part in (inside, self.viewport()):
            part.setAutoFillBackground(False)
        self._arrange(3)

    def _block(self, *parts) -> QWidget:
        block = QWidget()
        layout = QVBoxLayout(block)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for place, (title, *widgets) in enumerate(parts):
            if place:
                layout.addSpacing(12)
            layout.addWidget(Label(title, "label", "text2"))
            for widget in widgets:
                layout.addWidget(widget)
        layout.addStretch(1)
        return block

    def resizeEvent(self, event):
        super().resizeEvent(event)
        room = self.viewport().width()
        self._arrange(3 if room >= theme().px(760) else 2 if room >= theme().px(520) else 1)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for place, block in enumerate(self._blocks):
            self._grid.removeWidget(block)
            self._grid.addWidget(block, place // across, place % across)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < across else 0)

    def load(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        found = self.desk.read(results.balance, self.desk.workflow)
        self.known.set_text(
            say(
                "For {known} of {all} stakeholders it is known where they are and who speaks for them.",
                known=found.known,
                all=found.stakeholders,
            )
        )
        sexes = {"female": say("Women"), "male": say("Men"), "other": say("Other"), "": say("Not said")}
        catalogue = self.desk.workflow.catalogue("stakeholder_groups")
        short = {entry.key: entry.short or entry.name for entry in catalogue.entries}
        self.groups.show_shares(
            found.groups, [short.get(share.key, share.name) or say("No group") for share in found.groups], True
        )
        self.sexes.show_shares(found.sexes, [sexes[share.key] for share in found.sexes])
        self.attendance.show_shares(found.attendance, [sexes[share.key] for share in found.attendance])
        self.regions.show_shares(found.regions, [share.name or say("Not said") for share in found.regions])
        self.sexes.setVisible(bool(found.sexes))
        self._no_contacts.setVisible(not found.sexes)
        self.attendance.setVisible(bool(found.attendance))
        self._no_counts.set_text(
            say_n(
                "For one presence, women and men were not both counted.",
                "For {n} presences, women and men were not both counted.",
                found.uncounted,
            )
            if found.uncounted
            else say("Nobody was counted at a meeting yet.")
        )
        self._no_counts.setVisible(bool(found.uncounted) or not found.attendance)
