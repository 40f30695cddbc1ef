"""Cells and rows: what is shown, what is understood, and how the list of rows renews itself."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QTableView

from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.text import language
from tna_desktop.ui.cell_values import editing_text, read_day, read_number, shown, understood
from tna_desktop.ui.column_fit import shown_columns, widths
from tna_desktop.ui.records import Choice, Column, RecordModel, Row

ENGLISH, FRENCH = language("en"), language("fr")
LEVELS = [Choice("low", "Low"), Choice("middle", "Middling"), Choice("high", "High")]
NAME, LEVEL, COST = (
    Column("name", "Name"),
    Column("level", "Level", "choice", choices=LEVELS),
    Column("cost", "Cost", "money"),
)


def a_row(id: str, **values: object) -> Row:
    return Row(id, values)


def a_model(*rows: Row) -> RecordModel:
    model = RecordModel([NAME, LEVEL, COST], ENGLISH)
    model.load(rows)
    return model


def names(model: RecordModel) -> list[str]:
    return [row.values["name"] for row in model.visible]


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("120000", "en", 120000.0),
        ("1,250", "en", 1250.0),
        ("1,250", "fr", 1.25),
        ("1.250", "es", 1250.0),
        ("0,125", "en", 0.125),
        ("1 250,5", "fr", 1250.5),
        ("1\u202f250\u00a0000", "fr", 1250000.0),
        ("1,250.50", "fr", 1250.5),
        ("1.250,50", "en", 1250.5),
        ("1,250,000", "en", 1250000.0),
        ("USD 1'250", "en", 1250.0),
        ("−3", "en", -3.0),
        ("١٢٫٥", "ar", 12.5),
    ],
)
def test_a_number_is_understood_as_people_write_it(text, code, number):
    assert read_number(text, language(code)) == number


@pytest.mark.parametrize("text", ["12o 000", "about 5", "1e999", "--3", "nan", "5 kg of rice"])
def test_what_is_no_number_is_refused_with_what_to_do(text):
    with pytest.raises(Refused) as refusal:
        read_number(text, ENGLISH, "cost")
    assert text in refusal.value.reason.english()
    assert refusal.value.field == "cost"


@pytest.mark.parametrize(
    ("text", "code", "day"),
    [
        ("2027-03-31", "en", date(2027, 3, 31)),
        ("31.3.2027", "en", date(2027, 3, 31)),
        ("3/31/2027", "fr", date(2027, 3, 31)),
        ("02/03/2027", "fr", date(2027, 3, 2)),
        ("2027年3月31日", "zh", date(2027, 3, 31)),
        ("2027-03-31 00:00", "en", date(2027, 3, 31)),
    ],
)
def test_a_day_is_understood_as_people_write_it(text, code, day):
    assert read_day(text, language(code)) == day


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(Refused):
        read_day("2027-02-30", ENGLISH)


def test_a_choice_is_found_by_name_key_accent_free_and_by_its_beginning():
    column = Column("level", "Niveau", "choice", choices=[Choice("high", "Élevé"), Choice("low", "Faible")])
    assert [understood(column, text, FRENCH) for text in ("eleve", "HIGH", " Fai ", "–", "")] == [
        "high",
        "high",
        "low",
        "",
        "",
    ]
    with pytest.raises(Refused) as refusal:
        understood(column, "moyen", FRENCH)
    assert "Élevé" in refusal.value.reason.english()


def test_unknown_is_a_dash_and_zero_is_zero():
    assert shown(COST, None, ENGLISH) == "–"
    assert shown(COST, 0.0, ENGLISH) == "0"
    assert shown(COST, 1250000, FRENCH).replace("\u202f", " ") == "1 250 000"
    assert shown(LEVEL, "middle", ENGLISH) == "Middling"


@pytest.mark.parametrize("code", ["en", "fr", "es", "ru", "ar", "zh"])
@pytest.mark.parametrize("number", [0.125, 1234.5, 1250.0, -0.5, 99999999.25])
def test_a_number_opened_for_editing_and_kept_as_it_is_stays_the_same(code, number):
    text = editing_text(COST, number, language(code))
    assert understood(COST, text, language(code)) == number


def test_the_model_passes_the_tester(qtmodeltester):
    model = a_model(a_row("a", name="Ada", level="low", cost=2.0), a_row("b", name="Bo", level="", cost=None))
    qtmodeltester.check(model)
    model.search("ada")
    qtmodeltester.check(model)


def test_an_invalid_place_allows_nothing():
    assert a_model(a_row("a", name="Ada")).flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_sorting_ignores_capitals_and_accents_and_puts_the_unknown_last_both_ways():
    model = a_model(
        a_row("1", name="Zoe", cost=None),
        a_row("2", name="élan", cost=10.0),
        a_row("3", name="Eden", cost=9.0),
        a_row("4", name="abel", cost=100.0),
    )
    model.sort_by("name")
    assert names(model) == ["abel", "Eden", "élan", "Zoe"]
    model.sort_by("cost")
    assert names(model) == ["Eden", "élan", "abel", "Zoe"]
    model.sort_by("cost", descending=True)
    assert names(model) == ["abel", "élan", "Eden", "Zoe"]
    model.sort_by(None)
    assert names(model) == ["Zoe", "élan", "Eden", "abel"]


def test_choices_sort_in_the_order_of_their_list():
    model = a_model(*(a_row(key, name=key, level=key) for key in ("high", "low", "middle")))
    model.sort_by("level")
    assert names(model) == ["low", "middle", "high"]


def test_the_filter_finds_every_shown_text_without_accents():
    model = a_model(
        a_row("a", name="Pêcheurs du Nord", level="high", cost=5.0), a_row("b", name="Port", level="low", cost=1250.0)
    )
    for words, found in (
        ("pecheurs", ["a"]),
        ("NORD high", ["a"]),
        ("1,250", ["b"]),
        ("middling", []),
        ("", ["a", "b"]),
    ):
        model.search(words)
        assert [row.id for row in model.visible] == found, words


def test_reloading_keeps_selection_and_current_cell_while_rows_come_go_and_move(qtbot):
    model = a_model(*(a_row(id, name=id) for id in "abcdef"))
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    view.setCurrentIndex(model.place("d", "level"))
    view.selectionModel().select(model.place("e", "name"), flags)
    model.load([a_row(id, name=id) for id in ("x", "e", "a", "d", "y")])
    assert [row.id for row in model.visible] == ["x", "e", "a", "d", "y"]
    assert (view.currentIndex().row(), view.currentIndex().column()) == (3, 1)
    assert model.row_of("e") in {index.row() for index in view.selectionModel().selectedRows()}


def test_reloading_tells_only_the_row_that_changed(qtbot):
    model = a_model(*(a_row(str(n), name=f"Row {n}") for n in range(300)))
    told = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.layoutChanged.connect(lambda *_: told.append("layout"))
    model.modelReset.connect(lambda: told.append("reset"))
    model.load([a_row(str(n), name="New" if n == 7 else f"Row {n}") for n in range(300)])
    assert told == [(7, 7)]


def test_columns_grow_by_a_bounded_share_and_words_give_way_before_the_table_scrolls():
    columns = [
        Column("name", "Name", width=300, strong=True),
        Column("group", "Group", "choice", width=200),
        Column("r", "R", "rating", width=86),
    ]
    assert widths(columns, 646, 1.0, 24, 36, {}) == [324, 200, 122]
    wide = widths(columns, 3000, 1.0, 24, 36, {})
    assert sum(wide) < 1100 and wide[2] == 122
    narrow = widths(columns, 560, 1.0, 24, 36, {})
    assert sum(narrow) == 560 and narrow[2] == 122
    assert widths(columns, 560, 1.0, 24, 36, {"name": 324})[0] == 324


def test_columns_appear_when_there_is_room_and_a_wish_goes_first():
    columns = [Column("a", "A"), Column("b", "B", least=1000), Column("c", "C", least=-1)]
    assert shown_columns(columns, 999, {}) == [True, False, False]
    assert shown_columns(columns, 1000, {}) == [True, True, False]
    assert shown_columns(columns, 500, {"b": True, "c": True}) == [True, True, True]
