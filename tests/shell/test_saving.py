"""Saving as the person sees it: the truth about the file, another try, and nothing lost at closing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tna_desktop.kernel import assessment
from tna_desktop.kernel.document import Document
from tna_desktop.shell import files, saving


def words(space) -> list[str]:
    return [button.words() for button in space.saving.banner.buttons()]


def facts_in(path: Path) -> assessment.Facts:
    document = Document.open(path, read_only=True)
    try:
        with document.reading() as session:
            return assessment.facts(session)
    finally:
        document.close()


def test_a_change_is_saving_and_then_saved(space, qtbot, file: Path) -> None:
    space.desk.do(assessment.change_facts, title="New title")
    assert space.appbar.saved.text() == "Saving…"
    qtbot.waitUntil(lambda: space.appbar.saved.text() == "All changes saved", timeout=20_000)
    assert facts_in(file).title == "New title"


def test_someone_elses_change_is_never_overwritten_unasked(
    space, qtbot, file: Path, tmp_path: Path, monkeypatch
) -> None:
    other = Document.create(tmp_path / "other.tna", country="Other")
    other.close()
    file.write_bytes((tmp_path / "other.tna").read_bytes())
    space.desk.do(assessment.change_facts, title="Mine")
    qtbot.waitUntil(lambda: space.appbar.saved.text() == "Not saved to the file", timeout=20_000)
    assert words(space) == ["Save as a copy", "Replace the file"]
    assert facts_in(file).country == "Other"
    copy = tmp_path / "mine.tna"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: copy)
    assert space.saving.save_elsewhere()
    assert facts_in(copy).title == "Mine"
    assert facts_in(file).country == "Other"


def test_replacing_is_asked_and_then_done(space, qtbot, file: Path, tmp_path: Path, monkeypatch) -> None:
    Document.create(tmp_path / "other.tna", country="Other").close()
    file.write_bytes((tmp_path / "other.tna").read_bytes())
    space.desk.do(assessment.change_facts, title="Mine")
    qtbot.waitUntil(lambda: bool(words(space)), timeout=20_000)
    monkeypatch.setattr(saving.Dialog, "exec", lambda _dialog: 1)
    space.saving.replace()
    assert facts_in(file).title == "Mine"
    assert space.saving.banner.isHidden()


@pytest.fixture
def broken(space, monkeypatch):
    """The file's folder has gone away, as a stick that was pulled out."""
    folder = space.desk.document.target.parent
    away = folder.with_name("away")
    folder.rename(away)
    yield space
    if away.exists():
        away.rename(folder)


def test_when_the_stick_is_back_the_work_is_saved_again(broken, qtbot) -> None:
    space = broken
    target = space.desk.document.target
    space.desk.do(assessment.change_facts, title="On this computer")
    qtbot.waitUntil(lambda: space.appbar.saved.text() == "Not saved to the file", timeout=20_000)
    assert words(space) == ["Save elsewhere", "Try again"]
    assert space.saving._retry.isActive()
    target.parent.with_name("away").rename(target.parent)
    space.saving.banner.buttons()[1].click()
    qtbot.waitUntil(lambda: space.appbar.saved.text() == "All changes saved", timeout=20_000)
    assert facts_in(target).title == "On this computer"
    assert not space.saving._retry.isActive()


def test_closing_with_an_unreachable_file_asks_and_keeps_the_work(broken, window, monkeypatch) -> None:
    space = broken
    space.desk.do(assessment.change_facts, title="On this computer")
    asked = []
    monkeypatch.setattr(saving.Dialog, "exec", lambda dialog: asked.append(dialog.accessibleName()) or 0)
    assert not window.close_assessment()
    assert asked == ["The work is not in the file. Close anyway?"]
    assert window.workspace is space
    monkeypatch.setattr(saving.Dialog, "exec", lambda _dialog: 1)
    folder = space.desk.document.folder
    assert window.close_assessment()
    assert (folder / "working.tna").exists()


def test_closing_brings_everything_into_the_file_and_remembers_the_place(space, window, file: Path) -> None:
    space.show_step("stakeholders.register")
    space.desk.do(assessment.change_facts, title="Last change")
    assert window.close_assessment()
    assert facts_in(file).title == "Last change"
    recent = window.settings.recent[0]
    assert (recent.path, recent.title) == (str(file), "Last change")
    assert recent.place == "stakeholders.register 1 Register"
    assert window.start is not None


def test_a_copy_leaves_the_work_where_it_was(space, file: Path, tmp_path: Path, monkeypatch) -> None:
    copy = tmp_path / "copy.tna"
    monkeypatch.setattr(files, "ask_save", lambda *_asked: copy)
    space.saving.save_copy()
    assert copy.exists()
    assert space.desk.document.target == file


def test_a_named_backup_is_offered_again_and_restored_under_a_new_name(space, window, qtbot, tmp_path: Path) -> None:
    from tna_desktop.shell import opening
    from tna_desktop.shell.backup_list import BackupDialog, all_kept

    space.saving.keep_backup("before workshop 1")
    (kept,) = [each for each in all_kept() if each.backup.name]
    assert kept.title == "Republic of Kelvara"
    dialog = BackupDialog(window.language)
    qtbot.addWidget(dialog)
    assert "before workshop 1" in dialog.list.item(0).text()
    target = tmp_path / "restored.tna"
    opening.restored(kept.path, target).close()
    assert facts_in(target).country == "Kelvara"
    with pytest.raises(Exception, match="exists already"):
        opening.restored(kept.path, target)
