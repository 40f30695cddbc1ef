"""Pictures of a technology, kept inside the file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tna_desktop.kernel import records
from tna_desktop.kernel.errors import Refused
from tna_desktop.kernel.operation import about, operation
from tna_desktop.kernel.tables import Attachment
from tna_desktop.kernel.text import message

from .tables import Technology

#: The step under which a technology's pictures are kept.
STEP = "priorities.longlist"
#: Kind of picture -> how its file begins. Only what every reader shows.
KINDS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
#: A phone's picture made smaller; the whole file is sent by mail.
LARGEST, MOST = 2_000_000, 6


def kind_of(content: bytes) -> str:
    """The kind of a picture by how it begins, never by its name; "" for anything else."""
    return next((kind for kind, begin in KINDS.items() if content.startswith(begin)), "")


@operation("Picture added")
def add_picture(session: Session, technology_id: str, content: bytes, name: str = "") -> str:
    """Keep a PNG or JPEG picture of a technology in the file."""
    technology = records.fetch(session, Technology, technology_id)
    media = kind_of(content)
    if not media:
        raise Refused(message("Choose a PNG or JPEG picture."), "picture")
    if len(content) > LARGEST:
        raise Refused(message("This picture is larger than two megabytes; choose a smaller one."), "picture")
    if len(pictures(session, technology_id)) >= MOST:
        raise Refused(message("A technology has at most {most} pictures.", most=MOST), "picture")
    made = records.add(session, Attachment, step=STEP, record=technology_id, name=name[:200], media=media)
    made.content = content
    session.flush()
    about(session, technology.name)
    return made.id


@operation("Picture removed")
def remove_picture(session: Session, id: str) -> None:
    record = records.fetch(session, Attachment, id)
    technology = session.get(Technology, record.record)
    records.remove(session, Attachment, [id])
    about(session, technology.name if technology else record.name)


def pictures(session: Session, technology_id: str) -> list[dict[str, Any]]:
    """The pictures of a technology in the order they were added: id, name, media, content."""
    rows = session.scalars(
        select(Attachment)
        .where(Attachment.record == technology_id, Attachment.step == STEP)
        .order_by(Attachment.rank, Attachment.id)
    )
    return [{"id": row.id, "name": row.name, "media": row.media, "content": row.content} for row in rows]
