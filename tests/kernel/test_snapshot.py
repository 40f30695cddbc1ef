"""A snapshot is the document at one moment: it holds nobody up, and what is written into it goes with it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.builders.document import add, change, contents, filled_document
from tna_desktop.stages.stakeholders.tables import Stakeholder


def names(session) -> list[str]:  # type: ignore[no-untyped-def]
    return list(session.scalars(select(Stakeholder.name).order_by(Stakeholder.rank)))


def test_a_snapshot_shows_what_was_there_when_it_was_made(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    with document.snapshot() as session:
        before = names(session)
        document.do(change, Stakeholder, "ministry", name="Ministry of Rivers")
        document.do(add, Stakeholder, name="Late comer")
        assert names(session) == before == ["Ministry of Water", "اتحاد المزارعين"]
    with document.snapshot() as session:
        assert "Ministry of Rivers" in names(session) and "Late comer" in names(session)
    document.close()


def test_others_change_the_document_while_a_snapshot_is_open(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    with document.snapshot() as session:
        other = threading.Thread(target=lambda: document.do(add, Stakeholder, name="From another thread"))
        other.start()
        other.join(timeout=20)
        assert not other.is_alive()
        assert "From another thread" not in names(session)
    with document.reading() as session:
        assert "From another thread" in names(session)
    document.close()


def test_what_is_written_into_a_snapshot_goes_with_it(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    before = contents(document, log=True)
    with document.snapshot() as session:
        session.connection().execute(update(Stakeholder.__table__).values(name="Redacted"))  # type: ignore[arg-type]
        session.expire_all()
        assert set(names(session)) == {"Redacted"}
    assert contents(document, log=True) == before
    document.close()


def test_a_snapshot_can_be_made_within_a_reading(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    with document.reading() as reading, document.snapshot() as session:
        assert names(session) == names(reading)
    document.close()


def test_a_closed_document_gives_no_snapshot(tmp_path: Path) -> None:
    document = filled_document(tmp_path)
    document.close()
    with pytest.raises(RuntimeError), document.snapshot():
        pass
