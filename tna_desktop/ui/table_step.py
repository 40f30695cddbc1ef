"""A list of records with everything people expect of one: type to add, edit in place, paste, sort, filter, undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from .buttons import Button
from .cell_editing import ADD
from .commands import Command
from .desk import Desk
from .empty import EmptyState, empty_page
from .field import SearchBox
from .grid import CLEAR, COPY, COPY_ROWS, DELETE, DOWN, DUPLICATE, PASTE, UP, RecordView
from .labels import Label
from .layouts import leave_out
from .menus import Menu
from .paste_preview import PastePreview
from .records import Choice, Column, RecordModel, Row
from .table_exchange import WorksheetExchange
from .table_menus import columns_menu, row_menu
from .table_rows import FootLine, ToolRow
from .table_texts import EmptyTexts, TableTexts, Words, empty_cards
from .table_writing import TableWriting
from .tokens import theme

__all__ = ["Choice", "Column", "EmptyTexts", "RecordTable", "Row", "TableTexts"]

_TABLE, _EMPTY = 0, 1


class RecordTable(TableWriting):
    """Tool row (filter, columns, paste, extra buttons, add), table, "type a name and press Enter" line, empty state."""

    current_changed = Signal(object)  # record id or None
    selection_changed = Signal()
    activated = Signal(str, str)  # record id, column key
    #: Whether a click on a column head orders the rows.
    sortable = True

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
        self._read, self.adding, self.changing, self.removing, self.moving = rows, add, change, remove, move
        self.copying, self.defaults, self.more_of_row, self._currency = duplicate, defaults, row_menu, currency
        self.words, self.empty_texts = Words(desk.language, noun, texts), empty
        self.wanted_name, self.may_paste = name_column, paste and add is not None
        self._given_columns = list(columns)
        self._last_current: str | None = None
        self.readings = 0
        self._begun = False
        self.exchange = self.make_exchange()

        self.model = self.make_model(self._titled(columns))
        self.view = self.make_view(30 if compact else 36)
        self.view.setAccessibleName(self.words.title)
        self.view.asked.connect(self._asked)
        self.view.menu_asked.connect(self._show_menu)
        self.view.activated_cell.connect(self.activated)
        self.view.current_moved.connect(self._current_moved)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.view.horizontalHeader().sectionClicked.connect(self._head_clicked)

        self.search = SearchBox("")
        self.search.textChanged.connect(self._search)
        leave_out(self.search, unless=filter)
        self.columns_button = Button(self.language.say("Columns"), "ghost", "columns", on_click=self._show_columns_menu)
        leave_out(self.columns_button, unless=len(self._given_columns) > 2)
        self.paste_button = Button(
            self.language.say("Paste from Excel"), "outline", "clipboard-text", on_click=self.paste_from_excel
        )
        leave_out(self.paste_button, unless=self.may_paste)
        self.add_button = Button(self.words.add, "outline", "plus", on_click=self.focus_add_line)
        leave_out(self.add_button, unless=add is not None)
        self.tools = ToolRow(
            self.language,
            (self.search, self.columns_button),
            (*tools, self.paste_button, self.add_button),
            remove is not None,
        )
        self.tools.delete_wanted.connect(self.delete_selected)
        self.tools.set_wanted.connect(self.set_selected)
        self.tools.clear_wanted.connect(self._select_none)
        self.foot = FootLine(self.language, self.words.add_line, add is not None and add_line, foot)
        leave_out(self.foot, unless=bool(foot) or change is not None or (add is not None and add_line))
        self.foot.named.connect(self._add_named)
        self.foot.left.connect(self._back_to_rows)
        self.view.editing.connect(self.foot.show_keys)
        self._nothing = Label(self.words.nothing_found, "body", "text2", parent=self.view)
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
        for keys, do in (
            (QKeySequence.StandardKey.Find, self.focus_filter),
            ("Insert", self.focus_add_line),
            ("Ctrl+Return", self.focus_add_line),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)
        self.search.installEventFilter(self)

    # What another kind of table does its own way: a tree ----------------------------------------------

    def make_model(self, columns: Sequence[Column]) -> RecordModel:
        return RecordModel(columns, self.language, self.changing is not None, self)

    def make_view(self, row_height: int) -> RecordView:
        return RecordView(self.model, self._save if self.changing else None, row_height)

    def make_exchange(self) -> WorksheetExchange:
        return WorksheetExchange(self)

    def setter_values(self, column: Column) -> list[tuple[object, str, str]]:
        """What several rows can be given in this column: (value, name, icon)."""
        if column.kind == "flag":
            return [(True, self.language.say("Yes"), ""), (False, self.language.say("No"), "")]
        return [(choice.key, choice.name, choice.icon) for choice in self.model.options(column).values()]

    # What a stage asks -------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the rows again; selection, place and an open editor stay."""
        self.readings += 1
        self.model.load(self.desk.read(self._read))
        self.show_state()

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
        self.show_state()

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
        if self.adding is None or not self.view.finish_editing():
            return
        self._begun = True
        self._show_table()
        if self.foot.line.isVisibleTo(self):
            self.foot.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._add_named(self.words.noun[0])

    def commands(self) -> list[Command]:
        """What the palette offers for this table."""
        say, found = self.language.say, []
        if self.adding is not None:
            found.append(Command("table.add", self.words.add, self.focus_add_line, "plus", shortcut="Insert"))
        if self.may_paste:
            found.append(
                Command(
                    "table.paste",
                    say("Paste from Excel"),
                    self.paste_from_excel,
                    "clipboard-text",
                    english="Paste from Excel",
                )
            )
        found.append(
            Command(
                "table.filter",
                say("Filter the table"),
                self.focus_filter,
                "funnel-simple",
                shortcut="Ctrl+F",
                english="Filter the table",
            )
        )
        return found

    def paste_from_excel(self) -> None:
        """Show what is on the clipboard as new rows, before anything is added."""
        self.exchange.paste_as_rows()

    @property
    def preview(self) -> PastePreview | None:
        """The page that shows a paste, while it is open."""
        return self.exchange.preview

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
        say, texts = self.language.say, self.empty_texts
        line = texts.line or say("No {things} yet", things=self.words.noun[1])
        state = EmptyState(texts.icon, line, texts.sentence, cards=empty_cards(self))
        return empty_page(state, 746)

    def _show_table(self) -> None:
        if self.preview is None:
            self.pages.setCurrentIndex(_TABLE)

    def show_state(self) -> None:
        if self.model.every:
            self._begun = False
        if self.preview is None:
            self.pages.setCurrentIndex(
                _TABLE if self.model.every or self._begun or self.foot.line.hasFocus() else _EMPTY
            )
        number = self.model.number()
        self.search.setPlaceholderText(self.words.filter(number))
        self.search.setAccessibleName(self.words.filter(number))
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
        if self.changing is None:
            return
        wanted = [
            (column.key, column.title, self.setter_values(column))
            for column in self.model.columns
            if column.writable and column.kind in ("choice", "flag")
        ]
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
        self.show_state()

    def _search(self, words: str) -> None:
        self.model.search(words)
        self.show_state()

    def eventFilter(self, watched, event):
        if (
            watched is self.search
            and event.type() == event.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return)
        ):
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
        if not self.sortable:
            return
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

    def columns_menu(self) -> Menu:
        return columns_menu(self)

    def menu_of_row(self) -> Menu | None:
        return row_menu(self)

    def _show_columns_menu(self) -> None:
        self.columns_menu().popup(self.columns_button.mapToGlobal(QPoint(0, self.columns_button.height() + 4)))

    def _show_menu(self, where: QPoint) -> None:
        menu = self.menu_of_row()
        if menu is not None:
            menu.popup(where)

    def cell_to_edit(self) -> Any:
        index = self.view.currentIndex()
        column = self.model.columns[index.column()]
        if column.writable and column.kind not in ("rating", "flag"):
            return index
        return self.model.place(self.current(), self.name_column())

    def _asked(self, wish: str) -> None:
        answers: dict[str, Callable[[], object]] = {
            ADD: self.focus_add_line,
            DUPLICATE: self.duplicate_current,
            DELETE: self.delete_selected,
            COPY: self.exchange.copy,
            COPY_ROWS: lambda: self.exchange.copy(True),
            PASTE: self.exchange.paste,
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
