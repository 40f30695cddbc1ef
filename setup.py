"""Where the data folders go when the project is installed as a wheel; all else stands in pyproject.toml.

workflows/, stakeholder_templates/, report_templates/ and resources/ stand beside the package, where people
who are not programmers find and edit them. A wheel carries them to share/tna-desktop under the
installation's prefix. An editable installation reads them where they stand, so nothing is copied then.
"""

import sys
from pathlib import Path

from setuptools import setup

FOLDERS = ("workflows", "stakeholder_templates", "report_templates", "resources")


def data_files() -> list[tuple[str, list[str]]]:
    here = Path(__file__).parent
    by_folder: dict[str, list[str]] = {}
    for folder in FOLDERS:
        for path in sorted((here / folder).rglob("*")):
            relative = path.relative_to(here)
            hidden = any(part.startswith((".", "__pycache__")) for part in relative.parts)
            if path.is_file() and not hidden:
                target = (Path("share/tna-desktop") / relative.parent).as_posix()
                by_folder.setdefault(target, []).append(relative.as_posix())
    return list(by_folder.items())


setup(data_files=[] if "editable_wheel" in sys.argv else data_files())
