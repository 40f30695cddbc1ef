"""Words that several screens of stage 3 share."""

from __future__ import annotations

from tna_desktop.kernel.text import Language

SHARES = ("hardware", "software", "orgware")


def sector_kinds(language: Language) -> list[tuple[str, str]]:
    """The kinds of sector: key and name."""
    say = language.say
    return [
        ("economic", say("Economic sector")),
        ("biome", say("Ecosystem programme")),
        ("crosscutting", say("Cross-cutting issue")),
    ]


def share_names(language: Language) -> list[str]:
    return [language.say("Hardware"), language.say("Know-how"), language.say("Organisation")]
