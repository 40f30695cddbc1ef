"""Operations: the only functions that write. Each is a plain function of a session, with a label for the log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy.orm import Session

Function = TypeVar("Function", bound=Callable[..., Any])


def operation(label: str) -> Callable[[Function], Function]:
    """Give an operation the English label under which the log and "Undo" speak of it."""

    def mark(function: Function) -> Function:
        function.label = label  # type: ignore[attr-defined]
        return function

    return mark


def about(session: Session, name: str) -> None:
    """Tell the log what the change was about, in the person's own words (a stakeholder's name, a criterion ...)."""
    session.info["about"] = name[:200]
