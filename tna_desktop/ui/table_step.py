"""A list of records with everything people expect of one: type to add, edit in place, paste, sort, filter, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel.errors import Refused, message

from .buttons import Button
from .cell_values import unknown
from .commands import Command
from .desk import Desk
from .empty import EmptyState
from .field import SearchBox
from .grid import ADD, CLEAR, COPY, COPY_ROWS, DELETE, DOWN, DUPLICATE, PASTE, UP, RecordView
from .labels import Label
from .menus import Menu
from .paste_preview import PastePreview
from .pasting import Plan, change_rows, has_head, paste_rows, plan_cells, read_table, tried, write_table
from .records import DISPLAY, Choice, Column, RecordModel, Row
from .table_rows import FootLine, ToolRow
from .table_texts import EmptyTexts, TableTexts, Words
from .tokens import theme

__all__ = ["Choice", "Column", "EmptyTexts", "RecordTable", "Row", "TableTexts"]

_TABLE, _EMPTY = 0, 1


class RecordTable(QWidget):
    """Tool row (filter, columns, paste, extra buttons, add), table, "type a name and press Enter" line, empty state."""

    current_changed = Signal(object)  # record id or None
    selection_changed = Signal()
    activated = Signal(str, str)  # record id, column key

    def __init__(
        self,
        desk: Desk,
        *,
        columns: Sequence[Column],
        rows: Callable[[Session], list[Row]],
        add: Callable[..., Any] | None = None,
        change: Callable[..., Any] | None = None,
        remove: Callable[..., Any] | None = None,
        move: Callable[..., Any] | None = None,
        defaults: Callable[[], dict[str, Any]] = dict,
        noun: tuple[str, str],
        texts: TableTexts = TableTexts(),  # noqa: B008
        empty: EmptyTexts = EmptyTexts(),  # noqa: B008
        tools: Sequence[QWidget] = (),
        row_menu: Callable[[str], list[Command]] | None = None,
        duplicate: Callable[..., Any] | None = None,
        name_column: str = "",
        currency: str | Callable[[], str] = "",
        foot: Sequence[QWidget] = (),
        add_line: bool = True,
        paste: bool = True,
        filter: bool = True,  # noqa: A002
        compact: bool = False,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self._read, self._add, self._change, self._remove, self._move = rows, add, change, remove, move
        self._duplicate, self._defaults, self._row_menu, self._currency = duplicate, defaults, row_menu, currency
        self._words, self._empty = Words(desk.language, noun, texts), empty
        self._wanted_name, self._may_paste = name_column, paste and add is not None
        self._given_columns = list(columns)
        self._last_current: str | None = None
        self._readings = 0
        self._begun = False
        self.preview: PastePreview | None = None

        self.model = RecordModel(self._titled(columns), self.language, change is not None, self)
        self.view = RecordView(self.model, self._save if change else None, 30 if compact else 36)
        self.view.setAccessibleName(self._words.title)
        self.view.asked.connect(self._asked)
        self.view.menu_asked.connect(self._show_menu)
        self.view.activated_cell.connect(self.activated)
        self.view.current_moved.connect(self._current_moved)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.horizontalHeader().sectionClicked.connect(self._head_clicked)

        self.search = SearchBox("")
        self.search.textChanged.connect(self._search)
        self.search.setVisible(filter)
        self.columns_button = Button(self.language.say("Columns"), "ghost", "columns", on_click=self._show_columns_menu)
        self.columns_button.setVisible(len(self._given_columns) > 2)
        self.paste_button = Button(self.language.say("Paste from Excel"), "outline", "clipboard-text", on_click=self.paste_from_excel)
        self.paste_button.setVisible(self._may_paste)
        self.add_button = Button(self._words.add, "outline", "plus", on_click=self.focus_add_line)
        self.add_button.setVisible(add is not None)
        self.tools = ToolRow(self.language, (self.search, self.columns_button), (*tools, self.paste_button, self.add_button), remove is not None)
        self.tools.delete_wanted.connect(self.delete_selected)
        self.tools.set_wanted.connect(self.set_selected)
        self.tools.clear_wanted.connect(self._select_none)
        self.foot = FootLine(self.language, self._words.add_line, add is not None and add_line, foot)
        self.foot.setVisible(bool(foot) or change is not None or (add is not None and add_line))
        self.foot.named.connect(self._add_named)
        self.foot.left.connect(self._back_to_rows)
        self.view.editing.connect(self.foot.show_keys)
        self._nothing = Label(self._words.nothing_found, "body", "text2", parent=self.view)
        self._nothing.hide()

        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        for widget in (self.tools, self.view, self.foot):
            box.addWidget(widget, 1 if widget is self.view else 0)
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self.pages.addWidget(self._make_empty())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        for keys, do in ((QKeySequence.StandardKey.Find, self.focus_filter), ("Insert", self.focus_add_line), ("Ctrl+Return", self.focus_add_line)):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)
        self.search.installEventFilter(self)

    # What a stage asks -------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the rows again; selection, place and an open editor stay."""
        self._readings += 1
        self.model.load(self.desk.read(self._read))
        self._after_rows()

    def select(self, id: str, field: str | None = None) -> bool:
        """Show a record, select it and put the keyboard there; filters that hide it are taken away."""
        if self.model.row_of(id) < 0 and self.model.record(id) is not None:
            self.search.clear()
        self._show_table()
        found = self.view.select_record(id, field)
        if found:
            self.view.setFocus()
        return found

    def edit(self, id: str, field: str | None = None) -> bool:
        """Open the editor of a record's cell."""
        return self.select(id, field) and self.view.edit_record(id, field)

    def selected(self) -> list[str]:
        return self.view.selected_ids()

    def current(self) -> str | None:
        return self.view.current_id()

    def rows(self) -> list[Row]:
        """All records in their own order, whatever the filters hide."""
        return list(self.model.every)

    def set_filter(self, scope: Callable[[Row], bool] | None) -> None:
        """Show only some of the records (those of a chosen group); None shows all."""
        self.model.set_scope(scope)
        self._after_rows()

    def set_columns(self, columns: Sequence[Column]) -> None:
        current = self.current()
        self._given_columns = list(columns)
        self.view.close_editor()
        self.model.set_columns(self._titled(columns))
        self._show_sorting()
        self.reload()
        if current:
            self.view.select_record(current)

    def focus_filter(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def focus_add_line(self) -> None:
        """Get ready to type the next name."""
        if self._add is None or not self.view.finish_editing():
            return
        self._begun = True
        self._show_table()
        if self.foot.line.isVisibleTo(self):
            self.foot.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._add_named(self._words.noun[0])

    def commands(self) -> list[Command]:
        """What the palette offers for this table."""
        say, found = self.language.say, []
        if self._add is not None:
            found.append(Command("table.add", self._words.add, self.focus_add_line, "plus", shortcut="Insert"))
        if self._may_paste:
            found.append(Command("table.paste", say("Paste from Excel"), self.paste_from_excel, "clipboard-text", english="Paste from Excel"))
        found.append(Command("table.filter", say("Filter the table"), self.focus_filter, "funnel-simple", shortcut="Ctrl+F", english="Filter the table"))
        return found

    # Writing -----------------------------------------------------------------------------------------

    def _do(self, operation: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Run an operation; the step's screen reloads us when it hears of the change, else we do it."""
        before = self._readings
        result = self.desk.do(operation, *args, **values)
        if self._readings == before:
            self.reload()
        return result

    def _attempt(self, operation: Callable[..., Any], *args: Any, **values: Any) -> tuple[bool, Any]:
        try:
            return True, self._do(operation, *args, **values)
        except Refused as refused:
            self.desk.refuse(refused)
            return False, None

    def _save(self, id: str, key: str, value: Any) -> None:
        self.model.kept.add(id)
        self._do(self._change, id, **{key: value})

    def _add_named(self, name: str) -> None:
        name = name.strip()
        if not name or self._add is None:
            return
        column = self._name_column()
        try:
            id = self._do(self._add, **{**self._defaults(), **({column: name} if column else {})})
        except Refused as refused:
            self.foot.refuse(self.language.tell(refused.reason), self.view)
            return
        self.foot.line.clear()
        self._reveal(id, column)

    def _reveal(self, id: Any, column: str | None = None) -> None:
        """Select a new record, whatever filter would hide it."""
        if isinstance(id, str):
            self.model.kept.add(id)
            if self.model.row_of(id) < 0:
                self.reload()
            self.view.select_record(id, column)

    def _name_column(self) -> str | None:
        if self._wanted_name:
            return self._wanted_name
        texts = [column for column in self.model.columns if column.writable and column.kind == "text"]
        required = [column for column in texts if column.required]
        return (required or texts)[0].key if texts else None

    def delete_selected(self) -> None:
        ids = self.selected()
        if not ids or self._remove is None or not self.view.finish_editing():
            return
        row = self.model.row_of(ids[0])
        done, _ = self._attempt(self._remove, ids)
        if done:
            self._select_row(row)
            self.desk.notice(self._words.removed(len(ids)), undo=True)

    def duplicate_current(self) -> None:
        id = self.current()
        if id is None or self._add is None or not self.view.finish_editing():
            return
        if self._duplicate is not None:
            done, new = self._attempt(self._duplicate, id)
        else:
            row = self.model.record(id)
            values = {c.key: row.values.get(c.key) for c in self.model.columns if c.writable and not unknown(row.values.get(c.key))}
            done, new = self._attempt(self._add, **{**self._defaults(), **values})
        if done:
            self._reveal(new)

    def move_current(self, step: int) -> None:
        """Put the current row one place up or down in the rows' own order."""
        id = self.current()
        if id is None or self._move is None or not self.view.finish_editing():
            return
        if self.model.sorted_by:
            self.desk.refuse(Refused(message("Rows can be moved only in their own order. Click the column head until the arrow is gone.")))
            return
        ids = [row.id for row in self.model.visible]
        here = ids.index(id)
        if 0 <= here + step < len(ids):
            rest = [other for other in ids if other != id]
            after = rest[here + step - 1] if here + step > 0 else None
            self._attempt(self._move, id, after=after)
            self.view.scrollTo(self.view.currentIndex())

    def set_selected(self, key: str, value: Any) -> None:
        """Give all selected rows the same value, as one change."""
        ids = self.selected()
        if ids and self._change is not None and self.view.finish_editing():
            done, _ = self._attempt(change_rows, self._change, ids, {key: value}, self._words.counted(len(ids)))
            if done:
                self.desk.notice(self.language.say("Changed: {counted}", counted=self._words.counted(len(ids))), undo=True)

    # Copying and pasting -----------------------------------------------------------------------------

    def copy(self, whole_rows: bool = False) -> None:
        """The cell, or several rows with their head, as worksheets read them."""
        ids, index = self.selected(), self.view.currentIndex()
        if not whole_rows and len(ids) < 2:
            if index.isValid():
                QGuiApplication.clipboard().setText(self._plain(index))
            return
        places = self.view.visible_columns()
        lines = [[self.model.columns[place].title for place in places]]
        for id in ids:
            lines.append([self._plain(self.model.index(self.model.row_of(id), place)) for place in places])
        QGuiApplication.clipboard().setText(write_table(lines))

    def _plain(self, index: Any) -> str:
        column, value = self.model.columns[index.column()], self.model.visible[index.row()].values.get(self.model.columns[index.column()].key)
        if unknown(value):
            return ""
        return str(round(value, 2)).removesuffix(".0") if column.kind == "rating" else index.data(DISPLAY)

    def paste_from_excel(self) -> None:
        """Show what is on the clipboard as new rows."""
        table = read_table(QGuiApplication.clipboard().text())
        if not table:
            self.desk.refuse(Refused(message("There is nothing to paste. Copy the cells in Excel first, then come back.")))
            return
        self._open_preview(table)

    def paste(self) -> None:
        """Ctrl V: a cell into a cell, a block over cells, a whole table as new rows."""
        table, index = read_table(QGuiApplication.clipboard().text()), self.view.currentIndex()
        if not table or not self.view.finish_editing():
            return
        if self._may_paste and (not index.isValid() or has_head(table, [c for c in self.model.columns if c.writable])):
            self._open_preview(table)
        elif self._change is not None and index.isValid():
            self._paste_cells(table, index)

    def _paste_cells(self, table: list[list[str]], index: Any) -> None:
        chosen = self.selected()
        if len(table) == len(table[0]) == 1 and len(chosen) > 1:
            table, ids = table * len(chosen), chosen
        else:
            ids = [row.id for row in self.model.visible[index.row() :]]
        columns = [self.model.columns[place] for place in self.view.visible_columns() if place >= index.column()]
        plan = plan_cells(table, ids, columns, self.language, lambda column: self.model.options(column).values())
        plan = self._tried(plan)
        if len(table) > len(ids) and self._may_paste and index.column() == self.view.visible_columns()[0]:
            self._open_preview(table)
        elif plan.problems:
            first = self.language.listing([problem.told(self.language) for problem in plan.problems[:3]])
            more = len(plan.problems) - 3
            rest = self.language.say_n("And {n} more.", "And {n} more.", more) if more > 0 else ""
            self.desk.refuse(Refused(message("Nothing was pasted. {problems} {rest}", problems=first, rest=rest)))
        elif plan.entries:
            cells = sum(len(entry.values) for entry in plan.entries)
            counted = self.language.say_n("{n} cell", "{n} cells", cells)
            done, _ = self._attempt(paste_rows, self._add, self._change, plan.entries, {}, counted)
            if done and cells > 1:
                self.desk.notice(self.language.say("Pasted: {counted}", counted=counted), undo=True)

    def _tried(self, plan: Plan) -> Plan:
        """The plan without what the operations would refuse; nothing is written."""
        return tried(self.desk.document.preview, self._add, self._change, plan, self.model.columns, self._defaults())

    def _open_preview(self, table: list[list[str]]) -> None:
        self._close_preview()
        self.preview = PastePreview(
            self.language, self.model.columns, table, self._tried, lambda n: self.language.say("Add {counted}", counted=self._words.counted(n)),
            lambda column: self.model.options(column).values(),
        )  # fmt: skip
        self.preview.agreed.connect(self._paste_plan)
        self.preview.closed.connect(self._close_preview)
        self.pages.addWidget(self.preview)
        self.pages.setCurrentWidget(self.preview)
        self.preview.start()

    def _paste_plan(self, plan: Plan) -> None:
        number = len(plan.entries)
        try:
            new = self._do(paste_rows, self._add, self._change, plan.entries, self._defaults(), self._words.counted(number))
        except Refused as refused:
            self.preview.show_refusal(self.language.tell(refused.reason))
            return
        left = len(plan.problems)
        self._close_preview()
        told = self._words.added(number)
        if left:
            out = self.language.say_n("{n} thing was left out.", "{n} things were left out.", left)
            told = self.language.say("{added} {left}", added=self.language.say("{sentence}.", sentence=told), left=out)
        self.desk.notice(told, undo=True)
        if new:
            self._reveal(new[0])

    def _close_preview(self) -> None:
        if self.preview is not None:
            preview, self.preview = self.preview, None
            self.pages.removeWidget(preview)
            preview.deleteLater()
            self._after_rows()
            self.view.setFocus()

    # Showing -----------------------------------------------------------------------------------------

    def _titled(self, columns: Sequence[Column]) -> list[Column]:
        """Money columns say their currency in the head."""
        from dataclasses import replace

        code = self._currency() if callable(self._currency) else self._currency
        if not code:
            return list(columns)
        head = lambda title: self.language.say("{title}, {currency}", title=title, currency=code)  # noqa: E731
        return [replace(c, title=head(c.title), names=(c.title, *c.names)) if c.kind == "money" else c for c in columns]

    def _make_empty(self) -> QWidget:
        say, texts, cards = self.language.say, self._empty, []
        if self._add is not None:
            cards.append(("keyboard", texts.type_title or say("Type one by one"), texts.type_text or say("A name, then Enter. The rest can wait."), self.focus_add_line))
        if self._may_paste:
            cards.append(("clipboard-text", texts.paste_title or say("Paste from Excel"), texts.paste_text or say("Columns are recognised, nothing is lost."), self.paste_from_excel))
        if texts.model is not None:
            cards.append((texts.model_icon, texts.model_title or say("Start from the model list"), texts.model_text or say("Common entries, to keep or to take out."), texts.model))
        line = texts.line or say("No {things} yet", things=self._words.noun[1])
        state = EmptyState(texts.icon, line, texts.sentence, cards=cards)
        state.setMaximumWidth(theme().px(746))
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(24, 12, 24, 12)
        box.addStretch(1)
        box.addWidget(state, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        return page

    def _show_table(self) -> None:
        if self.preview is None:
            self.pages.setCurrentIndex(_TABLE)

    def _after_rows(self) -> None:
        if self.model.every:
            self._begun = False
        if self.preview is None:
            self.pages.setCurrentIndex(_TABLE if self.model.every or self._begun or self.foot.line.hasFocus() else _EMPTY)
        number = len(self.model.in_scope())
        self.search.setPlaceholderText(self._words.filter(number))
        self.search.setAccessibleName(self._words.filter(number))
        self._nothing.setVisible(bool(self.model.every) and not self.model.visible)
        self._place_nothing()
        self._offer_setters()
        self._selected()
        self._current_moved()

    def _place_nothing(self) -> None:
        look = theme()
        size = self._nothing.sizeHint()
        left = look.px(24)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.view.width() - left - size.width()
        self._nothing.setGeometry(left, look.px(32) + look.px(16), size.width(), size.height())

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.search.setFixedWidth(max(theme().px(120), min(theme().px(230), self.width() // 4)))
        self._place_nothing()

    def _offer_setters(self) -> None:
        if self._change is None:
            return
        wanted = []
        for column in self.model.columns:
            if column.writable and column.kind == "choice":
                values = [(choice.key, choice.name, choice.icon) for choice in self.model.options(column).values()]
                wanted.append((column.key, column.title, values))
            elif column.writable and column.kind == "flag":
                wanted.append((column.key, column.title, [(True, self.language.say("Yes"), ""), (False, self.language.say("No"), "")]))
        if wanted != getattr(self, "_offered", None):
            self._offered = wanted
            self.tools.offer(wanted)

    def _selected(self, *_told: object) -> None:
        self.tools.show_selected(len(self.selected()))
        self.selection_changed.emit()

    def _current_moved(self) -> None:
        current = self.current()
        if current != self._last_current:
            self._last_current = current
            self.current_changed.emit(current)

    def _select_row(self, row: int) -> None:
        if self.model.visible:
            self.view.select_record(self.model.visible[max(0, min(row, len(self.model.visible) - 1))].id)

    def _select_none(self) -> None:
        current = self.current()
        self.view.clearSelection()
        if current:
            self.view.select_record(current)
        self.view.setFocus()

    def _back_to_rows(self, last: bool) -> None:
        if last and self.model.visible:
            self.view.select_record(self.model.visible[-1].id)
        self.view.setFocus()
        self._begun = False
        self._after_rows()

    def _search(self, words: str) -> None:
        self.model.search(words)
        self._after_rows()

    def eventFilter(self, watched, event):
        if watched is self.search and event.type() == event.Type.KeyPress and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            self.view.setFocus()
            return True
        return super().eventFilter(watched, event)

    # Sorting and menus -------------------------------------------------------------------------------

    def sort(self, key: str | None, descending: bool = False) -> None:
        self.model.sort_by(key, descending)
        self._show_sorting()
        self.view.scrollTo(self.view.currentIndex())

    def _head_clicked(self, section: int) -> None:
        """Ascending, descending, and back to the rows' own order."""
        key = self.model.columns[section].key
        if self.model.sorted_by == (key, False):
            self.sort(key, True)
        elif self.model.sorted_by == (key, True):
            self.sort(None)
        else:
            self.sort(key)

    def _show_sorting(self) -> None:
        by = self.model.sorted_by
        self.view.horizontalHeader().sorted_by = None if by is None else (self.model.column_of(by[0]), int(by[1]))
        self.view.horizontalHeader().viewport().update()

    def _show_columns_menu(self) -> None:
        menu = self.columns_menu()
        menu.popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height() + 4)))

    def columns_menu(self) -> Menu:
        """Which columns are shown, and by which of them the rows are ordered."""
        say, menu = self.language.say, Menu(self.language.say("Columns"), self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self.view.visible_columns()
        for place, column in enumerate(self.model.columns):
            only = shown == [place]
            menu.add(column.title, lambda key=column.key, now=place in shown: self.view.wish(key, not now), checked=place in shown, enabled=not only)
        menu.addSeparator()
        menu.add(say("Choose columns by the room there is"), self.view.automatic_columns)
        order = Menu(say("Order by"), menu)
        by = self.model.sorted_by
        order.add(say("Own order"), lambda: self.sort(None), checked=by is None)
        for column in self.model.columns:
            order.add(column.title, lambda key=column.key: self.sort(key, by == (key, False)), checked=by is not None and by[0] == column.key)
        menu.addMenu(order)
        return menu

    def _show_menu(self, where: QPoint) -> None:
        menu = self.menu_of_row()
        if menu is not None:
            menu.popup(where)

    def menu_of_row(self) -> Menu | None:
        """What can be done with the current row, or with all that are selected."""
        id, say = self.current(), self.language.say
        if id is None:
            return None
        menu = Menu(self._words.title, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._change is not None:
            menu.add(say("Edit"), lambda: self.view.edit_cell(self._cell_to_edit()), "pencil-simple", "Enter")
        for command in self._row_menu(id) if self._row_menu else ():
            menu.add(command.title, command.run, command.icon, command.shortcut.replace("+", " "))
        if self._add is not None:
            menu.add(say("Duplicate"), self.duplicate_current, "copy", "Ctrl D")
        menu.add(say("Copy row"), lambda: self.copy(True), "clipboard-text", "Ctrl Shift C")
        if self._move is not None:
            free = self.model.sorted_by is None
            place, last = self.model.row_of(id), len(self.model.visible) - 1
            menu.add(say("Move up"), lambda: self.move_current(-1), "arrow-up", "Alt ↑", enabled=free and place > 0)
            menu.add(say("Move down"), lambda: self.move_current(1), "arrow-down", "Alt ↓", enabled=free and place < last)
        if self._remove is not None:
            menu.addSeparator()
            menu.add(say("Delete"), self.delete_selected, "trash", "Del", danger=True)
        return menu

    def _cell_to_edit(self) -> Any:
        index = self.view.currentIndex()
        column = self.model.columns[index.column()]
        if column.writable and column.kind not in ("rating", "flag"):
            return index
        return self.model.place(self.current(), self._name_column())

    def _asked(self, wish: str) -> None:
        answers: dict[str, Callable[[], object]] = {
            ADD: self.focus_add_line,
            DUPLICATE: self.duplicate_current,
            DELETE: self.delete_selected,
            COPY: self.copy,
            COPY_ROWS: lambda: self.copy(True),
            PASTE: self.paste,
            UP: lambda: self.move_current(-1),
            DOWN: lambda: self.move_current(1),
            CLEAR: self._clear,
        }
        answers[wish]()

    def _clear(self) -> None:
        """Esc: first the selection of several, then the filter."""
        if len(self.selected()) > 1:
            self._select_none()
        elif self.search.text():
            self.search.clear()
