"""The menus of a table: which columns it shows, and what can be done with a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from .menus import Menu

if TYPE_CHECKING:
    from .table_step import RecordTable


def columns_menu(table: RecordTable) -> Menu:
    """Which columns are shown, and by which of them the rows are ordered."""
    say, model = table.language.say, table.model
    menu = _menu(table, say("Columns"))
    shown = table.view.visible_columns()
    for place, column in enumerate(model.columns):
        here = place in shown
        menu.add(
            column.title,
            lambda key=column.key, now=here: table.view.wish(key, not now),
            checked=here,
            enabled=shown != [place],
        )
    menu.addSeparator()
    menu.add(say("Choose columns by the room there is"), table.view.automatic_columns)
    if not table.sortable:
        return menu
    order = Menu(say("Order by"), menu)
    by = model.sorted_by
    order.add(say("Own order"), lambda: table.sort(None), checked=by is None)
    for column in model.columns:
        turned = by == (column.key, False)
        here = by is not None and by[0] == column.key
        order.add(column.title, lambda key=column.key, turned=turned: table.sort(key, turned), checked=here)
    menu.addMenu(order)
    return menu


def row_menu(table: RecordTable) -> Menu | None:
    """What can be done with the current row, or with all that are selected."""
    id, say = table.current(), table.language.say
    if id is None:
        return None
    menu = _menu(table, table.words.title)
    if table.changing is not None:
        menu.add(say("Edit"), lambda: table.view.edit_cell(table.cell_to_edit()), "pencil-simple", "Enter")
    for command in table.more_of_row(id) if table.more_of_row else ():
        menu.add(command.title, command.run, command.icon, command.shortcut.replace("+", " "))
    if table.adding is not None:
        menu.add(say("Duplicate"), table.duplicate_current, "copy", "Ctrl D")
    menu.add(say("Copy row"), lambda: table.exchange.copy(True), "clipboard-text", "Ctrl Shift C")
    if table.moving is not None:
        free = table.model.sorted_by is None
        place, last = table.model.row_of(id), len(table.model.visible) - 1
        menu.add(say("Move up"), lambda: table.move_current(-1), "arrow-up", "Alt ↑", enabled=free and place > 0)
        menu.add(say("Move down"), lambda: table.move_current(1), "arrow-down", "Alt ↓", enabled=free and place < last)
    if table.removing is not None:
        menu.addSeparator()
        menu.add(say("Delete"), table.delete_selected, "trash", "Del", danger=True)
    return menu


def _menu(table: RecordTable, name: str) -> Menu:
    menu = Menu(name, table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
