"""Files that are none, that are damaged, or that mean ill: refused in one sentence, and left as they were."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders.document import contents, filled_document
from tna_desktop.kernel import inspection, migrations, storage
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import DocumentRefused

Edit = Callable[[sqlite3.Connection], object]


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    document = filled_document(tmp_path)
    document.close()
    content = document.target.read_bytes()
    document.target.unlink()
    return content


def edited(content: bytes, place: Path, *edits: Edit, sealed: bool = True) -> bytes:
    """The file after a stranger's program was at it; with a seal that fits, as a stranger can make one too."""
    place.write_bytes(content)
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as connection:
        for edit in edits:
            edit(connection)
        if sealed:
            value = storage.digest(connection)
            connection.execute("UPDATE seal SET value = ? WHERE name = 'digest'", (value,))
    return place.read_bytes()


def rows(document: Document) -> object:
    return contents(document, log=True)


def refused(path: Path) -> DocumentRefused:
    """Open a file that must be refused; nothing may be made or changed by it. Answers the refusal."""

    def seen() -> list[tuple[str, bytes | None]]:
        return sorted((each.name, each.read_bytes() if each.is_file() else None) for each in path.parent.iterdir())

    before = seen() if path.parent.is_dir() else None
    for read_only in (False, True):
        with pytest.raises(DocumentRefused) as caught:
            Document.open(path, read_only=read_only)
    assert before is None or seen() == before
    sentence = caught.value.reason.english()
    assert sentence.endswith((".", ")")) and "\n" not in sentence and "Error" not in sentence and "{" not in sentence
    return caught.value


# What is no assessment ------------------------------------------------------------------------------------


