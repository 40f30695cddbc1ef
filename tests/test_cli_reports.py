"""Reports from the command line: what they hold, and what never leaves unasked."""

from __future__ import annotations

import contextlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pytest
from sqlalchemy import String, select

from tna_desktop import cli
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.journal import OWN_TABLES
from tna_desktop.kernel.tables import PRIVATE, Base, Note
from tna_desktop.stages import load_tables
from tna_desktop.stages.criteria.tables import Ballot
from tna_desktop.stages.stakeholders.tables import Contact, Placement, Stakeholder

load_tables()


@dataclass(frozen=True)
class Answer:
    """What a person at the command line sees."""

    status: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The refusal: exit status 2, nothing on the output, one line and no traceback."""
        assert self.status == 2, self
        lines = self.err.strip().splitlines()
        assert len(lines) == 1 and "Traceback" not in self.err, self.err
        assert lines[0].endswith("."), lines[0]
        return lines[0]


def tna(*arguments: object) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = cli.main([str(argument) for argument in arguments])
    return Answer(status, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "kelvara.tna"
    answer = tna("sample", path)
    assert answer.status == 0 and "fictional" in answer.out and not answer.err
    return path


def _pdf_words(path: Path) -> str:
    reader = pypdf.PdfReader(path)
    about = " ".join(f"{key} {value}" for key, value in (reader.metadata or {}).items())
    xmp = reader.trailer["/Root"].get("/Metadata")
    outline = " ".join(str(entry.title) for entry in _flat(reader.outline))
    words = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(
        part for part in (about, outline, words, xmp.get_data().decode("utf-8", "replace") if xmp else "") if part
    )


def _flat(outline: list[Any]) -> list[Any]:
    return [each for entry in outline for each in (_flat(entry) if isinstance(entry, list) else [entry])]


def _excel_words(path: Path) -> str:
    """Every part of the file, read whole: sheets, names, properties, comments."""
    with zipfile.ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def _report(path: Path, folder: Path, *options: str) -> tuple[str, str]:
    pdf, xlsx = folder / "report.pdf", folder / "report.xlsx"
    answer = tna("report", path, "--pdf", pdf, "--xlsx", xlsx, *options)
    assert (answer.status, answer.err) == (0, ""), answer
    return _pdf_words(pdf), _excel_words(xlsx)


CANARIES = {
    ("stakeholder", "remarks"): "canaryremark",
    ("contact", "name"): "canaryname",
    ("contact", "position"): "canaryposition",
    ("contact", "email"): "canarymail@canary.example",
    ("contact", "phone"): "canaryphone999",
    ("placement", "assessor"): "canaryassessor",
    ("ballot", "voter"): "canaryvoter",
}

NOTE = "canarynote"


@pytest.fixture(scope="module")
def watched(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with a word of its own in every private column."""
    path = tmp_path_factory.mktemp("watched") / "watched.tna"
    path.write_bytes(sample.read_bytes())

    def plant(session: Any) -> None:
        stakeholder = session.scalars(select(Stakeholder)).first()
        stakeholder.remarks = CANARIES["stakeholder", "remarks"]
        contact = {name: word for (table, name), word in CANARIES.items() if table == "contact"}
        session.add(Contact(stakeholder_id=stakeholder.id, rank=99.0, **contact))
        assessor = CANARIES["placement", "assessor"]
        session.add(Placement(stakeholder_id=stakeholder.id, rank=1.0, assessor=assessor, influence=3.0, interest=3.0))
        ballot = session.scalars(select(Ballot)).first()
        ballot.voter = CANARIES["ballot", "voter"]
        session.add(Note(step="stakeholders.register", text=NOTE, author=NOTE, rank=99.0))

    document = Document.open(path)
    document.do(plant)
    document.close()
    return path


# Reports -----------------------------------------------------------------------------------------------


def test_a_canary_sits_in_every_private_column() -> None:
    private = {
        (table.name, column.name)
        for table in Base.metadata.tables.values() if table.name not in OWN_TABLES
        for column in table.columns if column.info.get("privacy") == PRIVATE and isinstance(column.type, String)
    }  # fmt: skip
    assert private == set(CANARIES)


def test_reports_leave_everything_private_out(watched: Path, tmp_path: Path) -> None:
    pdf, excel = _report(watched, tmp_path)
    assert "Customary closure" in pdf and "Customary closure" in excel
    for word in (*CANARIES.values(), NOTE, "speaker@veluai.example", "Ilane Torovu"):
        assert word not in pdf.replace("\n", ""), word
        assert word not in excel, word


def test_contacts_are_in_the_report_when_asked_for_and_remarks_never(watched: Path, tmp_path: Path) -> None:
    pdf, excel = _report(watched, tmp_path, "--contacts")
    pdf = pdf.replace("\n", "").replace(" ", "")
    for (table, name), word in CANARIES.items():
        if table == "contact":
            assert word in excel, name
            assert word in pdf, name
        else:
            assert word not in pdf and word not in excel, (table, name)
    assert NOTE not in pdf and NOTE not in excel


def test_a_report_says_that_the_sample_is_fictional_and_in_its_own_language(sample: Path, tmp_path: Path) -> None:
    pdf, excel = _report(sample, tmp_path)
    assert "Kelvara is a fictional country" in " ".join(pdf.split()) and "Kelvara is a fictional country" in excel
    assert "thousand USD" in " ".join(pdf.split()) and "thousand USD" in excel


def test_a_report_needs_a_place_to_go(sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    assert "--pdf" in tna("report", sample).sentence
    assert "no folder" in tna("report", sample, "--pdf", tmp_path / "nowhere" / "r.pdf").sentence
    assert "itself" in tna("report", sample, "--pdf", sample).sentence
    assert "names of their own" in tna("report", sample, "--pdf", tmp_path / "r", "--xlsx", tmp_path / "r").sentence
    assert "no language" in tna("report", sample, "--pdf", tmp_path / "r.pdf", "--language", "xx").sentence
    assert "is a folder" in tna("report", sample, "--pdf", tmp_path).sentence
    assert sample.read_bytes() == before and not list(tmp_path.iterdir())
