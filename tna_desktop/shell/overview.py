"""The overview: where the assessment is, stage by stage, what comes next, what was decided last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from tna_desktop.kernel import assessment
from tna_desktop.kernel.findings import Place, State
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Hairline, Label, StateMark
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.painting import CARD, KeyboardFocus, box, focus_ring, start
from tna_desktop.ui.rosette import Rosette
from tna_desktop.ui.tokens import theme

from .page import Page

if TYPE_CHECKING:
    from .workspace import Workspace


class StageLine(KeyboardFocus, QFrame):
    """One stage: number, name, how far, what is open. A click goes there."""

    def __init__(self, space: Workspace, number: int, key: str, title: str):
        super().__init__()
        self._space, self._key = space, key
        say, language = space.language.say, space.language
        progress = space.checkup.progress.stage(key)
        self._share = progress.share
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        state = (
            "attention"
            if progress.attention
            else "good"
            if progress.complete
            else "begun"
            if progress.share
            else "open"
        )
        words = {
            "attention": language.say_n("{n} check needs a look", "{n} checks need a look", progress.attention),
            "good": say("Done"),
            "begun": say("Begun"),
            "open": say("Not begun"),
        }[state]
        line = row(gap=12, margins=(12, 9, 12, 9), parent=self)
        number_label = Label(str(number), "stage", "text3")
        number_label.setFixedWidth(theme().px(16))
        line.addWidget(number_label)
        line.addLayout(column(Label(title, "stage", elide=True), gap=0), 3)
        line.addWidget(_Bar(progress.share), 2)
        percent = Label(language.percent(progress.share), "body", "text2")
        percent.setMinimumWidth(theme().px(52))
        line.addWidget(percent)
        steps = Label(
            say("{done} of {total} steps", done=progress.done, total=progress.total),
            "body",
            "text2",
            elide=True,
        )
        steps.setMinimumWidth(theme().px(92))
        line.addWidget(steps)
        mark = StateMark(state, words)
        mark.setMinimumWidth(theme().px(176))
        line.addWidget(mark, 2)
        self.setAccessibleName(say("Stage {number}, {title}, {done} of {total} steps done", number=number, title=title,
                                   done=progress.done, total=progress.total))  # fmt: skip
        self.setAccessibleDescription(words)

    def go(self) -> None:
        self._space.show_stage(self._key)

    def mouseReleaseEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.go()

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.go()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        if self.underMouse():
            box(painter, self.rect(), CARD, look.color("sel2"))
        else:
            painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))
        if self.ring:
            focus_ring(painter, QRectF(self.rect()), CARD)


class _Bar(QFrame):
    def __init__(self, share: float):
        super().__init__()
        self._share = share
        self.setMinimumWidth(theme().px(80))
        self.setFixedHeight(theme().px(20))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        height = look.px(6)
        area = QRectF(0, (self.height() - height) / 2, self.width(), height)
        box(painter, area, height / 2, look.color("mist2"))
        width = area.width() * self._share
        if width >= 2:
            left = area.right() - width if self.isRightToLeft() else 0
            box(painter, QRectF(left, area.top(), width, height), height / 2, look.color("petrol"))


class Overview(Page):
    """Six stages with progress, what needs a look, the next step, the last decisions."""

    def __init__(self, space: Workspace):
        say = space.language.say
        details = Button(say("Assessment details"), "outline", "pencil-simple", on_click=space.edit_facts)
        super().__init__(say("Where are we, and what comes next?"), "", (details,))
        self.space = space
        self._built = QVBoxLayout()
        self._built.setSpacing(0)
        self.column.addLayout(self._built)
        self.column.addStretch(1)
        space.checkup.found.connect(self._heard)
        space.desk.changed.connect(lambda change: self._heard() if change.touches("decision", "assessment") else None)
        self._stale = True

    def _heard(self, _progress: object = None) -> None:
        self._stale = True
        if self.isVisible():
            self.load()

    def showEvent(self, event):
        if self._stale:
            self.load()
        super().showEvent(event)

    def load(self) -> None:
        self._stale = False
        clear(self._built)
        space, say, language = self.space, self.space.language.say, self.space.language
        progress = space.checkup.progress
        facts = space.desk.read(assessment.facts)
        head = row(Rosette(language, progress.shares, 88), gap=20)
        title = Label(facts.title or facts.country, "heading", wrap=True)
        done = Label(say("{percent} of the way", percent=language.percent(progress.share)), "body", "text2")
        nxt = self.next_step()
        next_line = row(gap=10)
        if nxt is not None:
            next_line.addWidget(
                Button(
                    say("Next: {step}", step=nxt.title),
                    "filled",
                    icon_end="arrow-right",
                    on_click=lambda: space.show_step(nxt.place),
                )
            )
            next_line.addWidget(Label(nxt.step.question, "voice", "text2", elide=True), 1)
        else:
            next_line.addWidget(Label(say("Every step is done."), "voice", "text2"))
            next_line.addStretch(1)
        head.addLayout(column(title, done, 8, next_line, gap=2), 1)
        self._built.addLayout(head)
        self._built.addSpacing(18)
        self._built.addWidget(Hairline(token="line2"))
        for number, stage in enumerate(space.desk.workflow.stages, 1):
            self._built.addWidget(StageLine(space, number, stage.key, stage.title))
        self._built.addSpacing(22)
        self._built.addLayout(row(self._attention(), self._decisions(), gap=36))

    def next_step(self):
        """The first step on the way that is not done."""
        return next((stop for stop in self.space.route if stop.place not in self.space.checkup.done), None)

    def _attention(self) -> QFrame:
        """What needs a look, each with the way to it."""
        space, say = self.space, self.space.language.say
        holder = QFrame()
        lines = column(Label(say("Needs a look"), "label", "text3"), 4, gap=4, parent=holder)
        found = [
            (stop, finding)
            for stop in space.route
            for finding in space.checkup.findings.get(stop.place, ())
            if finding.state is State.ATTENTION
        ]
        for stop, finding in found[:6]:
            line = row(gap=10)
            line.addWidget(StateMark(finding.state, space.language.tell(finding.text)), 1)
            where = finding.places[0] if finding.places else Place(stop.place)
            line.addWidget(
                Button(stop.title, "link", small=True, on_click=lambda place=where: space.desk.go(place)),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
            lines.addLayout(line)
        if not found:
            lines.addWidget(Label(say("Nothing at the moment."), "body", "text2"))
        elif len(found) > 6:
            rest = len(found) - 6
            lines.addWidget(Label(space.language.say_n("and {n} more", "and {n} more", rest), "meta", "text3"))
        lines.addStretch(1)
        return holder

    def _decisions(self) -> QFrame:
        space, say, language = self.space, self.space.language.say, self.space.language
        holder = QFrame()
        lines = column(Label(say("Last decisions"), "label", "text3"), 4, gap=6, parent=holder)
        found = space.desk.read(assessment.decisions)
        for decision in found[:4]:
            who = decision["decided_by"]
            day = language.date(decision["decided_on"], "medium")
            meta = say("{day}, {who}", day=day, who=who) if who else day
            lines.addLayout(
                column(Label(decision["what"], "body_medium", wrap=True), Label(meta, "meta", "text3"), gap=0)
            )
        if not found:
            lines.addWidget(
                Label(say("Decisions you note in any step are collected here."), "body", "text2", wrap=True)
            )
        log = Button(say("Open the decision log"), "link", small=True, on_click=lambda: space.show_page("decisions"))
        lines.addLayout(row(log, None))
        lines.addStretch(1)
        return holder
