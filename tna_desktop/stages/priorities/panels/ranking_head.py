"""Above the rows of the ranking: what the bars and the trials are, their legend, and the words over the checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QWidget

from tna_desktop.charts.palette import parts as part_colors
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.painting import box, draw_text, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.tokens import theme

from ..results import Ranking
from .ranking_painting import SIDE, Columns, paint_open

if TYPE_CHECKING:
    from .ranking import RankingScreen


class RankingHead(QWidget):
    """Above the rows: what the bars are, their legend, and the words over the checks."""

    def __init__(self, screen: RankingScreen):
        super().__init__()
        self._screen, self._open = screen, False
        self._branches: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(2 * line_height("meta") + theme().px(14))

    def show_ranking(self, ranking: Ranking) -> None:
        say = self._screen.language.say
        self._branches = [name or say("Without a group") for _, name in ranking.branches]
        self._open = any(each.value is None and each.value_low is not None for each in ranking.technologies)
        self.setAccessibleName(
            say("Score out of 100, by group of criteria: {names}", names=self._screen.language.listing(self._branches))
        )
        self.setToolTip(self._screen.language.listing(self._branches))
        self.update()

    def paintEvent(self, event):
        look, say = theme(), self._screen.language.say
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        bar = self._screen.view.verticalScrollBar()
        width = self.width() - (bar.width() if bar.isVisible() else 0)
        view = self._screen.view
        at, meta = Columns(width, view.places, not view.locked), line_height("meta")
        lower = meta + look.px(5)

        def put(left: float, top: float, text: str, role: str, token: str, room: float) -> None:
            place = mirrored_rect(QRectF(left, top, room, meta), width, rtl)
            if rtl:
                place.translate(self.width() - width, 0)
            draw_text(painter, place, text, font(role), look.color(token))

        # Beside trials the bars are short: the legend then stands over the names, and the title comes down.
        title = say("Score out of 100, by group of criteria")
        if at.share and text_width(title, font("label")) > at.bar_end - at.bar:
            title = say("Score out of 100")
        put(at.bar, lower if at.share else 0, title, "label", "text2", text_width(title, font("label")))
        put(at.name, lower, say("Technology"), "label", "text2", at.name_width)
        chosen = say("Chosen") if at.share else say("Shortlist")
        wide = 0.0 if view.locked else text_width(chosen, font("label"))
        if wide:
            put(width - look.px(SIDE) - wide, lower, chosen, "label", "text2", wide)
        self._put_trials(put, at)
        for text, left, room in (
            (say("Sector"), at.sector, at.sector_width),
            (say("Reason"), at.reason, at.reason_width),
        ):
            if room:
                put(left, lower, text, "label", "text2", room)
        x, top = (float(at.rank), 0) if at.share else (float(at.bar), lower)
        end = (
            (at.heat or at.share) - look.px(12)
            if at.share
            else at.bar_end
            if at.sector_width
            else self.width() - look.px(SIDE) - wide - 12
        )
        colors = part_colors(look.dark)
        names = self._branches[: len(colors)]
        if len(self._branches) > len(colors):
            names[-1] = say("Other groups of criteria")
        entries = [(name, colors[place]) for place, name in enumerate(names)] + (
            [(say("Depends on unknown scores"), "")] if self._open else []
        )
        for name, color in entries:
            side, room = look.px(10), text_width(name, font("meta"))
            if x + side + room > end:
                break
            square = mirrored_rect(QRectF(x, top + (meta - side) / 2, side, side), width, rtl)
            if rtl:
                square.translate(self.width() - width, 0)
            if color:
                box(painter, square, 2, QColor(color))
            else:
                paint_open(painter, square)
            put(x + side + look.px(6), top, name, "meta", "text2", room)
            x += side + look.px(6) + room + look.px(16)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line2"))

    def _put_trials(self, put: Callable[[float, float, str, str, str, float], None], at: Columns) -> None:
        """The words over what the trials say."""
        look, language = theme(), self._screen.language
        lower = line_height("meta") + look.px(5)
        sure, found = self._screen.sure, self._screen.ranking
        if at.places:
            heading = language.say("How often each place comes up, of 100 trials")
            if sure is not None and found is not None and len(sure.ranks) > len(found.ranked):
                # Those without a rank take part in the trials: a ninth may come eleventh in every one of them.
                heading = language.say("Places among all {n}, ranked or not, of 100 trials", n=len(sure.ranks))
                if text_width(heading, font("label")) > self.width() - look.px(SIDE) - at.heat:
                    heading = language.say("Places among all {n}, ranked or not", n=len(sure.ranks))
            put(at.heat, 0, heading, "label", "text2", at.share - at.heat)
            for place in range(at.places):
                number = language.number(place + 1)
                text = language.say("{place}+", place=number) if at.rest and place == at.places - 1 else number
                wide = text_width(text, font("meta"))
                put(at.cell_left(place) + (at.cell - wide) / 2, lower, text, "meta", "text2", wide)
        if at.share:
            upper = language.say("Among first {n}", n=sure.length) if sure is not None else ""
            below = language.say("of 100 trials")
            for top, text in ((0, upper), (lower, below)) if not at.places else ((lower, upper),):
                wide = min(text_width(text, font("label")), at.share_width + look.px(16))
                put(at.share + (at.share_width - wide) / 2, top, text, "label", "text2", wide)
