"""In Arabic everything is the other way round: the rail at the right, the guide at the left, tables from the right."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from tests.builders import seen
from tests.builders.whole_window import close_window, listening, open_window, walk
from tna_desktop.ui.icons import mirrored


@dataclass
class Walked:
    places: dict[str, tuple[int, int, int]] = field(default_factory=dict)  # rail, work and panel from the left
    tables: dict[str, list[tuple[str, int, int]]] = field(default_factory=dict)  # first and last column from the left
    outside: set[str] = field(default_factory=set)
    directions: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(qapp, sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    path = tmp_path_factory.mktemp("arabic") / "kelvara.tna"
    shutil.copyfile(sample_file, path)
    found = Walked()
    with listening() as heard:
        window = open_window(path, "ar")
        space = window.workspace
        for size in ((1366, 768), (1024, 600)):
            window.resize(*size)
            for place in walk(space, report=False):
                window.grab()
                name = f"{place} at {size[0]}x{size[1]}"
                if space.panel.isVisible() and not space.panel.floating:
                    found.places[name] = tuple(
                        seen.at(each, window).x() for each in (space.rail, space.work, space.panel)
                    )
                for view in space.stack.currentWidget().findChildren(QTableView):
                    head = view.horizontalHeader()
                    shown = [at for at in range(head.count()) if not head.isSectionHidden(at)]
                    if view.isVisible() and len(shown) > 1:
                        found.tables.setdefault(name, []).append(
                            (type(view).__name__, *(head.sectionViewportPosition(at) for at in (shown[0], shown[-1])))
                        )
                found.outside |= {f"{name}: {line}" for line in (*seen.outside(window), *seen.overlaps(window))}
                for widget in seen.shown(space.stack.currentWidget()):
                    if widget.layout() is not None and widget.layoutDirection() != Qt.LayoutDirection.RightToLeft:
                        found.directions.add(f"{name}: {type(widget).__name__} {widget.accessibleName()}")
        close_window(window)
        found.heard = list(heard)
    return found


def test_the_rail_is_at_the_right_and_the_guide_at_the_left(walked: Walked) -> None:
    assert walked.places
    for name, (rail, work, panel) in walked.places.items():
        assert panel < work < rail, name


def test_tables_begin_at_the_right(walked: Walked) -> None:
    assert len(walked.tables) > 10
    for name, views in walked.tables.items():
        for view, first, last in views:
            assert first > last, f"{name}: {view}"


def test_nothing_is_clipped(walked: Walked) -> None:
    assert not walked.outside, "\n".join(sorted(walked.outside))


def test_every_part_follows_the_direction(walked: Walked) -> None:
    assert not walked.directions, "\n".join(sorted(walked.directions))


def test_nobody_complains_on_the_way(walked: Walked) -> None:
    assert walked.heard == []


def test_arrows_turn_round_and_clocks_do_not() -> None:
    assert mirrored("arrow-right", True) == "arrow-left"
    assert mirrored("caret-double-left", True) == "caret-double-right"
    assert mirrored("arrow-u-up-left", True) == "arrow-u-up-right"
    assert mirrored("clock-counter-clockwise", True) == "clock-counter-clockwise"
    assert mirrored("arrow-right", False) == "arrow-right"


def test_the_arrow_on_next_points_to_the_left(qapp, sample: Path) -> None:
    """What is painted, not only what is asked for: the mirrored button is the picture of the other one turned round."""
    images = {}
    for code in ("en", "ar"):
        window = open_window(sample, code)
        button = window.workspace.header.next
        button.setText("")
        button.resize(60, 32)
        images[code] = button.grab().toImage()
        close_window(window)
    turned = images["en"].mirrored(True, False)
    different = sum(
        abs(turned.pixelColor(x, y).lightness() - images["ar"].pixelColor(x, y).lightness()) > 60
        for x in range(60)
        for y in range(32)
    )
    same_way = sum(
        abs(images["en"].pixelColor(x, y).lightness() - images["ar"].pixelColor(x, y).lightness()) > 60
        for x in range(60)
        for y in range(32)
    )
    assert different < 12 < same_way
