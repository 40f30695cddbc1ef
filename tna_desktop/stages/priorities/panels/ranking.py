"""Ranking: what comes first, how sure that is, and the shortlist the team chooses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from tna_desktop.kernel.findings import Place
from tna_desktop.kernel.text import message
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.choices import GroupSwitch, Segmented
from tna_desktop.ui.commands import Command
from tna_desktop.ui.empty import EmptyState
from tna_desktop.ui.labels import Hairline, Label
from tna_desktop.ui.layouts import column, row
from tna_desktop.ui.menus import Menu
from tna_desktop.ui.screen import StepScreen
from tna_desktop.ui.tokens import theme

from ...criteria.sheet import origin_note
from .. import chapter, operations, ranking_banner
from .. import ranking_words as words
from ..competition_words import rule_words
from ..models import RankingModel
from ..ranking_page import RankingPage, read_page
from ..results import RankedTechnology, Ranking
from ..results_robustness import ANY, AROUND, BETWEEN, Question, Robustness, near_ties
from .compare import CompareTwo
from .decision_box import DecisionBox
from .explanation import explain, picture
from .ranking_banner import RankingBanner
from .ranking_groups import GroupsSideBySide
from .ranking_head import RankingHead
from .ranking_painting import SIDE, row_words
from .ranking_table import RankingTable
from .ranking_view import RankingView
from .robust import Trials
from .what_changes import WhatChanges
from .what_if import WhatIf
from .who_competes import CompetingGroups, WhoCompetes

_CHART, _TABLE, _EMPTY, _GROUPS, _CHANGES, _COMPARE, _TRY = range(7)
#: In less height than this the conclusion says what fits in fewer lines, so that rows stay in sight.
TIGHT = 520
#: So many lines the conclusion takes at most, where less would leave out nothing that has to be said.
LINES, FEW_LINES = 3, 2
#: Below this width the foot says less.
NARROW = 1000
#: The views and their pages.
_VIEWS = {"ranking": _CHART, "groups": _GROUPS, "changes": _CHANGES, "compare": _COMPARE, "try": _TRY}


class RankingScreen(StepScreen):
    """The sentence, the bars with the trials and the shortlist line, or the same as a table; and views on how sure it is."""

    concerns = (
        "score", "technology", "sector", "criterion", "criteria_group", "gate", "gate_answer", "decision", "group_weight",
        "group_voice", "weight_rule", "weighing_round", "ballot", "ballot_answer", "competition",
    )  # fmt: skip
    guide_open = False

    def build(self) -> None:
        say = self.language.say
        self.ranking: Ranking | None = None
        self.page: RankingPage | None = None
        self.sure: Robustness | None = None
        self.weights = AROUND
        self._as_table = self._tight = False
        self.trials = Trials(self.desk, self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._next_turn)
        self.trials.answered.connect(self._trials_told)
        self.views = Segmented(
            [("ranking", say("Ranking")), ("groups", say("By group")), ("changes", say("What would change it")),
             ("compare", say("Compare two")), ("try", say("Try weights"))], name=say("What is shown"),
        )  # fmt: skip
        self.views.chosen.connect(lambda _key: self._show_view())
        self.group = GroupSwitch(self.language, name=say("By whose weights"))
        self.group.chosen.connect(lambda _key: self._show_ranking())
        self.who = WhoCompetes(self.desk, self)
        self.who_apart = WhoCompetes(self.desk, self)
        self.competing = CompetingGroups(self.desk, self.who_apart)
        self.competing.chosen.connect(lambda _key: self._show_group())
        self.banner = RankingBanner()
        self.model = RankingModel(lambda each: row_words(each, self.language, self.sure), self)
        self.view = RankingView(self.model, self.language)
        self.head = RankingHead(self)
        self.table = RankingTable(self.desk)
        self.origin = Label("", "meta", "text2", elide=True)
        self.weights_button = Button(say("Change"), "link", small=True, on_click=self.choose_weights)
        self.weights_button.setToolTip(say("Which weights the trials take"))
        self.decide_button = Button(say("Note who decided and why"), "link", on_click=self.note_decision)
        self.copy_button = Button(say("Copy chart"), "ghost", "copy", small=True, on_click=self.copy_chart)
        self.table_button = Button(say("Table view"), "ghost", "table", small=True, on_click=self.switch_view)
        chart = QWidget()
        column(self.head, self.view, gap=0, parent=chart).setStretch(1, 1)
        self._empty_holder = QWidget()
        self._empty_box = column(None, None, margins=(SIDE, SIDE, SIDE, SIDE), parent=self._empty_holder)
        self._empty: EmptyState | None = None
        self.groups = GroupsSideBySide(self.desk)
        self.what = WhatChanges(self.language)
        self.what.opened.connect(lambda id, criterion: self.desk.go(Place("priorities.scores", id, criterion)))
        self.compared = CompareTwo(self.desk)
        self.tried = WhatIf(self.language)
        self.tried.accepted.connect(self._accept_weights)
        self.tried.unlocking.connect(lambda: self.desk.go("criteria.agreement"))
        self.pages = QStackedWidget()
        for page in (chart, self.table, self._empty_holder, self.groups, self.what, self.compared, self.tried):
            self.pages.addWidget(page)
        self._switches = QWidget()
        switches = row(gap=12, margins=(SIDE, 2, SIDE, 0), parent=self._switches)
        switches.addWidget(self.views, 0, Qt.AlignmentFlag.AlignTop)
        switches.addWidget(self.group, 1, Qt.AlignmentFlag.AlignTop)
        switches.addStretch(0)
        self._groups_row = QWidget()
        row(self.competing, margins=(SIDE - 8, 0, SIDE, 0), parent=self._groups_row)
        self._top = QWidget()
        row(self.banner, margins=(SIDE, 8, SIDE, 8), parent=self._top)
        self.foot = QWidget()
        foot = row(gap=8, margins=(SIDE, 0, SIDE - 8, 0), parent=self.foot)
        foot.addWidget(self.origin, 0)
        foot.addWidget(self.weights_button)
        foot.addWidget(self.who)
        foot.addStretch(1)
        for button in (self.decide_button, self.copy_button, self.table_button):
            foot.addWidget(button)
        self.body.addWidget(self._switches)
        self.body.addWidget(self._groups_row)
        self.body.addWidget(self._top)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.foot)
        self.view.moved.connect(self._move_line)
        self.view.toggled.connect(self.toggle)
        self.view.opened.connect(lambda id: self.desk.go(Place("priorities.scores", id)))
        self.restyle()

    def restyle(self) -> None:
        self.foot.setFixedHeight(theme().px(38))

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self.who.show_narrow(self.width() < theme().px(NARROW))
        ready = self.page is not None and self.pages.currentIndex() != _EMPTY
        if ready and self._tight != (self.height() < theme().px(TIGHT)):
            self._tell()

    def commands(self) -> list[Command]:
        say = self.language.say
        return [
            Command("ranking.copy", say("Copy the ranking as a picture"), self.copy_chart, "copy",
                    english="Copy the ranking as a picture"),
            Command("ranking.table", say("Show the ranking as a table"), self.switch_view, "table",
                    english="Show the ranking as a table"),
            Command("ranking.decide", say("Note who decided on the shortlist"), self.note_decision, "note-pencil",
                    english="Note who decided on the shortlist"),
            *self.who.commands("ranking"),
            *(
                Command(f"ranking.{key}", say(english), lambda key=key: self.show_view(key), icon, english=english)
                for key, english, icon in (
                    ("groups", message("Ranking by each group, side by side").text, "users-three"),
                    ("changes", message("What would change first place").text, "arrows-clockwise"),
                    ("compare", message("Compare two technologies").text, "scales"),
                    ("try", message("Try other weights").text, "sliders-horizontal"),
                )
            ),
        ]  # fmt: skip

    # Reading -----------------------------------------------------------------------------------------

    def load(self) -> None:
        self.page = page = self.desk.read(read_page, self.desk.workflow, False)
        self.ranking = page.ranking
        for who in (self.who, self.who_apart):
            who.show_rule(page.rule)
        self.who.setVisible(not page.parts)
        self.competing.show_groups(page.ranking.parts)
        self._groups_row.setVisible(bool(page.parts))
        known = any(each.parts and any(each.parts) or each.value is not None for each in page.ranking.technologies)
        if not page.ranking.computable or not known:
            self._show_empty()
            return
        if self.pages.currentIndex() == _EMPTY:
            self.pages.setCurrentIndex(_CHART)
        self._switches.show()
        chosen = self.group.current()
        shorts = {entry.key: entry.short for entry in self.desk.workflow.catalogue("stakeholder_groups").entries}
        self.group.set_groups(list(page.groups), chosen if chosen in dict(page.groups) else "", shorts)
        self.decide_button.setVisible(any(each.shortlisted for each in page.ranking.technologies))
        self._show_ranking()
        self._show_view()

    @property
    def here(self) -> RankingPage | None:
        """The page of the technologies that compete with each other: of the group looked at, or of all."""
        return self.page.within(self.competing.current()) if self.page is not None else None

    def _show_group(self) -> None:
        """Another competing group is looked at."""
        self._show_ranking()
        self._show_view()

    def _show_ranking(self) -> None:
        """The ranking by the agreed weights, or by those of the group that is chosen."""
        page = self.here
        if page is None:
            return
        group = self.group.current()
        self.ranking = found = page.by_group(group)
        self.view.set_locked(bool(group))
        self.sure = self.trials.ask(self._question(page, found))
        self.view.show_trials(self.sure, 0 if found.alone else len(page.basis.taking_part))
        self.view.show_ranking(found)
        self.head.show_ranking(found)
        self._tell()
        if page.matrix is None:
            self._later.start()
        if self.pages.currentIndex() == _TABLE:
            self._fill_table()

    def _complete(self) -> RankingPage | None:
        """Read what takes longer, once the ranking is on the screen, and begin the trials."""
        if self.page is not None and self.page.matrix is None:
            self.desk.read(self.page.complete)
            self._ask()
        return self.here

    def _next_turn(self) -> None:
        """The same in two turns, so that the window is never kept waiting for both."""
        if self.page is not None and self.page.matrix is None:
            self.desk.read(self.page.complete)
            self._later.start()
        else:
            self._ask()

    def _ask(self) -> None:
        here = self.here
        if here is not None and here.ranking.computable:
            self.sure = self.trials.ask(self._question(here, here.by_group(self.group.current())))
            self.view.show_trials(self.sure, self.view.places)
            self._tell()

    def _question(self, page: RankingPage, found: Ranking) -> Question | None:
        """What the trials are asked; nothing where nothing competes."""
        return None if found.alone is not None else page.question(found, self.weights)

    def _trials_told(self, sure: Robustness) -> None:
        self.sure = sure
        self.view.show_trials(sure, self.view.places)
        self.head.update()
        self._tell()
        if self.pages.currentIndex() == _TABLE:
            self._fill_table()

    def _tell(self) -> None:
        """The conclusion in plain sentences, and under the rows what the trials vary."""
        assert self.page is not None and self.ranking is not None
        say, found = self.language.say, self.ranking
        group = self.group.current()
        lead = ranking_banner.lead_words(found, self.language)
        if group:
            lead = say("By the weights of {group}: {sentence}", group=self.page.name_of(group), sentence=lead)
            told = ranking_banner.group_sentences(found, self.sure, self.page.within_points, self.language)
        else:
            ties = near_ties(found, self.sure, self.page.within_points) if self.sure is not None else ()
            told = ranking_banner.sentences(
                found, self.sure, ties, self.page.aged, self.language, bool(self.page.parts), self.page.since
            )
        self._tight = self.height() < theme().px(TIGHT)
        kind = "good" if found.cut and not found.departures() and not group else "info"
        actions: list[tuple[str, Callable[[], object]]] = [(say("How this works"), self.explain)]
        if (self.page.aged or self.page.since) and not group:
            kind = "attention"
            actions.insert(0, (say("Decide again"), self.note_decision))
        self.banner.tell_all(kind, lead, told, actions, FEW_LINES if self._tight else LINES)
        alone = self.weights == BETWEEN and len(self.page.shares) < 2
        note = words.foot_words(AROUND if alone else self.weights, self.language)
        if found.weights_origin != "set":
            note = say("{origin} {trials}", origin=origin_note(found.weights_origin, self.language), trials=note)
        self.origin.set_text(note)

    def _show_view(self) -> None:
        """The view that is chosen; it is filled only when it is looked at."""
        at = _VIEWS[self.views.current()]
        page = self._complete() if at in (_CHANGES, _COMPARE) else self.here
        if page is None or self.pages.currentIndex() == _EMPTY:
            return
        ranking = at == _CHART
        for part in (self._top, self.foot):
            part.setVisible(ranking)
        self.group.setVisible(ranking and bool(page.groups))
        if at == _GROUPS:
            self.groups.show_groups(page.ranking, page.group_rankings())
        elif at == _CHANGES:
            what = page.changes()
            if what is not None:
                self.what.show_changes(page.ranking, what, page.orders())
        elif at == _COMPARE and page.matrix is not None:
            self.compared.show_ranking(page.ranking, page.matrix)
        elif at == _TRY:
            self.tried.show_basis(page.basis, page.ranking, page.locked)
        self.pages.setCurrentIndex(_TABLE if ranking and self._as_table else at)

    def show_view(self, key: str) -> None:
        """Show one of the views by its key."""
        self.views.set_current(key)
        self._show_view()
        self.views.setFocus(Qt.FocusReason.TabFocusReason)

    def choose_weights(self) -> None:
        """Which weights the trials take, in a menu."""
        self.weights_menu().exec(self.weights_button.mapToGlobal(self.weights_button.rect().topLeft()))

    def weights_menu(self) -> Menu:
        """Around the agreed weights, between the groups' ones, or any."""
        say, menu = self.language.say, Menu(self.language.say("Which weights the trials take"), self)
        several = self.page is not None and len(self.page.shares) > 1
        for key, text in (
            (AROUND, say("Around the agreed weights")),
            (BETWEEN, say("As the groups gave them: between their lowest and highest")),
            (ANY, say("Any weights at all")),
        ):
            menu.add(
                text,
                lambda key=key: self.set_weights(key),
                enabled=several or key != BETWEEN,
                checked=key == self.weights,
            )
        return menu

    def set_weights(self, key: str) -> None:
        """Make the trials with other weights."""
        self.weights = key
        self._show_ranking()

    def _accept_weights(self, weights: object) -> None:
        """Weights that were tried become the agreed ones, with a reason; refused while they are locked."""
        say = self.language.say
        answer = self.ask_reason(
            say("Why should the weights change?"),
            say("The ranking is known now, so say what speaks for these weights apart from the outcome."),
            say("Accept these weights"), "",
        )  # fmt: skip
        if answer is None:
            return
        self.desk.attempt(operations.accept_weights, weights, reason=answer[0], decided_by=answer[1])

    def _show_empty(self) -> None:
        assert self.ranking is not None
        say = self.language.say
        for part in (self._switches, self._groups_row, self._top, self.foot):
            part.hide()
        if self._empty is not None:
            self._empty.setParent(None)
            self._empty.deleteLater()
        if not self.ranking.criteria:
            ways = [(say("Go to the criteria"), lambda: self.desk.go("criteria.tree"))]
        elif not self.ranking.technologies:
            ways = [(say("Go to the long list"), lambda: self.desk.go("priorities.longlist"))]
        elif self.ranking.weights_origin == "none":
            ways = [(say("Go to the weights"), lambda: self.desk.go("criteria.weights"))]
        else:
            ways = [(say("Go to the scores"), lambda: self.desk.go("priorities.scores"))]
        sentence = say("It takes technologies, criteria and scores; unknown scores stay unknown.")
        self._empty = EmptyState("chart-bar-horizontal", say("Score at least two technologies"), sentence, ways)
        self._empty_box.insertWidget(1, self._empty)
        self.pages.setCurrentIndex(_EMPTY)

    def show_place(self, place: Place) -> None:
        holding = self.page.holding(place.record) if self.page is not None and place.record else None
        if holding is not None and holding.among is not None and holding is not self.here:
            self.competing.set_current(holding.among.key)
            self._show_group()
        at = self.model.row_of(place.record)
        if at >= 0 and self.page is not None and self.views.current() != "ranking":
            self.show_view("ranking")
        if at >= 0 and self.pages.currentIndex() == _CHART:
            self.view.setCurrentIndex(self.model.index(at))
            self.view.scrollTo(self.model.index(at))
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Choosing ----------------------------------------------------------------------------------------

    def _move_line(self, cut: int) -> None:
        """The line was moved: those it passed are chosen, or left out. Choices against the ranking elsewhere stay."""
        assert self.ranking is not None and self.page is not None
        old = self.ranking.cut
        passed = self.ranking.ranked[min(old, cut) : max(old, cut)]
        chosen = {each.id for each in self.page.ranking.technologies if each.shortlisted}
        chosen = chosen | {each.id for each in passed} if cut > old else chosen - {each.id for each in passed}
        self.desk.attempt(operations.choose_shortlist, chosen)

    def toggle(self, id: str) -> None:
        """Choose one technology or leave it out; where that departs from the ranking, the reason is asked for."""
        assert self.ranking is not None
        each = next((row for row in self.ranking.technologies if row.id == id), None)
        if each is None or self.group.current():
            return
        wanted = not each.shortlisted
        if not self._departs(each, wanted):
            self.desk.attempt(operations.shortlist_technology, id, wanted)
            return
        say = self.language.say
        if wanted:
            question, verb = say("Why is {name} on the shortlist?", name=each.name), say("Put it on the shortlist")
        else:
            question, verb = say("Why is {name} left out?", name=each.name), say("Leave it out")
        answer = self.ask_reason(question, self._standing(each), verb, "")
        if answer is not None:
            self.desk.attempt(operations.shortlist_technology, id, wanted, reason=answer[0], decided_by=answer[1])

    def _departs(self, each: RankedTechnology, wanted: bool) -> bool:
        """Whether the choice goes against the ranking: not simply the next one after the line, or the last before it."""
        assert self.ranking is not None
        if each.rank is None:
            return wanted
        place = self.model.row_of(each.id)
        cut = self.ranking.cut
        if wanted:
            return place > cut
        return place < cut - 1

    def _standing(self, each: RankedTechnology) -> str:
        say = self.language.say
        if each.failed:
            return say("It did not pass: {gates}.", gates=self.language.listing(each.failed))
        if each.rank is None:
            return say("It has no rank, because scores of it are unknown.")
        return say("It stands at rank {rank}. The report prints the reason beside the ranking.", rank=each.rank)

    def ask_reason(self, question: str, text: str, verb: str, reason: str) -> tuple[str, str] | None:
        """The decision box; None when the person went back."""
        dialog = DecisionBox(self.language, question, text, verb, reason, self)
        answer = dialog.words() if dialog.exec() else None
        dialog.deleteLater()
        return answer

    def note_decision(self) -> None:
        """Write down who decided on the whole shortlist, and why."""
        chosen = [each for each in self.page.ranking.technologies if each.shortlisted] if self.page else []
        if not chosen:
            return
        say = self.language.say
        names = [each.name for each in chosen]
        text = say("On the shortlist: {names}.", names=self.language.listing(names))
        answer = self.ask_reason(say("Why this shortlist?"), text, say("Note the decision"), "")
        if answer is not None:
            ids = [each.id for each in chosen]
            self.desk.attempt(operations.choose_shortlist, ids, reason=answer[0], decided_by=answer[1])
            self.desk.notice(say("Noted in the decision log"), undo=True)

    # Table, picture and explanation ------------------------------------------------------------------

    def _fill_table(self) -> None:
        if self.ranking is not None:
            self.table.show_ranking(self.ranking, self.sure)

    def switch_view(self) -> None:
        """The same ranking with exact values as a table, and back."""
        if self.pages.currentIndex() == _EMPTY:
            return
        if self.views.current() != "ranking":
            self.show_view("ranking")
        chart = self._as_table
        self._as_table = not chart
        if not chart:
            self._fill_table()
        self.pages.setCurrentIndex(_CHART if chart else _TABLE)
        self.table_button.setText(self.language.say("Table view") if chart else self.language.say("Chart view"))
        self.table_button.set_icon("table" if chart else "chart-bar-horizontal")

    def copy_chart(self) -> None:
        """Put the chart on the clipboard: as a picture, as SVG, and in words."""
        if self.ranking is None or not self.ranking.computable:
            return
        svg, words = chapter.chart(self.ranking, self.language, width=900.0)
        content = QByteArray(svg.encode())
        data = QMimeData()
        data.setImageData(picture(content))
        data.setData("image/svg+xml", content)
        data.setText(words)
        QGuiApplication.clipboard().setMimeData(data)
        self.desk.notice(self.language.say("Chart copied"))

    def explain(self) -> None:
        """What the handbook says about how values and ranks come about, and how the trials are made."""
        apart = rule_words(self.page.ranking, self.page.rule, self.language) if self.page is not None else []
        found = self.banner.whole()
        explain(self, self.step.guidance.more, [found, *apart, *words.how_words(self.sure, self.language)])
