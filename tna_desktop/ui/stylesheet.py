"""The style sheet of the widgets Qt paints: fields, tables, menus, scroll bars. No fonts in it, see fonts.py.

Paddings are the same on both sides, because Qt does not mirror them for right-to-left languages.
"""

from __future__ import annotations

from string import Template

from ..paths import resource
from .tokens import Theme

_FIELDS = """
QAbstractScrollArea { background: transparent; border: 0; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; color: $text; border: 1px solid $strong; border-radius: 6px;
  selection-background-color: $sel; selection-color: $petrol_ink; placeholder-text-color: $text3;
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${h30}px; max-height: ${h30}px; padding: 0 11px; }
QPlainTextEdit, QTextEdit { padding: 4px 7px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QComboBox:on,
QAbstractSpinBox:focus {
  border: 2px solid $petrol;
}
QLineEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus {
  min-height: ${h28}px; max-height: ${h28}px; padding: 0 10px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px 6px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"] {
  border: 2px solid $brick;
}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"] {
  min-height: ${h28}px; max-height: ${h28}px; padding: 0 10px;
}
QPlainTextEdit[wrong="true"] { padding: 3px 6px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QTextEdit:disabled, QComboBox:disabled,
QAbstractSpinBox:disabled {
  background: $mist2; color: $faint; border-color: $line2;
}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $mist; border-color: $line2; }
QLineEdit[quiet="true"] { background: $mist; border: 1px solid $line2; }
QLineEdit[quiet="true"]:focus { background: $surface; border: 2px solid $petrol; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {
  background: transparent; border: 0; padding: 0; min-height: ${h20}px; max-height: ${h40}px;
}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
  background: transparent; border: 0; padding: 0; min-height: 0;
}
QComboBox { padding: 0 12px; }
QComboBox:focus, QComboBox:on { padding: 0 11px; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: ${h28}px; subcontrol-origin: border;
  subcontrol-position: center right; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$art/caret-down.svg"); width: ${h12}px; height: ${h12}px; }
QComboBox:disabled::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $line2; outline: 0; padding: 4px;
  selection-background-color: $sel2; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: ${h28}px; padding: 0 7px; border-radius: 4px; color: $text; }
QComboBox QAbstractItemView::item:selected { background: $sel2; color: $text; }
QAbstractSpinBox::up-button { border: 0; width: ${h20}px; subcontrol-origin: border; subcontrol-position: top right;
  margin: 3px 3px 0 3px; }
QAbstractSpinBox::down-button { border: 0; width: ${h20}px; subcontrol-origin: border;
  subcontrol-position: bottom right; margin: 0 3px 3px 3px; }
QAbstractSpinBox::up-arrow { image: url("$art/caret-up.svg"); width: ${h10}px; height: ${h10}px; }
QAbstractSpinBox::down-arrow { image: url("$art/caret-down.svg"); width: ${h10}px; height: ${h10}px; }
QDateEdit::down-arrow { width: ${h12}px; height: ${h12}px; }
QCheckBox, QRadioButton { color: $text; spacing: 8px; min-height: ${h26}px; background: transparent; }
QCheckBox:disabled, QRadioButton:disabled { color: $faint; }
QCheckBox::indicator { width: ${h14}px; height: ${h14}px; border: 1px solid $strong; border-radius: 3px;
  background: $surface; margin: 2px; }
QCheckBox::indicator:hover { border-color: $petrol; }
QCheckBox::indicator:checked { background: $petrol; border-color: $petrol; image: url("$art/check.svg"); }
QCheckBox::indicator:indeterminate { background: $petrol; border-color: $petrol; image: url("$art/minus.svg"); }
QCheckBox::indicator:disabled { background: $mist2; border-color: $line2; }
QCheckBox::indicator:focus { border: 2px solid $petrol; margin: 1px; }
QRadioButton::indicator { width: ${h14}px; height: ${h14}px; border: 1px solid $strong; border-radius: ${r8}px;
  background: $surface; margin: 2px; }
QRadioButton::indicator:hover { border-color: $petrol; }
QRadioButton::indicator:checked { border-color: $petrol; image: url("$art/dot.svg"); }
QRadioButton::indicator:disabled { background: $mist2; border-color: $line2; }
QRadioButton::indicator:focus { border: 2px solid $petrol; margin: 1px; border-radius: ${r9}px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $line; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $petrol; }
QSlider::sub-page:horizontal:disabled { background: $line2; }
QSlider::handle:horizontal { width: 10px; height: 10px; margin: -5px 0; border-radius: 7px; border: 2px solid $petrol;
  background: $surface; }
QSlider::handle:horizontal:focus { background: $petrol; }
"""

_VIEWS = """
QTableView, QTreeView, QListView { background: $bg; color: $text; border: 0; outline: 0; gridline-color: transparent;
  selection-background-color: $sel; selection-color: $petrol_ink; alternate-background-color: $bg; }
QHeaderView { background: $bg; border: 0; }
QHeaderView::section { background: $bg; color: $text2; border: 0; border-bottom: 1px solid $line2; padding: 0 8px;
  height: ${h31}px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow { image: url("$art/caret-up.svg"); width: ${h10}px; height: ${h10}px; }
QHeaderView::down-arrow { image: url("$art/caret-down.svg"); width: ${h10}px; height: ${h10}px; }
QTableCornerButton::section { background: $bg; border: 0; border-bottom: 1px solid $line2; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; border: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; border: 0; }
QScrollBar::handle:vertical { background: $line2; border-radius: 3px; min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { background: $line2; border-radius: 3px; min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $strong; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QTabBar { background: transparent; border: 0; }
QTabBar::tab { background: transparent; color: $text2; border: 0; border-bottom: 2px solid transparent;
  padding: 8px 2px; margin: 0 8px; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $petrol; }
QTabBar::tab:focus { color: $petrol; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QProgressBar { background: $mist2; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $petrol; border-radius: 3px; }
"""

_FLOATING = """
QMenu { background: $raised; color: $text; border: 1px solid $line2; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; background: transparent; color: $text; }
QMenu::item:selected { background: $sel2; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QToolTip { background: $tip; color: $tip_text; border: 0; padding: 4px 8px; }
QCalendarWidget QAbstractItemView { selection-background-color: $petrol; selection-color: $on_petrol; }
QDialog { background: $raised; }
"""

_SURFACES = """
QWidget[surface="bg"] { background: $bg; }
QWidget[surface="mist"] { background: $mist; }
QWidget[surface="sunk"] { background: $mist; border-radius: 8px; }
QWidget[surface="rail"] { background: $rail; }
QFrame[surface="card"] { background: $surface; border: 1px solid $line2; border-radius: 8px; }
"""


def stylesheet(look: Theme) -> str:
    """The whole style sheet for a look."""
    art = resource("themes", "dark" if look.dark else "light").as_posix()
    sizes = {f"h{size}": look.px(size) for size in (10, 12, 14, 20, 26, 28, 30, 31, 40)}
    # A radio button is a circle only with half its whole width as radius.
    sizes |= {"r8": sizes["h14"] // 2 + 1, "r9": sizes["h14"] // 2 + 2}
    places = {**look.tokens._asdict(), **{name: str(size) for name, size in sizes.items()}, "art": art}
    return Template(_FIELDS + _VIEWS + _FLOATING + _SURFACES).substitute(places)
