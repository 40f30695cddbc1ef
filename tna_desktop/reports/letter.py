"""Letters for a meeting: invitations, a page for each stakeholder, and the attendance list, as PDF.

    write_letters(Invitations(...) or AttendanceList(...), language, path, progress, cancelled) -> bool

As with the report, first plain values, then the templates in ``stakeholder_templates/letters`` in a sandbox, in a child
process. What a template gets is told in the README there. Letters name persons; addresses and numbers have no place here.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..kernel.errors import Refused
from ..kernel.text import Language, message
from ..paths import data_folder
from .pages import laid_out
from .pdf import write_pages
from .values import cleaned, text_direction

INVITATION, ATTENDANCE = "invitation", "attendance"
#: Kinds of pictures an emblem may be, each with the bytes it begins with.
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
# "09:00 Welcome", "9.30 – 10.15: Break", "14h30 Closing": the hour in front of an item of the agenda.
_HOUR = r"\d{1,2}(?:[:.h]\d{2}|h)"
_TIMED = re.compile(rf"^({_HOUR}(?:\s*[-–]\s*{_HOUR})?)\s*[:,–-]?\s+(.+)$")


@dataclass(frozen=True)
class Letterhead:
    """Who writes: the country, the assessment, the office, and the emblem as (media, content) if there is one."""

    country: str
    assessment: str
    office: str = ""
    emblem: tuple[str, bytes] | None = None
    fictional: bool = False


@dataclass(frozen=True)
class MeetingFacts:
    """What a letter says of the meeting; what is not known yet is left out."""

    name: str
    day: date | None = None
    hours: str = ""
    place: str = ""
    spoken: str = ""
    agenda: str = ""


@dataclass(frozen=True)
class Addressee:
    """A stakeholder invited: its organisation, group, and its contacts as (name, position)."""

    organisation: str
    group: str = ""
    persons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Invitations:
    """The same letter to everyone invited."""

    head: Letterhead
    meeting: MeetingFacts
    addressees: tuple[Addressee, ...]
    text: str
    place: str = ""
    day: date | None = None
    signed: str = ""


@dataclass(frozen=True)
class AttendanceList:
    """A list to sign, by group in the order given, with empty lines for those nobody expected."""

    head: Letterhead
    meeting: MeetingFacts
    addressees: tuple[Addressee, ...]
    blank: int = 8


def write_letters(
    letters: Invitations | AttendanceList,
    language: Language,
    path: Path | str,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bool:
    """Write the letters to ``path``; True when they are there, False when it was stopped. Refusals as in pdf.py."""
    if isinstance(letters, Invitations) and not letters.addressees:
        raise Refused(message("Nobody is invited to this meeting yet."))
    return write_pages(lambda: letter_values(letters, language), path, progress, cancelled)


def letters_html(values: Mapping[str, Any]) -> str:
    """Lay out what letter_values() made."""
    page = {INVITATION: "invitation.html", ATTENDANCE: "attendance.html"}[values["letter"]]
    return laid_out(values, data_folder("stakeholder_templates") / "letters", page)


def default_wording(language: Language, meeting: str, assessment: str, country: str) -> str:
    """The invitation's wording from ``invitation.txt``, in this language, with its places filled.

    Raises Refused when a team's own copy of the file cannot be read: an empty letter would say nothing.
    """
    path = data_folder("stakeholder_templates") / "letters" / "invitation.txt"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(
            message("The wording of the invitation cannot be read: {file}. Save it as plain text in UTF-8.", file=path)
        ) from None
    values = {"meeting": meeting, "assessment": assessment, "country": country}
    return "\n\n".join(language.say(paragraph, **values) for _, paragraph in wording_paragraphs(text))


def wording_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs of a wording file with the number of their first line; remarks are left out."""
    begun = 0
    lines: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if line.strip():
            begun = begun if lines else number
            lines.append(line.strip())
        elif lines:
            yield begun, " ".join(lines)
            lines = []


