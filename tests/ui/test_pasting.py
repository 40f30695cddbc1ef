"""Pasting from worksheets: cells, heads, what is left out and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders.document import new_document
from tna_desktop.kernel import records
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.text import language
from tna_desktop.stages.stakeholders.tables import Stakeholder
from tna_desktop.ui.cell_values import Choice, Column
from tna_desktop.ui.pasting import (
    Entry,
    Plan,
    find_columns,
    guess_columns,
    has_head,
    paste_rows,
    plan_cells,
    plan_rows,
    read_table,
    tried,
    write_table,
)

ENGLISH = language("en")
COLUMNS = [
    Column("name", "Stakeholder", required=True, names=("Organisation",)),
    Column("group", "Group", "choice", choices=[Choice("research", "Research"), Choice("partners", "Partners")]),
    Column("influence", "Influence", "rating"),
    Column("score", "Score", "computed"),
]


@operation("Stakeholder added")
def add(session, **values):
    return records.add(session, Stakeholder, **values).id


@operation("Stakeholder changed")
def change(session, id, **values):
    records.change(session, Stakeholder, id, **values)


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"two\nlines"\tb\n', [["two\nlines", "b"]]),
        ('"say ""yes"""\tb', [['say "yes"', "b"]]),
        ('"Green" Ltd\tb', [['"Green" Ltd', "b"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ("a\tb\t\t\nc", [["a", "b"], ["c", ""]]),
        ("", []),
        ("\n\t\n", []),
    ],
)
def test_clipboard_texts_are_read_as_worksheets_write_them(text, table):
    assert read_table(text) == table


_CELLS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs")) | st.sampled_from('"\n\t'), max_size=8).map(
    str.strip
)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_is_copied_is_read_back_the_same(rows):
    rows = [[f"x{cell}x" if index == 2 else cell for index, cell in enumerate(row)] for row in rows]
    assert read_table(write_table(rows)) == rows


def test_a_head_is_recognised_by_title_key_other_name_and_beginning():
    assert find_columns(["ORGANISATION", "Phone", "influence:", "group of actors"], COLUMNS) == [
        "name",
        None,
        "influence",
        "group",
    ]
    assert find_columns(["Score", "Name"], COLUMNS) == [None, "name"]


def test_each_column_is_taken_once():
    assert find_columns(["Organisation", "Stakeholder"], COLUMNS).count("name") == 1


def test_rows_without_names_of_ours_have_no_head():
    assert has_head([["Organisation", "Phone"], ["Reef guides", "1"]], COLUMNS)
    assert not has_head([["Reef guides", "Research"], ["Port", "Partners"]], COLUMNS)
    assert not has_head([["Stakeholder"]], COLUMNS)


def test_without_a_head_columns_are_guessed_from_what_makes_sense():
    assert guess_columns([["Reef guides", "Research", "4"], ["Port", "", "2"]], COLUMNS, ENGLISH) == [
        "name",
        "group",
        "influence",
    ]
    assert guess_columns([["Reef guides", "12 Harbour Road", "4"]], COLUMNS, ENGLISH) == ["name", None, "influence"]


def test_what_cannot_be_used_is_told_with_row_column_and_reason():
    table = [["Reef guides", "Martians", "4"], ["", "Research", "3"], ["Port", "Partners", "high"]]
    plan = plan_rows(table, ["name", "group", "influence"], COLUMNS, ENGLISH, first_line=2)
    assert plan.entries == [
        Entry(2, {"name": "Reef guides", "influence": 4}),
        Entry(4, {"name": "Port", "group": "partners"}),
    ]
    assert [(p.line, p.column, p.text) for p in plan.problems] == [
        (2, "Group", "Martians"),
        (3, "Stakeholder", "Research · 3"),
        (4, "Influence", "high"),
    ]
    assert all(problem.told(ENGLISH).startswith(f"Row {problem.line}") for problem in plan.problems)


def test_a_block_beyond_the_last_row_or_column_is_told():
    plan = plan_cells([["a", "Research"], ["b", "x"]], ["1"], COLUMNS[:1], ENGLISH)
    assert plan.entries == [Entry(1, {"name": "a"}, "1")]
    assert [problem.text for problem in plan.problems] == ["Research", "b\tx"]


def test_what_the_operations_refuse_is_found_before_anything_is_written(tmp_path):
    document = new_document(tmp_path)
    before = document.seq
    plan = Plan(
        [Entry(1, {"name": "Reef guides", "influence": 9.0}), Entry(2, {"name": "x" * 400}), Entry(3, {"name": "Port"})]
    )
    result = tried(document.preview, add, change, plan, COLUMNS, {})
    assert result.entries == [Entry(1, {"name": "Reef guides"}), Entry(3, {"name": "Port"})]
    assert [(problem.line, problem.column) for problem in result.problems] == [(1, "Influence"), (2, "Stakeholder")]
    assert document.seq == before
    document.close()


def test_many_refusals_are_all_found(tmp_path):
    document = new_document(tmp_path)
    entries = [Entry(n, {"name": f"N{n}", "influence": 9.0 if n % 2 else 3.0}) for n in range(1, 121)]
    result = tried(document.preview, add, change, Plan(list(entries)), COLUMNS, {})
    assert len(result.problems) == 60
    assert [entry.line for entry in result.entries] == list(range(1, 121))
    assert all(("influence" in entry.values) == (entry.line % 2 == 0) for entry in result.entries)
    document.close()


def test_a_paste_is_one_change_and_one_undo(tmp_path):
    document = new_document(tmp_path)
    done = document.do(
        paste_rows,
        add,
        change,
        [Entry(1, {"name": "A"}), Entry(2, {"name": "B"})],
        {"region": "Coast"},
        "2 stakeholders",
    )
    assert (done.label, done.about, len(done.touched), len(done.result)) == ("Rows pasted", "2 stakeholders", 2, 2)
    assert {touch.after["region"] for touch in done.touched} == {"Coast"}
    assert document.undo().removed("stakeholder") == 2
    document.close()
