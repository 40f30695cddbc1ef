"""The keys of the wall, which are also those of a presenter's clicker, and the sheet that shows them."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ...kernel.text import Language
from .canvas import Canvas
from .look import GROUND, INK, LINE, PETROL, SIDE
from .room import Room

NEXT, BACK, FIRST, LAST, LEAVE, BLANK, LEGEND, LARGER, SMALLER, KEYS = (
    "next", "back", "first", "last", "leave", "blank", "legend", "larger", "smaller", "keys",
)  # fmt: skip

_Key = Qt.Key
#: What a key does; a clicker sends PgDn, PgUp, F5, Esc, a full stop or B. PgDn is forward in every language.
COMMANDS = {
    _Key.Key_PageDown: NEXT,
    _Key.Key_Down: NEXT,
    _Key.Key_Space: NEXT,
    _Key.Key_Return: NEXT,
    _Key.Key_Enter: NEXT,
    _Key.Key_N: NEXT,
    _Key.Key_PageUp: BACK,
    _Key.Key_Up: BACK,
    _Key.Key_Backspace: BACK,
    _Key.Key_P: BACK,
    _Key.Key_Home: FIRST,
    _Key.Key_End: LAST,
    _Key.Key_F5: LEAVE,
    _Key.Key_Escape: LEAVE,
    _Key.Key_B: BLANK,
    _Key.Key_W: BLANK,
    _Key.Key_Period: BLANK,
    _Key.Key_Comma: BLANK,
    _Key.Key_L: LEGEND,
    _Key.Key_Plus: LARGER,
    _Key.Key_Equal: LARGER,
    _Key.Key_Minus: SMALLER,
    _Key.Key_Question: KEYS,
    _Key.Key_H: KEYS,
    _Key.Key_F1: KEYS,
}
#: Signs as they are typed, for keyboards on which another key carries them.
TYPED = {".": BLANK, ",": BLANK, "?": KEYS, "+": LARGER, "-": SMALLER, "−": SMALLER}


def command(key: int, text: str, right_to_left: bool) -> str:
    """What a key asks for; "" if nothing. The arrows to the sides follow the direction of reading."""
    if key == _Key.Key_Right:
        return BACK if right_to_left else NEXT
    if key == _Key.Key_Left:
        return NEXT if right_to_left else BACK
    return COMMANDS.get(Qt.Key(key), "") or TYPED.get(text, "")


def hints(language: Language) -> list[str]:
    """The keys named in the foot; where room is short the first ones go."""
    say = language.say
    pairs = (
        ("PgDn", say("next")), ("PgUp", say("back")), ("B", say("blank")), ("?", say("keys")), ("Esc", say("leave")),
    )  # fmt: skip
    return [say("{key} {does}", key=key, does=does) for key, does in pairs]


def lines(language: Language) -> list[tuple[str, str]]:
    """All keys, each with what it does."""
    say = language.say
    side = ("←", "→") if language.right_to_left else ("→", "←")
    return [
        (f"PgDn  {side[0]}  ↓", say("Next page, then the next step")),
        (f"PgUp  {side[1]}  ↑", say("Page before, then the step before")),
        ("1 … 9", say("To the page with this number")),
        ("Home  End", say("First page, last page")),
        ("B  .", say("Make the wall blank and bring it back")),
        ("+  −", say("Larger or smaller text")),
        ("L", say("Legend on or off")),
        ("?  H", say("Show these keys")),
        ("Esc  F5", say("Leave")),
    ]


def paint_keys(canvas: Canvas) -> None:
    """The sheet over the page; any key takes it away."""
    room = canvas.room
    entries = lines(room.language)
    inner, high, left, top, wide, caps = _measures(room, entries)
    canvas.box(left, top, wide, high, GROUND, 20, PETROL, 4)
    y = top + 34
    canvas.write(room.language.say("Keys on the wall"), "title", left + 48, y, wide - 96)
    y += room.line("title") + 14
    for keys, words in entries:
        step = max(room.high(words, "key_words", inner), room.line("key")) + 8
        canvas.write(keys, "key", left + 48, y, caps, step, ink=PETROL)
        canvas.write(words, "key_words", left + 48 + caps + 30, y, inner, step, ink=INK)
        canvas.box(left + 48, y + step - 1, wide - 96, 2, LINE)
        y += step


def _measures(room: Room, entries: list[tuple[str, str]]) -> tuple[float, float, float, float, float, float]:
    caps = max(room.wide(keys, "key") for keys, _ in entries) + 4
    wide = min(room.width - 2 * SIDE, caps + 30 + 96 + max(room.wide(words, "key_words") for _, words in entries) + 8)
    inner = wide - 96 - caps - 30
    rows = sum(max(room.high(words, "key_words", inner), room.line("key")) + 8 for _, words in entries)
    high = 34 + room.line("title") + 14 + rows + 30
    return inner, high, (room.width - wide) / 2, max(20.0, (room.height - high) / 2), wide, caps