def letter_values(letters: Invitations | AttendanceList, language: Language) -> dict[str, Any]:
    """Everything a template may see: dictionaries, lists and texts."""
    say, head = language.say, letters.head
    name = cleaned(letters.meeting.name)
    values = {
        "code": language.code,
        "lang": {"zh": "zh-Hans", "qps": "en"}.get(language.code, language.code),
        "direction": language.direction,
        "head": {
            "country": cleaned(head.country),
            "assessment": cleaned(head.assessment),
            "office": cleaned(head.office),
            "emblem": _emblem(head.emblem),
            "label": say("Fictional example") if head.fictional else "",
        },
        "meeting": {
            "name": name,
            "facts": list(_facts(letters.meeting, language)),
            "agenda": [_item(line, language) for line in cleaned(letters.meeting.agenda).splitlines() if line.strip()],
        },
    }
    if isinstance(letters, AttendanceList):
        own = _list_values(letters, language) | {"title": say("Attendance list: {meeting}", meeting=name)}
        return values | own | {"letter": ATTENDANCE}
    day = language.date(letters.day) if letters.day else ""
    together = say("{place}, {day}", place=_apart(letters.place, language), day=day) if letters.place and day else ""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", cleaned(letters.text)) if part.strip()]
    return values | {
        "letter": INVITATION,
        "title": say("Invitation: {meeting}", meeting=name),
        "dated": together or day or cleaned(letters.place),
        "letters": [_letter(each, language) for each in letters.addressees],
        "paragraphs": [_words(part, language) for part in paragraphs],
        "signed": cleaned(letters.signed),
    }


def _letter(addressee: Addressee, language: Language) -> dict[str, Any]:
    persons = [_person(name, position, language) for name, position in addressee.persons]
    return {
        "organisation": _words(addressee.organisation, language),
        "persons": [_words(person, language) for person in persons],
        "dear": cleaned(addressee.persons[0][0]) if len(addressee.persons) == 1 else "",
    }


def _list_values(letters: AttendanceList, language: Language) -> dict[str, Any]:
    groups: list[dict[str, Any]] = []
    number = 0
    for addressee in letters.addressees:
        if not groups or groups[-1]["name"] != cleaned(addressee.group):
            groups.append({"name": cleaned(addressee.group), "rows": []})
        for name, position in addressee.persons or (("", ""),):
            number += 1
            groups[-1]["rows"].append(
                {
                    "number": language.number(number),
                    "organisation": _words(addressee.organisation, language),
                    "name": _words(_person(name, position, language), language),
                }
            )
    blank = [language.number(number + more) for more in range(1, max(0, letters.blank) + 1)]
    return {"groups": groups, "blank": blank}


def _facts(meeting: MeetingFacts, language: Language) -> Iterator[dict[str, str]]:
    say = language.say
    day = language.date(meeting.day, "full") if meeting.day else ""
    hours = cleaned(meeting.hours)
    when = say("{day}, {hours}", day=day, hours=_apart(hours, language)) if day and hours else day or hours
    facts = (
        (say("When"), when),
        (say("Where"), meeting.place),
        (say("Language"), meeting.spoken),
    )
    for title, text in facts:
        if text.strip():
            yield {"title": title, **_words(text, language)}


def _item(line: str, language: Language) -> dict[str, str]:
    timed = _TIMED.match(line.strip())
    return {"time": timed[1] if timed else "", **_words(timed[2] if timed else line.strip(), language)}


def _person(name: str, position: str, language: Language) -> str:
    return language.say("{name}, {position}", name=name, position=position) if position else name


def _words(text: str, language: Language) -> dict[str, str]:
    """A text with the direction it is read in, where that is against the page."""
    plain = cleaned(text)
    direction = text_direction(plain)
    return {"text": plain, "dir": direction if direction and direction != language.direction else ""}


def _apart(text: str, language: Language) -> str:
    """A part of a sentence, set apart where it is read against the page."""
    plain = cleaned(text)
    against = text_direction(plain) not in (None, language.direction)
    return f"\N{FIRST STRONG ISOLATE}{plain}\N{POP DIRECTIONAL ISOLATE}" if against else plain


def _emblem(emblem: tuple[str, bytes] | None) -> str:
    """The emblem as a data address; anything but a PNG or JPEG picture is left out."""
    if emblem is None or not is_picture(*emblem):
        return ""
    return f"data:{emblem[0]};base64,{base64.b64encode(emblem[1]).decode('ascii')}"


def is_picture(media: str, content: bytes) -> bool:
    """Whether this is what it says it is: a PNG or JPEG picture."""
    return media in PICTURES and content.startswith(PICTURES[media])
