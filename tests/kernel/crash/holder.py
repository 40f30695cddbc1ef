"""A program that opens a document and keeps it open until its standard input ends. holder.py DOCUMENT [read-only]"""

from __future__ import annotations

import sys
from pathlib import Path

from tna_desktop.kernel.document import Document
from tna_desktop.kernel.errors import DocumentRefused
from tna_desktop.stages import load_tables

load_tables()
try:
    document = Document.open(Path(sys.argv[1]), read_only="read-only" in sys.argv)
except DocumentRefused as refused:
    print(refused.kind, refused.reason.english(), flush=True)
else:
    print("open", document.state.kind, flush=True)
    sys.stdin.read()
    document.close()
