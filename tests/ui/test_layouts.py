"""Rows that flow on to the next line, and what a collection of garbage must not take from them."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tna_desktop.ui.layouts import FlowRow, add, clear


def labels(count: int) -> list[QLabel]:
    made = [QLabel() for _ in range(count)]
    for each in made:
        each.setFixedSize(100, 20)
    return made


@pytest.fixture
def holder(qtbot):
    """A shown widget with a row made before it has a place, as the screens make theirs."""

    def hold(parts: list[QLabel], width: int) -> QWidget:
        flow = FlowRow(gap=10, row_gap=5)
        for part in parts:
            flow.addWidget(part)
        made = QWidget()
        outer = QVBoxLayout(made)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(flow)
        outer.addStretch(1)
        qtbot.addWidget(made)
        made.resize(width, 300)
        made.show()
        return made

    return hold


def places(parts: list[QLabel]) -> list[tuple[int, int]]:
    return [(part.pos().x(), part.pos().y()) for part in parts]


def test_a_row_flows_on_to_the_next_line_in_both_directions(holder) -> None:
    parts = labels(5)
    made = holder(parts, 330)
    assert places(parts) == [(0, 0), (110, 0), (220, 0), (0, 25), (110, 25)]
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert places(parts) == [(230, 0), (120, 0), (10, 0), (230, 25), (120, 25)]
    made.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    parts[0].hide()
    made.resize(550, 300)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert places(parts)[1:] == [(0, 0), (110, 0), (220, 0), (330, 0)]


def test_a_row_stands_a_collection_of_garbage_and_parts_that_go(holder) -> None:
    parts = labels(4)
    made = holder(parts, 330)
    flow = made.layout().itemAt(0)
    del flow
    gc.collect()
    made.resize(120, 300)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert places(parts) == [(0, 0), (0, 25), (0, 50), (0, 75)]
    parts[1].setParent(None)
    parts.pop(1).deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert places(parts) == [(0, 0), (0, 25), (0, 50)]
    clear(made.layout().itemAt(0).layout())
    gc.collect()
    parts = labels(2)
    add(made.layout().itemAt(0).layout(), *parts)
    for part in parts:
        part.show()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert places(parts) == [(0, 0), (0, 25)]
