"""Where things are: the data folders that come with the program, and the person's own folders.

The data folders (`workflows`, `stakeholder_templates`, `report_templates`, `resources`) stand beside the
package in a checkout, and under `share/tna-desktop` of the installation's prefix in an installed wheel. The
person's folders are the ones the system names for settings, data, caches and documents; on Linux the XDG
variables move them.
"""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# platformdirs is imported where it is needed: on Linux the start page is painted without it.

OVERRIDE = "TNA_DESKTOP_DATA"
DATA_FOLDERS = ("workflows", "stakeholder_templates", "report_templates", "resources")
APPLICATION = "tna-desktop"
_LINUX = bool(sys.platform == "linux")


def data_folder(name: str) -> Path:
    """The folder of that name that came with the program.

    Looked for under the folder that the environment variable TNA_DESKTOP_DATA names, then beside the
    package, then under `share/tna-desktop`. With an override that lacks one of the folders, the program's
    own is used for that one. Raises ValueError for a name that is none of the four, FileNotFoundError when
    the installation is incomplete.
    """
    if name not in DATA_FOLDERS:
        raise ValueError(f"There is no data folder called “{name}”.")
    return _found(name, os.environ.get(OVERRIDE, ""))


@cache
def _found(name: str, override: str) -> Path:
    places = list(_places(override))
    for place in places:
        if (place / name).is_dir():
            return place / name
    looked = ", ".join(str(place) for place in places)
    raise FileNotFoundError(f"The folder “{name}” of TNA Desktop was not found; looked in: {looked}.")


def resource(*parts: str) -> Path:
    """A file or folder inside `resources`, e.g. `resource("fonts", "IBMPlexSans-Regular.ttf")`."""
    return data_folder("resources").joinpath(*parts)


def user_data() -> Path:
    """The person's own data on this computer, e.g. working copies and backups; made if it is not there."""
    return _made(_own("XDG_DATA_HOME", ".local/share", "user_data_path"))


def user_config() -> Path:
    """Where the person's settings are kept; made if it is not there."""
    return _made(_own("XDG_CONFIG_HOME", ".config", "user_config_path"))


def user_cache() -> Path:
    """What may be deleted at any time and is then made again; made if it is not there."""
    return _made(_own("XDG_CACHE_HOME", ".cache", "user_cache_path"))


def user_documents() -> Path:
    """Where a person's documents usually go; the home folder where there is no such folder. Never made."""
    import platformdirs

    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


def _own(variable: str, usual: str, question: str) -> Path:
    """One of the person's folders: as the XDG rules name it on Linux, elsewhere as platformdirs knows it."""
    if _LINUX:
        named = os.environ.get(variable, "").strip()
        return (Path(named).expanduser() if named else Path.home() / usual) / APPLICATION
    import platformdirs

    return Path(getattr(platformdirs, question)(APPLICATION, appauthor=False))


def _places(override: str) -> Iterator[Path]:
    if override:
        yield Path(override).expanduser()
    package = Path(__file__).resolve().parent
    yield package.parent
    # A wheel's data files go to the prefix of the scheme it was installed with (an environment, the system,
    # the person's own): in each of them that is a folder above the package.
    yield Path(sys.prefix) / "share" / APPLICATION
    for parent in package.parents[1:]:
        place = parent / "share" / APPLICATION
        if place.is_dir():
            yield place


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
