"""The look: readable pairs, live change, the fonts of the languages, and nothing heavy at start-up."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from tna_desktop.charts.palette import GROUPS, SHAPE_PATHS, contrast, group_shape
from tna_desktop.paths import resource
from tna_desktop.ui import fonts, icon_engine, icons, shapes
from tna_desktop.ui.buttons import Button
from tna_desktop.ui.labels import Label
from tna_desktop.ui.theme import DARK, LIGHT, use_theme
from tna_desktop.ui.tokens import high_contrast, theme

LOOKS = {
    "light": LIGHT,
    "dark": DARK,
    "light, high contrast": high_contrast(LIGHT),
    "dark, high contrast": high_contrast(DARK),
}
TEXT_PAIRS = [
    ("text", "bg"), ("text2", "bg"), ("text3", "bg"), ("text", "mist"), ("text2", "mist"), ("text3", "mist"),
    ("text", "mist2"), ("text2", "mist2"), ("text", "sel"), ("text2", "sel"), ("text", "sel2"), ("text2", "sel2"),
    ("petrol_ink", "sel"), ("petrol", "bg"), ("petrol", "mist"), ("petrol", "sel2"), ("on_petrol", "petrol"),
    ("on_petrol", "petrol_hover"), ("amber_ink", "amber_bg"), ("amber_ink", "surface"), ("brick", "brick_bg"),
    ("brick", "bg"), ("on_brick", "brick"), ("on_brick", "brick_hover"), ("rail_text", "rail"), ("rail_text2", "rail"),
    ("rail_text", "rail_hi"), ("rail_amber", "rail"), ("tip_text", "tip"), ("text", "raised"), ("text3", "raised"),
]  # fmt: skip
GRAPHIC_PAIRS = [
    ("strong", "bg"), ("strong", "surface"), ("petrol", "bg"), ("amber_icon", "bg"), ("amber_icon", "amber_bg"),
    ("brick", "bg"), ("text3", "bg"), ("rail_done", "rail"), ("rail_amber", "rail"), ("rail_line", "rail"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def light(qapp):
    use_theme("light", 100, "en", contrast=False)
    yield
    use_theme("light", 100, "en", contrast=False)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_is_readable(look, ink, ground):
    assert contrast(getattr(LOOKS[look], ink), getattr(LOOKS[look], ground)) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("mark", "ground"), GRAPHIC_PAIRS)
def test_what_means_something_can_be_seen(look, mark, ground):
    assert contrast(getattr(LOOKS[look], mark), getattr(LOOKS[look], ground)) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_high_contrast_makes_hints_and_lines_stronger(tokens):
    more = high_contrast(tokens)
    for token in ("text2", "text3", "line", "line2", "strong", "faint"):
        assert contrast(getattr(more, token), more.bg) > contrast(getattr(tokens, token), tokens.bg)
    assert contrast(more.text3, more.bg) >= 7


def test_changing_the_scheme_repaints_what_is_there(qtbot):
    button = Button("Next", "filled")
    qtbot.addWidget(button)
    button.show()
    before = button.grab().toImage().pixelColor(6, 16)
    use_theme("dark", contrast=False)
    after = button.grab().toImage().pixelColor(6, 16)
    assert (before.name(), after.name()) == (LIGHT.petrol.lower(), DARK.petrol.lower())
    assert QApplication.palette().window().color().name() == DARK.bg.lower()


@pytest.mark.parametrize(("text_size", "pixels", "height"), [(100, 13, 32), (115, 15, 37), (130, 17, 42)])
def test_the_text_size_changes_letters_and_controls(qtbot, text_size, pixels, height):
    button, label = Button("Next"), QLabel("Question")
    fonts.set_role(label, "screen_title")
    for widget in (button, label):
        qtbot.addWidget(widget)
    use_theme("light", text_size, contrast=False)
    assert button.font().pixelSize() == QApplication.font().pixelSize() == pixels
    assert button.sizeHint().height() == height
    assert label.font().pixelSize() == round(21 * text_size / 100)


def test_a_text_size_that_is_not_offered_becomes_the_nearest(qapp):
    assert use_theme("light", 120, contrast=False).text_size == 115


def test_a_field_is_thirty_two_pixels_high(qtbot):
    editor = QLineEdit()
    qtbot.addWidget(editor)
    editor.show()
    assert editor.sizeHint().height() == 32


@pytest.mark.parametrize(
    ("role", "family", "weight"),
    [
        ("body", "IBM Plex Sans", 400),
        ("body_medium", "IBM Plex Sans", 500),
        ("label", "IBM Plex Sans", 600),
        ("screen_title", "IBM Plex Serif", 500),
        ("voice", "IBM Plex Serif", 400),
    ],
)
def test_roles_use_the_bundled_fonts(qapp, role, family, weight):
    found = QFontInfo(fonts.font(role))
    assert (found.family(), found.weight()) == (family, weight)


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_titles_are_sans_where_the_serif_has_no_letters(qapp, language):
    use_theme("light", 100, language, contrast=False)
    assert fonts.font("screen_title").families()[0] == "IBM Plex Sans"
    assert fonts.font("screen_title").weight() == 500


def test_arabic_lines_are_a_fifth_higher(qapp):
    assert fonts.line_height("body") == 20
    use_theme("light", 100, "ar", contrast=False)
    assert fonts.line_height("body") == 24


def test_every_role_has_the_same_fallback_for_arabic_and_chinese(qapp):
    for role in fonts.ROLES:
        assert fonts.font(role).families()[-2:] == ["IBM Plex Sans Arabic", "IBM Plex Sans SC"]


def test_the_chinese_fonts_wait_until_a_text_needs_them():
    script = (
        "import sys; from PySide6.QtWidgets import QApplication; from PySide6.QtGui import QFontDatabase as D\n"
        "app = QApplication([]); from tna_desktop.ui.theme import use_theme; from tna_desktop.ui import fonts\n"
        "use_theme('light'); had = 'IBM Plex Sans SC' in D.families(); fonts.ready_for('Évaluation')\n"
        "still = 'IBM Plex Sans SC' in D.families(); fonts.ready_for('技术')\n"
        "print(had, still, 'IBM Plex Sans SC' in D.families())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


def test_the_building_blocks_load_nothing_heavy():
    blocks = (
        "banner buttons choices coverage dialogs empty field labels layouts menus notices rating rosette shapes theme"
    )
    script = (
        f"import sys, importlib\nfor name in '{blocks}'.split(): importlib.import_module('tna_desktop.ui.' + name)\n"
        "print([n for n in ('sqlalchemy','numpy','jinja2','openpyxl','weasyprint','babel','yaml') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_shared_colours_need_no_window():
    script = (
        "import sys, tna_desktop.charts.palette, tna_desktop.charts.rosette\n"
        "print(any('PySide6' in name for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_icon_takes_the_colour_of_its_token_and_follows_the_theme(qapp):
    def strongest() -> str:
        image = icon_engine.icon("circle-fill", "petrol").pixmap(24, 24).toImage()
        return image.pixelColor(image.width() // 2, image.height() // 2).name()

    assert strongest() == LIGHT.petrol.lower()
    use_theme("dark", contrast=False)
    assert strongest() == DARK.petrol.lower()


def test_an_icon_is_sharp_on_a_dense_screen(qapp):
    assert icon_engine.pixmap("plus", "text", 16, 2.0).width() == 32


def test_icons_that_point_turn_round(qapp):
    assert icons.mirrored("arrow-right", True) == "arrow-left"
    assert icons.mirrored("caret-double-left", True) == "caret-double-right"
    assert icons.mirrored("arrow-u-up-left", True) == "arrow-u-up-right"
    assert icons.mirrored("check", True) == "check"
    assert icons.mirrored("arrow-right", False) == "arrow-right"


def test_an_icon_nobody_drew_does_not_stop_the_window(qapp):
    assert not icon_engine.icon("no-such-icon").pixmap(16, 16).isNull()


@pytest.mark.parametrize(("folder", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_the_pictures_of_the_style_sheet_have_its_colours(folder, tokens):
    for name, color in {
        "caret-down": tokens.text2,
        "caret-up": tokens.text2,
        "check": tokens.on_petrol,
        "minus": tokens.on_petrol,
        "dot": tokens.petrol,
    }.items():
        assert color in resource("themes", folder, f"{name}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("group", GROUPS)
def test_screen_and_report_draw_the_same_shape(qapp, group):
    """The painted shape and the SVG path cover the same pixels."""
    from PySide6.QtSvg import QSvgRenderer

    def blank() -> QImage:
        image = QImage(64, 64, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        return image

    painted, drawn = blank(), blank()
    painter = QPainter(painted)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(shapes.shape_path(group, QRectF(2, 2, 60, 60)), QColor("black"))
    painter.end()
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<path transform="translate(32 32) scale(30)" d="{SHAPE_PATHS[group_shape(group)]}"/></svg>'
    )
    painter = QPainter(drawn)
    QSvgRenderer(svg.encode()).render(painter)
    painter.end()
    black = other = 0
    for x in range(64):
        for y in range(64):
            one, two = painted.pixelColor(x, y).lightness() < 128, drawn.pixelColor(x, y).lightness() < 128
            black += one
            other += one != two
    assert black > 500
    assert other < black * 0.03


def test_theme_says_sizes_at_the_persons_text_size(qapp):
    use_theme("light", 130, contrast=False)
    assert theme().px(32) == 42


@pytest.mark.parametrize("kind", [QLabel, Label])
def test_references_to_none_do_not_drift(qtbot, kind):
    """Some versions of PySide6 lose a reference with each call and end the program after some thousands."""
    label = kind()
    qtbot.addWidget(label)
    for _ in range(20):
        label.setText("warm")
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
    assert abs(sys.getrefcount(None) - before) < 50
