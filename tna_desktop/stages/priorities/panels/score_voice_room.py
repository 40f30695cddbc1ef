"""The voices on the Scores screen: choosing whose scores are shown, what they disagree on, and agreeing."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from tna_desktop.kernel.journal import Change
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.commands import Command
from tna_desktop.ui.menus import Menu

from .. import voices
from ..models import ScoreColumn
from ..operations import CONDITIONAL
from ..reading import Cell
from ..score_table import VALUE
from ..voices import AGREED, Said, Voice
from .score_grid import APART
from .score_voices import VoiceSwitch, ask_code, told

_UNKNOWN = Cell()
#: So many technologies are read at a time; twice as many at once where there are no more.
_SLICE = 12


class VoiceRoom(QObject):
    """Belongs to the Scores screen. ``voice`` is whose scores are shown and written; "" are the agreed ones.

    An assessor who was added and has not scored yet is known here only: the document keeps scores, not names.
    """

    def __init__(self, screen):
        super().__init__(screen)
        self._screen, self.desk, self.language = screen, screen.desk, screen.language
        self.voice, self.added = AGREED, list[str]()
        self.switch = VoiceSwitch(self.language, self.voices, self._manage)
        self.switch.chosen.connect(self.show)
        self.line = Banner("info")
        self.line.hide()
        screen.tab.voices.taken.connect(self._take)
        self._counts: dict[str, int] = {}
        self._read: tuple[dict, dict[str, int]] = ({}, {})
        self._unread: list[str] = []
        self._slices = QTimer(self)
        self._slices.setInterval(0)
        self._slices.timeout.connect(self._read_slice)

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command(
                "scores.apart", say("Go to the next score the voices disagree on"), lambda: self._screen._asked(APART),
                "arrow-right", shortcut="X", english="Go to the next score the voices disagree on",
            ),
            Command(
                "scores.means", say("Take the means of the voices where nothing is agreed yet"), self.take_means, "check",
                english="Take the means of the voices where nothing is agreed yet",
            ),
            Command(
                "scores.voices", say("Choose whose scores are shown"), self.switch.open_list, "users-three", shortcut="V",
                english="Choose whose scores are shown",
            ),
            Command("scores.assessor", say("Add an assessor"), self.add, "plus", english="Add an assessor"),
        ]  # fmt: skip

    # Reading -----------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read what all voices said; where there is much of it, slice by slice, so that nobody waits."""
        self._read = ({}, {})
        self._unread = [row["id"] for row in self._screen.model.every]
        if len(self._unread) <= 2 * _SLICE:
            self._read_slice()
        else:
            self._slices.start()

    def _read_slice(self) -> None:
        if self._slices.isActive() and not self._screen.isVisible():
            self._slices.stop()  # the screen reads anew when it is shown again
            self._screen.read_later()
            return
        size = 2 * _SLICE if len(self._unread) <= 2 * _SLICE else _SLICE
        ids, self._unread = self._unread[:size], self._unread[size:]
        found, counts = self.desk.read(
            lambda session: (voices.spreads(session, technologies=ids), voices.counts(session, ids))
        )
        self._read[0].update(found)
        for voice, count in counts.items():
            self._read[1][voice] = self._read[1].get(voice, 0) + count
        if self._unread:
            return
        was_slow = self._slices.isActive()
        self._slices.stop()
        self._counts = self._read[1]
        self._screen.model.take_spreads(self._read[0], whole=True)
        if was_slow:
            self._screen.voices_read()

    @property
    def reading(self) -> bool:
        """Whether what the voices said is still being read."""
        return self._slices.isActive()

    def count(self, change: Change) -> None:
        """Take a change over into how many scores each voice gave. While those are still being read, read anew."""
        if self._slices.isActive():
            self.read()
            return
        for touch in change.touched:
            for image, more in ((touch.before, -1), (touch.after, 1)):
                if image is not None and image["voice"]:
                    self._counts[image["voice"]] = self._counts.get(image["voice"], 0) + more

    # Whose scores ------------------------------------------------------------------------------------

    def name(self, voice: str) -> str:
        """A group's name; an assessor's code as it is."""
        return self.desk.workflow.name("stakeholder_groups", voice)

    def voices(self) -> list[Voice]:
        """All voices there are, and assessors who were added and have not scored yet."""
        reading = self._slices.isActive()
        counts = self.desk.read(voices.counts) if reading else self._counts
        found = voices.named(counts, self.desk.workflow)
        there = {each.key for each in found}
        self.added = [code for code in self.added if code not in there]
        return found + [Voice(code, code, False, 0) for code in self.added]

    def show(self, voice: str) -> None:
        """Show, and from now on write, the scores of one voice."""
        screen = self._screen
        screen.tab.commit()
        screen.grid.finish_editing()
        screen.grid.close_editor()
        self._turn_to(voice)
        screen.show_scores()
        screen.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn_to(self, voice: str) -> None:
        self.voice = self._screen.tab.voice = voice
        self._screen.model.show_spreads = voice == AGREED
        self.switch.show_voice(voice, self.name(voice) if voice else "")

    def show_line(self) -> None:
        """How the voices stand, in a line above the scores."""
        say, model = self.language.say, self._screen.model
        count = len(model.spreads)
        if self.voice != AGREED:
            lead = say("Scores of {name}.", name=self.name(self.voice))
            back = (say("Back to the agreed scores"), lambda: self.show(AGREED))
            self.line.tell("info", lead, say("The agreed scores stay as they are."), [back])
        elif count:
            apart, alone = model.disagreements(), voices.mostly_one(model.spreads)
            lead = self.language.say_n("The voices disagree on one score.", "The voices disagree on {n} scores.", apart)
            actions = [(say("Next disagreement"), lambda: self._screen._asked(APART))] if apart else []
            if any(not model.cells.get(key, _UNKNOWN).known for key in model.spreads):
                actions.append((say("Take the means where nothing is agreed yet"), self.take_means))
            text = told(self.language, count, alone, self.name)
            self.line.tell("attention" if alone else "info", lead if apart else "", text, actions)
        self.line.setVisible(self.voice != AGREED or bool(count))

    # Assessors ---------------------------------------------------------------------------------------

    def _manage(self, menu: Menu) -> None:
        say = self.language.say
        menu.add(say("Add an assessor…"), self.add, "plus")
        if self.voice and self.voice == self.name(self.voice):
            menu.add(say("Rename “{name}”…", name=self.voice), self.rename, "pencil-simple")
            menu.add(say("Remove “{name}” and its scores", name=self.voice), self.remove, "trash", danger=True)

    def _new_code(self, text: str) -> str:
        return self.desk.read(voices.new_code, self.desk.workflow, text)

    def add(self) -> None:
        say = self.language.say
        code = ask_code(self._screen, self.language, say("Who scores?"), say("Add assessor"), self._new_code)
        if code is not None:
            self.added.append(code)
            self.show(code)

    def rename(self) -> None:
        say, voice = self.language.say, self.voice

        def understood(text: str) -> str:
            return voice if text.strip() == voice else self._new_code(text)

        question = say("Another code for “{name}”", name=voice)
        code = ask_code(self._screen, self.language, question, say("Rename"), understood, voice)
        if code is None or code == voice:
            return
        self.added = [code if each == voice else each for each in self.added]
        count, what = self._count(voice), say("Writing {n} scores", n=self.language.number(self._count(voice)))
        self._turn_to(code)
        self.desk.do_many(
            count, what, voices.rename_voice, self.desk.workflow, voice, code, then=lambda _done: self.show(code)
        )

    def remove(self) -> None:
        say, voice = self.language.say, self.voice
        count = self._count(voice)
        self.show(AGREED)
        self.switch.forget()
        self.added = [each for each in self.added if each != voice]

        def removed(done: object) -> None:
            if done:
                self.desk.notice(say("Removed with all scores: {name}", name=voice), undo=True)

        what = say("Removing {n} scores", n=self.language.number(count))
        self.desk.do_many(count, what, voices.remove_voice, self.desk.workflow, voice, then=removed)

    def _count(self, voice: str) -> int:
        """How many scores a voice gave."""
        return next((each.scores for each in self.voices() if each.key == voice), 0)

    # Agreeing ----------------------------------------------------------------------------------------

    def show_said(self, criterion: ScoreColumn, key: tuple[str, str]) -> None:
        """What each voice said on the score in hand, beside the agreed ones only."""
        screen, model = self._screen, self._screen.model
        spread = model.spreads.get(key) if self.voice == AGREED else None
        screen.tab.voices.setVisible(spread is not None)
        if spread is None:
            return
        lines = self.desk.read(voices.said, self.desk.workflow, *key)
        apart = model.spread_words(criterion, spread) if model.apart(key[0], criterion) else ""
        numbers = [each.cell.value for each in lines if each.cell.value is not None]
        middles = [model.text(Cell(VALUE, voices.middle(numbers, how))) if numbers else "" for how in voices.MIDDLES]
        screen.tab.voices.show_said(lines, self._words, apart, middles)

    def _words(self, said: Said) -> str:
        model = self._screen.model
        text, around = model.text(said.cell), model.below(said.cell)
        text = self.language.say("{value} ({range})", value=text, range=around) if around else text
        return self.language.say("{value} *", value=text) if said.cell.state == CONDITIONAL else text

    def _take(self, how: str, voice: str) -> None:
        """Make what the voices said the agreed score of the cell in hand."""
        index = self._screen.grid.currentIndex()
        if index.isValid() and self.voice == AGREED:
            self.desk.attempt(voices.take, *self._screen.model.key(index), how, voice)

    def take_means(self) -> None:
        """Take the means wherever nothing is agreed yet, as one change."""
        unread = self._slices.isActive() or self._screen._stale
        read = None if unread else self._screen.model.spreads
        cells = self._screen.model.cells
        open_ = len(read) if read is not None else sum(self._counts.values())
        if read is not None and self.voice == AGREED:
            open_ = sum(not cells.get(key, _UNKNOWN).known for key in read)
        what = self.language.say("Taking the means of the voices")
        self.desk.do_many(open_, what, voices.take_means, read, then=self._means_taken)

    def _means_taken(self, count: int | None) -> None:
        if count:
            self.desk.notice(
                self.language.say_n("One mean taken as agreed", "{n} means taken as agreed", count), undo=True
            )
        elif count == 0:
            self.desk.notice(self.language.say("There is no mean to take where nothing is agreed."))
