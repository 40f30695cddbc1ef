"""What can be done by name on the agreement step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna_desktop.ui.commands import Command

if TYPE_CHECKING:
    from .agreement import AgreementScreen


def commands(screen: AgreementScreen) -> list[Command]:
    """By name, for the search and command box."""
    say = screen.language.say
    return [
        Command(
            "agreement.next",
            say("Next disputed criterion"),
            screen.next,
            "arrow-right",
            english="Next disputed criterion",
        ),
        Command(
            "agreement.settle",
            say("Settle this criterion"),
            screen.settle,
            "check",
            shortcut="Ctrl+Return",
            english="Settle this criterion",
        ),
        Command("agreement.reveal", say("Reveal the round"), screen.reveal, "eye", english="Reveal the round"),
        Command(
            "agreement.round",
            say("Begin another round"),
            screen.open_round,
            "arrows-clockwise",
            english="Begin another round",
        ),
        Command(
            "agreement.mean",
            say("Take the mean of the groups"),
            screen.adopt,
            "users-three",
            english="Take the mean of the groups",
        ),
        Command("agreement.lock", say("Lock the weights"), screen.lock, "lock-simple", english="Lock the weights"),
    ]
