"""What the answers of a ballot amount to so far: a small bar and a number for each criterion, as one answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font
from tna_desktop.ui.labels import Label
from tna_desktop.ui.painting import box, draw_text, start
from tna_desktop.ui.theme import theme

from ..reading.ballots import TREE, Family
from ..results import Outcome

_RTL = Qt.LayoutDirection.RightToLeft


@dataclass(frozen=True)
class ShareRow:
    """One line: a criterion or branch with its share at its own level and in all; None while it is not known."""

    name: str
    local: float | None
    overall: float | None
    depth: int = 0
    branch: bool = False


def share_rows(families: Sequence[Family], level: str, outcome: Outcome | None) -> list[ShareRow]:
    """All lines in the order of the tree. In one level the share in all is the only one there is."""
    if not families:
        return []
    if level != TREE:
        shares = outcome.shares if outcome else {}
        local = outcome.families[0].local if outcome and outcome.families else {}
        return [
            ShareRow(node.name, None, shares.get(node.id, local.get(node.id)))
            for family in families
            for node in family.nodes
        ]
    by_key = {family.key: family for family in families}
    locals_ = {key: share for each in (outcome.families if outcome else ()) for key, share in each.local.items()}
    weights = outcome.nodes if outcome else {}
    found: list[ShareRow] = []

    def walk(key: str, depth: int) -> None:
        for node in by_key[key].nodes:
            overall = weights[node.id].overall if node.id in weights else None
            found.append(ShareRow(node.name, locals_.get(node.id), overall, depth, node.branch))
            if node.id in by_key:
                walk(node.id, depth + 1)

    if "" in by_key:
        walk("", 0)
    else:
        for family in families:
            walk(family.key, 0)
    return found


class SharesPanel(QWidget):
    """The shares beside a ballot, with a head that says what the two numbers are."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        say = language.say
        self._language = language
        self.bars = _Bars(language)
        self._head = Label(say("What this amounts to"), "label", "text2")
        self._note = Label("", "meta", "text3", wrap=True)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.bars)
        box_ = QVBoxLayout(self)
        box_.setContentsMargins(0, 0, 0, 0)
        box_.setSpacing(4)
        box_.addWidget(self._head)
        box_.addWidget(self._note)
        box_.addWidget(area, 1)

    def show_rows(self, rows: Sequence[ShareRow], tree: bool, note: str, sure: bool) -> None:
        """``note`` says what is missing, ``sure`` whether nothing is."""
        if tree and not note:
            note = self._language.say("First within its branch, then in all: one multiplied by the other.")
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.bars.show_rows(rows, tree, sure)


class _Bars(QWidget):
    def __init__(self, language: Language):
        super().__init__()
        self._language = language
        self._rows: list[ShareRow] = []
        self._tree, self._sure = False, True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_rows(self, rows: Sequence[ShareRow], tree: bool, sure: bool) -> None:
        self._rows, self._tree, self._sure = list(rows), tree, sure
        say, percent = self._language.say, self._language.percent
        told = []
        for row in self._rows:
            if tree and row.local is not None and row.overall is not None:
                told.append(
                    say(
                        "{name} {local} within its branch, {share} in all",
                        name=row.name,
                        local=percent(row.local, 1),
                        share=percent(row.overall, 1),
                    )
                )
            elif row.overall is not None or row.local is not None:
                share = row.overall if row.overall is not None else row.local
                told.append(say("{name} {share}", name=row.name, share=percent(share, 1)))
        self.setAccessibleName(say("Shares so far"))
        self.setAccessibleDescription(self._language.listing(told) if told else say("none yet"))
        self.updateGeometry()
        self.update()

    def _high(self) -> int:
        """Rows are low enough for twenty of them on a laptop."""
        return theme().px(22 if len(self._rows) > 12 else 30)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(240), len(self._rows) * self._high() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(180), self.sizeHint().height())

    def paintEvent(self, event):
        look, painter = theme(), start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl, high = self.layoutDirection() == _RTL, self._high()
        number = look.px(52)
        ends = number * (2 if self._tree else 1)
        name = (self.width() - ends) * (0.74 if self._tree else 0.58)
        largest = max((row.overall for row in self._rows if row.overall is not None and not row.branch), default=0.0)

        def at(left: float, wide: float, line: int) -> QRectF:
            x = self.width() - left - wide if rtl else left
            return QRectF(x, line * high, wide, high)

        for line, row in enumerate(self._rows):
            indent = look.px(12) * row.depth
            written = font("label" if row.branch else "meta")
            where = at(indent, name - indent - look.px(8), line)
            words = QFontMetricsF(written).elidedText(row.name, Qt.TextElideMode.ElideRight, where.width())
            draw_text(painter, where, words, written, look.color("text" if row.branch else "text2"))
            bar = at(name, self.width() - ends - name - look.px(4), line)
            if row.overall is not None and not row.branch and largest > 0:
                wide = max(2.0, bar.width() * row.overall / largest)
                left = bar.right() - wide if rtl else bar.left()
                thick = look.px(8)
                box(
                    painter,
                    QRectF(left, bar.center().y() - thick / 2, wide, thick),
                    3,
                    look.color("petrol", 255 if self._sure else 120),
                )
            if self._tree:
                self._number(painter, at(self.width() - 2 * number, number, line), row.local, "meta", "text2")
            self._number(
                painter,
                at(self.width() - number, number, line),
                row.overall,
                "label",
                "text" if self._sure else "text2",
            )

    def _number(self, painter, where: QRectF, share: float | None, role: str, token: str) -> None:
        words = self._language.percent(share, 1)
        ink = token if share is not None else "text3"
        draw_text(painter, where, words, font(role), theme().color(ink), "end")
