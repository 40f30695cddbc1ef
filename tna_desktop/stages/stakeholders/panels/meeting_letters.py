"""Making the letters of a meeting: what they say, in which language, and where the file goes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from tna_desktop.kernel.assessment import facts
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import LANGUAGES, language
from tna_desktop.kernel.workflow import Workflow, from_json, translated
from tna_desktop.paths import resource, user_documents
from tna_desktop.reports.letter import ATTENDANCE, INVITATION, AttendanceList, Invitations, write_letters
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.dialogs import Dialog
from tna_desktop.ui.field import Field, show_lines
from tna_desktop.ui.labels import IconMark, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.tasks import Task
from tna_desktop.ui.theme import theme

from .. import letters, operations, reading, withholding

#: Empty lines on an attendance list, for those nobody expected.
BLANK_LINES = 8


class LettersDialog(Dialog):
    """What the letters say can be changed for this time; the wording is not kept in the file."""

    def __init__(self, desk: Desk, meeting: str, kind: str, parent: QWidget | None = None):
        self.desk, self.meeting, self.kind = desk, meeting, kind
        self.language = desk.language
        say = self.language.say
        self._offered = ""
        known, met = desk.read(facts), desk.read(reading.meeting, meeting)
        assert met is not None
        self._content = known.workflow_content
        self.code = QComboBox()
        for code in _languages():
            self.code.addItem(LANGUAGES[code], code)
        self.spoken = Field(self.language, say("Language of the letters"), self.code)
        self.spoken.set_value(letters.language_code(met["language"], known.language))
        self.spoken.committed.connect(lambda _code: self._offer())
        if self.code.currentIndex() < 0:
            self.code.setCurrentIndex(0)
        body = QWidget()
        parts = self._invitation_fields(known.prepared_by) if kind == INVITATION else self._list_fields()
        inside = column(*parts, self._emblem_row(), self._privacy(), gap=8, parent=body)
        if kind == INVITATION:
            inside.setStretchFactor(self.text, 1)
            self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.signed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        body.setFocusProxy(self.code if kind == ATTENDANCE else self.text.editor)
        count = met["invited"]
        questions = {
            INVITATION: (
                say("Invitation letters"),
                self.language.say_n("One letter for “{name}”.", "{n} letters for “{name}”.", count, name=met["name"]),
            ),
            ATTENDANCE: (say("Attendance list"), say("For “{name}”, by group.", name=met["name"])),
        }
        super().__init__(*questions[kind], say("Save as PDF…"), say("Cancel"), body=body, parent=parent)
        self._offer()

    def _invitation_fields(self, signed: str) -> list[object]:
        say = self.language.say
        self.place = Field(self.language, say("Written in"), QLineEdit(), optional=True)
        self.day = Field(self.language, say("Day"), QDateEdit(date.today()))
        self.day.editor.setCalendarPopup(True)
        # As days are typed everywhere else, whatever the language.
        self.day.editor.setLocale(QLocale.c())
        self.day.editor.setDisplayFormat("yyyy-MM-dd")
        self.day.set_value(date.today())
        self.text = Field(
            self.language,
            say("Text of the letter"),
            QPlainTextEdit(),
            help=say("Greeting, day, place and agenda are added. What you change here holds for this time only."),
        )
        self.signed = Field(self.language, say("Signed by"), QPlainTextEdit())
        self.signed.set_value(signed)
        return [row(self.spoken, self.place, self.day, gap=12), self.text, self.signed]

    def _list_fields(self) -> list[object]:
        lines = QSpinBox()
        lines.setRange(0, 60)
        self.blank = Field(self.language, self.language.say("Empty lines at the end"), lines)
        self.blank.set_value(BLANK_LINES)
        return [row(self.spoken, self.blank, gap=12)]

    def _emblem_row(self) -> QWidget:
        say = self.language.say
        self.emblem = Label("", "meta", "text2")
        self.choose_button = Button(say("Choose an emblem…"), "ghost", small=True, on_click=self.choose_emblem)
        self.remove_button = Button(say("Without an emblem"), "ghost", small=True, on_click=self.remove_emblem)
        self._emblem = QWidget()
        row(self.emblem, None, self.choose_button, self.remove_button, parent=self._emblem)
        self._show_emblem()
        return self._emblem

    def _privacy(self) -> QWidget:
        said = {
            INVITATION: self.language.say("The letters name persons: keep the file private. E-mail and phone are not in it."),
            ATTENDANCE: self.language.say("The list names persons: keep the file private. E-mail and phone are not in it."),
        }  # fmt: skip
        made = QWidget()
        line = row(IconMark("lock-simple", "text3", 14, beside="meta"), gap=6, parent=made)
        line.addWidget(Label(said[self.kind], "meta", "text2", wrap=True), 1)
        return made

    def restyle(self) -> None:
        super().restyle()
        if self.kind == INVITATION:
            self.text.editor.setMinimumHeight(theme().px(60))
            show_lines(self.signed.editor, 2)

    def showEvent(self, event):
        super().showEvent(event)
        if self.kind == INVITATION:
            look = theme()
            host = self.parentWidget().window().height() if self.parentWidget() else look.px(640)
            self.resize(min(look.px(560), self.maximumWidth()), min(look.px(640), max(360, host - 32)))

    # The wording -------------------------------------------------------------------------------------

    def _offer(self) -> None:
        """The usual wording in the chosen language, unless somebody has changed it already."""
        if self.kind != INVITATION or str(self.text.value()) != self._offered:
            return
        spoken = language(self._code())
        try:
            with withholding.outgoing(self.desk.document, spoken) as session:
                self._offered = letters.wording(session, self._workflow(), self.meeting, spoken)
        except Refused as refused:
            # The letter can still be written by hand.
            self.text.show_error(self.language.tell(refused.reason))
            return
        self.text.set_value(self._offered)
        self._offered = str(self.text.value())

    def _code(self) -> str:
        return self.code.currentData() or "en"

    def _workflow(self) -> Workflow:
        return translated(from_json(self._content), language(self._code()))

    # The emblem --------------------------------------------------------------------------------------

    def _show_emblem(self) -> None:
        say, there = self.language.say, self.desk.read(letters.emblem) is not None
        self.emblem.set_text(say("The emblem of the country is on it.") if there else say("Without an emblem."))
        self.remove_button.setVisible(there)

    def choose_emblem(self) -> None:
        say = self.language.say
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("Which picture is the emblem?"), str(user_documents()), say("Pictures (*.png *.jpg *.jpeg)")
        )
        if not chosen:
            return
        try:
            path = Path(chosen)
            with open(path, "rb") as stream:
                content = stream.read(operations.LARGEST_EMBLEM + 1)
            self.desk.do(operations.set_emblem, content, path.name)
        except OSError:
            self.emblem.set_text(say("This picture cannot be read."))
        except Refused as refused:
            self.emblem.set_text(self.language.tell(refused.reason))
        else:
            self._show_emblem()

    def remove_emblem(self) -> None:
        self.desk.attempt(operations.set_emblem, b"")
        self._show_emblem()

    # What comes out ----------------------------------------------------------------------------------

    def made(self) -> tuple[Invitations | AttendanceList, str]:
        """The letters as they were left, and the code of their language."""
        code = self._code()
        with withholding.outgoing(self.desk.document, language(code)) as session:
            if self.kind == ATTENDANCE:
                blank = int(str(self.blank.value()))
                return letters.attendance_list(session, self._workflow(), self.meeting, blank=blank), code
            day = self.day.value()
            told = letters.invitations(
                session,
                self._workflow(),
                self.meeting,
                text=str(self.text.value()),
                signed=str(self.signed.value()),
                place=str(self.place.value()),
                day=day if isinstance(day, date) else None,
            )
        return told, code


class LetterMaking(QObject):
    """Asks what the letters say and where they go, and writes them in the background."""

    made = Signal(object)  # Path
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget):
        super().__init__(parent)
        self.desk, self.host = desk, parent
        self.busy = 0

    def ask(self, meeting: str, kind: str) -> None:
        dialog = LettersDialog(self.desk, meeting, kind, self.host.window())
        told = dialog.made() if dialog.exec() else None
        dialog.deleteLater()
        if told is None:
            return
        path = self._where(told[0].meeting.name, kind)
        if path is not None:
            self.write(told[0], told[1], path)

    def write(self, told: Invitations | AttendanceList, code: str, path: Path) -> None:
        def work(task: Task) -> Path | None:
            whole = write_letters(told, language(code), path, task.progressed.emit, lambda: task.cancelled)
            return path if whole else None

        task = Task(work)
        task.done.connect(self._done)
        task.failed.connect(self._failed)
        task.stopped_early.connect(self._over)
        self.busy += 1
        self.desk.watch(task, self.desk.language.say("Writing the letters"))
        task.start()

    def _where(self, name: str, kind: str) -> Path | None:
        say = self.desk.language.say
        words = {INVITATION: say("Invitation"), ATTENDANCE: say("Attendance list")}[kind]
        stem = re.sub(r"[^\w-]+", "-", f"{words} {name}").strip("-").lower()[:80] or "letters"
        folder = self.desk.document.target.parent if self.desk.document.target else user_documents()
        chosen, _ = QFileDialog.getSaveFileName(
            self.host, say("Where should the letters go?"), str(folder / f"{stem}.pdf"), say("PDF file (*.pdf)")
        )
        if not chosen:
            return None
        return Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")

    def _over(self) -> None:
        self.busy -= 1

    def _done(self, path: Path | None) -> None:
        self._over()
        if path is not None:
            self.made.emit(path)

    def _failed(self, problem: Exception) -> None:
        self._over()
        say = self.desk.language.say
        if isinstance(problem, Refused):
            self.failed.emit(self.desk.language.tell(problem.reason))
        else:
            self.failed.emit(say("The letters could not be made: {problem}", problem=str(problem)[:200]))
            raise problem


def _languages() -> list[str]:
    """Languages with a catalogue."""
    return [
        code
        for code in LANGUAGES
        if code == "en" or (resource("languages") / code / "LC_MESSAGES" / "tna.mo").is_file()
    ]
