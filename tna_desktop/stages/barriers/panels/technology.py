"""Which technology the screen is about: a segmented switch, or a combo box when there are too many."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.fonts import ready_for, set_role

#: A segmented switch is for two to seven choices.
MOST = 7


class TechnologySwitch(QWidget):
    """The technologies of the shortlist by short name; ``chosen`` tells the id."""

    chosen = Signal(str)

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        name = language.say("Technology")
        self._known: list[tuple[str, str]] = []
        self.segments = Segmented((), name=name)
        self.segments.chosen.connect(self.chosen)
        self.combo = QComboBox()
        self.combo.setAccessibleName(name)
        set_role(self.combo, "body")
        self.combo.activated.connect(lambda _: self.chosen.emit(self.combo.currentData()))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.segments)
        layout.addWidget(self.combo)
        layout.addStretch(1)

    def current(self) -> str:
        """The id of the chosen technology; empty when there is none."""
        return (self.combo.currentData() or "") if len(self._known) > MOST else self.segments.current()

    def set_technologies(self, technologies: list[tuple[str, str]]) -> None:
        """Show these; the chosen one stays chosen while it is among them."""
        before = self.current()
        if technologies != self._known:
            self._known = technologies
            for _, name in technologies:
                ready_for(name)
            self.combo.clear()
            for id, name in technologies:
                self.combo.addItem(name, id)
            self.segments.set_choices(technologies if len(technologies) <= MOST else ())
            self.set_current(before)
        self.segments.setVisible(0 < len(technologies) <= MOST)
        self.combo.setVisible(len(technologies) > MOST)

    def set_current(self, id: str) -> bool:
        """Choose without telling anybody; whether it is among the technologies."""
        place = next((place for place, (known, _) in enumerate(self._known) if known == id), -1)
        if place < 0:
            return False
        self.combo.setCurrentIndex(place)
        if len(self._known) <= MOST:
            self.segments.set_current(id)
        return True
