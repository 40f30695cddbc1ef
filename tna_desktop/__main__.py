"""``python -m tna_desktop`` does what the command ``tna-desktop`` does."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> int:
    """Hand over to the command line; without it, open the window."""
    if find_spec("tna_desktop.cli") is not None:
        from importlib import import_module

        return int(import_module("tna_desktop.cli").main() or 0)
    from tna_desktop.app import run

    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    return run(Path(words[0]) if words else None, sample="--sample" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
