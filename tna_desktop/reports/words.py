"""Small numbers in running text: two to ten as words where a language leaves them unchanged, figures elsewhere."""

from __future__ import annotations

from ..kernel.text import Language

#: Languages in which these words take neither gender nor case.
_UNCHANGING = {"en", "es", "fr"}


def in_words(count: int, language: Language, first: bool = False) -> str:
    """ "four" or "11"; ``first`` at the beginning of a sentence."""
    say = language.say
    if language.code not in _UNCHANGING or not 2 <= count <= 10:
        return language.number(count)
    words = (
        say("two"),
        say("three"),
        say("four"),
        say("five"),
        say("six"),
        say("seven"),
        say("eight"),
        say("nine"),
        say("ten"),
    )
    word = words[count - 2]
    return word[:1].upper() + word[1:] if first else word
