"""What the report tells of stage 3 beside the ranking: places in the trials, needs, goals, gates and fact sheets."""

from __future__ import annotations

import base64

import pytest

from tests.builders.room import WORKFLOW, do, new_document, read
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.reports.chapter import Options
from tna_desktop.reports.pages import picture_values
from tna_desktop.stages.criteria import operations as criteria
from tna_desktop.stages.priorities import (
    chapter,
    operations,
    operations_sectors,
    sections_doubts,
    sections_need,
    sections_technologies,
    sheet,
)
from tna_desktop.stages.priorities.operations_pictures import add_picture
from tna_desktop.stages.stakeholders import operations as stakeholders
from tna_desktop.stages.stakeholders.withholding import outgoing

PNG = b"\x89PNG\r\n\x1a\n" + b"a small picture"


@pytest.fixture
def document(tmp_path):
    made = new_document(tmp_path)
    yield made
    made.close(publish=False)


def sheets(document):
    return read(document, sections_technologies.sheet_sections, WORKFLOW, ENGLISH)


def told(section):
    return " ".join(section.paragraphs)


# Sectors --------------------------------------------------------------------------------------------------


def test_the_widest_gap_comes_first_and_is_told_in_words(document):
    do(document, operations.add_sector, "Forest", current_level=3, desired_level=4)
    do(document, operations.add_sector, "Sea", current_level=1, desired_level=4, need="Reefs die back.")
    do(document, operations.add_sector, "Towns", need="Not looked at yet.")
    section = read(document, sections_need.need_section, WORKFLOW, ENGLISH)
    assert told(section) == "The way to go is longest for Sea: three levels of five."
    assert [tuple(row) for row in section.tables[0].rows] == [
        ("Sea", 1, 4, 3, "Reefs die back."), ("Forest", 3, 4, 1, ""), ("Towns", None, None, None, "Not looked at yet."),
    ]  # fmt: skip


def test_without_levels_and_needs_there_is_nothing_to_tell(document):
    do(document, operations.add_sector, "Forest")
    assert read(document, sections_need.need_section, WORKFLOW, ENGLISH) is None
    assert read(document, sections_need.goals_section, WORKFLOW, ENGLISH) is None


def test_a_goal_that_no_chosen_sector_serves_is_named(document):
    do(document, stakeholders.change_scope, targets="Restore reefs; Save seeds; Stop rats")
    do(document, operations.add_sector, "Sea", goals="Restore reefs", chosen=True)
    do(document, operations.add_sector, "Farms", goals="Save seeds")
    section = read(document, sections_need.goals_section, WORKFLOW, ENGLISH)
    assert told(section) == (
        "Two goals named in the scope are not served by a chosen sector: “Save seeds” and “Stop rats”."
    )
    assert [tuple(row) for row in section.tables[0].rows] == [
        ("Restore reefs", "Sea", ""), ("Save seeds", "none", "Farms"), ("Stop rats", "none", ""),
    ]  # fmt: skip


def test_a_choice_against_the_order_is_told_with_its_reason(document):
    questions = [entry.key for entry in WORKFLOW.catalogue("sector_questions").entries]
    for name, answer in (("Sea", 5), ("Farms", 3), ("Towns", 1)):
        id = do(document, operations.add_sector, name, **{f"answer_{each}": answer for each in questions})
        if name == "Sea":
            do(document, operations_sectors.choose_sector, id, True)
        if name == "Towns":
            do(document, operations_sectors.choose_sector, id, True, reason="The mayors asked for it.")
    assert read(document, sections_need.line_words, WORKFLOW, ENGLISH) == (
        "The choice departs from the order of the answers for Towns.",
        "Towns: The mayors asked for it.",
    )


# The long list --------------------------------------------------------------------------------------------


def test_the_mix_of_the_long_list_leaves_out_what_nobody_said(document):
    do(document, operations.add_technology, "Nets", hardware=0.8, software=0.2, orgware=0.0)
    do(document, operations.add_technology, "Closure", hardware=0.0, software=0.4, orgware=0.6, traditional=True)
    do(document, operations.add_technology, "Unknown")
    assert read(document, sections_technologies.mix_words, ENGLISH) == (
        "Equipment makes up 40 % of the technologies on the long list, know-how 30 % and organisation 30 %; "
        "1 of 2 are traditional."
    )


def test_what_a_gate_stopped_is_told_with_the_reason(document):
    gate = do(document, criteria.add_gate, "No harm")
    toad = do(document, operations.add_technology, "Cane toads")
    do(document, operations.answer_gate, toad, gate, "fail", reason="They eat everything.")
    assert read(document, sections_technologies.gates_words, ENGLISH) == (
        "Cane toads did not pass No harm: They eat everything.",
    )


def test_a_sheet_tells_what_is_written_and_shows_the_picture(document):
    id = do(document, operations.add_technology, "Closure", definition="A reef closed for a time.", hardware=0.1,
            software=0.4, orgware=0.5, costs="About 25 thousand", shortlisted=True)  # fmt: skip
    do(document, operations.add_technology, "Nets")
    do(document, add_picture, id, PNG, "reef.png")
    [shown_sheet] = sheets(document)
    assert (shown_sheet.title, shown_sheet.paragraphs) == ("Closure", ("A reef closed for a time.",))
    assert [tuple(row) for table in shown_sheet.tables for row in table.rows] == [
        ("Nature", "10 % hardware, 40 % know-how, 50 % organisation"), ("Costs", "About 25 thousand"),
    ]  # fmt: skip
    shown = picture_values(shown_sheet.pictures[0])
    assert base64.b64decode(shown["src"].partition("base64,")[2]) == PNG and shown["alt"] == "Picture of Closure."


