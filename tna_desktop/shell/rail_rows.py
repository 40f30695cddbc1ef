"""The rows of the rail: the head with the rosette, a stage, a step, a page. Each paints its piece of the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy

from tna_desktop.kernel.progress import Progress, StageProgress, StepProgress
from tna_desktop.ui.fonts import font, ready_for
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.painting import (
    CONTROL,
    KeyboardFocus,
    box,
    draw_text,
    focus_ring,
    mirrored,
    start,
    text_width,
)
from tna_desktop.ui.rosette import paint_rosette
from tna_desktop.ui.tokens import theme

if TYPE_CHECKING:
    from .rail import Rail

TEXT_AT, NODE_AT, END = 62, 36, 20


class RailRow(KeyboardFocus, QAbstractButton):
    """What all rows share: a height that follows the text size and room, tooltip when narrow, focus ring."""

    height_wide = height_narrow = 40

    def __init__(self, rail: Rail):
        super().__init__()
        self.rail = rail
        self.squeeze = 1.0
        self._here = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def is_here(self) -> bool:
        return self._here

    def natural_height(self) -> int:
        return theme().px(self.height_narrow if self.rail.collapsed else self.height_wide)

    def set_squeeze(self, squeeze: float) -> None:
        self.squeeze = squeeze
        self.setFixedHeight(round(self.natural_height() * squeeze))

    def restyle(self) -> None:
        self.set_squeeze(self.squeeze)
        self.setToolTip(self.text() if self.rail.collapsed else "")
        self.update()

    def sizeHint(self):
        return QSize(theme().px(60), self.natural_height())

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._by_keyboard = True
            self.rail.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    # Painting ----------------------------------------------------------------------------------------

    def begin(self) -> QPainter:
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        return painter

    def at(self, left: float, width: float, top: float = 0, height: float | None = None) -> QRectF:
        """A rectangle counted from the start side."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return mirrored(QRectF(left, top, width, self.height() if height is None else height), self.width(), rtl)

    def node(self) -> QPointF:
        look = theme()
        x = self.width() / 2 if self.rail.collapsed else look.px(NODE_AT)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        return QPointF(x, self.middle())

    def middle(self) -> float:
        return self.height() / 2

    def line(self, painter: QPainter, top: float, bottom: float, done: bool) -> None:
        if bottom > top:
            left = round(self.node().x()) - 1
            token = "rail_done" if done else "rail_line"
            painter.fillRect(QRectF(left, top, 2, bottom - top).toRect(), theme().color(token))

    def words(self, painter: QPainter, place: QRectF, text: str, role: str, token: str) -> None:
        face = font(role)
        cut = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, place.width() + 1)
        draw_text(painter, place, cut, face, theme().color(token))

    def ring_around(self, painter: QPainter) -> None:
        if self.ring:
            look = theme()
            inset = look.px(4)
            area = QRectF(self.rect()).adjusted(inset, 1, -inset, -1)
            focus_ring(painter, area, CONTROL, "rail_text")


class HeadRow(RailRow):
    """Progress as a rosette, the assessment's name, and its menu."""

    height_wide = height_narrow = 72

    def __init__(self, rail: Rail, menu: QMenu):
        super().__init__(rail)
        self._menu = menu
        self._title, self._line = "", ""
        self._year: int | None = None
        self._progress = Progress()
        self.clicked.connect(self._open)

    def tell(self, title: str, year: int | None, progress: Progress) -> None:
        ready_for(title)
        self._title, self._year = title, year
        self.progress(progress)

    def progress(self, progress: Progress) -> None:
        self._progress = progress
        language = self.rail.language
        percent = round(progress.share * 100)
        if self._year:
            self._line = language.say("TNA {year} · {percent} % done", year=self._year, percent=percent)
        else:
            self._line = language.say("{percent} % done", percent=percent)
        self.setText(" – ".join((self._title, self._line)))
        self.setAccessibleName(language.say("{title}, {percent} % done, menu", title=self._title, percent=percent))
        self.restyle()

    def _open(self) -> None:
        corner = (
            self.rect().bottomRight()
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            else self.rect().bottomLeft()
        )
        self._menu.popup(self.mapToGlobal(corner))

    def paintEvent(self, event):
        look = theme()
        painter = self.begin()
        side = look.px(36)
        center = self.node()
        middle = look.px(31)
        paint_rosette(
            painter,
            QRectF(center.x() - side / 2, middle - side / 2, side, side),
            self._progress.shares,
            on_rail=True,
        )
        if not self.rail.collapsed:
            room = self.width() - look.px(TEXT_AT) - look.px(36)
            self.words(
                painter,
                self.at(look.px(TEXT_AT), room, middle - look.px(19), look.px(22)),
                self._title,
                "stage",
                "rail_text",
            )
            self.words(
                painter,
                self.at(look.px(TEXT_AT), room + look.px(12), middle + look.px(2), look.px(18)),
                self._line,
                "meta",
                "rail_text2",
            )
            mark = look.px(14)
            paint_icon(
                painter,
                self.at(self.width() - look.px(14) - mark, mark, middle - mark / 2, mark),
                "caret-down",
                "rail_text2",
            )
        self.ring_around(painter)


