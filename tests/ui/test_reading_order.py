"""Numbers with signs keep their order on a page that begins at the right; texts in its own script go its way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from tests.builders.wall_pages import header
from tna_desktop.kernel.projected import Bar, Bars, Projection
from tna_desktop.kernel.text import language
from tna_desktop.ui.fonts import font
from tna_desktop.ui.painting import draw_text, has_right_to_left
from tna_desktop.ui.theme import use_theme
from tna_desktop.ui.wall import Wall

RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


@pytest.fixture(autouse=True)
def arabic(qapp):
    use_theme("light", 100, "ar")
    yield
    use_theme("light", 100, "en")


def painted(text: str, direction, by_qt: bool = False) -> QImage:
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setLayoutDirection(direction)
    if by_qt:
        painter.setFont(font("body"))
        painter.drawText(QPointF(20, 20), text)
    else:
        draw_text(painter, QRectF(0, 0, 200, 30), text, font("body"), QColor("black"), "center")
        assert painter.layoutDirection() == direction
    painter.end()
    return image


@pytest.mark.parametrize(
    "text", ["57 of 100", "> 99", "5=", "10+", "150–320", "< 1 of 100", "-5 %", "Vessel monitoring…"]
)
def test_numbers_with_signs_read_the_same_from_either_side(text) -> None:
    assert painted(text, RTL) == painted(text, LTR)
    # What Qt would make of it by itself, so that this test can fail.
    assert painted(text, RTL, by_qt=True) != painted(text, LTR, by_qt=True)


@pytest.mark.parametrize("text", ["57 من 100", "الرتبة 5=", "TNA: خطة"])
def test_what_has_letters_of_the_script_goes_its_way(text) -> None:
    assert has_right_to_left(text)
    assert painted(text, RTL) != painted(text, LTR)


def test_a_place_that_is_shared_reads_so_on_the_wall_too() -> None:
    """The sign of a shared place stands after its number: there is more ink at the right of "5=" in the upper half."""
    wall = Wall(language("ar"))
    wall.resize(1280, 800)
    wall.grab()
    wall.tell(header(True), Projection((Bars((Bar("a", "تقنية", "1=", 80, "80"), Bar("b", "تقنية", "1=", 80, "80"))),)))
    image = wall.grab().toImage()
    place = next(each.place for each in wall.texts() if each.words == "1=").toRect()
    half = place.width() // 2

    def dark(left: int, right: int, top: int, bottom: int) -> int:
        return sum(image.pixelColor(x, y).lightness() < 128 for x in range(left, right) for y in range(top, bottom))

    # A one reaches higher than an equals sign, so the upper third is dark where the one is.
    top, third = place.top(), place.top() + place.height() * 2 // 5
    assert dark(place.left(), place.left() + half, top, third) > dark(place.left() + half, place.right(), top, third)
    wall.close()
    wall.deleteLater()