def test_a_withheld_technology_has_no_sheet_and_no_picture(document):
    id = do(document, operations.add_technology, "Secret reef", traditional_knowledge=True, shortlisted=True)
    do(document, add_picture, id, PNG, "reef.png")
    [consent] = do(document, stakeholders.begin_consents, [("technology", id)])
    do(document, stakeholders.change_consent, consent, may_be_shown=False)
    with outgoing(document, ENGLISH) as session:
        sections = sections_technologies.sheet_sections(session, WORKFLOW, ENGLISH)
        tables = sheet.sheets(session, WORKFLOW, ENGLISH, Options())
    assert "Secret reef" not in repr(sections) and not any(section.pictures for section in sections)
    assert "Secret reef" not in repr(tables)


# The trials -----------------------------------------------------------------------------------------------


def test_the_chapter_shows_the_places_with_number_and_seed_of_the_trials(document):
    column = do(document, criteria.add_criterion, "Effect", low=0.0, high=100.0, weight=1)
    for name, score in (("Nets", 20), ("Closure", 80)):
        technology = do(document, operations.add_technology, name)
        do(document, operations.set_score, technology, column, value=score)
    made = read(document, chapter.chapter, WORKFLOW, ENGLISH, Options())
    [section] = [each for each in made.sections if each.title == "How sure this is"]
    [picture] = section.pictures
    assert "Closure: most often at place 1, in 100 of 100 trials" in picture.description
    assert "10,000 trials, seed 1" in picture.note


def test_other_ways_of_computing_are_told_with_what_they_agree_on(document):
    column = do(document, criteria.add_criterion, "Effect", low=0.0, high=100.0, weight=1)
    for name, score in (("Nets", 20), ("Closure", 80), ("Ropes", 50)):
        technology = do(document, operations.add_technology, name)
        do(document, operations.set_score, technology, column, value=score)
    made = read(document, chapter.chapter, WORKFLOW, ENGLISH, Options())
    [section] = [each for each in made.sections if each.title == "By other ways of computing"]
    assert told(section) == "All three other ways of computing also put Closure first."
    assert section.bullets[0] == "By distance from the best and the worst: the same order."


# Voices ---------------------------------------------------------------------------------------------------


def scored_by_voices(document, *given):
    """Closure, held against one criterion from 1 to 5 by each (voice, score)."""
    column = do(document, criteria.add_criterion, "Effect", low=1.0, high=5.0)
    technology = do(document, operations.add_technology, "Closure")
    for voice, score in given:
        do(document, operations.set_scores, [(technology, column, {"value": score})], voice=voice)
    return technology


def test_a_score_on_which_voices_lie_far_apart_is_named_and_nobody_is(document):
    scored_by_voices(document, ("government", 5), ("Dr Okoro", 2))
    section = read(document, sections_doubts.voices_section, ENGLISH)
    assert told(section) == (
        "One score was given by more than one group or assessor. They lie far apart on it, more than a quarter of the "
        "scale. The ranking counts the agreed scores only."
    )
    assert section.bullets == ("Effect: Closure.",)
    assert "Okoro" not in repr(section) and "overnment" not in repr(section)


def test_voices_a_quarter_of_the_scale_apart_are_close(document):
    scored_by_voices(document, ("government", 4), ("research", 3))
    section = read(document, sections_doubts.voices_section, ENGLISH)
    assert told(section).endswith("They do not lie far apart anywhere.") and not section.bullets


def test_one_voice_alone_is_no_disagreement(document):
    scored_by_voices(document, ("government", 4))
    assert read(document, sections_doubts.voices_section, ENGLISH) is None


# In print and in the workbook -----------------------------------------------------------------------------


def test_a_picture_is_called_what_somebody_wrote_and_never_by_its_file(document):
    id = do(document, operations.add_technology, "Closure", shortlisted=True)
    do(document, add_picture, id, PNG, "IMG 0042.JPG")
    do(document, add_picture, id, PNG, "Four buoys mark it")
    [shown_sheet] = sheets(document)
    assert [(each.title, each.description) for each in shown_sheet.pictures] == [
        ("Closure", "Picture of Closure."), ("Four buoys mark it", "Picture of Closure: Four buoys mark it."),
    ]  # fmt: skip


def test_the_workbook_has_all_fact_sheets_in_one_table(document):
    do(document, operations.add_technology, "Closure", costs="About 25 thousand", shortlisted=True)
    do(document, operations.add_technology, "Nets", costs="Cheap", shortlisted=True)
    do(document, operations.add_technology, "Ropes", costs="Nothing")
    table = read(document, sections_technologies.fact_table, WORKFLOW, ENGLISH)
    at = [column.title for column in table.columns].index("Costs")
    assert [(row[0], row[at]) for row in table.rows] == [("Closure", "About 25 thousand"), ("Nets", "Cheap")]
    assert {part.part_of for each in sheets(document) for part in each.tables} == {table.key}


def test_in_print_the_long_list_is_two_tables_and_the_sectors_leave_out_their_gap(document):
    do(document, operations.add_sector, "Sea", current_level=1, desired_level=4)
    do(document, operations.add_technology, "Nets", definition="Wide meshes.", hardware=0.5, software=0.5, orgware=0.0)
    whole = read(document, sheet.technology_table, WORKFLOW, ENGLISH)
    first, second = sections_technologies.lists(whole, ENGLISH)
    assert [column.key for column in first.columns] == ["name", "definition"] and first.rows[0][1] == "Wide meshes."
    assert [column.key for column in second.columns] == ["name", "hardware", "software", "orgware"]
    sectors = read(document, sheet.sector_table, WORKFLOW, ENGLISH)
    shown = sections_need.without_gap(sectors)
    assert len(shown.columns) == len(shown.rows[0]) == len(sectors.columns) - 1
