"""The long list as one works in it: what is refused stays to be mended, and merging is told in words."""

from __future__ import annotations

import pytest

from tests.builders import room
from tests.builders.room import do, read
from tna_desktop.stages.priorities import operations, reading
from tna_desktop.stages.priorities.panels.fact_sheet import FactSheet
from tna_desktop.stages.priorities.panels.merge_dialog import MergeDialog

TOO_LONG = "Sail cargo with a name that is much too long for a column"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document):
    return room.new_desk(document)


@pytest.fixture
def sheet(document, desk, qtbot):
    """The fact sheet of one technology; like its screen, it is shown anew after every change."""
    id = do(document, operations.add_technology, "Sail cargo", short="Sails")
    made = FactSheet(desk)
    qtbot.addWidget(made)
    made.show_technology(id)
    desk.changed.connect(lambda _change: made.show_technology(id))
    return made


def write(field, text: str) -> None:
    """What a person does: types, and leaves the field."""
    setter = getattr(field.editor, "setText", None) or field.editor.setPlainText
    setter(text)
    field.commit()


def kept(document) -> dict:
    return read(document, reading.technologies)[0]


def test_what_was_refused_stays_with_its_reason_when_the_next_field_is_kept(document, sheet):
    short = sheet.fields["short"]
    write(short, TOO_LONG)
    reason = short.error()
    assert reason
    write(sheet.fields["place"], "Outer islands")
    assert kept(document)["place"] == "Outer islands"
    assert (short.value(), short.error()) == (TOO_LONG, reason)
    write(short, "Sail")
    assert (kept(document)["short"], short.error()) == ("Sail", "")


def test_what_was_refused_gives_way_to_another_technology_and_to_a_new_value(document, desk, sheet):
    write(sheet.fields["short"], TOO_LONG)
    desk.do(operations.change_technology, sheet.id, short="Canvas")
    assert (sheet.fields["short"].value(), sheet.fields["short"].error()) == ("Canvas", "")
    write(sheet.fields["short"], TOO_LONG)
    sheet.show_technology(do(document, operations.add_technology, "Fog nets"))
    assert (sheet.fields["short"].value(), sheet.fields["short"].error()) == ("", "")


def test_shares_that_are_begun_or_too_large_stay_until_they_are_whole(document, sheet):
    hardware, know_how = sheet.shares.boxes
    write(hardware, "70")
    write(sheet.fields["place"], "Outer islands")
    assert (hardware.value(), know_how.value()) == ("70", "")
    write(know_how, "50")
    assert know_how.error()
    write(sheet.fields["place"], "Lagoon")
    assert (hardware.value(), know_how.value()) == ("70", "50") and know_how.error()
    write(know_how, "20")
    row = kept(document)
    assert (row["hardware"], row["software"], row["orgware"]) == (0.7, 0.2, 0.1)
    assert not know_how.error()


def test_an_error_beside_does_not_push_the_shares_out_of_line(sheet, qtbot):
    sheet.resize(276, 600)
    sheet.show()
    hardware, know_how = sheet.shares.boxes
    write(hardware, "70")
    write(know_how, "50")
    assert know_how.error()
    qtbot.waitUntil(lambda: know_how.height() > hardware.height())
    tops = {
        field.editor.mapTo(sheet, field.editor.rect().topLeft()).y()
        for field in (*sheet.shares.boxes, sheet.shares.rest)
    }
    assert len(tops) == 1


def test_merging_names_sectors_and_the_entries_of_lists_as_people_read_them(document, desk, qtbot):
    reef, farm = (do(document, operations.add_sector, name) for name in ("Reefs", "Farms"))
    do(document, operations.add_technology, "Seed bank", sector_id=reef, term="medium", short="Bank")
    do(document, operations.add_technology, "Seed banks", sector_id=farm, term="short", short="Banks")
    dialog = MergeDialog(desk, None)
    qtbot.addWidget(dialog)
    lines = dialog.lines()
    assert "Sector: Reefs stays, Farms goes." in lines
    assert "Time horizon: Medium term stays, Short term goes." in lines
