"""Telling: toasts with Undo, why something was refused, and cards for work that takes its time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from tna_desktop.kernel.journal import Change
from tna_desktop.ui.desk import Desk, Job, Notice
from tna_desktop.ui.notices import STAY, ProgressCard, Toast
from tna_desktop.ui.tokens import theme

#: A reason takes longer to read than "deleted".
LONGER = 14_000
#: Work shorter than this many milliseconds shows nothing.
PATIENCE = 1000


class Telling(QObject):
    """Everything that is told in passing, at the foot of the work area."""

    def __init__(self, desk: Desk, host: QWidget, parent: QObject):
        super().__init__(parent)
        self.desk, self.host = desk, host
        self.toast = Toast(host, desk.language)
        self._undoable = False
        self._cards: list[ProgressCard] = []
        host.installEventFilter(self)
        desk.noticed.connect(self.tell)
        desk.began.connect(self.watch)
        desk.changed.connect(self._changed)

    def stop(self) -> None:
        self.toast.put_away()

    def tell(self, notice: Notice) -> None:
        refused = notice.kind == "refused"
        self.toast.timer.setInterval(LONGER if refused else STAY)
        self._undoable = notice.undo
        self.toast.tell(
            notice.text,
            self.desk.undo if notice.undo else None,
            "warning-fill" if refused else "check-circle-fill",
        )

    def error(self, sentence: str) -> None:
        self.tell(Notice(sentence, "refused"))

    def _changed(self, change: Change) -> None:
        # The offer to undo is for the change it was made for, not for whatever came after it.
        if self._undoable and self.toast.isVisible():
            self._undoable = False
            self.toast.put_away()

    # Long work ---------------------------------------------------------------------------------------

    def watch(self, job: Job) -> None:
        """Show a card if the work is still under way after a second."""
        card = ProgressCard(self.desk.language, job.what, job.hint, self.host, can_stop=job.can_stop)
        card.hide()
        timer = QTimer(card)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._show(card))
        timer.start(PATIENCE)
        job.task.progressed.connect(lambda share: card.set_progress(share * 100))
        card.stopped.connect(job.task.cancel)
        for ended in (job.task.done, job.task.failed):
            ended.connect(lambda _result=None: self._put_away(card, timer))
        job.task.stopped_early.connect(lambda: self._put_away(card, timer))

    def _show(self, card: ProgressCard) -> None:
        self._cards.append(card)
        card.show()
        self._place()

    def _put_away(self, card: ProgressCard, timer: QTimer) -> None:
        timer.stop()
        if card in self._cards:
            self._cards.remove(card)
        card.hide()
        card.deleteLater()
        self._place()

    def _place(self) -> None:
        """One above the other in the lower corner at the end side."""
        width = min(theme().px(340), self.host.width() - 48)
        bottom = self.host.height() - 24
        rtl = self.host.isRightToLeft()
        for card in self._cards:
            height = card.sizeHint().height()
            card.setGeometry(24 if rtl else self.host.width() - width - 24, bottom - height, width, height)
            card.raise_()
            bottom -= height + 8

    def eventFilter(self, watched, event):
        if watched is self.host and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
