"""A program of a later format that is killed in the middle of bringing a document up. migrating.py DOCUMENT"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from pathlib import Path

from tna_desktop.kernel import migrations, recovery
from tna_desktop.kernel.document import Document
from tna_desktop.stages import load_tables

load_tables()


def killed_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE stakeholder SET \"group\" = 'half way'")
    os.kill(os.getpid(), signal.SIGKILL)


migrations.STEPS[migrations.FORMAT] = killed_half_way
migrations.FORMAT += 1
left = recovery.left_work()
Document.recover(left[0]) if left else Document.open(Path(sys.argv[1]))
