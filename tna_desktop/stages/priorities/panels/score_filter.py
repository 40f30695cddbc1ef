"""Which technologies are shown among the scores: a button that says it and a menu that asks."""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject

from tna_desktop.kernel.document import Document
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.commands import Command
from tna_desktop.ui.menus import Menu

from ..competition import CompetingGroup
from ..score_rows import ALL, DIFFER, LOOKS, UNKNOWN, Shown

#: What was asked for, as long as the assessment is open.
_LAST: WeakKeyDictionary[Document, Shown] = WeakKeyDictionary()


class RowFilter(QObject):
    """Belongs to the Scores screen."""

    def __init__(self, screen):
        super().__init__(screen)
        self._screen, self.model, self.desk, self.language = screen, screen.model, screen.desk, screen.language
        self.groups: tuple[CompetingGroup, ...] = ()
        self.button = Button("", "ghost", "funnel-simple", on_click=self.open_menu)
        self.model.shown = _LAST.get(self.desk.document, Shown())

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command("scores.filter", say("Choose which technologies are shown"), self.open_menu, "funnel-simple",
                    shortcut="F", english="Choose which technologies are shown"),
            Command("scores.differ", say("Show only technologies on which the voices differ"),
                    lambda: self.show_only(DIFFER), "funnel-simple",
                    english="Show only technologies on which the voices differ"),
            Command("scores.all", say("Show all technologies"), lambda: self.show(Shown()), "funnel-simple",
                    english="Show all technologies"),
        ]  # fmt: skip

    def take(self, groups: tuple[CompetingGroup, ...]) -> None:
        """Take over who competes with whom, before the scores are shown."""
        self.groups = groups
        self.model.groups = {group.key: frozenset(group.members) for group in self.groups}
        if self.model.shown.group not in (None, *self.model.groups):
            self.model.shown = replace(self.model.shown, group=None)

    def show(self, shown: Shown) -> None:
        screen = self._screen
        screen.tab.commit()
        screen.grid.finish_editing()
        grid = screen.grid
        key = self.model.key(grid.currentIndex()) if grid.currentIndex().isValid() else None
        _LAST[self.desk.document] = shown
        self.model.show(shown)
        index = self.model.place(*key) if key else self.model.place(None)
        if not index.isValid() and self.model.rows and self.model.columns:
            index = self.model.index(0, 0)
        grid.go_to(index)
        screen.filtered()

    def show_only(self, which: str) -> None:
        """Show those to look at; where there are none, say so and leave all as it is."""
        if which == ALL or self.model.count(which):
            self.show(replace(self.model.shown, only=which))
        else:
            self._tell_none(which)

    def settle(self, reading: bool) -> None:
        """Where nothing is left to look at any more, show all again. ``reading``: not all is known yet."""
        which = self.model.shown.only
        if which != ALL and self.model.every and not self.model.rows and not reading:
            self._tell_none(which)
            self.show(replace(self.model.shown, only=ALL))

    def _tell_none(self, which: str) -> None:
        say = self.language.say
        words = {
            DIFFER: say("There is no technology on which the voices differ."),
            UNKNOWN: say("There is no technology with an unknown score."),
        }
        self.desk.notice(words.get(which, say("There is no technology with a score of low sureness.")))

    def reveal(self, technology: str | None) -> None:
        """Show all when a technology that is to be shown is not among the shown ones."""
        if self.model.shown != Shown() and not self.model.place(technology).isValid():
            self.show(Shown())

    # In words ----------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Say on the button what is shown; whole in its tooltip."""
        shown, say, parts = self.model.shown, self.language.say, []
        if shown.only:
            parts.append(self._look(shown.only))
        if shown.sector is not None:
            parts.append(self._sectors().get(shown.sector, ""))
        parts += [each.called(self.language) for each in self.groups if each.key == shown.group]
        rows, every = len(self.model.rows), len(self.model.every)
        words = self.language.listing([part for part in parts if part])
        short = words if len(words) <= 34 else words[:33].rstrip() + "…"
        count = {"n": self.language.number(rows), "all": self.language.number(every)}
        self.button.setText(say("{which}: {n} of {all}", which=short, **count) if words else say("All technologies"))
        self.button.setToolTip(say("{which}: {n} of {all}", which=words, **count) if words else "")
        self.button.setAccessibleDescription(say("Which technologies are shown"))
        self.button.setEnabled(every > 1)

    def _look(self, which: str) -> str:
        say = self.language.say
        return {DIFFER: say("Voices differ"), UNKNOWN: say("Unknown scores")}.get(which, say("Low sureness"))

    def _sectors(self) -> dict[str, str]:
        return {row["sector_id"]: row["sector"] for row in self.model.every if row["sector_id"]}

    # The menu ----------------------------------------------------------------------------------------

    def open_menu(self) -> None:
        self.menu = Menu(self.language.say("Which technologies are shown"), self._screen)
        self.fill(self.menu)
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def fill(self, menu: Menu) -> None:
        say, number, shown = self.language.say, self.language.number, self.model.shown
        menu.add(say("All technologies"), lambda: self.show(Shown()), keys=number(len(self.model.every)),
                 checked=shown == Shown())  # fmt: skip
        menu.addSeparator()
        words = {DIFFER: say("Only where voices differ"), UNKNOWN: say("Only with unknown scores")}
        for which in LOOKS:
            count, on = self.model.count(which), shown.only == which
            menu.add(
                words.get(which, say("Only with low sureness")),
                lambda which=which, on=on: self.show_only(ALL if on else which),
                keys=number(count), enabled=on or count > 0, checked=on,
            )  # fmt: skip
        sectors = sorted(self._sectors().items(), key=lambda pair: pair[1].casefold())
        if sectors:
            menu.addSeparator()
            menu.add(say("All sectors"), lambda: self.show(replace(shown, sector=None)), checked=shown.sector is None)
        for id, name in sectors:
            menu.add(name, lambda id=id: self.show(replace(shown, sector=id)), checked=shown.sector == id)
        if self.groups:
            menu.addSeparator()
            menu.add(say("All who compete"), lambda: self.show(replace(shown, group=None)), checked=shown.group is None)
        for each in self.groups:
            menu.add(
                each.called(self.language), lambda key=each.key: self.show(replace(shown, group=key)),
                keys=number(len(each.members)), checked=shown.group == each.key,
            )  # fmt: skip
