"""Small things to read: text in a role, hairlines, key caps, chips and the marks of how something stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from .fonts import font, line_height, ready_for, set_role
from .icons import paint_icon
from .painting import box, draw_text, start, text_width, visual_alignment
from .tokens import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeySequence

_ALIGN_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BOTTOM = Qt.AlignmentFlag.AlignBottom
_TOP = Qt.AlignmentFlag.AlignTop
#: A text in lines: the layout to draw, its height, and whether something was cut.
_Lines = tuple[QTextLayout, int, bool]
#: So many widths are kept per label; a layout asks for the same few again and again.
_WIDTHS_KEPT = 12


class Label(QLabel):
    """Text in one of the design's roles, with its line height; wrapped, or cut and shown whole as tooltip.

    ``lead`` is a first part in semi-bold, as banners have it. ``max_lines`` wraps up to so many lines and then cuts.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        wrap: bool = False,
        elide: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
        lead: str = "",
        max_lines: int = 0,
    ):
        # Qt may tell of changes while the label is being made.
        self._known: dict[float, _Lines] = {}
        self._natural: int | None = None
        super().__init__(parent)
        self._role, self._tone, self._lead = role, tone, lead
        self._lines_allowed = max_lines if max_lines else (0 if wrap else 1)
        self._elide = elide or max_lines > 0
        self._own_tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self, role)
        self.setAlignment(_ALIGN_START)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if self._lines_allowed != 1:
            self.setWordWrap(True)
            policy.setHeightForWidth(True)
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        elif self._elide:
            policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self._selectable = selectable
        self.setText(text)

    def setText(self, text: str) -> None:
        ready_for(text)
        ready_for(self._lead)
        self._forget()
        super().setText(" ".join((self._lead, text)).strip() if self._lead else text)
        self._show_whole()
        self.updateGeometry()
        self.update()

    def set_text(self, text: str, lead: str | None = None) -> None:
        if lead is not None:
            self._lead = lead
        self.setText(text)

    def set_tone(self, token: str) -> None:
        self._tone = token
        self.restyle()

    def setToolTip(self, text: str) -> None:
        self._own_tip = text
        self._show_whole()

    def restyle(self) -> None:
        if self._selectable:
            colors = self.palette()
            colors.setColor(self.foregroundRole(), theme().color(self._tone))
            self.setPalette(colors)
        self._forget()
        self.updateGeometry()
        self.update()

    def sizeHint(self):
        width = self._natural_width()
        margins = self.contentsMargins()
        if self._lines_allowed == 1:
            height = line_height(self._role)
        else:
            width = min(width, theme().px(440))
            height = self._laid_out(width)[1]
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSizeHint(self):
        if self._lines_allowed == 1 and not self._elide:
            return self.sizeHint()
        metrics = QFontMetrics(self.font())
        if self._elide:
            width = min(self._natural_width(), metrics.horizontalAdvance("MMM…"))
        else:
            longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
            width = min(longest + 2, theme().px(160))
        margins = self.contentsMargins()
        return QSize(
            width + margins.left() + margins.right(),
            line_height(self._role) + margins.top() + margins.bottom(),
        )

    def hasHeightForWidth(self):
        return self._lines_allowed != 1

    def heightForWidth(self, width):
        if self._lines_allowed == 1:
            return -1
        margins = self.contentsMargins()
        inner = max(1, width - margins.left() - margins.right())
        if self._natural_width() <= inner and "\n" not in self.text():
            return line_height(self._role) + margins.top() + margins.bottom()
        return self._laid_out(inner)[1] + margins.top() + margins.bottom()

    def resizeEvent(self, event):
        super().resizeEvent(event)
        self._show_whole()

    def paintEvent(self, event):
        if self._selectable:
            super().paintEvent(event)
            return
        area = self.contentsRect()
        layout, height, _ = self._laid_out(area.width())
        painter = QPainter(self)
        painter.setPen(theme().color(self._tone if self.isEnabled() else "faint"))
        top = float(area.top())
        if self.alignment() & _BOTTOM:
            top = area.bottom() + 1 - height
        elif not self.alignment() & _TOP:
            top += (area.height() - height) / 2
        layout.draw(painter, QPointF(area.left(), top))

    def is_cut(self) -> bool:
        """Whether some of the text does not fit and is replaced by an ellipsis."""
        return self._laid_out(max(1, self.contentsRect().width()))[2]

    def _show_whole(self) -> None:
        tip = self._own_tip
        if not tip and self._elide and self.width() > 1 and self.is_cut():
            tip = self.text()
        if tip != self.toolTip():
            super().setToolTip(tip)

    def _natural_width(self) -> int:
        if self._natural is not None:
            return self._natural
        width = max((text_width(line, self.font()) for line in self.text().split("\n")), default=0.0)
        if self._lead:
            width += text_width(self._lead, self._lead_font()) - text_width(self._lead, self.font())
        self._natural = int(width) + 2
        return self._natural

    def _forget(self) -> None:
        """What was measured no longer holds: the text or the way it is written is another."""
        self._known.clear()
        self._natural = None

    def changeEvent(self, event):
        self._forget()
        super().changeEvent(event)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        self._forget()
        super().setAlignment(alignment)

    def _lead_font(self) -> QFont:
        made = QFont(self.font())
        made.setWeight(QFont.Weight.DemiBold)
        return made

    def _laid_out(self, width: float) -> _Lines:
        found = self._known.get(width)
        if found is None:
            if len(self._known) == _WIDTHS_KEPT:
                self._known.clear()
            found = self._known[width] = self._lay_out(width)
        return found

    def _lay_out(self, width: float) -> _Lines:
        text = self.text()
        layout, count, cut_at = self._broken(text, width)
        if cut_at is not None and self._elide:
            metrics = QFontMetricsF(self.font())
            rest = text[cut_at:].replace("\n", " ")
            layout, count, _ = self._broken(
                text[:cut_at] + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width), width
            )
        return layout, max(1, count) * line_height(self._role), cut_at is not None

    def _broken(self, text: str, width: float) -> tuple[QTextLayout, int, int | None]:
        layout = QTextLayout(text.replace("\n", "\u2028"), self.font())
        wrap = (
            QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
            if self._lines_allowed != 1
            else QTextOption.WrapMode.NoWrap
        )
        option = QTextOption()
        option.setWrapMode(wrap)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(visual_alignment(self, self.alignment()))
        layout.setTextOption(option)
        if self._lead:
            from PySide6.QtGui import QTextCharFormat

            bold = QTextLayout.FormatRange()
            bold.start, bold.length = 0, len(self._lead)
            bold.format = QTextCharFormat()
            bold.format.setFont(self._lead_font())
            layout.setFormats([bold])
        metrics = QFontMetricsF(self.font())
        step = line_height(self._role)
        above = (step - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        count, last_start, cut = 0, 0, None
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            if self._lines_allowed and count == self._lines_allowed:
                cut = last_start
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, count * step + above - line.ascent()))
            last_start = line.textStart()
            count += 1
            if self._lines_allowed == 1 and line.naturalTextWidth() > width + 0.5:
                cut = last_start
        layout.endLayout()
        return layout, count, cut


