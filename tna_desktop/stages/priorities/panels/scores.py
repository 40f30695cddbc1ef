"""Scores: every technology on every criterion, unknown where nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.journal import Change
from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language
from tna_desktop.ui import layouts
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.fonts import font
from tna_desktop.ui.labels import Hairline
from tna_desktop.ui.layouts import column
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.painting import box, draw_text, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.tokens import theme

from ...criteria import reading as criteria_reading
from ...criteria import results as criteria_results
from .. import operations, reading
from ..models import ScoreColumn, ScoreModel
from ..reading import Cell
from ..score_table import NOT_APPLICABLE
from . import score_blocks
from .score_grid import BEFORE, CLEAR, COPY, EVIDENCE, NEXT, NOT_APPLIES, PASTE, SURENESS, ScoreGrid
from .score_import import import_table
from .score_painting import SIDE, paint_swatch, paint_unknown
from .score_panel import ScoreTab

_GRID, _EMPTY = 0, 1


def score_columns(session: Session, workflow: Any = None) -> list[ScoreColumn]:
    """The criteria as columns: branch by branch, with their weights as shares of one."""
    rows = criteria_reading.criteria(session)
    shares = {each.id: each.share for each in criteria_results.weights(session, workflow).criteria}
    tops = criteria_reading.top_group(session)
    branches = {group["id"]: (group["name"], group["short"]) for group in criteria_reading.groups(session)}
    return [
        ScoreColumn(
            row["id"], row["name"], row["short"] or row["name"], tops.get(row["group_id"], ""),
            *branches.get(tops.get(row["group_id"], ""), ("", "")),
            shares.get(row["id"], 0.0), row["low"] == 1 and row["high"] == 5, row,
        )
        for row in rows
    ]  # fmt: skip


class ScoresScreen(StepScreen):
    """The matrix, its tool row and legend; the tab beside it explains the score the keyboard is on."""

    concerns = ("score", "technology", "sector", "criterion", "criteria_group")
    own_tabs_first = True

    def build(self) -> None:
        say = self.language.say
        self.model = ScoreModel(self.language, self)
        self.grid = ScoreGrid(self.model, self.language)
        self.tab = ScoreTab(self.desk)
        self.sector_button = Button(say("All sectors"), "ghost", "funnel-simple", on_click=self._sector_menu)
        self.import_button = Button(say("Import a table…"), "outline", "download-simple", on_click=self.import_table)
        self.progress = Progress(self.language)
        self.next_button = Button(
            say("Next empty"), "outline", icon_end="arrow-right", small=True, on_click=lambda: self._asked(NEXT)
        )
        self.banner = Banner("attention")
        self.banner.hide()
        tools = layouts.row(
            self.sector_button,
            self.import_button,
            None,
            self.progress,
            self.next_button,
            gap=8,
            margins=(SIDE - 12, 8, SIDE, 8),
        )
        page = QWidget()
        box_ = column(gap=0, parent=page)
        box_.addLayout(tools)
        box_.addLayout(layouts.row(self.banner, margins=(SIDE, 0, SIDE, 6)))
        box_.addWidget(self.grid, 1)
        box_.addWidget(Hairline())
        box_.addWidget(Legend(self.language))
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self._empty_holder = QWidget()
        self._empty_box = column(None, None, margins=(SIDE, SIDE, SIDE, SIDE), parent=self._empty_holder)
        self._empty: EmptyState | None = None
        self.pages.addWidget(self._empty_holder)
        self.body.addWidget(self.pages)
        self.grid.scored.connect(self._score)
        self.grid.typed.connect(self._typed)
        self.grid.asked.connect(self._asked)
        self.grid.moved.connect(self._show_score)
        self._awaited: Place | None = None

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Score"), self.tab)]

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "scores.next",
                say("Go to the next empty score"),
                lambda: self._asked(NEXT),
                "arrow-right",
                shortcut="N",
                english="Go to the next empty score",
            ),
            Command(
                "scores.import",
                say("Import a table of scores"),
                self.import_table,
                "download-simple",
                english="Import a table of scores",
            ),
        ]

    # Reading -----------------------------------------------------------------------------------------

    def load(self) -> None:
        key = self.model.key(self.grid.currentIndex()) if self.grid.currentIndex().isValid() else None
        matrix, columns = self.desk.read(
            lambda session: (reading.matrix(session), score_columns(session, self.desk.workflow))
        )
        self.model.load(matrix, columns)
        self._show_page()
        if key is not None and not self.grid.currentIndex().isValid():
            self.grid.go_to(self.model.place(*key))
        if not self.grid.currentIndex().isValid() and self.model.rows and self.model.columns:
            self.grid.go_to(self.model.index(0, 0))
        if self._awaited is not None:
            place, self._awaited = self._awaited, None
            self.show_place(place)
        self._shown()

    def _heard(self, change: Change) -> None:
        if not self._stale and self.isVisible() and change.tables == {"score"}:
            self.model.patch(_cells(change))
            self._shown()
            return
        super()._heard(change)

    def _shown(self) -> None:
        known, size = self.model.scored()
        self.progress.tell(known, size)
        self.next_button.setEnabled(known < size)
        names = {row["sector_id"]: row["sector"] for row in self.model.every if row["sector_id"]}
        self.sector_button.setText(names.get(self.model.sector, self.language.say("All sectors")))
        self.sector_button.setEnabled(bool(names))
        self._show_score()

    def _show_page(self) -> None:
        ready = bool(self.model.every and self.model.columns)
        self.pages.setCurrentIndex(_GRID if ready else _EMPTY)
        if ready:
            return
        say = self.language.say
        if not self.model.every:
            place, words = "priorities.longlist", say("Go to the long list")
        else:
            place, words = "criteria.tree", say("Go to the criteria")
        actions = [(words, lambda: self.desk.go(place)), (say("Import a table…"), self.import_table)]
        if self._empty is not None:
            self._empty.setParent(None)
            self._empty.deleteLater()
        line = say("What shall be scored?") if not self.model.every else say("On what shall they be scored?")
        sentence = say("Scores stand between technologies and criteria. A table with both can be imported.")
        self._empty = EmptyState("chart-bar-horizontal", line, sentence, actions)
        self._empty_box.insertWidget(1, self._empty)

    def _show_score(self) -> None:
        index = self.grid.currentIndex()
        if not index.isValid():
            self.tab.show_score(None, None, Cell())
            return
        criterion = self.model.columns[index.column()]
        self.tab.show_score(
            self.model.rows[index.row()], criterion, self.model.cell(index), self.model.scale_words(criterion)
        )

    def show_place(self, place: Place) -> None:
        if self._stale:
            self._awaited = place
            return
        if not self.model.place(place.record).isValid():
            self.model.show_sector(None)
        index = self.model.place(place.record, place.field)
        if index.isValid():
            self.grid.go_to(index)
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Scoring -----------------------------------------------------------------------------------------

    def _score(self, number: float) -> None:
        """One number for every chosen cell with a scale from 1 to 5."""
        chosen = [index for index in self.grid.chosen() if self.model.columns[index.column()].five]
        self._set(chosen, lambda _: {"value": number})

    def _typed(self, key: tuple[str, str], text: str) -> None:
        index = self.model.place(*key)
        cell = self.model.cell(index)
        try:
            values = score_blocks.meaning(text, self.model.columns[index.column()], self.language)
            before = {"state": cell.state} if "state" in values else {"value": cell.value}
            if values != before:
                self.desk.do(operations.set_score, *key, **values)
            self.grid.close_editor()
        except Refused as refused:
            self.grid.tell(self.language.tell(refused.reason), index)

    def _set(self, indexes: list[QModelIndex], values: Any) -> None:
        """Set the cells that are not so already, as one change; the toast offers undo when there are many."""
        cells = []
        for index in indexes:
            wanted, cell = values(self.model.cell(index)), self.model.cell(index)
            if any(getattr(cell, name) != value for name, value in wanted.items()):
                cells.append((*self.model.key(index), wanted))
        if len(cells) == 1:
            self.desk.attempt(operations.set_score, *cells[0][:2], **cells[0][2])
        elif cells and self.desk.attempt(operations.set_scores, cells):
            self.desk.notice(self.language.say_n("One score changed", "{n} scores changed", len(cells)), undo=True)

    def _asked(self, wish: str) -> None:
        chosen = self.grid.chosen()
        if wish in (NEXT, BEFORE):
            index = self.model.next_empty(self.grid.currentIndex(), back=wish == BEFORE)
            if index.isValid():
                self.grid.go_to(index)
                self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif wish == CLEAR:
            known = [index for index in chosen if self.model.cell(index).known]
            self._set(known, lambda _: {"value": None, "state": "unknown"})
        elif wish == NOT_APPLIES and chosen:
            every = all(self.model.cell(index).state == NOT_APPLICABLE for index in chosen)
            self._set(chosen, lambda _: {"state": "unknown" if every else NOT_APPLICABLE})
        elif wish == SURENESS and chosen:
            levels = ["", *(entry.key for entry in self.desk.workflow.catalogue("sureness").entries)]
            current = self.model.cell(self.grid.currentIndex()).sureness
            following = levels[(levels.index(current) + 1) % len(levels)] if current in levels else ""
            self._set(chosen, lambda _: {"sureness": following})
        elif wish == EVIDENCE:
            self.tab.write_evidence()
        elif wish == COPY:
            QGuiApplication.clipboard().setText(
                score_blocks.copied(self.model, [(i.row(), i.column()) for i in chosen])
            )
        elif wish == PASTE and chosen:
            self.paste(QGuiApplication.clipboard().text())

    def paste(self, text: str) -> None:
        """Take a block from a spreadsheet as one change; what cannot be taken is named."""
        try:
            found = score_blocks.pasted(
                text, self.model, [(index.row(), index.column()) for index in self.grid.chosen()]
            )
            if found.cells:
                self.desk.do(operations.set_scores, found.cells)
        except Refused as refused:
            self.desk.refuse(refused)
            return
        say, told = self.language.say, [self.language.tell(reason) for reason in found.refused]
        self.banner.setVisible(bool(told))
        if told:
            lead = self.language.say_n("One cell was left out.", "{n} cells were left out.", len(told))
            text = (
                " ".join(told[:3])
                if len(told) <= 3
                else say("{examples} And {n} more.", examples=" ".join(told[:3]), n=len(told) - 3)
            )
            self.banner.tell("attention", lead, text, [(say("Close"), self.banner.hide)])
        if found.cells:
            self.desk.notice(self.language.say_n("One score pasted", "{n} scores pasted", len(found.cells)), undo=True)

    # Sectors and import ------------------------------------------------------------------------------

    def _sector_menu(self) -> None:
        say = self.language.say
        menu = Menu(say("Sector"), self)
        menu.add(say("All sectors"), lambda: self.show_sector(None), checked=self.model.sector is None)
        for id, name in sorted(
            {(row["sector_id"], row["sector"]) for row in self.model.every if row["sector_id"]},
            key=lambda pair: pair[1].casefold(),
        ):
            menu.add(name, lambda id=id: self.show_sector(id), checked=self.model.sector == id)
        menu.popup(self.sector_button.mapToGlobal(self.sector_button.rect().bottomLeft()))

    def show_sector(self, sector: str | None) -> None:
        self.model.show_sector(sector)
        if self.model.rows and self.model.columns:
            self.grid.go_to(self.model.index(0, 0))
        self._shown()

    def import_table(self) -> None:
        import_table(self, self.desk)


def _cells(change: Change) -> Mapping[tuple[str, str], Cell | None]:
    """The agreed scores a change touched, as they are after it."""
    found: dict[tuple[str, str], Cell | None] = {}
    for touch in change.touched:
        image = touch.after or touch.before or {}
        if touch.table == "score" and not image.get("voice"):
            key = (image["technology_id"], image["criterion_id"])
            names = ("state", "value", "low", "high", "sureness", "evidence")
            if touch.after is not None:
                found[key] = Cell(*(image[name] for name in names))
            elif found.get(key) is None:
                found[key] = None
    return found


class Progress(QWidget):
    """How many cells are answered: in words, and as a bar."""

    def __init__(self, language: Language):
        super().__init__()
        self._language, self._share, self._text = language, 0.0, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def tell(self, known: int, size: int) -> None:
        say = self._language.say_n
        self._text = say(
            "{known} of one cell scored", "{known} of {n} cells scored", size, known=self._language.number(known)
        )
        self._share = known / size if size else 0.0
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self):
        look = theme()
        return QSize(int(text_width(self._text, font("label_medium"))) + look.px(10 + 92), look.px(26))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        draw_text(painter, QRectF(self.rect()), self._text, font("label_medium"), look.color("text2"))
        wide, high = look.px(90), 6
        top = (self.height() - high) / 2
        track = mirrored_rect(QRectF(self.width() - wide, top, wide, high), self.width(), rtl)
        box(painter, track, 3, look.color("line"))
        if self._share > 0:
            length = max(6.0, wide * self._share)
            box(
                painter,
                mirrored_rect(QRectF(self.width() - wide, top, length, high), self.width(), rtl),
                3,
                look.color("petrol"),
            )


class Legend(QWidget):
    """What the cells mean; what has no room at the end is left out, the margin says it too."""

    def __init__(self, language: Language):
        super().__init__()
        self._language = language
        self.restyle()
        say = language.say
        self._signs = [
            ("?", say("low sureness")), ("•", say("has evidence note")), ("*", say("depends on a condition")),
        ]  # fmt: skip
        self._unknown = say("not scored: ranking treats it as unknown")
        self.setAccessibleName(
            ". ".join((say("Score from 1 to 5"), *(words for _, words in self._signs), self._unknown))
        )

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(38))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, high = float(look.px(SIDE)), self.height()

        def at(width: float, height: float | None = None) -> QRectF:
            tall = high if height is None else height
            return mirrored_rect(QRectF(x, (high - tall) / 2, width, tall), self.width(), rtl)

        def write(text: str, role: str, token: str, gap: float) -> None:
            nonlocal x
            width = text_width(text, font(role))
            draw_text(painter, at(width), text, font(role), look.color(token))
            x += width + gap

        write(self._language.say("Score"), "label", "text2", look.px(8))
        for level in range(1, 6):
            paint_swatch(painter, at(look.px(26), look.px(18)), level, str(level))
            x += look.px(30)
        x += look.px(8)
        parts = [(*sign, False) for sign in self._signs]
        parts.insert(2, (DASH, self._unknown, True))
        for sign, words, unknown in parts:
            sign_wide = look.px(22) if unknown else look.px(12)
            if x + sign_wide + text_width(words, font("meta")) > self.width() - look.px(12):
                continue
            if unknown:
                paint_unknown(painter, at(sign_wide, look.px(16)), sign)
            else:
                draw_text(painter, at(sign_wide), sign, font("label"), look.color("text"), "center")
            x += sign_wide + look.px(5)
            write(words, "meta", "text2", look.px(16))
