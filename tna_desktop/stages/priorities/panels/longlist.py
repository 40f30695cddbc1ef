"""Long list: which technologies could help, what each is, and whether it passes the gates."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QSizePolicy, QWidget
from sqlalchemy.orm import Session

from tna_desktop.charts.palette import parts as part_colors
from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.fonts import font
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.painting import draw_text, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import Choice, Column, EmptyTexts, RecordTable, Row, TableTexts
from tna_desktop.ui.tokens import theme

from .. import operations, reading
from .fact_sheet import FactSheet
from .gates import Gates
from .wording import SHARES, share_names


class LonglistScreen(StepScreen):
    """The table of technologies; beside it the fact sheet and the gates of the one the keyboard is on."""

    concerns = ("technology", "sector", "gate", "gate_answer")

    def build(self) -> None:
        say = self.language.say
        self.mix = Mix(self.language)
        self.sheet = FactSheet(self.desk)
        self.gates = Gates(self.desk)
        self.library_button = Button(say("From the list…"), "outline", "list-bullets", on_click=self.open_library)
        self.table = RecordTable(
            self.desk, columns=self._columns(), rows=self._rows,
            add=operations.add_technology, change=operations.change_technology, remove=operations.remove_technologies,
            move=operations.move_technology, noun=(say("technology"), say("technologies")), tools=(self.library_button,), foot=(self.mix,),
            texts=TableTexts(
                title=say("Long list of technologies"), filter=say("Filter {n} technologies"), add=say("Add technology"),
                removed=lambda n: self.language.say_n("One technology deleted", "{n} technologies deleted", n),
            ),
            empty=EmptyTexts(
                "leaf", say("Which technologies could help?"),
                say("Equipment, but also know-how and ways to organise. Old practices count as much as new ones."),
                model_title=say("Choose from examples"), model_text=self._list_words(), model=self.open_library,
            ),
        )  # fmt: skip
        self.table.current_changed.connect(self._show)
        self.body.addWidget(self.table, 1)

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Sheet"), self.sheet), (self.language.say("Gates"), self.gates)]

    def commands(self) -> list[Command]:
        say = self.language.say
        library = Command(
            "longlist.library",
            say("Choose technologies from examples"),
            self.open_library,
            "list-bullets",
            english="Choose technologies from examples",
        )
        return [library, *self.table.commands()]

    def load(self) -> None:
        self.table.reload()
        if self.table.current() is None and self.table.rows():
            self.table.view.select_record(self.table.rows()[0].id)  # the sheet beside it is never empty
        self._show(self.table.current())

    def show_place(self, place: Place) -> None:
        if place.record:
            self.table.select(place.record, place.field)

    def _columns(self) -> list[Column]:
        say, named = self.language.say, self._named
        shares = ", ".join(share_names(self.language))
        return [
            Column("name", say("Technology"), width=210, strong=True, required=True, names=(say("Name"), say("Title"))),
            Column("definition", say("What it is"), "long", 190, names=(say("Definition"), say("Description"))),
            Column("sector_id", say("Sector"), "choice", 130, choices=self._sectors),
            Column("purpose", say("Purpose"), "choice", 130, choices=named("purposes")),
            Column("shares", say("Nature"), "shares", 92, help=shares),
            Column(
                "traditional",
                say("Traditional"),
                "flag",
                80,
                least=1000,
                help=say("A traditional or indigenous technology"),
            ),
            Column(
                "genetic_resources",
                say("Genetic resources"),
                "flag",
                116,
                least=1180,
                help=say("Uses genetic resources, or knowledge that goes with them"),
            ),
            Column("maturity", say("Maturity"), "choice", 124, choices=named("maturities"), least=1300),
            Column("term", say("Time horizon"), "choice", 112, choices=named("terms"), least=1420),
            Column("place", say("Place or ecosystem"), width=140, least=1560),
        ]

    def _named(self, catalogue: str) -> list[Choice]:
        return [Choice(entry.key, entry.name) for entry in self.desk.workflow.catalogue(catalogue).entries]

    def _sectors(self) -> list[Choice]:
        return [Choice(row["id"], row["name"]) for row in self.desk.read(reading.sectors)]

    def _rows(self, session: Session) -> list[Row]:
        failed, rows = reading.failed_gates(session), []
        technologies = reading.technologies(session)
        for each in technologies:
            shares = [each[name] for name in SHARES]
            marks = {}
            if each["id"] in failed:
                gates = self.language.listing(failed[each["id"]])
                marks["name"] = self.language.say("Does not pass: {gates}. It is not ranked.", gates=gates)
            rows.append(Row(each["id"], {**each, "shares": [] if None in shares else shares}, marks))
        self.mix.tell(technologies)
        return rows

    def _show(self, id: str | None) -> None:
        self.sheet.show_technology(id)
        self.gates.show_technology(id)

    def _list_words(self) -> str:
        count = len(self.desk.workflow.catalogue("technologies").entries)
        return self.language.say_n("One example, to adapt", "{n} examples, to adapt", count)

    def open_library(self) -> None:
        """Example technologies by purpose; what is chosen is taken over with its fact sheet."""
        taken = {row["catalogue_key"] for row in self.desk.read(reading.technologies)}
        entries = self.desk.workflow.catalogue("technologies").entries
        purposes = [(entry.key, entry.name) for entry in self.desk.workflow.catalogue("purposes").entries]
        known = {key for key, _ in purposes}
        groups = [
            (
                name,
                [
                    PickEntry(e.key, e.name, e.definition, e.source, e.key in taken)
                    for e in entries
                    if e.get("purpose", "") == key
                ],
            )
            for key, name in purposes
        ]
        rest = [
            PickEntry(e.key, e.name, e.definition, e.source, e.key in taken)
            for e in entries
            if e.get("purpose", "") not in known
        ]
        groups.append((self.language.say("Other purposes") if purposes else "", rest))
        title = self.language.say("Choose technologies from examples")
        chosen = LibraryPicker.choose(self, self.language, title, [group for group in groups if group[1]])
        if chosen:
            count = self.desk.attempt(operations.add_model_technologies, self.desk.workflow, chosen)
            if count:
                self.desk.notice(
                    self.language.say_n("One technology added", "{n} technologies added", count), undo=True
                )


class Mix(QWidget):
    """How the list as a whole is made up: hardware, know-how and organisation, as a bar and in words."""

    def __init__(self, language: Language):
        super().__init__()
        self._language = language
        self._shares: list[float] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def tell(self, technologies: list[dict]) -> None:
        known = [row for row in technologies if None not in [row[name] for name in SHARES]]
        self._shares = [sum(row[name] for row in known) / len(known) for name in SHARES] if known else []
        say, percent = self._language.say, self._language.percent
        words = [
            say("{name} {share}", name=name, share=percent(share))
            for name, share in zip(share_names(self._language), self._shares, strict=False)
        ]
        self._words = words
        text = say("On average: {shares}", shares=self._language.listing(words)) if words else ""
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    _words: list[str] = []

    def sizeHint(self):
        look = theme()
        wide = sum(text_width(word, font("meta")) + look.px(26) for word in self._words)
        return QSize(int(wide) + 2, look.px(26))

    def minimumSizeHint(self):
        return QSize(0, theme().px(26))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, side, high = 0.0, look.px(10), self.height()
        for word, color in zip(self._words, part_colors(look.dark), strict=False):
            painter.fillRect(mirrored_rect(QRectF(x, (high - side) / 2, side, side), self.width(), rtl), QColor(color))
            wide = text_width(word, font("meta"))
            draw_text(
                painter,
                mirrored_rect(QRectF(x + side + look.px(5), 0, wide, high), self.width(), rtl),
                word,
                font("meta"),
                look.color("text2"),
            )
            x += wide + look.px(26)
