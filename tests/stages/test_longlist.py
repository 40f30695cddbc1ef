"""The long list: brought in from elsewhere, doubles joined, grouped, with its pictures and its fact sheets."""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import DocumentRefused, Refused
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.stages.actions import operations as actions
from tna_desktop.stages.actions import reading as actions_reading
from tna_desktop.stages.barriers import operations as barriers
from tna_desktop.stages.barriers import reading as barriers_reading
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import operations, reading, reading_doubles, reading_earlier
from tna_desktop.stages.priorities.operations_earlier import take_earlier
from tna_desktop.stages.priorities.operations_merging import merge_technologies
from tna_desktop.stages.priorities.operations_pictures import LARGEST, MOST, add_picture, pictures, remove_picture
from tna_desktop.stages.priorities.panels import longlist_earlier
from tna_desktop.stages.priorities.panels.merge_dialog import MergeDialog
from tna_desktop.stages.priorities.panels.picture_reading import LONGEST_SIDE, decoded, prepared
from tna_desktop.stages.priorities.screen import SCREENS
from tna_desktop.stages.stakeholders import operations as stakeholders
from tna_desktop.stages.stakeholders.withholding import withheld
from tna_desktop.ui.library import LibraryPicker

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


def by_name(document):
    return {row["name"]: row for row in read(document, reading.technologies)}


def named_doubles(document):
    names = {row["id"]: row["name"] for row in read(document, reading.technologies)}
    return {(names[each.first], names[each.second]) for each in read(document, reading_doubles.doubles)}


# Doubles -----------------------------------------------------------------------------------------------


def test_names_that_are_nearly_the_same_are_found_and_others_are_not(document):
    for name in (
        "Community seed bank", "Community seed banks", "Seed bank", "Mangrove restoration", "Café de conservation",
        "CAFE de Conservation!", "Drones", "Camera traps", "Eradication of rats", "Agroforestry", "Pump 1", "Pump 2",
    ):  # fmt: skip
        do(document, operations.add_technology, name)
    assert named_doubles(document) == {
        ("Community seed bank", "Community seed banks"),
        ("Community seed bank", "Seed bank"),
        ("Café de conservation", "CAFE de Conservation!"),
    }


def test_the_likeliest_pair_comes_first_and_two_of_one_model_are_a_pair(document):
    do(document, operations.add_technology, "Net", catalogue_key="gear")
    do(document, operations.add_technology, "Selective fishing", catalogue_key="gear")
    do(document, operations.add_technology, "Drone survey")
    do(document, operations.add_technology, "drone  survey")
    found = read(document, reading_doubles.doubles)
    assert [each.likeness for each in found] == [1.0, 0.0]


@pytest.fixture
def two(document):
    """Two names for one seed bank: both scored on jobs, one each on nature and cost."""
    keep = do(document, operations.add_technology, "Seed bank", definition="A store.", costs="", term="short",
              hardware=0.4, software=0.3, orgware=0.3)  # fmt: skip
    go = do(document, operations.add_technology, "Seed banks", definition="Seeds kept dry.", costs="8,000 USD", term="long",
            place="Hills", traditional_knowledge=True, hardware=0.5, software=0.3, orgware=0.2, short="Banks")  # fmt: skip
    columns = [do(document, criteria.add_criterion, name, low=1, high=5) for name in ("Nature", "Jobs", "Cost")]
    do(document, operations.set_scores, [(keep, columns[0], {"value": 4}), (keep, columns[1], {"value": 3})])
    do(document, operations.set_scores, [(go, columns[1], {"value": 5}), (go, columns[2], {"value": 2})])
    return keep, go, columns


def test_joining_keeps_both_texts_and_fills_what_was_not_said(document, two):
    keep, go, _ = two
    do(document, merge_technologies, keep, go)
    (row,) = read(document, reading.technologies)
    assert row["id"] == keep and row["name"] == "Seed bank"
    assert row["definition"] == "A store.\nSeeds kept dry." and row["costs"] == "8,000 USD" and row["place"] == "Hills"
    assert row["term"] == "short" and row["short"] == "Banks" and row["traditional_knowledge"]
    assert (row["hardware"], row["software"], row["orgware"]) == (0.4, 0.3, 0.3)


