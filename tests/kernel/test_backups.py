"""Backups: which stay, which go, and how one comes back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders.document import add, change, contents, filled_document, new_document
from tna_desktop.kernel import backups, inspection
from tna_desktop.kernel.backups import Backup, thinned
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import DocumentRefused
from tna_desktop.stages.stakeholders.tables import Stakeholder

#: A Wednesday.
NOW = datetime(2026, 7, 15, 12, 0, tzinfo=UTC)


def made(*moments: str, name: str = "") -> list[Backup]:
    return [Backup(Path(moment), datetime.fromisoformat(moment).replace(tzinfo=UTC), name) for moment in moments]


def stay(archive: list[Backup], now: datetime = NOW) -> list[str]:
    gone = thinned(archive, now)
    return [str(backup.path) for backup in archive if backup not in gone]


def test_all_of_the_last_day_stay() -> None:
    archive = made("2026-07-15T12:00", "2026-07-15T11:59", "2026-07-15T11:58", "2026-07-14T12:01")
    assert stay(archive) == ["2026-07-15T12:00", "2026-07-15T11:59", "2026-07-15T11:58", "2026-07-14T12:01"]


def test_one_a_day_stays_for_a_week_the_newest() -> None:
    archive = made(
        "2026-07-14T11:00",
        "2026-07-14T09:00",  # Tuesday, more than a day ago: the later one
        "2026-07-13T23:59",
        "2026-07-13T00:01",  # Monday: the later one
        "2026-07-07T12:01",
        "2026-07-07T12:00:30",  # just within eight days: the later one
    )
    assert stay(archive) == ["2026-07-14T11:00", "2026-07-13T23:59", "2026-07-07T12:01"]


def test_one_a_week_stays_for_a_month_the_newest() -> None:
    archive = made(
        "2026-07-06T10:00",  # Monday of week 28
        "2026-07-05T10:00",
        "2026-07-01T10:00",
        "2026-06-29T10:00",  # Sunday, Wednesday and Monday of week 27
        "2026-06-28T10:00",
        "2026-06-22T10:00",  # Sunday and Monday of week 26
    )
    assert stay(archive) == ["2026-07-06T10:00", "2026-07-05T10:00", "2026-06-28T10:00"]


def test_one_a_month_stays_for_ever_the_newest() -> None:
    archive = made(
        "2026-06-14T10:00",
        "2026-06-02T10:00",  # June, 31 days and more ago
        "2026-05-31T10:00",
        "2026-05-01T10:00",
        "2025-05-31T10:00",
        "2025-05-01T10:00",
        "2019-12-31T10:00",
    )
    assert stay(archive) == ["2026-06-14T10:00", "2026-05-31T10:00", "2025-05-31T10:00", "2019-12-31T10:00"]


def test_named_ones_and_ones_from_the_future_stay() -> None:
    named = made("2026-05-31T10:00", "2026-05-30T10:00", name="before workshop 1")
    future = made("2031-01-01T10:00", "2031-01-01T10:01", "2026-07-16T10:00")
    plain = made("2026-05-29T10:00", "2026-05-28T10:00")
    assert stay(named + future + plain) == [str(each.path) for each in named + future] + ["2026-05-29T10:00"]


def test_a_year_of_work_is_thinned_as_it_goes(tmp_path: Path) -> None:
    """Two backups a day for 400 days leave: the last day's, one a day for a week, some weeks, and the months."""
    snapshot = tmp_path / "snapshot"
    snapshot.write_bytes(b"x")
    for day in range(400):
        for hour in (9, 17):
            backups.keep(snapshot, "year", now=NOW.replace(hour=hour) + timedelta(days=day))
    last = NOW.replace(hour=17) + timedelta(days=399)
    ages = [(last - each.at) / timedelta(days=1) for each in backups.kept("year")]
    assert sum(age < 1 for age in ages) == 2
    assert sum(1 <= age < 8 for age in ages) == 7
    assert 3 <= sum(8 <= age < 31 for age in ages) <= 5
    assert 11 <= sum(age >= 31 for age in ages) <= 14


