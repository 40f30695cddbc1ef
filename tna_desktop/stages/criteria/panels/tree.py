"""Step 2.1, criteria tree: what good means, group by group; and the gates that carry no weight."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.labels import Label
from tna_desktop.ui.library import LibraryPicker
from tna_desktop.ui.records import Row
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable

from .. import operations, reading
from ..models import core_keys, gate_columns, model_gates, model_groups
from .criteria_table import CriteriaTable
from .criterion import CriterionPanel
from .gate import GatePanel

_TREE, _GATES = 0, 1


class TreeScreen(StepScreen):
    """Branches with their criteria in one table; a line below to type more; the library of model criteria."""

    concerns = ("criteria_group", "criterion", "gate")

    def build(self) -> None:
        say = self.language.say
        self.views = Segmented([("criteria", say("Criteria")), ("gates", say("Gates"))], name=say("What is shown"))
        self.views.chosen.connect(lambda _key: self._show_page())
        self.library_button = Button(say("Library"), icon="book-open", on_click=self.open_library)
        self.group_button = Button(say("Add group"), icon="tree-structure", on_click=self.begin_group)
        self.model_gates_button = Button(say("Library"), icon="book-open", on_click=self.open_gates)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(24, 2, 24, 0)
        line.addWidget(self.views)
        line.addStretch(1)
        line.addWidget(self.library_button)
        self.table = CriteriaTable(self.desk, (self.group_button,), self._ways_to_begin())
        self.table.current_changed.connect(lambda _id: self._show_criterion())
        self.table.meaning_wanted.connect(self.panel_wanted)
        self.gates = self._gate_table()
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.gates)
        self.body.addWidget(head)
        self.body.addWidget(self.pages, 1)
        self.panel, self.gate_panel = CriterionPanel(self.desk), GatePanel(self.desk)
        self.beside = QStackedWidget()
        self.beside.addWidget(self.panel)
        self.beside.addWidget(self.gate_panel)
        self.gates.current_changed.connect(lambda _id: self._show_gate())

    def _ways_to_begin(self) -> EmptyTexts:
        say, core = self.language.say, core_keys(self.desk.workflow)
        title, text, begin = say("Choose from the library"), say("Each with definition, source and scores."), None
        if core:
            title = self.language.say_n(
                "Start with the one core criterion", "Start with the {n} core criteria", len(core)
            )
            text, begin = say("In their groups, ready to be changed."), self.take_core
        elif self.desk.workflow.catalogue("criteria").entries:
            begin = self.open_library
        return EmptyTexts(
            "scales",
            say("What makes a technology good for this country?"),
            say("Eight to twenty criteria are enough to be fair and few enough to score."),
            type_title=say("Write your own"),
            type_text=say("A name and Enter. Groups can come later."),
            paste_text=say("Groups and columns are recognised."),
            model_icon="scales" if core else "list-bullets",
            model_title=title,
            model_text=text,
            model=begin,
        )

    def _gate_table(self) -> RecordTable:
        say = self.language.say
        return RecordTable(
            self.desk,
            columns=gate_columns(self.language),
            rows=lambda session: [Row(row["id"], row) for row in reading.gates(session)],
            add=operations.add_gate,
            change=operations.change_gate,
            remove=operations.remove_gates,
            move=operations.move_gate,
            noun=(say("gate"), say("gates")),
            tools=(self.model_gates_button,),
            empty=EmptyTexts(
                "shield-check",
                say("What must hold before any score?"),
                say("A gate is passed or not. It carries no weight, and no score can outweigh it."),
                model_icon="book-open",
                model_title=say("Take the model gates"),
                model_text=self.language.say_n(
                    "One gate with its question and source.",
                    "{n} gates with question and source.",
                    len(self._model_gates()),
                ),
                model=self.take_gates if self._model_gates() else None,
            ),
            foot=(
                Label(
                    say("Answered for each technology: passes, passes on conditions, or fails, with the reason"),
                    "meta",
                    "text3",
                    elide=True,
                ),
            ),
        )

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.table.reload()
        self.gates.reload()
        left = {row["catalogue_key"] for row in self.desk.read(reading.gates)}
        self.model_gates_button.setVisible(any(entry.key not in left for entry in self._model_gates()))
        self._show_page()
        self._show_criterion()
        self._show_gate()

    def _show_page(self) -> None:
        gates = self.views.current() == "gates"
        self.pages.setCurrentIndex(_GATES if gates else _TREE)
        self.beside.setCurrentIndex(_GATES if gates else _TREE)
        self.library_button.setVisible(not gates and bool(self.desk.workflow.catalogue("criteria").entries))

    def _show_criterion(self) -> None:
        """Another row is current: its criterion is shown beside."""
        row = self.table.current_row()
        self.panel.show_criterion(dict(row.values) if row and not row.values["branch"] else None)
        self.table.show_line()

    def _show_gate(self) -> None:
        """Another gate is current: it is shown beside."""
        row = self.gates.model.record(self.gates.current() or "")
        self.gate_panel.show_gate(dict(row.values) if row else None)

    def begin_criterion(self) -> None:
        """Get ready to type the next criterion into the current group."""
        self._show_criteria()
        self.table.begin_criterion()

    def begin_group(self) -> None:
        """Get ready to type the name of a group."""
        self._show_criteria()
        self.table.begin_group()

    def paste_criteria(self) -> None:
        """Show a list of criteria from the clipboard, before anything is added."""
        self._show_criteria()
        self.table.paste_from_excel()

    def filter_criteria(self) -> None:
        self._show_criteria()
        self.table.focus_filter()

    def _show_criteria(self) -> None:
        self.views.set_current("criteria")
        self._show_page()

    # Model lists -------------------------------------------------------------------------------------

    def open_library(self) -> None:
        """Offer the library; with an empty tree the core criteria are checked already."""
        say, workflow = self.language.say, self.desk.workflow
        empty = not any(not row.values["branch"] for row in self.table.rows())
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("Library of criteria"),
            self.desk.read(model_groups, workflow, self.language),
            text=say("Each comes with its definition, its source and what the scores mean."),
            checked=core_keys(workflow) if empty else (),
        )
        if chosen:
            self._take(chosen)

    def take_core(self) -> None:
        self._take(core_keys(self.desk.workflow))

    def _take(self, keys: list[str]) -> None:
        added = self.desk.attempt(operations.add_model_criteria, self.desk.workflow, keys)
        if added:
            self.desk.notice(self.language.say_n("One criterion added", "{n} criteria added", added), undo=True)

    def _model_gates(self) -> tuple:  # type: ignore[type-arg]
        return self.desk.workflow.catalogue("gates").entries

    def open_gates(self) -> None:
        """Offer the library of gates; with none there yet all are checked already."""
        say, workflow = self.language.say, self.desk.workflow
        none = not self.gates.rows()
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("Library of gates"),
            self.desk.read(model_gates, workflow, self.language),
            text=say("A gate is passed, passed on conditions, or failed with a reason. It carries no weight."),
            checked=[entry.key for entry in self._model_gates()] if none else (),
        )
        if chosen:
            self.take_gates(chosen)

    def take_gates(self, keys: list[str] | None = None) -> None:
        added = self.desk.attempt(operations.add_model_gates, self.desk.workflow, keys)
        if added:
            self.desk.notice(self.language.say_n("One gate added", "{n} gates added", added), undo=True)

    # The shell asks ----------------------------------------------------------------------------------

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Details"), self.beside)]

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "criteria.add",
                say("Add criterion"),
                self.begin_criterion,
                "plus",
                shortcut="Insert",
                english="Add criterion",
            ),
            Command(
                "criteria.paste",
                say("Paste a list of criteria"),
                self.paste_criteria,
                "clipboard-text",
                english="Paste a list of criteria",
            ),
            Command(
                "criteria.filter",
                say("Filter the criteria"),
                self.filter_criteria,
                "funnel-simple",
                shortcut="Ctrl+F",
                english="Filter the criteria",
            ),
            Command(
                "criteria.group", say("Add criteria group"), self.begin_group, "plus", english="Add criteria group"
            ),
            Command(
                "criteria.library",
                say("Take criteria from the library"),
                self.open_library,
                "book-open",
                english="Take criteria from the library",
            ),
            Command(
                "criteria.gates",
                say("Take gates from the library"),
                self.open_gates,
                "shield-check",
                english="Take gates from the library",
            ),
        ]

    def show_place(self, place: Place) -> None:
        if place.field == "gates" and not place.record:
            self.views.set_current("gates")
            self._show_page()
        elif place.record and self.table.row(place.record) is None and self.gates.model.record(place.record):
            self.views.set_current("gates")
            self._show_page()
            self.gates.select(place.record, place.field)
        elif place.record:
            self._show_criteria()
            self.table.select(place.record, place.field)
