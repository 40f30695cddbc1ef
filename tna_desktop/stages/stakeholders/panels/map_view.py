"""The influence map as it is seen: pills at their values, painted, found by the pointer, told in words.

What stands still is kept as two pictures, the ground and the pills, so that a drag paints only what moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tna_desktop.charts.map_layout import Box, Mark, Pill, Scale, arranged, crowded, overlaps
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import ready_for
from tna_desktop.ui.painting import KeyboardFocus
from tna_desktop.ui.tokens import theme

from ..results.map import QUADRANTS, Place
from . import map_painting as paint
from .map_painting import Spot

#: Above so many spreads only so many are drawn, the widest; that of the chosen pill always is.
MANY_SPREADS, WIDEST = 14, 5


@dataclass
class Move:
    """A pill under way. ``begin`` is where it stood (None: it comes from the list), ``grip`` where it was taken."""

    spot: Spot
    begin: tuple[float, float] | None
    grip: QPointF | None = None
    inside: bool = True

    @property
    def place(self) -> tuple[float, float]:
        return self.spot.influence, self.spot.interest


class MapView(KeyboardFocus, QWidget):
    """The map without hands: what may be moved and how is the canvas's affair. ``chosen`` tells the pill, or nothing."""

    chosen = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        self.language = language
        self._spots: dict[str, Spot] = {}
        self._pills: dict[str, Pill] = {}
        self._current: str | None = None
        self._move: Move | None = None
        self._line = ""
        self._last = ""
        self._ground: QPixmap | None = None
        self._still: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._arrange()
        self._tell()

    def commit(self) -> None:
        """Keep a move that waits to be kept."""

    def cancel(self) -> bool:
        """Let go of a move; False if there was none."""
        return False

    # What is shown -----------------------------------------------------------------------------------

    def show_map(self, spots: Sequence[Spot], groups: Sequence[str] = (), line: str = "") -> None:
        """Show these stakeholders, of these groups only if any are named. ``line`` is said while nobody is placed."""
        self._spots = {spot.id: spot for spot in spots if not groups or spot.group in groups}
        for spot in spots:
            ready_for(spot.label)
        self._line = line
        if self._current not in self._spots:
            self._current = None
        move = self._move
        if move is not None and move.begin is not None:
            if move.spot.id in self._spots:  # it goes on under way, whatever else has changed
                there = self._spots[move.spot.id]
                move.spot = replace(there, influence=move.spot.influence, interest=move.spot.interest)
                move.begin = (there.influence, there.interest)
            else:
                self.cancel()
        self._arrange()
        self._tell()

    def current(self) -> str | None:
        return self._current

    def set_current(self, id: str | None) -> None:
        """Choose a pill without telling anybody."""
        if id != self._current:
            self.commit()
        self._current = id if id in self._spots else None
        self._still = None
        self._tell()
        self.update()

    def place_of(self, id: str) -> QPointF:
        """Where a stakeholder's mark is drawn."""
        pill = self._pills[id]
        return QPointF(pill.mark_x, pill.middle)

    def pills(self) -> list[Pill]:
        return list(self._pills.values())

    def scale(self) -> Scale:
        return paint.scale_of(paint.area_of(self.width(), self.height()))

    def order(self) -> list[str]:
        """The pills in reading order: from the top, and from the left within a line."""
        return sorted(self._spots, key=lambda id: (-self._spots[id].influence, self._spots[id].interest, id))

    # Arranging ---------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        area = paint.area_of(self.width(), self.height())
        for density, too_dense in enumerate((crowded, overlaps, lambda _pills: False)):
            self._sizes = paint.measures(density, area)
            pills = self._laid_out(area)
            if not too_dense(pills):
                break
        self._pills = {pill.id: pill for pill in pills}
        self._ground = self._still = None
        self.update()

    def _laid_out(self, area: Box) -> list[Pill]:
        scale, sizes = paint.scale_of(area), self._sizes
        marks = [
            Mark(spot.id, scale.x(spot.interest), scale.y(spot.influence), sizes.width(spot.label))
            for spot in self._spots.values()
        ]
        names = [
            Box(each.left(), each.top(), each.width(), each.height())
            for each in paint.name_boxes(scale, self.language).values()
        ]
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return arranged(marks, area, sizes.height, sizes.inset, gap=2, taken=names, turned=rtl, first=self._last)

    def restyle(self) -> None:
        self._arrange()

    def resizeEvent(self, event):
        self._arrange()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(760), theme().px(520))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(220))

    # Painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event):
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatioF() != ratio:
            self._ground = self._picture(ratio, self._paint_ground)
        if self._still is None or self._still.devicePixelRatioF() != ratio:
            self._still = self._picture(ratio, self._paint_still)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        move = self._move if self._move is not None and self._move.inside else None
        if move is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            scale = self.scale()
            paint.paint_crosshair(painter, scale, *move.place)
            if move.begin is not None:
                paint.paint_path(painter, scale, move.begin, move.place)
        painter.drawPixmap(0, 0, self._still)
        if move is not None:
            painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
            pill = self._moving_pill(move.spot)
            paint.paint_pill(
                painter,
                pill,
                move.spot.label,
                move.spot.group,
                self._sizes,
                lifted=True,
                ring=self.ring and move.grip is None,
            )
            paint.paint_values(painter, scale, *move.place, self.language)

    def _picture(self, ratio: float, fill) -> QPixmap:
        made = QPixmap((QSize(self.width(), self.height()) * ratio).expandedTo(QSize(1, 1)))
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Names are written in many languages: each by its own letters, whatever the window's direction.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        fill(painter)
        painter.end()
        return made

    def _paint_ground(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), theme().color("bg"))
        paint.paint_ground(painter, self.scale(), self.language, not self._spots)

    def _spreads_seen(self) -> set[str]:
        """Whose spread is drawn: everybody's, or the widest where all together would cover the map."""
        wide = {id: spot.spread.widest for id, spot in self._spots.items() if spot.spread is not None}
        if len(wide) <= MANY_SPREADS:
            return set(wide)
        return set(sorted(wide, key=lambda id: -wide[id])[:WIDEST])

    def _paint_still(self, painter: QPainter) -> None:
        scale, moved = self.scale(), self._move.spot.id if self._move else None
        seen = self._spreads_seen()
        for id, spot in self._spots.items():
            if spot.spread is not None and id != self._current and id in seen:
                paint.paint_spread(painter, scale, spot.spread, False, spot.disputed)
        current = self._spots.get(self._current or "")
        if current is not None and current.spread is not None:
            paint.paint_spread(painter, scale, current.spread, True, True)
        for id, pill in self._pills.items():
            if pill.pushed and id != moved:
                paint.paint_leader(painter, pill, self._spots[id].group)
        for id in sorted(self._pills, key=lambda each: each == self._current):
            if id != moved:
                spot = self._spots[id]
                paint.paint_pill(
                    painter,
                    self._pills[id],
                    spot.label,
                    spot.group,
                    self._sizes,
                    chosen=id == self._current,
                    settled=spot.settled,
                    ring=id == self._current and self.ring,
                )
        if not self._spots and self._line:
            paint.paint_line(painter, scale, self._line)
        if self.ring and self._current is None and self._move is None:
            paint.paint_focus(painter, scale)

    def _moving_pill(self, spot: Spot) -> Pill:
        """The pill exactly at its values, turned inwards as it would be at rest."""
        scale = self.scale()
        mark = Mark(spot.id, scale.x(spot.interest), scale.y(spot.influence), self._sizes.width(spot.label))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return arranged([mark], scale.area, self._sizes.height, self._sizes.inset, turned=rtl)[0]

    # Telling -----------------------------------------------------------------------------------------

    def _choose(self, id: str | None) -> None:
        self.set_current(id)
        self.chosen.emit(self._current or "")

    def _at(self, point: QPointF) -> str:
        """The pill under the pointer, the chosen one first."""
        pills = sorted(self._pills.values(), key=lambda pill: pill.id != self._current)
        return next((pill.id for pill in pills if pill.box.holds(point.x(), point.y())), "")

    def event(self, event):
        if event.type() == QEvent.Type.ToolTip:
            id = self._at(QPointF(event.pos()))
            if id and self._move is None:
                QToolTip.showText(event.globalPos(), self._words(self._spots[id]), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _words(self, spot: Spot) -> str:
        """A pill as a screen reader says it."""
        say, number = self.language.say, self.language.number
        place = Place(spot.influence, spot.interest)
        words = say(
            "{name}, {group}: influence {influence}, interest {interest}, {quadrant}",
            name=spot.name,
            group=spot.group_name or say("no group"),
            influence=number(spot.influence, 1),
            interest=number(spot.interest, 1),
            quadrant=self.language.tell(QUADRANTS[place.quadrant]),
        )
        return words if spot.settled else say("{pill}; not agreed yet, mean of the assessors", pill=words)

    def _tell(self) -> None:
        say = self.language.say
        spot = self._move.spot if self._move is not None else self._spots.get(self._current or "")
        name = say("Influence map")
        if spot is not None:
            name = say("{map}. {chosen}", map=name, chosen=self._words(spot))
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            say(
                "Tab goes from pill to pill. The arrow keys move a pill by 0.1, with Shift by 0.5. Delete takes it off."
            )
        )
