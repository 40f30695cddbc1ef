"""Step 1.6, consent: whose knowledge an entry carries, on what terms, and what stays withheld."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.journal import Change
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.layouts import column
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import operations, reading, withholding
from ..models import consent_columns, consent_rows, kind_names
from .consent_form import ConsentForm


class ConsentScreen(StepScreen):
    """The entries with their records, those that wait for one first; the chosen one as a form in the margin panel."""

    own_tabs_first = True

    def build(self) -> None:
        say, say_n = self.language.say, self.language.say_n
        self.banner = Banner()
        self.banner.setVisible(False)
        choose = Button(say("Choose entries"), icon="plus", on_click=self.choose_entries)
        self.table = RecordTable(
            self.desk,
            columns=consent_columns(self.desk.workflow, self.language),
            rows=lambda session: consent_rows(session, self.language),
            change=operations.change_consent,
            remove=operations.remove_consents,
            noun=(say("entry"), say("entries")),
            texts=TableTexts(
                title=say("Consent records"),
                filter=lambda n: say_n("Filter one entry", "Filter {n} entries", n),
                removed=lambda n: say_n("Consent record removed", "{n} consent records removed", n),
            ),
            tools=(choose,),
            empty=EmptyTexts(
                "handshake",
                say("Whose knowledge is used here?"),
                say(
                    "Technologies that use traditional knowledge, and what peoples and communities know, come up here by "
                    "themselves. Any other entry can be chosen."
                ),
                model_title=say("Choose an entry"),
                model_text=say("Then note whose knowledge it is and on what terms."),
                model=self.choose_entries,
            ),
            name_column="entry",
        )
        self.form = ConsentForm(self.desk)
        self.form.removal_wanted.connect(self._remove)
        self.form.beginning_wanted.connect(self._begin)
        self.table.current_changed.connect(lambda _id: self._show())
        top = QWidget()
        column(self.banner, gap=0, margins=(24, 2, 24, 8), parent=top)
        self.top = top
        self.body.addWidget(top)
        self.body.addWidget(self.table, 1)
        self._entry = ""

    def load(self) -> None:
        entry = self._entry
        self.table.reload()
        rows = self.table.rows()
        if rows and self.table.current() is None:
            # An entry that waited has a record now, under another key: stay with the entry.
            same = next((row.id for row in rows if row.values["record"] == entry), rows[0].id)
            self.table.view.select_record(same)
        self._tell()
        self._show()

    def _tell(self) -> None:
        """What waits for a record; else how much is withheld."""
        say, say_n = self.language.say, self.language.say_n
        waiting = len(self.desk.read(reading.waiting))
        held = self.desk.read(withholding.how_much).count
        self.top.setVisible(bool(waiting or held))
        self.banner.setVisible(bool(waiting or held))
        if waiting:
            self.banner.tell(
                "attention",
                say_n("One entry waits for a record.", "{n} entries wait for a record.", waiting),
                say("Until a record says otherwise, nothing of them is withheld."),
                [(say("Withhold all that wait"), self.withhold_waiting)],
            )
        elif held:
            self.banner.tell(
                "info",
                say_n("One entry is withheld.", "{n} entries are withheld.", held),
                say("No report, no table and no wall shows what they say; reports print only how many there are."),
                [],
            )

    def _values(self) -> dict[str, Any] | None:
        row = self.table.model.record(self.table.current() or "")
        return {**row.values, "id": row.id} if row else None

    def _show(self) -> None:
        values = self._values()
        self._entry = values["record"] if values else ""
        self.form.show_row(values)

    # What is done here -------------------------------------------------------------------------------

    def choose_entries(self) -> None:
        """Choose among everything that may carry knowledge; each gets a record, withheld until someone says otherwise."""
        say, names = self.language.say, kind_names(self.language)
        recorded = {row["record"] for row in self.desk.read(reading.consents)}
        groups: dict[str, list[PickEntry]] = {}
        found = self.desk.read(reading.entries)
        for entry in found:
            groups.setdefault(entry.kind, []).append(
                PickEntry(entry.id, entry.name, entry.words, taken=entry.id in recorded)
            )
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("Which entries carry knowledge of a people or community?"),
            [(names[kind], entries) for kind, entries in groups.items()],
            text=say("Of a stakeholder only the knowledge it holds is withheld, never that it takes part."),
        )
        if chosen:
            self._begin_for([(entry.kind, entry.id) for entry in found if entry.id in chosen])

    def withhold_waiting(self) -> None:
        """Begin a record for all that waits: withheld from now on."""
        self._begin_for([(entry.kind, entry.id) for entry in self.desk.read(reading.waiting)])

    def _begin_for(self, places: list[tuple[str, str]]) -> None:
        made = self.desk.attempt(operations.begin_consents, places)
        if made:
            text = self.language.say_n(
                "One record begun; the entry is withheld", "{n} records begun; the entries are withheld", len(made)
            )
            self.desk.notice(text, undo=True)
            self.table.select(made[0])

    def _begin(self) -> None:
        values = self._values()
        if values and values["waits"]:
            self._begin_for([(values["kind"], values["record"])])

    def _remove(self) -> None:
        values = self._values()
        if values and not values["waits"]:
            try:
                self.desk.do(operations.remove_consents, [values["id"]])
            except Refused as refused:
                self.desk.refuse(refused)
                return
            self.desk.notice(self.language.say_n("Consent record removed", "{n} consent records removed", 1), undo=True)

    def _heard(self, change: Change) -> None:
        super()._heard(change)
        taken_back = change.label == operations.change_consent.label and change.result is True
        if taken_back and self.isVisible():
            self.desk.notice(self.language.say("The permission to share was taken back with it."), undo=True)

    # The shell asks ----------------------------------------------------------------------------------

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Record"), self.form)]

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "consent.choose",
                say("Record consent for an entry"),
                self.choose_entries,
                "handshake",
                english="Record consent for an entry",
            ),
            *self.table.commands(),
        ]

    def show_place(self, place: Place) -> None:
        if place.record and self.table.select(place.record, place.field):
            self.form.focus(place.field)
