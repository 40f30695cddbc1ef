"""A file full of words nobody in the room may read, projected step by step: none of them is anywhere in the wall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import whole_window
from tests.builders.canaries import WORD, plant, reached
from tna_desktop.kernel import records
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import Decision
from tna_desktop.stages.actions.tables import Action
from tna_desktop.stages.barriers.tables import Barrier, CoreProblem, Measure
from tna_desktop.stages.criteria import operations, reading
from tna_desktop.stages.criteria.tables import Criterion
from tna_desktop.stages.priorities.tables import Technology
from tna_desktop.stages.stakeholders.tables import Consent, Meeting, Scope

KEY = Qt.Key
#: Kinds of objects through which the document could be come to.
CLOSED = {"Desk", "Document", "Session", "Workspace", "Engine", "Projecting", "MainWindow", "Settings", "Route"}


@pytest.fixture(autouse=True)
def small_method() -> None:
    """The real stages instead of the small method of the other tests of the window."""


@pytest.fixture
def opened(qtbot) -> Iterator:
    """Open a file in the whole window and project it."""
    windows = []

    def open_(path: Path):
        window = whole_window.open_window(path)
        windows.append(window)
        window.workspace.project()
        whole_window.rest(60)
        return window.workspace

    yield open_
    for window in windows:
        window.workspace.projecting.stop()
        whole_window.close_window(window)


def planted(path: Path) -> Path:
    document = Document.open(path)
    document.do(plant)
    document.close()
    return path


def held(wall: QWidget) -> str:
    """All words that are in the wall or on it, in whatever way somebody could come to them."""
    found = [repr(wall.texts()), repr(wall.marks())]
    for each in reached(wall):
        if isinstance(each, str):
            found.append(each)
        if isinstance(each, QObject):
            found.append(each.objectName())
            values = [each.property(bytes(name).decode()) for name in each.dynamicPropertyNames()]
            found += [value for value in values if isinstance(value, str)]
        if isinstance(each, QWidget):
            found += [each.windowTitle(), each.toolTip(), each.statusTip(), each.whatsThis()]
            found += [each.accessibleName(), each.accessibleDescription()]
    # Names are broken over lines: what is looked for must be found there too.
    return " ".join(" ".join(found).split())


def on_pages(wall: QWidget) -> str:
    """What is held on every page of the step."""
    found = []
    for page in range(wall.pages):
        wall.go(page)
        found.append(held(wall))
    wall.go(0)
    return "\n".join(found)


def everywhere(space) -> dict[str, str]:
    """What the wall holds at each step and page of the program."""
    found = {}
    for place in [*whole_window.steps(space), "overview", "decisions", "settings"]:
        if place.startswith("synthesis."):
            continue
        if "." in place:
            space.show_step(place)
        else:
            space.show_page(place)
        whole_window.rest(50)
        space.projecting.tell()
        found[place] = on_pages(space.wall)
    return found


def shown_screen(space, kind: str):
    return next(each for each in space.findChildren(QWidget) if type(each).__name__ == kind and each.isVisible())


def test_no_private_word_is_anywhere_in_the_wall(opened, sample: Path) -> None:
    space = opened(planted(sample))
    found = everywhere(space)
    assert len(found) == 21
    assert {place: words[at - 30 : at + 60] for place, words in found.items() if (at := words.find(WORD)) >= 0} == {}
    for keys in (KEY.Key_B, KEY.Key_Period, KEY.Key_L, KEY.Key_Plus, KEY.Key_Plus, KEY.Key_Question):
        QTest.keyClick(space.wall, keys)
        assert WORD not in held(space.wall)


def test_nothing_leads_from_the_wall_to_the_document(opened, sample: Path) -> None:
    space = opened(sample)
    for place in ("stakeholders.map", "criteria.weights", "criteria.agreement", "actions.plan"):
        space.show_step(place)
        whole_window.rest(50)
        kinds = {kind.__name__ for each in reached(space.wall) for kind in type(each).__mro__}
        assert "Projection" in kinds and not kinds & CLOSED
    assert space.wall.parent() is None and not space.wall.findChildren(QWidget)


def test_an_assessors_own_map_is_nobodys_business(opened, sample: Path) -> None:
    space = opened(planted(sample))
    space.show_step("stakeholders.map")
    whole_window.settle()
    screen = shown_screen(space, "MapScreen")
    before = space.wall.texts(), space.wall.marks()
    assessor = screen.shown.assessors[0]
    assert WORD in assessor
    screen.show_view(assessor)
    pill = screen.canvas.order()[0]
    screen.canvas.set_current(pill)
    place = screen.shown.of(pill).place(assessor)
    for _ in range(4):
        QTest.keyClick(screen.canvas, KEY.Key_Down if place.influence > 3 else KEY.Key_Up)
        assert (space.wall.texts(), space.wall.marks()) == before
    screen.canvas.commit()
    whole_window.rest(80)
    moved = screen.shown.of(pill).place(assessor)
    assert moved.influence != place.influence
    assert (space.wall.texts(), space.wall.marks()) == before and WORD not in on_pages(space.wall)
    screen.show_view("")
    screen.canvas.set_current(pill)
    QTest.keyClick(screen.canvas, KEY.Key_Down if place.influence > 3 else KEY.Key_Up)
    assert (space.wall.texts(), space.wall.marks()) != before  # the team's own map is what the room sees


@operation("Round begun")
def begin_round(session: Session, share: float) -> None:
    """A second round, hidden; one ballot of a person and one of a group, that give all but everything to one criterion."""
    operations.open_round(session)
    round_id = reading.current_round(session).id
    criteria = [row["id"] for row in reading.criteria(session)]
    answers = [(id, "", "points", share if at == 0 else 1.0) for at, id in enumerate(criteria)]
    operations.record_ballot(session, round_id, "government", f"{WORD} voter", "points", "criteria", answers)
    operations.record_ballot(session, round_id, "research", "", "points", "criteria", answers)


@operation("Weights unlocked")
def unlock(session: Session) -> None:
    if reading.weights_locked(session):
        operations.unlock_weights(session, "For another round.")


def test_a_hidden_round_shows_how_many_and_nothing_of_what_they_say(opened, sample: Path, tmp_path: Path) -> None:
    seen = []
    for share in (17.0, 83.0):
        path = tmp_path / f"{share}.tna"
        path.write_bytes(sample.read_bytes())
        document = Document.open(path)
        document.do(unlock)
        document.do(begin_round, share)
        document.close()
        space = opened(path)
        found = {}
        for place in whole_window.steps(space):
            if not place.startswith("synthesis."):
                space.show_step(place)
                whole_window.rest(30)
                space.projecting.tell()
                found[place] = [each.words for each in space.wall.texts()], space.wall.marks()
        for place in ("criteria.weights", "criteria.agreement"):
            words = " ".join(found[place][0])
            assert "2 answers are in" in words and "%" not in words
        assert WORD not in repr(found)
        seen.append(found)
        space.projecting.stop()
    assert seen[0] == seen[1]


def test_a_paper_ballot_that_is_being_typed_stays_on_the_laptop(opened, sample: Path) -> None:
    document = Document.open(sample)
    document.do(unlock)
    document.do(operations.open_round)
    document.close()
    space = opened(sample)
    space.show_step("criteria.weights")
    whole_window.settle()
    screen = shown_screen(space, "WeightScreen")
    screen.collect_weights()
    form = screen.collect.list.form
    form.paper.emit(form.sheet())
    keypad = screen.collect.keypad
    space.projecting.tell()
    before = held(space.wall)
    keypad.begin()
    for text in ("CANARY-41", "1", "77", "23"):
        for letter in text:
            QTest.keyClicks(keypad.grid, letter)
            assert held(space.wall) == before
        QTest.keyClick(keypad.grid, KEY.Key_Return)
        assert held(space.wall) == before
    keypad.left.emit()
    space.projecting.tell()
    shown = held(space.wall)
    assert WORD not in shown and "77" not in {each.words for each in space.wall.texts()}


NAME = "Moonwater calling"


@operation("Withheld")
def withhold(session: Session) -> None:
    """One technology carries withheld knowledge, and its name stands in the words of everything that is about it."""
    record = session.scalars(
        select(Technology).join(CoreProblem, CoreProblem.technology_id == Technology.id).order_by(Technology.rank)
    ).first()
    record.name, record.short = NAME, "Moonwater"
    records.add(session, Consent, kind="technology", record=record.id, form="fpic", may_be_shown=False)
    for kind, column in (
        (CoreProblem, "text"), (Action, "name"), (Action, "short"), (Barrier, "name"), (Measure, "name"), (Meeting, "name"),
        (Meeting, "place"), (Scope, "purpose"), (Criterion, "definition"), (Criterion, "name"), (Decision, "what"),
    ):  # fmt: skip
        for at, each in enumerate(session.scalars(select(kind))):
            words = (f"Why {NAME} stops, {at}", f"{at} about MOONWATER\ncalling")[at % 2]
            setattr(each, column, words)


def test_the_name_of_a_withheld_technology_is_on_no_page(opened, sample: Path) -> None:
    document = Document.open(sample)
    document.do(withhold)
    document.close()
    found = everywhere(opened(sample))
    shown = {place for place, words in found.items() if "moonwater" in words.casefold()}
    assert shown == set()
    assert "Withheld entry" in found["priorities.longlist"] and "Withheld entry" in found["actions.plan"]
