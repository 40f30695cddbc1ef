"""Best and worst: the most and the least important criterion, and the others compared with these two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row

from .. import results
from ..reading.ballots import Answer, Family
from ..results import FamilyOutcome
from .ask import Asker, NumberTable

OVER, UNDER = "over", "under"


class BestWorstAsker(Asker):
    """Two choices; then for each other criterion how much the best counts over it, and it over the worst."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(language, parent)
        say = language.say
        self._asked = ("", "")
        self.best = Field(language, say("The most important"), choice_box([]))
        self.worst = Field(language, say("The least important"), choice_box([]))
        self.best.committed.connect(lambda _key: self._chosen())
        self.worst.committed.connect(lambda _key: self._chosen())
        self.hint = Label("", "meta", "text2", wrap=True)
        self.table = NumberTable(language, 1, 9)
        self.table.typed.connect(self._typed)
        self.table.left.connect(self.finished)
        line = row(gap=12, margins=(0, 0, 8, 0))
        line.addWidget(self.best, 1)
        line.addWidget(self.worst, 1)
        self.body.addLayout(line)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.table, 1)

    def ask(self, family: Family, answers: Sequence[Answer]) -> None:
        for field in (self.best, self.worst):
            box = field.editor
            box.blockSignals(True)
            box.clear()  # type: ignore[attr-defined]
            box.addItem(self.language.say("Not chosen yet"), "")  # type: ignore[attr-defined]
            for node in family.nodes:
                box.addItem(node.name, node.id)  # type: ignore[attr-defined]
            box.blockSignals(False)
        super().ask(family, answers)

    def show_answers(self, answers: Sequence[Answer]) -> None:
        best = next((node for node, _, kind, _ in answers if kind == OVER), "")
        worst = next((other for _, other, kind, _ in answers if kind == UNDER), "")
        self.best.set_value(best)
        self.worst.set_value(worst)
        over = {other: value for _, other, kind, value in answers if kind == OVER}
        under = {node: value for node, _, kind, value in answers if kind == UNDER}
        self._show_table({(id, OVER): over[id] for id in over} | {(id, UNDER): under[id] for id in under})

    def answers(self) -> list[Answer]:
        best, worst = self._pair()
        found: list[Answer] = []
        values = self.table.values() if best and worst else {}
        if best:
            found.append((best, best, OVER, 1.0))
            found += [(best, node, OVER, value) for (node, kind), value in values.items() if kind == OVER]
        if worst:
            found.append((worst, worst, UNDER, 1.0))
            # Best over worst is asked once and stands in both rows.
            both = values.get((worst, OVER))
            found += [(node, worst, UNDER, value) for (node, kind), value in values.items() if kind == UNDER]
            if both is not None:
                found.append((best, worst, UNDER, both))
        return found

    def tell(self, outcome: FamilyOutcome | None) -> None:
        say, (best, worst) = self.language.say, self._pair()
        wrong = self.table.wrong()
        if wrong:
            self.hint.setText(wrong)
        elif best and best == worst:
            self.hint.setText(say("The most and the least important must be two different ones."))
        elif not best or not worst:
            self.hint.setText(say("Choose these two first; then compare the others with them."))
        elif outcome is not None and outcome.faults:
            names = {node.id: node.name for node in self.family.nodes}
            self.hint.setText(self.language.tell(results.fault_words(outcome.faults[0], names)))
        else:
            self.hint.setText(say("1 is equally important, 9 is extremely more important."))
        faulty = bool(wrong) or (bool(best) and best == worst) or bool(outcome and outcome.faults)
        self.hint.set_tone("amber_ink" if faulty else "text2")

    def begin(self) -> None:
        best, worst = self._pair()
        if best and worst and best != worst:
            self.table.begin()
        else:
            (self.worst if best else self.best).editor.setFocus(Qt.FocusReason.TabFocusReason)

    def _pair(self) -> tuple[str, str]:
        return str(self.best.value() or ""), str(self.worst.value() or "")

    def _chosen(self) -> None:
        # Numbers that compared with another one no longer mean anything.
        best, worst = self._pair()
        kept = {
            (node, kind): value
            for (node, kind), value in self.table.values().items()
            if (best if kind == OVER else worst) == self._asked[0 if kind == OVER else 1]
        }
        self._show_table(kept)
        self.changed.emit()

    def _typed(self) -> None:
        self.changed.emit()

    def _show_table(self, values: Mapping[tuple[str, str], float | None]) -> None:
        best, worst = self._asked = self._pair()
        if not best or not worst or best == worst:
            self.table.show_nodes(Family("", "", ()), ())
            return
        say = self.language.say
        columns = [
            (OVER, say("{name} over this one", name=self.name(best))),
            (UNDER, say("This one over {name}", name=self.name(worst))),
        ]
        self.table.show_nodes(self.family, columns, {}, [(best, OVER), (worst, UNDER), (best, UNDER)])
        self.table.set_values(values)
