"""Step 4.3, policy needs: which laws and rules must change, and who can act."""

from __future__ import annotations

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.cell_values import Choice
from tna_desktop.ui.commands import Command
from tna_desktop.ui.layouts import leave_out
from tna_desktop.ui.library import LibraryPicker
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import operations
from ..models import barrier_choices, policy_columns, policy_library, policy_rows


class PolicyScreen(StepScreen):
    """The measures that change a law or a rule, with the law and the body that can act."""

    concerns = ("measure", "barrier", "hindrance", "technology")
    guide_open = False

    def build(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        models = len(self.desk.workflow.catalogue("policy_needs").entries)
        library = Button(say("Library"), icon="bookmark-simple", on_click=self.open_library)
        leave_out(library, unless=models)
        self.table = RecordTable(
            self.desk,
            columns=policy_columns(self.language, self._barriers),
            rows=lambda session: policy_rows(session, self.language),
            add=operations.add_policy_need,
            change=operations.change_measure,
            remove=operations.remove_policy_needs,
            move=operations.move_measure,
            noun=(say("policy need"), say("policy needs")),
            texts=TableTexts(
                filter=lambda n: say_n("Filter one policy need", "Filter {n} policy needs", n),
                add=say("Add policy need"),
                removed=lambda n: say_n("{n} policy need deleted", "{n} policy needs deleted", n),
            ),
            tools=(library,),
            empty=EmptyTexts(
                "scales",
                say("Which laws and rules must change?"),
                say("Measures of the kind “policy need” stand here by themselves; name the law and who can act."),
                type_title=say("Type one by one"),
                type_text=say("What must change, and Enter."),
                model_icon="bookmark-simple",
                model_title=say("Start from the library") if models else "",
                model_text=say_n("One common policy need.", "{n} common policy needs.", models),
                model=self.open_library if models else None,
            ),
        )
        self.body.addWidget(self.table, 1)

    def load(self) -> None:
        self.table.reload()

    def _barriers(self) -> list[Choice]:
        return self.desk.read(barrier_choices, self.desk.workflow)

    def open_library(self) -> None:
        """Offer the library of policy needs; what is chosen is added as one change."""
        say = self.language.say
        groups = self.desk.read(policy_library, self.desk.workflow, self.language)
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("Which rules usually have to change?"),
            groups,
            text=say("Choose the barrier each one answers afterwards."),
        )
        if chosen:
            made = self.desk.attempt(operations.take_policy_needs, self.desk.workflow, chosen)
            if made:
                self.desk.notice(
                    self.language.say_n("One policy need added", "{n} policy needs added", made), undo=True
                )

    def show_place(self, place: Place) -> None:
        if place.record:
            self.table.select(place.record, place.field)

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            *self.table.commands(),
            Command(
                "policy.library",
                say("Library of policy needs"),
                self.open_library,
                "bookmark-simple",
                english="Library of policy needs",
            ),
        ]
