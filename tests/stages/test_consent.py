"""Consent: whose knowledge an entry carries, on what terms, and that nothing is shared without it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from tests.builders import room
from tests.builders.room import WORKFLOW, do, read
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.findings import Place, State
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.stages.priorities.operations import add_technology, change_technology, remove_technologies
from tna_desktop.stages.stakeholders import checks, operations, reading, wall, withholding
from tna_desktop.stages.stakeholders import forgetting as forgetting_contacts
from tna_desktop.stages.stakeholders.sections.consent import consent_section, consent_table

STEP = "stakeholders.consent"


@pytest.fixture
def document(tmp_path):
    made = room.new_document(tmp_path)
    yield made
    made.close(publish=False)


@pytest.fixture
def desk(document, qtbot):
    return room.new_desk(document)


@pytest.fixture
def ids(document):
    """A people with knowledge, a ministry, and two technologies of which one uses traditional knowledge."""
    return {
        "people": do(
            document, operations.add_stakeholder, "Veluai People", group="indigenous_peoples", knowledge="Tides."
        ),
        "ministry": do(document, operations.add_stakeholder, "Ministry", group="government", knowledge="Budgets."),
        "closure": do(document, add_technology, "Customary closure", traditional_knowledge=True),
        "drones": do(document, add_technology, "Drones"),
    }


def found(document, name):
    return read(document, checks.CHECKS[name], WORKFLOW, STEP)


def begin(document, *places):
    return do(document, operations.begin_consents, list(places))


def record(document, id):
    return next(row for row in read(document, reading.consents) if row["id"] == id)


# What carries knowledge ----------------------------------------------------------------------------------


def test_what_says_that_it_carries_traditional_knowledge_waits_until_it_has_a_record(document, ids):
    waiting = [(entry.kind, entry.name) for entry in read(document, reading.waiting)]
    assert waiting == [("technology", "Customary closure"), ("stakeholder", "Veluai People")]
    begin(document, ("technology", ids["closure"]))
    assert [entry.name for entry in read(document, reading.waiting)] == ["Veluai People"]
    do(document, change_technology, ids["drones"], traditional_knowledge=True)
    do(document, operations.change_stakeholder, ids["people"], knowledge=" ")
    assert [entry.name for entry in read(document, reading.waiting)] == ["Drones"]


def test_any_entry_can_have_a_record_and_gets_one_only_once(document, ids):
    item = do(document, operations.add_overview_item, "Atlas of spawning places")
    (made,) = begin(document, ("overview_item", item), ("overview_item", item))
    assert begin(document, ("overview_item", item)) == []
    assert record(document, made)["entry"] == "Atlas of spawning places"
    with pytest.raises(Refused):
        begin(document, ("technology", "gone"))


def test_a_record_begins_as_not_asked_and_withheld_and_knows_whose_knowledge_a_stakeholder_holds(document, ids):
    made = record(document, begin(document, ("stakeholder", ids["people"]))[0])
    assert (made["form"], made["may_be_shown"], made["whose"]) == ("not_asked", False, "Veluai People")
    assert read(document, withholding.withheld_knowledge) == {ids["people"]}


def test_a_removed_entry_leaves_its_record_and_comes_back_withheld(document, ids):
    (made,) = begin(document, ("technology", ids["closure"]))
    do(document, remove_technologies, [ids["closure"]])
    assert record(document, made)["entry"] == ""
    document.undo()
    assert list(read(document, withholding.withheld)) == [ids["closure"]]


# Permission -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["", "not_asked", "in_discussion", "refused", "withdrawn"])
def test_without_an_agreement_nothing_can_be_shared(document, ids, form):
    (made,) = begin(document, ("technology", ids["closure"]))
    do(document, operations.change_consent, made, form=form)
    with pytest.raises(Refused) as refused:
        do(document, operations.change_consent, made, may_be_shown=True)
    assert refused.value.field == "may_be_shown"
    with pytest.raises(Refused):
        do(document, operations.change_consent, made, form=form, may_be_shown=True)
    assert record(document, made)["may_be_shown"] is False


@pytest.mark.parametrize("form", ["not_asked", "in_discussion", "refused", "withdrawn", ""])
def test_taking_consent_back_takes_the_permission_back_in_one_change(document, ids, form):
    (made,) = begin(document, ("technology", ids["closure"]))
    assert do(document, operations.change_consent, made, form="community_protocol", may_be_shown=True) is False
    assert read(document, withholding.withheld) == {}
    assert do(document, operations.change_consent, made, form=form) is True
    assert record(document, made)["may_be_shown"] is False
    document.undo()
    assert (record(document, made)["form"], record(document, made)["may_be_shown"]) == ("community_protocol", True)


def test_another_form_of_consent_leaves_the_permission(document, ids):
    (made,) = begin(document, ("technology", ids["closure"]))
    do(document, operations.change_consent, made, form="prior_informed_consent", may_be_shown=True)
    assert do(document, operations.change_consent, made, form="free_prior_informed_consent") is False
    assert record(document, made)["may_be_shown"] is True


def test_removing_a_record_that_is_not_there_is_refused(document, ids):
    with pytest.raises(Refused):
        do(document, operations.remove_consents, [ids["closure"]])


def test_an_answer_to_a_waiting_entry_begins_its_record(document, ids):
    do(document, operations.change_consent, ids["closure"], form="refused")
    (row,) = read(document, reading.consents)
    assert (row["entry"], row["form"]) == ("Customary closure", "refused")
    document.undo()
    assert read(document, reading.consents) == []


# Checks ---------------------------------------------------------------------------------------------------


def test_an_empty_assessment_has_nothing_to_ask_yet(document):
    assert {found(document, name).state for name in ("consent_recorded", "consent_dated")} == {State.OPEN}


def test_where_no_knowledge_is_used_nothing_is_missing(document):
    do(document, add_technology, "Drones")
    for name in ("consent_recorded", "consent_dated", "knowledge_withheld_known"):
        assert found(document, name).state is State.GOOD, name


def test_the_checks_lead_from_the_waiting_entry_to_the_decision(document, ids):
    finding = found(document, "consent_recorded")
    assert (finding.state, len(finding.places)) == (State.ATTENTION, 2)
    assert found(document, "consent_dated").state is State.OPEN
    people, closure = begin(document, ("stakeholder", ids["people"]), ("technology", ids["closure"]))
    assert found(document, "consent_recorded").state is State.GOOD
    assert found(document, "knowledge_withheld_known").places == (
        Place(STEP, people, "form"), Place(STEP, closure, "form"),
    )  # fmt: skip
    do(document, operations.change_consent, people, form="refused")
    do(document, operations.change_consent, closure, form="approval_involvement", given_on="2026-03-19")
    assert found(document, "knowledge_withheld_known").state is State.GOOD
    assert found(document, "consent_dated").places == (Place(STEP, closure, "stakeholder_id"),)
    do(document, operations.change_consent, closure, holder="Elders of Sefu")
    assert found(document, "consent_dated").places == (Place(STEP, closure, "conditions"),)
    do(document, operations.change_consent, closure, protocol="Rules for visitors")
    assert found(document, "consent_dated").state is State.GOOD
    do(document, operations.change_consent, closure, given_on=None)
    assert found(document, "consent_dated").places == (Place(STEP, closure, "given_on"),)


# The report -----------------------------------------------------------------------------------------------


def test_the_section_counts_and_never_says_whose_or_what(document, ids):
    assert read(document, consent_section, WORKFLOW, ENGLISH) is not None  # two wait
    people, closure = begin(document, ("stakeholder", ids["people"]), ("technology", ids["closure"]))
    do(
        document,
        operations.change_consent,
        people,
        form="refused",
        holder="Elders of Sefu",
        conditions="Never say Sefu.",
    )
    do(document, operations.change_consent, closure, form="community_protocol", may_be_shown=True)
    with withholding.outgoing(document, ENGLISH) as session:
        section = consent_section(session, WORKFLOW, ENGLISH)
        table = consent_table(session, WORKFLOW, ENGLISH)
    assert section is not None
    said = " ".join(section.paragraphs + section.bullets)
    assert "One entry is withheld, at the wish" in said and "Customary closure: Under a community protocol." in said
    assert "Sefu" not in repr(section) and "Veluai" not in repr(section) and "Tides" not in repr(section)
    assert [tuple(row) for row in table.rows] == [("Under a community protocol", 1, 1, 0), ("Refused", 1, 0, 1)]
    assert tuple(table.total or ()) == ("All forms", 2, 1, 1)


def test_an_assessment_without_such_knowledge_has_no_section(document):
    do(document, add_technology, "Drones")
    assert read(document, consent_section, WORKFLOW, ENGLISH) is None


# The screen -----------------------------------------------------------------------------------------------


@pytest.fixture
def screen(desk, qtbot, ids):
    from tna_desktop.stages.stakeholders.panels.consent import ConsentScreen

    made = ConsentScreen(desk, STEP)
    for widget in (made, made.form):
        qtbot.addWidget(widget)
    made.resize(842, 570)
    made.form.resize(276, 700)
    made.show()
    made.form.show()
    qtbot.waitExposed(made)
    return made


def test_what_waits_stands_first_and_is_withheld_with_one_click(screen, document, desk):
    assert [row.values["entry"] for row in screen.table.rows()] == ["Customary closure", "Knowledge of Veluai People"]
    assert screen.banner.isVisible()
    screen.withhold_waiting()
    assert len(read(document, reading.consents)) == 2
    assert read(document, withholding.how_much) == withholding.Withheld(1, 1)
    desk.undo()
    assert read(document, reading.consents) == []


def test_the_form_begins_a_record_and_keeps_each_field(screen, document, qtbot):
    assert screen.form.title.text() == "Customary closure"
    qtbot.mouseClick(screen.form.begin_button, Qt.MouseButton.LeftButton)
    (row,) = read(document, reading.consents)
    assert screen.table.current() == row["id"] and screen.form.title.text() == "Customary closure"
    for name, text in (("given_on", "2026-03-19"), ("holder", "Elders of Sefu"), ("protocol", "Rules for visitors")):
        field = screen.form.fields[name]
        field.editor.setText(text)
        field.commit()
    row = record(document, row["id"])
    assert (row["given_on"], row["holder"], row["protocol"]) == (
        date(2026, 3, 19),
        "Elders of Sefu",
        "Rules for visitors",
    )


def test_a_permission_nobody_gave_is_refused_in_its_field(screen, document, qtbot):
    screen.withhold_waiting()
    field = screen.form.fields["may_be_shown"]
    field.editor.setCurrentIndex(field.editor.findData(True))
    field.commit()
    assert "Nobody has agreed" in field.error()
    assert [row["may_be_shown"] for row in read(document, reading.consents)] == [False, False]


def test_the_table_takes_answers_by_keyboard_words_and_says_when_the_permission_goes(screen, document, desk, qtbot):
    screen.withhold_waiting()
    row = screen.table.current()
    desk.do(operations.change_consent, row, form="community_protocol")
    desk.do(operations.change_consent, row, may_be_shown="yes")
    assert next(each for each in screen.table.rows() if each.id == row).values["may_be_shown"] == "yes"
    heard = []
    desk.noticed.connect(lambda notice: heard.append(notice.text))
    desk.do(operations.change_consent, row, form="withdrawn")
    assert heard == ["The permission to share was taken back with it."]
    assert next(each for each in screen.table.rows() if each.id == row).values["may_be_shown"] == "no"


def test_a_place_leads_to_the_record_and_its_field(screen, document):
    (made,) = begin(document, ("stakeholder", read(document, reading.waiting)[1].id))
    screen.load()
    screen.show_place(Place(STEP, made, "conditions"))
    assert screen.table.current() == made
    assert screen.form.title.text() == "Knowledge of Veluai People"


def test_nothing_to_ask_says_what_the_step_is_for(desk, qtbot):
    from tna_desktop.stages.stakeholders.panels.consent import ConsentScreen

    made = ConsentScreen(desk, STEP)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    assert made.table.rows() == [] and not made.banner.isVisible()


# Forgetting -----------------------------------------------------------------------------------------------


def test_the_dialog_says_what_will_happen_before_anything_does(document, ids):
    contact = do(document, operations.add_contact, ids["people"], "Ilane Torovu", email="ilane@veluai.example")
    document.backup()
    document.backup("before workshop 1")
    before = read(document, lambda session: reading.contacts(session))
    outlook = forgetting_contacts.outlook(document, contact, ENGLISH)
    assert (outlook.name, outlook.elsewhere, outlook.automatic, len(outlook.named)) == ("Ilane Torovu", 0, 1, 1)
    text = " ".join(forgetting_contacts.sentences(outlook, ENGLISH))
    assert "before workshop 1" in text and "One automatic backup" in text and "handed out" in text
    assert read(document, lambda session: reading.contacts(session)) == before


def test_one_confirmation_forgets_the_person_from_the_contacts_tab(document, desk, ids, qtbot, monkeypatch):
    from tna_desktop.stages.stakeholders.panels import forget
    from tna_desktop.stages.stakeholders.panels.contacts import ContactPanel

    contact = do(document, operations.add_contact, ids["people"], "Ilane Torovu", email="ilane@veluai.example")
    document.backup()
    panel = ContactPanel(desk)
    qtbot.addWidget(panel)
    panel.show_stakeholder(ids["people"])
    panel._open(contact)
    asked = []
    answers = [QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted]

    def answer(dialog):
        asked.append(dialog.lines)
        return int(answers[len(asked) - 1].value)

    monkeypatch.setattr(forget.ForgetDialog, "exec", answer)
    panel.forget_button.click()
    assert len(read(document, reading.contacts)) == 1
    told = []
    desk.noticed.connect(lambda notice: told.append(notice.text))
    panel.forget_button.click()
    assert len(asked) == 2 and read(document, reading.contacts) == []
    assert told[0] == "The person was forgotten"
    backups_folder = document.backup("now").path.parent
    automatic = [path for path in backups_folder.glob("*.tna") if "~" not in path.name]
    qtbot.waitUntil(lambda: all(b"Ilane Torovu" not in path.read_bytes() for path in automatic), timeout=10_000)
    desk.undo()
    assert "Ilane" not in repr(read(document, reading.contacts))


def test_the_wall_counts_no_record_whose_entry_was_removed(document, ids):
    begin(document, ("stakeholder", ids["people"]), ("stakeholder", ids["ministry"]))
    do(document, operations.remove_stakeholders, [ids["ministry"]])
    (page,) = read(document, wall.consent, WORKFLOW, ENGLISH).pages
    assert [figure.value for figure in page.figures] == ["1", "0", "1"]
    assert len([row for row in read(document, reading.consents) if row["entry"]]) == 1


def test_the_wall_leaves_nobody_out_whose_group_the_workflow_does_not_know(document, ids):
    odd = do(document, operations.add_stakeholder, "Guild of Divers", group="guilds")
    do(document, operations.set_stage_role, odd, WORKFLOW.stages[0].key, "decide")
    (page,) = read(document, wall.register, WORKFLOW, ENGLISH).pages
    assert ("Without a group", ("Guild of Divers",)) in [(each.heading, each.names) for each in page.lists]
    (page,) = read(document, wall.coverage, WORKFLOW, ENGLISH).pages
    assert [(row.name, row.cells[0].text, row.cells[0].words) for row in page.rows][-1] == (
        "Without a group", "1", "one decides",
    )  # fmt: skip