def test_backups_of_one_second_stay_in_order(tmp_path: Path) -> None:
    for number in range(12):
        snapshot = tmp_path / "snapshot"
        snapshot.write_text(str(number))
        backups.keep(snapshot, "quick", now=NOW)
    assert [each.path.read_text() for each in backups.kept("quick")] == [str(number) for number in reversed(range(12))]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("before workshop 1", "before workshop 1"),
        ("a/b\\c:d", "a_b_c_d"),
        ("../..", ".._.."),
        ("  ", ""),
        ("قبل الورشة", "قبل الورشة"),
        ("𠀀" * 200, "𠀀" * 37),
        ("v1.2", "v1.2"),
    ],
)
def test_names_of_backups(tmp_path: Path, name: str, kept: str) -> None:
    snapshot = tmp_path / "snapshot"
    snapshot.write_text("x")
    backup = backups.keep(snapshot, "names", now=NOW, name=name)
    assert [(each.name, each.path) for each in backups.kept("names")] == [(kept, backup.path)]
    assert backup.path.parent == backups.folder_for("names")


def test_strange_files_in_the_archive_are_passed_over() -> None:
    folder = backups.folder_for("strange")
    for name in ("99999999T999999.tna", "notes.tna", "20260101T000000.tna.part", "20260101T000000.part"):
        (folder / name).write_text("x")
    assert backups.kept("strange") == []


# What the document does -----------------------------------------------------------------------------------


def archive(document: Document) -> list[Backup]:
    return backups.kept(document.lineage)


def test_a_days_work_is_kept_when_the_document_is_closed(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    expected = contents(document, log=True)
    document.close()
    (backup,) = archive(document)
    copy = Document.open(backup.path, read_only=True)
    assert contents(copy, log=True) == expected


def test_opening_and_closing_keeps_nothing_new(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.close()
    for _ in range(3):
        Document.open(document.target).close()
    assert len(archive(document)) == 1
    empty = new_document(tmp_path, "empty.tna")
    empty.close()
    assert archive(empty) == []


def test_a_file_that_was_changed_elsewhere_is_kept_when_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = filled_document(tmp_path)
    document.close()
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_DATA_HOME", str(tmp_path / "another computer"))
        other = Document.open(document.target)
        other.do(add, Stakeholder, name="From elsewhere")
        other.close()
    content = document.target.read_bytes()
    again = Document.open(document.target)
    assert [backup.path.read_bytes() == content for backup in archive(document)] == [True, False]
    again.close()
    assert len(archive(document)) == 2


def test_a_named_backup_and_its_way_back(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    backup = document.backup("before workshop 1")
    assert backup.name == "before workshop 1" and backup in archive(document)
    expected = contents(document)
    document.do(change, Stakeholder, "ministry", name="After the workshop")
    document.close()
    backups.restore(backup, tmp_path / "as it was.tna")
    again = Document.open(tmp_path / "as it was.tna")
    assert contents(again) == expected
    again.close()
    now = Document.open(document.target)
    with now.reading() as session:
        assert session.get(Stakeholder, "ministry").name == "After the workshop"
    now.close()


def test_restoring_never_takes_a_name_that_is_in_use_nor_a_damaged_backup(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    backup = document.backup()
    document.publish()
    before = document.target.read_bytes()
    with pytest.raises(DocumentRefused, match="exists already"):
        backups.restore(backup, document.target)
    assert document.target.read_bytes() == before
    content = bytearray(backup.path.read_bytes())
    content[content.index(b"Ministry of Water")] = ord("m")
    backup.path.write_bytes(content)
    with pytest.raises(DocumentRefused) as refused:
        backups.restore(backup, tmp_path / "new.tna")
    assert refused.value.kind == "damaged" and not (tmp_path / "new.tna").exists()
    inspection.check(before, "whole")


def test_a_damaged_working_copy_never_replaces_a_good_file(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.publish()
    before = document.target.read_bytes()
    document.do(change, Stakeholder, "ministry", name="Later")
    with document.engine.begin() as connection:  # an index that no longer fits its table, as a dying disk leaves it
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET rootpage ="
            " (SELECT rootpage FROM sqlite_master WHERE name = 'ix_measure_barrier_id')"
            " WHERE name = 'ix_contact_stakeholder_id'"
        )
    with pytest.raises(DocumentRefused) as refused:
        document.publish()
    assert refused.value.kind == "damaged" and document.target.read_bytes() == before
