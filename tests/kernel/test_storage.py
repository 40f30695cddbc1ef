"""Disks that are full, protected, pulled out or slow: the file stays whole, the work safe, the words clear."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders.document import add, change, contents, filled_document, new_document
from tna_desktop.kernel import placing, recovery
from tna_desktop.kernel.document import FAILED, LOCAL, READ_ONLY, SAVED, Document
from tna_desktop.kernel.errors import DocumentRefused
from tna_desktop.stages.stakeholders.tables import Stakeholder

Mounting = Callable[..., Path]


def _mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("mounting is not possible here")


@pytest.fixture
def mounting(tmp_path: Path) -> Iterator[Mounting]:
    """Mount a small disk, or a folder read-only; all of it is unmounted at the end."""
    if not sys.platform.startswith("linux"):
        pytest.skip("mounts as on Linux")
    mounted: list[Path] = []

    def small_disk(name: str, size: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        _mount("-t", "tmpfs", "-o", f"size={size}", "tna-test", str(folder))
        mounted.append(folder)
        return folder

    def protected(folder: Path) -> Path:
        _mount("--bind", str(folder), str(folder))
        mounted.append(folder)
        _mount("-o", "remount,ro,bind", str(folder))
        return folder

    def mount(name: str, size: str = "") -> Path:
        return small_disk(name, size) if size else protected(tmp_path / name)

    yield mount
    for folder in reversed(mounted):
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill_up(folder: Path) -> Path:
    """Take all the room that is left on a disk."""
    ballast = folder / "ballast"
    with contextlib.suppress(OSError), open(ballast, "wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return ballast


# Full -----------------------------------------------------------------------------------------------------


def test_publishing_on_a_full_disk_leaves_the_old_file_and_the_work(mounting: Mounting) -> None:
    disk = mounting("stick", "2m")
    document = filled_document(disk)
    document.publish()
    before = document.target.read_bytes()
    ballast = fill_up(disk)
    listing = sorted(path.name for path in disk.iterdir())
    document.do(change, Stakeholder, "ministry", name="Changed on a full stick")
    for _ in range(2):
        with pytest.raises(DocumentRefused) as refused:
            document.publish()
        assert refused.value.kind == "full" and str(document.target) in refused.value.reason.english()
        assert document.target.read_bytes() == before
        assert sorted(path.name for path in disk.iterdir()) == listing
        state = document.state
        assert (state.kind, state.changes, state.reason) == (FAILED, 1, refused.value.reason)
    document.do(change, Stakeholder, "ministry", name="Working goes on")
    ballast.unlink()
    document.publish()
    assert document.state.kind == SAVED
    expected = contents(document)
    document.close()
    again = Document.open(disk / document.target.name)
    assert contents(again) == expected
    again.close()


def test_copies_on_a_full_disk_leave_nothing(mounting: Mounting, tmp_path: Path) -> None:
    disk = mounting("stick", "1m")
    document = filled_document(tmp_path)
    (disk / "old.tna").write_bytes(b"an older copy")
    fill_up(disk)
    for save in (document.save_copy, document.save_as):
        with pytest.raises(DocumentRefused) as refused:
            save(disk / "old.tna")
        assert refused.value.kind == "full"
    assert document.target == tmp_path / "kelvara.tna" and (disk / "old.tna").read_bytes() == b"an older copy"
    assert sorted(path.name for path in disk.iterdir()) == ["ballast", "old.tna"]
    with pytest.raises(DocumentRefused):
        new_document(disk, "new.tna")
    assert not (disk / "new.tna").exists()
    document.close()
    assert list(recovery.work_root().iterdir()) == []


def test_a_full_working_disk_refuses_the_change_and_keeps_the_rest(
    mounting: Mounting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = mounting("computer", "3m")
    monkeypatch.setenv("XDG_DATA_HOME", str(disk))
    document = filled_document(tmp_path)
    before, seq = contents(document, log=True), document.seq
    ballast = fill_up(disk)
    for _ in range(3):
        with pytest.raises(DocumentRefused) as refused:
            document.do(add, Stakeholder, id="long", name="Long", remarks="x" * 20_000)
        assert refused.value.kind == "full" and "Free some space" in refused.value.reason.english()
        assert contents(document, log=True) == before and document.seq == seq
    with pytest.raises(DocumentRefused) as refused:
        document.publish()
    assert refused.value.kind == "full" and "file was not written" in refused.value.reason.english()
    with pytest.raises(DocumentRefused) as refused:
        Document.open(filled_elsewhere(tmp_path))
    assert refused.value.kind == "full"
    ballast.unlink()
    assert document.do(add, Stakeholder, id="long", name="Long", remarks="x" * 20_000).seq == seq + 1
    document.undo()
    assert {**contents(document)} == {name: rows for name, rows in before.items() if name not in ("change", "touch")}
    document.publish()
    assert document.state.kind == SAVED
    document.close()
    assert [path.name for path in disk.rglob("*") if path.is_file() and path.suffix != ".tna"] == []


def filled_elsewhere(tmp_path: Path) -> Path:
    """A file that nobody has open: a copy of the one that is."""
    path = tmp_path / "elsewhere.tna"
    path.write_bytes((tmp_path / "kelvara.tna").read_bytes())
    return path


# Protected, gone, replaced --------------------------------------------------------------------------------


def test_a_protected_folder_opens_read_only(mounting: Mounting, tmp_path: Path) -> None:
    (tmp_path / "cd").mkdir()
    document = filled_document(tmp_path / "cd")
    document.close()
    mounting("cd")
    document = Document.open(document.target)
    assert document.read_only and document.state.kind == READ_ONLY and not document.can_undo
    with pytest.raises(DocumentRefused, match="Save a copy"):
        document.do(add, Stakeholder, name="X")
    document.publish()
    document.save_as(tmp_path / "mine.tna")
    document.do(add, Stakeholder, name="Now it works")
    document.close()
    assert sorted(path.name for path in (tmp_path / "cd").iterdir()) == ["kelvara.tna"]
    assert recovery.left_work() == []


def test_a_disk_that_became_protected_is_told(mounting: Mounting, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    document = filled_document(tmp_path / "stick")
    mounting("stick")
    with pytest.raises(DocumentRefused) as refused:
        document.publish()
    assert refused.value.kind == "unwritable" and document.state.kind == FAILED
    document.close()
    assert [left.changes for left in recovery.left_work()] == [1]


def test_a_stick_that_is_pulled_and_put_back(tmp_path: Path) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    stick.mkdir()
    document = filled_document(stick)
    document.publish()
    stick.rename(away)
    document.do(add, Stakeholder, name="Without the stick")
    with pytest.raises(DocumentRefused) as refused:
        document.publish()
    assert refused.value.kind == "missing" and document.state.changes == 1 and not stick.exists()
    away.rename(stick)
    document.publish()
    assert document.state.kind == SAVED
    stick.rename(away)
    document.do(add, Stakeholder, name="Closed without the stick")
    document.close()
    away.rename(stick)
    (left,) = recovery.left_work()
    again = Document.recover(left)
    again.close()
    assert recovery.left_work() == []
    assert sorted(path.name for path in stick.iterdir()) == ["kelvara.tna"]


def test_a_file_that_someone_else_replaced_is_not_overwritten(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    theirs = filled_document(tmp_path, "theirs.tna", country="Elsewhere")
    theirs.close()
    document.target.write_bytes(theirs.target.read_bytes())
    document.do(add, Stakeholder, name="Ours")
    with pytest.raises(DocumentRefused) as refused:
        document.publish()
    assert refused.value.kind == "changed" and document.state.kind == FAILED
    assert document.target.read_bytes() == theirs.target.read_bytes()
    document.save_copy(tmp_path / "ours.tna")
    document.publish(overwrite=True)
    assert document.state.kind == SAVED
    from tna_desktop.kernel import backups

    assert theirs.target.read_bytes() in [backup.path.read_bytes() for backup in backups.kept(document.lineage)]
    document.do(add, Stakeholder, name="Then")
    document.publish()
    document.close()


def test_a_file_replaced_at_the_last_moment_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = filled_document(tmp_path)
    sync = placing.sync

    def replaced_meanwhile(path: Path) -> None:
        sync(path)
        if path.suffix == ".part" and path.parent == tmp_path:
            document.target.write_bytes(b"theirs")

    with monkeypatch.context() as patch, pytest.raises(DocumentRefused) as refused:
        patch.setattr(placing, "sync", replaced_meanwhile)
        document.publish()
    assert refused.value.kind == "changed" and document.target.read_bytes() == b"theirs"


def test_a_file_that_was_deleted_is_written_again(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.target.unlink()
    document.publish()
    assert document.state.kind == SAVED and document.target.exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_folder_in_the_files_place_is_refused_without_waiting(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.target.unlink()
    os.mkfifo(document.target)
    with pytest.raises(DocumentRefused):
        document.publish()
    document.target.unlink()
    document.target.mkdir()
    with pytest.raises(DocumentRefused):
        document.publish()
    document.target.rmdir()
    document.publish()


def test_a_failure_to_sync_the_folder_does_not_make_our_own_file_a_strangers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = filled_document(tmp_path)
    sync = placing.sync

    def failing(path: Path) -> None:
        if path == tmp_path:
            raise OSError(errno.EIO, "Input/output error")
        sync(path)

    with monkeypatch.context() as patch, pytest.raises(DocumentRefused):
        patch.setattr(placing, "sync", failing)
        document.publish()
    assert document.state.kind == FAILED
    document.do(add, Stakeholder, name="X")
    document.publish()
    assert document.state.kind == SAVED


def test_a_virus_scanner_that_lets_go_in_time_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = filled_document(tmp_path)
    monkeypatch.setattr(placing.time, "sleep", lambda seconds: None)
    replace, tries = os.replace, []

    def held(source: Path, target: Path) -> None:
        if Path(target) == document.target:
            tries.append(target)
            if len(tries) <= holding_on:
                raise PermissionError(errno.EACCES, "in use")
        replace(source, target)

    monkeypatch.setattr(placing.os, "replace", held)
    holding_on = 3
    document.publish()
    assert len(tries) == 4 and document.state.kind == SAVED
    document.do(add, Stakeholder, name="X")
    holding_on = 1000
    before = document.target.read_bytes()
    with pytest.raises(DocumentRefused) as refused:
        document.publish()
    assert refused.value.kind == "unwritable" and document.target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".~lock.kelvara.tna#", "kelvara.tna"]


# What a new file keeps of the old one ---------------------------------------------------------------------


def test_a_link_stays_a_link_and_rights_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    document = filled_document(tmp_path / "real")
    document.close()
    document.target.chmod(0o640)
    link = tmp_path / "link.tna"
    link.symlink_to(document.target)
    document = Document.open(link)
    document.do(add, Stakeholder, name="By the link")
    expected = contents(document)
    document.close()
    assert link.is_symlink() and stat.S_IMODE(link.stat().st_mode) == 0o640
    again = Document.open(tmp_path / "real" / "kelvara.tna")
    assert contents(again) == expected
    again.close()


@pytest.mark.parametrize(
    "name", ["تقييم.tna", "雨🌧.tna", "a[b]*?.tna", "n" * 240 + ".tna", ".hidden", "e\u0301.tna", "no ending"]
)
def test_names_of_all_kinds(tmp_path: Path, name: str) -> None:
    document = filled_document(tmp_path, name)
    document.publish()
    document.close()
    again = Document.open(tmp_path / name)
    again.do(add, Stakeholder, name="X")
    again.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_working_copy_possible_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(DocumentRefused, match="working copy"):
        new_document(tmp_path)


def test_an_undisturbed_document_is_local_until_it_is_published(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    assert (document.state.kind, document.state.changes) == (LOCAL, 1)
    document.publish()
    assert (document.state.kind, document.state.changes) == (SAVED, 0)
    document.undo()
    assert (document.state.kind, document.state.changes) == (LOCAL, 1)
