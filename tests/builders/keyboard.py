"""A person without a mouse: keys go to whoever has the focus, and dialogs are answered by keys too."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from .whole_window import rest, wait_for

_NAMES = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


def focused() -> QWidget:
    """Who has the keyboard."""
    found = QApplication.focusWidget() or QApplication.activeWindow()
    assert found is not None, "nobody has the keyboard"
    return found


def press(*keys: str) -> None:
    """Press keys one after the other: "Enter", "Ctrl+PgDown", "3"."""
    for each in keys:
        *held, name = each.split("+") if len(each) > 1 else [each]
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= _NAMES[one]
        name = {"Enter": "Return", "PgDown": "PageDown", "PgUp": "PageUp", "Esc": "Escape"}.get(name, name)
        QTest.keyClick(focused(), getattr(Qt.Key, f"Key_{name}"), modifiers)
        rest(5)


def write(words: str) -> None:
    """Type words where the keyboard is."""
    for letter in words:
        QTest.keyClicks(focused(), letter)  # the first letter may open an editor, which gets the others
    rest(5)


def tab_to(name: str, most: int = 120) -> QWidget:
    """Tab until something of this name has the focus."""
    for _ in range(most):
        if focused().accessibleName().startswith(name):
            return focused()
        press("Tab")
    raise AssertionError(f"Tab does not lead to “{name}”; the keyboard is in “{focused().accessibleName()}”")


def _in_dialog() -> bool:
    dialog, now = QApplication.activeModalWidget(), QApplication.focusWidget()
    return dialog is not None and now is not None and dialog.isAncestorOf(now)


def answering(answer: Callable[[], None], keys: str) -> None:
    """Press keys that open a dialog, and answer it by keys."""
    problems: list[BaseException] = []

    def later() -> None:
        try:
            wait_for(_in_dialog, 5)
            answer()
        except BaseException as problem:  # noqa: BLE001  told below; a dialog left open would wait for ever
            problems.append(problem)
        finally:
            dialog = QApplication.activeModalWidget()
            if problems and dialog is not None:
                dialog.close()

    QTimer.singleShot(60, later)
    press(keys)
    if problems:
        raise problems[0]
    activate()


def activate() -> None:
    """Give the keyboard back to the window, as a desktop does when a dialog is gone; without a screen nobody does."""
    if QApplication.focusWidget() is None:
        window = next(
            each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow) and each.isVisible()
        )
        window.activateWindow()
        rest(10)


def go(name: str) -> None:
    """To a step by the palette: its name, Enter."""
    press("Ctrl+K")
    write(name)
    press("Enter")
    rest(30)