def test_scores_go_over_where_there_is_none_and_conflicts_are_named_before(document, two):
    keep, go, (nature, jobs, cost) = two
    preview = read(document, reading_doubles.merge_preview, keep, go)
    assert preview.moved == {"score": 1}
    assert {(each.kind, each.name, each.kept, each.other) for each in preview.conflicts} == {
        ("score", "Jobs", "3", "5"),
        ("facet", "term", "short", "long"),
        ("shares", "shares", "40 / 30 / 30", "50 / 30 / 20"),
    }
    with document.reading() as session:
        names = {"term": "Time horizon", "short": "Short name"}
        said = [words for _, words in reading_doubles.told(preview, session, WORKFLOW, ENGLISH, names)]
    assert "One score goes over." in said and "Jobs: 3 stays, 5 goes." in said
    assert "Time horizon: Short term stays, Long term goes." in said
    do(document, merge_technologies, keep, go)
    matrix = read(document, reading.matrix)
    assert [matrix.cell(keep, each).value for each in (nature, jobs, cost)] == [4, 3, 2]


def test_what_hangs_on_it_in_other_stages_goes_over_too(document, two):
    keep, go, _ = two
    do(document, barriers.add_barrier, keep, "No power")
    do(document, barriers.add_barrier, go, "no power")
    do(document, barriers.add_barrier, go, "No training")
    do(document, barriers.write_core_problem, go, "Seeds are lost.")
    action = do(document, actions.add_action, "Train keepers", technology_id=go)
    do(document, stakeholders.begin_consents, [("technology", go)])
    do(document, assessment.add_note, "priorities.longlist", "Ask the elders", record=go)
    do(document, add_picture, go, PNG, "store.png")
    do(document, merge_technologies, keep, go)
    assert sorted(row["name"] for row in read(document, barriers_reading.causes, keep)) == ["No power", "No training"]
    assert {row["id"]: row["technology_id"] for row in read(document, actions_reading.actions)}[action] == keep
    assert keep in read(document, withheld), "what was withheld under the other name stays withheld"
    assert [each["name"] for each in read(document, pictures, keep)] == ["store.png"]


def test_a_cause_that_goes_over_keeps_its_place_in_the_tree(document, two):
    keep, go, _ = two
    do(document, barriers.add_barrier, keep, "No power")
    do(document, barriers.add_barrier, go, "No power")
    above = read(document, barriers_reading.causes, keep)[0]["barrier_id"]
    do(document, barriers.add_barrier, go, "No line", cause_of_id=above)
    do(document, merge_technologies, keep, go)
    rows = {row["name"]: row["cause_of_id"] for row in read(document, barriers_reading.causes, keep)}
    assert rows == {"No power": None, "No line": above}


def test_joining_is_one_change_and_taken_back_as_one(document, two):
    keep, go, (_, jobs, cost) = two
    before, rows, cells = document.seq, by_name(document), read(document, reading.matrix).cells
    do(document, merge_technologies, keep, go)
    assert document.seq == before + 1
    document.undo()
    assert by_name(document) == rows and read(document, reading.matrix).cells == cells


def test_a_technology_is_not_joined_with_itself(document, two):
    with pytest.raises(Refused):
        do(document, merge_technologies, two[0], two[0])


# From an earlier assessment ----------------------------------------------------------------------------


@pytest.fixture
def earlier(tmp_path):
    """A climate assessment of three years ago, saved and closed."""
    path = tmp_path / "climate 2023.tna"
    made = Document.create(path, country="Kelvara", title="Climate needs of Kelvara", year=2023, workflow_key="climate")
    coast = do(made, operations.add_sector, "Coast", catalogue_key="marine_coastal")
    reef = do(made, operations.add_technology, "Reef nurseries", definition="Corals on frames.", sector_id=coast, term="medium",
              purpose="unheard_of", sources="Parks 2021", costs="90,000 USD", hardware=0.5, software=0.4, orgware=0.1, shortlisted=True)  # fmt: skip
    do(made, operations.add_technology, "Solar pumps")
    secret = do(made, operations.add_technology, "Rain calling", traditional_knowledge=True)
    do(made, stakeholders.begin_consents, [("technology", secret)])
    do(made, add_picture, reef, PNG, "reef.png")
    made.publish()
    made.close()
    return path


