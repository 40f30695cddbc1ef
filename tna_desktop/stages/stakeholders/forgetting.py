"""Forgetting a contact: who it is, where the person stands, and what forgetting will do, told beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from tna_desktop.kernel import backups, forgetting
from tna_desktop.kernel.backups import Backup
from tna_desktop.kernel.document import Document
from tna_desktop.kernel.text import Language

from .tables import Contact


@dataclass(frozen=True)
class Outlook:
    """What forgetting a person would do. ``elsewhere`` counts entries that name the person besides the contact.

    ``log`` counts entries of the log; ``spared`` are names of other entries that hold the person's and stay.
    """

    person: forgetting.Person
    name: str
    elsewhere: int
    log: int
    spared: tuple[str, ...]
    automatic: int
    named: tuple[Backup, ...]


def outlook(document: Document, contact: str, language: Language) -> Outlook:
    """Look through a copy of the document for the person; nothing is changed. Raises Refused when the contact is gone."""
    with document.snapshot() as session:
        name = language.say("Forgotten person")
        person = forgetting.find(session, Contact.__tablename__, contact, stand_in=name)
        row = session.get(Contact, contact)
        called = row.name if row is not None else sorted(person.names)[0]
        found = forgetting.scrub(session.connection(), person)
    kept = backups.kept(document.lineage)
    return Outlook(
        person,
        called,
        sum(touch.after is not None for touch in found.touched),
        len(found.entries),
        tuple(dict.fromkeys(found.spared.values())),
        sum(not backup.name for backup in kept),
        tuple(backup for backup in kept if backup.name),
    )


def sentences(found: Outlook, language: Language) -> list[str]:
    """What will happen, and what forgetting cannot reach, in the order a person needs it."""
    say, say_n = language.say, language.say_n
    told = [
        say("Name, position, e-mail and phone leave this assessment and its log. That something was changed stays, without the person.")
    ]  # fmt: skip
    if found.elsewhere:
        told.append(
            say_n(
                "In one other entry, “{stand_in}” takes the place of the name.",
                "In {n} other entries, such as notes and votes, “{stand_in}” takes the place of the name.",
                found.elsewhere,
                stand_in=found.person.stand_in,
            )
        )
    if found.spared:
        told.append(
            say_n(
                "One entry keeps its own name, which holds this one: {names}. Rename it first if it should go.",
                "{n} entries keep their own names, which hold this one: {names}. Rename them first if they should go.",
                len(found.spared),
                names=language.listing(found.spared[:4]),
            )
        )
    if found.automatic:
        told.append(
            say_n(
                "One automatic backup on this computer is cleaned too.",
                "{n} automatic backups on this computer are cleaned too.",
                found.automatic,
            )
        )
    if found.named:
        told.append(
            say_n(
                "One backup with a name of its own stays and still holds the person: {names}.",
                "{n} backups with names of their own stay and still hold the person: {names}.",
                len(found.named),
                names=language.listing([backup.name for backup in found.named[:4]]),
            )
        )
    told.append(say("Copies handed out, reports with contacts and files attached here still hold the person."))
    return told
