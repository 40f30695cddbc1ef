"""Try weights: sliders beside the ranking they would give. Nothing is kept unless the team accepts it, with a reason."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSlider, QStyle, QStyleOptionSlider, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import FlowRow, clear, column, row
from tna_desktop.ui.painting import KeyboardFocus, box, focus_ring, start
from tna_desktop.ui.tokens import theme

from .. import chapter
from .. import ranking_words as words
from ..models import RankingModel
from ..results import Basis, RankedTechnology, Ranking, ranked
from ..results_compare import with_share
from .ranking_painting import row_words
from .ranking_view import RankingView

#: A slider has this many steps: tenths of a hundredth part would be too fine for a hand.
STEPS = 200


class WeightSlider(KeyboardFocus, QSlider):
    """A slider that is filled from where reading begins, in both directions of writing."""

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
        handle = QRectF(self.style().subControlRect(control, option, part, self))
        middle, at = self.rect().center().y() + 0.5, handle.center().x()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box(painter, QRectF(0, middle - 2, self.width(), 4), 2, look.color("line2"))
        filled = QRectF(at, middle - 2, self.width() - at, 4) if rtl else QRectF(0, middle - 2, at, 4)
        box(painter, filled, 2, look.color("petrol"))
        side = look.px(14)
        knob = QRectF(at - side / 2, middle - side / 2, side, side)
        box(painter, knob, side / 2, look.color("petrol" if self.hasFocus() else "surface"), look.color("petrol"), 2.0)
        if self.ring:
            focus_ring(painter, knob.adjusted(-4, -4, 4, 4), side / 2 + 4)


class WhatIf(QWidget):
    """Sliders and the ranking by them. ``accepted`` tells the weights, in points of 100 by criterion;
    ``unlocking`` that someone wants to go where locked weights are unlocked."""

    accepted = Signal(object)
    unlocking = Signal()

    def __init__(self, language: Language):
        super().__init__()
        self.language = language
        say = language.say
        self._basis: Basis | None = None
        self._agreed: Ranking | None = None
        self._shares: tuple[float, ...] = ()
        self.sliders: list[QSlider] = []
        self._numbers: list[Label] = []
        self.banner = Banner("info")
        self._holder = QWidget()
        self._lines = column(gap=0, margins=(24, 4, 14, 8), parent=self._holder)
        scroll = QScrollArea()
        scroll.setWidget(self._holder)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.model = RankingModel(self._row_words, self)
        self.view = RankingView(self.model, language, locked=True)
        self.back_button = Button(say("Back to the agreed weights"), "outline", small=True, on_click=self.reset)
        self.accept_button = Button(say("Accept these weights"), "outline", small=True, on_click=self._accept)
        self.unlock_button = Button(say("Go to Agreement"), "link", small=True, on_click=self.unlocking.emit)
        self.note = Label("", "meta", "text2", wrap=True)
        self.side = QWidget()
        buttons = QWidget()
        flow = FlowRow(buttons, gap=8, row_gap=6)
        for button in (self.back_button, self.accept_button, self.unlock_button):
            flow.addWidget(button)
        foot = column(self.note, buttons, gap=6, margins=(24, 8, 14, 8))
        left = column(scroll, Hairline(), foot, gap=0, parent=self.side)
        left.setStretch(0, 1)
        top = QWidget()
        row(self.banner, margins=(24, 6, 24, 6), parent=top)
        beside = row(self.side, Hairline(vertical=True), gap=0)
        beside.addWidget(self.view, 1)
        column(top, Hairline(), beside, gap=0, parent=self).setStretch(2, 1)

    def restyle(self) -> None:
        self._place()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.side.setFixedWidth(max(theme().px(300), min(theme().px(430), round(self.width() * 0.4))))

    # Showing -----------------------------------------------------------------------------------------

    def show_basis(self, basis: Basis, agreed: Ranking, locked: bool) -> None:
        """Begin with the agreed weights; what was tried before is let go where criteria or weights have changed."""
        say = self.language.say
        same = self._basis is not None and [
            (row["id"], share) for row, share in zip(self._basis.criteria, self._basis.shares, strict=True)
        ] == [(row["id"], share) for row, share in zip(basis.criteria, basis.shares, strict=True)]
        self._basis, self._agreed = basis, agreed
        if not same:
            self._shares = basis.shares
            self._make_sliders()
        self.note.set_text(
            say("The weights are locked. Unlock them in the step Agreement, with a reason, to accept others.")
            if locked
            else say("Nothing is kept until you accept it; accepting asks for a reason.")
        )
        self.accept_button.setVisible(not locked)
        self.unlock_button.setVisible(locked)
        self._show()

    def _make_sliders(self) -> None:
        clear(self._lines)
        self.sliders, self._numbers = [], []
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(10))
        grid.setVerticalSpacing(theme().px(6))
        grid.setColumnStretch(1, 1)
        assert self._basis is not None
        for at, criterion in enumerate(self._basis.criteria):
            slider = WeightSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, STEPS)
            slider.setSingleStep(1)
            slider.setPageStep(STEPS // 20)
            slider.setAccessibleName(self.language.say("Weight of {name}", name=criterion["name"]))
            slider.setMinimumHeight(theme().px(24))
            slider.valueChanged.connect(lambda value, at=at: self._slid(at, value))
            name = Label(criterion["short"] or criterion["name"], elide=True)
            name.setMaximumWidth(theme().px(150))
            number = Label("", "body_strong")
            number.setMinimumWidth(theme().px(44))
            number.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(name, at, 0)
            grid.addWidget(slider, at, 1)
            grid.addWidget(number, at, 2)
            self.sliders.append(slider)
            self._numbers.append(number)
        self._lines.addWidget(holder)
        self._lines.addStretch(1)

    def _slid(self, at: int, value: int) -> None:
        self._shares = with_share(self._shares, at, value / STEPS)
        self._show(moving=at)

    def _show(self, moving: int = -1) -> None:
        if self._basis is None or self._agreed is None:
            return
        for at, (slider, number, share) in enumerate(zip(self.sliders, self._numbers, self._shares, strict=True)):
            if at != moving:
                slider.blockSignals(True)
                slider.setValue(round(share * STEPS))
                slider.blockSignals(False)
            number.set_text(self.language.number(share * 100, 1))
        found = ranked(self._basis, self._shares)
        self.view.show_ranking(found)
        self.banner.tell("info", self._told(found))
        changed = self.changed()
        self.back_button.setEnabled(changed)
        self.accept_button.setEnabled(changed)

    def _told(self, found: Ranking) -> str:
        assert self._agreed is not None
        say, short = self.language.say, words.rows_of(found)
        if not self.changed():
            return say("Move a weight and watch the ranking; the other weights keep their proportions.")
        before, now = ([each.id for each in what.ranked] for what in (self._agreed, found))
        if before == now:
            return say("With these weights the order stays the same.")
        first = [each.name for each in found.ranked if each.rank == 1]
        if set(now[:1]) == set(before[:1]) and len(first) == 1:
            up = [short[id] for id in now if now.index(id) < before.index(id)] if set(now) == set(before) else []
            if up:
                return (
                    say("{first} stays first; {names} moves up.", first=first[0], names=up[0])
                    if len(up) == 1
                    else say(
                        "{first} stays first; {names} move up.", first=first[0], names=self.language.listing(up[:3])
                    )
                )
            return say("{first} stays first; the order behind it changes.", first=first[0])
        return say("With these weights: {sentence}", sentence=chapter.conclusion(found, self.language))

    def changed(self) -> bool:
        """Whether the weights that are tried differ from the agreed ones."""
        agreed = self._basis.shares if self._basis else ()
        return any(abs(one - other) > 1e-9 for one, other in zip(self._shares, agreed, strict=True))

    def reset(self) -> None:
        """Back to the agreed weights."""
        if self._basis is not None:
            self._shares = self._basis.shares
            self._show()
            if self.sliders:
                self.sliders[0].setFocus(Qt.FocusReason.TabFocusReason)

    def weights(self) -> dict[str, float]:
        """What is tried now, in points of 100."""
        criteria = self._basis.criteria if self._basis else ()
        return {row["id"]: round(share * 100, 2) for row, share in zip(criteria, self._shares, strict=True)}

    def _accept(self) -> None:
        if self.changed():
            self.accepted.emit(self.weights())

    def _row_words(self, each: RankedTechnology) -> str:
        return row_words(each, self.language)
