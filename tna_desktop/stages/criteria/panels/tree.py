"""Step 2.1, criteria tree: what good means, group by group; and the gates that carry no weight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.grid import ADD, COPY, DELETE, DOWN, UP
from tna_desktop.ui.labels import Label
from tna_desktop.ui.library import LibraryPicker
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.records import Choice, RecordModel, Row
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_rows import FootLine
from tna_desktop.ui.table_step import EmptyTexts, RecordTable
from tna_desktop.ui.theme import theme

from .. import operations, reading
from ..models import LOOSE, core_keys, gate_columns, model_groups, tree_columns, tree_rows
from .branches import BranchPainter, BranchView
from .criterion import CriterionPanel

_TREE, _EMPTY, _GATES = 0, 1, 2


class TreeView(BranchView):
    branch_columns = ("name", "short", "group_id")


class _TreePainter(BranchPainter):
    """A branch says how many criteria it holds."""

    def __init__(self, view: BranchView, screen: TreeScreen):
        super().__init__(view)
        self._screen = screen

    def branch_words(self, key: str, row: Row) -> tuple[str, str, bool]:
        if key == "direction":
            count = row.values["count"]
            say = self._screen.language
            return (
                (say.say_n("One criterion", "{n} criteria", count) if count else say.say("No criterion yet")),
                "meta",
                False,
            )
        if key == "short":
            return str(row.values.get("short", "")), "meta", False
        if key == "group_id" and row.values.get("group_id"):
            return self._screen.group_name(row.values["group_id"]), "meta", False
        return super().branch_words(key, row)


class TreeScreen(StepScreen):
    """Branches with their criteria in one table; a line below to type more; the library of model criteria."""

    concerns = ("criteria_group", "criterion", "gate")

    def build(self) -> None:
        say = self.language.say
        self._rows: list[Row] = []
        self._wants_group = self._begun = False
        self.views = Segmented([("criteria", say("Criteria")), ("gates", say("Gates"))], name=say("What is shown"))
        self.views.chosen.connect(lambda _key: self._show_page())
        self.library_button = Button(say("Library"), icon="book-open", on_click=self.open_library)
        self.group_button = Button(say("Add group"), icon="plus", on_click=self.begin_group)
        self.criterion_button = Button(say("Add criterion"), icon="plus", on_click=self.begin_criterion)
        self.model_gates_button = Button(say("Take the model gates"), icon="book-open", on_click=self.take_gates)
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(24, 2, 24, 6)
        line.setSpacing(8)
        line.addWidget(self.views)
        line.addStretch(1)
        for button in (self.library_button, self.group_button, self.criterion_button):
            line.addWidget(button)
        self.model = RecordModel(tree_columns(self.language, self._group_choices), self.language, True, self)
        self.view = TreeView(self.model, self._save)
        self.view.setItemDelegate(_TreePainter(self.view, self))
        self.view.setAccessibleName(say("Criteria tree"))
        self.view.asked.connect(self._asked)
        self.view.menu_asked.connect(self._show_menu)
        self.view.current_moved.connect(self._moved)
        self.foot = FootLine(
            self.language, say("Type a name and press Enter to add a criterion"), True, (self._keys_hint(),)
        )
        self.foot.named.connect(self._named)
        self.foot.left.connect(self._left_line)
        self.view.editing.connect(self.foot.show_keys)
        tree = QWidget()
        inside = QVBoxLayout(tree)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.view, 1)
        inside.addWidget(self.foot)
        self.gates = self._gate_table()
        self.pages = QStackedWidget()
        for page in (tree, self._empty_page(), self.gates):
            self.pages.addWidget(page)
        self.body.addWidget(head)
        self.body.addWidget(self.pages, 1)
        self.panel = CriterionPanel(self.desk)

    def _keys_hint(self) -> QWidget:
        return Label(self.language.say("Alt and arrow up or down: move"), "meta", "text3")

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
        )

    def _empty_page(self) -> QWidget:
        say, core = self.language.say, core_keys(self.desk.workflow)
        cards = [
            ("keyboard", say("Write your own"), say("A name and Enter. Groups can come later."), self.begin_criterion)
        ]
        if self.desk.workflow.catalogue("criteria").entries:
            cards.insert(
                0,
                (
                    "list-bullets",
                    say("Choose from the library"),
                    say("Each with definition, source and what the scores mean."),
                    self.open_library,
                ),
            )
        if core:
            title = self.language.say_n(
                "Start with the one core criterion", "Start with the {n} core criteria", len(core)
            )
            cards.insert(0, ("scales", title, say("In their groups, ready to be changed."), self.take_core))
        state = EmptyState(
            "scales",
            say("What makes a technology good for this country?"),
            say("Eight to twenty criteria are enough to be fair and few enough to score."),
            cards=cards,
        )
        state.setMaximumWidth(theme().px(746))
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(24, 12, 24, 12)
        box.addStretch(1)
        box.addWidget(state, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        return page

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self._rows = self.desk.read(tree_rows, self.language)
        self.model.load(self._rows)
        self.gates.reload()
        left = {row["catalogue_key"] for row in self.desk.read(reading.gates)}
        self.model_gates_button.setVisible(any(entry.key not in left for entry in self._model_gates()))
        self._show_page()
        self._moved()

    def _show_page(self) -> None:
        gates = self.views.current() == "gates"
        tree = bool(self._rows) or self._begun or self.foot.line.hasFocus()
        self.pages.setCurrentIndex(_GATES if gates else _TREE if tree else _EMPTY)
        for button in (self.library_button, self.group_button, self.criterion_button):
            button.setVisible(not gates)
        self.library_button.setVisible(not gates and bool(self.desk.workflow.catalogue("criteria").entries))

    def _moved(self) -> None:
        """Another row is current: its criterion is shown beside, its group takes what is typed below."""
        row = self._current()
        self.panel.show_criterion(dict(row.values) if row and not row.values["branch"] else None)
        self._show_line()

    def _show_line(self) -> None:
        say, group = self.language.say, self._current_group()
        if self._wants_group:
            words = say("Type the name of a group and press Enter")
        elif group:
            words = say("Type a name and press Enter to add a criterion to “{group}”", group=self.group_name(group))
        else:
            words = say("Type a name and press Enter to add a criterion")
        self.foot.line.setPlaceholderText(words)
        self.foot.line.setAccessibleName(words)

    def _row(self, id: str | None) -> Row | None:
        return next((row for row in self._rows if row.id == id), None)

    def _current(self) -> Row | None:
        return self._row(self.view.current_id())

    def _current_group(self) -> str:
        """The group of the current row, or the first one."""
        row = self._current()
        if row is not None:
            group = row.id if row.values["branch"] else row.values["group_id"]
            return "" if group == LOOSE else group
        return next((row.id for row in self._rows if row.values["branch"] and row.id != LOOSE), "")

    def _group_choices(self) -> list[Choice]:
        return [
            Choice(row.id, str(row.values["name"])) for row in self._rows if row.values["branch"] and row.id != LOOSE
        ]

    def group_name(self, id: str) -> str:
        row = self._row(id)
        return str(row.values["name"]) if row else ""

    # Writing -----------------------------------------------------------------------------------------

    def _save(self, id: str, key: str, value: Any) -> None:
        row = self._row(id)
        if row is not None and row.values["branch"]:
            values = {"parent_id": value or None} if key == "group_id" else {key: value}
            self.desk.do(operations.change_group, id, **values)
        else:
            self.desk.do(operations.change_criterion, id, **{key: (value or None) if key == "group_id" else value})

    def begin_criterion(self) -> None:
        """Get ready to type the next criterion into the current group."""
        self._begin(False)

    def begin_group(self) -> None:
        """Get ready to type the name of a group."""
        self._begin(True)

    def _begin(self, group: bool) -> None:
        if not self.view.finish_editing():
            return
        self._wants_group, self._begun = group, True
        self.views.set_current("criteria")
        self._show_page()
        self._show_line()
        self.foot.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _named(self, name: str) -> None:
        name = name.strip()
        if not name:
            return
        try:
            if self._wants_group:
                new = self.desk.do(operations.add_group, name)
            else:
                new = self.desk.do(operations.add_criterion, name, group_id=self._current_group() or None)
        except Refused as refused:
            self.foot.refuse(self.language.tell(refused.reason), self.view)
            return
        self._wants_group = False
        self.foot.line.clear()
        self.view.select_record(new)
        self._show_line()

    def _left_line(self, last: bool) -> None:
        self._wants_group = self._begun = False
        if last and self._rows:
            self.view.select_record(self._rows[-1].id)
        self.view.setFocus()
        self._show_page()
        self._show_line()

    def _asked(self, wish: str) -> None:
        if wish == ADD:
            self.begin_criterion()
        elif wish == DELETE:
            self.delete_selected()
        elif wish in (UP, DOWN):
            self.move_current(-1 if wish == UP else 1)
        elif wish == COPY and self.view.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self.view.currentIndex().data())

    def delete_selected(self) -> None:
        """Remove what is selected: branches with all that hangs on them, and criteria."""
        rows = [row for row in (self._row(id) for id in self.view.selected_ids()) if row and row.id != LOOSE]
        branches = [row.id for row in rows if row.values["branch"]]
        criteria = [row.id for row in rows if not row.values["branch"]]
        if not rows or not self.view.finish_editing():
            return
        place = self.view.currentIndex().row()
        if self.desk.attempt(operations.remove_branches, branches, criteria) is None:
            return
        if self._rows:
            self.view.select_record(self._rows[max(0, min(place, len(self._rows) - 1))].id)
        self.desk.notice(self.language.say_n("Deleted: {n} entry", "Deleted: {n} entries", len(rows)), undo=True)

    def move_current(self, step: int) -> None:
        """Put the current row one place up or down; a criterion at the edge goes into the next group."""
        row = self._current()
        if row is None or row.id == LOOSE or not self.view.finish_editing():
            return
        if row.values["branch"]:
            beside = [
                r.id
                for r in self._rows
                if r.values["branch"] and r.id != LOOSE and r.values["group_id"] == row.values["group_id"]
            ]
            self._move_among(row.id, beside, step)
            return
        groups = [r.id for r in self._rows if r.values["branch"]]
        home = row.values["group_id"] or LOOSE
        inside = self._inside(home)
        here = inside.index(row.id)
        if 0 <= here + step < len(inside):
            rest = [id for id in inside if id != row.id]
            after = rest[here + step - 1] if here + step > 0 else None
            self._place(row.id, home, after)
        elif 0 <= groups.index(home) + step < len(groups):
            target = groups[groups.index(home) + step]
            others = self._inside(target)
            self._place(row.id, target, others[-1] if step < 0 and others else None)

    def _inside(self, group: str) -> list[str]:
        return [row.id for row in self._rows if not row.values["branch"] and (row.values["group_id"] or LOOSE) == group]

    def _place(self, id: str, group: str, after: str | None) -> None:
        self.desk.attempt(operations.place_criterion, id, None if group == LOOSE else group, after)
        self.view.select_record(id)

    def _move_among(self, id: str, beside: list[str], step: int) -> None:
        here = beside.index(id)
        if 0 <= here + step < len(beside):
            rest = [other for other in beside if other != id]
            self.desk.attempt(operations.move_group, id, rest[here + step - 1] if here + step > 0 else None)
            self.view.select_record(id)

    # Model lists -------------------------------------------------------------------------------------

    def open_library(self) -> None:
        """Offer the library; with an empty tree the core criteria are checked already."""
        say, workflow = self.language.say, self.desk.workflow
        empty = not any(not row.values["branch"] for row in self._rows)
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("Library of criteria"),
            self.desk.read(model_groups, workflow),
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

    def take_gates(self) -> None:
        added = self.desk.attempt(operations.add_model_gates, self.desk.workflow)
        if added:
            self.desk.notice(self.language.say_n("One gate added", "{n} gates added", added), undo=True)

    # Menu --------------------------------------------------------------------------------------------

    def _show_menu(self, where: QPoint) -> None:
        menu = self.row_menu()
        if menu is not None:
            menu.exec(where)
            menu.deleteLater()

    def row_menu(self) -> Menu | None:
        """What can be done with the current row."""
        row = self._current()
        if row is None or row.id == LOOSE:
            return None
        say = self.language.say
        menu = Menu(str(row.values["name"]), self)
        menu.add(say("Rename"), lambda: self.view.edit_record(row.id, "name"), "pencil-simple", "F2")
        if not row.values["branch"]:
            menu.add(say("Definition and scores"), self.panel_wanted.emit, "book-open")
        if row.values["branch"]:
            menu.add(say("Add a criterion here"), self.begin_criterion, "plus", "Insert")
            self._add_groups(menu, say("Put below"), say("No group: at the top"), row)
        else:
            other = "cost" if row.values["direction"] != "cost" else "benefit"
            words = say("Less is better") if other == "cost" else say("More is better")
            menu.add(
                words,
                lambda: self.desk.attempt(operations.change_criterion, row.id, direction=other),
                "arrows-clockwise",
            )
            self._add_groups(menu, say("Move to group"), say("Without a group"), row)
        menu.add(say("Move up"), lambda: self.move_current(-1), "arrow-up", "Alt ↑")
        menu.add(say("Move down"), lambda: self.move_current(1), "arrow-down", "Alt ↓")
        menu.addSeparator()
        menu.add(say("Delete"), self.delete_selected, "trash", "Del", danger=True)
        return menu

    def _add_groups(self, menu: Menu, words: str, none: str, row: Row) -> None:
        groups = Menu(words, menu)
        for choice in [Choice("", none), *self._group_choices()]:
            if choice.key != row.id:
                here = (row.values["group_id"] or "") == choice.key
                groups.add(choice.name, lambda key=choice.key: self._attempt_save(row.id, key), checked=here)
        menu.addMenu(groups)

    def _attempt_save(self, id: str, group: str) -> None:
        try:
            self._save(id, "group_id", group)
        except Refused as refused:
            self.desk.refuse(refused)

    # The shell asks ----------------------------------------------------------------------------------

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Criterion"), self.panel)]

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
                say("Take the model gates"),
                self.take_gates,
                "shield-check",
                english="Take the model gates",
            ),
        ]

    def show_place(self, place: Place) -> None:
        if place.record and self._row(place.record) is None and self.gates.model.record(place.record):
            self.views.set_current("gates")
            self._show_page()
            self.gates.select(place.record, place.field)
        elif place.record:
            self.views.set_current("criteria")
            self._show_page()
            self.view.select_record(place.record, place.field)
            self.view.setFocus()
