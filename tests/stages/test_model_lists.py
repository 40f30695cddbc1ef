"""The model lists of stakeholders: sound, without doubles, and offered list by list."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.text import language
from tna_desktop.kernel.workflow import read_workflow
from tna_desktop.paths import data_folder
from tna_desktop.stages.stakeholders import models, operations, reading
from tna_desktop.stages.stakeholders.reading import lists as shelf
from tna_desktop.ui.banner import Banner

CLIMATE, _ = read_workflow(data_folder("workflows") / "climate")
LISTS = reading.model_lists(WORKFLOW)


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def picker(document, qtbot):
    from tna_desktop.stages.stakeholders.panels.model_lists import ModelListPicker

    desk = room.new_desk(document)
    made = ModelListPicker(desk.language, "Who?", desk.read(models.model_shelves, WORKFLOW, desk.language))
    qtbot.addWidget(made)
    made.show()
    return made


def keys(key):
    return [entry.key for entry in next(each for each in LISTS if each.key == key).entries]


def test_there_is_a_list_for_each_convention_and_kind_of_country():
    assert [(each.key, each.kind) for each in LISTS] == [
        ("cbd", "convention"),
        ("climate", "convention"),
        ("desertification", "convention"),
        ("wetlands", "convention"),
        ("dry_lands", "country"),
        ("forest", "country"),
        ("island", "country"),
        ("land_locked", "country"),
    ]
    assert [each.key for each in reading.model_lists(CLIMATE)][:2] == ["climate", "cbd"]


@pytest.mark.parametrize("workflow", [WORKFLOW, CLIMATE], ids=["cbd", "climate"])
def test_every_entry_has_a_group_a_role_a_reason_and_a_source(workflow):
    lacking = [
        (each.key, entry.key)
        for each in reading.model_lists(workflow)
        for entry in each.entries
        if not (entry.group and entry.role and entry.reason and entry.source and 0 < len(entry.short) <= 22)
    ]
    assert lacking == []


def test_each_list_names_an_entry_once_and_the_same_key_means_the_same_stakeholder():
    met: dict[str, tuple[str, str, str]] = {}
    for each in LISTS:
        assert len({entry.key for entry in each.entries}) == len(each.entries)
        for entry in each.entries:
            assert met.setdefault(entry.key, (entry.name, entry.short, entry.group)) == (
                entry.name, entry.short, entry.group,
            )  # fmt: skip
    assert len({name for name, _, _ in met.values()}) == len(met)


def test_what_two_lists_share_is_added_once_and_as_one_change(document):
    wanted = set(keys("dry_lands")) | set(keys("desertification"))
    shared = set(keys("dry_lands")) & set(keys("desertification"))
    assert len(shared) == 7
    entries = [entry.values() for entry in reading.model_entries(WORKFLOW, wanted)]
    assert do(document, operations.add_model_stakeholders, entries, language("en")) == 14 + 13 - 7
    doubled = [entry.values() for each in LISTS for entry in each.entries if entry.key in shared]
    assert do(document, operations.add_model_stakeholders, doubled, language("en")) == 0
    document.undo()
    assert read(document, reading.register) == []


def test_what_is_there_is_marked_in_every_list_that_holds_it(document):
    do(document, operations.add_stakeholder, "ministry of WATER")
    shelves = read(document, models.model_shelves, WORKFLOW, language("en"))
    taken = {each.key for each in shelves for _, entries in each.groups for entry in entries if entry.taken}
    assert taken == {"cbd", "wetlands", "land_locked"}


def test_a_file_that_is_no_list_does_not_take_the_others_away(tmp_path):
    (tmp_path / "good.yaml").write_text('title: "Good"\nentries:\n  - {key: "a", name: "A", group: "government"}\n')
    (tmp_path / "broken.yaml").write_text("entries: [")
    (tmp_path / "other.yaml").write_text("- 1\n- 2\n")
    (tmp_path / "odd.yaml").write_text('entries: [1, {key: 3, name: "B"}]\n')
    lists, elsewhere, unread = shelf._read(tmp_path)
    assert ([each.title for each in lists], elsewhere) == (["Good"], {})
    assert unread == ("broken.yaml", "odd.yaml", "other.yaml")


def test_a_damaged_list_is_named_until_it_is_mended_and_the_others_are_offered(document, qtbot, monkeypatch, tmp_path):
    from tna_desktop.stages.stakeholders.panels import register
    from tna_desktop.stages.stakeholders.screen import SCREENS

    folder = shutil.copytree(data_folder("stakeholder_templates"), tmp_path / "lists")
    whole = (folder / "island.yaml").read_bytes()
    (folder / "island.yaml").write_bytes(whole[:200] + b"\x00: [")
    monkeypatch.setattr(shelf, "data_folder", lambda _name: folder)
    shown = []

    def look(picker):
        banner = picker.findChild(Banner)
        shown.append((len(picker.shelves), banner.accessibleName() if banner else ""))
        return 0

    monkeypatch.setattr(register.ModelListPicker, "exec", look)
    screen = SCREENS["register"](room.new_desk(document), "stakeholders.register")
    qtbot.addWidget(screen)
    screen.open_library()
    assert shown[0][0] == 7 and "“island.yaml”" in shown[0][1]
    (folder / "island.yaml").write_bytes(whole)
    screen.open_library()
    assert shown[1] == (8, "")


def test_checks_stay_while_another_list_is_looked_at(picker, qtbot):
    def show(key):
        picker.box.setCurrentIndex(picker.box.findData([each.key for each in picker.shelves].index(key)))

    show("dry_lands")
    picker.search.setText("committee drought")
    picker.list.setFocus()
    qtbot.keyClick(picker.list, Qt.Key.Key_Space)
    assert picker.chosen() == ["drought_committee"]
    show("island")
    picker.search.clear()
    picker.model.toggle(picker.model.index(1))
    assert len(picker.chosen()) == 2 and picker.verb_button.text() == "Add 2"
    show("desertification")
    assert picker.model.checked == {"drought_committee"}  # it stands in both lists
    picker.model.checked.clear()
    picker.model.toggle(picker.model.index(1))
    assert "drought_committee" not in picker.chosen()
    picker.box.setCurrentIndex(picker.box.count() - 1)
    assert set(picker.model.chosen()) == set(picker.chosen()) and len(picker.chosen()) == 2


def test_the_register_adds_what_was_picked_and_takes_it_back(document, qtbot, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import register
    from tna_desktop.stages.stakeholders.screen import SCREENS

    desk = room.new_desk(document)
    screen = SCREENS["register"](desk, "stakeholders.register")
    qtbot.addWidget(screen)
    monkeypatch.setattr(
        register.ModelListPicker, "choose_from", lambda *_a, **_k: ["forest_service", "ministry_water", "reef_owners"]
    )
    screen.open_library()
    rows = read(document, reading.register)
    assert [(row["name"], row["group"], row["role"]) for row in rows] == [
        ("Ministry of water", "government", "consulted"),
        ("National forest service", "government", "decide"),
        ("Customary owners of reefs and lagoons", "indigenous_peoples", "decide"),
    ]
    desk.undo()
    assert read(document, reading.register) == []
