"""How the ranking looks: one rule for the columns, a bar by branch, a hatch for what is open, a check for the choice."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate

from tna_desktop.charts.drawing import mixed
from tna_desktop.charts.palette import ink_on, rank_step, sequential
from tna_desktop.charts.palette import parts as part_colors
from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.icons import paint_icon
from tna_desktop.ui.labels import chip_size, paint_chip
from tna_desktop.ui.painting import box, draw_text, focus_ring, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.tokens import theme

from ..models import ROW
from ..ranking_words import among, of_hundred
from ..results import RankedTechnology
from ..results_robustness import Robustness

SIDE, RANK, CHECK, BAR = 24, 36, 30, 19
LINE_ROOM, GAP = 20, 1.5
#: Of the trials: room for "93 of 100", the narrowest and widest cell of a place, how many places at most in little room.
SHARE, CELL, WIDE_CELL, FEW_PLACES = 84, 24, 35, 10
#: A bar under which words stand.
THIN_BAR = 11
#: A smaller share than this is a tint without a number.
LEAST_TOLD = 0.03


def rank_text(each: RankedTechnology, language: Language) -> str:
    if each.rank is None:
        return DASH
    number = language.number(each.rank)
    return language.say("{rank}=", rank=number) if each.tied else number


def row_words(each: RankedTechnology, language: Language, sure: Robustness | None = None) -> str:
    """A row in one sentence, for the screen reader."""
    say = language.say
    if each.failed:
        text = say("{name}: not ranked, did not pass {gates}", name=each.name, gates=language.listing(each.failed))
    elif each.value is not None:
        rank = rank_text(each, language)
        text = say(
            "Rank {rank}: {name}, {points} points of 100",
            rank=rank,
            name=each.name,
            points=language.number(each.value, 1),
        )
    elif each.value_low is not None and each.value_high is not None:
        text = say("No rank: {name}, between {low} and {high} points, {unknown}", name=each.name, low=language.number(each.value_low, 0),
                   high=language.number(each.value_high, 0), unknown=unknown_words(each, language))  # fmt: skip
    else:
        text = say("No rank: {name}, not scored", name=each.name)
    text = say("{row}, on the shortlist", row=text) if each.shortlisted else text
    if sure is None or each.id not in sure.ranks:
        return text
    shares = sure.ranks[each.id]
    return say(
        "{row}; {among} in {n} of 100 trials, most often at place {place}", row=text,
        among=among(sure.length, language), n=of_hundred(sure.shortlist[each.id], language),
        place=language.number(shares.index(max(shares)) + 1),
    )  # fmt: skip


def unknown_words(each: RankedTechnology, language: Language) -> str:
    return language.say_n("one score unknown", "{n} scores unknown", each.unknown)


class Columns:
    """Where the columns begin, measured from the start side; one rule for head and rows."""

    def __init__(self, width: int, places: int = 0, checks: bool = True):
        """``places``: how many places the trials tell of, 0 without trials. ``checks``: whether one can choose."""
        look = theme()
        self.width = width
        self.rank = look.px(SIDE)
        self.name = self.rank + look.px(RANK)
        narrow = width < look.px(760)
        self.name_width = look.px(170) if narrow else min(look.px(320), max(look.px(214), int(width * 0.22)))
        if width < look.px(520):
            self.name_width = look.px(130)
        self.bar = self.name + self.name_width + look.px(12)
        self.check = width - look.px(SIDE) - (look.px(CHECK) if checks else 0)
        end: float = self.check
        self.share = self.share_width = 0.0
        if places and width >= look.px(620):
            self.share_width = float(look.px(SHARE))
            self.share = end - look.px(18) - self.share_width
            end = self.share - look.px(2)
        #: The first place's cell, the width of one, how many there are, and whether the last one stands for the rest.
        self.heat, self.cell, self.places, self.rest = 0.0, 0.0, 0, False
        room = end - look.px(14) - self.bar - look.px(56) - look.px(260)
        shown = min(places, int(room // look.px(CELL)), places if width >= look.px(1300) else FEW_PLACES)
        if self.share and shown >= 3:
            self.places, self.rest = shown, shown < places
            self.cell = min(float(look.px(WIDE_CELL)), room / shown)
            self.heat = end - look.px(14) - self.cell * shown
            end = self.heat - look.px(2)
        self.bar_width = max(80.0, min(look.px(620), end - self.bar - look.px(56)))
        # A bar grows no further than that: the room beyond shows the sector, then the reason for the choice.
        beyond = end - self.bar - self.bar_width - look.px(80)
        self.sector_width = min(look.px(220), beyond) if beyond >= look.px(140) else 0
        self.reason_width = (
            beyond - self.sector_width - look.px(16) if beyond - self.sector_width >= look.px(160) else 0
        )
        self.sector = self.bar + self.bar_width + look.px(68)
        self.reason = self.sector + self.sector_width + look.px(16)
        self.bar_end = self.sector - look.px(12) if self.sector_width else end

    def cell_left(self, place: int) -> float:
        return self.heat + place * self.cell


class RankingPainter(QStyledItemDelegate):
    """Paints one row."""

    def __init__(self, view):
        super().__init__(view)
        self._view = view

    def sizeHint(self, option, index):
        high, at = self._view.row_height(), index.row()
        if self._view.line_y_wanted() and at == max(0, self._view.cut - 1):
            high += theme().px(LINE_ROOM)
        return QSize(100, high)

    def _body(self, rect: QRectF, row: int) -> QRectF:
        """The row without the room of the line."""
        room = theme().px(LINE_ROOM)
        if not self._view.line_y_wanted():
            return rect
        if row == self._view.cut - 1:
            return rect.adjusted(0, 0, 0, -room)
        if self._view.cut == 0 and row == 0 and self._view.line_y_wanted():
            return rect.adjusted(0, room, 0, 0)
        return rect

    def _at(self, rect: QRectF, left: float, width: float) -> QRectF:
        rtl = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        inner = mirrored_rect(QRectF(left, 0, width, rect.height()), self._view.viewport().width(), rtl)
        return inner.translated(0, rect.top())

    def check_rect(self, rect: QRectF) -> QRectF:
        index = self._view.indexAt(rect.center().toPoint())
        return self._at(self._body(rect, index.row()), self._view.columns().check, theme().px(CHECK))

    def number_rect(self, rect: QRectF, row: RankedTechnology) -> QRectF | None:
        """Where the value stands, beside its bar."""
        if row.value is None:
            return None
        at = self._view.columns()
        index = self._view.indexAt(rect.center().toPoint())
        left = at.bar + row.value / 100 * at.bar_width + 4
        width = text_width(self._view.language.number(row.value, 0), font("body_strong")) + 12
        return self._at(self._body(rect, index.row()), left, width)

    def paint(self, painter: QPainter, option, index: QModelIndex):
        look, view = theme(), self._view
        row: RankedTechnology = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(view.layoutDirection())
        painter.translate(0, view.offset(row.id))
        rect = self._body(QRectF(option.rect), index.row())
        current = index == view.currentIndex()
        if current:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), look.color("sel2"))
        if index.row() != view.cut - 1:
            painter.fillRect(
                QRectF(look.px(SIDE), rect.bottom() - 1, rect.width() - 2 * look.px(SIDE), 1), look.color("line")
            )
        at = view.columns()
        language, strong = view.language, row.shortlisted
        rank_ink = "petrol_ink" if strong else "text3"
        draw_text(
            painter,
            self._at(rect, at.rank, look.px(RANK)),
            rank_text(row, language),
            font("stage"),
            look.color(rank_ink),
        )
        self._name(painter, self._at(rect, at.name, at.name_width), row, strong)
        self._bar(painter, rect, at, row, strong)
        for text, left, width in (
            (row.sector, at.sector, at.sector_width),
            (row.shortlist_reason, at.reason, at.reason_width),
        ):
            if text and width:
                shown = QFontMetricsF(font("meta")).elidedText(
                    text.replace("\n", " "), Qt.TextElideMode.ElideRight, width
                )
                draw_text(painter, self._at(rect, left, width), shown, font("meta"), look.color("text2"))
        self._trials(painter, rect, at, row)
        if not view.locked:
            self._check(painter, self._at(rect, at.check, look.px(CHECK)), row)
        if current and view.hasFocus():
            focus_ring(painter, rect.adjusted(look.px(12), 1, -look.px(12), -2), 4)
        painter.restore()

    @staticmethod
    def _name(painter: QPainter, area: QRectF, row: RankedTechnology, strong: bool) -> None:
        face = font("body_strong" if strong else "body")
        words = row.name if text_width(row.name, face) <= area.width() else row.short
        text = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        ink = "text" if strong else "text3" if row.failed else "text2"
        draw_text(painter, area, text, face, theme().color(ink))

    def _bar(self, painter: QPainter, rect: QRectF, at: Columns, row: RankedTechnology, strong: bool) -> None:
        look, language = theme(), self._view.language
        beside = self._unknown_beside(at, row)
        thick = look.px(THIN_BAR if beside is None else BAR)
        bar = QRectF(0, rect.center().y() - (thick + look.px(2) if beside is None else thick / 2), 0, thick)

        def along(left: float, width: float) -> QRectF:
            place = self._at(rect, at.bar + left, width)
            return QRectF(place.left(), bar.top(), place.width(), thick)

        if row.failed:
            words = language.say("Not ranked, did not pass: {gates}", gates=language.listing(row.failed))
            side = look.px(15)
            paint_icon(
                painter,
                QRectF(self._at(rect, at.bar, side).left(), rect.center().y() - side / 2, side, side),
                "x-circle",
                "text3",
            )
            self._words(painter, rect, at, at.bar + look.px(22), words, "text3")
            return
        scale, x = at.bar_width / 100, 0.0
        colors = part_colors(look.dark)
        for place, part in enumerate(row.parts):
            length = part * scale
            if length > 0:
                color = colors[min(place, len(colors) - 1)]
                color = color if strong else mixed(color, look.hex("bg"), 0.6)
                painter.fillRect(along(x, length - GAP if length > 2 * GAP else length), QColor(color))
            x += length
        if row.value is not None:
            text = language.number(row.value, 0)
            hot = self._view.is_hot(row.id, "number")
            width = text_width(text, font("stage"))
            draw_text(
                painter,
                self._at(rect, at.bar + x + 8, width),
                text,
                font("stage"),
                look.color("petrol" if hot else "text"),
            )
            if hot:
                under = self._at(rect, at.bar + x + 8, width)
                painter.fillRect(
                    QRectF(under.left(), rect.center().y() + line_height("stage") / 2 - 2, width, 1),
                    look.color("petrol"),
                )
            self._remark(painter, rect, at, at.bar + x + 8 + width + look.px(14), row)
        elif row.value_low is not None and row.value_high is not None:
            length = (row.value_high - row.value_low) * scale
            paint_open(painter, along(x, length))
            if beside is not None:
                self._words(painter, rect, at, at.bar + x + length + 10, beside, "text2")
            else:
                # No room beside a long range: the words stand under it, never on it.
                high = line_height("meta")
                lower = QRectF(rect.left(), bar.bottom() + look.px(4), rect.width(), high)
                self._words(painter, lower, at, at.bar, self._no_rank(row), "text2")
        else:
            self._words(painter, rect, at, at.bar, language.say("not scored"), "text3")

    def _no_rank(self, row: RankedTechnology) -> str:
        return self._view.language.say("no rank: {unknown}", unknown=unknown_words(row, self._view.language))

    def _unknown_beside(self, at: Columns, row: RankedTechnology) -> str | None:
        """Why a row has no rank, in the words that fit beside its range; None where they must stand under it."""
        if row.failed or row.value is not None or row.value_low is None or row.value_high is None:
            return ""
        room = at.bar_end - 12 - (at.bar + row.value_high * at.bar_width / 100 + 10)
        every = (self._no_rank(row), unknown_words(row, self._view.language))
        return next((words for words in every if text_width(words, font("meta")) <= room), None)

    def _trials(self, painter: QPainter, rect: QRectF, at: Columns, row: RankedTechnology) -> None:
        """How often each place comes up, and how often the technology is on the shortlist; empty until it is known."""
        look, view = theme(), self._view
        sure = view.sure
        shares = sure.ranks.get(row.id) if sure else None
        if row.failed or (sure is not None and shares is None):
            return
        shown = merged(shares, at.places) if shares else (0.0,) * at.places
        high = min(rect.height() - look.px(5), look.px(WIDE_CELL))
        most = max(shown, default=0.0)
        for place, share in enumerate(shown):
            area = self._at(rect, at.cell_left(place), at.cell)
            area = QRectF(area.left() + 1, rect.center().y() - high / 2, area.width() - 2, high)
            step = rank_step(share)
            box(painter, area, 3, QColor(sequential(step, look.dark)))
            if share >= LEAST_TOLD:
                face = font("label" if share == most else "meta")
                number = view.language.number(min(share * 100, 99 if share < 1 else 100), 0)
                draw_text(painter, area, number, face, QColor(ink_on(step, look.dark)), "center")
        if at.share and sure is not None:
            text = share_words(sure.shortlist.get(row.id, 0.0), view.language)
            draw_text(
                painter, self._at(rect, at.share, at.share_width), text, font("label" if row.shortlisted else "meta"),
                look.color("text" if row.shortlisted else "text2"), "center",
            )  # fmt: skip

    def _words(self, painter: QPainter, rect: QRectF, at: Columns, left: float, text: str, tone: str) -> None:
        room = at.bar_end - left - 12
        shown = QFontMetricsF(font("meta")).elidedText(text, Qt.TextElideMode.ElideRight, room)
        draw_text(painter, self._at(rect, left, room), shown, font("meta"), theme().color(tone))

    def _remark(self, painter: QPainter, rect: QRectF, at: Columns, left: float, row: RankedTechnology) -> None:
        """A departure from the ranking in words, amber as long as nobody wrote why."""
        view, say = self._view, self._view.language.say
        place = view.model().row_of(row.id)
        if view.ranking is None or view.cut != view.ranking.cut or row.shortlisted == (place < view.cut):
            return
        text = say("chosen too") if row.shortlisted else say("left out")
        size = chip_size(text)
        if left + size.width() < at.bar_end:
            area = self._at(rect, left, size.width())
            chip = QRectF(area.left(), rect.center().y() - size.height() / 2, size.width(), size.height())
            paint_chip(painter, chip, text, "petrol" if row.shortlist_reason else "amber")

    def _check(self, painter: QPainter, area: QRectF, row: RankedTechnology) -> None:
        look = theme()
        side = look.px(18)
        square = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        if row.shortlisted:
            box(painter, square, 3, look.color("petrol"))
            paint_icon(painter, square.adjusted(2, 2, -2, -2), "check", "on_petrol")
        else:
            hot = self._view.is_hot(row.id, "check")
            box(painter, square, 3, look.color("surface"), look.color("petrol" if hot else "strong"))


def merged(shares: tuple[float, ...], places: int) -> tuple[float, ...]:
    """The shares of the first places; where there are more, the last one stands for all the rest."""
    if len(shares) <= places:
        return shares
    return (*shares[: places - 1], sum(shares[places - 1 :])) if places else ()


def share_words(share: float, language: Language) -> str:
    number = language.number(100 * share, 0)
    if 0 < share < 0.005:
        number = language.say("< {n}", n=language.number(1))
    elif 0.995 < share < 1:
        number = language.say("> {n}", n=language.number(99))
    return language.say("{n} of 100", n=number)


def paint_open(painter: QPainter, area: QRectF) -> None:
    """What a value can still become: hatched, with a bar at either end."""
    if area.width() < 1:
        return
    look = theme()
    ink = look.color("text3")
    painter.save()
    painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(ink, 1))
    x = area.left() - area.height()
    while x < area.right():
        painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
        x += 6
    painter.restore()
    box(painter, area, 0, None, ink, 1.0)
    for end in (area.left(), area.right() - 1.5):
        painter.fillRect(QRectF(end, area.top() - 3, 1.5, area.height() + 6), ink)
