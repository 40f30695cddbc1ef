"""Ranking: what comes first, how sure that is, and the shortlist the team chooses."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QWidget

from tna_desktop.charts.palette import parts as part_colors
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.fonts import font, line_height
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.painting import box, draw_text, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import Column, EmptyTexts, RecordTable, Row
from tna_desktop.ui.tokens import theme

from ...criteria.sheet import origin_note
from .. import chapter, operations, results, sheet
from ..models import RankingModel
from ..results import RankedTechnology, Ranking
from .decision_box import DecisionBox
from .ranking_painting import SIDE, Columns, paint_open, row_words
from .ranking_view import RankingView

_CHART, _TABLE, _EMPTY = 0, 1, 2


class RankingScreen(StepScreen):
    """The sentence, the bars with the shortlist line, or the same as a table."""

    concerns = ("score", "technology", "sector", "criterion", "criteria_group", "gate", "gate_answer", "decision")
    guide_open = False

    def build(self) -> None:
        say = self.language.say
        self.ranking: Ranking | None = None
        self.banner = Banner("info")
        self.model = RankingModel(lambda each: row_words(each, self.language), self)
        self.view = RankingView(self.model, self.language)
        self.head = RankingHead(self)
        self.table = self._make_table()
        self.origin = Label("", "meta", "text2", elide=True)
        self.decide_button = Button(say("Note who decided and why"), "link", on_click=self.note_decision)
        self.copy_button = Button(say("Copy chart"), "ghost", "copy", small=True, on_click=self.copy_chart)
        self.table_button = Button(say("Table view"), "ghost", "table", small=True, on_click=self.switch_view)
        chart = QWidget()
        column(self.head, self.view, gap=0, parent=chart).setStretch(1, 1)
        self._empty_holder = QWidget()
        self._empty_box = column(None, None, margins=(SIDE, SIDE, SIDE, SIDE), parent=self._empty_holder)
        self._empty: EmptyState | None = None
        self.pages = QStackedWidget()
        for page in (chart, self.table, self._empty_holder):
            self.pages.addWidget(page)
        self._top = QWidget()
        row(self.banner, margins=(SIDE, 10, SIDE, 8), parent=self._top)
        self.foot = QWidget()
        foot = row(gap=8, margins=(SIDE, 0, SIDE - 8, 0), parent=self.foot)
        foot.addWidget(self.origin, 1)
        for button in (self.decide_button, self.copy_button, self.table_button):
            foot.addWidget(button)
        self.body.addWidget(self._top)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.foot)
        self.view.moved.connect(self._move_line)
        self.view.toggled.connect(self.toggle)
        self.view.opened.connect(lambda id: self.desk.go(Place("priorities.scores", id)))
        self.restyle()

    def restyle(self) -> None:
        self.foot.setFixedHeight(theme().px(38))

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "ranking.copy",
                say("Copy the ranking as a picture"),
                self.copy_chart,
                "copy",
                english="Copy the ranking as a picture",
            ),
            Command(
                "ranking.table",
                say("Show the ranking as a table"),
                self.switch_view,
                "table",
                english="Show the ranking as a table",
            ),
            Command(
                "ranking.decide",
                say("Note who decided on the shortlist"),
                self.note_decision,
                "note-pencil",
                english="Note who decided on the shortlist",
            ),
        ]

    # Reading -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.ranking = self.desk.read(results.ranking, self.desk.workflow)
        known = any(each.parts and any(each.parts) or each.value is not None for each in self.ranking.technologies)
        if not self.ranking.computable or not known:
            self._show_empty()
            return
        if self.pages.currentIndex() == _EMPTY:
            self.pages.setCurrentIndex(_CHART)
        for part in (self._top, self.foot):
            part.show()
        say = self.language.say
        kind = "good" if self.ranking.cut and not self.ranking.departures() else "info"
        self.banner.tell(
            kind,
            chapter.conclusion(self.ranking, self.language),
            self.shortlist_words(),
            [(say("How this works"), self.explain)],
        )
        self.origin.set_text(origin_note(self.ranking.weights_origin, self.language))
        self.decide_button.setVisible(any(each.shortlisted for each in self.ranking.technologies))
        self.view.show_ranking(self.ranking)
        self.head.show_ranking(self.ranking)
        if self.pages.currentIndex() == _TABLE:
            self._fill_table()

    def shortlist_words(self) -> str:
        """How the shortlist stands, in one sentence."""
        assert self.ranking is not None
        say, say_n, cut = self.language.say, self.language.say_n, self.ranking.cut
        chosen = sum(each.shortlisted for each in self.ranking.technologies)
        if not chosen:
            return say("No shortlist is chosen yet: drag the line, or check the rows.")
        departures = self.ranking.departures()
        if not departures:
            return say_n("The first one is on the shortlist.", "The first {n} are on the shortlist.", cut)
        missing = sum(not each.shortlist_reason for each in departures)
        text = say_n("One technology is on the shortlist; it departs from the ranking for {names}.",
                     "{n} technologies are on the shortlist; it departs from the ranking for {names}.", chosen,
                     names=self.language.listing([each.short for each in departures]))  # fmt: skip
        return text if not missing else say("{text} The reason is not written yet.", text=text)

    def _show_empty(self) -> None:
        assert self.ranking is not None
        say = self.language.say
        for part in (self._top, self.foot):
            part.hide()
        if self._empty is not None:
            self._empty.setParent(None)
            self._empty.deleteLater()
        if not self.ranking.criteria:
            ways = [(say("Go to the criteria"), lambda: self.desk.go("criteria.tree"))]
        elif not self.ranking.technologies:
            ways = [(say("Go to the long list"), lambda: self.desk.go("priorities.longlist"))]
        elif self.ranking.weights_origin == "none":
            ways = [(say("Go to the weights"), lambda: self.desk.go("criteria.weights"))]
        else:
            ways = [(say("Go to the scores"), lambda: self.desk.go("priorities.scores"))]
        sentence = say("It takes technologies, criteria and scores; unknown scores stay unknown.")
        self._empty = EmptyState("chart-bar-horizontal", say("Score at least two technologies"), sentence, ways)
        self._empty_box.insertWidget(1, self._empty)
        self.pages.setCurrentIndex(_EMPTY)

    def show_place(self, place: Place) -> None:
        at = self.model.row_of(place.record)
        if at >= 0 and self.pages.currentIndex() == _CHART:
            self.view.setCurrentIndex(self.model.index(at))
            self.view.scrollTo(self.model.index(at))
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Choosing ----------------------------------------------------------------------------------------

    def _move_line(self, cut: int) -> None:
        """The line was moved: the first ones are the shortlist."""
        assert self.ranking is not None
        self.desk.attempt(operations.choose_shortlist, [each.id for each in self.ranking.ranked[:cut]])

    def toggle(self, id: str) -> None:
        """Choose one technology or leave it out; where that departs from the ranking, the reason is asked for."""
        assert self.ranking is not None
        each = next((row for row in self.ranking.technologies if row.id == id), None)
        if each is None:
            return
        wanted = not each.shortlisted
        if not self._departs(each, wanted):
            self.desk.attempt(operations.shortlist_technology, id, wanted)
            return
        say = self.language.say
        if wanted:
            question, verb = say("Why is {name} on the shortlist?", name=each.name), say("Put it on the shortlist")
        else:
            question, verb = say("Why is {name} left out?", name=each.name), say("Leave it out")
        answer = self.ask_reason(question, self._standing(each), verb, "")
        if answer is not None:
            self.desk.attempt(operations.shortlist_technology, id, wanted, reason=answer[0], decided_by=answer[1])

    def _departs(self, each: RankedTechnology, wanted: bool) -> bool:
        """Whether the choice goes against the ranking: not simply the next one after the line, or the last before it."""
        assert self.ranking is not None
        if each.rank is None:
            return wanted
        place = self.model.row_of(each.id)
        cut = self.ranking.cut
        if wanted:
            return place > cut
        return place < cut - 1

    def _standing(self, each: RankedTechnology) -> str:
        say = self.language.say
        if each.failed:
            return say("It did not pass: {gates}.", gates=self.language.listing(each.failed))
        if each.rank is None:
            return say("It has no rank, because scores of it are unknown.")
        return say("It stands at rank {rank}. The report prints the reason beside the ranking.", rank=each.rank)

    def ask_reason(self, question: str, text: str, verb: str, reason: str) -> tuple[str, str] | None:
        """The decision box; None when the person went back."""
        dialog = DecisionBox(self.language, question, text, verb, reason, self)
        answer = dialog.words() if dialog.exec() else None
        dialog.deleteLater()
        return answer

    def note_decision(self) -> None:
        """Write down who decided on the whole shortlist, and why."""
        if self.ranking is None or not any(each.shortlisted for each in self.ranking.technologies):
            return
        say = self.language.say
        names = [each.name for each in self.ranking.technologies if each.shortlisted]
        text = say("On the shortlist: {names}.", names=self.language.listing(names))
        answer = self.ask_reason(say("Why this shortlist?"), text, say("Note the decision"), "")
        if answer is not None:
            ids = [each.id for each in self.ranking.technologies if each.shortlisted]
            self.desk.attempt(operations.choose_shortlist, ids, reason=answer[0], decided_by=answer[1])
            self.desk.notice(say("Noted in the decision log"), undo=True)

    # Table, picture and explanation ------------------------------------------------------------------

    def _make_table(self) -> RecordTable:
        say = self.language.say
        return RecordTable(
            self.desk,
            columns=self._columns(()),
            rows=lambda session: self._rows(),
            noun=(say("technology"), say("technologies")),
            empty=EmptyTexts("chart-bar-horizontal", say("Nothing is ranked yet")),
        )

    def _columns(self, branches: tuple[tuple[str, str], ...]) -> list[Column]:
        say = self.language.say
        points = [
            Column(f"part{at}", name or say("Without a group"), "number", 112, editable=False, decimals=3, least=900)
            for at, (_, name) in enumerate(branches)
        ]
        return [
            Column("rank", say("Rank"), "computed", 56), Column("name", say("Technology"), width=230, strong=True, editable=False),
            Column("value", say("Value of 100"), "number", 96, editable=False, decimals=3),
            Column("low", say("At least"), "number", 84, editable=False, decimals=3),
            Column("high", say("At most"), "number", 84, editable=False, decimals=3), *points,
            Column("remark", say("Remark"), width=130, editable=False), Column("chosen", say("Shortlist"), "flag", 80, editable=False),
            Column("reason", say("Reason"), "long", 170, editable=False, least=1100),
        ]  # fmt: skip

    def _rows(self) -> list[Row]:
        if self.ranking is None:
            return []
        return [
            Row(each.id, {
                "rank": self._rank(each), "name": each.name, "value": each.value,
                "low": each.value_low, "high": each.value_high, "remark": sheet.remark(each, self.language),
                "chosen": each.shortlisted, "reason": each.shortlist_reason, **{f"part{at}": part for at, part in enumerate(each.parts)},
            })
            for each in self.ranking.technologies
        ]  # fmt: skip

    def _rank(self, each: RankedTechnology) -> str:
        number = "" if each.rank is None else self.language.number(each.rank)
        return self.language.say("{rank}=", rank=number) if each.tied else number

    def _fill_table(self) -> None:
        if self.ranking is not None:
            self.table.set_columns(self._columns(self.ranking.branches))
            self.table.reload()

    def switch_view(self) -> None:
        """The same ranking with exact values as a table, and back."""
        if self.pages.currentIndex() == _EMPTY:
            return
        chart = self.pages.currentIndex() == _TABLE
        if not chart:
            self._fill_table()
        self.pages.setCurrentIndex(_CHART if chart else _TABLE)
        self.table_button.setText(self.language.say("Table view") if chart else self.language.say("Chart view"))
        self.table_button.set_icon("table" if chart else "chart-bar-horizontal")

    def copy_chart(self) -> None:
        """Put the chart on the clipboard: as a picture, as SVG, and in words."""
        if self.ranking is None or not self.ranking.computable:
            return
        svg, words = chapter.chart(self.ranking, self.language, width=900.0)
        content = QByteArray(svg.encode())
        data = QMimeData()
        data.setImageData(picture(content))
        data.setData("image/svg+xml", content)
        data.setText(words)
        QGuiApplication.clipboard().setMimeData(data)
        self.desk.notice(self.language.say("Chart copied"))

    def explain(self) -> None:
        """What the handbook says about how values and ranks come about."""
        text = Label(_paragraphs(self.step.guidance.more), wrap=True)
        holder = QWidget()
        column(text, None, margins=(0, 0, 10, 0), parent=holder)
        body = QScrollArea()
        body.setWidget(holder)
        body.setWidgetResizable(True)
        body.setFrameShape(QScrollArea.Shape.NoFrame)
        body.setMinimumHeight(theme().px(300))
        dialog = Dialog(self.language.say("How this works"), "", "", self.language.say("Close"), body=body, parent=self)
        dialog.exec()
        dialog.deleteLater()


def picture(svg: QByteArray, scale: float = 2.0) -> QImage:
    """An SVG as a picture on white, twice as fine as it is large."""
    renderer = QSvgRenderer(svg)
    size = renderer.defaultSize() * scale
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def _paragraphs(text: str) -> str:
    """The guidance as lines: headings bare, lists with a dash, blocks apart."""
    lines = [line.removeprefix("### ") for line in text.split("\n")]
    return "\n".join("– " + line[2:] if line.startswith("- ") else line for line in lines)
