"""The bodies of the assessment: a table, and below it who sits in the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import FlowRow, clear, column, row
from tna_desktop.ui.library import LibraryPicker, PickEntry
from tna_desktop.ui.records import Choice, Column, Row
from tna_desktop.ui.scrolling import scrolling
from tna_desktop.ui.shapes import ShapeMark
from tna_desktop.ui.table_step import EmptyTexts, RecordTable, TableTexts
from tna_desktop.ui.theme import theme

from .. import operations, reading
from ..checks.coverage import NEEDED_BODIES
from ..models import choices


def body_columns(desk: Desk) -> list[Column]:
    say, workflow = desk.language.say, desk.workflow

    def leaders() -> list[Choice]:
        return [Choice(person.id, person.name, group=person.group) for person in desk.read(reading.participants)]

    return [
        Column("name", say("Body"), width=190, strong=True, required=True),
        Column("kind", say("Kind"), "choice", width=136, choices=choices(workflow, "body_kinds")),
        Column("lead_id", say("Led by"), "choice", width=170, choices=leaders, help=say("Who leads or chairs it")),
        Column("members", say("Members"), "number", width=76, editable=False, decimals=0),
        Column("sector", say("Sector"), "choice", width=130, least=760, choices=choices(workflow, "sectors"),
               help=say("For a working group")),
        Column("task", say("Task"), "long", width=170, least=940),
    ]  # fmt: skip


def body_rows(session: Session) -> list[Row]:
    return [Row(body["id"], {**body, "members": len(body["members"])}) for body in reading.bodies(session)]


class BodiesView(QWidget):
    """The table of bodies, and the members of the chosen one with a button to choose them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        say, say_n = self.language.say, self.language.say_n
        self.table = RecordTable(
            desk,
            columns=body_columns(desk),
            rows=body_rows,
            add=operations.add_body,
            change=operations.change_body,
            remove=operations.remove_bodies,
            move=operations.move_body,
            noun=(say("body"), say("bodies")),
            texts=TableTexts(
                filter=lambda n: say_n("Filter one body", "Filter {n} bodies", n),
                add=say("Add a body"),
                removed=lambda n: say_n("{n} body deleted", "{n} bodies deleted", n),
            ),
            empty=EmptyTexts(
                "gavel",
                say("Who carries this assessment?"),
                say("A steering body, a coordinator and a core team; then a working group for each sector."),
                type_title=say("Type one by one"),
                type_text=say("A name and Enter. The rest can wait."),
                paste_text=say("The columns are recognised."),
                model_title=say("Begin with the usual three"),
                model_text=say("Steering body, coordinator and core team, to be named and led."),
                model=self.begin,
            ),
        )
        self.table.current_changed.connect(lambda _id: self._show_members())
        self.title = Label("", "label", "text", elide=True)
        self.choose_button = Button(say("Choose members…"), icon="users", small=True, on_click=self.choose)
        self._none = Label(say("Nobody sits in it yet."), "body", "text3")
        self._people = QWidget()
        self._flow = FlowRow(self._people, gap=16, row_gap=4)
        self._scroll = scrolling(self._people)
        self.panel = QWidget()
        head = row(self.title, self.choose_button, gap=12)
        head.setStretch(0, 1)
        column(Hairline(), head, self._none, self._scroll, gap=6, margins=(24, 0, 24, 8), parent=self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.panel)
        self.panel.hide()
        self.restyle()

    def restyle(self) -> None:
        self._scroll.setFixedHeight(theme().px(76))

    def load(self) -> None:
        self.table.reload()
        if self.table.current() is None and self.table.rows():
            self.table.view.select_record(self.table.rows()[0].id)
        self._show_members()

    def _body(self) -> dict | None:
        here = self.table.current()
        return next((body for body in self.desk.read(reading.bodies) if body["id"] == here), None) if here else None

    def _show_members(self) -> None:
        body = self._body()
        self.panel.setVisible(body is not None)
        clear(self._flow)
        if body is None:
            return
        say = self.language.say
        self.title.setText(say("Members of {body}", body=body["name"]))
        for id, name, group in body["members"]:
            one = QWidget()
            words = say("{name} (leads)", name=name) if id == body["lead_id"] else name
            label = Label(words, "body_medium" if id == body["lead_id"] else "body")
            label.setMaximumWidth(theme().px(420))
            mark = ShapeMark(group, self.desk.workflow.name("stakeholder_groups", group), 12) if group else None
            row(*([mark] if mark else []), label, gap=6, parent=one)
            self._flow.addWidget(one)
            one.show()
        self._none.setVisible(not body["members"])
        self._scroll.setVisible(bool(body["members"]))

    def begin(self) -> None:
        """Add a steering body, a coordinator and a core team under their general names."""
        name = self.desk.workflow.name
        self.desk.attempt(operations.add_bodies, [(kind, name("body_kinds", kind)) for kind in NEEDED_BODIES])

    def choose(self) -> None:
        """Pick the members from the register, group by group; nobody is an answer too."""
        body = self._body()
        if body is None:
            return
        say, say_n = self.language.say, self.language.say_n
        chosen = LibraryPicker.choose(
            self,
            self.language,
            say("Who sits in {body}?", body=body["name"]),
            self.desk.read(people_by_group, self.desk.workflow, self.language),
            checked=[id for id, _, _ in body["members"]],
            verb=lambda n: say_n("Choose one", "Choose {n}", n) if n else say("Choose nobody"),
            none_is_an_answer=True,
        )
        if chosen is not None:
            self.desk.attempt(operations.choose_members, body["id"], chosen)

    def show_body(self, id: str | None, field: str | None = None) -> None:
        if id is None or not self.table.select(id, field):
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)


def people_by_group(session: Session, workflow: Workflow, language: Language) -> list[tuple[str, list[PickEntry]]]:
    """Everyone in the register, group by group, to be picked from."""
    groups: dict[str, list[PickEntry]] = {entry.name: [] for entry in workflow.catalogue("stakeholder_groups").entries}
    for person in reading.participants(session):
        name = workflow.name("stakeholder_groups", person.group) or language.say("No group")
        groups.setdefault(name, []).append(PickEntry(person.id, person.name))
    return [(name, entries) for name, entries in groups.items() if entries]