def test_wrong_files_are_told_apart(tmp_path: Path, whole: bytes) -> None:
    folder = tmp_path / "wrong"
    folder.mkdir()
    (folder / "folder.tna").mkdir()
    with zipfile.ZipFile(folder / "table.tna", "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with contextlib.closing(sqlite3.connect(folder / "other.tna")) as connection:
        connection.execute("CREATE TABLE photo (id INTEGER)")
        connection.commit()
    contents_and_kinds = {
        "empty.tna": (b"", "empty"),
        "picture.tna": (b"\x89PNG\r\n\x1a\n" + bytes(900), "foreign"),
        "text.tna": (b"Dear team, " * 200, "foreign"),
        "paper.tna": (b"%PDF-1.7 " + bytes(900), "foreign"),
        "zeros.tna": (bytes(40_960), "damaged"),
        "short.tna": (whole[:300], "damaged"),
        "half.tna": (whole[: len(whole) // 2], "damaged"),
        "header only.tna": (whole[:100], "damaged"),
        "newer.tna": (whole[:60] + (migrations.FORMAT + 1).to_bytes(4, "big") + whole[64:], "newer"),
        "no format.tna": (whole[:60] + bytes(4) + whole[64:], "damaged"),
        "strange format.tna": (whole[:60] + b"\xff" * 4 + whole[64:], "damaged"),
    }
    for name, (content, _kind) in contents_and_kinds.items():
        (folder / name).write_bytes(content)
    kinds = {name: kind for name, (_content, kind) in contents_and_kinds.items()}
    kinds |= {
        "folder.tna": "folder",
        "table.tna": "foreign",
        "other.tna": "foreign",
        "not there.tna": "missing",
        "n" * 300 + ".tna": "missing",
        "with\0nul.tna": "missing",
        "folder.tna/inside.tna": "missing",
        "text.tna/inside.tna": "missing",
    }
    for name, kind in kinds.items():
        assert refused(folder / name).kind == kind, name
    assert "Import" in refused(folder / "table.tna").reason.english()
    assert (
        f"format {migrations.FORMAT + 1}; this one reads up to {migrations.FORMAT}"
        in refused(folder / "newer.tna").reason.english()
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tna")
    with pytest.raises(DocumentRefused) as caught:
        Document.open(tmp_path / "pipe.tna")
    assert caught.value.kind == "foreign"


def test_a_giant_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "giant.tna"
    with open(path, "wb") as file:
        file.truncate(inspection.LARGEST + 1)
    with pytest.raises(DocumentRefused, match="too large"):
        Document.open(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become someone else")
def test_a_file_we_may_not_read_is_refused(tmp_path: Path, whole: bytes) -> None:
    folder = tmp_path / "secret"
    folder.mkdir(mode=0o700)
    (folder / "file.tna").write_bytes(whole)
    shown = tmp_path / "shown.tna"
    shown.write_bytes(whole)
    shown.chmod(0o600)
    child = os.fork()
    if child == 0:
        answer = 1
        try:
            os.seteuid(65534)
            for path in (shown, folder / "file.tna"):
                with pytest.raises(DocumentRefused, match="cannot be read"):
                    inspection.read_file(path)
            answer = 0
        finally:
            os._exit(answer)
    assert os.waitpid(child, 0)[1] == 0


def test_opening_changes_neither_the_file_nor_its_folder(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "kelvara.tna"
    path.write_bytes(whole)
    before = path.stat()
    for read_only in (True, False):
        document = Document.open(path, read_only=read_only)
        assert document.state.kind == ("read_only" if read_only else "saved")
        document.close()
        assert path.read_bytes() == whole and [each.name for each in tmp_path.iterdir()] == [path.name]
        after = path.stat()
        assert (before.st_mtime_ns, before.st_ino, before.st_mode) == (after.st_mtime_ns, after.st_ino, after.st_mode)


# What is damaged ------------------------------------------------------------------------------------------


def damages(content: bytes, dice: random.Random) -> list[bytes]:
    """Many ways in which a disk or a stick spoils a file."""
    spoilt = []
    for _ in range(300):  # a bit
        place = dice.randrange(len(content))
        spoilt.append(content[:place] + bytes([content[place] ^ 1 << dice.randrange(8)]) + content[place + 1 :])
    for _ in range(50):  # a bit where there is something
        place = dice.choice([place for place in dice.sample(range(len(content)), 400) if content[place]])
        spoilt.append(content[:place] + bytes([content[place] ^ 1 << dice.randrange(8)]) + content[place + 1 :])
    for place in range(100):  # every byte of the header
        spoilt.append(content[:place] + bytes([dice.randrange(256)]) + content[place + 1 :])
    for _ in range(25):  # cut off
        spoilt.append(content[: dice.randrange(len(content))])
    for _ in range(40):  # a block of zeros, or of another place in the file
        place, size = dice.randrange(len(content)) // 512 * 512, dice.choice([512, 2048, 4096])
        other = dice.randrange(len(content) - size)
        for block in (bytes(size), content[other : other + size]):
            spoilt.append((content[:place] + block + content[place + size :])[: len(content)])
    return [each for each in spoilt if each != content]


def test_a_damaged_file_is_refused_or_means_the_same(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "kelvara.tna"
    path.write_bytes(whole)
    document = Document.open(path)
    expected = rows(document)
    document.close()
    told = 0
    for number, content in enumerate(damages(whole, random.Random(5))):
        folder = tmp_path / str(number)
        folder.mkdir()
        path.write_bytes(content)
        try:
            inspection.take_in(inspection.read_file(path), path.name, folder)
        except DocumentRefused as refusal:
            told += 1
            assert refusal.kind in ("damaged", "foreign", "newer", "empty")
            assert list(folder.iterdir()) == []
        else:
            with contextlib.closing(sqlite3.connect(folder / "working.tna")) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                for name, values in expected.items():
                    assert sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) == values
        shutil.rmtree(folder)
    assert told > 150


# What means ill -------------------------------------------------------------------------------------------

LOOP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
HOSTILE: dict[str, tuple[tuple[str, ...], str]] = {
    "trigger": (("CREATE TRIGGER evil AFTER UPDATE ON score BEGIN UPDATE score SET value = 0; END",), "foreign"),
    "view": (("DROP TABLE note", f"CREATE VIEW note AS {LOOP}"), "foreign"),
    "virtual table": (("CREATE VIRTUAL TABLE search USING fts5(text)",), "foreign"),
    "virtual table of a known name": (("DROP TABLE note", "CREATE VIRTUAL TABLE note USING fts5(text)"), "foreign"),
    "extra table": (("CREATE TABLE extra (id)",), "foreign"),
    "extra column": (("ALTER TABLE note ADD COLUMN extra TEXT",), "foreign"),
    "computed column": (("ALTER TABLE note ADD COLUMN extra TEXT AS (text || text)",), "foreign"),
    "no log": (("DROP TABLE touch",), "foreign"),
    "no assessment": (("DELETE FROM assessment",), "damaged"),
    "two assessments": (
        (
            "CREATE TEMP TABLE one AS SELECT * FROM assessment",
            "UPDATE one SET id = 'b'",
            "INSERT INTO assessment SELECT * FROM one",
        ),
        "damaged",
    ),
    "orphan": (("UPDATE contact SET stakeholder_id = 'nobody'",), "damaged"),
    "text for a number": (
        ("PRAGMA ignore_check_constraints = ON", "UPDATE stakeholder SET influence = 'x'"),
        "damaged",
    ),
    "bytes for a text": (("UPDATE stakeholder SET name = x'00ff'",), "damaged"),
    "a NUL in a text": (("UPDATE stakeholder SET name = 'a' || char(0) || 'b'",), "damaged"),
    "no day": (("UPDATE meeting SET held_on = 'tomorrow'",), "damaged"),
    "no moment": (("UPDATE \"change\" SET at = 'now'",), "damaged"),
    "seven for yes": (("UPDATE technology SET shortlisted = 7",), "damaged"),
    "endless number": (("UPDATE stakeholder SET influence = 9e999",), "damaged"),
    "no text at all": (
        (
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')",
            "PRAGMA writable_schema = RESET",
            "UPDATE stakeholder SET name = NULL",
        ),
        "damaged",
    ),
    "giant text": (
        ("PRAGMA ignore_check_constraints = ON", "UPDATE stakeholder SET name = printf('%.*c', 3000000, 'x')"),
        "damaged",
    ),
    "giant text without a limit": (
        (
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = replace(sql, '<= ', '<= 99999999')",
            "PRAGMA writable_schema = RESET",
            "UPDATE stakeholder SET name = printf('%.*c', 3000000, 'x')",
        ),
        "damaged",
    ),
    "another key": (("UPDATE seal SET name = 'other'",), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(tmp_path: Path, whole: bytes, name: str) -> None:
    statements, kind = HOSTILE[name]
    folder = tmp_path / "place"
    folder.mkdir()
    path = folder / "kelvara.tna"

    def edit(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")
        for statement in statements:
            connection.execute(statement)

    path.write_bytes(edited(whole, tmp_path / "edited", edit, sealed="TABLE note" not in " ".join(statements)))
    assert refused(path).kind == kind


def test_a_changed_value_without_a_new_seal_is_refused(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "kelvara.tna"
    content = edited(
        whole,
        tmp_path / "edited",
        lambda connection: connection.execute("UPDATE score SET value = 121 WHERE id = 'rice-jobs'"),
        sealed=False,
    )
    (tmp_path / "edited").unlink()
    path.write_bytes(content)
    assert refused(path).kind == "damaged"


def test_a_check_that_takes_too_long_is_given_up(tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "LONGEST", 0.0)
    path = tmp_path / "kelvara.tna"
    many = (
        "INSERT INTO note (id, rank, step, record, text, author) SELECT n, 0, '', '', 'x', '' FROM "
        "(WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count LIMIT 30000) SELECT n FROM count)"
    )
    path.write_bytes(edited(whole, tmp_path / "edited", lambda connection: connection.execute(many)))
    with pytest.raises(DocumentRefused) as caught:
        Document.open(path)
    assert caught.value.kind == "damaged"


def test_a_file_another_program_left_in_wal_mode_opens(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "kelvara.tna"
    path.write_bytes(
        edited(whole, tmp_path / "edited", lambda connection: connection.execute("PRAGMA journal_mode = WAL"))
    )
    assert path.read_bytes()[18] == 2
    document = Document.open(path)
    assert len(contents(document)["stakeholder"]) == 2
    document.close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["edited", path.name]


def test_indexes_of_a_stranger_stay_behind(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "kelvara.tna"
    path.write_bytes(
        edited(
            whole,
            tmp_path / "edited",
            lambda connection: connection.execute("CREATE INDEX slow ON note (text, abs(rank))"),
        )
    )
    document = Document.open(path)
    with document.reading() as session:
        connection = session.connection().connection.driver_connection
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'slow'").fetchone() == (0,)
    document.close()


def test_a_lineage_cannot_lead_out_of_the_backup_folder(tmp_path: Path, whole: bytes, own_folders: Path) -> None:
    path = tmp_path / "kelvara.tna"
    path.write_bytes(
        edited(
            whole,
            tmp_path / "edited",
            lambda connection: connection.execute("UPDATE assessment SET lineage = '../../../../../evil'"),
        )
    )
    document = Document.open(path)
    kept = document.backup().path
    document.close()
    assert kept.resolve().is_relative_to((own_folders / "data" / "tna-desktop" / "backups").resolve())