class Hairline(QWidget):
    """A line of one pixel."""

    def __init__(self, vertical: bool = False, token: str = "line", parent: QWidget | None = None):
        super().__init__(parent)
        self._token = token
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event):
        QPainter(self).fillRect(self.rect(), theme().color(self._token))


class KeyCap(QWidget):
    """A key or a combination of keys, as a hint: “Ctrl K”."""

    def __init__(self, keys: str | QKeySequence, on_rail: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        if not isinstance(keys, str):
            from PySide6.QtGui import QKeySequence

            keys = keys.toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        self._keys, self._on_rail = keys, on_rail
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # The names of keys are read from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def sizeHint(self):
        look = theme()
        return QSize(int(text_width(self._keys, font("smallest"))) + 2 + 2 * look.px(7), look.px(18))

    def paintEvent(self, event):
        look = theme()
        painter = start(self)
        fill = None if self._on_rail else look.color("surface")
        box(painter, self.rect(), 4, fill, look.color("rail_line" if self._on_rail else "line2"))
        tone = look.color("rail_text2" if self._on_rail else "text2")
        draw_text(painter, QRectF(self.rect()), self._keys, font("smallest"), tone, "center")


_CHIP_TONES = {
    "neutral": ("mist2", None, "text2"),
    "petrol": ("sel", None, "petrol_ink"),
    "amber": ("amber_bg", "amber_line", "amber_ink"),
}


def chip_size(text: str) -> QSize:
    look = theme()
    return QSize(int(text_width(text, _chip_font())) + 2 + 2 * look.px(11), look.px(19))


def paint_chip(painter: QPainter, rect: QRectF, text: str, tone: str = "neutral") -> None:
    """Paint a chip into a rectangle, for lists and tables."""
    look = theme()
    ground, line, ink = _CHIP_TONES[tone]
    rect = QRectF(rect)
    box(painter, rect, rect.height() / 2, look.color(ground), look.color(line) if line else None)
    draw_text(painter, rect, text, _chip_font(), look.color(ink), "center")


def _chip_font() -> QFont:
    made = font("smallest")
    made.setWeight(QFont.Weight.DemiBold)
    return made


class Chip(QWidget):
    """A word about a thing: neutral, petrol for what is named by the method, amber only for “needs you”."""

    def __init__(self, text: str, tone: str = "neutral", parent: QWidget | None = None):
        super().__init__(parent)
        self._text, self._tone = text, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_text(text, tone)

    def set_text(self, text: str, tone: str | None = None) -> None:
        ready_for(text)
        self._text, self._tone = text, tone or self._tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self):
        return chip_size(self._text)

    def paintEvent(self, event):
        paint_chip(start(self), QRectF(self.rect()), self._text, self._tone)


