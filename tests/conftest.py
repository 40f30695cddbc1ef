"""What all tests share: no display is needed, and nothing touches the folders of the person who runs them."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# How long an example takes depends on who else uses the machine; no test may fail for that.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A home of its own for the whole run, set before anything asks for one. The caches (fonts!) are shared by all tests.
_HOME = Path(tempfile.mkdtemp(prefix="tna-tests-"))
os.environ["HOME"] = str(_HOME)
for _variable, _folder in (
    ("XDG_DATA_HOME", "data"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_STATE_HOME", "state"),
    ("XDG_CACHE_HOME", "cache"),
):
    os.environ[_variable] = str(_HOME / _folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test begins with no working copies, no backups and no settings; child processes see the same folders."""
    folder = tmp_path_factory.mktemp("person")
    for variable, name in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state")):
        monkeypatch.setenv(variable, str(folder / name))
    return folder


@pytest.fixture(autouse=True)
def garbage_on_this_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program: what Qt still holds is collected on the window's thread only, never in a worker."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QEvent, QThreadPool

    app = request.getfixturevalue("qapp")
    gc.disable()
    yield
    QThreadPool.globalInstance().waitForDone(5000)
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.processEvents()
    gc.collect(1)  # what the test made is young; a full search through everything would cost half a second a test
    gc.enable()


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample assessment, built once for all tests. Copy it before opening it."""
    from tna_desktop.sample import build_sample

    path = tmp_path_factory.mktemp("sample") / "kelvara.tna"
    build_sample(path)
    return path


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Path:
    """A sample assessment of one's own."""
    path = tmp_path / "kelvara.tna"
    shutil.copyfile(sample_file, path)
    return path
