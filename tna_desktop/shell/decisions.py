"""The decision log: who decided what, when and why; and beside it every change that was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel import assessment, journal
from tna_desktop.stages.priorities.results_inputs import aged as older_than_its_data
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.fonts import ready_for
from tna_desktop.ui.forms import choice_box
from tna_desktop.ui.records import Choice, Column, Row
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .page import Page

if TYPE_CHECKING:
    from .workspace import Workspace

#: How many changes the history shows, newest first.
NEWEST = 500


class Decisions(Page):
    """Two views of what happened: the decisions people wrote down, and every change."""

    def __init__(self, space: Workspace):
        say = space.language.say
        self.space, self.desk = space, space.desk
        self._view = Segmented(
            [("decisions", say("Decisions")), ("changes", say("All changes"))],
            "decisions",
            say("What is shown"),
        )
        self._stages = choice_box(
            [("", say("All stages")), *((stage.key, stage.title) for stage in self.desk.workflow.stages)]
        )
        self._stages.setAccessibleName(say("Stage"))
        super().__init__(say("Who decided what, and why?"), "", (self._stages, self._view), scrolls=False)
        self.head.setContentsMargins(24, 20, 24, 6)
        self._stack = QStackedWidget()
        self.column.addWidget(self._stack)
        self.decisions = self._decision_table()
        self.changes = self._change_table()
        self._stack.addWidget(self.decisions)
        self._stack.addWidget(self.changes)
        self._view.chosen.connect(self.show_view)
        self._stages.currentIndexChanged.connect(lambda _at: self.filter_stage(self._stages.currentData()))
        self.desk.changed.connect(self._heard)
        self._stale = True

    def show_view(self, key: str) -> None:
        self._view.set_current(key)
        self._stages.setVisible(key == "decisions")
        self._stack.setCurrentWidget(self.decisions if key == "decisions" else self.changes)

    def filter_stage(self, key: str) -> None:
        """Only the decisions of one stage; an empty key shows all."""
        if self._stages.currentData() != key:
            self._stages.setCurrentIndex(max(0, self._stages.findData(key)))
        self.decisions.set_filter((lambda row: str(row.values["step"]).split(".")[0] == key) if key else None)

    def load(self) -> None:
        self._stale = False
        self.decisions.reload()
        self.changes.reload()

    def _heard(self, _change: object) -> None:
        if self.isVisible():
            self.load()
        else:
            self._stale = True

    def showEvent(self, event):
        if self._stale:
            self.load()
        super().showEvent(event)

    # Tables ------------------------------------------------------------------------------------------

    def _decision_table(self) -> RecordTable:
        say, language = self.desk.language.say, self.desk.language
        places = []
        for number, stage in enumerate(self.desk.workflow.stages, 1):
            places.append(Choice(stage.key, say("{number} {title}", number=number, title=stage.title)))
            places += [
                Choice(
                    f"{stage.key}.{step.key}",
                    say("{stage}.{number} {title}", stage=number, number=at, title=step.title),
                )
                for at, step in enumerate(stage.steps, 1)
            ]
        writable = not self.desk.document.read_only
        return RecordTable(
            self.desk,
            columns=[
                Column("what", say("Decision"), width=260, strong=True, required=True),
                Column("reason", say("Reason"), "long", width=220),
                Column("decided_by", say("Decided by"), width=150),
                Column("decided_on", say("Day"), "date", width=110),
                Column("step", say("Step"), "choice", width=150, choices=places),
                Column("state", say("State"), "computed", width=160, editable=False),
            ],
            rows=self._decision_rows,
            add=assessment.record_decision if writable else None,
            change=assessment.change_decision if writable else None,
            remove=assessment.remove_decisions if writable else None,
            defaults=self._defaults,
            noun=(say("decision"), say("decisions")),
            texts=TableTexts(
                add=say("Record decision"),
                add_line=say("Type what was decided and press Enter"),
                removed=lambda n: language.say_n("{n} decision deleted", "{n} decisions deleted", n),
            ),
            empty=EmptyTexts(
                "chats-circle",
                say("Nothing is recorded yet."),
                say("Decisions you note in any step are collected here."),
            ),
            row_menu=self._row_menu,
        )

    def _defaults(self) -> dict[str, Any]:
        stop = self.space.stop() or self.space._stop
        chosen = self._stages.currentData()
        if chosen:
            return {"step": chosen}
        return {"step": stop.place if stop else ""}

    def _row_menu(self, id: str) -> list[Command]:
        """The way to the step a decision belongs to."""
        found = next((row for row in self.decisions.rows() if row.id == id), None)
        place = str(found.values["step"]) if found else ""
        if self.space.route.find(place) is None:
            return []
        say = self.desk.language.say
        return [Command("go", say("Go to the step"), lambda: self.desk.go(place), "arrow-right")]

    def _decision_rows(self, session: Session) -> list[Row]:
        aged = {each["id"] for each in older_than_its_data(session)}
        words = self.desk.language.say("older than its data")
        return [
            Row(each["id"], {**each, "state": words if each["id"] in aged else ""})
            for each in assessment.decisions(session)
        ]

    def _change_table(self) -> RecordTable:
        say = self.desk.language.say
        return RecordTable(
            self.desk,
            columns=[
                Column("at", say("When"), "computed", width=150, editable=False),
                Column("label", say("Change"), "computed", width=240, editable=False, strong=True),
                Column("about", say("About"), "computed", width=260, editable=False),
                Column("author", say("By"), "computed", width=150, editable=False),
            ],
            rows=self._change_rows,
            noun=(say("change"), say("changes")),
            empty=EmptyTexts(
                "clock-counter-clockwise",
                say("Nothing was changed yet."),
                say("Every change is listed here, with who made it and when."),
            ),
        )

    def _change_rows(self, session: Session) -> list[Row]:
        say, language = self.desk.language.say, self.desk.language
        rows = []
        for change in journal.history(session, newest=NEWEST):
            label = say(change.label)
            if change.undoes:
                label = say("Undone or done again: {change}", change=label)
            about = self._about(change.about)
            ready_for(about)
            rows.append(
                Row(
                    change.id,
                    {
                        "at": language.moment(change.at),
                        "label": label,
                        "about": about,
                        "author": change.author,
                    },
                )
            )
        return rows

    def _about(self, about: str) -> str:
        """A step is told by its name; everything else is in people's own words already."""
        step = self.desk.workflow.step(about)
        return step.title if step is not None else about
