"""The questions asked of every sector: the agreed answers, or those of one group, entered by digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from tna_desktop.ui.banner import Banner
from tna_desktop.ui.commands import Command
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.layouts import column
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.records import RecordModel
from tna_desktop.ui.table_step import Choice, Column, EmptyTexts, RecordTable, Row, TableTexts

from .. import operations, reading, results
from ..operations import ANSWER
from ..operations_sectors import answer_for_group, take_answers
from ..reading_sectors import GroupAnswers, group_answers
from ..voices import AGREED, Voice
from .sector_groups import SAID, SIDE, AnswerModel, AnswerPainter, GroupSwitch, SaidStrip
from .wording import sector_kinds


class AnswerTable(RecordTable):
    """Sectors by questions. ``voice`` is the group whose answers are shown and written; "" are the agreed ones."""

    def __init__(self, desk: Desk, texts: TableTexts, empty: EmptyTexts, tools: Sequence[QWidget]):
        say = desk.language.say
        self.voice, self.said = AGREED, dict[tuple[str, str], GroupAnswers]()
        self.questions = desk.workflow.catalogue("sector_questions").entries
        super().__init__(
            desk, columns=self.answer_columns(desk), rows=self._rows,
            add=operations.add_sector, change=operations.change_sector, remove=operations.remove_sectors, move=operations.move_sector,
            noun=(say("sector"), say("sectors")), tools=tools, texts=texts, empty=empty,
        )  # fmt: skip
        self.view.setItemDelegate(AnswerPainter(self.view))

    def make_model(self, columns: Sequence[Column]) -> RecordModel:
        model = AnswerModel(columns, self.language, True, self)
        groups = self.desk.workflow.catalogue("stakeholder_groups").entries
        model.names = {entry.key: entry.short or entry.name for entry in groups}
        return model

    def show_voice(self, voice: str) -> None:
        """Show, and from now on write, the answers of a group."""
        if voice == self.voice:
            return
        current, field = self.current(), self.current_field()
        self.voice = voice
        self.changing = self._change_group if voice else operations.change_sector
        self.adding = self._add_group if voice else operations.add_sector
        self.set_columns(self.answer_columns(self.desk))
        if current:
            self.view.select_record(current, field or None)

    def current_field(self) -> str:
        index = self.view.currentIndex()
        return self.model.columns[index.column()].key if index.isValid() else ""

    def answer_columns(self, desk: Desk) -> list[Column]:
        say = desk.language.say
        kinds = [Choice(key, name) for key, name in sector_kinds(desk.language)]
        names = (say("Sector"), say("Programme"))
        answers = [
            Column(
                ANSWER + entry.key, entry.short or entry.name, "rating", 94 if len(entry.short or entry.name) > 9 else 84,
                help=_explained(entry), names=(entry.name,),
            )
            for entry in self.questions
        ]  # fmt: skip
        mean = Column(
            "mean", say("Mean"), "computed", 60, decimals=2,
            help=say("The mean of the answers; a sector with an open answer has none."),
        )  # fmt: skip
        rank = Column("rank", say("Rank"), "computed", 58)
        name = Column("name", say("Sector"), width=146, strong=True, required=True, names=names, short="short", lines=2)
        if self.voice:
            agreed = [
                Column("agreed_mean", say("Agreed mean"), "computed", 104, decimals=2),
                Column("agreed_rank", say("Agreed rank"), "computed", 96),
            ]
            return [replace(name, width=190), *answers, mean, rank, *agreed]
        return [
            name, Column("kind", say("Kind"), "choice", 112, choices=kinds, least=1060), *answers, mean, rank,
            Column("current_level", say("Level now"), "rating", 88, least=-1, help=say("Where the sector stands today, from 1 to 5.")),
            Column("desired_level", say("Level wanted"), "rating", 104, least=-1, help=say("Where the sector should be, from 1 to 5.")),
            Column("chosen", say("Chosen"), "flag", 66),
            Column("reason", say("Reason"), "long", 100, lines=2, help=say("Why this sector was chosen, or left out.")),
        ]  # fmt: skip

    def _rows(self, session: Session) -> list[Row]:
        say, workflow = self.language.say, self.desk.workflow
        self.said = group_answers(session, workflow)
        agreed = {each.id: each for each in results.sector_ranking(session, workflow)}
        shown = agreed
        own: dict[tuple[str, str], float] = {}
        if self.voice:
            own = {cell: said.by_group[self.voice] for cell, said in self.said.items() if self.voice in said.by_group}
            shown = {each.id: each for each in results.sector_ranking(session, workflow, own)}
        rows = []
        for sector in reading.sectors(session):
            id = sector["id"]
            values = {**sector, "mean": shown[id].value, "rank": self._rank(shown[id])}
            for entry in self.questions:
                said = self.said.get((id, entry.key))
                values[ANSWER + entry.key] = own.get((id, entry.key)) if self.voice else sector["scores"].get(entry.key)
                if said is not None and not self.voice:
                    values[SAID + ANSWER + entry.key] = said
            values |= {"agreed_mean": agreed[id].value, "agreed_rank": self._rank(agreed[id])}
            marks = (
                {"reason": say("Write why this sector was chosen.")}
                if sector["chosen"] and not sector["reason"] and not self.voice
                else {}
            )
            rows.append(Row(id, values, marks))
        return rows

    def _rank(self, each: results.RankedSector) -> int | str | None:
        if each.rank is None or not each.tied:
            return each.rank
        return self.language.say("{rank}=", rank=self.language.number(each.rank))

    # Writing for a group -------------------------------------------------------------------------------

    def _change_group(self, session: Session, id: str, **values: Any) -> None:
        answers = {key: value for key, value in values.items() if key.startswith(ANSWER)}
        rest = {key: value for key, value in values.items() if key not in answers}
        if rest:
            operations.change_sector(session, id, **rest)
        if answers:
            answer_for_group(session, self.desk.workflow, self.voice, id, **answers)

    def _add_group(self, session: Session, name: str, **values: Any) -> str:
        answers = {key: value for key, value in values.items() if key.startswith(ANSWER)}
        rest = {key: value for key, value in values.items() if key not in answers}
        id = operations.add_sector(session, name, **rest)
        if answers:
            answer_for_group(session, self.desk.workflow, self.voice, id, **answers)
        return id

    _change_group.label = answer_for_group.label  # type: ignore[attr-defined]
    _add_group.label = operations.add_sector.label  # type: ignore[attr-defined]


class QuestionsView(QWidget):
    """The table of answers, how the groups stand in a line above it, and what each said in the cell in hand below."""

    def __init__(self, desk: Desk, texts: TableTexts, empty: EmptyTexts, tools: Sequence[QWidget]):
        super().__init__()
        self.desk, self.language = desk, desk.language
        self.table = AnswerTable(desk, texts, empty, tools)
        self.table.view.current_moved.connect(self._show_said)
        self.switch = GroupSwitch(desk.language, self.groups, self._manage)
        self.switch.chosen.connect(self.show_voice)
        self.line = Banner("info")
        self._head = QWidget()
        column(self.line, gap=0, margins=(SIDE, 2, SIDE, 4), parent=self._head)
        self.strip = SaidStrip(desk.language)
        self.strip.taken.connect(self._take_here)
        self.strip.hide()
        column(self._head, self.table, self.strip, gap=0, parent=self).setStretch(1, 1)

    @property
    def voice(self) -> str:
        return self.table.voice

    def load(self) -> None:
        self.table.reload()
        self._show_line()
        self._show_said()

    def groups(self) -> list[Voice]:
        """Every group, with how many questions it answered."""
        counts: dict[str, int] = {}
        for said in self.table.said.values():
            for group in said.by_group:
                counts[group] = counts.get(group, 0) + 1
        entries = self.desk.workflow.catalogue("stakeholder_groups").entries
        return [Voice(entry.key, entry.name, True, counts.get(entry.key, 0)) for entry in entries]

    def show_voice(self, voice: str) -> None:
        """Show the agreed answers, or those of a group."""
        if not self.table.view.finish_editing():
            return
        self.table.show_voice(voice)
        self.switch.show_voice(voice, self._name(voice) if voice else "")
        self._show_line()
        self._show_said()
        self.table.view.setFocus()

    def _name(self, voice: str) -> str:
        return self.desk.workflow.name("stakeholder_groups", voice)

    def _open(self) -> bool:
        """Whether groups answered something on which nothing is agreed."""
        agreed = {row.id: row.values for row in self.table.rows()}
        return any(agreed.get(id, {}).get("scores", {}).get(question) is None for id, question in self.table.said)

    def _show_line(self) -> None:
        say, said = self.language.say, self.table.said
        self._head.setVisible(bool(self.voice or said))
        if self.voice:
            lead = say("Answers of {name}.", name=self._name(self.voice))
            actions = [(say("Back to the agreed answers"), lambda: self.show_voice(AGREED))]
            self.line.tell("info", lead, say("The agreed answers stay as they are."), actions)
        elif said:
            apart = sum(each.far_apart for each in said.values())
            lead = self.language.say_n(
                "The groups disagree on one answer.", "The groups disagree on {n} answers.", apart
            )
            text = self.language.say_n(
                "A group has answered one question; who did not answer does not count.",
                "Groups have answered {n} questions; who did not answer does not count.", len(said),
            )  # fmt: skip
            actions = [(say("Next disagreement"), self.next_apart)] if apart else []
            if self._open():
                actions.append((say("Take the means where nothing is agreed yet"), self.take_means))
            self.line.tell("info", lead if apart else "", text, actions)

    # The cell in hand ----------------------------------------------------------------------------------

    def _cell(self) -> tuple[str, str] | None:
        id, field = self.table.current(), self.table.current_field()
        return (id, field.removeprefix(ANSWER)) if id and field.startswith(ANSWER) else None

    def _show_said(self) -> None:
        cell = None if self.voice else self._cell()
        said = self.table.said.get(cell) if cell else None
        words = ""
        if cell is not None and said is not None:
            found = self.table.model.record(cell[0])
            question = self.desk.workflow.name("sector_questions", cell[1])
            words = self.language.say(
                "{sector}, {question}:", sector=found.values["name"] if found else "", question=question
            )
        self.strip.show_said(words, said, self.table.model.names)  # type: ignore[attr-defined]

    def _take_here(self, how: str) -> None:
        cell = self._cell()
        if cell is not None:
            self.desk.attempt(take_answers, self.desk.workflow, how, [cell], over=True)

    def next_apart(self) -> None:
        """Go to the next answer the groups disagree on, in the order of the table."""
        if self.voice:
            self.show_voice(AGREED)
        keys = [entry.key for entry in self.table.questions]
        cells = [
            (row.id, key) for row in self.table.model.visible for key in keys
            if (row.id, key) in self.table.said and self.table.said[row.id, key].far_apart
        ]  # fmt: skip
        if not cells:
            self.desk.notice(self.language.say("There is no answer the groups disagree on."))
            return
        rows = {row.id: place for place, row in enumerate(self.table.model.visible)}
        here = self._cell()
        at = (-1, -1) if here is None else (rows.get(here[0], -1), keys.index(here[1]))
        id, key = next((cell for cell in cells if (rows[cell[0]], keys.index(cell[1])) > at), cells[0])
        self.table.select(id, ANSWER + key)

    # Agreeing ------------------------------------------------------------------------------------------

    def take_means(self, over: bool = False) -> None:
        """Take the groups' means wherever nothing is agreed yet, or everywhere, as one change."""
        count = self.desk.attempt(take_answers, self.desk.workflow, over=over)
        if count:
            words = self.language.say_n("One mean taken as agreed", "{n} means taken as agreed", count)
            self.desk.notice(words, undo=True)
        elif count == 0:
            self.desk.notice(self.language.say("There is no mean to take."))

    def _manage(self, menu: Menu) -> None:
        say = self.language.say
        menu.add(say("Take the means where nothing is agreed yet"), self.take_means, "check")
        menu.add(say("Take the means everywhere, over what is agreed"), lambda: self.take_means(over=True))

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command("sectors.apart", say("Go to the next answer the groups disagree on"), self.next_apart, "arrow-right",
                    english="Go to the next answer the groups disagree on"),
            Command("sectors.means", say("Take the groups' means where nothing is agreed yet"), self.take_means, "check",
                    english="Take the groups' means where nothing is agreed yet"),
            Command("sectors.means_all", say("Take the groups' means everywhere, over what is agreed"),
                    lambda: self.take_means(over=True), "check", english="Take the groups' means everywhere, over what is agreed"),
            Command("sectors.voices", say("Choose whose answers about sectors are shown"), self.switch.open_list, "users-three",
                    english="Choose whose answers about sectors are shown"),
        ]  # fmt: skip


def _explained(entry) -> str:
    """A question with what 1, 3 and 5 mean."""
    anchors = [f"{step}  {text}" for step, text in (entry.get("anchors") or {}).items()]
    return "\n".join([entry.definition or entry.name, *anchors])
