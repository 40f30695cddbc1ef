"""Taking technologies from an earlier assessment: read off the window's thread, chosen from a list, one change."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import message
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.tasks import Task

from ..operations_earlier import take_earlier
from ..reading_earlier import EarlierAssessment, earlier_assessment, met


def choose_file(parent: QWidget, desk: Desk) -> Task | None:
    """Ask for another assessment; its technologies are offered as soon as it is read."""
    say = desk.language.say
    path, _ = QFileDialog.getOpenFileName(
        parent, say("Take technologies from an earlier assessment"), "", say("Assessments (*.tna)")
    )
    return read_file(parent, desk, Path(path)) if path else None


def read_file(parent: QWidget, desk: Desk, path: Path) -> Task:
    """Read another assessment in the background, then offer what it holds."""
    task = Task(lambda _task: earlier_assessment(path))
    task.done.connect(lambda found: offer(parent, desk, found))
    task.failed.connect(lambda problem: _tell(desk, problem))
    desk.watch(task, desk.language.say("Reading {file}", file=path.name))
    return task.start()


def _tell(desk: Desk, problem: Exception) -> None:
    if not isinstance(problem, Refused):
        raise problem
    desk.refuse(problem)


def offer(parent: QWidget, desk: Desk, earlier: EarlierAssessment) -> int:
    """Let the person choose; answers how many technologies were taken over."""
    say, say_n = desk.language.say, desk.language.say_n
    named = earlier.named()
    if not earlier.technologies:
        desk.refuse(Refused(message("{name} holds no technologies that may be taken over.", name=named)))
        return 0
    there = desk.read(met, [each.name for each in earlier.technologies])
    groups: dict[str, list[PickEntry]] = {}
    for each in earlier.technologies:
        details = (say("With its pictures"),) if each.pictures else ()
        entry = PickEntry(
            each.id, each.name, each.values["definition"], each.values["sources"], each.name in there, details
        )
        groups.setdefault(each.sector or say("Without a sector"), []).append(entry)
    text = [
        say("The fact sheet, its sources and pictures come along, marked with where they are from; the other file is not changed."),
        say("Scores, answers to gates and consents stay behind: they belong to the other assessment."),
    ]  # fmt: skip
    if earlier.withheld:
        text.append(
            say_n("One technology is withheld there and is not offered.", "{n} technologies are withheld there and are not offered.", earlier.withheld)
        )  # fmt: skip
    chosen = LibraryPicker.choose(
        parent,
        desk.language,
        say("Technologies of {assessment}", assessment=named),
        list(groups.items()),
        text=" ".join(text),
    )
    if not chosen:
        return 0
    wanted = [each for each in earlier.technologies if each.id in set(chosen)]
    taken = desk.attempt(take_earlier, desk.workflow, wanted, say("From: {assessment}", assessment=named), named)
    if taken:
        desk.notice(
            say_n("One technology taken over", "{n} technologies taken over", len(taken)), undo=True
        )  # fmt: skip
    return len(taken or ())
