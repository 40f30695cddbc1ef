"""6.3 Export: the report leaves the house as PDF and Excel, with what was chosen and nothing private unasked."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QWidget

from tna_desktop.kernel.assessment import facts
from tna_desktop.kernel.text import LANGUAGES
from tna_desktop.paths import user_documents
from tna_desktop.reports.chapter import Options
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.field import Field
from tna_desktop.ui.labels import Hairline, IconMark, Label
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.notices import ProgressCard
from tna_desktop.ui.screen import StepScreen

from ...stakeholders import reading as stakeholder_reading
from ...stakeholders import withholding
from ..operations import note_report
from ..reading import versions
from .making import Making
from .preview import ReportPreview


class ExportScreen(StepScreen):
    """The pages in the middle; what to export, and the reports made so far, in the margin panel."""

    concerns = ("report_version", "consent", "technology", "stakeholder")
    own_tabs_first = True

    def build(self) -> None:
        self.preview = ReportPreview(self.desk)
        self.banner = Banner("error")
        self.banner.hide()
        # Where the margin panel has no room beside the pages, this opens it over them.
        self.choose = Button(
            self.language.say("Choose and export"), "outline", "file-pdf", on_click=self.panel_wanted.emit
        )
        self.choose.hide()
        self.body.addLayout(column(self.banner, row(None, self.choose), margins=(24, 0, 24, 0)))
        self.body.addWidget(self.preview, 1)
        self.making = Making(self.desk, self)
        self.making.made.connect(self._made)
        self.making.failed.connect(self._failed)
        self.making.ended.connect(self._ended)
        self._build_panel()

    def _build_panel(self) -> None:
        say = self.language.say
        self.panel = QWidget()
        self.pdf = Button(say("Export PDF"), "filled", "file-pdf", on_click=lambda: self.export("pdf"))
        self.excel = Button(say("Excel"), "outline", "table", on_click=lambda: self.export("xlsx"))
        self.print = Button(say("Print"), "outline", "printer", on_click=self.print_report)
        self.code = QComboBox()
        for code in self._languages():
            self.code.addItem(LANGUAGES[code], code)
        self.spoken = Field(self.language, say("Report language"), self.code)
        self.spoken.committed.connect(lambda _: self._choices_changed())
        self.annexes = QCheckBox(say("Annexes: lists, scores, method"))
        self.annexes.setChecked(True)
        self.draft = QCheckBox(say("Mark as a draft"))
        self.draft.setChecked(True)
        self.contacts = QCheckBox(say("Names and contact data"))
        for box in (self.annexes, self.draft, self.contacts):
            box.toggled.connect(self._choices_changed)
        self.card = ProgressCard(self.language, say("Writing the report"), say("You can go on working."))
        self.card.stopped.connect(self.making.stop)
        self.making.progressed.connect(lambda share: self.card.set_progress(share * 100))
        self.card.hide()
        self.held = Label("", "meta", "text2", wrap=True)
        self.held.hide()
        self.made_so_far = column(gap=8)
        column(
            self.pdf, row(self.excel, self.print), 4, self.spoken, 4, Label(say("Include"), "label", "text2"), self.annexes, self.draft,
            self.contacts, Label(say("Off: the report may be published."), "meta", "text2", wrap=True), self.held, 6, self.card, Hairline(),
            Label(say("Made so far"), "label", "text2"), self.made_so_far, None, gap=8, margins=(20, 16, 20, 16), parent=self.panel,
        )  # fmt: skip

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Export"), self.panel)]

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "export_pdf",
                say("Export the report as PDF"),
                lambda: self.export("pdf"),
                "file-pdf",
                english="Export the report as PDF",
            ),
            Command(
                "export_excel",
                say("Export the tables for Excel"),
                lambda: self.export("xlsx"),
                "table",
                english="Export the tables for Excel",
            ),
        ]

    def load(self) -> None:
        self._tell_consent()
        clear(self.made_so_far)
        made = self.desk.read(versions)
        if not made:
            self.made_so_far.addWidget(Label(self.language.say("No report was made yet."), tone="text2", wrap=True))
        for each in made[:6]:
            words = self.language.say(
                "{name}, {moment}", name=each["file_name"], moment=self.language.moment(each["made_at"])
            )
            icon = IconMark("table" if each["kind"] == "xlsx" else "file-pdf", "petrol")
            self.made_so_far.addLayout(row(icon, Label(words, "meta", "text2", wrap=True)))
        self._refresh()
        QTimer.singleShot(0, self._offer_panel)

    def _tell_consent(self) -> None:
        """How much is withheld, and what is printed although nobody was asked yet."""
        told = [withholding.sentence(self.desk.read(withholding.how_much), self.language)]
        unasked = len(self.desk.read(stakeholder_reading.waiting))
        if unasked:
            told.append(
                self.language.say_n(
                    "One entry carries traditional knowledge and is not withheld, though no consent is recorded.",
                    "{n} entries carry traditional knowledge and are not withheld, though no consent is recorded.",
                    unasked,
                )
            )
        self.held.set_text("\n".join(filter(None, told)))
        self.held.setVisible(bool(self.held.text()))

    def _refresh(self) -> None:
        self.preview.refresh(self.options(), self.code.currentData() or self.language.code)

    def resizeEvent(self, event):
        super().resizeEvent(event)
        QTimer.singleShot(0, self._offer_panel)

    def _offer_panel(self) -> None:
        self.choose.setVisible(not self.panel.isVisible())

    def options(self) -> Options:
        return Options(
            contacts=self.contacts.isChecked(), annexes=self.annexes.isChecked(), draft=self.draft.isChecked()
        )

    def export(self, kind: str, path: Path | None = None) -> None:
        """Ask where to, then write the report there in the background."""
        if path is None:
            path = self._ask(kind)
        if path is None:
            return
        self.banner.hide()
        self.card.set_progress(None)
        self.card.show()
        for button in (self.pdf, self.excel, self.print):
            button.setEnabled(False)
        self.making.make(path, self.code.currentData() or "en", self.options())

    def showEvent(self, event):
        super().showEvent(event)
        self._refresh()

    def print_report(self) -> None:
        """Open the finished PDF in the computer's own viewer, which knows its printers."""
        report = self.preview.report
        if report.busy or not report.current:  # never pages from before something was withheld
            self._refresh()
            self.desk.notice(self.language.say("The pages are being laid out anew; print them in a moment."))
        elif report.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.path)))

    def _ask(self, kind: str) -> Path | None:
        known = self.desk.read(facts)
        stem = re.sub(r"[^\w-]+", "-", f"{known.country} TNA {known.year or ''}".strip()).strip("-").lower() or "report"
        folder = self.desk.document.target.parent if self.desk.document.target else user_documents()
        kinds = {"pdf": self.language.say("PDF file (*.pdf)"), "xlsx": self.language.say("Excel file (*.xlsx)")}
        title = self.language.say("Where should the report go?")
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(folder / f"{stem}.{kind}"), kinds[kind])
        if not chosen:
            return None
        return Path(chosen) if chosen.lower().endswith(f".{kind}") else Path(f"{chosen}.{kind}")

    def _made(self, path: Path) -> None:
        kind = path.suffix.lower().lstrip(".")
        self.desk.attempt(note_report, kind, self.code.currentData() or "en", path.name, self.desk.document.seq)
        self.desk.notice(self.language.say("Saved: {name}", name=path.name))
        self.banner.tell("good", self.language.say("{name} is written.", name=path.name), str(path.parent),
                         [(self.language.say("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))])  # fmt: skip
        self.banner.show()

    def _failed(self, sentence: str) -> None:
        self.banner.tell("error", self.language.say("The report was not written."), sentence, [])
        self.banner.show()

    def _ended(self) -> None:
        self.card.hide()
        for button in (self.pdf, self.excel, self.print):
            button.setEnabled(True)

    def _choices_changed(self) -> None:
        if self.isVisible():
            self._refresh()

    def _languages(self) -> list[str]:
        """Languages with a catalogue, the assessment's own first."""
        from tna_desktop.paths import resource

        own = self.desk.read(facts).language
        known = [
            code
            for code in LANGUAGES
            if code == "en" or (resource("languages") / code / "LC_MESSAGES" / "tna.mo").is_file()
        ]
        return sorted(known, key=lambda code: code != own)