class StageRow(RailRow):
    """A stage: a numbered node, or a check when all its steps are done."""

    def __init__(self, rail: Rail, key: str, number: int, title: str):
        super().__init__(rail)
        self.key, self.number = key, number
        ready_for(title)
        self.setText(title)
        self._progress = StageProgress(key)
        self._before = self._line_above = False

    def is_here(self) -> bool:
        return False

    def tell(self, progress: StageProgress, here: bool, before: bool, line_above_done: bool, on_step: bool) -> None:
        self._progress, self._here, self._before, self._line_above = progress, here, before, line_above_done
        self._on_step = on_step
        say = self.rail.language.say
        facts = [say("Stage {number}, {title}, {done} of {total} steps done", number=self.number, title=self.text(),
                     done=progress.done, total=progress.total)]  # fmt: skip
        if here:
            facts.append(say("current"))
        if progress.attention:
            facts.append(say("something needs a look"))
        self.setAccessibleName(", ".join(facts))
        self.update()

    def paintEvent(self, event):
        look = theme()
        painter = self.begin()
        over = self.underMouse() or self.isDown()
        node, side = self.node(), look.px(24)
        complete, here = self._progress.complete, self._here
        if self.number > 1:
            self.line(painter, 0, node.y() - side / 2, self._line_above)
        steps_follow = here and self.rail.route.of_stage(self.key)
        if self.key != self.rail.last_stage() or steps_follow:
            self.line(painter, node.y() + side / 2, self.height(), self._before or here)
        area = QRectF(node.x() - side / 2, node.y() - side / 2, side, side)
        if here:
            box(painter, area, side / 2, look.color("rail_text"))
        elif complete:
            box(painter, area, side / 2, look.color("rail_done"))
        else:
            begun = self._progress.done > 0 or self._before
            box(
                painter,
                area,
                side / 2,
                look.color("rail"),
                look.color("rail_done" if begun else "rail_line"),
                2,
            )
        if complete and not here:
            mark = look.px(14)
            paint_icon(painter, QRectF(node.x() - mark / 2, node.y() - mark / 2, mark, mark), "check", "rail")
        else:
            token = "rail" if here else "rail_text2"
            draw_text(painter, area, str(self.number), font("label"), look.color(token), "center")
        if self._progress.attention and not here:
            dot = look.px(8)
            rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            x = node.x() + (-1 if rtl else 1) * side * 0.38
            box(
                painter,
                QRectF(x - dot / 2, node.y() - side * 0.38 - dot / 2, dot, dot),
                dot / 2,
                look.color("rail_amber"),
                look.color("rail"),
                1.5,
            )
        if not self.rail.collapsed:
            count = f"{self._progress.done}/{self._progress.total}"
            show_count = here or 0 < self._progress.done < self._progress.total
            width = text_width(count, font("meta")) + 2 if show_count else 0
            token = "rail_text" if here or complete or over else "rail_text2"
            room = self.width() - look.px(TEXT_AT) - look.px(END) - width - (look.px(6) if width else 0)
            self.words(painter, self.at(look.px(TEXT_AT), room), self.text(), "stage", token)
            if show_count:
                place = self.at(self.width() - look.px(END) - width, width)
                draw_text(painter, place, count, font("meta"), look.color("rail_text2"), "end")
        self.ring_around(painter)

    def restyle(self) -> None:
        super().restyle()
        tip = self.rail.language.say(
            "{title}, {done} of {total}",
            title=self.text(),
            done=self._progress.done,
            total=self._progress.total,
        )
        too_long = text_width(self.text(), font("stage")) > theme().px(224 - TEXT_AT - END - 30)
        self.setToolTip(tip if self.rail.collapsed or too_long else "")


