"""A change of many records: it is made beside the window, which waits for nothing and takes nothing else meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tna_desktop.kernel import records
from tna_desktop.kernel.bulk import bulk_insert
from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import new_id
from tna_desktop.stages.stakeholders.tables import Contact, Stakeholder
from tna_desktop.ui.desk import MANY


@operation("People added")
def add_people(session, count):
    place = {"name": "Ministry", "rank": 1.0}
    bulk_insert(session, Stakeholder.__table__, [{"id": new_id(), **place} for _ in range(count)])
    return count


@operation("Refused")
def refuse(session):
    raise Refused(message("There is no room for so many."))


def people(space) -> int:
    return space.desk.read(lambda session: session.query(Stakeholder).count())


@pytest.fixture
def many(space) -> int:
    space.desk.do(add_people, MANY + 1)
    return MANY + 1


def test_a_large_change_is_taken_back_beside_the_window(space, many, qtbot) -> None:
    field = QLineEdit(space.screen())
    field.show()
    space.activateWindow()
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClick(space.main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert space.desk.is_held
    assert not space.rail.isEnabled() and not space.stack.isEnabled() and not space.panel.isEnabled()
    here, seq = space.here(), space.desk.document.seq
    QTest.keyClick(space.main, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(space.main, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not space.desk.is_held, timeout=20_000)
    assert space.here() == here  # no key went through meanwhile
    assert space.desk.document.seq == seq + 1 and people(space) == 0
    assert space.rail.isEnabled() and space.stack.isEnabled() and field.hasFocus()
    assert space.appbar.redo.isEnabled()
    space.desk.redo()
    qtbot.waitUntil(lambda: not space.desk.is_held, timeout=20_000)
    assert people(space) == many


def test_a_small_change_is_taken_back_at_once(space) -> None:
    space.desk.do(add_people, 3)
    assert space.desk.undo() is not None and not space.desk.is_held
    assert people(space) == 0


def test_what_cannot_be_done_in_the_background_is_told_and_lets_go(space, qtbot) -> None:
    answers: list[object] = []
    space.desk.do_many(MANY + 1, "Trying", refuse, then=answers.append)
    qtbot.waitUntil(lambda: not space.desk.is_held, timeout=20_000)
    assert answers == [None] and space.stack.isEnabled()
    assert space.telling.toast.isVisible() and "no room" in space.telling.toast.accessibleName()


def test_what_hangs_on_an_entry_counts_but_no_further_than_needed(space, many) -> None:
    @operation("Contacts added")
    def add_contacts(session, stakeholder):
        rows = [{"id": new_id(), "stakeholder_id": stakeholder, "name": f"Person {n}"} for n in range(7)]
        return bulk_insert(session, Contact.__table__, rows)

    first = space.desk.read(lambda session: session.query(Stakeholder.id).first()[0])
    space.desk.do(add_contacts, first)
    assert space.desk.read(records.reach, [first], 100) == 8
    assert space.desk.read(records.reach, [first], 3) > 3
    assert space.desk.read(records.reach, [], 3) == 0
