"""Refusals: what a person did cannot be done as it is, said in one sentence with what to do."""

from __future__ import annotations

from .text import Message, message

__all__ = ["DocumentRefused", "Refused", "message"]


class Refused(Exception):
    """An operation or input that cannot be accepted; nothing was changed.

    ``reason`` is one sentence for a person. ``field`` names the value it is about (a column key), so that a
    form can show it beside the field; None when it concerns the whole.
    """

    def __init__(self, reason: Message | str, field: str | None = None):
        self.reason = reason if isinstance(reason, Message) else Message(reason)
        self.field = field
        super().__init__(self.reason.english())


class DocumentRefused(Refused):
    """A file that cannot be opened or written as an assessment; the file is left as it was.

    ``kind`` is one of: missing, folder, empty, foreign, damaged, newer, unwritable, full, busy, changed.
    """

    def __init__(self, reason: Message | str, kind: str):
        super().__init__(reason)
        self.kind = kind