class StepRow(RailRow):
    """A step of the current stage: a stop on the line, amber where one is."""

    height_wide, height_narrow = 30, 18

    def __init__(self, rail: Rail, stage: str, place: str, title: str):
        super().__init__(rail)
        self.stage, self.place = stage, place
        ready_for(title)
        self.setText(title)
        self._progress = StepProgress(place)
        self._before = self._ends = self._ends_all = False
        self.hide()

    def natural_height(self) -> int:
        extra = (8 if self.rail.collapsed else 6) if self._ends else 0
        return super().natural_height() + theme().px(extra)

    def middle(self) -> float:
        natural = theme().px(self.height_narrow if self.rail.collapsed else self.height_wide)
        return natural * self.squeeze / 2

    def tell(self, progress: StepProgress, here: bool, before: bool, ends: bool, ends_all: bool) -> None:
        self._progress, self._here, self._before = progress, here, before
        self._ends, self._ends_all = ends, ends_all
        say = self.rail.language.say
        facts = [say("Step {title}", title=self.text())]
        if progress.done:
            facts.append(say("done"))
        if here:
            facts.append(say("current"))
        if progress.attention:
            facts.append(say("something needs a look"))
        self.setAccessibleName(", ".join(facts))
        self.restyle()

    def paintEvent(self, event):
        look = theme()
        painter = self.begin()
        node = self.node()
        stop = look.px(11 if self._here else 9)
        row_height = self.middle() * 2
        if self._here and not self.rail.collapsed:
            place = self.at(look.px(52), self.width() - look.px(64), 1, row_height - 2)
            box(painter, place, CONTROL, look.color("rail_hi"))
        self.line(painter, 0, node.y() - stop / 2, self._before)
        if not self._ends_all:
            self.line(painter, node.y() + stop / 2, self.height(), self._before and not self._here)
        area = QRectF(node.x() - stop / 2, node.y() - stop / 2, stop, stop)
        if self._here:
            grown = area.adjusted(-1, -1, 1, 1)
            box(painter, grown, grown.width() / 2, look.color("rail_amber"))
        elif self._progress.done:
            box(painter, area, stop / 2, look.color("rail_done"))
        else:
            painter.setPen(QPen(look.color("rail_line"), 2))
            painter.setBrush(look.color("rail"))
            painter.drawEllipse(area.adjusted(1, 1, -1, -1))
        if not self.rail.collapsed:
            mark = look.px(16)
            warned = self._progress.attention > 0
            token = "rail_text" if self._here or self._progress.done or self.underMouse() else "rail_text2"
            room = self.width() - look.px(TEXT_AT) - look.px(END) - (mark + look.px(4) if warned else 0)
            self.words(
                painter,
                self.at(look.px(TEXT_AT), room, 0, row_height),
                self.text(),
                "body_strong" if self._here else "body",
                token,
            )
            if warned:
                place = self.at(self.width() - look.px(END) - mark, mark, (row_height - mark) / 2, mark)
                paint_icon(painter, place, "warning-fill", "rail_amber")
        if self.ring:
            place = self.at(look.px(4), self.width() - look.px(8), 0, row_height)
            focus_ring(painter, place, CONTROL, "rail_text")

    def restyle(self) -> None:
        super().restyle()
        too_long = text_width(self.text(), font("body_strong")) > theme().px(224 - TEXT_AT - END - 20)
        self.setToolTip(self.text() if self.rail.collapsed or too_long else "")


class PageRow(RailRow):
    """A page of the whole assessment: overview, decision log, settings."""

    height_wide = height_narrow = 32

    def __init__(self, rail: Rail, key: str, icon: str, title: str):
        super().__init__(rail)
        self.key, self._icon = key, icon
        self.setText(title)
        self.setAccessibleName(title)
        self.restyle()

    def tell(self, here: bool) -> None:
        self._here = here
        say = self.rail.language.say
        self.setAccessibleName(say("{title}, current", title=self.text()) if here else self.text())
        self.update()

    def paintEvent(self, event):
        look = theme()
        painter = self.begin()
        node, mark = self.node(), look.px(16)
        lit = self._here or self.underMouse()
        if self._here:
            inset = look.px(12)
            left = look.px(8) if self.rail.collapsed else inset
            place = self.at(left, self.width() - 2 * left, 2, self.height() - 4)
            box(painter, place, CONTROL, look.color("rail_hi"))
        icon_at = QRectF(node.x() - mark / 2, node.y() - mark / 2, mark, mark)
        paint_icon(painter, icon_at, self._icon, "rail_text" if lit else "rail_text2")
        if not self.rail.collapsed:
            room = self.width() - look.px(TEXT_AT) - look.px(END)
            role = "body_strong" if self._here else "body"
            self.words(
                painter,
                self.at(look.px(TEXT_AT), room),
                self.text(),
                role,
                "rail_text" if lit else "rail_text2",
            )
        self.ring_around(painter)
