"""Step engagement: how and when each stakeholder is engaged, and the meetings with who was invited and who came."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.reports.letter import ATTENDANCE, INVITATION
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts

from .. import operations, reading, results
from .engagement_tables import meeting_columns, meeting_rows, plan_columns, plan_rows
from .meeting import MeetingPanel
from .meeting_letters import LetterMaking

PLAN, MEETINGS = "plan", "meetings"


class EngagementScreen(StepScreen):
    """Two views, plan and meetings; the margin panel shows the meetings of the one, the people of the other."""

    concerns = ("stakeholder", "meeting", "attendance", "stage_role")

    def build(self) -> None:
        say = self.language.say
        self._levels: dict[str, str] = {}
        self.switch = Segmented([(PLAN, say("Plan")), (MEETINGS, say("Meetings"))], name=say("View"))
        self.switch.chosen.connect(self.show_view)
        self.details = Button(say("Who is invited"), "ghost", "users", small=True, on_click=self.panel_wanted.emit)
        self.details.hide()
        self.banner = Banner("good")
        self.banner.hide()
        self.accept_button = Button("", icon="check", on_click=self.accept_levels)
        self.accept_button.hide()
        self.plan = self._plan_table()
        self.meetings = self._meeting_table()
        self.tables = QStackedWidget()
        self.tables.addWidget(self.plan)
        self.tables.addWidget(self.meetings)
        self.panel = MeetingPanel(self.desk)
        self.panel.meeting_wanted.connect(self.show_meeting)
        self.letters = LetterMaking(self.desk, self)
        self.letters.made.connect(self._made)
        self.letters.failed.connect(self._failed)
        self.panel.letters_wanted.connect(self.letters.ask)
        self.plan.current_changed.connect(lambda _id: self._show_panel())
        self.meetings.current_changed.connect(lambda _id: self._show_panel())
        self.meetings.activated.connect(lambda _id, _column: self._open_panel())
        self.plan.activated.connect(lambda _id, _column: self._open_panel())
        head = column(row(self.switch, None, self.details), self.banner, gap=8, margins=(24, 2, 24, 6))
        self.body.addLayout(head)
        self.body.addWidget(self.tables, 1)

    def _plan_table(self) -> RecordTable:
        say, say_n = self.language.say, self.language.say_n
        return RecordTable(
            self.desk,
            columns=plan_columns(self.desk.workflow, self.language),
            rows=plan_rows(self.desk.workflow),
            change=operations.change_stakeholder,
            noun=(say("stakeholder"), say("stakeholders")),
            texts=TableTexts(
                title=say("Engagement plan"),
                filter=lambda n: say_n("Filter one stakeholder", "Filter {n} stakeholders", n),
            ),
            tools=(self.accept_button,),
            empty=EmptyTexts(
                "users-three",
                say("Nobody is in the register yet."),
                say("How each stakeholder is engaged is planned here once the register has names."),
                model_icon="users-three",
                model_title=say("To the register"),
                model_text=say("Begin with five names."),
                model=lambda: self.desk.go("stakeholders.register"),
            ),
        )

    def _meeting_table(self) -> RecordTable:
        say, say_n = self.language.say, self.language.say_n
        return RecordTable(
            self.desk,
            columns=meeting_columns(self.desk.workflow, self.language),
            rows=meeting_rows(self.language),
            add=operations.add_meeting,
            change=operations.change_meeting,
            remove=operations.remove_meetings,
            move=operations.move_meeting,
            duplicate=operations.repeat_meeting,
            noun=(say("meeting"), say("meetings")),
            texts=TableTexts(
                filter=lambda n: say_n("Filter one meeting", "Filter {n} meetings", n),
                add=say("Add meeting"),
                removed=lambda n: say_n("{n} meeting deleted", "{n} meetings deleted", n),
            ),
            row_menu=self._row_menu,
            empty=EmptyTexts(
                "calendar-blank",
                say("Who is met when?"),
                say("Write down each workshop, interview and visit: planned first, then who came and what was agreed."),
                type_title=say("Type one by one"),
                type_text=say("A name and Enter. The rest can wait."),
                paste_text=say("The columns are recognised."),
            ),
        )

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self._levels = self.desk.read(results.suggested_levels, self.desk.workflow)
        open_ones = [
            row["id"] for row in self.desk.read(reading.plan) if not row["engagement"] and row["id"] in self._levels
        ]
        self.accept_button.setVisible(bool(open_ones))
        self.accept_button.setText(
            self.language.say_n("Accept one suggestion", "Accept {n} suggestions", len(open_ones))
        )
        self.plan.reload()
        self.meetings.reload()
        self._show_panel()
        QTimer.singleShot(0, self._offer_panel)

    def view(self) -> str:
        return self.switch.current()

    def keyPressEvent(self, event):
        """Insert begins a meeting also while the keyboard is beside the table, on the switch."""
        if event.key() == Qt.Key.Key_Insert and not event.modifiers() and self.view() == MEETINGS:
            self.meetings.focus_add_line()
        else:
            super().keyPressEvent(event)

    def show_view(self, view: str) -> None:
        self.switch.set_current(view)
        self.tables.setCurrentIndex(0 if view == PLAN else 1)
        self._show_panel()
        self._offer_panel()

    def _show_panel(self) -> None:
        if self.view() == PLAN:
            self.panel.show_stakeholder(self.plan.current())
        else:
            self.panel.show_meeting(self.meetings.current())

    def _offer_panel(self) -> None:
        """Where the margin panel has no room or shows the guide, a button opens it."""
        self.details.setVisible(self.view() == MEETINGS and not self.panel.isVisible())

    def resizeEvent(self, event):
        super().resizeEvent(event)
        QTimer.singleShot(0, self._offer_panel)

    def _open_panel(self) -> None:
        self.panel_wanted.emit()
        self._offer_panel()
        if self.view() == MEETINGS:
            self.panel.show_people()

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Meeting"), self.panel)]

    def show_meeting(self, meeting: str, field: str | None = None) -> None:
        """Show a meeting in its table; its outcome and who came are in the margin panel."""
        self.show_view(MEETINGS)
        self.meetings.select(meeting, None if field in ("present", "outcome", "agenda") else field)
        if field in ("present", "outcome", "agenda"):
            self.panel_wanted.emit()
            self._show_panel()
            if field == "present":
                self.panel.show_people()
            else:
                self.panel.show_words(field)

    def show_place(self, place: Place) -> None:
        meetings = {row["id"] for row in self.desk.read(reading.meetings)}
        if place.record in meetings:
            self.show_meeting(str(place.record), place.field)
        elif place.record:
            self.show_view(PLAN)
            self.plan.select(place.record, place.field)
        elif place.field in (PLAN, MEETINGS):
            self.show_view(place.field)

    # Doing -------------------------------------------------------------------------------------------

    def accept_levels(self) -> None:
        """Give everyone without a level the one the map suggests; what was chosen stays."""
        accepted = self.desk.attempt(operations.accept_suggested_levels, self._levels)
        if accepted:
            text = self.language.say_n("One suggestion accepted", "{n} suggestions accepted", accepted)
            self.desk.notice(text, undo=True)

    def _row_menu(self, meeting: str) -> list[Command]:
        say = self.language.say

        def people() -> None:
            self.meetings.select(meeting)
            self._open_panel()

        return [
            Command("people", say("Who is invited, who came"), people, "users"),
            Command(
                "invitations", say("Invitation letters…"), lambda: self.print_letters(meeting, INVITATION), "file-pdf"
            ),
            Command(
                "attendance",
                say("Attendance list…"),
                lambda: self.print_letters(meeting, ATTENDANCE),
                "clipboard-text",
            ),
        ]

    def print_letters(self, meeting: str | None, kind: str) -> None:
        """Make the letters of a meeting; invitations need somebody to go to."""
        if meeting is None:
            self.desk.notice(self.language.say("Choose a meeting first."))
        elif kind == INVITATION and not self.desk.read(reading.invited, meeting):
            self.desk.notice(self.language.say("Nobody is invited to this meeting yet."))
        else:
            self.letters.ask(meeting, kind)

    def _made(self, path: Path) -> None:
        self.banner.tell(
            "good",
            self.language.say("{name} is written.", name=path.name),
            str(path.parent),
            [
                (self.language.say("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
                (self.language.say("Close"), self.banner.hide),
            ],
        )
        self.banner.show()

    def _failed(self, sentence: str) -> None:
        say = self.language.say
        self.banner.tell("error", say("The letters were not written."), sentence, [(say("Close"), self.banner.hide)])
        self.banner.show()

    def commands(self) -> list[Command]:
        say = self.language.say
        table = self.plan if self.view() == PLAN else self.meetings

        def meetings(do) -> None:
            self.show_view(MEETINGS)
            do()

        own = [
            Command(
                "engagement.accept",
                say("Accept the suggested levels of engagement"),
                self.accept_levels,
                "check",
                english="Accept the suggested levels of engagement",
            ),
            Command(
                "engagement.meeting",
                say("Add meeting"),
                lambda: meetings(self.meetings.focus_add_line),
                "calendar-blank",
                english="Add meeting",
            ),
            Command(
                "engagement.invitations",
                say("Make invitation letters"),
                lambda: meetings(lambda: self.print_letters(self.meetings.current(), INVITATION)),
                "file-pdf",
                english="Make invitation letters",
            ),
            Command(
                "engagement.attendance",
                say("Make an attendance list"),
                lambda: meetings(lambda: self.print_letters(self.meetings.current(), ATTENDANCE)),
                "clipboard-text",
                english="Make an attendance list",
            ),
        ]
        return [*own, *table.commands()]
