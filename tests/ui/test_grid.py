"""The table as a person uses it: typing, keys, clicks, undo, against a real document."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from tests.builders.document import new_document
from tna_desktop.kernel import journal, records
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.settings import Settings
from tna_desktop.stages.stakeholders.tables import Stakeholder
from tna_desktop.ui.desk import Desk
from tna_desktop.ui.rating import rating_size
from tna_desktop.ui.table_step import Choice, Column, EmptyTexts, RecordTable, Row
from tna_desktop.ui.theme import use_theme

GROUPS = [
    Choice("government", "Government", "government"),
    Choice("research", "Research", "research"),
    Choice("partners", "Partners", "partners"),
]
COLUMNS = [
    Column("name", "Stakeholder", width=240, strong=True, required=True, names=("Organisation",)),
    Column("group", "Group", "choice", width=160, choices=GROUPS),
    Column("influence", "Influence", "rating", width=86),
    Column("region", "Region"),
    Column("remarks", "Remarks", "long", least=2000),
]


@operation("Stakeholder added")
def add(session, **values):
    return records.add(session, Stakeholder, **values).id


@operation("Stakeholder changed")
def change(session, id, **values):
    records.change(session, Stakeholder, id, **values)


@operation("Stakeholders deleted")
def remove(session, ids):
    return records.remove(session, Stakeholder, ids)


@operation("Stakeholder moved")
def move(session, id, after=None):
    records.move(session, Stakeholder, id, after)


@operation("Begun")
def begin(session, names):
    for place, name in enumerate(names):
        add(session, id=f"s{place + 1}", name=name, group="research", influence=3.0)


def read(session):
    kinds = [column.key for column in COLUMNS]
    return [
        Row(s.id, {key: getattr(s, key) for key in kinds})
        for s in session.scalars(select(Stakeholder).order_by(Stakeholder.rank))
    ]


@pytest.fixture
def desk(qapp, tmp_path):
    use_theme("light", 100, "en")
    document = new_document(tmp_path)
    desk = Desk(document, Workflow("test", 1, "Test"), language("en"), Settings())
    desk.told = []
    desk.noticed.connect(desk.told.append)
    yield desk
    desk.close()


@pytest.fixture
def make(desk, qtbot):
    def made(*names, **more):
        if names:
            desk.do(begin, names)
        given = {
            "add": add,
            "change": change,
            "remove": remove,
            "move": move,
            "noun": ("stakeholder", "stakeholders"),
        } | more
        table = RecordTable(desk, columns=COLUMNS, rows=read, **given)
        qtbot.addWidget(table)
        table.resize(900, 500)
        table.show()
        table.activateWindow()
        table.reload()
        QApplication.processEvents()
        return table

    return made


def keys(table, *pressed):
    """Press keys one after the other, each where the focus then is; texts are typed."""
    for key in pressed:
        target = QApplication.focusWidget()
        if isinstance(key, str):
            for sign in key:
                QTest.keyClicks(QApplication.focusWidget(), sign)
        elif isinstance(key, tuple):
            QTest.keyClick(target, key[0], key[1])
        else:
            QTest.keyClick(target, key)
        QApplication.processEvents()


def names(table):
    return [row.values["name"] for row in table.rows()]


def value(table, id, key):
    return table.model.record(id).values[key]


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
ENTER, TAB, ESC, F2 = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape, Qt.Key.Key_F2


def test_names_are_typed_one_after_the_other(make):
    table = make("Port")
    table.view.setFocus()
    keys(table, Qt.Key.Key_Insert, "Reef guides", ENTER, "Farmers", ENTER)
    assert names(table) == ["Port", "Reef guides", "Farmers"]
    assert table.model.record(table.current()).values["name"] == "Farmers"
    assert QApplication.focusWidget() is table.foot.line and table.foot.line.text() == ""


def test_defaults_go_into_every_new_row(make):
    table = make("Port", defaults=lambda: {"region": "Coast"})
    table.focus_add_line()
    keys(table, "Reef guides", ENTER)
    assert value(table, table.current(), "region") == "Coast"


def test_a_refused_name_stays_in_the_add_line_with_the_reason(make):
    table = make("Port")
    table.focus_add_line()
    table.foot.line.setText("x" * 301)
    keys(table, ENTER)
    assert names(table) == ["Port"]
    assert len(table.foot.line.text()) == 301
    assert "301" in table.foot.line.accessibleDescription()


@pytest.mark.parametrize("opening", [F2, ENTER, "typing", "double click"])
def test_a_cell_is_edited_in_place(make, opening):
    table = make("Port", "Reef")
    table.select("s2", "name")
    if opening == "double click":
        place = table.view.visualRect(table.model.place("s2", "name")).center()
        QTest.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    elif opening != "typing":
        keys(table, opening)
    keys(table, "Farmers", ENTER)
    assert names(table) == ["Port", "Farmers"]
    assert table.view.editor is None and table.view.hasFocus()


def test_escape_gives_up_and_an_unchanged_cell_writes_nothing(make, desk):
    table = make("Port")
    before = desk.document.seq
    table.edit("s1", "name")
    keys(table, "Something", ESC)
    table.edit("s1", "name")
    keys(table, ENTER)
    assert names(table) == ["Port"] and desk.document.seq == before


def test_tab_goes_through_the_fields_and_on_to_the_next_row(make):
    table = make("Port", "Reef")
    table.edit("s1", "name")
    keys(table, "Harbour", TAB, "gov", TAB, "5", TAB, "Coast", TAB)
    row = table.model.record("s1").values
    assert (row["name"], row["group"], row["influence"], row["region"]) == ("Harbour", "government", 5, "Coast")
    assert (table.view.editor.record, table.view.editor.column.key) == ("s2", "name")
    keys(table, Qt.Key.Key_Backtab)
    assert (table.view.editor.record, table.view.editor.column.key) == ("s1", "region")


def test_tab_leaves_the_table_when_nothing_is_edited(make):
    table = make("Port")
    table.select("s1")
    keys(table, TAB)
    assert QApplication.focusWidget() is not table.view


def test_a_refusal_keeps_the_editor_and_what_was_typed(make):
    table = make("Port", "Reef")
    table.edit("s1", "name")
    keys(table, Qt.Key.Key_Backspace, ENTER)
    editor = table.view.editor
    assert editor is not None and editor.refusal == "This needs a text."
    assert editor.input.accessibleDescription() == "This needs a text."
    assert not table.edit("s2", "name"), "another cell was opened over the unsolved one"
    assert table.view.editor is editor
    keys(table, "Harbour")
    assert editor.refusal == ""
    keys(table, ENTER)
    assert names(table) == ["Harbour", "Reef"]


def test_leaving_the_cell_by_mouse_keeps_what_was_typed(make):
    table = make("Port", "Reef")
    table.edit("s1", "name")
    keys(table, "Harbour")
    table.search.setFocus()
    QApplication.processEvents()
    assert names(table) == ["Harbour", "Reef"] and table.view.editor is None


def test_an_open_editor_survives_what_others_change(make, desk):
    table = make("Port", "Reef")
    table.edit("s2", "name")
    keys(table, "Half typed")
    desk.do(change, "s1", name="Harbour")
    desk.do(add, name="First", rank=0.5)
    table.reload()
    assert table.view.editor.text() == "Half typed"
    assert table.view.editor.geometry().center().y() == pytest.approx(
        table.view.visualRect(table.model.place("s2", "name")).center().y(), abs=3
    )
    desk.do(remove, ["s2"])
    table.reload()
    assert table.view.editor is None


def test_ratings_by_key_and_by_click(make):
    table = make("Port")
    table.select("s1", "influence")
    keys(table, "5")
    assert value(table, "s1", "influence") == 5
    keys(table, "0")
    assert value(table, "s1", "influence") is None
    rect = table.view.visualRect(table.model.place("s1", "influence"))
    at = QPoint(rect.left() + 10 + rating_size().width() * 3 // 10, rect.center().y())
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert value(table, "s1", "influence") == 2


def test_delete_is_one_change_with_undo(make, desk):
    table = make("Port", "Reef", "Farm", "Mine")
    table.select("s2")
    keys(table, (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier), Qt.Key.Key_Delete)
    assert names(table) == ["Port", "Mine"]
    assert table.current() == "s4"
    assert (desk.told[-1].text, desk.told[-1].undo) == ("Deleted: 2 stakeholders", True)
    desk.undo()
    table.reload()
    assert names(table) == ["Port", "Reef", "Farm", "Mine"]


@pytest.mark.parametrize("size", [100, 130])
def test_the_tools_never_hold_a_window_open_and_never_overlap(make, size):
    from tna_desktop.ui.buttons import Button

    use_theme("light", size, "en")
    try:
        extra = Button("From the long list of examples…", icon="list-bullets")
        table = make("Port", "Reef", tools=(extra,))
        for width in (900, 620, 560):
            table.resize(width, 500)
            QApplication.processEvents()
            assert table.tools.minimumSizeHint().width() <= width, "there is still room to be smaller"
            for many in (False, True):
                table.tools.show_selected(2 if many else 1)
                QApplication.processEvents()
                shown = sorted(
                    (
                        each.geometry()
                        for each in table.tools.findChildren(QWidget)
                        if each.isVisible()
                        and each.width()
                        and each.parentWidget() is table.tools.layout().currentWidget()
                    ),
                    key=lambda place: place.left(),
                )
                assert all(left.right() < right.left() for left, right in zip(shown, shown[1:], strict=False))
                assert shown[-1].right() < width
        assert extra.compact and extra.toolTip() == "From the long list of examples…"
        assert not table.add_button.compact or table.paste_button.compact, "the last tool keeps its words longest"
    finally:
        use_theme("light", 100, "en")


def test_several_rows_are_set_as_one_change(make, desk):
    table = make("Port", "Reef", "Farm")
    table.select("s1")
    keys(table, (Qt.Key.Key_A, CTRL))
    assert table.tools.several
    before = desk.document.seq
    table.set_selected("group", "partners")
    assert {value(table, id, "group") for id in ("s1", "s2", "s3")} == {"partners"}
    assert desk.document.seq == before + 1
    keys(table, ESC)
    assert not table.tools.several and len(table.selected()) == 1


def test_duplicate_copies_the_values(make):
    table = make("Port")
    table.select("s1")
    keys(table, (Qt.Key.Key_D, CTRL))
    assert names(table) == ["Port", "Port"]
    assert table.current() != "s1" and value(table, table.current(), "group") == "research"


def test_rows_move_in_their_own_order_only(make, desk):
    table = make("Port", "Reef", "Farm")
    table.select("s3")
    keys(table, (Qt.Key.Key_Up, ALT), (Qt.Key.Key_Up, ALT), (Qt.Key.Key_Up, ALT))
    assert names(table) == ["Farm", "Port", "Reef"] and table.current() == "s3"
    keys(table, (Qt.Key.Key_Down, ALT))
    assert names(table) == ["Port", "Farm", "Reef"]
    table.sort("name")
    keys(table, (Qt.Key.Key_Up, ALT))
    assert names(table) == ["Port", "Farm", "Reef"] and desk.told[-1].kind == "refused"


def test_a_click_on_the_head_sorts_up_down_and_back(make):
    table = make("Port", "Reef", "Farm")
    shown = []
    for _ in range(3):
        table.view.horizontalHeader().sectionClicked.emit(0)
        shown.append([row.values["name"] for row in table.model.visible])
    assert shown == [["Farm", "Port", "Reef"], ["Reef", "Port", "Farm"], ["Port", "Reef", "Farm"]]


def test_the_filter_narrows_and_a_new_row_is_seen_all_the_same(make):
    table = make("Port", "Réef")
    table.view.setFocus()
    keys(table, (Qt.Key.Key_F, CTRL), "reef")
    assert [row.id for row in table.model.visible] == ["s2"]
    table.focus_add_line()
    keys(table, "Farm", ENTER)
    assert table.model.record(table.current()).values["name"] == "Farm"
    assert table.current() in [row.id for row in table.model.visible]
    table.search.setText("nothing like it")
    assert table._nothing.isVisibleTo(table)


def test_a_record_hidden_by_the_filter_is_shown_when_asked_for(make):
    table = make("Port", "Reef")
    table.search.setText("port")
    assert table.select("s2") and table.current() == "s2"


def test_one_cell_is_pasted_into_all_selected_rows(make, desk):
    table = make("Port", "Reef", "Farm")
    table.select("s1", "group")
    keys(table, (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier))
    QApplication.clipboard().setText("Partners\r\n")
    before = desk.document.seq
    keys(table, (Qt.Key.Key_V, CTRL))
    assert [value(table, id, "group") for id in ("s1", "s2", "s3")] == ["partners", "partners", "research"]
    assert desk.document.seq == before + 1


def test_a_block_is_pasted_over_cells_or_not_at_all(make, desk):
    table = make("Port", "Reef")
    table.select("s1", "group")
    QApplication.clipboard().setText("Partners\t5\nGovernment\t1")
    keys(table, (Qt.Key.Key_V, CTRL))
    assert [(value(table, id, "group"), value(table, id, "influence")) for id in ("s1", "s2")] == [
        ("partners", 5),
        ("government", 1),
    ]
    QApplication.clipboard().setText("Research\t4\nResearch\thigh")
    keys(table, (Qt.Key.Key_V, CTRL))
    assert value(table, "s1", "group") == "partners"
    assert "high" in desk.told[-1].text and desk.told[-1].kind == "refused"


def test_a_table_with_a_head_opens_the_preview_and_is_added_as_one_change(make, desk):
    table = make("Port")
    table.select("s1")
    QApplication.clipboard().setText("Organisation\tGroup\tPhone\nReef guides\tpartners\t1\nMars\tMartians\t2\n")
    keys(table, (Qt.Key.Key_V, CTRL))
    assert table.preview.keys() == ["name", "group", None]
    assert any("Martians" in told for told in table.preview.problems())
    before = desk.document.seq
    keys(table, ENTER)
    assert table.preview is None
    assert names(table) == ["Port", "Reef guides", "Mars"] and desk.document.seq == before + 1
    assert desk.told[-1].undo
    with desk.document.reading() as session:
        assert next(iter(journal.history(session))).label == "Rows pasted"


def test_the_preview_can_be_left_and_its_columns_chosen(make):
    table = make("Port")
    QApplication.clipboard().setText("Reef guides\tBay\nFarmers\tHill")
    table.paste_from_excel()
    assert table.preview.keys()[0] == "name"
    table.preview.choose(1, "region")
    table.preview.choose(0, "region")
    assert table.preview.keys() == ["region", None]
    assert not table.preview.add_button.isEnabled()
    table.preview.choose(0, "name")
    table.preview.choose(1, "region")
    table.preview.add_button.click()
    assert [(row.values["name"], row.values["region"]) for row in table.rows()][1:] == [
        ("Reef guides", "Bay"),
        ("Farmers", "Hill"),
    ]
    table.paste_from_excel()
    keys(table, ESC)
    assert table.preview is None and len(table.rows()) == 3


def test_copy_gives_a_cell_or_rows_with_their_head(make):
    table = make("Port", "Reef")
    table.select("s1", "name")
    keys(table, (Qt.Key.Key_C, CTRL))
    assert QApplication.clipboard().text() == "Port"
    keys(table, (Qt.Key.Key_A, CTRL), (Qt.Key.Key_C, CTRL))
    lines = QApplication.clipboard().text().split("\r\n")
    assert lines[0].startswith("Stakeholder\tGroup\tInfluence") and lines[1].startswith("Port\tResearch\t3")


def test_an_empty_table_offers_ways_to_begin(make):
    begun = []
    table = make(empty=EmptyTexts(line="Who is concerned?", model=lambda: begun.append(1)))
    assert table.pages.currentIndex() == 1
    table.focus_add_line()
    assert table.pages.currentIndex() == 0 and QApplication.focusWidget() is table.foot.line
    keys(table, "Reef guides", ENTER)
    assert names(table) == ["Reef guides"]


def test_the_row_menu_has_what_can_be_done(make):
    table = make("Port", "Reef")
    table.select("s1")
    words = [action.text() for action in table.menu_of_row().actions() if action.text()]
    assert words == ["Edit", "Duplicate", "Copy row", "Move up", "Move down", "Delete"]
    states = {action.text(): action.isEnabled() for action in table.menu_of_row().actions()}
    assert not states["Move up"] and states["Move down"]


def test_a_table_without_operations_only_shows(make, desk):
    table = make("Port", add=None, change=None, remove=None, move=None)
    told = []
    table.activated.connect(lambda id, key: told.append((id, key)))
    table.select("s1", "region")
    before = desk.document.seq
    keys(table, "x", Qt.Key.Key_Delete, (Qt.Key.Key_D, CTRL), ENTER)
    assert told == [("s1", "region")] and desk.document.seq == before
    assert not table.add_button.isVisibleTo(table) and not table.paste_button.isVisibleTo(table)


def test_columns_are_shown_by_wish(make):
    table = make("Port")
    assert table.view.isColumnHidden(4)
    wanted = next(action for action in table.columns_menu().actions() if action.text() == "Remarks")
    wanted.trigger()
    assert not table.view.isColumnHidden(4)


def test_signals_tell_the_current_record_once(make):
    table = make("Port", "Reef")
    told = []
    table.current_changed.connect(told.append)
    table.select("s1")
    table.select("s1", "region")
    table.select("s2")
    assert told == ["s1", "s2"]


def test_everything_to_type_into_has_a_name(make):
    table = make("Port")
    found = [
        QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
        for each in (table.view, table.search, table.foot.line)
    ]
    assert found == ["Table of stakeholders", "Filter 1 stakeholder", "Type a name and press Enter to add a row"]
    table.edit("s1", "name")
    assert table.view.editor.input.accessibleName() == "Stakeholder, Port"


def test_right_to_left_mirrors_columns_menu_and_segments(make, qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        table = make("Port")
        name, group = (table.view.visualRect(table.model.place("s1", key)) for key in ("name", "group"))
        assert name.left() > group.left()
        assert table.view.menu_rect(0).left() == 0
        rect = table.view.visualRect(table.model.place("s1", "influence"))
        QTest.mouseClick(
            table.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 14, rect.center().y())
        )
        assert value(table, "s1", "influence") == 1
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
