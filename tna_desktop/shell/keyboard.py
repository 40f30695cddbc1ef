"""The keyboard: which keys do what in the whole window, and the sheet that tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QGridLayout, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.labels import KeyCap, Label
from tna_desktop.ui.layouts import row

if TYPE_CHECKING:
    from .window import MainWindow
    from .workspace import Workspace


def bind(window: MainWindow) -> None:
    """Give the window its keys. What concerns an assessment does nothing while none is open."""

    def on(keys: str, work) -> None:
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.activated.connect(work)

    def inside(work):
        def inside_an_assessment() -> None:
            space = window.workspace
            if space is not None and not space.desk.is_held:
                work(space)

        return inside_an_assessment

    on("Ctrl+N", window.new_assessment)
    on("Ctrl+O", window.open_file)
    on("Ctrl+S", inside(lambda space: space.saving.save_copy()))
    for keys in ("Ctrl+P", "Ctrl+E"):
        on(keys, inside(lambda space: space.show_step("synthesis.export")))
    for keys in ("Ctrl+K", "/"):
        on(keys, inside(lambda space: space.search()))
    on("Ctrl+Z", inside(lambda space: space.desk.undo()))
    for keys in ("Ctrl+Y", "Ctrl+Shift+Z"):
        on(keys, inside(lambda space: space.desk.redo()))
    for number in range(1, 7):
        on(f"Alt+{number}", inside(lambda space, at=number - 1: _stage(space, at)))
    on("Ctrl+PgDown", inside(lambda space: _step(space, 1)))
    on("Ctrl+PgUp", inside(lambda space: _step(space, -1)))
    on("F1", inside(lambda space: space.toggle_guide()))
    on("Ctrl+B", inside(lambda space: space.toggle_rail()))
    on("F5", inside(lambda space: space.project()))
    on("Shift+F5", inside(lambda space: space.projecting.from_start()))
    # The wall from the laptop's window; without Alt these keys belong to whatever has the focus here.
    on("Alt+PgDown", inside(lambda space: space.projecting.turn(1)))
    on("Alt+PgUp", inside(lambda space: space.projecting.turn(-1)))
    for keys in ("Alt+B", "Alt+."):
        on(keys, inside(lambda space: space.projecting.make_blank()))
    on("F6", inside(lambda space: next_region(space, 1)))
    on("Shift+F6", inside(lambda space: next_region(space, -1)))
    on("Ctrl+F1", window.show_help)


def _stage(space: Workspace, at: int) -> None:
    stages = space.desk.workflow.stages
    if at < len(stages):
        space.show_stage(stages[at].key)
        focus_work(space)


def _step(space: Workspace, by: int) -> None:
    space.step_by(by)
    focus_work(space)


def focus_work(space: Workspace) -> None:
    """Who came by the keyboard goes on with it: the focus goes to the step's table, else to its first field."""
    screen = space.screen()
    if screen is None:
        return
    tables = [view for view in screen.findChildren(QAbstractItemView) if view.isVisible() and view.isEnabled()]
    takes = [view for view in tables if view.focusPolicy() & Qt.FocusPolicy.TabFocus]
    target = takes[0] if takes else first_focus(screen)
    if target is not None:
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)


def next_region(space: Workspace, by: int) -> None:
    """Move the focus to the next part of the window: rail, app bar, step header, work area, panel."""
    regions = space.regions()
    focused = QApplication.focusWidget()
    at = next(
        (
            index
            for index, region in enumerate(regions)
            if focused is region or (focused and region.isAncestorOf(focused))
        ),
        None,
    )
    order = range(1, len(regions) + 1) if at is not None else range(0, len(regions))
    start = at if at is not None else (0 if by > 0 else -1)
    for step in order:
        target = first_focus(regions[(start + by * step) % len(regions)])
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def first_focus(region: QWidget) -> QWidget | None:
    """The first widget in a region that takes the focus by Tab."""
    if region.focusProxy() is not None and region.focusProxy().isVisibleTo(region.window()):
        return region.focusProxy()
    widget = region.nextInFocusChain()
    seen = 0
    while widget is not None and widget is not region and seen < 2000:
        seen += 1
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if (
            region.isAncestorOf(widget)
            and takes
            and widget.isEnabled()
            and widget.isVisible()
            and widget.focusProxy() is None
        ):
            return widget
        widget = widget.nextInFocusChain()
    return None


class KeyboardSheet(Dialog):
    """All keys on one page."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        say = language.say
        lines = [
            ("Ctrl K", say("Search and commands; outside a field also /")),
            ("Alt 1 … 6", say("Go to a stage")),
            ("Ctrl PgDn, Ctrl PgUp", say("Next or previous step")),
            ("F1", say("Guide on or off")),
            ("F5", say("Show on the wall where the team is, or put it away")),
            ("Alt PgDn, Alt PgUp, Alt B", say("While projecting: turn the page on the wall, make it blank")),
            ("F6, Shift F6", say("Next or previous part of the window")),
            ("Ctrl B", say("Make the rail narrow or wide")),
            ("Ctrl Z, Ctrl Y", say("Undo, redo")),
            ("Ctrl N, Ctrl O", say("New assessment, open a file")),
            ("Ctrl S", say("Save a copy")),
            ("Ctrl P, Ctrl E", say("Print or export the report")),
            ("Enter, F2, Tab, Esc", say("In tables: edit, next field, cancel")),
            ("Insert, Ctrl Enter", say("New row")),
            ("Del, Ctrl D, Ctrl F", say("Delete, duplicate, filter")),
            ("1 … 5, 0", say("Give a rating, clear it")),
        ]
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(7)
        grid.setHorizontalSpacing(24)
        grid.setColumnStretch(1, 1)
        for at, (keys, words) in enumerate(lines):
            caps = row(gap=5)
            for cap in keys.split(", "):
                caps.addWidget(KeyCap(cap))
            caps.addStretch(1)
            grid.addLayout(caps, at, 0)
            grid.addWidget(Label(words, "body", wrap=True), at, 1)
        super().__init__(
            say("Keyboard"),
            say("Your work is saved by itself after every change."),
            "",
            say("Close"),
            body=body,
            parent=parent,
        )
        self.safe_button.setFocus(Qt.FocusReason.TabFocusReason)
