"""Long list: which technologies could help, what each is, and whether it passes the gates."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget
from sqlalchemy.orm import Session

from tna_desktop.charts.palette import parts as part_colors
from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.text import Language
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.fonts import font
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.painting import draw_text, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import Choice, EmptyTexts, Row, TableTexts
from tna_desktop.ui.tokens import theme

from .. import operations, reading
from ..competition import Rule, competition
from ..reading_longlist import long_list
from .fact_sheet import FactSheet
from .gates import Gates
from .grouped_table import is_head
from .longlist_earlier import choose_file
from .longlist_table import LongListTable, by_comparability, columns, consent_words, gate_words
from .merge_dialog import MergeDialog
from .who_competes import WhoCompetes
from .wording import SHARES, share_names


class LonglistScreen(StepScreen):
    """The table of technologies; beside it the fact sheet and the gates of the one the keyboard is on."""

    concerns = ("technology", "sector", "gate", "gate_answer", "consent", "attachment", "competition")

    def build(self) -> None:
        say = self.language.say
        self.mix = Mix(self.language)
        self.sheet = FactSheet(self.desk)
        self.gates = Gates(self.desk)
        self.bring_button = Button(
            say("Bring in"), "outline", "download-simple", "caret-down", on_click=self._show_ways
        )
        self.group_button = Button(say("Groups"), "ghost", "tree-structure", on_click=self.switch_groups)
        self.group_button.setCheckable(True)
        self.group_button.setToolTip(say("Only technologies of the same reach and time horizon stand together"))
        self.table = LongListTable(
            self.desk, columns=columns(self.language, self.desk.workflow, self._sectors), rows=self._rows,
            add=operations.add_technology, change=operations.change_technology, remove=operations.remove_technologies,
            move=operations.move_technology, noun=(say("technology"), say("technologies")), row_menu=self._row_menu,
            tools=(self.group_button, self.bring_button), foot=(self.mix,),
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
        self.who = WhoCompetes(self.desk, self)
        self.note = Label("", "meta", "text2", elide=True)
        self.apart = QWidget()
        row(self.note, self.who, gap=12, margins=(24, 0, 16, 4), parent=self.apart).setStretch(0, 1)
        self.apart.hide()
        self._rule: Rule | None = None
        self.body.addWidget(self.apart)
        self.table.current_changed.connect(self._show)
        self.body.addWidget(self.table, 1)

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Sheet"), self.sheet), (self.language.say("Gates"), self.gates)]

    def commands(self) -> list[Command]:
        say = self.language.say
        own = [
            Command("longlist.library", say("Choose technologies from examples"), self.open_library, "list-bullets",
                    english="Choose technologies from examples"),
            Command("longlist.file", say("Technologies from an Excel or CSV file"), self.import_file, "file-xls",
                    english="Technologies from an Excel or CSV file"),
            Command("longlist.earlier", say("Technologies from an earlier assessment"), self.take_earlier, "folder-open",
                    english="Technologies from an earlier assessment"),
            Command("longlist.doubles", say("Find and merge doubles"), self.find_doubles, "copy", english="Find and merge doubles"),
            Command("longlist.groups", say("Group by reach and time horizon"), self.switch_groups, "tree-structure",
                    english="Group by reach and time horizon"),
        ]  # fmt: skip
        return [*own, *self.who.commands("longlist"), *self.table.commands()]

    # Bringing in -------------------------------------------------------------------------------------

    def ways(self) -> Menu:
        """The ways in which technologies come onto the list, and doubles leave it."""
        say = self.language.say
        menu = Menu(say("Bring in"), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(say("From examples…"), self.open_library, "list-bullets")
        menu.add(say("From an Excel or CSV file…"), self.import_file, "file-xls")
        menu.add(say("From an earlier assessment…"), self.take_earlier, "folder-open")
        menu.addSeparator()
        menu.add(say("Find doubles…"), self.find_doubles, "copy", enabled=len(self.table.rows()) > 1)
        return menu

    def _show_ways(self) -> None:
        self.ways().popup(self.bring_button.mapToGlobal(QPoint(0, self.bring_button.height() + 4)))

    def import_file(self) -> None:
        """Ask for a worksheet file and show what it holds; nothing is added before the person says so."""
        say = self.language.say
        path, _ = QFileDialog.getOpenFileName(
            self, say("List of technologies"), "", say("Tables (*.xlsx *.csv *.tsv *.txt)")
        )
        if path:
            self.table.worksheet.open_file(Path(path))

    def take_earlier(self) -> None:
        choose_file(self, self.desk)

    def find_doubles(self, pair: tuple[str, str] | None = None) -> None:
        """Show the pairs with nearly the same names, or one pair the person chose, and let them be merged."""
        dialog = MergeDialog(self.desk, self, pair)
        dialog.exec()
        if dialog.merged:
            self.desk.notice(
                self.language.say_n("One double merged", "{n} doubles merged", dialog.merged), undo=dialog.merged == 1
            )
        dialog.deleteLater()

    def _row_menu(self, id: str) -> list[Command]:
        chosen = [each for each in self.table.selected() if not is_head(each)]
        if len(chosen) != 2:
            return []
        title = self.language.say("Merge these two…")
        return [Command("longlist.merge", title, lambda: self.find_doubles((chosen[0], chosen[1])), "copy")]

    def switch_groups(self) -> None:
        """Put technologies of the same reach and time horizon under one head, or show the whole list again."""
        self._group(self.table.grouped.grouping is None)

    def _group(self, grouped: bool) -> None:
        within = self._rule.within if self._rule else ""
        self.group_button.setChecked(grouped)
        self.group_button.set_kind("outline" if grouped else "ghost")
        self.apart.setVisible(grouped)
        self.note.set_text(
            self.language.say("Each group has a ranking and a shortlist line of its own.") if within
            else self.language.say("All technologies compete in one ranking; the groups show which are alike.")
        )  # fmt: skip
        self.table.group_by(by_comparability(self.language, self.desk.workflow, within) if grouped else None)

    def load(self) -> None:
        rule, before = self.desk.read(competition), self._rule
        if rule != before:
            self._rule = rule
            self.who.show_rule(rule)
        self.table.reload()
        if rule != before and (before is not None or rule.within):  # what was decided is seen at once
            self._group(bool(rule.within) or self.table.grouped.grouping is not None)
        if self.table.current() is None and self.table.rows():
            self.table.view.select_record(self.table.rows()[0].id)  # the sheet beside it is never empty
        else:
            self._show(self.table.current())

    def show_place(self, place: Place) -> None:
        if place.record:
            self.table.select(place.record, place.field)

    def _sectors(self) -> list[Choice]:
        return [Choice(row["id"], row["name"], short=row["short"]) for row in self.desk.read(reading.sectors)]

    def _rows(self, session: Session) -> list[Row]:
        found, rows = long_list(session), []
        for each in found.technologies:
            shares, gates = [each[name] for name in SHARES], found.gates[each["id"]]
            consent = found.consents.get(each["id"])
            marks = {}
            if gates.failed:
                marks["name"] = marks["gates"] = self.language.say(
                    "Does not pass: {gates}. It is not ranked.", gates=self.language.listing(gates.failed)
                )
            more = {
                "shares": [] if None in shares else shares,
                "gates": gate_words(self.language, gates),
                "consent": consent_words(self.language, consent),
            }
            rows.append(Row(each["id"], {**each, **more}, marks))
        self.mix.tell(found.technologies)
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
