"""A form over one record: each field is kept when it is left; what is refused stays in its field with the reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QWidget

from ..kernel.errors import Refused
from ..kernel.text import Language
from .field import Field
from .fonts import ready_for


class RecordForm(QObject):
    """Fields by column name. ``save(**values)`` runs the operation and may raise Refused."""

    def __init__(
        self, language: Language, fields: Mapping[str, Field], save: Callable[..., Any], parent: QWidget | None = None
    ):
        super().__init__(parent)
        self.language, self.fields, self._save = language, dict(fields), save
        self._known: dict[str, object] = {}
        self.record: object = None
        for name, field in self.fields.items():
            field.committed.connect(lambda value, name=name: self._keep(name, value))

    def show(self, values: Mapping[str, Any], record: object = None) -> None:
        """Show a record's values. A field that is being written in, or that was refused, is left as it is."""
        other, self.record = record != self.record, record
        for name, field in self.fields.items():
            if other:
                field.clear_error()
            elif field.error() or (self._has_focus(field) and field.value() != self._known.get(name)):
                continue
            field.set_value(values.get(name))
            self._known[name] = field.value()

    def commit(self) -> None:
        """Keep what stands in the fields now, as leaving them would."""
        for field in self.fields.values():
            field.commit()

    def _keep(self, name: str, value: object) -> None:
        self._known[name] = value
        try:
            self._save(**{name: value})
        except Refused as refused:
            place = self.fields.get(refused.field or name, self.fields[name])
            place.show_error(self.language.tell(refused.reason))

    @staticmethod
    def _has_focus(field: Field) -> bool:
        return field.editor.hasFocus()


def choice_box(choices: list[tuple[str, str]], parent: QWidget | None = None) -> QComboBox:
    """A combo box of (key, words); the key is the field's value."""
    made = QComboBox(parent)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(6)
    for key, words in choices:
        ready_for(words)
        made.addItem(words, key)
    return made
