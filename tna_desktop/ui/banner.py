"""One sentence across the screen that says how things stand, with one or two things to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from .buttons import Button
from .labels import IconMark, Label
from .painting import CARD, box, start
from .tokens import theme

Action = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class _Kind:
    icon: str
    icon_token: str
    ground: str
    line: str
    ink: str
    buttons: tuple[str, str]


KINDS = {
    "info": _Kind("info-fill", "petrol", "sel2", "info_line", "text", ("link", "link")),
    "good": _Kind("check-circle-fill", "petrol", "sel2", "info_line", "text", ("link", "link")),
    "attention": _Kind("warning-fill", "amber_icon", "amber_bg", "amber_line", "amber_ink", ("amber", "ghost_amber")),
    "error": _Kind("x-circle-fill", "brick", "brick_bg", "brick_line", "brick", ("outline", "ghost_brick")),
}


class Banner(QFrame):
    """Kind is info, good, attention or error; ``lead`` comes first, in semi-bold. At most one per screen."""

    def __init__(
        self,
        kind: str = "info",
        lead: str = "",
        text: str = "",
        actions: Sequence[Action] = (),
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._icon = IconMark("info-fill", px=16, beside="body")
        self._sentence = Label("", "body", wrap=True)
        self._buttons: list[Button] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 5, 9, 5)
        self._row.setSpacing(10)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._sentence, 1)
        self.tell(kind, lead, text, actions)

    def tell(self, kind: str, lead: str = "", text: str = "", actions: Sequence[Action] = ()) -> None:
        """Say something else."""
        self._kind = kind
        look = KINDS[kind]
        self._icon.set_icon(look.icon, look.icon_token)
        self._sentence.set_text(text, lead)
        self._sentence.set_tone(look.ink)
        for button in self._buttons:
            button.hide()
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for (words, on_click), button_kind in zip(actions, look.buttons, strict=False):
            button = Button(words, button_kind, small=button_kind != "link", on_click=on_click)
            self._buttons.append(button)
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(self._sentence.text())
        self.restyle()
        self.update()

    def buttons(self) -> list[Button]:
        return list(self._buttons)

    def restyle(self) -> None:
        self.setMinimumHeight(theme().px(36))

    def paintEvent(self, event):
        look, kind = theme(), KINDS[self._kind]
        box(start(self), self.rect(), CARD, look.color(kind.ground), look.color(kind.line))