def test_technologies_come_with_their_sheet_and_say_where_they_are_from(document, earlier):
    here = do(document, operations.add_sector, "Shores", catalogue_key="marine_coastal")
    do(document, operations.add_technology, "SOLAR  pumps", costs="Ours")
    before, seal = document.seq, hashlib.sha256(earlier.read_bytes()).digest()
    found = reading_earlier.earlier_assessment(earlier)
    assert (found.named(), found.workflow_key) == ("Climate needs of Kelvara, 2023", "climate")
    assert [each.name for each in found.technologies] == ["Reef nurseries", "Solar pumps"]
    assert found.withheld == 1, "what is withheld there does not leave it"
    assert read(document, reading_earlier.met, [each.name for each in found.technologies]) == {"Solar pumps"}
    do(document, take_earlier, WORKFLOW, found.technologies, "From: Climate needs of Kelvara, 2023")
    assert document.seq == before + 1
    rows = by_name(document)
    reef = rows["Reef nurseries"]
    assert len(rows) == 2 and rows["SOLAR  pumps"]["costs"] == "Ours"
    assert (reef["definition"], reef["costs"], reef["term"]) == ("Corals on frames.", "90,000 USD", "medium")
    assert reef["sources"] == "From: Climate needs of Kelvara, 2023\nParks 2021"
    assert reef["sector_id"] == here and reef["purpose"] == "" and not reef["shortlisted"]
    assert [each["content"] for each in read(document, pictures, reef["id"])] == [PNG]
    assert hashlib.sha256(earlier.read_bytes()).digest() == seal
    document.undo()
    assert list(by_name(document)) == ["SOLAR  pumps"]


def test_a_file_that_is_no_assessment_is_refused_and_leaves_nothing(document, tmp_path):
    wrong = tmp_path / "list.tna"
    wrong.write_bytes(b"not one" * 200)
    with pytest.raises(DocumentRefused):
        reading_earlier.earlier_assessment(wrong)


# Pictures ----------------------------------------------------------------------------------------------


def test_pictures_are_kept_by_their_content_and_removed_with_undo(document):
    id = do(document, operations.add_technology, "Seed bank")
    picture = do(document, add_picture, id, PNG, "store.png")
    assert [(each["name"], each["media"]) for each in read(document, pictures, id)] == [("store.png", "image/png")]
    do(document, remove_picture, picture)
    assert read(document, pictures, id) == []
    document.undo()
    assert read(document, pictures, id)[0]["content"] == PNG


@pytest.mark.parametrize("content", [b"<svg/>", b"", b"GIF89a", PNG + b"0" * LARGEST])
def test_what_is_no_picture_or_too_large_is_refused(document, content):
    id = do(document, operations.add_technology, "Seed bank")
    with pytest.raises(Refused):
        do(document, add_picture, id, content)
    assert read(document, pictures, id) == []


def test_a_technology_has_only_so_many_pictures(document):
    id = do(document, operations.add_technology, "Seed bank")
    for _ in range(MOST):
        do(document, add_picture, id, PNG)
    with pytest.raises(Refused):
        do(document, add_picture, id, PNG)


# The screen --------------------------------------------------------------------------------------------

K = Qt.Key


@pytest.fixture
def desk(document, qtbot):
    made = room.new_desk(document)
    made.notices, made.places = [], []
    made.noticed.connect(lambda notice: made.notices.append(notice.text))
    made.went.connect(made.places.append)
    return made


@pytest.fixture
def screen(desk, qtbot):
    made = SCREENS["longlist"](desk, "priorities.longlist")
    qtbot.addWidget(made)
    made.resize(1000, 620)
    made.show()
    for _, tab in made.panel_tabs():
        qtbot.addWidget(tab)
        tab.resize(270, 600)
        tab.show()
    return made


