"""Step 5.1, action plan: measures become actions with a lead, dates, a cost and an indicator."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import operations, reading, results
from ..models import action_columns, action_rows, lead_choices, measure_choices, technology_choices
from .quality import QualityLine


class PlanScreen(StepScreen):
    """What a sound plan says of every action, counted on top; below, the actions."""

    concerns = ("action", "funding", "measure", "technology", "stakeholder", "assessment")
    guide_open = False

    def build(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        read = self.desk.read
        self.quality = QualityLine(self.language)
        self.quality.chosen.connect(self._show_lacking)
        self.take_over = Button("", icon="download-simple", on_click=self.take_over_measures)
        self.take_over.setVisible(False)
        self.table = RecordTable(
            self.desk,
            columns=action_columns(
                self.desk.workflow,
                self.language,
                lambda: read(technology_choices),
                lambda: read(measure_choices),
                lambda: read(lead_choices),
            ),
            rows=action_rows,
            add=operations.add_action,
            change=operations.change_action,
            remove=operations.remove_actions,
            move=operations.move_action,
            defaults=self._defaults,
            noun=(say("action"), say("actions")),
            texts=TableTexts(
                filter=lambda n: say_n("Filter one action", "Filter {n} actions", n),
                add=say("Add action"),
                removed=lambda n: say_n("{n} action deleted", "{n} actions deleted", n),
            ),
            tools=(self.take_over,),
            row_menu=self._row_menu,
            currency=lambda: read(assessment.facts).currency,
            empty=EmptyTexts(
                "flag",
                say("Who does what, by when?"),
                say("Each measure marked for the plan becomes an action with a lead, dates and a cost."),
                type_title=say("Type one by one"),
                type_text=say("What is done, and Enter. The rest can wait."),
                model_icon="download-simple",
                model_title=say("Take over measures"),
                model_text=say("Those marked “to the plan” in stage 4."),
                model=self.take_over_measures,
            ),
        )
        self._top = QWidget()
        layout = QVBoxLayout(self._top)
        layout.setContentsMargins(24, 2, 24, 6)
        layout.addWidget(self.quality)
        self.body.addWidget(self._top)
        self.body.addWidget(self.table, 1)

    def load(self) -> None:
        ticks = self.desk.read(results.quality)
        self.quality.show_ticks(ticks)
        self._top.setVisible(bool(ticks[0].all))
        waiting = len(self.desk.read(reading.waiting_measures))
        self.take_over.setVisible(bool(waiting))
        self.take_over.setText(self.language.say_n("Take over one measure", "Take over {n} measures", waiting))
        if not self.quality.chosen_key():
            self.table.set_filter(None)
        else:
            self._show_lacking(self.quality.chosen_key())
        self.table.reload()

    def _show_lacking(self, key: str) -> None:
        """Show only the actions that do not say this; an empty key shows all."""
        tick = next((tick for tick in self.desk.read(results.quality) if tick.key == key), None)
        lacking = set(tick.lacking) if tick else set()
        self.table.set_filter((lambda row: row.id in lacking) if lacking else None)
        if not lacking:
            self.quality.clear_choice()

    def _defaults(self) -> dict[str, str]:
        planned = self.desk.workflow.catalogue("action_states").find("planned")
        return {"state": "planned"} if planned else {}

    def _row_menu(self, action: str) -> list[Command]:
        say = self.language.say
        row = next((each for each in self.table.rows() if each.id == action), None)
        found = [Command("money", say("Show its money"), lambda: self.desk.go(Place("actions.budget", action)), "coin")]
        if row is not None and row.values["measure_id"]:
            measure = row.values["measure_id"]
            found.append(
                Command(
                    "measure",
                    say("Show the measure"),
                    lambda: self.desk.go(Place("barriers.measures", measure)),
                    "wrench",
                )
            )
        return found

    def take_over_measures(self) -> None:
        """Make an action of every measure marked for the plan that has none, as one change."""
        ids = [each["id"] for each in self.desk.read(reading.waiting_measures)]
        if not ids:
            self.desk.notice(self.language.say("No measure is marked for the plan yet. Mark them in step 4.2."))
            return
        made = self.desk.attempt(operations.take_over_measures, self.desk.workflow, ids)
        if made:
            self.desk.notice(self.language.say_n("One measure taken over", "{n} measures taken over", made), undo=True)

    def show_place(self, place: Place) -> None:
        self.quality.clear_choice()
        self.table.set_filter(None)
        if place.record:
            self.table.select(place.record, place.field)

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            *self.table.commands(),
            Command(
                "plan.take_over",
                say("Take over measures"),
                self.take_over_measures,
                "download-simple",
                english="Take over measures",
            ),
        ]
