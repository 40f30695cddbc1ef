"""Recent assessments: what is remembered of a file between two openings, and how it is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDate, QLocale

from tna_desktop.kernel.text import Language

#: The window writes 0 to 9 in every language.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def place_text(step: str, number: int, title: str) -> str:
    """What the settings keep of a place: the step, the stage's number, and the step's English title."""
    return f"{step} {number} {title}"


def step_of(place: str) -> str:
    return place.split(" ", 1)[0]


def told_place(language: Language, place: str) -> str:
    """“Stage 3, Scores”."""
    parts = place.split(" ", 2)
    if len(parts) < 3:
        return ""
    return language.say("Stage {number}, {step}", number=parts[1], step=language.say(parts[2]))


def told_day(language: Language, at: str) -> str:
    """“Today, 09:12”, “Yesterday”, “18 November”; by Qt, because the start page waits for no other library."""
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return ""
    locale = QLocale(language.locale)
    day, today = QDate(moment.year, moment.month, moment.day), QDate.currentDate()
    if day == today:
        return language.say("Today, {time}", time=moment.strftime("%H:%M"))
    if day.daysTo(today) == 1:
        return language.say("Yesterday")
    told = locale.toString(day, "d MMMM" if day.year() == today.year() else "d MMMM yyyy")
    return told.translate(_DIGITS)


def told_path(path: str) -> str:
    """The last folders and the file's name, as people read them. File paths are never mirrored."""
    parts = Path(path).parts
    return " / ".join(part for part in parts[-3:] if part not in ("/", "\\"))
