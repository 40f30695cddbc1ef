"""The Meetings tab: the chosen meeting with who is invited and came, its agenda and outcome; or whom a stakeholder met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.buttons import Button, IconButton
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.forms import RecordForm
from tna_desktop.ui.labels import IconMark, Label
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.menus import Menu

from .. import operations, reading
from .meeting_people import PeopleList

PEOPLE, WORDS = "people", "words"


class MeetingPanel(QWidget):
    """Two pages: people, and agenda with outcome. Each field and each check is kept at once."""

    letters_wanted = Signal(str, str)  # the meeting; invitation or attendance
    meeting_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say = self.language.say
        self.meeting: str | None = None
        self.stakeholder: str | None = None
        self.title = Label("", "stage", wrap=True)
        self.when = Label("", "meta", "text2", wrap=True)
        self.nothing = Label("", "body", "text2", wrap=True)
        self.switch = Segmented(
            [(PEOPLE, say("Invited")), (WORDS, say("Agenda, outcome"))], name=say("What of the meeting is shown")
        )
        self.pages = QStackedWidget()
        self.switch.chosen.connect(self._switch_to)
        self.pages.addWidget(self._people_page())
        self.pages.addWidget(self._words_page())
        self._met = QVBoxLayout()
        self._met.setSpacing(2)
        layout = column(
            self.title, self.when, self.nothing, row(self.switch, None), self._met, gap=8, margins=(16, 14, 12, 8),
            parent=self,
        )  # fmt: skip
        layout.addWidget(self.pages, 1)
        self._rest = QWidget()
        self._rest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        layout.addWidget(self._rest, 1)
        self.show_meeting(None)

    def _people_page(self) -> QWidget:
        say = self.language.say
        self.invite_button = Button(
            say("Invite"), icon="plus", icon_end="caret-down", small=True, on_click=self._show_invite_menu
        )
        self.print_button = Button(
            say("Letters"), icon="file-pdf", icon_end="caret-down", small=True, on_click=self._show_print_menu
        )
        self.sum = Label("", "meta", "text2", wrap=True)
        self.people = PeopleList(
            self.language, lambda group: self.desk.workflow.name("stakeholder_groups", group), self
        )
        self.people.noted.connect(self._note)
        self.people.unwanted.connect(self._take_back)
        page = QWidget()
        layout = column(row(self.invite_button, self.print_button, None, gap=6), self.sum, gap=8, parent=page)
        layout.addWidget(self.people, 1)
        return page

    def _words_page(self) -> QWidget:
        say = self.language.say
        agenda, outcome = QPlainTextEdit(), QPlainTextEdit()
        agenda.setPlaceholderText(say("A line for each item, with its hour in front if there is one"))
        outcome.setPlaceholderText(say("What was agreed, what stays open"))
        self.fields = {
            "agenda": Field(self.language, say("Agenda"), agenda),
            "outcome": Field(self.language, say("Outcome"), outcome, help=say("Printed in the report.")),
        }
        self.form = RecordForm(self.language, self.fields, self._save, self)
        page = QWidget()
        layout = column(gap=10, parent=page)
        for field in self.fields.values():
            field.editor.setMinimumHeight(60)
            layout.addWidget(field, 1)
        return page

    # What is shown -----------------------------------------------------------------------------------

    def show_meeting(self, meeting: str | None) -> None:
        """Show a meeting; what was being written for another is kept there."""
        if meeting != self.meeting:
            self.form.commit()
        self.meeting, self.stakeholder = meeting, None
        clear(self._met)
        found = self.desk.read(reading.meeting, meeting)
        say = self.language.say
        for part in (self.title, self.switch, self.pages):
            part.setVisible(found is not None)
        self._rest.setVisible(False)
        self.nothing.setVisible(found is None)
        self.when.setVisible(False)
        if found is None:
            self.nothing.set_text(say("Choose a meeting to see who is invited and what came of it."))
            self._rest.setVisible(True)
            return
        self.title.set_text(found["name"])
        day = self.language.date(found["held_on"]) if found["held_on"] else ""
        both = bool(day and found["place"])
        where = say("{day}, {place}", day=day, place=found["place"]) if both else day or found["place"]
        self.when.set_text(where)
        self.when.setVisible(bool(where))
        entries = self.desk.read(reading.invited, meeting)
        self.people.show_entries(entries)
        self.sum.set_text(self._sum(entries))
        self.form.show(found, meeting)

    def show_stakeholder(self, stakeholder: str | None) -> None:
        """Show which meetings a stakeholder is invited to, and whether it came."""
        if self.meeting is not None:
            self.form.commit()
        self.meeting, self.stakeholder = None, stakeholder
        say = self.language.say
        for part in (self.switch, self.pages, self.when):
            part.setVisible(False)
        self._rest.setVisible(True)
        clear(self._met)
        name = self.desk.read(reading.stakeholder_name, stakeholder or "")
        self.title.set_text(name)
        self.title.setVisible(bool(name))
        met = self.desk.read(reading.meetings_of, stakeholder) if stakeholder else []
        if not name:
            self.nothing.set_text(say("Choose a stakeholder to see which meetings it is invited to."))
        else:
            self.nothing.set_text(say("It is not invited to a meeting yet."))
        self.nothing.setVisible(not met)
        for each in met:
            self._met.addWidget(self._met_line(each))

    def _met_line(self, each: dict[str, Any]) -> QWidget:
        say = self.language.say
        state = (say("came") if each["present"] else say("did not come")) if each["held"] else say("invited")
        words = say("{name}: {state}", name=each["name"], state=state)
        made = QWidget()
        mark = IconMark("check" if each["present"] else "calendar-blank", "text3", 16, beside="body")
        show = IconButton(
            "caret-right",
            say("Show {name}", name=each["name"]),
            small=True,
            on_click=lambda: self.meeting_wanted.emit(each["id"]),
        )
        line = row(mark, Label(words, "body", wrap=True), show, gap=8, parent=made)
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(show, Qt.AlignmentFlag.AlignTop)
        return made

    def _sum(self, entries: list[dict[str, Any]]) -> str:
        say, say_n = self.language.say, self.language.say_n
        if not entries:
            return say("Nobody is invited yet.")
        came = [entry for entry in entries if entry["present"]]
        if not came:
            return say_n("One is invited.", "{n} are invited.", len(entries))
        number = self.language.number
        first = say("{came} of {invited} came.", came=number(len(came)), invited=number(len(entries)))
        women = [entry["women"] for entry in came if entry["women"] is not None]
        men = [entry["men"] for entry in came if entry["men"] is not None]
        counted = [say_n("one woman", "{n} women", sum(women))] if women else []
        counted += [say_n("one man", "{n} men", sum(men))] if men else []
        if not counted:
            return say("{first} {second}", first=first, second=say("Women and men are not counted yet."))
        second = say("Counted: {persons}.", persons=self.language.listing(counted))
        open_ones = sum(1 for entry in came if entry["women"] is None or entry["men"] is None)
        third = say_n("One is not counted.", "{n} are not counted.", open_ones) if open_ones else ""
        return say("{first} {second} {third}", first=first, second=second, third=third).strip()

    def show_words(self, field: str | None = None) -> None:
        """Show agenda and outcome, with the keyboard in one of them."""
        self._switch_to(WORDS)
        if field in self.fields:
            self.fields[field].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_people(self) -> None:
        self._switch_to(PEOPLE)
        if self.people.lines:
            self.people.lines[0].check.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.invite_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _switch_to(self, key: str) -> None:
        self.switch.set_current(key)
        self.pages.setCurrentIndex(0 if key == PEOPLE else 1)

    # What is done ------------------------------------------------------------------------------------

    def _save(self, **values: object) -> None:
        if self.meeting:
            self.desk.do(operations.change_meeting, self.meeting, **values)

    def _note(self, entry: str, values: dict[str, Any]) -> None:
        try:
            self.desk.do(operations.note_presence, entry, **values)
        except Refused as refused:
            self.desk.refuse(refused)
            for line in self.people.lines:
                if line.id == entry:
                    line.take_back()

    def _take_back(self, entry: str) -> None:
        place = next((place for place, line in enumerate(self.people.lines) if line.id == entry), 0)
        if self.desk.attempt(operations.take_back_invitations, [entry]):
            self.desk.notice(self.language.say("Invitation taken back"), undo=True)
            if self.people.lines:
                following = self.people.lines[min(place, len(self.people.lines) - 1)]
                following.check.setFocus(Qt.FocusReason.OtherFocusReason)

    def invite_menu(self) -> Menu:
        """The ways to invite: choose from the register, those with a part in the stage, everyone."""
        say = self.language.say
        menu = Menu(say("Invite"), self)
        menu.add(say("Choose from the register…"), self.choose, "list-bullets")
        stage = self._stage()
        part = self.desk.read(reading.with_a_part, stage) if stage else []
        if part:
            words = say(
                "Everyone with a part in “{stage}” ({n})",
                stage=_stage_title(self.desk.workflow, stage),
                n=self.language.number(len(part)),
            )
            menu.add(words, lambda: self.invite(part), "users-three")
        everyone = [row["id"] for row in self.desk.read(reading.plan)]
        words = say("Everyone in the register ({n})", n=self.language.number(len(everyone)))
        menu.add(words, lambda: self.invite(everyone), "users", enabled=bool(everyone))
        menu.addSeparator()
        menu.add(say("Note everyone invited as present"), self.all_came, "check", enabled=bool(self.people.lines))
        return menu

    def print_menu(self) -> Menu:
        say = self.language.say
        menu = Menu(say("Letters"), self)
        invited = bool(self.people.lines)
        for words, kind, icon, able in (
            (say("Invitation letters…"), "invitation", "file-pdf", invited),
            (say("Attendance list…"), "attendance", "clipboard-text", True),
        ):
            menu.add(words, lambda kind=kind: self._want_letters(kind), icon, enabled=able)
        return menu

    def _want_letters(self, kind: str) -> None:
        if self.meeting:
            self.form.commit()  # the agenda as it stands now
            self.letters_wanted.emit(self.meeting, kind)

    def _show_invite_menu(self) -> None:
        self._popup(self.invite_menu(), self.invite_button)

    def _show_print_menu(self) -> None:
        self._popup(self.print_menu(), self.print_button)

    @staticmethod
    def _popup(menu: Menu, button: Button) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def choose(self) -> None:
        """Pick from the register, group by group; the head of a group takes all of it."""
        if not self.meeting:
            return
        say, say_n = self.language.say, self.language.say_n
        chosen = LibraryPicker.choose(
            self.window(),
            self.language,
            say("Who is invited?"),
            self.desk.read(pick_groups, self.desk.workflow, self.meeting, self.language.say),
            verb=lambda count: say_n("Invite one", "Invite {n}", count) if count else say("Invite"),
        )
        if chosen:
            self.invite(chosen)

    def invite(self, stakeholders: list[str]) -> None:
        if not self.meeting:
            return
        invited = self.desk.attempt(operations.invite, self.meeting, stakeholders)
        if invited:
            text = self.language.say_n("One stakeholder invited", "{n} stakeholders invited", invited)
            self.desk.notice(text, undo=True)
        elif invited == 0:
            self.desk.notice(self.language.say("All of them are invited already."))

    def all_came(self) -> None:
        """Everyone came: those who did not are then unchecked one by one."""
        if self.meeting and self.desk.attempt(operations.note_all_present, self.meeting):
            self.desk.notice(self.language.say("Everyone invited is noted as present"), undo=True)

    def _stage(self) -> str:
        found = self.desk.read(reading.meeting, self.meeting)
        return found["stage"] if found else ""


def pick_groups(
    session: Any, workflow: Workflow, meeting: str, say: Callable[..., str]
) -> list[tuple[str, list[PickEntry]]]:
    """The register by group, as a list to invite from; who is invited already is marked."""
    there = {entry["stakeholder_id"] for entry in reading.invited(session, meeting)}
    groups: dict[str, list[PickEntry]] = {entry.key: [] for entry in workflow.catalogue("stakeholder_groups").entries}
    for each in reading.plan(session):
        entry = PickEntry(
            each["id"], each["name"], workflow.name("engagement_levels", each["engagement"]), "", each["id"] in there
        )
        groups.setdefault(each["group"], []).append(entry)
    named = {key: workflow.name("stakeholder_groups", key) or say("No group") for key in groups}
    return [(named[key], entries) for key, entries in groups.items() if entries]


def _stage_title(workflow: Workflow, key: str) -> str:
    return next((stage.title for stage in workflow.stages if stage.key == key), key)
