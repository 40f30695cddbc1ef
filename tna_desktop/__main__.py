"""``python -m tna_desktop`` does what the command ``tna-desktop`` does."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
