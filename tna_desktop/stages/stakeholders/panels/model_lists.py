"""Taking stakeholders from the model lists: one list after the other is shown, what is checked in each is added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from tna_desktop.kernel.text import Language
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.fonts import ready_for, set_role
from tna_desktop.ui.labels import Label
from tna_desktop.ui.layouts import row
from tna_desktop.ui.library import LibraryModel, LibraryPicker, PickEntry

from ..models import Shelf

#: In place of a list: what is checked in all of them.
_CHOSEN = -1


class ModelListPicker(LibraryPicker):
    """A box to choose the list above its entries; checks stay while one looks at another list."""

    def __init__(
        self,
        language: Language,
        title: str,
        shelves: Sequence[Shelf],
        text: str = "",
        unread: str = "",
        parent: QWidget | None = None,
    ):
        self.shelves, self._elsewhere = list(shelves), set[str]()
        super().__init__(language, title, shelves[0].groups, text, parent=parent)
        self.box = QComboBox()
        set_role(self.box, "body")
        self.box.setAccessibleName(language.say("Model list"))
        kind = shelves[0].kind
        for place, shelf in enumerate(shelves):
            if shelf.kind != kind:
                self.box.insertSeparator(self.box.count())
                kind = shelf.kind
            ready_for(shelf.title)
            entries = sum(len(entries) for _, entries in shelf.groups)
            self.box.addItem(language.say("{list} ({count})", list=shelf.title, count=entries), place)
        self.box.insertSeparator(self.box.count())
        self.box.addItem(language.say("What will be added"), _CHOSEN)
        self.about_list = Label(shelves[0].description, "meta", "text2", wrap=True)
        body = self.search.parentWidget().layout()
        line = QWidget()
        row(Label(language.say("List"), "label", "text2"), self.box, gap=10, parent=line).setStretch(1, 1)
        body.insertWidget(0, line)
        body.insertSpacing(1, 4)
        body.insertWidget(2, self.about_list)
        body.insertSpacing(3, 6)
        if unread:
            self.banner = Banner("attention", text=unread)
            body.insertWidget(0, self.banner)
            body.insertSpacing(1, 6)
        self.box.currentIndexChanged.connect(lambda _at: self.show_list(int(self.box.currentData())))

    def show_list(self, place: int) -> None:
        """Show another list, or all that is checked; what is checked stays checked, also where it stands in both."""
        checked = set(self.chosen())
        groups = self._checked_groups(checked) if place == _CHOSEN else self.shelves[place].groups
        self.about_list.set_text(
            self.shelves[place].description
            if place != _CHOSEN
            else self.language.say("What is checked in all lists. Uncheck what is not wanted.")
        )
        model = LibraryModel(self.language, groups, checked)
        self._elsewhere = checked - model.checked
        before, self.model = self.model, model
        self.list.clicked.disconnect()
        self.list.setModel(model)
        self.list.clicked.connect(model.toggle)
        model.dataChanged.connect(lambda *_: self._tell())
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._show_about(index))
        before.deleteLater()
        self._search(self.search.text())

    def _checked_groups(self, checked: set[str]) -> list[tuple[str, list[PickEntry]]]:
        groups: dict[str, dict[str, PickEntry]] = {}
        seen: set[str] = set()
        for shelf in self.shelves:
            for name, entries in shelf.groups:
                for entry in entries:
                    if entry.key in checked and entry.key not in seen:
                        seen.add(entry.key)
                        groups.setdefault(name, {})[entry.key] = entry
        return [(name, list(entries.values())) for name, entries in groups.items()]

    def chosen(self) -> list[str]:
        """The keys of what is checked in all lists, each once."""
        checked = set(self.model.chosen()) | self._elsewhere
        keys = [entry.key for shelf in self.shelves for _, entries in shelf.groups for entry in entries]
        return [key for key in dict.fromkeys(keys) if key in checked]

    def _tell(self) -> None:
        here, everywhere = len(self.model.chosen()), len(self.chosen())
        say, say_n = self.language.say, self.language.say_n
        words = say_n("one checked", "{n} checked", everywhere) if everywhere else ""
        if everywhere > here:
            words = say("{all}, {here} in this list", all=words, here=here)
        self._count.set_text(words)
        self.verb_button.setText(self._verb(everywhere))
        self.verb_button.setEnabled(everywhere > 0)

    @classmethod
    def choose_from(
        cls,
        parent: QWidget | None,
        language: Language,
        title: str,
        shelves: Sequence[Shelf],
        text: str = "",
        unread: str = "",
    ) -> list[str]:
        """Show the lists, and which files could not be read; the keys that were chosen, none when one went back."""
        picker = cls(language, title, shelves, text, unread, parent)
        chosen = picker.chosen() if picker.exec() else []
        picker.deleteLater()
        return chosen
