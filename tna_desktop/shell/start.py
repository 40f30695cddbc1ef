"""The start page: continue, begin, learn. Nothing heavy is loaded for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from tna_desktop import __version__
from tna_desktop.kernel.text import LANGUAGES, Language
from tna_desktop.settings import Recent, Settings
from tna_desktop.ui.buttons import ActionCard, Button
from tna_desktop.ui.labels import IconMark, Label
from tna_desktop.ui.layouts import clear, column, row
from tna_desktop.ui.painting import CARD, KeyboardFocus, box, focus_ring, start
from tna_desktop.ui.rosette import Rosette, RosetteArt
from tna_desktop.ui.tokens import theme

from .languages import language_menu, offered
from .recent import told_day, told_path, told_place

if TYPE_CHECKING:
    from tna_desktop.kernel.recovery import LeftWork
    from tna_desktop.ui.banner import Banner

WIDEST = 866


class RecentRow(KeyboardFocus, QFrame):
    """One assessment worked on before. A click or Enter goes on with it."""

    opened = Signal(object)  # Recent
    sought = Signal(object)

    def __init__(self, language: Language, recent: Recent, first: bool, parent: QWidget | None = None):
        super().__init__(parent)
        self.recent, self.first, self.missing = recent, first, False
        self.language = language
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._rosette = Rosette(language, recent.shares, 36)
        self._faded = Rosette(language, recent.shares, 36, faded=True)
        title = recent.title or Path(recent.path).stem
        self._title = Label(title, "stage", elide=True)
        self._path = Label(told_path(recent.path), "meta", "text3", elide=True)
        self._place = Label(told_place(language, recent.place), "body_medium", "text2", elide=True)
        self._day = Label(told_day(language, recent.at), "meta", "text3", elide=True)
        self._go = Button(language.say("Continue"), "filled", icon_end="arrow-right", on_click=self.open)
        self._find = Button(
            language.say("Find file"), "outline", small=True, on_click=lambda: self.sought.emit(self.recent)
        )
        self._where = column(None, self._place, self._day, None, gap=0)
        self._where_holder = QWidget()
        self._where_holder.setLayout(self._where)
        whole = row(self._rosette, self._faded, gap=16, margins=(14, 0, 12, 0), parent=self)
        whole.addLayout(column(None, self._title, self._path, None, gap=0), 1)
        whole.addWidget(self._where_holder)
        self._side = QWidget()
        self._side.setLayout(row(None, self._go, self._find, gap=0))
        whole.addWidget(self._side)
        self.setAccessibleName(
            language.say("{title}, {place}, {day}", title=title, place=self._place.text(), day=self._day.text())
        )
        self.setToolTip(recent.path)
        self.show_missing(False)
        self.restyle()

    def show_missing(self, missing: bool) -> None:
        self.missing = missing
        say = self.language.say
        self._go.setVisible(self.first and not missing)
        self._find.setVisible(missing)
        self._title.set_tone("text2" if missing else "text")
        self._path.set_tone("amber_ink" if missing else "text3")
        told = told_path(self.recent.path)
        self._path.set_text(say("File moved or renamed, last seen in {place}", place=told) if missing else told)
        self._rosette.setVisible(not missing)
        self._faded.setVisible(missing)
        self.update()

    def restyle(self) -> None:
        look = theme()
        self.setFixedHeight(look.px(67))
        self._where_holder.setFixedWidth(look.px(157))
        self._side.setFixedWidth(max(look.px(118), self._go.sizeHint().width()))

    def open(self) -> None:
        (self.sought if self.missing else self.opened).emit(self.recent)

    def mouseReleaseEvent(self, event):
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open()

    def keyPressEvent(self, event):
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        if (self.first and not self.missing) or self.underMouse():
            box(painter, QRectF(self.rect()), CARD, look.color("sel2"))
        else:
            painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))
        if self.ring:
            focus_ring(painter, QRectF(self.rect()), CARD)


class ArtPanel(QWidget):
    """The dark side of the start page: what this program is for, over the large flower."""

    def __init__(self, language: Language, parent: QWidget | None = None):
        super().__init__(parent)
        say = language.say
        self._art = RosetteArt((1, 1, 1, 1, 1, 0.0), self)
        self._words = QWidget(self)
        self._title = title = Label(
            say("From who has a stake to what gets done"), "start_title", "rail_text", wrap=True
        )
        self._text = text = Label(
            say("Technology needs assessment under the Convention on Biological Diversity, in six stages."),
            "lead",
            "rail_text2",
            wrap=True,
        )
        promise = row(gap=10)
        promise.addWidget(IconMark("shield-check", "rail_done", 16))
        self._promise = Label(
            say("Works without internet. Your data stays on this computer."), "meta", "rail_text2", wrap=True
        )
        promise.addWidget(self._promise)
        promise.addStretch(1)
        inside = column(
            Label("TNA Desktop", "stage", "rail_text2"),
            14,
            title,
            12,
            text,
            None,
            promise,
            gap=0,
            parent=self._words,
        )
        inside.setContentsMargins(44, 50, 44, 26)

    def resizeEvent(self, event):
        self._art.setGeometry(self.rect())
        self._words.setGeometry(self.rect())
        self._promise.setMaximumWidth(theme().px(200))
        self._title.setMaximumWidth(theme().px(400))
        # Letters over the lines of the flower would be noise.
        self._text.setVisible(self.height() >= theme().px(640))
        super().resizeEvent(event)

    def paintEvent(self, event):
        start(self).fillRect(self.rect(), theme().color("rail"))


class StartPage(QWidget):
    """Continue an assessment, begin one, open the sample. What is asked is told by signals."""

    began = Signal()
    chose_file = Signal()
    chose_backup = Signal()
    chose_sample = Signal()
    opened = Signal(object)  # Recent
    sought = Signal(object)  # Recent
    recovered = Signal(object)  # LeftWork
    discarded = Signal(object)
    language_chosen = Signal(str)
    settings_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, language: Language, settings: Settings, parent: QWidget | None = None):
        super().__init__(parent)
        self.language, self.settings = language, settings
        say = language.say
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "bg")
        self.art = ArtPanel(language)
        self._languages = Button("", "ghost", "translate")
        self._languages.setText(_own_name(language))
        self._languages.setAccessibleName(say("Language of the window"))
        self._languages.clicked.connect(self._choose_language)
        top = row(None, self._languages, Button(say("Settings"), "ghost", "gear-six", on_click=self.settings_wanted.emit),
                  Button(say("Help"), "ghost", "question", on_click=self.help_wanted.emit), gap=8, margins=(40, 18, 40, 0))  # fmt: skip
        self._content = QWidget()
        self._column = column(gap=0, parent=self._content)
        self._fill()
        self._holder = QWidget()
        centred = row(gap=0, margins=(40, 8, 40, 8), parent=self._holder)
        centred.addStretch(1)
        centred.addWidget(self._content, 1000)
        centred.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._holder)
        foot = row(IconMark("clock-counter-clockwise", "text3", 14), gap=9, margins=(40, 0, 40, 16))
        foot.addWidget(Label(say("A backup is kept for every day you work."), "meta", "text3", elide=True))
        foot.addWidget(Button(say("Open a backup…"), "link", small=True, on_click=self.chose_backup.emit))
        foot.addStretch(1)
        foot.addWidget(
            Label(say("Version {version}, open source (MIT)", version=__version__), "meta", "text3", elide=True)
        )
        self._right = QWidget()
        side = QVBoxLayout(self._right)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addLayout(top)
        side.addWidget(scroll, 1)
        side.addLayout(foot)
        whole = row(self.art, gap=0, parent=self)
        whole.addWidget(self._right, 1)
        self.restyle()

    # What is shown -----------------------------------------------------------------------------------

    def _fill(self) -> None:
        say = self.language.say
        recent = self.settings.recent
        self._banners = column(gap=8)
        self._told: list[Banner] = []
        welcome = say("Welcome back") if recent else say("Welcome")
        self._column.addStretch(1)
        self._column.addLayout(self._banners)
        self._column.addSpacing(6)
        self._column.addWidget(Label(welcome, "welcome"))
        self._column.addSpacing(16)
        self.new_card = ActionCard(
            "plus-circle",
            say("New assessment"),
            say("Country, language, team"),
            "Ctrl N",
            True,
            self.began.emit,
        )
        self.open_card = ActionCard(
            "folder-open",
            say("Open a file"),
            say("Yours, or one sent to you"),
            "Ctrl O",
            False,
            self.chose_file.emit,
        )
        self.sample_card = ActionCard(
            "flower-lotus",
            say("Open the sample"),
            say("Kelvara, complete"),
            "",
            False,
            self.chose_sample.emit,
        )
        cards = row(gap=12)
        for card in (self.new_card, self.open_card, self.sample_card):
            cards.addWidget(card, 1)
        self._column.addLayout(cards)
        if not recent and not self.settings.language and len(offered()) > 1:
            # The first thing to find on a new computer is one's own language.
            from tna_desktop.ui.choices import Segmented

            choice = Segmented(
                [(code, LANGUAGES[code]) for code in offered()],
                self.language.code,
                say("Language of the window"),
            )
            choice.chosen.connect(self.language_chosen)
            self._column.insertLayout(3, row(choice, None))
            self._column.insertSpacing(4, 20)
        self._rows: list[RecentRow] = []
        self._recent_holder = QWidget()
        self._recent = column(gap=0, parent=self._recent_holder)
        self._column.addWidget(self._recent_holder)
        self.show_recent()
        self._column.addStretch(1)

    def show_recent(self) -> None:
        say = self.language.say
        clear(self._recent)
        self._rows = []
        self._recent_holder.setVisible(bool(self.settings.recent))
        if not self.settings.recent:
            return
        self._recent.addSpacing(30)
        head = row(
            Label(say("Recent assessments"), "body_strong", "text2"),
            None,
            Button(say("Clear list"), "link", on_click=self._clear),
        )
        self._recent.addLayout(head)
        self._recent.addSpacing(7)
        for at, recent in enumerate(self.settings.recent[:5]):
            line = RecentRow(self.language, recent, at == 0)
            line.opened.connect(self.opened)
            line.sought.connect(self.sought)
            self._rows.append(line)
            self._recent.addWidget(line)

    def rows(self) -> list[RecentRow]:
        return list(self._rows)

    def show_missing(self, missing: set[str]) -> None:
        """Mark the files that are no longer where they were."""
        for line in self._rows:
            line.show_missing(line.recent.path in missing)

    def show_left(self, left: list[LeftWork]) -> None:
        """Offer work that a crash or a power cut left on this computer."""
        from tna_desktop.ui.banner import Banner

        for work in left[:2]:
            title = work.title or (
                work.target.stem if work.target else self.language.say("An assessment without a file")
            )
            text = self.language.say_n(
                "{n} change is on this computer but not yet in the file.",
                "{n} changes are on this computer but not yet in the file.",
                work.changes,
            )
            banner = Banner("attention", title, text, [
                (self.language.say("Continue"), lambda each=work: self.recovered.emit(each)),
                (self.language.say("Discard"), lambda each=work: self.discarded.emit(each)),
            ])  # fmt: skip
            self._told.append(banner)
            self._banners.addWidget(banner)

    def tell(self, kind: str, text: str, actions: list | None = None) -> None:
        """Say why a file could not be opened, with what can be done."""
        from tna_desktop.ui.banner import Banner

        clear(self._banners)
        self._told = [Banner(kind, "", text, actions or [])]
        self._banners.addWidget(self._told[0])

    def take_back(self) -> None:
        self._told = []
        clear(self._banners)

    def banners(self) -> list[Banner]:
        return list(self._told)

    def showEvent(self, event):
        super().showEvent(event)
        # Enter goes on with the last assessment; no ring before the first key.
        first = next((line for line in self._rows), None) or self.new_card
        first.setFocus(Qt.FocusReason.MouseFocusReason)

    def restyle(self) -> None:
        self._content.setMaximumWidth(theme().px(WIDEST))
        self._fit()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.art.setFixedWidth(
            int(max(look.px(300), min(look.px(640), look.px(420) + (self.width() - look.px(1366)) * 0.397)))
        )
        self.art.setVisible(self.width() >= look.px(900))

    def _clear(self) -> None:
        self.settings.forget()
        self.show_recent()

    def _choose_language(self) -> None:
        menu = language_menu(self, self.language, self.language_chosen.emit)
        menu.popup(self._languages.mapToGlobal(self._languages.rect().bottomLeft()))

    def sizeHint(self):
        return QSize(1366, 690)


def missing_files(settings: Settings) -> set[str]:
    """Which recent files are not there; asked off the window's thread, for a drive may be slow to answer."""
    return {recent.path for recent in settings.recent if not os.path.exists(recent.path)}


def _own_name(language: Language) -> str:
    return LANGUAGES.get(language.code, language.code)
