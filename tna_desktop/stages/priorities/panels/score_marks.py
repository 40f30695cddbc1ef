"""Beside the matrix of scores: how much is scored, and what its marks mean."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from tna_desktop.kernel.text import UNKNOWN as DASH
from tna_desktop.kernel.text import Language
from tna_desktop.ui.fonts import font
from tna_desktop.ui.painting import box, draw_text, start, text_width
from tna_desktop.ui.painting import mirrored as mirrored_rect
from tna_desktop.ui.tokens import theme

from ..models import ScoreModel
from .score_painting import SIDE, paint_apart, paint_swatch, paint_unknown


class Progress(QWidget):
    """How many cells are answered: in words, and as a bar."""

    def __init__(self, language: Language):
        super().__init__()
        self._language, self._share, self._text = language, 0.0, ""
        self._bar = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def tell(self, known: int, size: int) -> None:
        say = self._language.say_n
        self._text = say(
            "{known} of one cell scored", "{known} of {n} cells scored", size, known=self._language.number(known)
        )
        self._share = known / size if size else 0.0
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def show_bar(self, bar: bool) -> None:
        """Where room is short, the words alone."""
        if bar != self._bar:
            self._bar = bar
            self.updateGeometry()
            self.update()

    def sizeHint(self):
        look = theme()
        bar = look.px(10 + 92) if self._bar else look.px(6)
        return QSize(int(text_width(self._text, font("label_medium"))) + bar, look.px(26))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        draw_text(painter, QRectF(self.rect()), self._text, font("label_medium"), look.color("text2"))
        if not self._bar:
            return
        wide, high = look.px(90), 6
        top = (self.height() - high) / 2
        track = mirrored_rect(QRectF(self.width() - wide, top, wide, high), self.width(), rtl)
        box(painter, track, 3, look.color("line"))
        if self._share > 0:
            length = max(6.0, wide * self._share)
            box(
                painter,
                mirrored_rect(QRectF(self.width() - wide, top, length, high), self.width(), rtl),
                3,
                look.color("petrol"),
            )


class Legend(QWidget):
    """What the cells mean; what has no room at the end is left out, the margin says it too."""

    def __init__(self, language: Language, model: ScoreModel):
        super().__init__()
        self._language, self._model = language, model
        self.restyle()
        say = language.say
        self._signs = [
            ("?", say("low sureness")), ("•", say("has evidence note")), ("*", say("depends on a condition")),
            ("↔", say("voices disagree")),
        ]  # fmt: skip
        self._unknown = say("not scored: ranking treats it as unknown")
        model.modelReset.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        """What stands here, also where there is no room for it: as a tooltip, and for a screen reader."""
        words = [
            self._language.say("Score from 1 to 5"),
            self._measured,
            *(words for _, words in self._signs),
            self._unknown,
        ]
        self.setAccessibleName(". ".join(filter(None, words)))
        self.setToolTip("\n".join(filter(None, words)))
        self.update()

    @property
    def _measured(self) -> str:
        """What the colour of a measured value says; empty where all is scored from 1 to 5."""
        if all(column.five for column in self._model.columns):
            return ""
        return self._language.say("measured: by points")

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(38))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        painter.setLayoutDirection(self.layoutDirection())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x, high = float(look.px(SIDE)), self.height()

        def at(width: float, height: float | None = None) -> QRectF:
            tall = high if height is None else height
            return mirrored_rect(QRectF(x, (high - tall) / 2, width, tall), self.width(), rtl)

        def write(text: str, role: str, token: str, gap: float) -> None:
            nonlocal x
            width = text_width(text, font(role))
            draw_text(painter, at(width), text, font(role), look.color(token))
            x += width + gap

        write(self._language.say("Score"), "label", "text2", look.px(8))
        for level in range(1, 6):
            paint_swatch(painter, at(look.px(26), look.px(18)), level, str(level))
            x += look.px(30)
        if self._measured:
            write(self._measured, "meta", "text2", look.px(4))
        x += look.px(8)
        parts = [(*sign, False) for sign in self._signs]
        parts.insert(2, (DASH, self._unknown, True))
        for sign, words, unknown in parts:
            sign_wide = look.px(22) if unknown else look.px(12)
            if x + sign_wide + text_width(words, font("meta")) > self.width() - look.px(12):
                continue
            if unknown:
                paint_unknown(painter, at(sign_wide, look.px(16)), sign)
            elif sign == "↔":
                paint_apart(painter, at(look.px(11)), look.color("text"))
            else:
                draw_text(painter, at(sign_wide), sign, font("label"), look.color("text"), "center")
            x += sign_wide + look.px(5)
            write(words, "meta", "text2", look.px(16))
