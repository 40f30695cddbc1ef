"""A program that edits until it is killed. For each line it is given it starts an editor and kills it after a while.

editor.py DOCUMENT ACKNOWLEDGED: every line on the standard input is "number seconds". The editor takes up what the
last crash left, or opens the document, and adds stakeholders; each name is written to ACKNOWLEDGED as soon as the
program says that it is kept. Now and then it publishes (in a second thread, as the window does), takes a change
back, closes and opens again.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

from sqlalchemy.orm import Session

from tna_desktop.kernel import records, recovery
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.operation import operation
from tna_desktop.stages import load_tables

load_tables()

from tna_desktop.stages.stakeholders.tables import Contact, Stakeholder  # noqa: E402


@operation("Added")
def add(session: Session, name: str) -> None:
    stakeholder = records.add(session, Stakeholder, name=name)
    records.add(session, Contact, stakeholder_id=stakeholder.id, name=f"Speaker of {name}")


def edit(target: Path, acknowledged: int, number: int) -> None:
    dice = random.Random(number)
    left = recovery.left_work()
    document = Document.recover(left[0]) if left else Document.open(target)
    step = 0
    while True:
        step += 1
        name = f"{number}.{step}"
        document.do(add, name)
        os.write(acknowledged, f"{name}\n".encode())
        chance = dice.random()
        if chance < 0.25:
            threading.Thread(target=document.publish).start()
        elif chance < 0.35:
            document.do(add, "taken back")
            document.undo()
        elif chance < 0.4:
            document.close()
            document = Document.open(target)


def main() -> None:
    target = Path(sys.argv[1])
    acknowledged = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    print("ready", flush=True)
    for line in sys.stdin:
        number, seconds = line.split()
        child = os.fork()
        if child == 0:
            try:
                edit(target, acknowledged, int(number))
            finally:
                os._exit(1)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        print("killed" if os.WIFSIGNALED(status) else "failed by itself", flush=True)


main()
