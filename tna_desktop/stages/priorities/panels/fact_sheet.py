"""The fact sheet of one technology: everything the team knows about it, in groups."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.cell_values import read_number
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.field import Field
from tna_desktop.ui.fonts import set_role
from tna_desktop.ui.labels import Label, StateMark
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.tokens import theme

from .. import reading
from ..operations import change_technology
from ..reading_longlist import OPEN, WAITING, WITHHELD, ConsentStatus, consent_of, technology
from .fact_pictures import Pictures
from .wording import SHARES, share_names


class _FlagWords(Label):
    """The words of a check box in as many lines as they need; a click on them is a click on the box."""

    def __init__(self, text: str, box: QCheckBox):
        super().__init__(text, "body", wrap=True)
        self._box = box

    def mouseReleaseEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton and self._box.isEnabled():
            self._box.click()


class FactSheet(QScrollArea):
    """All fields of the technology the keyboard is on; each is kept when it is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.language = desk, desk.language
        self.id: str | None = None
        say = desk.language.say
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(say("Fact sheet"))
        self.fields: dict[str, Field] = {}
        self._stands: dict[str, Any] = {}
        self.flags: dict[str, QCheckBox] = {}
        self.title = Label("", "dialog_title", wrap=True)
        self.nothing = Label(say("Choose a technology in the list."), "body", "text2", wrap=True)
        self.shares = Shares(desk)
        self._all = QWidget()
        self.withheld = StateMark(
            "attention", say("Withheld: it stays in this file and leaves every report, table and wall.")
        )
        self._box = column(self.title, self.withheld, gap=10, parent=self._all)
        self._group(say("What it is"))
        self._text("short", say("Short name"), say("At most 22 letters, for charts and column heads"))
        self._long("definition", say("In one line"))
        self._choice("purpose", say("Purpose"), "purposes")
        self._choice("sector_id", say("Sector"), "")
        self._choice("biome", say("Ecosystem programme"), "sectors", kind="biome")
        self._text("place", say("Place or ecosystem"))
        self._group(say("Nature"))
        self._box.addWidget(self.shares)
        self._flag("traditional", say("Traditional or indigenous technology"))
        self._flag("genetic_resources", say("Uses genetic resources"))
        self._flag("traditional_knowledge", say("Uses traditional knowledge"))
        self.consent = ConsentLine(desk)
        self._box.addWidget(self.consent)
        self._group(say("Rights and market"))
        self._choice("ownership", say("Ownership and intellectual property"), "ownerships")
        self._choice("market", say("Market category"), "market_categories")
        self._choice("maturity", say("Maturity"), "maturities")
        self._choice("term", say("Time horizon"), "terms")
        self._choice("reach", say("Reach"), "reach")
        self._group(say("In this country"))
        self._long("status", say("Status here"))
        self._long("costs", say("Costs"))
        self._long("benefits", say("Benefits"), say("For people, for nature, for the economy"))
        self._long("risks", say("Risks"))
        self._text("suppliers", say("Possible suppliers"))
        self._long("sources", say("Sources"))
        self._group(say("Pictures"))
        self.pictures = Pictures(desk)
        self._box.addWidget(self.pictures)
        holder = QWidget()
        column(self._all, self.nothing, None, gap=0, margins=(16, 14, 16, 16), parent=holder)
        self.setWidget(holder)
        holder.setAutoFillBackground(False)
        self.restyle()
        self.show_technology(None)

    def restyle(self) -> None:
        for field in self.fields.values():
            if isinstance(field.editor, QPlainTextEdit):
                field.editor.setFixedHeight(theme().px(62))

    # Fields ------------------------------------------------------------------------------------------

    def _group(self, name: str) -> None:
        self._box.addSpacing(4)
        self._box.addWidget(Label(name, "heading"))

    def _text(self, key: str, label: str, help: str = "") -> None:  # noqa: A002
        self._field(key, label, QLineEdit(), help)

    def _long(self, key: str, label: str, help: str = "") -> None:  # noqa: A002
        self._field(key, label, QPlainTextEdit(), help)

    def _choice(self, key: str, label: str, catalogue: str, kind: str = "") -> None:
        combo = QComboBox()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(12)
        combo.addItem(self.language.say("Not said"), "")
        for entry in self.desk.workflow.catalogue(catalogue).entries if catalogue else ():
            if not kind or entry.get("kind") == kind:
                combo.addItem(entry.name, entry.key)
                combo.setItemData(combo.count() - 1, entry.definition, Qt.ItemDataRole.ToolTipRole)
        self._field(key, label, combo)
        self.fields[key].setVisible(combo.count() > 1 or not catalogue)

    def _field(self, key: str, label: str, editor: QWidget, help: str = "") -> None:  # noqa: A002
        field = Field(self.language, label, editor, help)
        field.committed.connect(lambda value, key=key: self._keep(key, value))
        self.fields[key] = field
        self._box.addWidget(field)

    def _flag(self, key: str, label: str) -> None:
        box = QCheckBox()
        box.setAccessibleName(label)
        set_role(box, "body")
        box.clicked.connect(lambda checked, key=key: self.desk.attempt(change_technology, self.id, **{key: checked}))
        self.flags[key] = box
        line = row(box, _FlagWords(label, box), gap=8)
        line.setStretch(1, 1)
        self._box.addLayout(line)

    # Showing and keeping -----------------------------------------------------------------------------

    def show_technology(self, id: str | None) -> None:
        """Show a technology; what is being typed about the same one stays, and what was refused, with the reason."""
        if self.id is not None and id != self.id:
            for field in self.fields.values():
                field.commit()
            self.shares.commit()
        same, self.id = id == self.id, id
        found = self.desk.read(technology, id)
        self._all.setVisible(found is not None)
        self.nothing.setVisible(found is None)
        if found is None:
            self.id = None
            return
        self.title.set_text(found["name"])
        self._offer_sectors()
        for key, field in self.fields.items():
            unchanged = same and self._stands.get(key) == found[key]
            self._stands[key] = found[key]
            if same and field.editor.hasFocus() and not isinstance(field.editor, QComboBox):
                continue
            if unchanged and field.error():
                continue
            field.set_value(found[key] if key != "sector_id" else found[key] or "")
            field.clear_error()
        for key, box in self.flags.items():
            box.setChecked(bool(found[key]))
        self.shares.show_shares(id, [found[name] for name in SHARES])
        status = self.desk.read(consent_of, found)
        self.consent.show_status(id, status)
        self.withheld.setVisible(status is not None and status.state == WITHHELD)
        self.pictures.show_pictures(id)
        if not same:
            self.verticalScrollBar().setValue(0)

    def _offer_sectors(self) -> None:
        combo = self.fields["sector_id"].editor
        sectors = [(row["name"], row["id"]) for row in self.desk.read(reading.sectors)]
        if [(combo.itemText(at), combo.itemData(at)) for at in range(1, combo.count())] != sectors:
            combo.blockSignals(True)
            while combo.count() > 1:
                combo.removeItem(1)
            for name, id in sectors:
                combo.addItem(name, id)
            combo.blockSignals(False)

    def _keep(self, key: str, value: Any) -> None:
        if self.id is None:
            return
        try:
            self.desk.do(change_technology, self.id, **{key: (value or None) if key == "sector_id" else value})
        except Refused as refused:
            self.fields[key].show_error(self.language.tell(refused.reason))


