"""What is withheld leaves every output: words of its own in every place, looked for in all that is handed out."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pypdf
import pytest
from sqlalchemy import String, select
from sqlalchemy.orm import Session

from tests.builders.room import do, read
from tna_desktop.cli import main
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.operation import operation
from tna_desktop.kernel.tables import Attachment, Base, Decision, Note
from tna_desktop.kernel.text import ENGLISH
from tna_desktop.reports.chapter import Options
from tna_desktop.stages.actions.tables import Action
from tna_desktop.stages.barriers.tables import Barrier, CoreProblem
from tna_desktop.stages.criteria.tables import Criterion, Gate
from tna_desktop.stages.priorities.tables import GateAnswer, Score, Technology
from tna_desktop.stages.stakeholders import operations, withholding
from tna_desktop.stages.stakeholders.tables import Consent, Stakeholder
from tna_desktop.stages.synthesis.operations import write_text
from tna_desktop.stages.synthesis.report import book_of, build_book
from tna_desktop.stages.synthesis.tables import ReportText

CANARY = "Canarybird"
NAME, SHORT = f"{CANARY} weaving of nets", f"{CANARY} nets"


@operation("Canaries planted")
def plant(session: Session) -> tuple[str, str]:
    """A word of its own in every text of a technology, and in all that is written about it."""
    technology = session.scalars(select(Technology).order_by(Technology.rank)).first()
    assert technology is not None
    for number, column in enumerate(Technology.__table__.columns):
        if isinstance(column.type, String) and not column.foreign_keys and column.name != "id":
            setattr(technology, column.name, f"{CANARY}{number}")
    technology.name, technology.short, technology.shortlisted = NAME, SHORT, True
    technology.hardware = technology.software = 0.25
    key, rank = technology.id, 900.0
    for criterion in session.scalars(select(Criterion)):
        score = session.scalars(
            select(Score).where(Score.technology_id == key, Score.criterion_id == criterion.id, Score.voice == "")
        ).first() or Score(technology_id=key, criterion_id=criterion.id, value=3.0, rank=(rank := rank + 1))
        score.evidence, score.sureness = f"{CANARY} evidence", "medium"
        session.add(score)
    for gate in session.scalars(select(Gate)):
        answer = session.scalars(
            select(GateAnswer).where(GateAnswer.technology_id == key, GateAnswer.gate_id == gate.id)
        ).first() or GateAnswer(technology_id=key, gate_id=gate.id, answer="pass", rank=(rank := rank + 1))
        answer.reason = f"{CANARY} gate"
        session.add(answer)
    problem = session.scalars(select(CoreProblem).where(CoreProblem.technology_id == key)).first()
    problem = problem or CoreProblem(technology_id=key, rank=1.0)
    problem.text = f"{CANARY} problem"
    session.add(problem)
    about = {"record": key, "step": "priorities.ranking", "rank": 990.0}
    session.add(Decision(what=f"{CANARY} decided", reason=f"{CANARY} because", kind="shortlisted", **about))
    session.add(Note(text=f"{CANARY} note", author="Lead", **about))
    session.add(Attachment(name=f"{CANARY}.png", media="image/png", content=CANARY.encode(), **about))
    # Elsewhere only the name stands, in whatever writing.
    session.add(
        Decision(what=f"We begin with {SHORT.upper()}", reason=f"Because\n{NAME.lower()}s are ready.", rank=991.0)
    )
    session.add(ReportText(part="summary", text=f"First comes “{NAME}”, then the rest.", rank=991.0))
    action = session.scalars(select(Action)).first()
    barrier = session.scalars(select(Barrier)).first()
    assert action is not None and barrier is not None
    action.name, action.indicator = f"Teach {NAME}", f"Villages with {SHORT}"
    barrier.definition = f"Nobody pays for {SHORT}."
    community = session.scalars(select(Stakeholder).where(Stakeholder.group == "indigenous_peoples")).first()
    assert community is not None
    community.knowledge = f"{CANARY} knows where the fish gather"
    return key, community.id


def consent_ids(document: Document) -> list[str]:
    return read(document, lambda session: list(session.scalars(select(Consent.id))))


@pytest.fixture
def planted(sample: Path) -> Path:
    document = Document.open(sample)
    for id in consent_ids(document):
        do(document, operations.remove_consents, [id])
    technology, community = document.do(plant).result
    made = do(document, operations.begin_consents, [("technology", technology), ("stakeholder", community)])
    assert len(made) == 2
    document.close()
    return sample


def pdf_words(path: Path) -> str:
    reader = pypdf.PdfReader(path)
    about = " ".join(f"{key} {value}" for key, value in (reader.metadata or {}).items())
    outline = repr([getattr(each, "title", each) for each in _flat(reader.outline)])
    return re.sub(r"\s+", " ", " ".join([about, outline, *(page.extract_text() for page in reader.pages)]))


def _flat(outline: list) -> list:
    return [each for entry in outline for each in (_flat(entry) if isinstance(entry, list) else [entry])]


def excel_words(path: Path) -> str:
    with zipfile.ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def close_to(text: str) -> str:
    """Without what a line break or a hyphen may have put between two letters."""
    return re.sub(r"[\s\u00ad-]", "", text).casefold()


def test_no_output_holds_a_word_of_it_and_every_output_says_that_something_is_withheld(
    planted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, xlsx = tmp_path / "report.pdf", tmp_path / "report.xlsx"
    assert main(["report", str(planted), "--pdf", str(pdf), "--xlsx", str(xlsx), "--contacts"]) == 0
    capsys.readouterr()
    printed = {"pdf": pdf_words(pdf), "xlsx": excel_words(xlsx)}
    for command in (["results", "--json"], ["results"], ["results", "--json", "--method", "topsis"],
                    ["check", "--json"], ["check"], ["history"]):  # fmt: skip
        assert main([command[0], str(planted), *command[1:]]) == 0
        printed[" ".join(command)] = capsys.readouterr().out
    for name, text in printed.items():
        assert CANARY.casefold() not in close_to(text), name
        assert "weavingofnets" not in close_to(text), name
    for name in ("pdf", "xlsx", "results"):
        assert "2 entries are withheld, at the wish of those whose knowledge they are." in printed[name], name
    for name in ("pdf", "xlsx", "results", "results --json"):
        assert "Withheld entry 1" in printed[name], name
    assert json.loads(printed["results --json"])["withheld"] == 2
    assert "We begin with Withheld entry 1" in printed["xlsx"]


def test_the_numbers_stay_as_they_are(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ranking() -> list[tuple[int | None, float | None]]:
        main(["results", str(planted), "--json"])
        return [(each["rank"], each["value"]) for each in json.loads(capsys.readouterr().out)["technologies"]]

    held = ranking()
    document = Document.open(planted)
    for id in consent_ids(document):
        do(document, operations.change_consent, id, form="free_prior_informed_consent", may_be_shown=True)
    document.close()
    assert ranking() == held


def test_the_document_itself_keeps_every_word(planted: Path) -> None:
    document = Document.open(planted)
    before = read(document, lambda session: [row.name for row in session.scalars(select(Technology))])
    book_of(document, ENGLISH, Options())
    assert read(document, lambda session: [row.name for row in session.scalars(select(Technology))]) == before
    assert NAME in before
    document.close()


def test_a_report_is_never_built_from_what_still_holds_it(planted: Path) -> None:
    from tna_desktop.kernel.assessment import facts
    from tna_desktop.kernel.workflow import from_json

    document = Document.open(planted, read_only=True)
    with document.reading() as session:
        workflow = from_json(facts(session).workflow_content)
        with pytest.raises(RuntimeError):
            build_book(session, workflow, ENGLISH, Options())
        with pytest.raises(RuntimeError):
            withholding.redact(session, ENGLISH)
    document.close()


def test_of_a_stakeholder_only_the_knowledge_is_withheld(planted: Path) -> None:
    document = Document.open(planted, read_only=True)
    with withholding.outgoing(document, ENGLISH) as session:
        row = session.scalars(select(Stakeholder).where(Stakeholder.group == "indigenous_peoples")).first()
        assert row is not None and row.name != "" and "Withheld" not in row.name
        assert row.knowledge == "Withheld at the wish of those whose knowledge it is"
        assert row.id not in withholding.withheld(session)
    document.close()


def test_everything_in_the_snapshot_is_clean_whatever_may_be_printed_one_day(planted: Path) -> None:
    document = Document.open(planted, read_only=True)
    with withholding.outgoing(document, ENGLISH) as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                assert CANARY.casefold() not in repr(dict(row)).casefold(), table.name
    document.close()


def test_opening_an_entry_prints_it_again_and_withdrawing_takes_it_back(planted: Path) -> None:
    document = Document.open(planted)
    record = read(
        document, lambda session: session.scalars(select(Consent.id).where(Consent.kind == "technology")).one()
    )
    do(document, operations.change_consent, record, form="community_protocol", may_be_shown=True)
    assert NAME in repr(book_of(document, ENGLISH, Options()))
    do(document, operations.change_consent, record, form="withdrawn")
    assert NAME not in repr(book_of(document, ENGLISH, Options()))
    document.undo()
    assert NAME in repr(book_of(document, ENGLISH, Options()))
    document.close()


def test_two_records_that_disagree_keep_the_entry_withheld(planted: Path) -> None:
    document = Document.open(planted)

    @operation("Another voice")
    def another(session: Session) -> None:
        first = session.scalars(select(Consent).where(Consent.kind == "technology")).one()
        session.add(
            Consent(kind=first.kind, record=first.record, form="community_protocol", may_be_shown=True, rank=99.0)
        )

    document.do(another)
    assert len(read(document, withholding.withheld)) == 1
    document.close()


def test_a_removed_entry_is_not_counted(planted: Path) -> None:
    from tna_desktop.stages.priorities.operations import remove_technologies

    document = Document.open(planted)
    key = next(iter(read(document, withholding.withheld)))
    do(document, remove_technologies, [key])
    assert read(document, withholding.how_much) == withholding.Withheld(0, 1)
    document.undo()
    assert read(document, withholding.how_much) == withholding.Withheld(1, 1)
    document.close()


def test_nothing_is_said_where_nothing_is_withheld(sample: Path) -> None:
    document = Document.open(sample)
    for id in consent_ids(document):
        do(document, operations.remove_consents, [id])
    document.do(write_text, "summary", "Withheld is a word too.")
    text = repr(book_of(document, ENGLISH, Options()).notes)
    assert "withheld" not in text.casefold()
    document.close()


def test_the_wall_shows_no_name_of_it_in_any_step(planted: Path) -> None:
    from tna_desktop.kernel.assessment import facts
    from tna_desktop.kernel.workflow import from_json
    from tna_desktop.stages import STAGES

    document = Document.open(planted)
    do(document, operations.add_meeting, name=f"Lesson in {SHORT}")
    with document.reading() as session:
        workflow = from_json(facts(session).workflow_content)
        views = [view for stage in STAGES[:-1] for view in stage.module("wall").VIEWS.values()]
        shown = repr([withholding.projected(session, view, workflow, ENGLISH) for view in views])
    document.close()
    assert "Lesson in Withheld entry 1" in shown
    assert NAME.casefold() not in shown.casefold() and SHORT.casefold() not in shown.casefold()
