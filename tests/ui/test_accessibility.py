"""For those who use keys or a screen reader: everything has a name and tells its state, and Tab leads everywhere."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

from tests.builders.whole_window import close_window, in_dialog, listening, open_window, rest, settle, walk
from tna_desktop.shell.keyboard import next_region
from tna_desktop.stages.stakeholders import reading
from tna_desktop.ui.coverage import CoverageCells
from tna_desktop.ui.pictures import Picture
from tna_desktop.ui.rating import Rating
from tna_desktop.ui.rosette import Rosette

_ROLE = QAccessible.Role
#: What a person acts on; each must have a name a screen reader can say.
INTERACTIVE = {
    _ROLE.Button, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.ComboBox, _ROLE.EditableText, _ROLE.SpinBox, _ROLE.Slider,
    _ROLE.Table, _ROLE.List, _ROLE.Tree, _ROLE.PageTab, _ROLE.Link, _ROLE.ButtonMenu, _ROLE.ButtonDropDown,
}  # fmt: skip
#: What is painted as a whole: its state must be said in words.
PAINTED = (Picture, Rating, Rosette, CoverageCells)
#: The most steps Tab needs through one screen.
ROUND = 400


@dataclass
class Walked:
    nameless: set[str] = field(default_factory=set)
    wordless: set[str] = field(default_factory=set)
    unreached: set[str] = field(default_factory=set)
    trapped: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)


def told(widget: QWidget) -> str:
    chain, holder = [type(widget).__name__], widget.parentWidget()
    while holder is not None and len(chain) < 5:
        chain.append(type(holder).__name__)
        holder = holder.parentWidget()
    return f"{widget.accessibleName()!r} {' < '.join(chain)}"


def visible(root: QWidget) -> list[QWidget]:
    return [each for each in root.findChildren(QWidget) if each.isVisible() and each.window() is root.window()]


def takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def examine(found: Walked, name: str, root: QWidget) -> None:
    for widget in visible(root):
        face = QAccessible.queryAccessibleInterface(widget)
        if face is not None and face.role() in INTERACTIVE and not face.state().invisible:
            inside = isinstance(widget.parentWidget(), QAbstractScrollArea) or widget.objectName().startswith("qt_")
            if not inside and not face.text(QAccessible.Text.Name).strip():
                found.nameless.add(f"{name}: {face.role().name} {told(widget)}")
        if isinstance(widget, PAINTED) and not (widget.accessibleName() or widget.accessibleDescription()).strip():
            found.wordless.add(f"{name}: {told(widget)}")
        if isinstance(widget, Picture) and widget.svg and not widget.accessibleDescription().strip():
            found.wordless.add(f"{name}: picture without a sentence: {told(widget)}")


def go_round(found: Walked, name: str, root: QWidget) -> None:
    """Tab from the first widget until it comes back: everyone who takes the focus must have had it."""
    wanted = {each for each in visible(root) if takes_tab(each)}
    root.activateWindow()
    rest(10)
    if QApplication.focusWidget() not in wanted:
        next(each for each in visible(root) if each in wanted).setFocus(Qt.FocusReason.TabFocusReason)
    reached: set[QWidget] = set()
    for _ in range(ROUND):
        before = QApplication.focusWidget()
        reached.add(before)
        said = before.accessibleName()
        QTest.keyClick(before, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        if after is before and after.accessibleName() != said:
            continue  # from pill to pill on the influence map, and out of it behind the last one
        if after is before:
            found.trapped.add(f"{name}: {told(before)}")
            break
        if after in reached:
            break
    # Of buttons that exclude each other Tab reaches one, and the arrow keys the others.
    wanted = {
        each
        for each in wanted
        if not (isinstance(each, QAbstractButton) and each.autoExclusive() and not each.isChecked())
    }
    for widget in wanted - reached:
        if widget.isVisible() and widget.visibleRegion().isEmpty() is False:
            found.unreached.add(f"{name}: {told(widget)}")


def rings(found: Walked, name: str, root: QWidget) -> None:
    """Whoever gets the focus by a key looks different from before."""
    for widget in visible(root):
        if not takes_tab(widget) or widget.visibleRegion().isEmpty():
            continue
        QApplication.focusWidget() and QApplication.focusWidget().clearFocus()
        without = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.hasFocus() and widget.grab().toImage() == without:
            found.unseen.add(f"{name}: {told(widget)}")


@pytest.fixture(scope="module")
def walked(qapp, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    path = tmp_path_factory.mktemp("access") / "kelvara.tna"
    shutil.copyfile(sample_file, path)
    found = Walked()
    with listening() as heard:
        window = open_window()
        window.activateWindow()
        rest(20)
        for name, root in (("start", window),):
            examine(found, name, root)
            go_round(found, name, root)
            rings(found, name, root)
        with in_dialog(window.new_assessment) as dialog:
            examine(found, "new assessment", dialog)
            go_round(found, "new assessment", dialog)
            rings(found, "new assessment", dialog)
        close_window(window)
        window = open_window(path)
        window.activateWindow()
        for place in walk(window.workspace, report=False):
            examine(found, place, window)
            rings(found, place, window)
            window.workspace.rail.setFocus(Qt.FocusReason.TabFocusReason)
            go_round(found, place, window)
        settle()
        close_window(window)
        found.heard = list(heard)
    return found


def test_everything_one_acts_on_has_a_name(walked: Walked) -> None:
    assert not walked.nameless, "\n".join(sorted(walked.nameless))


def test_what_is_painted_tells_its_state_in_words(walked: Walked) -> None:
    assert not walked.wordless, "\n".join(sorted(walked.wordless))


def test_tab_leads_to_everything(walked: Walked) -> None:
    assert not walked.unreached, "\n".join(sorted(walked.unreached))


def test_tab_is_never_caught(walked: Walked) -> None:
    assert not walked.trapped, "\n".join(sorted(walked.trapped))


def test_the_focus_is_seen_wherever_it_is(walked: Walked) -> None:
    assert not walked.unseen, "\n".join(sorted(walked.unseen))


def test_nobody_complains_on_the_way(walked: Walked) -> None:
    assert walked.heard == []


def test_no_part_flashes_up_as_a_window(qapp, sample: Path) -> None:
    """A part that shows itself before it has its place is a window for a moment, and takes the keyboard away."""

    class Watch(QObject):
        flashed: list[str] = []  # noqa: RUF012

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                self.flashed.append(told(watched))
            return False

    window = open_window(sample)
    watch = Watch()
    qapp.installEventFilter(watch)
    for _ in walk(window.workspace, report=False):
        pass
    qapp.removeEventFilter(watch)
    close_window(window)
    assert watch.flashed == []


def test_f6_leads_through_all_regions_and_out_of_every_table(qapp, sample: Path) -> None:
    window = open_window(sample)
    space = window.workspace
    window.activateWindow()
    for place in ("stakeholders.register", "criteria.weights", "priorities.scores", "actions.plan"):
        space.show_step(place)
        settle()
        seen = []
        for _ in space.regions():
            next_region(space, 1)
            focused = QApplication.focusWidget()
            seen.append(
                next(
                    at for at, region in enumerate(space.regions()) if region is focused or region.isAncestorOf(focused)
                )
            )
        assert sorted(seen) == list(range(len(space.regions()))), place
    close_window(window)


def test_the_next_step_by_key_is_ready_for_the_keyboard(qapp, sample: Path) -> None:
    """Ctrl PgDn, Insert, a name, Enter: a new stakeholder, without a click in between."""
    window = open_window(sample)
    space = window.workspace
    window.activateWindow()
    settle()
    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert space.here() == "stakeholders.register"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Insert)
    QTest.keyClicks(QApplication.focusWidget(), "Reef Watch")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert [row["name"] for row in space.desk.read(reading.register)][-1] == "Reef Watch"
    close_window(window)
