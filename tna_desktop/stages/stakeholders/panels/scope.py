"""Step 1.0, scope: what the assessment is for, above what exists already."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.workflow import Entry
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.field import Field, show_lines
from tna_desktop.ui.forms import RecordForm
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.scrolling import scrolling
from tna_desktop.ui.table_step import EmptyTexts, RecordTable
from tna_desktop.ui.theme import theme

from .. import operations, reading
from ..models import overview_columns, overview_rows

#: Catalogue names hold commas, so a list of them is written with semicolons.
BETWEEN = "; "
#: The table below the form is at least this high, then the whole step scrolls.
LEAST_TABLE = 262


class ScopeScreen(StepScreen):
    """A short form in two columns, and the list of existing options and resources."""

    concerns = ("scope", "overview_item")

    def build(self) -> None:
        say = self.language.say
        self.fields = self._fields()
        self.form = RecordForm(self.language, self.fields, self._save, self)
        self.table = RecordTable(
            self.desk,
            columns=overview_columns(self.desk.workflow, self.language),
            rows=overview_rows,
            add=operations.add_overview_item,
            change=operations.change_overview_item,
            remove=operations.remove_overview_items,
            move=operations.move_overview_item,
            noun=(say("existing option"), say("existing options and resources")),
            empty=EmptyTexts(
                "folder-open",
                say("What is there already?"),
                say("Begin with what exists: earlier assessments, plans, data, money, expertise."),
                type_title=say("Type one by one"),
                type_text=say("A name and Enter. The rest can wait."),
                paste_text=say("The columns are recognised."),
                model_icon="file-xls",
                model_title=say("From an Excel file"),
                model_text=say("Shown first, added when you say so."),
                model=self.import_file,
            ),
            tools=(Button(say("From Excel file…"), icon="file-xls", on_click=self.import_file),),
        )
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._form_block())
        layout.addWidget(self.table, 1)
        self.body.addWidget(scrolling(content), 1)
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        self.table.setMinimumHeight(look.px(LEAST_TABLE))
        for name, lines in (("mandate", 2), ("purpose", 2), ("priorities", 3)):
            show_lines(self.fields[name].editor, lines)
        for name in ("period_from", "period_to"):
            self.fields[name].setMaximumWidth(look.px(78))

    def _fields(self) -> dict[str, Field]:
        say = self.language.say

        def text(name: str, label: str, hint: str = "") -> Field:
            editor = QLineEdit()
            editor.setPlaceholderText(hint)
            return Field(self.language, label, editor)

        def prose(label: str, hint: str) -> Field:
            editor = QPlainTextEdit()
            editor.setPlaceholderText(hint)
            return Field(self.language, label, editor)

        return {
            "mandate": prose(say("Mandate"), say("Who asked for this assessment, and in which decision or letter?")),
            "purpose": prose(say("Purpose"), say("What will be done with the results, and by whom?")),
            "priorities": prose(
                say("National priorities served"), say("Goals of the national strategy and of sector plans")
            ),
            "period_from": text("period_from", say("From year")),
            "period_to": text("period_to", say("To year")),
            "languages": text("languages", say("Languages of the work"), say("Of meetings, forms and reports")),
            "targets": text("targets", say("Targets served")),
            "conventions": text("conventions", say("Conventions concerned")),
        }

    def _form_block(self) -> QWidget:
        f = self.fields
        block = QWidget()
        years = row(f["period_from"], f["period_to"], f["languages"], gap=12)
        start = column(f["mandate"], f["purpose"], years, None, gap=10)
        end = column(
            f["priorities"],
            self._with_choice("targets", "gbf_targets", short=True),
            self._with_choice("conventions", "conventions"),
            None,
            gap=10,
        )
        sides = QHBoxLayout(block)
        sides.setContentsMargins(24, 2, 24, 8)
        sides.setSpacing(24)
        sides.addLayout(start, 1)
        sides.addLayout(end, 1)
        return block

    def _with_choice(self, name: str, catalogue: str, short: bool = False) -> QWidget | Field:
        """A text field with a button that offers the workflow's list; without such a list only the field."""
        entries = self.desk.workflow.catalogue(catalogue).entries
        if not entries:
            return self.fields[name]
        field = self.fields[name]
        button = Button(self.language.say("Choose…"), on_click=lambda: self._choose(name, entries, short))
        button.setAccessibleDescription(field.editor.accessibleName())
        together = QWidget()
        line = row(gap=8, parent=together)
        line.addWidget(field, 1)
        line.addLayout(column(Label("", "label"), button, None, gap=4))
        return together

    def _choose(self, name: str, entries: tuple[Entry, ...], short: bool) -> None:
        field = self.fields[name]
        field.commit()
        written = names_in(str(field.value()))
        words = {entry.key: entry.short if short and entry.short else entry.name for entry in entries}
        known = {word.casefold(): key for key, word in words.items()} | {
            entry.name.casefold(): entry.key for entry in entries
        }
        picks = [PickEntry(entry.key, entry.name, entry.definition, entry.source) for entry in entries]
        chosen = LibraryPicker.choose(
            self,
            self.language,
            field.editor.accessibleName(),
            [("", picks)],
            checked=[known[word.casefold()] for word in written if word.casefold() in known],
            verb=lambda count: (
                self.language.say_n("Take one", "Take {n}", count) if count else self.language.say("Take none")
            ),
            none_is_an_answer=True,
        )
        if chosen is not None:
            own = [word for word in written if word.casefold() not in known]
            self.desk.attempt(operations.change_scope, **{name: BETWEEN.join([*(words[key] for key in chosen), *own])})
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, **values: object) -> None:
        self.desk.do(operations.change_scope, **values)

    def load(self) -> None:
        self.form.show({name: _shown(value) for name, value in self.desk.read(reading.scope).items()})
        self.table.reload()

    def import_file(self) -> None:
        """Ask for a worksheet file and show what it holds; nothing is added before the person says so."""
        say = self.language.say
        path, _ = QFileDialog.getOpenFileName(
            self, say("List of existing options and resources"), "", say("Tables (*.xlsx *.csv *.tsv *.txt)")
        )
        if path:
            self.table.exchange.open_file(Path(path))

    def commands(self) -> list[Command]:
        title = self.language.say("Existing options from an Excel file")
        own = Command(
            "scope.import", title, self.import_file, "file-xls", english="Existing options from an Excel file"
        )
        return [own, *self.table.commands()]

    def show_place(self, place: Place) -> None:
        if place.record:
            self.table.select(place.record, place.field)
        elif place.field in self.fields:
            self.fields[place.field].editor.setFocus(Qt.FocusReason.OtherFocusReason)


def names_in(text: str) -> list[str]:
    """The names in a list as the form writes it."""
    return [word.strip() for word in text.replace("\n", ";").split(";") if word.strip()]


def _shown(value: object) -> str:
    return "" if value is None else str(value)