def test_a_list_is_imported_after_its_columns_are_matched(document, desk, screen, tmp_path):
    desk.do(operations.add_sector, "Rivers")
    path = tmp_path / "list.csv"
    path.write_text(
        "Name,Description,Hard,Soft,Organisational,Cost,Sector,Term\n"
        "Fish passages,Ladders,60,30,10,80000 USD,Rivers,Short term\n"
        "Traps,Cameras,0.5,0.4,0.1,,Nowhere,\n"
        "Nets,Nets,80,30,10,,,\n"
    )
    before = document.seq
    screen.table.worksheet.open_file(path)
    preview = screen.table.preview
    assert preview.keys() == ["name", "definition", "hardware", "software", "orgware", "costs", "sector_id", "term"]
    said = "\n".join(preview.problems())
    assert "Row 3, Sector: “Nowhere” is not in the list" in said and "Row 4, Hardware: The shares" in said
    assert document.seq == before, "nothing is written before the person says so"
    preview.add_button.click()
    assert document.seq == before + 1
    rows = by_name(document)
    assert set(rows) == {"Fish passages", "Traps", "Nets"}
    fish = rows["Fish passages"]
    assert (fish["hardware"], fish["software"], fish["orgware"]) == (0.6, 0.3, 0.1)
    assert (fish["costs"], fish["sector"], fish["term"]) == ("80000 USD", "Rivers", "short")
    assert rows["Traps"]["software"] == 0.4 and rows["Nets"]["hardware"] is None


def test_a_name_on_the_list_is_completed_and_never_doubled_or_overwritten(document, desk, screen, tmp_path):
    do(document, operations.add_technology, "Traps", definition="Ours")
    desk.changed.emit(document.do(operations.add_technology, "Nets", definition="Mesh"))
    path = tmp_path / "list.csv"
    path.write_text("Name,Description,Costs\nTRAPS,Theirs,90 USD\nnets,Mesh,\nDrones,Flying,\ndrones,Again,\n")
    screen.table.worksheet.open_file(path)
    preview = screen.table.preview
    assert preview.add_button.words() == "Add 1, complete 1"
    said = preview.problems()
    assert [line.split(":")[0] for line in said] == ["Row 2, What it is", "Row 3, Technology", "Row 5, Technology"]
    preview.add_button.click()
    rows = by_name(document)
    assert set(rows) == {"Traps", "Nets", "Drones"}
    assert (rows["Traps"]["definition"], rows["Traps"]["costs"]) == ("Ours", "90 USD")
    assert rows["Drones"]["definition"] == "Flying"


