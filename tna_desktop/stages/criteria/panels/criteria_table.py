"""The criteria under their groups, with all that every table can do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QStyleOptionViewItem

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.icons import mirrored, paint_icon
from tna_desktop.ui.labels import Label
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.records import Choice, Column, RecordModel, Row
from tna_desktop.ui.table_exchange import WorksheetExchange
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts
from tna_desktop.ui.theme import theme

from .. import operations
from ..models import LOOSE, listed_columns, tree_columns, tree_rows
from .branches import BranchModel, BranchPainter
from .tree_moves import Spot, beside, inside, step_in, step_out
from .tree_view import CARET, IN, OUT, TreeView

#: From so many rows on they stand closer together; how high a row is in either case.
MANY, REGULAR, COMPACT = 14, 36, 30


class _TreePainter(BranchPainter):
    """A branch says how many criteria it holds."""

    def __init__(self, view: TreeView, table: CriteriaTable):
        super().__init__(view)
        self._table = table

    def paint_branch(self, painter, option, index, row: Row, depth: int) -> None:  # type: ignore[no-untyped-def]
        if not self.view.is_first(index.column()):
            super().paint_branch(painter, option, index, row, depth)
            return
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        caret = self._table.tree_view.caret_rect(index.row())
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        name = "caret-right" if row.id in self._table.tree.folded else "caret-down"
        paint_icon(painter, QRectF(caret).adjusted(2, 2, -2, -2), mirrored(name, rtl), "text2")
        painter.restore()
        inner = QStyleOptionViewItem(option)
        inner.rect = self.shifted(option.rect, theme().px(CARET + 6), rtl)
        super().paint_branch(painter, inner, index, row, depth)

    def branch_words(self, key: str, row: Row) -> tuple[str, str, bool]:
        if key == "direction":
            count = row.values["count"]
            say = self._table.language
            return (
                (say.say_n("One criterion", "{n} criteria", count) if count else say.say("No criterion yet")),
                "meta",
                False,
            )
        if key == "short":
            return str(row.values.get("short", "")), "meta", False
        if key == "group_id" and row.values.get("group_id"):
            return self._table.group_name(row.values["group_id"]), "meta", False
        return super().branch_words(key, row)


class _ListExchange(WorksheetExchange):
    """A list of criteria goes out and comes in with the names of its groups; groups are made where they lack."""

    _table: CriteriaTable

    def copied_rows(self) -> list[Row]:
        """The selected criteria, and those in the selected groups."""
        chosen = set(self._table.selected())
        rows = [row for row in self._table.model.visible if not row.values["branch"]]
        return [row for row in rows if row.id in chosen or (row.values["group_id"] or LOOSE) in chosen]

    def copied_columns(self) -> list[Column]:
        return self.listed_columns()

    def listed_columns(self) -> list[Column]:
        return listed_columns(self.language)

    def listing(self, plan: Any) -> tuple[Any, dict[str, Any]]:
        """Without a column of groups the list goes into the group one stands on."""
        named = any("group" in entry.values for entry in plan.entries)
        here = None if named or self._table.current() is None else self._table.current_group()
        return operations.add_listed_criterion, {"group_id": here or None}

    def takes_cells(self, index: Any) -> bool:
        """On a group nothing is overwritten: what is pasted there becomes criteria of it."""
        return not self._table.model.visible[index.row()].values["branch"]

    def rows_from(self, row: int) -> list[str]:
        return [each.id for each in self._table.model.visible[row:] if not each.values["branch"]]


class CriteriaTable(RecordTable):
    """Groups and criteria in one table.

    Rows are never ordered by a column: the order of the tree is the planners' own. It is the order of the score
    table, the weights and the report, and ordering by a column would tear criteria out of their groups. The filter,
    which keeps the groups of what it finds, does what ordering is for in a flat list.
    """

    meaning_wanted = Signal()
    sortable = False

    def __init__(self, desk: Desk, tools: Sequence[Button], empty: EmptyTexts):
        say, say_n = desk.language.say, desk.language.say_n
        self._wants_group = False
        self._below = ""
        super().__init__(
            desk,
            columns=tree_columns(desk.language, self._group_choices),
            rows=lambda session: tree_rows(session, desk.language),
            add=operations.add_criterion,
            change=operations.change_criterion,
            remove=operations.remove_entries,
            duplicate=operations.duplicate_criterion,
            noun=(say("criterion"), say("criteria")),
            texts=TableTexts(
                title=say("Criteria tree"),
                filter=lambda n: say_n("Filter one criterion", "Filter {n} criteria", n),
                add=say("Add criterion"),
                removed=lambda n: say_n("Deleted: {n} entry", "Deleted: {n} entries", n),
                added=lambda n: say_n("One criterion added", "{n} criteria added", n),
            ),
            tools=tools,
            empty=empty,
            foot=(Label(say("Drag, or Alt and arrows: move"), "meta", "text3"),),
        )
        self.view.setItemDelegate(_TreePainter(self.tree_view, self))
        self.current_changed.connect(lambda _id: self.show_line())

    def make_model(self, columns: Sequence[Column]) -> RecordModel:
        self.tree = BranchModel(columns, self.language, True, self)
        return self.tree

    def make_view(self, row_height: int) -> TreeView:
        self.tree_view = TreeView(self.model, self._save, row_height)
        self.tree_view.dropped.connect(self._dropped)
        return self.tree_view

    def make_exchange(self) -> WorksheetExchange:
        return _ListExchange(self)

    def reload(self) -> None:
        """Many rows are shown closer together, so that a room sees more of the tree at once."""
        super().reload()
        self.view.set_row_height(COMPACT if len(self.model.every) > MANY else REGULAR)

    def select(self, id: str, field: str | None = None) -> bool:
        self.tree.open_to(id)
        return super().select(id, field)

    def reveal(self, id: Any, column: str | None = None) -> None:
        super().reveal(id, column)
        if isinstance(id, str) and self.model.row_of(id) < 0:
            self.tree.open_to(id)
            self.view.select_record(id, column)

    def fold_all(self) -> None:
        """Fold all branches; when all are folded, open them."""
        branches = {row.id for row in self.model.every if row.values["branch"]}
        self.tree.fold(branches, not branches <= self.tree.folded)

    # Where we are ------------------------------------------------------------------------------------

    def row(self, id: str | None) -> Row | None:
        return next((row for row in self.model.every if row.id == id), None)

    def current_row(self) -> Row | None:
        return self.row(self.current())

    def current_group(self) -> str:
        """The group of the current row, or the first one; "" for none."""
        row = self.current_row()
        if row is not None:
            group = row.id if row.values["branch"] else row.values["group_id"]
            return "" if group == LOOSE else str(group)
        return next((choice.key for choice in self._group_choices()), "")

    def group_name(self, id: str) -> str:
        row = self.row(id)
        return str(row.values["name"]) if row else ""

    def _group_choices(self) -> list[Choice]:
        return [
            Choice(row.id, str(row.values["name"]))
            for row in self.model.every
            if row.values["branch"] and row.id != LOOSE
        ]

    def setter_values(self, column: Column) -> list[tuple[object, str, str]]:
        none = [("", self.language.say("Without a group"), "")] if column.key == "group_id" else []
        return [*none, *super().setter_values(column)]

    def to_change(self) -> list[str]:
        """Of the selected rows the criteria; a group has no direction and no scale."""
        rows = [self.row(id) for id in self.selected()]
        return [row.id for row in rows if row and not row.values["branch"]]

    # Adding ------------------------------------------------------------------------------------------

    def begin_criterion(self) -> None:
        """Get ready to type the next criterion into the current group."""
        self._begin(False)

    def begin_group(self) -> None:
        """Get ready to type the name of a group."""
        self._below = ""
        self._begin(True)

    def begin_branch(self) -> None:
        """Get ready to type the name of a group below the current one."""
        self._below = self.current_group()
        self._begin(True)

    def _begin(self, group: bool) -> None:
        if self.view.finish_editing():
            self._wants_group = group
            self.show_line()
            super().focus_add_line()

    def focus_add_line(self) -> None:
        self.begin_criterion()

    def show_line(self) -> None:
        """Say in the last line what typing there makes."""
        say, group = self.language.say, self.current_group()
        if self._wants_group and self._below:
            words = say("Type the name of a group below “{group}” and press Enter", group=self.group_name(self._below))
        elif self._wants_group:
            words = say("Type the name of a group and press Enter")
        elif group:
            words = say("Type a name and press Enter to add a criterion to “{group}”", group=self.group_name(group))
        else:
            words = say("Type a name and press Enter to add a criterion")
        self.foot.line.setPlaceholderText(words)
        self.foot.line.setAccessibleName(words)

    def _add_named(self, name: str) -> None:
        if self._wants_group:
            self.add_named(operations.add_group, name, {"parent_id": self._below or None})
            self._wants_group = bool(self.foot.line.text())
        else:
            self.add_named(operations.add_criterion, name, {"group_id": self.current_group() or None})
        self.show_line()

    def _back_to_rows(self, last: bool) -> None:
        self._wants_group = False
        super()._back_to_rows(last)
        self.show_line()

    # Changing ----------------------------------------------------------------------------------------

    def _save(self, id: str, key: str, value: Any) -> None:
        row = self.row(id)
        self.model.kept.add(id)
        if row is not None and row.values["branch"]:
            self.do(operations.change_group, id, **{"parent_id" if key == "group_id" else key: value or None})
        else:
            self.do(operations.change_criterion, id, **{key: value})

    def save_group(self, id: str, group: str) -> None:
        """Put a criterion into a group, or a group below another; "" for none. A refusal is told."""
        try:
            self._save(id, "group_id", group)
        except Refused as refused:
            self.desk.refuse(refused)

    def set_selected(self, key: str, value: Any) -> None:
        if self.to_change():
            super().set_selected(key, value)
        else:
            self.desk.refuse(Refused(message("Only criteria can be given this. Select some below their group.")))

    def duplicate_current(self) -> None:
        row = self.current_row()
        if row is not None and row.values["branch"]:
            self.desk.refuse(Refused(message("Only criteria can be duplicated. Choose one below its group.")))
        else:
            super().duplicate_current()

    def delete_selected(self) -> None:
        """Remove what is selected: branches with all that hangs on them, and criteria."""
        if self.selected() != [LOOSE]:
            super().delete_selected()

    def move_current(self, step: int) -> None:
        """Put the current row one place up or down; a criterion at the edge goes into the next group."""
        row, rows = self.current_row(), self.model.every
        if row is None or row.id == LOOSE or not self.view.finish_editing():
            return
        if row.values["branch"]:
            mates, home = beside(rows, str(row.values["group_id"])), str(row.values["group_id"])
            here = mates.index(row.id)
            if 0 <= here + step < len(mates):
                rest = [id for id in mates if id != row.id]
                self.put(row.id, Spot(home, rest[here + step - 1] if here + step > 0 else None))
            return
        groups = [each.id for each in rows if each.values["branch"]]
        home = row.values["group_id"] or LOOSE
        mates = inside(rows, home)
        here = mates.index(row.id)
        if 0 <= here + step < len(mates):
            rest = [id for id in mates if id != row.id]
            self.put(row.id, Spot(home, rest[here + step - 1] if here + step > 0 else None))
        elif 0 <= groups.index(home) + step < len(groups):
            target = groups[groups.index(home) + step]
            others = inside(rows, target)
            self.put(row.id, Spot(target, others[-1] if step < 0 and others else None))

    def move_level(self, wish: str) -> None:
        """Put the current row one level further in, or one level out; a branch takes all below it along."""
        row = self.current_row()
        if row is None or row.id == LOOSE or not self.view.finish_editing():
            return
        spot = (step_in if wish == IN else step_out)(self.model.every, row.id)
        if spot is not None:
            self.put(row.id, spot)
        elif wish == OUT:
            self.desk.refuse(Refused(message("“{name}” stands at the top already.", name=str(row.values["name"]))))
        else:
            self.desk.refuse(
                Refused(message("There is no group here to move “{name}” into.", name=str(row.values["name"])))
            )

    def put(self, id: str, spot: Spot) -> None:
        """Move one row, as one change; it stays chosen and in view."""
        row, group = self.row(id), None if spot.group in ("", LOOSE) else spot.group
        if row is not None:
            move = operations.place_group if row.values["branch"] else operations.place_criterion
            self.attempt(move, id, group, spot.after)
            self.reveal(id)

    def _dropped(self, ids: Sequence[str], spot: Spot) -> None:
        """Rows were dragged elsewhere: one change, which can be taken back."""
        if len(ids) == 1:
            self.put(ids[0], spot)
        else:
            self.attempt(operations.place_entries, list(ids), spot.group or None, spot.after)
            self.reveal(ids[0])

    def _asked(self, wish: str) -> None:
        if wish in (OUT, IN):
            self.move_level(wish)
        else:
            super()._asked(wish)

    # Menu --------------------------------------------------------------------------------------------

    def menu_of_row(self) -> Menu | None:
        """What can be done with the current row."""
        row = self.current_row()
        if row is None or row.id == LOOSE:
            return None
        say = self.language.say
        menu = Menu(str(row.values["name"]), self)
        menu.add(say("Rename"), lambda: self.view.edit_record(row.id, "name"), "pencil-simple", "F2")
        if row.values["branch"]:
            menu.add(say("Add a criterion here"), self.begin_criterion, "plus", "Insert")
            menu.add(say("Add a group below it"), self.begin_branch, "tree-structure")
            folded = row.id in self.tree.folded
            menu.add(say("Open") if folded else say("Fold"), lambda: self.tree.fold([row.id], not folded), "caret-down")
            menu.add(say("Fold or open all"), self.fold_all, "caret-down")
            self._add_groups(menu, say("Put below"), say("No group: at the top"), row)
            menu.add(say("Copy the criteria"), lambda: self.exchange.copy(True), "clipboard-text", "Ctrl Shift C")
        else:
            menu.add(say("Definition and scores"), self.meaning_wanted.emit, "book-open")
            other = "cost" if row.values["direction"] != "cost" else "benefit"
            words = say("Less is better") if other == "cost" else say("More is better")
            menu.add(words, self._saving(row.id, "direction", other), "arrows-clockwise")
            self._add_groups(menu, say("Move to group"), say("Without a group"), row)
            menu.add(say("Duplicate"), self.duplicate_current, "copy", "Ctrl D")
            menu.add(say("Copy row"), lambda: self.exchange.copy(True), "clipboard-text", "Ctrl Shift C")
        menu.add(say("Move up"), lambda: self.move_current(-1), "arrow-up", "Alt ↑")
        menu.add(say("Move down"), lambda: self.move_current(1), "arrow-down", "Alt ↓")
        into, out = (
            ("Alt ←", "Alt →") if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else ("Alt →", "Alt ←")
        )
        rows = self.model.every
        menu.add(
            say("Move into a group"),
            lambda: self.move_level(IN),
            "arrow-right",
            into,
            enabled=step_in(rows, row.id) is not None,
        )
        menu.add(
            say("Move out of its group"),
            lambda: self.move_level(OUT),
            "arrow-left",
            out,
            enabled=step_out(rows, row.id) is not None,
        )
        menu.addSeparator()
        menu.add(say("Delete"), self.delete_selected, "trash", "Del", danger=True)
        return menu

    def _saving(self, id: str, key: str, value: str) -> Callable[[], object]:
        return lambda: self.attempt(operations.change_criterion, id, **{key: value})

    def _add_groups(self, menu: Menu, words: str, none: str, row: Row) -> None:
        groups = Menu(words, menu)
        for choice in [Choice("", none), *self._group_choices()]:
            if choice.key != row.id:
                here = (row.values["group_id"] or "") == choice.key
                groups.add(choice.name, lambda key=choice.key: self.save_group(row.id, key), checked=here)
        menu.addMenu(groups)
