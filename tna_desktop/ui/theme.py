"""Putting a look on the application: light or dark, three text sizes, the writing of a language; live at any time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from . import fonts
from .stylesheet import stylesheet
from .tokens import DARK, LIGHT, Script, Theme, Tokens, high_contrast, set_current, theme

__all__ = [
    "DARK",
    "IN_FUSION",
    "LIGHT",
    "SCHEMES",
    "TEXT_SIZES",
    "Script",
    "Theme",
    "Tokens",
    "contrast_wanted",
    "theme",
    "use_theme",
]

SCHEMES = ("system", "light", "dark")
TEXT_SIZES = (100, 115, 130)
#: A property of an application that has been in the Fusion style from its beginning.
IN_FUSION = "inFusion"
_SCRIPTS = {"ar": Script.ARABIC, "zh": Script.CHINESE}


def use_theme(
    scheme: str = "system",
    text_size: int = 100,
    language: str = "en",
    contrast: bool | None = None,
    first_picture: bool = False,
) -> Theme:
    """Give the application this look, at once and everywhere.

    ``scheme`` is light, dark or system; ``text_size`` 100, 115 or 130 per cent; ``language`` the code of the window's
    language, for the fonts (titles in Arabic and Chinese are sans). ``contrast`` None follows the system's wish.
    ``first_picture`` leaves out what the start page looks the same without: the fonts of other languages, and the style
    sheet, which costs as much as painting the page. Call again without it as soon as the page is on the screen.
    """
    app = _application()
    dark = _system_is_dark() if scheme == "system" else scheme == "dark"
    more = contrast_wanted() if contrast is None else contrast
    tokens = DARK if dark else LIGHT
    look = Theme(
        tokens=high_contrast(tokens) if more else tokens,
        dark=dark,
        text_size=min(TEXT_SIZES, key=lambda size: abs(size - text_size)),
        script=_SCRIPTS.get(language[:2], Script.LATIN),
        high_contrast=more,
        reduced_motion=_less_motion_wanted(),
    )
    if first_picture:
        fonts.register_first(look.script)
    else:
        fonts.register_fonts(chinese=look.script is Script.CHINESE)
    follower = _follow(app)
    follower.wish = (scheme, text_size, language, contrast)
    first = follower.first
    if not first and look == theme():
        if not first_picture and not app.styleSheet():
            app.setStyleSheet(stylesheet(look))
        return look
    follower.first = False
    follower.busy = True
    set_current(look)
    # Even to ask for the style costs seven milliseconds; the application of app.py was begun with it.
    if first and not app.property(IN_FUSION):
        app.setStyle("Fusion")
    app.setFont(fonts.font("body"))
    app.setPalette(palette(look))
    QToolTip.setFont(fonts.font("label_medium"))
    if not first_picture:
        app.setStyleSheet(stylesheet(look))
    _restyle_all(app)
    follower.busy = False
    return look


def contrast_wanted() -> bool:
    """Whether the system asks for high contrast (Qt tells since 6.10)."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility") or not hasattr(Qt, "ContrastPreference"):
        return False
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def palette(look: Theme) -> QPalette:
    """The palette of a look, for what Qt paints by itself."""
    made = QPalette()
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    for where, token in {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "mist",
        role.Text: "text",
        role.PlaceholderText: "text3",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "brick",
        role.Light: "bg",
        role.Midlight: "mist",
        role.Mid: "line2",
        role.Dark: "strong",
        role.Shadow: "line2",
        role.Highlight: "sel",
        role.HighlightedText: "petrol_ink",
        role.Link: "petrol",
        role.LinkVisited: "petrol_ink",
        role.ToolTipBase: "tip",
        role.ToolTipText: "tip_text",
        role.Accent: "petrol",
    }.items():
        made.setColor(where, look.color(token))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, where, look.color("faint"))
    made.setColor(group.Disabled, role.Highlight, QColor(look.hex("mist2")))
    return made


class _Follower(QObject):
    """Watches the system for a change of scheme or contrast while the person leaves the choice to it."""

    def __init__(self, app: QApplication):
        super().__init__(app)
        self.setObjectName("theme follower")
        self.wish: tuple[str, int, str, bool | None] = ("system", 100, "en", None)
        self.first = True
        self.busy = False
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self.again)
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self.again)

    def again(self, *_ignored: object) -> None:
        if not self.busy:
            use_theme(*self.wish)


def _follow(app: QApplication) -> _Follower:
    found = app.findChild(_Follower, "theme follower")
    return found if found is not None else _Follower(app)


def _restyle_all(app: QApplication) -> None:
    """Tell every widget that fonts and colours are others now."""
    for widget in app.allWidgets():
        role = widget.property(fonts.ROLE)
        if role:
            widget.setFont(fonts.font(role))
        restyle = getattr(widget, "restyle", None)
        if callable(restyle):
            restyle()
        widget.updateGeometry()
        if isinstance(widget, QWidget):
            widget.update()
    # Scroll areas and tables lay out again only when told.
    for window in app.topLevelWidgets():
        QApplication.postEvent(window, QEvent(QEvent.Type.LayoutRequest))


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("The look needs an application; make a QApplication first.")
    return app


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _less_motion_wanted() -> bool:
    """Whether the system asks for less motion; Qt names this hint since 6.11 on some systems only."""
    hints = QGuiApplication.styleHints()
    wanted = getattr(getattr(hints, "accessibility", lambda: None)(), "motionPreference", None)
    return bool(wanted is not None and str(wanted()).endswith("ReducedMotion"))