def test_comparable_technologies_stand_under_one_head(document, desk, screen, qtbot):
    for name, reach, term in (
        ("A", "site", "short"),
        ("B", "national", "long"),
        ("C", "site", "short"),
        ("D", "", "long"),
    ):
        desk.do(operations.add_technology, name, reach=reach, term=term)
    ids = {row["name"]: row["id"] for row in read(document, reading.technologies)}
    screen.group_button.click()
    QAbstractItemModelTester(screen.table.model)
    assert screen.table.grouped.heads() == [
        "Site, Short term: 2 technologies to compare",
        "National, Long term: one technology, nothing to compare it with",
        "Reach not said, Long term: one technology, nothing to compare it with",
    ]
    shown = [row.values["name"] for row in screen.table.model.visible if not row.id.startswith("group:")]
    assert shown == ["A", "C", "B", "D"]
    view = screen.table.view
    screen.table.select(ids["C"])
    qtbot.keyClick(view, K.Key_Down)
    assert screen.table.current() == ids["B"], "the keyboard steps over heads"
    qtbot.keyClick(view, K.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert set(screen.table.selected()) == set(ids.values())
    screen.table.select(ids["C"])
    qtbot.keyClick(view, K.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert "Take the groups away first" in desk.notices[-1]
    desk.do(operations.change_technology, ids["C"], term="long")
    assert screen.table.grouped.heads()[0] == "Site, Short term: one technology, nothing to compare it with"
    qtbot.keyClick(view, K.Key_Delete)
    assert "C" not in by_name(document) and screen.table.current() in ids.values()
    screen.group_button.click()
    assert screen.table.grouped.heads() == [] and screen.table.model.rowCount() == 3


def test_technologies_of_another_file_are_offered_and_taken(document, desk, screen, earlier, monkeypatch, qtbot):
    offered = {}

    def choose(parent, language, title, groups, text="", **more):
        offered.update(title=title, text=text, names=[entry.name for _, entries in groups for entry in entries])
        return [entry.key for _, entries in groups for entry in entries if entry.name == "Reef nurseries"]

    monkeypatch.setattr(LibraryPicker, "choose", choose)
    with qtbot.waitSignal(desk.changed, timeout=20000):
        longlist_earlier.read_file(screen, desk, earlier)
    assert (
        offered["names"] == ["Reef nurseries", "Solar pumps"] and "Climate needs of Kelvara, 2023" in offered["title"]
    )
    assert "One technology is withheld there" in offered["text"]
    assert by_name(document)["Reef nurseries"]["sources"].startswith("From: Climate needs of Kelvara, 2023")
    assert desk.notices[-1] == "One technology taken over"


def test_a_damaged_file_is_refused_in_one_sentence(desk, screen, tmp_path, qtbot):
    path = tmp_path / "other.tna"
    path.write_bytes(b"SQLite format 3\x00" + b"0" * 4000)
    with qtbot.waitSignal(desk.noticed, timeout=20000):
        longlist_earlier.read_file(screen, desk, path)
    assert "other.tna" in desk.notices[-1]


def test_doubles_are_merged_in_a_dialog_one_pair_after_the_other(document, desk, screen, two):
    keep, go, _ = two
    desk.do(operations.add_technology, "Drone survey", costs="1 USD")
    desk.do(operations.add_technology, "Drone surveys", costs="2 USD")
    dialog = MergeDialog(desk, screen)
    assert dialog.pairs() == ["Drone survey and Drone surveys", "Seed bank and Seed banks"]
    dialog.list.setCurrentRow(1)
    assert any("Jobs: 3 stays, 5 goes." in line for line in dialog.lines())
    dialog.keep.buttons()[1].click()
    assert any("Jobs: 5 stays, 3 goes." in line for line in dialog.lines())
    dialog.accept()
    assert [row["id"] for row in read(document, reading.technologies)][0] == go and keep != go
    assert dialog.pairs() == ["Drone survey and Drone surveys"] and dialog.result() == 0
    dialog.accept()
    assert dialog.merged == 2 and dialog.result() == 1 and dialog.pairs() == []


def test_two_selected_rows_can_be_merged_from_their_menu(document, desk, screen, two, qtbot):
    desk.do(operations.add_technology, "Something else")
    view = screen.table.view
    screen.table.select(two[0])
    assert "Merge these two…" not in [action.text() for action in screen.table.menu_of_row().actions()]
    qtbot.keyClick(view, K.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    entries = {action.text().split("\t")[0]: action for action in screen.table.menu_of_row().actions()}
    seen = []
    QTimer.singleShot(
        0, lambda: (seen.append(QApplication.activeModalWidget().pairs()), QApplication.activeModalWidget().reject())
    )
    entries["Merge these two…"].trigger()
    assert seen == [["Seed bank and Seed banks"]] and len(by_name(document)) == 3


# The fact sheet ----------------------------------------------------------------------------------------


def test_every_facet_of_the_sheet_is_reached_by_keyboard(document, desk, screen):
    id = do(document, operations.add_technology, "Nets")
    screen.load()
    screen.table.select(id)
    sheet = screen.sheet
    wanted = {
        "definition", "purpose", "sector_id", "biome", "place", "ownership", "market", "maturity", "term", "reach", "status", "costs",
        "benefits", "risks", "suppliers", "sources", "short",
    }  # fmt: skip
    assert set(sheet.fields) == wanted and set(sheet.flags) == {
        "traditional",
        "genetic_resources",
        "traditional_knowledge",
    }
    parts = [field.editor for field in sheet.fields.values() if not field.isHidden()]
    parts += [*sheet.flags.values(), *(box.editor for box in sheet.shares.boxes), sheet.pictures.add_button]
    assert all(part.focusPolicy() & Qt.FocusPolicy.TabFocus for part in parts)


def test_consent_is_told_in_the_sheet_as_stage_one_recorded_it(document, desk, screen):
    id = do(document, operations.add_technology, "Rain calling")
    screen.load()
    screen.table.select(id)
    sheet = screen.sheet
    assert not sheet.consent.isVisibleTo(sheet) and not sheet.withheld.isVisibleTo(sheet)
    desk.do(operations.change_technology, id, traditional_knowledge=True)
    assert "nobody was asked yet" in sheet.consent.words.text()
    assert screen.table.rows()[0].values["consent"] == "Nobody asked yet"
    (record,) = desk.do(stakeholders.begin_consents, [("technology", id)])
    assert sheet.withheld.isVisibleTo(sheet) and screen.table.rows()[0].values["consent"] == "Withheld"
    desk.do(stakeholders.change_consent, record, form="fpic", holder="The elders", may_be_shown=True)
    assert not sheet.withheld.isVisibleTo(sheet) and "The elders" in sheet.consent.words.text()
    sheet.consent.button.click()
    assert (desk.places[-1].step, desk.places[-1].record) == ("stakeholders.consent", record)


def test_a_picture_is_added_made_smaller_and_removed_with_the_keyboard(document, desk, screen, tmp_path, qtbot):
    id = do(document, operations.add_technology, "Nets")
    screen.load()
    screen.table.select(id)
    image = QImage(3000, 1500, QImage.Format.Format_RGB32)
    image.fill(QColor("#3388aa"))
    path = tmp_path / "nets.png"
    image.save(str(path))
    pictures_of = screen.sheet.pictures
    pictures_of.add_file(path)
    (kept,) = read(document, pictures, id)
    size = decoded(kept["content"], 5000).size()
    assert (size.width(), size.height()) == (LONGEST_SIDE, LONGEST_SIDE // 2) and kept["name"] == "nets.png"
    assert [each.accessibleName() for each in pictures_of.thumbnails] == ["nets.png"]
    qtbot.keyClick(pictures_of.thumbnails[0], K.Key_Delete)
    assert read(document, pictures, id) == [] and pictures_of.thumbnails == []
    desk.undo()
    assert len(pictures_of.thumbnails) == 1
    wrong = tmp_path / "page.png"
    wrong.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    pictures_of.add_file(wrong)
    assert "PNG or JPEG" in pictures_of._problem.text() and len(read(document, pictures, id)) == 1


def test_a_picture_that_claims_to_be_huge_is_not_taken_apart():
    header = bytearray(PNG)
    header[16:24] = (60000).to_bytes(4, "big") * 2
    assert decoded(bytes(header), 100) is None
    with pytest.raises(Refused):
        prepared(bytes(header))


def test_a_failed_gate_says_what_follows_and_stands_in_the_list(document, desk, screen):
    id = do(document, operations.add_technology, "Nets")
    desk.do(criteria.add_model_gates, WORKFLOW)
    screen.load()
    screen.table.select(id)
    assert screen.table.rows()[0].values["gates"].endswith("open")
    gate = screen.gates.gates[0]
    desk.do(operations.answer_gate, id, gate.gate, "fail", "Harms the river")
    assert "not ranked as long as this stands" in gate.follows.text() and not gate.follows.isHidden()
    assert screen.table.rows()[0].values["gates"] == "Does not pass"


def test_a_list_pasted_with_heads_is_met_by_name_too(document, desk, screen):
    desk.do(operations.add_technology, "Nets")
    QGuiApplication.clipboard().setText("Technology\tRisks\nnets\tBycatch\n")
    screen.table.paste_from_excel()
    screen.table.preview.add_button.click()
    assert by_name(document)["Nets"]["risks"] == "Bycatch" and len(by_name(document)) == 1