class ConsentLine(QWidget):
    """How it stands with the consent to what a technology carries, as stage 1 has recorded it, and the way there."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk, self.language = desk, desk.language
        self._record = ""
        say = desk.language.say
        self.words = Label("", "meta", "text2", wrap=True)
        self.button = Button(say("Open the consent record"), "link", small=True, on_click=self._open)
        box = column(self.words, gap=2, parent=self)
        box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)

    def show_status(self, entry: str | None, status: ConsentStatus | None) -> None:
        say = self.language.say
        self.setVisible(status is not None)
        if status is None:
            return
        self._record = status.record or entry or ""
        whose = status.whose or say("nobody named yet")
        form = self.desk.workflow.name("consent_forms", status.form) if status.form else say("not asked yet")
        if status.state == WAITING:
            self.words.set_text(say("Consent: nobody was asked yet. Begin a record before it is shown to others."))
        elif status.state == OPEN:
            self.words.set_text(say("Consent of {whose}: {form}. It may be shown.", whose=whose, form=form))
        else:
            self.words.set_text(say("Consent of {whose}: {form}. It is withheld.", whose=whose, form=form))

    def _open(self) -> None:
        self.desk.go(Place("stakeholders.consent", self._record))


class Shares(QWidget):
    """How far a technology is hardware, know-how and organisation: two are given, the third is the rest of 100 per cent."""

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk, self.language = desk, desk.language
        self.id: str | None = None
        self._stand: list[float | None] = []
        say = desk.language.say
        names = share_names(desk.language)
        self.boxes = [Field(desk.language, name, QLineEdit()) for name in names[:2]]
        self.rest = Field(desk.language, names[2], QLineEdit())
        self.rest.editor.setReadOnly(True)
        self.rest.editor.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for field in (*self.boxes, self.rest):
            field.editor.setMinimumWidth(48)
        for field in self.boxes:
            field.editor.setPlaceholderText("–")
        line = row(gap=8)
        for field in (*self.boxes, self.rest):
            line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)  # side by side, also where one says what is wrong
        self._help = Label(say("Organisation is what remains of 100 %."), "meta", "text3", wrap=True)
        layout = column(gap=4, parent=self)
        layout.addLayout(line)
        layout.addWidget(self._help)
        for field in self.boxes:
            field.committed.connect(lambda _value: self._keep())

    def show_shares(self, id: str, shares: list[float | None]) -> None:
        """Show the shares that are kept; begun ones of the same technology stay until they are whole."""
        unchanged = (id, shares) == (self.id, self._stand)
        self.id, self._stand = id, shares
        if unchanged and (any(field.error() for field in self.boxes) or self._one_given()):
            return
        for field, share in zip(self.boxes, shares, strict=False):
            field.set_value("" if share is None else self.language.percent(share))
            field.clear_error()
        self._show_rest(shares[2])

    def _one_given(self) -> bool:
        return len({bool(str(field.value()).strip("–- ")) for field in self.boxes}) == 2

    def commit(self) -> None:
        for field in self.boxes:
            field.commit()

    def _show_rest(self, share: float | None) -> None:
        self.rest.set_value(self.language.percent(share))

    def _keep(self) -> None:
        """Both are known: keep all three. One alone is only shown until the other is given."""
        given: list[float | None] = []
        for field in self.boxes:
            text = str(field.value()).replace("%", "").replace("٪", "").strip()
            try:
                given.append(None if text in ("", "–", "-") else read_number(text, self.language) / 100)
                field.clear_error()
            except Refused as refused:
                field.show_error(self.language.tell(refused.reason))
                return
        hardware, software = given
        if self.id is None or (hardware is None) != (software is None):
            return
        values: list[float | None] = [None, None, None]
        if hardware is not None and software is not None:
            if hardware < 0 or software < 0 or hardware + software > 1.0001:
                self.boxes[1].show_error(self.language.say("Together at most 100 %."))
                return
            values = [hardware, software, max(0.0, round(1 - hardware - software, 6))]
        self._show_rest(values[2])
        self.desk.attempt(change_technology, self.id, **dict(zip(SHARES, values, strict=True)))
