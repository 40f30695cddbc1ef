"""Step 2.3, agreement: where the groups differ most, what the room settles on and why, and the rounds of weighing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from tna_desktop.kernel.errors import Refused, message
from tna_desktop.kernel.findings import Place
from tna_desktop.ui.banner import Banner
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.labels import Hairline, KeyCap, Label
from tna_desktop.ui.layouts import FlowRow, clear, column, row
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.theme import theme

from .. import operations
from .agreement_commands import commands
from .agreement_hidden import GroupCounts
from .agreement_list import DisputedList, DisputedModel
from .agreement_page import DISPUTED, HIDDEN, NO_CRITERIA, NO_DISPUTE, NO_VOICES, AgreementPage, page
from .agreement_plot import VoicesPlot
from .agreement_rounds import BeforeAfter
from .agreement_settle import ReasonLine, SettleForm

_DISCUSS, _EMPTY, _COUNTS, _COMPARED, _EXPLAINED = range(5)


class AgreementScreen(StepScreen):
    """The disputed criteria beside the one that is talked about; above them how far the groups agree, and the round."""

    concerns = (
        "criterion", "criteria_group", "group_weight", "group_voice", "weight_rule", "weighing_round", "ballot",
        "ballot_answer", "decision",
    )  # fmt: skip
    guide_open = False

    def build(self) -> None:
        say = self.language.say
        self.page: AgreementPage | None = None
        self._chosen: str | None = None
        self._pointed = False
        self.headline = Label("", "heading", wrap=True)
        self.views = Segmented(
            [("discuss", say("To discuss")), ("rounds", say("Before and after")), ("how", say("How this works"))],
            name=say("What is shown"),
        )
        self.views.chosen.connect(lambda _key: self._show_view())
        self.round = Label("", "meta", "text2", wrap=True)
        self._round_buttons = QWidget()
        self._flow = FlowRow(self._round_buttons, gap=8, row_gap=6)
        self.banner = Banner("info")
        self.reason_line = ReasonLine(self.language)
        self.reason_line.closed.connect(self._close_reason)
        self.reason_line.hide()
        top = QWidget()
        first = row(gap=16)
        first.addWidget(self.headline, 1, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.views, 0, Qt.AlignmentFlag.AlignTop)
        second = row(gap=12)
        second.addWidget(self.round, 1, Qt.AlignmentFlag.AlignVCenter)
        second.addWidget(self._round_buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        column(first, second, self.banner, gap=8, margins=(24, 2, 24, 10), parent=top)
        self.pages = QStackedWidget()
        self._empty = QWidget()
        self._empty_box = column(None, None, margins=(24, 12, 24, 12), parent=self._empty)
        self.counts = GroupCounts(self.language)
        self.compared = BeforeAfter(self.desk)
        for part in (self._discussion(), self._empty, self.counts, self.compared, self._explanation()):
            self.pages.addWidget(part)
        self.body.addWidget(top)
        self.body.addWidget(self.reason_line)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.pages, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.settle)

    def _discussion(self) -> QWidget:
        say = self.language.say
        self.model = DisputedModel(self.language, self)
        self.list = DisputedList(self.model, say("Disputed criteria, the widest spread first"))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._selected())
        self.list.entered.connect(self._enter_weight)
        self.name = Label("", "block_title", wrap=True)
        self.branch = Label("", "meta", "text2", elide=True)
        self.definition = Label("", "body", "text2", wrap=True)
        self.plot = VoicesPlot(self.language)
        self.plot.moved.connect(self._dragged)
        self.apart = Label("", "body", wrap=True)
        self.settled = Label("", "body", wrap=True)
        self.form = SettleForm(self.language)
        self.form.settled.connect(self.settle)
        self.form.skipped.connect(self.next)
        self.form.left.connect(self.list.setFocus)
        self.form.shared.connect(self._typed_share)
        self.begin = Banner("attention")
        inner = QWidget()
        lines = column(
            self.branch,
            self.name,
            self.definition,
            2,
            self.apart,
            4,
            self.plot,
            self.settled,
            None,
            gap=4,
            margins=(20, 12, 24, 10),
            parent=inner,
        )
        lines.setStretchFactor(self.plot, 100)
        self.beside = scroll = _scrolled(inner)
        self.list.paged.connect(self._page)
        self.begin_line = QWidget()
        row(self.begin, margins=(20, 10, 24, 10), parent=self.begin_line)
        chosen = QWidget()
        column(scroll, Hairline(), self.form, self.begin_line, gap=0, parent=chosen).setStretch(0, 1)
        made = QWidget()
        box = row(gap=0, parent=made)
        self.side = QWidget()
        keys = QWidget()
        hints = FlowRow(keys, gap=7, row_gap=4)
        hints.setContentsMargins(24, 6, 10, 8)
        for cap, what in (("↑ ↓", say("choose")), ("Enter", say("to the weight"))):
            hint = QWidget()
            row(KeyCap(cap), Label(what, "meta", "text3"), gap=7, parent=hint)
            hints.addWidget(hint)
        column(self.list, keys, gap=0, parent=self.side).setStretch(0, 1)
        box.addWidget(self.side)
        box.addWidget(Hairline(vertical=True))
        box.addWidget(chosen, 1)
        return made

    def _explanation(self) -> QWidget:
        inner, lines = QWidget(), QWidget()
        self._explained = column(gap=10, parent=lines)
        lines.setMaximumWidth(theme().px(680))
        column(lines, None, margins=(24, 16, 24, 16), parent=inner)
        return _scrolled(inner)

    def restyle(self) -> None:
        self._place_list()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._place_list()

    def _place_list(self) -> None:
        look = theme()
        self.side.setFixedWidth(max(look.px(230), min(look.px(330), round(self.width() * 0.31))))

    # Showing -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.page = shown = self.desk.read(lambda session: page(session, self.desk.workflow, self.language))
        self.headline.set_text(shown.headline)
        self.round.set_text(shown.round_words)
        self._show_buttons(shown)
        self._show_lock(shown)
        self.views.setVisible(shown.state in (DISPUTED, NO_DISPUTE))
        self.model.show_criteria(shown.criteria)
        place = self.model.row_of(self._chosen)
        self.list.setCurrentIndex(self.model.index(max(0, place)) if shown.criteria else self.model.index(-1))
        self._show_chosen()
        self.counts.show_counts(shown.counts)
        self.compared.show_rounds(shown.compared_words, shown.compared)
        clear(self._explained)
        for words in shown.explained:
            self._explained.addWidget(Label(words, "body", wrap=True, selectable=True))
        self._show_empty(shown)
        self._show_view()

    def _show_view(self) -> None:
        assert self.page is not None
        state, view = self.page.state, self.views.current()
        if state == HIDDEN:
            place = _COUNTS
        elif state in (NO_CRITERIA, NO_VOICES):
            place = _EMPTY
        elif view == "rounds":
            place = _COMPARED
        elif view == "how":
            place = _EXPLAINED
        else:
            place = _DISCUSS if state == DISPUTED else _EMPTY
        self.pages.setCurrentIndex(place)

    def _show_empty(self, shown: AgreementPage) -> None:
        say = self.language.say
        clear(self._empty_box)
        if shown.state == NO_CRITERIA:
            icon, line = "scales", say("There is nothing to agree on yet")
            text = say("Weights are given to criteria. Agree on those first.")
            actions = [(say("Go to the criteria"), lambda: self.desk.go("criteria.tree"))]
        elif shown.state == NO_VOICES:
            icon, line = "users-three", say("There are no weights to compare yet")
            text = say("Two groups have to weigh every criterion before their weights can be compared.")
            actions = [(say("Go to the weights"), lambda: self.desk.go("criteria.weights"))]
        elif shown.state == NO_DISPUTE:
            icon, line = "check-circle", say("No criterion is disputed")
            text = say(
                "On every criterion the groups lie within {n} points. Take their mean as the agreed weights, or go on.",
                n=self.language.number(shown.limit),
            )
            actions = [(say("Take the mean of the groups"), self.adopt)] if shown.may_adopt else []
        else:
            return
        state = EmptyState(icon, line, text, actions)
        for button in state.buttons():
            button.set_kind("outline")
        state.setMaximumWidth(theme().px(560))
        self._empty_box.addStretch(1)
        # Centred by stretches: an aligned widget is given the height that its words take at the full width.
        middle = QWidget()
        line_ = row(parent=middle)
        line_.addStretch(1)
        line_.addWidget(state, 1000)
        line_.addStretch(1)
        self._empty_box.addWidget(middle)
        self._empty_box.addStretch(1)

    def _show_buttons(self, shown: AgreementPage) -> None:
        """What can be done with the round as it stands."""
        say, clear_ = self.language.say, clear
        clear_(self._flow)
        current, found = shown.round, []
        weighed = shown.state in (DISPUTED, NO_DISPUTE)
        if current is not None and not current.revealed:
            found.append((say("Enter answers"), "pencil-simple", lambda: self.desk.go("criteria.weights")))
            found.append((say("Reveal the round"), "eye", self.reveal))
        if current is not None and current.revealed and not current.closed:
            found.append((say("Close the round"), "check", self.close_round))
        if weighed and not shown.locked:
            found.append(
                (
                    say("Second round") if current is None or current.number == 1 else say("Another round"),
                    "arrows-clockwise",
                    self.open_round,
                )
            )
        if weighed and shown.may_adopt:
            found.append((say("Take the mean"), "users-three", self.adopt))
        if weighed and not shown.locked:
            found.append((say("Lock the weights"), "lock-simple", self.lock))
        for words, icon, do in found:
            button = Button(words, "outline", icon, small=True, on_click=do)
            self._flow.addWidget(button)
            button.show()
        self._round_buttons.setVisible(bool(found))
        self._round_buttons.updateGeometry()

    def _show_lock(self, shown: AgreementPage) -> None:
        say = self.language.say
        self.banner.setVisible(shown.locked)
        if shown.locked:
            self.banner.tell(
                "info",
                say("The weights are locked."),
                say("Scoring counts on them. Unlocking them is noted in the decision log."),
                [(say("Unlock"), self.unlock)],
            )
        self.form.setVisible(shown.agreed_set and not shown.locked)
        self.begin_line.setVisible(not shown.agreed_set and not shown.locked)
        if not shown.agreed_set:
            self.begin.tell(
                "attention",
                say("No weight is agreed yet."),
                say("Take the mean of the groups first; then settle what is disputed."),
                [(say("Take the mean"), self.adopt)],
            )

    # The criterion one talks about -------------------------------------------------------------------

    def _selected(self) -> None:
        index = self.list.currentIndex()
        id = self.model.criteria[index.row()].id if index.isValid() else None
        if id is not None and id != self._chosen:
            self._stop_pointing()
            self._chosen = id
            self._show_chosen()

    def _show_chosen(self) -> None:
        shown = self.page
        index = self.list.currentIndex()
        each = self.model.criteria[index.row()] if index.isValid() else None
        if shown is None or each is None:
            self._chosen = None
            return
        self._chosen = each.id
        self.name.set_text(each.name)
        self.branch.set_text(each.branch)
        self.branch.setVisible(bool(each.branch))
        self.definition.set_text(each.definition)
        self.definition.setVisible(bool(each.definition))
        self.apart.set_text(" ".join(each.words[1:]), each.words[0])
        self.settled.setVisible(each.settled and shown.locked)
        if each.settled:
            self.settled.set_text(
                each.reason, self.language.say("Settled at {share}:", share=self.language.percent(each.agreed, 1))
            )
        self.form.show_criterion(each)
        self.plot.show_criterion(each, shown.top, shown.ticks, shown.agreed_set and not shown.locked)
        if self.form.is_changed() and self.form.share() is not None:
            self.plot.show_share(self.form.share())

    def _page(self, way: int) -> None:
        """Scroll what stands beside the list, where the window is small."""
        bar = self.beside.verticalScrollBar()
        bar.setValue(bar.value() + way * max(1, bar.pageStep() - theme().px(24)))

    def _enter_weight(self) -> None:
        if self.form.isVisible():
            self.form.focus_weight()

    def next(self) -> None:
        """The next disputed criterion that is not settled; after the last one the first."""
        order = [each.id for each in self.model.criteria]
        if not order:
            return
        here = order.index(self._chosen) if self._chosen in order else -1
        around = [*self.model.criteria[here + 1 :], *self.model.criteria[: here + 1]]
        goal = next((each for each in around if not each.settled and each.id != self._chosen), around[0])
        self.list.setCurrentIndex(self.model.index(self.model.row_of(goal.id)))

    # Writing -----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Keep the agreed weight with its reason, as one change, and go on to the next criterion."""
        shown, id = self.page, self._chosen
        if shown is None or id is None or not self.form.isVisible() or self.reason_line.isVisible():
            return
        before = shown.criterion(id)
        weight = self.form.wanted()
        try:
            if not str(self.form.reason.value()).strip():
                raise Refused(message("Write in one sentence why this weight is agreed."), "reason")
            if not str(self.form.weight.value()).strip():
                raise Refused(message("Write the weight that is agreed."), "weight")
            self.desk.do(
                operations.agree_weight,
                id,
                weight if weight is not None else str(self.form.weight.value()),
                str(self.form.reason.value()).strip(),
                str(self.form.decided.value()).strip(),
            )
        except Refused as refused:
            self.form.show_refused(refused)
            return
        self._stop_pointing()
        self.form.restore()
        name = before.name if before else ""
        left = sum(not each.settled for each in self.page.criteria) if self.page else 0
        if left:
            self.desk.notice(self.language.say("“{name}” is settled", name=name), undo=True)
            self.next()
        else:
            self.desk.notice(self.language.say("All disputed criteria are settled"), undo=True)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def reveal(self) -> None:
        if self.page and self.page.round:
            self.desk.attempt(operations.reveal_round, self.page.round.id)

    def close_round(self) -> None:
        if self.page and self.page.round:
            self.desk.attempt(operations.close_round, self.page.round.id)

    def open_round(self) -> None:
        """Begin another round: hidden, and blank."""
        if self.desk.attempt(operations.open_round):
            self.desk.notice(
                self.language.say("A new round has begun. Nothing of it is shown until it is revealed."), undo=True
            )

    def adopt(self) -> None:
        """Ask why, and take the mean of the groups as the agreed weights."""
        say = self.language.say
        self._ask(
            say("Take the mean of the groups as the agreed weights. It replaces those that are agreed now."),
            say("Take the mean"),
            self._adopt,
        )

    def _adopt(self, reason: str, decided_by: str) -> None:
        shown = self.page
        assert shown is not None
        self.desk.do(operations.adopt_round, shown.round.id if shown.round else None, reason, decided_by)
        self.desk.notice(self.language.say("The mean of the groups is now the agreed weight"), undo=True)

    def lock(self) -> None:
        say = self.language.say
        self._ask(
            say("Lock the weights before scoring begins. It is noted in the decision log."),
            say("Lock the weights"),
            lambda _reason, decided_by: self.desk.do(operations.lock_weights, decided_by),
            with_reason=False,
        )

    def unlock(self) -> None:
        say = self.language.say
        self._ask(
            say("Unlock the weights. Why must they change now? It is noted in the decision log."),
            say("Unlock the weights"),
            lambda reason, decided_by: self.desk.do(operations.unlock_weights, reason, decided_by),
        )

    def _ask(self, question, verb, do, with_reason: bool = True) -> None:  # type: ignore[no-untyped-def]
        self.reason_line.decided.set_value(self.form.decided.value() or self.reason_line.decided.value())
        self.reason_line.ask(question, verb, do, with_reason)

    def _close_reason(self) -> None:
        self.reason_line.hide()
        if self.pages.currentIndex() == _DISCUSS:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # What the wall follows ---------------------------------------------------------------------------

    def _dragged(self, share: float) -> None:
        """The tick is dragged: the weight follows, and so does the wall."""
        self.form.take_share(share)
        self._point(share)

    def _typed_share(self, share: object) -> None:
        shown = self.page.criterion(self._chosen) if self.page else None
        if share is None:
            self.plot.show_share(shown.agreed if shown else None)
            self._stop_pointing()
        else:
            self.plot.show_share(float(share))  # type: ignore[arg-type]
            self._point(float(share))  # type: ignore[arg-type]

    def _point(self, share: float) -> None:
        if self._chosen is not None:
            self._pointed = True
            self.desk.pointing.emit(self.step_id, self._chosen, share)

    def _stop_pointing(self) -> None:
        """What was proposed is settled, or taken back: the wall shows what is agreed."""
        if self._pointed and self._chosen is not None:
            self._pointed = False
            self.desk.pointing.emit(self.step_id, self._chosen, None)

    def hideEvent(self, event):
        self._stop_pointing()
        super().hideEvent(event)

    # The shell asks ----------------------------------------------------------------------------------

    def commands(self) -> list[Command]:
        return commands(self)

    def show_place(self, place: Place) -> None:
        if place.record and self.model.row_of(place.record) >= 0:
            self.views.set_current("discuss")
            self._show_view()
            self.list.setCurrentIndex(self.model.index(self.model.row_of(place.record)))
            self.list.setFocus()


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
