"""Step 2.2, weights: how much each criterion matters, agreed and to each group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.findings import Place
from tna_desktop.stages.stakeholders import reading as stakeholders
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.cell_values import Row, editing_text
from tna_desktop.ui.choices import GroupSwitch
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState, empty_page
from tna_desktop.ui.grid import COPY, COPY_ROWS, DELETE, PASTE
from tna_desktop.ui.labels import IconMark, Label
from tna_desktop.ui.layouts import FlowRow, clear, row
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.painting import hairline, start
from tna_desktop.ui.pasting import read_table, write_table
from tna_desktop.ui.records import RecordModel
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.theme import theme

from .. import operations, reading
from ..limits import spread_limit
from .collect import CollectPage
from .collect_lock import WeightsBanner
from .collect_voices import VoicePanel
from .weight_facts import facts_of
from .weight_paste import Voice, pasted_weights
from .weight_rows import WeightPage, page, share_of, shown_groups
from .weight_table import WeightView, weight_columns

_TABLE, _EMPTY, _COLLECT = 0, 1, 2
#: A place within this step that means the screen for collecting.
COLLECT = "collect"


class WeightScreen(StepScreen):
    """The group switch says whose weights are edited; the strip always shows everybody's."""

    concerns = (
        "criterion",
        "criteria_group",
        "group_weight",
        "group_voice",
        "weight_rule",
        "weighing_round",
        "ballot",
        "ballot_answer",
        "stakeholder",
        "score",
    )
    guide_open = False

    def build(self) -> None:
        say = self.language.say
        self.page: WeightPage | None = None
        self._shown_groups: list[str] = []
        self.switch = GroupSwitch(self.language, (), name=say("Whose weights are edited"), lines=2)
        self.switch.chosen.connect(lambda _key: self.load())
        self.mean_button = Button(say("Take the mean of the groups"), icon="users-three", on_click=self.adopt_mean)
        self.collect_button = Button(say("Collect weights"), icon="hand", on_click=self.collect_weights)
        self.banner = WeightsBanner(self.desk)
        self.voices = VoicePanel(self.desk)
        self._facts = QWidget()
        self._flow = FlowRow(self._facts, gap=20, row_gap=2)
        top = QWidget()
        lines = QVBoxLayout(top)
        lines.setContentsMargins(24, 2, 24, 6)
        lines.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.switch, 1)
        first.addStretch(0)
        first.addWidget(self.collect_button, 0, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(first)
        lines.addWidget(self.banner)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self._facts, 1, Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self.mean_button)
        lines.addLayout(second)
        self.model = RecordModel(weight_columns(self.language), self.language, True, self)
        self.view = WeightView(self.model, self._save, self.language)
        self.view.setAccessibleName(say("Weights"))
        self.view.asked.connect(self._asked)
        self.view.menu_asked.connect(self._show_menu)
        self.view.dragging.connect(self._point)
        table = QWidget()
        inside = QVBoxLayout(table)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(top)
        inside.addWidget(self.view, 1)
        inside.addWidget(_Legend(self.language, spread_limit(self.desk.workflow)))
        self.pages = QStackedWidget()
        self.pages.addWidget(table)
        self.pages.addWidget(self._empty_page())
        self.collect = CollectPage(self.desk)
        self.collect.closed.connect(self.show_weights)
        self.pages.addWidget(self.collect)
        self.banner.put_away()
        self.body.addWidget(self.pages, 1)

    def _empty_page(self) -> QWidget:
        say = self.language.say
        state = EmptyState(
            "scales",
            say("There is nothing to weigh yet"),
            say("Weights are given to criteria. Agree on those first."),
            [(say("Go to the criteria"), lambda: self.desk.go("criteria.tree"))],
        )
        for button in state.buttons():
            button.set_kind("outline")
        return empty_page(state)

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.page = self.desk.read(self._read)
        if list(self.page.groups) != self._shown_groups:
            self._shown_groups = list(self.page.groups)
            self.switch.set_groups([(key, self._group_name(key)) for key in self._shown_groups], self._group())
        self.model.load(self.page.rows)
        self.view.grow()
        self.view.open = self.page.open
        collecting = self.pages.currentIndex() == _COLLECT and self.page.criteria
        if collecting:
            self.collect.load()
        else:
            self.pages.setCurrentIndex(_TABLE if self.page.criteria else _EMPTY)
        self.voices.load()
        self._tell_banner(self.page)
        self.mean_button.setVisible(not self._group() and not self.page.locked)
        self.mean_button.setEnabled(bool(self.page.mean))
        self.mean_button.setToolTip(
            "" if self.page.mean else self.language.say("No group has weighed every criterion yet.")
        )
        self._tell()
        self.view.viewport().update()

    def _read(self, session: Any) -> WeightPage:
        workflow = self.desk.workflow
        counts = {group.key: group.count for group in stakeholders.groups(session, workflow)}
        groups = shown_groups(session, workflow, counts)
        if self._group() and self._group() not in groups:
            self.switch.set_current("")
        return page(session, workflow, self.language, self._group(), groups)

    def _group(self) -> str:
        """Whose weights are edited; "" for the agreed ones."""
        return self.switch.current()

    def _group_name(self, key: str) -> str:
        entry = self.desk.workflow.catalogue("stakeholder_groups").find(key)
        return (entry.short or entry.name) if entry else key

    def _tell(self) -> None:
        """The line above the table: what the weights add up to, who has weighed, what wants a discussion."""
        assert self.page is not None
        clear(self._flow)
        facts = facts_of(self.page, self.language)
        for icon, token, strong, rest, tone in facts:
            fact = QWidget()
            row(
                IconMark(icon, token, 16),
                Label(strong, "stage", tone),
                Label(rest, "meta", "text2"),
                gap=7,
                parent=fact,
            )
            fact.setAccessibleName(self.language.say("{number} {what}", number=strong, what=rest))
            self._flow.addWidget(fact)
            fact.show()
        self._facts.updateGeometry()

    def _tell_banner(self, shown: WeightPage) -> None:
        """Why weights cannot be typed here, and what to do about it; nothing while they can."""
        say, say_n = self.language.say, self.language.say_n
        if shown.locked:
            self.banner.tell_locked(self.desk.read(reading.scoring_begun))
        elif shown.hidden is not None:
            count = shown.hidden.ballots
            words = (
                say_n(
                    "Round {number} is hidden and has one ballot. What is shown here was said before it.",
                    "Round {number} is hidden and has {n} ballots. What is shown here was said before it.",
                    count,
                    number=shown.hidden.number,
                )
                if count
                else say("Round {number} is hidden and has no ballot yet.", number=shown.hidden.number)
            )
            self.banner.tell("info", words)
        elif shown.said is not None and shown.from_ballots:
            words = say("These are the answers of people or of the group, so they are changed on the ballots.")
            self.banner.tell("info", words)
        elif shown.said is not None and shown.closed:
            self.banner.tell("info", say("The round is closed. What groups say is changed in a new one."))
        else:
            self.banner.put_away()

    def collect_weights(self) -> None:
        """Ask the groups and the people in them, in the work area."""
        if self.view.finish_editing() and self.page is not None and self.page.criteria:
            self.pages.setCurrentIndex(_COLLECT)
            self.collect.start(self._group())

    def show_weights(self) -> None:
        """Back to the table of weights."""
        self.pages.setCurrentIndex(_TABLE)
        self.load()
        self.collect_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def panel_tabs(self) -> list[tuple[str, QWidget]]:
        return [(self.language.say("Voices"), self.voices)]

    def _point(self, criterion: str, weight: object) -> None:
        """Let the wall follow the slider of the agreed weights."""
        if self._group() or self.page is None:
            return
        share = None if weight is None else share_of(self.page.given, criterion, float(str(weight)))
        self.desk.pointing.emit(self.step_id, criterion, share)

    # Writing -----------------------------------------------------------------------------------------

    def _save(self, id: str, key: str, value: Any) -> None:
        if self._group():
            self.desk.do(operations.set_group_weight, id, self._group(), value)
        else:
            self.desk.do(operations.set_weight, id, value)

    def adopt_mean(self) -> None:
        """Take the mean of the groups' shares as the agreed weights, as one change."""
        if not self.page or not self.page.mean or not self.view.finish_editing():
            return
        if self.desk.attempt(operations.adopt_weights, self.page.mean):
            self.desk.notice(self.language.say("The mean of the groups is now the agreed weight"), undo=True)

    def _asked(self, wish: str) -> None:
        if wish in (DELETE, PASTE) and not self.view.open:
            return
        if wish == DELETE:
            self._keep(dict.fromkeys(self._selected()))
        elif wish == PASTE:
            self.paste()
        elif wish in (COPY, COPY_ROWS):
            self.copy()

    def _leaves(self) -> list[Row]:
        """The criteria in the order they are shown, without the groups above them."""
        return [each for each in self.model.visible if not each.values["branch"]]

    def _selected(self) -> list[str]:
        chosen = set(self.view.selected_ids())
        return [each.id for each in self._leaves() if each.id in chosen]

    def copy(self) -> None:
        """The weights that are shown with their criteria, as worksheets read them: the selected rows, or all of them."""
        chosen = self._selected()
        head = self._group_name(self._group()) if self._group() else self.language.say("Weight")
        lines = [[self.language.say("Criterion"), head]]
        for each in self._leaves():
            weight = each.values["weight"]
            if len(chosen) < 2 or each.id in chosen:
                lines.append([str(each.values["name"]), editing_text(self.model.columns[1], weight, self.language)])
        QGuiApplication.clipboard().setText(write_table(lines))

    def paste(self) -> None:
        """A column of numbers goes from the current criterion down, a block with names to those criteria.

        Columns headed with a group's name, or with “Agreed”, go to that group or to the agreed weights.
        """
        if not self.view.open or not self.view.finish_editing():
            return
        say_n, rows = self.language.say_n, self._leaves()
        here = next((place for place, each in enumerate(rows) if each.id == self.view.current_id()), 0)
        table, chosen = read_table(QGuiApplication.clipboard().text()), self._selected()
        if len(table) == 1 and len(table[0]) == 1 and len(chosen) > 1:  # one number for all that are selected
            table, rows, here = table * len(chosen), [each for each in rows if each.id in chosen], 0
        try:
            criteria = [(each.id, str(each.values["name"])) for each in rows]
            found = pasted_weights(table, criteria, here, self._voices(), self.language)
            if found.unknown and not found.given:
                raise Refused(message("Nothing was pasted. Not among the criteria: {names}.", names=found.unknown))
        except Refused as refused:
            self.desk.refuse(refused)
            return
        if self._keep_voices(found.given) and (found.number > 1 or found.unknown):
            told = say_n("One weight pasted", "{n} weights pasted", found.number)
            if found.unknown:
                left = self.language.say("Not among the criteria: {names}.", names=found.unknown)
                told = self.language.say("{done}. {left}", done=told, left=left)
            self.desk.notice(told, undo=True)

    def _voices(self) -> dict[str, str]:
        """The words that may head a column of weights, and whose weights those are."""
        found = {self.language.say("Agreed"): "", self.language.say("Agreed weight"): ""}
        for entry in self.desk.workflow.catalogue("stakeholder_groups").entries:
            found |= {words: entry.key for words in (entry.key, entry.name, entry.short) if words}
        return found

    def _keep_voices(self, given: Mapping[Voice, Mapping[str, float]]) -> bool:
        shown = self._group()
        voices = {(shown if voice is None else voice): dict(weights) for voice, weights in given.items()}
        if set(voices) == {shown}:
            return self._keep(voices[shown])
        return bool(voices) and self.desk.attempt(operations.set_all_weights, voices) is not None

    def _keep(self, weights: dict[str, float | None] | dict[str, float]) -> bool:
        group = self._group()
        if not weights:
            return False
        if group:
            return self.desk.attempt(operations.set_group_weights, group, self._group_name(group), weights) is not None
        return self.desk.attempt(operations.set_weights, weights) is not None

    # Menu and shell ----------------------------------------------------------------------------------

    def _show_menu(self, where: QPoint) -> None:
        id = self.view.current_id()
        each = next((each for each in self.model.visible if each.id == id), None)
        if each is None or each.values["branch"] or self.page is None:
            return
        say = self.language.say
        menu = Menu(str(each.values["name"]), self)
        if self.view.open:
            menu.add(say("Change the weight"), lambda: self.view.edit_record(each.id, "weight"), "pencil-simple", "F2")
        if self.view.open and not self._group() and each.id in self.page.mean:
            mean = self.page.mean[each.id]
            menu.add(say("Take the mean of the groups here"), lambda: self._keep({each.id: mean}), "users-three")
        menu.add(say("Copy the weights"), self.copy, "copy", "Ctrl C")
        menu.add(say("Paste weights"), self.paste, "clipboard-text", "Ctrl V", enabled=self.view.open)
        menu.add(
            say("Take the weight back"),
            lambda: self._keep({each.id: None}),
            "x",
            "Del",
            enabled=self.view.open and each.values["weight"] is not None,
        )
        menu.exec(where)
        menu.deleteLater()

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command("weights.collect", say("Collect weights"), self.collect_weights, "hand", english="Collect weights"),
            Command(
                "weights.voices",
                say("How groups become the country"),
                self.panel_wanted.emit,
                "users-three",
                english="How groups become the country",
            ),
            Command(
                "weights.mean",
                say("Take the mean of the groups"),
                self.adopt_mean,
                "users-three",
                english="Take the mean of the groups",
            ),
            Command(
                "weights.paste",
                say("Paste weights"),
                self.paste,
                "clipboard-text",
                shortcut="Ctrl+V",
                english="Paste weights",
            ),
            Command(
                "weights.copy",
                say("Copy the weights"),
                self.copy,
                "copy",
                shortcut="Ctrl+C",
                english="Copy the weights",
            ),
        ]

    def show_place(self, place: Place) -> None:
        if place.field == COLLECT:
            self.collect_weights()
            return
        if place.field in self._shown_groups:
            self.switch.set_current(place.field)
            self.load()
        if place.record:
            self.view.select_record(place.record, "weight")
            self.view.setFocus()


class _Legend(QWidget):
    """The foot line: how to read the strip."""

    def __init__(self, language: Any, limit: float):
        super().__init__()
        say = language.say
        words = say(
            "Shapes are groups; the band spans lowest to highest. Amber band: spread above {n} points, discuss it.",
            n=language.number(limit),
        )
        self._words = Label(words, "meta", "text3", max_lines=2)
        layout = row(
            _Tick(), Label(say("agreed weight"), "meta", "text2"), 8, gap=8, margins=(24, 1, 24, 0), parent=self
        )
        layout.addWidget(self._words, 1)
        self.restyle()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(38))

    def paintEvent(self, event):
        hairline(start(self), 0, 0, self.width(), "line2")


class _Tick(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme().px(6), theme().px(20))

    def paintEvent(self, event):
        start(self).fillRect(QRectF(self.width() / 2 - 1, 2, 2, self.height() - 4), theme().color("text"))
