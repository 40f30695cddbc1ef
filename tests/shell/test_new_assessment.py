"""Beginning: only the country is required, everything else has an answer already."""

from __future__ import annotations

from pathlib import Path

from tna_desktop.kernel import assessment
from tna_desktop.kernel.text import language
from tna_desktop.settings import Settings
from tna_desktop.shell import new_assessment, opening


def dialog(qtbot) -> new_assessment.NewAssessment:
    made = new_assessment.NewAssessment(language("en"), Settings())
    qtbot.addWidget(made)
    return made


def test_without_a_country_it_says_what_is_missing(qtbot) -> None:
    made = dialog(qtbot)
    made.accept()
    assert made.country.error()
    assert made.result() == 0


def test_the_country_is_enough(qtbot, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(new_assessment, "user_documents", lambda: tmp_path)
    made = dialog(qtbot)
    made.country.set_value("Kelvara / coast")
    year = made.year.value()
    assert made.path() == tmp_path / "TNA" / f"Kelvara coast TNA {year}.tna"
    made.accept()
    assert made.result() == 1
    target = tmp_path / "begun.tna"
    document = opening.begun(target, made.facts())
    with document.reading() as session:
        facts = assessment.facts(session)
    document.close()
    assert (facts.country, facts.workflow_key, facts.year) == ("Kelvara / coast", "cbd", year)


def test_a_name_that_is_taken_gets_a_number(qtbot, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(new_assessment, "user_documents", lambda: tmp_path)
    made = dialog(qtbot)
    made.country.set_value("Kelvara")
    first = made.path()
    first.parent.mkdir()
    first.touch()
    assert made.path().name == first.name.replace(".tna", " 2.tna")


def test_facts_are_kept_when_a_field_is_left(space, qtbot) -> None:
    made = new_assessment.FactsDialog(space.desk)
    qtbot.addWidget(made)
    made.fields["status"].editor.setText("Draft 2")
    made.reject()
    assert space.desk.read(assessment.facts).status == "Draft 2"
