"""Step 4.1, causes: what stands in the way of each chosen technology, as a table and as a tree."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.cell_values import Choice
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.field import Field
from tna_desktop.ui.fonts import set_role
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.library import LibraryPicker
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import operations, reading, results
from ..models import barrier_library, category_icon, cause_columns, cause_rows
from .technology import TechnologySwitch
from .tree import CauseTree

TABLE, TREE = "table", "tree"


class CausesScreen(StepScreen):
    """The technology on top, its core problem below, then its barriers as a table or as a tree of causes."""

    concerns = ("technology", "barrier", "hindrance", "core_problem", "measure")
    guide_open = False

    def build(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        self._chosen: str | None = None
        self._core_known = ""
        self.switch = TechnologySwitch(self.language)
        self.switch.chosen.connect(self._show_technology)
        self.common = Button(say("Common barriers"), icon="bookmark-simple", on_click=self.open_library)
        self.core = QLineEdit()
        self.core.setMaxLength(400)
        self.core.setPlaceholderText(say("Write the core problem in one sentence"))
        self.core_field = Field(self.language, "", self.core)
        self.core.setAccessibleName(say("Core problem"))
        set_role(self.core, "voice")
        self.core_field.committed.connect(self._write_core)
        self.view_switch = Segmented([(TREE, say("Tree")), (TABLE, say("Table"))], TABLE, say("Show as"))
        self.view_switch.chosen.connect(self._show_view)
        self.table = RecordTable(
            self.desk,
            columns=cause_columns(self.desk.workflow, self.language, self._here),
            rows=lambda session: cause_rows(session, self.technology, self.language),
            add=operations.add_barrier,
            change=operations.change_hindrance,
            remove=operations.remove_hindrances,
            move=operations.move_hindrance,
            defaults=lambda: {"technology_id": self.technology},
            noun=(say("barrier"), say("barriers")),
            texts=TableTexts(
                filter=lambda n: say_n("Filter one barrier", "Filter {n} barriers", n),
                add=say("Add barrier"),
                removed=lambda n: say_n("{n} barrier removed", "{n} barriers removed", n),
            ),
            empty=EmptyTexts(
                "tree-structure",
                say("What keeps this technology from spreading?"),
                say("Begin with what people complain about; ask “why?” until the answer can be changed."),
                type_title=say("Type one by one"),
                type_text=say("A few words and Enter. The rest can wait."),
                model_icon="bookmark-simple",
                model_title=say("Start from common barriers"),
                model_text=say("Those of other technologies first, then the library."),
                model=self.open_library,
            ),
        )
        self.table.current_changed.connect(self._row_chosen)
        self.tree = CauseTree(self.language)
        self.tree.chosen.connect(self._node_chosen)
        self.tree.activated.connect(self._open_in_table)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._make_tree_page())
        self._work = QWidget()
        box = QVBoxLayout(self._work)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._make_top())
        box.addWidget(self._pages, 1)
        empty = EmptyState(
            "flag",
            say("No technology is on the shortlist yet"),
            say("Barriers are written for the technologies that go on. Choose them in the ranking first."),
            [(say("Go to the ranking"), lambda: self.desk.go("priorities.ranking"))],
        )
        self._none = QWidget()
        column(None, empty, None, margins=(24, 12, 24, 12), parent=self._none)
        self.body.addWidget(self._none, 1)
        self.body.addWidget(self._work, 1)

    def _make_top(self) -> QVBoxLayout:
        top = QVBoxLayout()
        top.setContentsMargins(24, 2, 24, 4)
        top.setSpacing(8)
        first = row(gap=12)
        first.addWidget(self.switch, 1)
        first.addWidget(self.common, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(first)
        second = row(gap=12)
        self._core_label = Label(self.language.say("Core problem"), "label", "text2")
        second.addWidget(self._core_label)
        second.addWidget(self.core_field, 1)
        second.addWidget(self.view_switch)
        top.addLayout(second)
        return top

    def _make_tree_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.tree)
        box.addWidget(area, 1)
        self._tree_hint = Label("", "meta", "text3", wrap=True)
        foot = row(self._tree_hint, margins=(24, 8, 24, 10))
        box.addLayout(foot)
        return page

    # Showing -----------------------------------------------------------------------------------------

    @property
    def technology(self) -> str | None:
        """The technology the screen is about."""
        return self.switch.current() or None

    def load(self) -> None:
        technologies = self.desk.read(reading.technologies)
        self.switch.set_technologies([(each["id"], each["short"]) for each in technologies])
        self._none.setVisible(not technologies)
        self._work.setVisible(bool(technologies))
        if self.core_field.value() == self._core_known or not self.core.hasFocus():
            self._show_core()
        self.table.reload()
        self._show_tree()

    def _show_core(self) -> None:
        self._core_known = self.desk.read(reading.core_problem, self.technology)
        self.core_field.clear_error()
        self.core_field.set_value(self._core_known)
        self.core.setCursorPosition(0)

    def _show_tree(self) -> None:
        say, workflow = self.language.say, self.desk.workflow
        rows = self.desk.read(reading.causes, self.technology)
        icons = {
            entry.key: category_icon(workflow, entry.key) for entry in workflow.catalogue("barrier_categories").entries
        }
        self.tree.show_tree(self.desk.read(reading.core_problem, self.technology), results.cause_tree(rows), icons)
        self.tree.set_current(self._chosen)
        if not rows:
            self._tree_hint.set_text(say("No barrier is written yet. Write some in the table, or take common ones."))
        elif not any(each["cause_of_id"] for each in rows):
            self._tree_hint.set_text(
                say("All barriers are direct causes so far. “Cause of” in the table says what lies behind what.")
            )
        else:
            self._tree_hint.set_text(
                say("The number on a barrier is how many measures answer it. Enter opens it in the table.")
            )

    def _show_technology(self, id: str) -> None:
        # What is being written in the line belongs to the technology before; leaving it has kept it already.
        self._chosen = None
        self._show_core()
        self.table.reload()
        self._show_tree()

    def _show_view(self, view: str) -> None:
        self._pages.setCurrentIndex(1 if view == TREE else 0)
        self._core_label.setVisible(view == TABLE)  # the tree has a head of that name
        if view == TABLE and self._chosen:
            self.table.select(self._chosen, "name")

    def _row_chosen(self, id: str | None) -> None:
        if id is not None:
            self._chosen = id
            self.tree.set_current(id)

    def _node_chosen(self, id: str) -> None:
        self._chosen = id

    def _open_in_table(self, id: str) -> None:
        self._chosen = id
        self.view_switch.set_current(TABLE)
        self._show_view(TABLE)

    def _here(self) -> list[Choice]:
        """What a barrier of this technology may be a cause of."""
        workflow = self.desk.workflow
        return [
            Choice(each["barrier_id"], each["name"], icon=category_icon(workflow, each["category"]))
            for each in self.desk.read(reading.causes, self.technology)
        ]

    def show_place(self, place: Place) -> None:
        """A technology, a barrier, or the core problem of a technology."""
        self.core_field.commit()
        found = self.desk.read(reading.placed, place.record) if place.record else None
        self.switch.set_current(found[0] if found else place.record or "")
        self._show_technology(self.technology or "")
        if place.field == "core_problem":
            self.core.setFocus(Qt.FocusReason.OtherFocusReason)
        elif found:
            self._chosen = None
            self.view_switch.set_current(TABLE)
            self._show_view(TABLE)
            self.table.select(found[1], place.field)

    # Writing -----------------------------------------------------------------------------------------

    def _write_core(self, text: object) -> None:
        if not self.technology:
            return
        try:
            self.desk.do(operations.write_core_problem, self.technology, str(text))
        except Refused as refused:
            self.core_field.show_error(self.language.tell(refused.reason))

    def open_library(self) -> None:
        """Offer the barriers of other technologies and the library; what is chosen is added as one change."""
        if not self.technology:
            return
        say = self.language.say
        groups = self.desk.read(barrier_library, self.desk.workflow, self.language, self.technology)
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("Which barriers are here too?"),
            groups,
            text=say("A barrier that several technologies share is written once and linked to each."),
        )
        if chosen:
            ids = [key.removeprefix("barrier:") for key in chosen if key.startswith("barrier:")]
            keys = [key.removeprefix("model:") for key in chosen if key.startswith("model:")]
            made = self.desk.attempt(operations.take_barriers, self.desk.workflow, self.technology, ids, keys)
            if made:
                self.desk.notice(self.language.say_n("One barrier added", "{n} barriers added", made), undo=True)

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            *self.table.commands(),
            Command(
                "barriers.common",
                say("Common barriers"),
                self.open_library,
                "bookmark-simple",
                english="Common barriers",
            ),
            Command(
                "barriers.tree",
                say("Show the tree of causes"),
                self.show_tree_view,
                "tree-structure",
                english="Show the tree of causes",
            ),
        ]

    def show_tree_view(self) -> None:
        self.view_switch.set_current(TREE)
        self._show_view(TREE)
        self.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)
