"""What the ranking paints: words never on a hatch, names for groups, whole names or short ones."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPixmap

from tests.builders import room
from tests.builders.room import do
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations
from tna_desktop.stages.priorities.panels import ranking_painting
from tna_desktop.ui.choices import GroupSwitch
from tna_desktop.ui.painting import text_width

LONG = "Biological control of invasive ants with a risk assessment"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def screen(document, qtbot):
    """Two with a rank, and three without: almost nothing known, a part of it, almost all."""
    from tna_desktop.stages.priorities.panels.ranking import RankingScreen

    weights = (10, 20, 30, 40)
    columns = [do(document, criteria.add_criterion, f"C{n}", low=0, high=100, weight=n) for n in weights]
    rows = {"First": (90, 90, 90, 90), "Second": (50, 50, 50, 50), "None known": (100, None, None, None),
            "Half known": (80, 80, 80, None), LONG: (None, 60, 60, 60)}  # fmt: skip
    for name, scores in rows.items():
        id = do(document, operations.add_technology, name, short=name.split(" of ")[0])
        for column, value in zip(columns, scores, strict=True):
            if value is not None:
                do(document, operations.set_score, id, column, value=value)
    made = RankingScreen(room.new_desk(document), "priorities.ranking")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def listened(monkeypatch):
    """What the rows paint: texts with the place of their letters, and hatches."""
    texts: list[tuple[str, QRectF]] = []
    hatches: list[QRectF] = []
    draw, hatch = ranking_painting.draw_text, ranking_painting.paint_open

    def drawing(painter, rect, text, face, color, align="start"):
        wide = text_width(text, face)
        rtl = painter.layoutDirection() == painter.layoutDirection().RightToLeft
        left = rect.center().x() - wide / 2 if align == "center" else rect.right() - wide if rtl else rect.left()
        texts.append((text, QRectF(left, rect.center().y() - 6, wide, 12)))
        draw(painter, rect, text, face, color, align)

    monkeypatch.setattr(ranking_painting, "draw_text", drawing)
    monkeypatch.setattr(
        ranking_painting, "paint_open", lambda painter, area: (hatches.append(area), hatch(painter, area))
    )
    return texts, hatches


@pytest.mark.parametrize("width", [620, 842, 1090, 1500])
@pytest.mark.parametrize("rtl", [False, True])
def test_why_there_is_no_rank_never_stands_on_the_hatch_or_its_ends(screen, listened, width, rtl):
    from PySide6.QtCore import Qt

    texts, hatches = listened
    screen.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    screen.resize(width, 640)
    texts.clear(), hatches.clear()
    screen.view.viewport().render(QPixmap(screen.view.viewport().size()))
    said = [(text, place) for text, place in texts if "unknown" in text or text.startswith("no rank")]
    assert len(said) == len(hatches) == 3
    for text, place in said:
        # The ends of a hatch reach three beyond it.
        assert not any(place.intersects(area.adjusted(-1, -3, 1, 3)) for area in hatches), text
        row = min(abs(place.center().y() - area.center().y()) for area in hatches)
        assert row < 24  # it is in the row of its own hatch


def test_a_name_without_room_gives_way_to_the_short_one(screen, listened):
    texts, _ = listened
    screen.resize(842, 640)
    screen.view.viewport().render(QPixmap(screen.view.viewport().size()))
    assert "Biological control" in {text for text, _ in texts}
    assert not any(text.endswith("…") for text, _ in texts)


# Whose weights --------------------------------------------------------------------------------------------

GROUPS = [("government", "Government and public administration"), ("indigenous_peoples", "Indigenous peoples"),
          ("research", "Research and education institutions"), ("private_sector", "Private sector and business")]  # fmt: skip
SHORTS = {"government": "Government", "research": "Research", "private_sector": "Private sector"}


@pytest.mark.parametrize("width", [300, 1200])
def test_every_group_has_its_whole_name_for_the_pointer_and_for_a_screen_reader(qtbot, width):
    from tna_desktop.kernel.text import ENGLISH

    switch = GroupSwitch(ENGLISH)
    qtbot.addWidget(switch)
    switch.set_groups(GROUPS, "research", SHORTS)
    switch.resize(width, 36)
    switch.show()
    whole, research = switch.buttons()[0], switch.buttons()[3]
    assert whole.words == "All groups"
    assert [button.accessibleName() for button in switch.buttons()[1:]] == [name for _, name in GROUPS]
    assert [button.words for button in switch.buttons()[1:]] == [
        "Government",
        "Indigenous peoples",
        "Research",
        "Private sector",
    ]
    assert research.toolTip() == "Research and education institutions"
    assert research.sizeHint().width() > 60  # the chosen one keeps its name
    named = [button.sizeHint().width() > 60 for button in switch.buttons()[1:]]
    assert all(named) if width > 1000 else sum(named) == 1
    if width < 1000:  # without a written name each has one under the pointer
        assert [button.toolTip() for button in switch.buttons()[1:]] == [name for _, name in GROUPS]


def test_the_title_asks_how_sure_we_are_and_fits_beside_the_buttons_of_a_laptop(qapp):
    from tna_desktop.ui.fonts import font
    from tna_desktop.ui.theme import use_theme

    question = room.WORKFLOW.step("priorities.ranking").question
    assert question == "Which technologies come first, and how sure are we?"
    use_theme("light", 100, "en")
    # 1366 less the rail, the strip of the guide, the margins, and the two buttons with the space between them.
    assert text_width(question, font("screen_title")) < 1366 - 224 - 44 - 2 * 24 - 270
