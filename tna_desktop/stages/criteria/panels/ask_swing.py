"""Swing: everything at its worst; what would one improve first, and what is the rest worth beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.labels import Label

from ..reading.ballots import Answer
from ..results import FamilyOutcome
from .ask import Asker, NumberTable

SWING, TOP = "swing", 100


class SwingAsker(Asker):
    """A cell for each criterion below which its worst and its best end stand.

    ``ends``: criterion id -> what its worst and its best end are, as words.
    """

    def __init__(self, language: Language, ends: Mapping[str, tuple[str, str]], parent: QWidget | None = None):
        super().__init__(language, parent)
        self._ends = ends
        self.hint = Label("", "body_medium", wrap=True)
        self.table = NumberTable(language, 0, TOP)
        self.table.typed.connect(self.changed)
        self.table.left.connect(self.finished)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.table, 1)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        say, notes = self.language.say, {}
        for node in self.family.nodes:
            worst, best = self._ends.get(node.id, ("", ""))
            if node.branch:
                notes[node.id] = say("From the worst to the best on all its criteria")
            elif worst and best:
                notes[node.id] = say("From “{worst}” to “{best}”", worst=worst, best=best)
            else:
                notes[node.id] = say("Its scale has no ends described yet: from the worst to the best case")
        self.table.show_nodes(self.family, [(SWING, "")], notes)
        self.table.set_values({(node, kind): value for node, _, kind, value in answers})

    def answers(self) -> list[Answer]:
        return [(node, "", SWING, value) for (node, _), value in self.table.values().items()]

    def tell(self, outcome: FamilyOutcome | None) -> None:
        say, given = self.language.say, self.table.values()
        wrong = self.table.wrong()
        anchored = any(value == TOP for value in given.values())
        if wrong:
            self.hint.setText(wrong)
        elif not given:
            self.hint.setText(say("Which of these would you improve first? Give it {top}.", top=TOP))
        elif len(given) == len(self.family.nodes) and not anchored:
            self.hint.setText(say("None has {top} yet. The one you would improve first gets {top}.", top=TOP))
        else:
            left = len(self.family.nodes) - len(given)
            self.hint.setText(
                self.language.say_n(
                    "{n} is left to compare with the first.", "{n} are left to compare with the first.", left
                )
                if left
                else say("All are compared with the one that has {top}.", top=TOP)
            )
        amber = wrong or (len(given) == len(self.family.nodes) and not anchored)
        self.hint.set_tone("amber_ink" if amber else "text")

    def begin(self) -> None:
        self.table.begin()
