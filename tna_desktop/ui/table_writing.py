"""What a table writes: rows added, changed, copied, moved and deleted, each as one change that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused, message

from .cell_values import unknown
from .desk import MANY
from .pasting import change_rows

if TYPE_CHECKING:
    from tna_desktop.kernel.text import Language

    from .desk import Desk
    from .grid import RecordView
    from .records import RecordModel
    from .table_rows import FootLine
    from .table_texts import Words


class TableWriting(QWidget):
    """The writing half of a RecordTable: it runs the stage's operations and puts the eye where something happened."""

    desk: Desk
    language: Language
    words: Words
    model: RecordModel
    view: RecordView
    foot: FootLine
    adding: Callable[..., Any] | None
    changing: Callable[..., Any] | None
    removing: Callable[..., Any] | None
    moving: Callable[..., Any] | None
    copying: Callable[..., Any] | None
    defaults: Callable[[], dict[str, Any]]
    wanted_name: str
    readings: int

    if TYPE_CHECKING:

        def reload(self) -> None: ...

    def do(self, operation: Callable[..., Any], *args: Any, **values: Any) -> Any:
        """Run an operation; the step's screen reloads us when it hears of the change, else we do it."""
        before = self.readings
        result = self.desk.do(operation, *args, **values)
        if self.readings == before:
            self.reload()
        return result

    def attempt(self, operation: Callable[..., Any], *args: Any, **values: Any) -> tuple[bool, Any]:
        try:
            return True, self.do(operation, *args, **values)
        except Refused as refused:
            self.desk.refuse(refused)
            return False, None

    def _save(self, id: str, key: str, value: Any) -> None:
        self.model.kept.add(id)
        self.do(self.changing, id, **{key: value})

    def _add_named(self, name: str) -> None:
        if self.adding is not None:
            self.add_named(self.adding, name, self.defaults())

    def add_named(self, operation: Callable[..., Any], name: str, given: dict[str, Any]) -> None:
        """Add what was typed in the last line; a refusal is said above it and the words stay."""
        name = name.strip()
        if not name:
            return
        column = self.name_column()
        try:
            id = self.do(operation, **{**given, **({column: name} if column else {})})
        except Refused as refused:
            self.foot.refuse(self.language.tell(refused.reason), self.view)
            return
        self.foot.line.clear()
        self.reveal(id, column)

    def reveal(self, id: Any, column: str | None = None) -> None:
        """Select a new record, whatever filter would hide it."""
        if isinstance(id, str):
            self.model.kept.add(id)
            if self.model.row_of(id) < 0:
                self.reload()
            self.view.select_record(id, column)

    def name_column(self) -> str | None:
        if self.wanted_name:
            return self.wanted_name
        texts = [column for column in self.model.columns if column.writable and column.kind == "text"]
        required = [column for column in texts if column.required]
        return (required or texts)[0].key if texts else None

    def to_change(self) -> list[str]:
        """The selected rows that can be given values."""
        return self.view.selected_ids()

    def delete_selected(self) -> None:
        ids = self.view.selected_ids()
        if not ids or self.removing is None or not self.view.finish_editing():
            return
        row, readings = self.model.row_of(ids[0]), self.readings

        def removed(gone: object) -> None:
            if gone is None:
                return
            if self.readings == readings:
                self.reload()
            self._select_row(row)
            self.desk.notice(self.words.removed(len(ids)), undo=True)

        count, what = self.desk.read(records.reach, ids, MANY), self.language.say("Deleting with all that hangs on it")
        self.desk.do_many(count, what, self.removing, ids, then=removed)

    def duplicate_current(self) -> None:
        id = self.view.current_id()
        if id is None or self.adding is None or not self.view.finish_editing():
            return
        if self.copying is not None:
            done, new = self.attempt(self.copying, id)
        else:
            row = self.model.record(id)
            values = {
                c.key: row.values.get(c.key)
                for c in self.model.columns
                if c.writable and not unknown(row.values.get(c.key))
            }
            done, new = self.attempt(self.adding, **{**self.defaults(), **values})
        if done:
            self.reveal(new)

    def move_current(self, step: int) -> None:
        """Put the current row one place up or down in the rows' own order."""
        id = self.view.current_id()
        if id is None or self.moving is None or not self.view.finish_editing():
            return
        if self.model.sorted_by:
            self.desk.refuse(
                Refused(
                    message("Rows can be moved only in their own order. Click the column head until the arrow is gone.")
                )
            )
            return
        ids = [row.id for row in self.model.visible]
        here = ids.index(id)
        if 0 <= here + step < len(ids):
            rest = [other for other in ids if other != id]
            after = rest[here + step - 1] if here + step > 0 else None
            self.attempt(self.moving, id, after=after)
            self.view.scrollTo(self.view.currentIndex())

    def set_selected(self, key: str, value: Any) -> None:
        """Give all selected rows the same value, as one change."""
        ids = self.to_change()
        if ids and self.changing is not None and self.view.finish_editing():
            done, _ = self.attempt(change_rows, self.changing, ids, {key: value}, self.words.counted(len(ids)))
            if done:
                self.desk.notice(
                    self.language.say("Changed: {counted}", counted=self.words.counted(len(ids))), undo=True
                )

    def _select_row(self, row: int) -> None:
        if self.model.visible:
            self.view.select_record(self.model.visible[max(0, min(row, len(self.model.visible) - 1))].id)
