"""Painting the weights: the groups' shapes on a strip, the slider, and the word for how far they agree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from tna_desktop.ui.fonts import font
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.painting import box, draw_text
from tna_desktop.ui.shapes import paint_shape, shape_path
from tna_desktop.ui.theme import theme

from .weight_rows import HIGH, LOW, Agreement, Slider, Strip

_SHAPE, _APART, _BAND = 12, 11, 14
_ICONS = {HIGH: ("check-circle-fill", "petrol"), LOW: ("warning-fill", "amber_icon")}


def along(area: QRectF, share: float, top: float, rtl: bool) -> float:
    """Where a share stands between the two ends of the strip."""
    part = min(1.0, max(0.0, share / top)) if top > 0 else 0.0
    return area.right() - part * area.width() if rtl else area.left() + part * area.width()


def strip_area(rect: QRectF) -> QRectF:
    """The line the shapes stand on, with room at both ends for a shape and for the words of the axis."""
    room = theme().px(20)
    return rect.adjusted(room, 0, -room, 0)


def stacked(places: Sequence[float], width: float) -> list[int]:
    """For marks in order of place: 0 on the line, -1 above it, 1 below, -2 …, so that none hides another."""
    levels: list[int] = []
    ends: dict[int, float] = {}
    for place in places:
        order = [0, -1, 1, -2, 2, -3, 3, -4, 4]
        chosen = next((step for step in order if place - ends.get(step, -1e9) >= width), 0)
        ends[chosen] = place
        levels.append(chosen)
    return levels


def paint_lines(painter: QPainter, rect: QRectF, ticks: Sequence[float], top: float, rtl: bool) -> None:
    """The thin lines of the axis, so that rows can be compared."""
    area = strip_area(rect)
    for share in ticks:
        painter.fillRect(
            QRectF(round(along(area, share, top, rtl)), rect.top(), 1, rect.height()), theme().color("line")
        )


def paint_axis(
    painter: QPainter, rect: QRectF, ticks: Sequence[float], top: float, words: Sequence[str], rtl: bool
) -> None:
    area, wide = strip_area(rect), theme().px(40)
    for share, text in zip(ticks, words, strict=True):
        x = along(area, share, top, rtl)
        draw_text(
            painter,
            QRectF(x - wide / 2, rect.top(), wide, rect.height()),
            text,
            font("smallest"),
            theme().color("text3"),
            "center",
        )


def paint_strip(painter: QPainter, rect: QRectF, strip: Strip, rtl: bool) -> None:
    """The band from lowest to highest, the agreed share as a tick, and over it the groups' shapes."""
    look, area = theme(), strip_area(rect)
    middle = rect.center().y()
    marks = sorted(((along(area, share, strip.top, rtl), key) for key, share in strip.marks), key=lambda mark: mark[0])
    if len(marks) > 1:
        pad, high = look.px(8), look.px(_BAND)
        band = QRectF(marks[0][0] - pad, middle - high / 2, marks[-1][0] - marks[0][0] + 2 * pad, high)
        box(painter, band, 4, look.color("amber", 70) if strip.wide else look.color("petrol", 36))
    if strip.tick is not None:
        high = look.px(26)
        x = round(along(area, strip.tick, strip.top, rtl))
        painter.fillRect(QRectF(x - 1, middle - high / 2, 2, high), look.color("text"))
    side = look.px(_SHAPE)
    levels = stacked([x for x, _ in marks], side - 1)
    most = max((abs(level) for level in levels), default=0)
    apart = min(look.px(_APART), (rect.height() / 2 - side / 2 - 1) / most) if most else 0.0
    # Shapes off the line are painted first, the one on the line last; the chosen group's comes over all.
    order = sorted(range(len(marks)), key=lambda place: (marks[place][1] == strip.own, -abs(levels[place])))
    for place in order:
        at, key = marks[place]
        square = QRectF(at - side / 2, middle + levels[place] * apart - side / 2, side, side)
        painter.save()
        if strip.own and key != strip.own:
            painter.setOpacity(0.35)
        else:
            painter.setPen(QPen(look.color("bg"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(shape_path(key, square))
        paint_shape(painter, key, square)
        painter.restore()


def slider_track(rect: QRectF) -> QRectF:
    """Where the slider's knob can go, by its centre."""
    knob = theme().px(7)
    return rect.adjusted(knob, 0, -knob, 0)


def paint_slider(
    painter: QPainter, rect: QRectF, slider: Slider, rtl: bool, dragged: float | None = None, live: bool = True
) -> None:
    """A thin track with a knob; without a weight only the track, and without a knob where nothing can be dragged."""
    look, track, middle = theme(), slider_track(rect), rect.center().y()
    high, knob = look.px(5), look.px(6)
    value = slider.value if dragged is None else dragged
    box(painter, QRectF(track.left(), middle - high / 2, track.width(), high), high / 2, look.color("line"))
    if value is None:
        return
    x = along(track, value, slider.top, rtl)
    start = track.right() if rtl else track.left()
    box(
        painter,
        QRectF(min(start, x), middle - high / 2, abs(x - start), high),
        high / 2,
        look.color("petrol" if live else "strong"),
    )
    if not live:
        return
    painter.setPen(QPen(look.color("petrol"), 2))
    painter.setBrush(look.color("surface"))
    painter.drawEllipse(QPointF(x, middle), knob, knob)


def paint_agreement(painter: QPainter, area: QRectF, agreement: Agreement, rtl: bool) -> None:
    """Icon and word at the start, half the spread at the end."""
    look = theme()
    if not agreement.level:
        draw_text(painter, area, agreement.words, font("body"), look.color("text3"))
        return
    name, token = _ICONS.get(agreement.level, ("circle-half", "text2"))
    side = look.px(15)
    left = area.right() - side if rtl else area.left()
    paint_icon(painter, QRectF(left, area.center().y() - side / 2, side, side), name, token)
    gap = side + look.px(7)
    words = area.adjusted(0, 0, -gap, 0) if rtl else area.adjusted(gap, 0, 0, 0)
    low = agreement.level == LOW
    draw_text(
        painter,
        words,
        agreement.words,
        font("body_strong" if low else "body"),
        look.color("amber_ink" if low else "text2"),
    )
    draw_text(painter, area, agreement.points, font("meta"), look.color("text2"), "end")
