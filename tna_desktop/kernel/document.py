"""The document: one assessment, open. The one door through which everything is read and written.

Opening takes the file into a working copy on this computer; every change is durable there before ``do`` returns.
The visible file is only ever replaced whole, by ``publish``. A crash leaves the working copy, which the next start
offers again (recovery.py).
"""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from . import backups, inspection, journal, recovery, storage
from .errors import DocumentRefused, Refused
from .journal import Change, ChangeRow, Recorder
from .tables import Assessment, new_id
from .text import Message, message

SAVED, LOCAL, FAILED, READ_ONLY = "saved", "local", "failed", "read_only"


@dataclass(frozen=True)
class SavedState:
    """Where the work stands. saved: in the file. local: on this computer only. failed: as local, with the reason.

    ``problem`` is the kind of the refusal: changed, missing, full, unwritable ...
    """

    kind: str
    reason: Message | None = None
    changes: int = 0
    problem: str = ""


class Document:
    """An open assessment. Make one with create(), open() or recover(); close() it when done."""

    def __init__(self, folder: Path, target: Path | None, *, read_only: bool = False, session: recovery.Session | None = None):
        self.folder, self.target, self.read_only = folder, target, read_only
        self.engine = storage.open_engine(folder / "working.tna")
        self._lock = threading.RLock()
        self._publishing = threading.Lock()
        self._busy = False
        self._failure: DocumentRefused | None = None
        self._backed_up: int | None = None
        with self.reading() as reading:
            entries = reading.execute(select(ChangeRow.id, ChangeRow.undoes).order_by(ChangeRow.seq)).all()
            self.seq = reading.scalar(select(ChangeRow.seq).order_by(ChangeRow.seq.desc()).limit(1)) or 0
            facts = reading.scalars(select(Assessment)).first()
            self.lineage = facts.lineage if facts else ""
            title = (facts.title or facts.country) if facts else ""
        self._undoable, self._redoable = journal.stacks((row.id, row.undoes) for row in entries)
        self._session = session or recovery.Session(
            str(target) if target else "", title, 0, datetime.now(UTC).isoformat(), self.seq,
            storage.file_digest(target) if target else None,
        )
        if not read_only:
            recovery.write_session(folder, self._session)

    # Making, opening, closing ------------------------------------------------------------------------

    @classmethod
    def create(cls, target: Path | None, **facts: Any) -> Document:
        """A new, empty assessment. ``facts`` are columns of the assessment (country, language, workflow_key ...).

        An existing file at the target is refused: nothing is ever overwritten by beginning.
        """
        if target is not None:
            target = Path(target).absolute()
            if target.exists():
                raise DocumentRefused(message("{path} exists already. Choose another name.", path=target), "changed")
            if not target.parent.is_dir():
                raise DocumentRefused(message("The folder {folder} is not there. Choose another place.", folder=target.parent), "missing")
        folder = recovery.new_folder()
        try:
            engine = storage.open_engine(folder / "working.tna")
            storage.create_tables(engine)
            with Session(engine) as session, session.begin():
                Recorder(session)
                session.add(Assessment(id="assessment", rank=1.0, lineage=new_id(), **facts))
            engine.dispose()
            document = cls(folder, target)
            document._session = recovery.published(document._session, -1, None)
            if target is not None:
                document.publish()
                recovery.write_holder(target, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return document

    @classmethod
    def open(cls, target: Path, *, read_only: bool = False) -> Document:
        """Open a file. Raises DocumentRefused with one sentence; kind "busy" when someone else has it open."""
        target = Path(target).absolute()
        content = inspection.read_file(target)
        if not read_only:
            holder = recovery.read_holder(target)
            if holder is not None:
                raise DocumentRefused(
                    message("{name} is open on {host} ({user}). Open it read-only, or close it there first.",
                            name=target.name, host=holder.host, user=holder.user), "busy")
            read_only = not _writable(target)
        folder = recovery.new_folder()
        try:
            inspection.take_in(content, target.name, folder)
            document = cls(folder, target, read_only=read_only)
            document._session = recovery.published(document._session, document.seq, storage.file_digest(target))
            if not read_only:
                recovery.write_session(folder, document._session)
                recovery.write_holder(target, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return document

    @classmethod
    def recover(cls, left: recovery.LeftWork) -> Document:
        """Go on with work that a crash left; the next publish brings it into the file."""
        session = recovery.read_session(left.folder)
        document = cls(left.folder, left.target, session=session)
        if left.target is not None:
            recovery.write_holder(left.target, left.folder)
        return document

    def close(self, *, publish: bool = True) -> None:
        """Publish what is not yet in the file, keep a backup of the day's work, and give the working copy up.

        When the file cannot be written the working copy stays, and the next start offers it.
        """
        if not self.read_only and publish and self.target is not None and self.state.kind != SAVED:
            with contextlib.suppress(DocumentRefused):
                self.publish()
        safe = self.read_only or self.state.kind == SAVED or not publish
        if not self.read_only and self.seq != self._backed_up and self.seq > 0:
            with contextlib.suppress(OSError, sqlite3.Error):
                self.backup()
        if self.target is not None and not self.read_only:
            recovery.remove_holder(self.target, self.folder)
        self.engine.dispose()
        if safe:
            shutil.rmtree(self.folder, ignore_errors=True)

    # Reading and writing -----------------------------------------------------------------------------

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading. Give plain values out of it; it ends with the block."""
        with self._lock:
            if self._busy:
                raise RuntimeError("read through the operation's own session while a change is under way")
            with Session(self.engine, autoflush=False) as session:
                yield session
                session.rollback()

    def do(self, operation: Callable[..., Any], *args: Any, author: str = "", **values: Any) -> Change:
        """Run an operation in one transaction and journal it. Durable when this returns.

        Raises Refused when the operation refuses (nothing was changed), DocumentRefused when the disk does.
        The result of the operation is in the change; an operation that touched nothing leaves no entry.
        """
        return self._transact(getattr(operation, "label", operation.__name__), author, lambda session: operation(session, *args, **values))

    def preview(self, operation: Callable[..., Any], *args: Any, **values: Any) -> Change:
        """What an operation would touch, without doing it ("this also removes 3 barriers")."""
        return self._transact(getattr(operation, "label", ""), "", lambda session: operation(session, *args, **values), keep=False)

    def undo(self, author: str = "") -> Change | None:
        """Take the last change back, as a new change that names it. None when there is nothing to undo."""
        return self._reverse(self._undoable, author)

    def redo(self, author: str = "") -> Change | None:
        """Do again what was undone last. None when there is nothing to redo."""
        return self._reverse(self._redoable, author)

    @property
    def can_undo(self) -> bool:
        return bool(self._undoable) and not self.read_only

    @property
    def can_redo(self) -> bool:
        return bool(self._redoable) and not self.read_only

    def next_undo(self) -> Change | None:
        """What undo() would take back, as the log names it."""
        return self._named(self._undoable)

    def next_redo(self) -> Change | None:
        """What redo() would do again, as the log names it."""
        return self._named(self._redoable)

    def _named(self, stack: list[str]) -> Change | None:
        if not stack or self.read_only:
            return None
        with self.reading() as session:
            row = session.execute(select(ChangeRow.id, ChangeRow.label, ChangeRow.about).where(ChangeRow.id == stack[-1])).one()
        return Change(row.id, row.label, row.about)

    def _reverse(self, stack: list[str], author: str) -> Change | None:
        if not stack or self.read_only:
            return None
        target = stack[-1]
        with self.reading() as session:
            row = session.execute(select(ChangeRow.label, ChangeRow.about).where(ChangeRow.id == target)).one()

        def reverse(session: Session) -> None:
            session.info["about"] = row.about
            session.info["touched"] = journal.apply_inverse(session, target)

        return self._transact(row.label, author, reverse, undoes=target)

    def _transact(self, label: str, author: str, work: Callable[[Session], Any], *, undoes: str | None = None, keep: bool = True) -> Change:
        if self.read_only and keep:
            raise DocumentRefused(message("This assessment is open read-only. Save a copy to work on it."), "unwritable")
        with self._lock:
            if self._busy:
                raise RuntimeError("one change at a time: operations call each other as plain functions")
            self._busy = True
            try:
                with Session(self.engine, autoflush=True, expire_on_commit=False) as session:
                    recorder = Recorder(session)
                    result = work(session)
                    session.flush()
                    touched = session.info.get("touched") or recorder.touched()
                    change = Change(new_id(), label, session.info.get("about", ""), author, datetime.now(UTC), undoes, touched, result)
                    if not touched or not keep:
                        session.rollback()
                        return change
                    change = journal.write(session, recorder, change)
                    session.commit()
            except IntegrityError as problem:
                raise Refused(_integrity(problem)) from problem
            except (OperationalError, DBAPIError) as problem:
                raise _disk_refusal(problem) from problem
            finally:
                self._busy = False
            self.seq = change.seq
            self._note_in_stacks(change)
            return change

    def _note_in_stacks(self, change: Change) -> None:
        if change.undoes is None:
            self._undoable.append(change.id)
            self._redoable.clear()
        elif self._undoable and self._undoable[-1] == change.undoes:
            self._undoable.pop()
            self._redoable.append(change.id)
        elif self._redoable and self._redoable[-1] == change.undoes:
            self._redoable.pop()
            self._undoable.append(change.id)

    # Saving ------------------------------------------------------------------------------------------

    @property
    def state(self) -> SavedState:
        """Whether the visible file holds the work, and if not, why."""
        if self.read_only:
            return SavedState(READ_ONLY)
        waiting = max(0, self.seq - self._session.published) if self._session.published >= 0 else self.seq + 1
        if self._failure is not None:
            return SavedState(FAILED, self._failure.reason, waiting, self._failure.kind)
        return SavedState(LOCAL if waiting or self.target is None else SAVED, None, waiting)

    def snapshot(self, path: Path) -> int:
        """A whole, sealed copy of the document as it is now; answers the number of the last change in it."""
        with self._lock:
            path.unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as copy:
                storage.raw(self.engine).backup(copy)
                copy.execute("PRAGMA journal_mode = MEMORY").fetchall()
            seq = self.seq
        storage.seal(path)
        return seq

    def publish(self, *, overwrite: bool = False) -> None:
        """Replace the visible file whole with the work as it is now.

        Raises DocumentRefused: "changed" when someone else replaced the file since it was read (unless overwrite),
        "missing", "full" or "unwritable" when the medium does not let us. The working copy is safe in every case.
        """
        if self.read_only or self.target is None:
            return
        with self._publishing:
            try:
                found = storage.file_digest(self.target)
                if not overwrite and found is not None and found != self._session.file_digest:
                    raise DocumentRefused(
                        message("{name} was changed by someone else. Save your work as a copy, or replace the file.", name=self.target.name),
                        "changed",
                    )
                local = self.folder / "snapshot.tna"
                seq = self.snapshot(local)
                storage.replace_whole(self.target, lambda beside: _copy(local, beside))
                self._session = recovery.published(self._session, seq, storage.file_digest(local))
                recovery.write_session(self.folder, self._session)
                local.unlink(missing_ok=True)
                self._failure = None
            except DocumentRefused as problem:
                self._failure = problem
                raise
            except (OSError, sqlite3.Error) as problem:
                refusal = storage.refusal(problem, self.target) if isinstance(problem, OSError) else _disk_refusal(problem)
                self._failure = refusal
                raise refusal from problem

    def save_copy(self, path: Path) -> None:
        """A whole copy under another name; the open document stays where it is. Raises DocumentRefused."""
        path = Path(path).absolute()
        with self._publishing:
            local = self.folder / "copy.tna"
            try:
                self.snapshot(local)
                storage.replace_whole(path, lambda beside: _copy(local, beside))
            finally:
                local.unlink(missing_ok=True)

    def save_as(self, path: Path) -> None:
        """Go on under another name: the copy at the new place becomes the document's file."""
        path = Path(path).absolute()
        self.save_copy(path)
        if self.target is not None:
            recovery.remove_holder(self.target, self.folder)
        self.target, self.read_only, self._failure = path, False, None
        self._session = recovery.published(self._session, self.seq, storage.file_digest(path))
        self._session = recovery.Session(**{**self._session.__dict__, "target": str(path)})
        recovery.write_session(self.folder, self._session)
        recovery.write_holder(path, self.folder)

    def backup(self, name: str = "") -> backups.Backup:
        """Keep a copy in the archive on this computer; a named one is never thinned out."""
        local = self.folder / "backup.tna"
        try:
            seq = self.snapshot(local)
            kept = backups.keep(local, self.lineage or "unknown", name=name)
            self._backed_up = seq
            return kept
        finally:
            local.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def _writable(target: Path) -> bool:
    """Whether the file and its folder can be written; tried, because rights do not tell it on every system."""
    probe = target.with_name(f".{target.name}.probe")
    try:
        with open(target, "r+b"):
            pass
        probe.touch()
        probe.unlink()
    except OSError as problem:
        return problem.errno == errno.ENOSPC
    return True


def _integrity(problem: IntegrityError) -> Message:
    text = str(problem.orig)
    if "UNIQUE" in text:
        return message("There is an entry like this already.")
    if "FOREIGN KEY" in text:
        return message("Other entries still refer to this one.")
    return message("A value does not fit here; nothing was changed.")


def _disk_refusal(problem: Exception) -> DocumentRefused:
    text = str(getattr(problem, "orig", problem)).lower()
    if "full" in text:
        return DocumentRefused(message("This computer's disk is full, so the change was not kept. Free some space and try again."), "full")
    if "locked" in text or "busy" in text:
        return DocumentRefused(message("The assessment is in use by another program; the change was not kept."), "busy")
    return DocumentRefused(message("The disk refused the change, so it was not kept. Save a copy elsewhere."), "unwritable")