class IconMark(QWidget):
    """An icon that only shows something. ``name`` is what a screen reader says; empty beside words."""

    def __init__(
        self,
        icon: str,
        token: str = "text2",
        px: int = 16,
        name: str = "",
        beside: str = "",
        parent: QWidget | None = None,
    ):
        """``beside`` is the role of the text it stands beside: the icon is then centred on the first line."""
        super().__init__(parent)
        self._icon, self._token, self._px, self._beside = icon, token, px, beside
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.restyle()

    def set_icon(self, icon: str, token: str | None = None) -> None:
        self._icon, self._token = icon, token or self._token
        self.update()

    def restyle(self) -> None:
        side = theme().px(self._px)
        self.setFixedSize(side, max(side, line_height(self._beside)) if self._beside else side)

    def paintEvent(self, event):
        side = self.width()
        paint_icon(start(self), QRectF(0, (self.height() - side) / 2, side, side), self._icon, self._token)


#: Icon, its colour and the colour of the words, for each state.
STATES = {
    "good": ("check-circle-fill", "petrol", "text"),
    "begun": ("circle-half", "text2", "text"),
    "open": ("circle", "text3", "text2"),
    "attention": ("warning-fill", "amber_icon", "amber_ink"),
    "wrong": ("x-circle-fill", "brick", "brick"),
}


class StateMark(QWidget):
    """How something stands, as icon and words; with ``icon_only`` the words are its tooltip and accessible name."""

    def __init__(self, state: object, words: str, icon_only: bool = False, parent: QWidget | None = None):
        super().__init__(parent)
        self._icon_only = icon_only
        self._mark = IconMark("circle", px=16, beside="" if icon_only else "body")
        self._label = Label("", "body", wrap=not icon_only)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        if not icon_only:
            layout.addWidget(self._label, 1)
        self.set_state(state, words)

    def set_state(self, state: object, words: str) -> None:
        """State is good, begun, open, attention or wrong, or a State of the findings."""
        name, token, tone = STATES[str(getattr(state, "value", state))]
        self._mark.set_icon(name, token)
        self._label.setText(words)
        self._label.set_tone(tone)
        self.setAccessibleName(words)
        self.setToolTip(words if self._icon_only else "")
