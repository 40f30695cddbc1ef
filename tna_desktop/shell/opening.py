"""Opening: makes ready what an assessment needs, and opens it off the window's thread."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tna_desktop.kernel.errors import DocumentRefused, message

if TYPE_CHECKING:
    from tna_desktop.kernel.document import Document
    from tna_desktop.kernel.recovery import LeftWork


class Preparation:
    """Loads the database library and every stage after the first painting, so that opening finds them there."""

    def __init__(self) -> None:
        self._thread = threading.Thread(target=_prepare, daemon=True, name="preparation")
        self._begun = False
        self._lock = threading.Lock()

    def begin(self) -> None:
        with self._lock:
            if not self._begun:
                self._begun = True
                self._thread.start()

    def finish(self) -> None:
        """Wait until everything is there; begins if nobody has."""
        self.begin()
        self._thread.join()


def _prepare() -> None:
    from sqlalchemy.orm import configure_mappers

    from tna_desktop.stages import load_tables

    load_tables()
    configure_mappers()
    from . import workspace  # noqa: F401  the window's own part, with what it imports
    from .route import all_screens

    all_screens()


# Each of these runs in a worker and gives an open document --------------------------------------------


def opened(path: Path, read_only: bool = False) -> Document:
    """The file; where a crash left changes that are not yet in it, the work with them."""
    from tna_desktop.kernel import recovery
    from tna_desktop.kernel.document import Document

    left = None if read_only else recovery.ahead_of(path)
    if left is not None:
        # What cannot be gone on with stays, and is offered on the start page.
        with contextlib.suppress(DocumentRefused):
            return Document.recover(left)
    return Document.open(path, read_only=read_only)


def begun(path: Path, facts: dict[str, Any]) -> Document:
    """A new assessment at the path, whose folder is made if it is the usual one."""
    from tna_desktop.beginning import begin

    from . import files

    if path.parent.name == files.FOLDER and not path.parent.exists():
        files.made_tna_folder()
    return begin(path, **facts)


def recovered(left: LeftWork) -> Document:
    from tna_desktop.kernel.document import Document

    return Document.recover(left)


def restored(backup: Path, target: Path) -> Document:
    """A backup as a file of its own, opened. Never in place of another file."""
    if target.exists():
        raise DocumentRefused(message("{path} exists already. Choose another name.", path=target), "changed")
    try:
        shutil.copyfile(backup, target)
    except OSError as problem:
        raise DocumentRefused(
            message("{folder} cannot be written to. Choose another place.", folder=target.parent),
            "unwritable",
        ) from problem
    return opened(target)


def sample() -> Document:
    """The sample assessment, in a copy that belongs to the person; made the first time."""
    path = sample_path()
    if not path.exists():
        _sample_builder()(path)
    return opened(path)


def sample_path() -> Path:
    """Where the person's copy of the sample stands, or will stand."""
    from . import files

    return files.made_tna_folder() / "kelvara-sample.tna"


def _sample_builder() -> Callable[[Path], None]:
    return SAMPLE_BUILDER[0]


def no_sample(path: Path) -> None:
    raise DocumentRefused(message("The sample assessment did not come with this installation."), "missing")


#: Set by app: what builds the sample stands above the shell.
SAMPLE_BUILDER: list[Callable[[Path], None]] = [no_sample]
