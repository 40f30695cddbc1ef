"""The document: one assessment, open. The one door through which everything is read and written.

Opening takes the file into a working copy on this computer; every change is durable there before ``do`` returns.
The visible file is only ever replaced whole, by ``publish``. A crash leaves the working copy, which the next start
offers again (recovery.py).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import CircularDependencyError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from . import (
    backups,
    disk_words,
    forgetting,
    holding,
    inspection,
    journal,
    placing,
    records,
    recovery,
    snapshot,
    storage,
)
from .errors import DocumentRefused, Refused
from .journal import Change, ChangeRow, Recorder, WorkingSession
from .tables import Assessment, new_id
from .text import Message, message

SAVED, LOCAL, FAILED, READ_ONLY = "saved", "local", "failed", "read_only"
_OPEN_READ_ONLY = message("This assessment is open read-only. Save a copy to work on it.")


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

    def __init__(self, folder: Path, target: Path | None, *, read_only: bool = False):
        self.folder, self.target, self.read_only = folder, target, read_only
        self.engine = storage.open_engine(folder / "working.tna")
        self._lock = threading.RLock()
        self._publishing = threading.RLock()
        self._busy = False
        self._reading: Session | None = None
        self._closed = False
        self._failure: DocumentRefused | None = None
        self._backed_up = 0
        try:
            with self.reading() as reading:
                self._undoable, self._redoable = journal.stacks(journal.entries(reading))
                self.seq = reading.scalar(select(ChangeRow.seq).order_by(ChangeRow.seq.desc()).limit(1)) or 0
                facts = reading.scalars(select(Assessment)).first()
                self.lineage = facts.lineage if facts else ""
                title = (facts.title or facts.country) if facts else ""
        except BaseException:
            self.engine.dispose()
            raise
        self._session = recovery.new_session(target, title, -1, None)

    # Making, opening, closing ------------------------------------------------------------------------

    @classmethod
    def create(cls, target: Path | None, **facts: Any) -> Document:
        """A new, empty assessment. ``facts`` are columns of the assessment (country, language, workflow_key ...).

        An existing file at the target is refused: nothing is ever overwritten by beginning.
        """
        if target is not None:
            target = Path(target).absolute()
            if os.path.lexists(target):
                raise DocumentRefused(message("{path} exists already. Choose another name.", path=target), "changed")
            if not target.parent.is_dir():
                raise DocumentRefused(
                    message("The folder {folder} is not there. Choose another place.", folder=target.parent),
                    "missing",
                )
        with recovery.begun_folder() as folder:
            engine = storage.open_engine(folder / "working.tna", durable=False)
            try:
                storage.create_tables(engine)
                with Session(engine) as session, session.begin():
                    Recorder(session)
                    assessment = Assessment(id="assessment", rank=1.0, lineage=new_id())
                    records.fill(assessment, facts)
                    session.add(assessment)
            finally:
                engine.dispose()
            placing.sync(folder / "working.tna")
            return cls._begun(folder, target)

    @classmethod
    def _begun(cls, folder: Path, target: Path | None) -> Document:
        document = cls(folder, target)
        try:
            recovery.write_session(folder, document._session)
            if target is not None:
                document.publish()
                holding.claim(target, folder)
        except BaseException:
            document.engine.dispose()
            raise
        return document

    @classmethod
    def open(cls, target: Path, *, read_only: bool = False) -> Document:
        """Open a file. Raises DocumentRefused with one sentence; kind "busy" when someone else has it open."""
        target = Path(target).absolute()
        content = inspection.read_file(target)
        if not read_only:
            holding.refuse_if_held(target)
            read_only = not placing.writable(target)
        with recovery.begun_folder() as folder:
            found = inspection.take_in(content, target.name, folder)
            document = cls(folder, target, read_only=read_only)
            try:
                digest = placing.bytes_digest(content)
                document._session = recovery.new_session(target, document._session.title, document.seq, digest)
                if not read_only:
                    holding.claim(target, folder)
                    placing.tidy_parts(target)
                    recovery.write_session(folder, document._session)
                    document._backed_up = (
                        document.seq if backups.keep_as_found(content, document.lineage, found, document.seq) else 0
                    )
            except BaseException:
                holding.release(target, folder)
                document.engine.dispose()
                raise
            return document

    @classmethod
    def recover(cls, left: recovery.LeftWork) -> Document:
        """Go on with work that a crash left; the next publish brings it into the file.

        Raises DocumentRefused (damaged, newer, busy); the work then stays where it is.
        """
        session = recovery.read_session(left.folder)
        if session is None:
            raise DocumentRefused(message("The work left behind is not there any more."), "missing")
        if left.target is not None:
            holding.refuse_if_held(left.target)
        with disk_words.told("open"):
            inspection.renew(left.folder, left.target.name if left.target else session.title)
            document = cls(left.folder, left.target)
            try:
                document._session = session.settled()
                recovery.write_session(left.folder, document._session)
                if left.target is not None:
                    holding.claim(left.target, left.folder)
                    placing.tidy_parts(left.target)
            except BaseException:
                document.engine.dispose()
                raise
        return document

    def close(self, *, publish: bool = True) -> None:
        """Publish what is not yet in the file, keep a backup of the day's work, and give the working copy up.

        When the file cannot be written the working copy stays, and the next start offers it. With ``publish=False``
        what is not in the file is given up, but for the backup.
        """
        with self._publishing:
            if self._closed:
                return
            if not self.read_only and publish and self.target is not None and self.state.kind != SAVED:
                with contextlib.suppress(DocumentRefused):
                    self.publish()
            with self._lock:
                safe = self.read_only or self.state.kind == SAVED or not publish
                if not self.read_only and self.seq > self._backed_up:
                    with contextlib.suppress(OSError, sqlite3.Error, DBAPIError):
                        self.backup()
                if self.target is not None and not self.read_only:
                    holding.release(self.target, self.folder)
                self._closed = True
                self.engine.dispose()
            if safe:
                shutil.rmtree(self.folder, ignore_errors=True)

    # Reading and writing -----------------------------------------------------------------------------

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading. Give plain values out of it; it ends with the block."""
        with self._lock:
            self._must_be_free()
            if self._reading is not None:  # a reading within a reading sees the same
                yield self._reading
                return
            with Session(self.engine, autoflush=False) as session:
                self._reading = session
                try:
                    yield session
                    session.rollback()
                finally:
                    self._reading = None

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session on a copy in memory of the document as it is now: for long work, which then holds nobody up."""
        with self._lock:
            self._must_be_free()
            copy = snapshot.in_memory(self.engine)
        with snapshot.session_on(copy) as session:
            yield session

    def _must_be_writable(self) -> None:
        if self.read_only:
            raise DocumentRefused(_OPEN_READ_ONLY, "unwritable")

    def _must_be_free(self) -> None:
        if self._closed:
            raise RuntimeError("the document is closed")
        if self._busy:
            raise RuntimeError("one change at a time: operations read through their own session and call each other")

    def do(self, operation: Callable[..., Any], /, *args: Any, author: str = "", **values: Any) -> Change:
        """Run an operation in one transaction and journal it. Durable when this returns.

        Raises Refused when the operation refuses (nothing was changed), DocumentRefused when the disk does.
        The result of the operation is in the change; an operation that touched nothing leaves no entry.
        """
        return self._transact(
            getattr(operation, "label", operation.__name__),
            author,
            lambda session: operation(session, *args, **values),
        )

    def preview(self, operation: Callable[..., Any], /, *args: Any, **values: Any) -> Change:
        """What an operation would touch, without doing it ("this also removes 3 barriers")."""
        return self._transact(
            getattr(operation, "label", ""),
            "",
            lambda session: operation(session, *args, **values),
            keep=False,
        )

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
            row = session.execute(
                select(ChangeRow.id, ChangeRow.label, ChangeRow.about).where(ChangeRow.id == stack[-1])
            ).one()
        return Change(row.id, row.label, row.about)

    def _reverse(self, stack: list[str], author: str) -> Change | None:
        with self._lock:
            if not stack or self.read_only:
                return None
            target = stack[-1]
            with self.reading() as session:
                row = session.execute(select(ChangeRow.label, ChangeRow.about).where(ChangeRow.id == target)).one()

            def reverse(session: Session) -> None:
                session.info["about"] = row.about
                session.info["touched"] = journal.apply_inverse(session, target)

            return self._transact(row.label, author, reverse, undoes=target)

    def _transact(
        self,
        label: str,
        author: str,
        work: Callable[[Session], Any],
        *,
        undoes: str | None = None,
        keep: bool = True,
    ) -> Change:
        if keep:
            self._must_be_writable()
        with self._lock:
            self._must_be_free()
            if self._reading is not None:
                raise RuntimeError("a change within a reading: end the reading first")
            self._busy = True
            change = Change(new_id(), label[:200], author=records.tidy(author)[:120], undoes=undoes)
            try:
                with WorkingSession(self.engine, autoflush=True, expire_on_commit=False) as session:
                    recorder = Recorder(session)
                    session.info["author"] = change.author
                    result = work(session)
                    session.flush()
                    touched = session.info.get("touched") or recorder.touched()
                    told = records.tidy(session.info.get("about", ""))[:200]
                    change = replace(change, about=told, at=datetime.now(UTC), touched=touched, result=result)
                    session.finishing = True
                    if not touched or not keep:
                        session.rollback()
                        return change
                    change = journal.write(session, recorder, change)
                    session.commit()
            except IntegrityError as problem:
                raise Refused(disk_words.clash(problem)) from problem
            except CircularDependencyError as problem:
                raise Refused(
                    message("These entries hang below one another in a ring. Take one out of it first.")
                ) from problem
            except DBAPIError as problem:
                refusal = disk_words.working_refusal(problem, "change")
                if refusal is None:
                    raise
                if not change.seq or not self._is_kept(change):
                    raise refusal from problem
            finally:
                self._busy = False
            self.seq = change.seq
            journal.follow(self._undoable, self._redoable, change.id, change.undoes)
            return change

    def forget(self, person: forgetting.Person, author: str = "") -> Change:
        """Take a person out of rows, log and bytes; nothing brings the values back. Raises DocumentRefused."""
        self._must_be_writable()
        with self._lock, disk_words.told("change"):
            self._must_be_free()
            change = forgetting.forget(self.engine, person, records.tidy(author)[:120])
            self.seq = change.seq
            with self.reading() as session:
                self._undoable, self._redoable = journal.stacks(journal.entries(session))
            return change

    def _is_kept(self, change: Change) -> bool:
        """Whether a change is in the working copy although the disk reported a failure: it may fail at the very end."""
        try:
            with Session(self.engine) as session:
                return session.scalar(select(ChangeRow.seq).where(ChangeRow.id == change.id)) is not None
        except DBAPIError:
            return False

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

    def publish(self, *, overwrite: bool = False) -> None:
        """Replace the visible file whole with the work as it is now.

        Raises DocumentRefused: "changed" when someone else replaced the file since it was read (unless overwrite, which
        keeps a backup of theirs), "missing", "full" or "unwritable" when the medium does not let us. The working copy
        is safe in every case.
        """
        with self._publishing:
            if self.read_only or self.target is None or self._closed:
                return
            target = self.target
            try:
                self._refuse_if_changed(target, overwrite)
                if overwrite and target.is_file():
                    with contextlib.suppress(OSError):
                        backups.keep(target, self.lineage)
                with disk_words.told("save"), self._finished_copy("snapshot.tna") as (local, seq):
                    digest = placing.file_digest(local)
                    self._session = recovery.coming(self._session, seq, digest)
                    recovery.write_session(self.folder, self._session)
                    placing.put_copy(local, target, check=lambda: self._refuse_if_changed(target, overwrite))
                    self._session = recovery.published(self._session, seq, digest)
                self._failure = None
                with contextlib.suppress(OSError):  # the note from before tells the same, at the price of a comparison
                    recovery.write_session(self.folder, self._session)
            except DocumentRefused as problem:
                self._failure = problem
                raise

    def _refuse_if_changed(self, target: Path, overwrite: bool) -> None:
        try:
            found = placing.file_digest(target)
        except OSError as problem:
            raise disk_words.refusal(problem, target) from problem
        session = self._session
        if found is not None and found == session.coming_digest and session.coming is not None:
            self._session = recovery.published(session, session.coming, found)
        elif not overwrite and found not in (None, session.file_digest):
            raise DocumentRefused(
                message(
                    "{name} was changed by someone else. Save your work as a copy, or replace the file.",
                    name=target.name,
                ),
                "changed",
            )

    def save_copy(self, path: Path, *, history: bool = True) -> None:
        """A whole copy under another name; the open document stays where it is. Raises DocumentRefused.

        ``history=False`` leaves the log out, for a copy that goes to others: who changed what, and what was there
        before, is then not in the file in any form.
        """
        path = Path(path).absolute()
        if self.target is not None and path == self.target:
            raise DocumentRefused(
                message("{path} is this assessment itself. Choose another name.", path=path), "changed"
            )
        self._put_copy(path, history=history)

    def _put_copy(self, path: Path, *, history: bool = True) -> tuple[int, str | None]:
        """Put a copy in its place; answers the last change in it and its fingerprint."""
        holding.refuse_if_held(path)
        with (
            self._publishing,
            disk_words.told("save"),
            self._finished_copy("copy.tna", history=history) as (local, seq),
        ):
            placing.put_copy(local, path)
            return seq, placing.file_digest(local)

    def save_as(self, path: Path) -> None:
        """Go on under another name: the copy at the new place becomes the document's file."""
        path = Path(path).absolute()
        with self._publishing:
            if path == self.target and not self.read_only:
                self.publish(overwrite=True)
                return
            seq, digest = self._put_copy(path)
            if self.target is not None:
                holding.release(self.target, self.folder)
            self.target, self.read_only, self._failure = path, False, None
            self._session = recovery.moved(self._session, path, seq, digest)
            with disk_words.told("save"):
                recovery.write_session(self.folder, self._session)
            holding.claim(path, self.folder)

    def backup(self, name: str = "") -> backups.Backup:
        """Keep a copy in the archive on this computer; a named one is never thinned out."""
        with self._publishing, self._finished_copy("backup.tna") as (local, seq):
            kept = backups.keep(local, self.lineage, name=name)
            self._backed_up = seq
            return kept

    @contextlib.contextmanager
    def _finished_copy(self, name: str, *, history: bool = True) -> Iterator[tuple[Path, int]]:
        """A whole, sealed copy of the document as it is now, and the number of the last change in it."""
        local = self.folder / name
        try:
            with self._lock:
                self._must_be_free()
                snapshot.copy_pages(self.engine, local)
                seq = self.seq
            if not history:
                storage.without_history(local)
            storage.seal(local)
            yield local, seq
        finally:
            with contextlib.suppress(OSError):
                local.unlink(missing_ok=True)
