"""What the palette offers: steps to go to, commands to run, records to find, guidance to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tna_desktop.kernel.findings import Place
from tna_desktop.ui.commands import Command

from .searching import DO, FIND, GO, LEARN, Entry, named_records

if TYPE_CHECKING:
    from .workspace import Workspace


def entries_of(space: Workspace) -> list[Entry]:
    """Everything that does not depend on what is typed."""
    return [*_steps(space), *_pages(space), *_commands(space), *_guidance(space)]


def records_for(space: Workspace, text: str) -> list[Entry]:
    """Records whose name holds what was typed; from two letters on."""
    if len(text.strip()) < 2:
        return []
    found = space.desk.read(named_records, text.strip())
    entries = []
    for place, name, kind in found[:40]:
        stop = space.route.find(place.step)
        if stop is None:
            continue
        group = space.desk.workflow.catalogue("stakeholder_groups").find(kind)
        hint = space.language.say("{step}, {group}", step=stop.title, group=group.name) if group else stop.title
        entries.append(Entry(FIND, name, lambda where=place: space.desk.go(where), hint, kind if group else stop.icon))
    return entries


def _steps(space: Workspace) -> list[Entry]:
    say = space.language.say
    entries = []
    for stop in space.route:
        english = space.workflow.step(stop.place)
        stage = next((each.title for each in space.workflow.stages if each.key == stop.stage), "")
        words = " ".join((stop.stage_title, stage, stop.step.question, english.question if english else ""))
        hint = say("Stage {stage}, step {step}", stage=stop.stage_number, step=stop.number)
        entries.append(Entry(GO, stop.title, lambda place=stop.place: space.show_step(place), hint, stop.icon, "",
                             english.title if english else "", words))  # fmt: skip
    return entries


def _pages(space: Workspace) -> list[Entry]:
    say = space.language.say
    return [
        Entry(GO, say("Overview"), lambda: space.show_page("overview"), "", "squares-four", "", "Overview"),
        Entry(
            GO,
            say("Decision log"),
            lambda: space.show_page("decisions"),
            "",
            "chats-circle",
            "",
            "Decision log",
        ),
        Entry(GO, say("Settings"), lambda: space.show_page("settings"), "", "gear-six", "", "Settings"),
    ]


def _commands(space: Workspace) -> list[Entry]:
    say, window = space.language.say, space.main
    screen = space.screen()
    own = list(screen.commands()) if screen is not None else []
    own += [
        Command("copy", say("Save a copy"), lambda: space.saving.save_copy(), "copy", "", "Ctrl S", "Save a copy"),
        Command("guide", say("Guide on or off"), space.toggle_guide, "book-open", "", "F1", "Guide on or off"),
        Command("new", say("New assessment"), window.new_assessment, "plus-circle", "", "Ctrl N", "New assessment"),
        Command("open", say("Open a file"), window.open_file, "folder-open", "", "Ctrl O", "Open a file"),
        Command(
            "backup",
            say("Open a backup"),
            window.open_backup,
            "clock-counter-clockwise",
            "",
            "",
            "Open a backup",
        ),
        Command(
            "facts",
            say("Change assessment details"),
            space.edit_facts,
            "pencil-simple",
            "",
            "",
            "Change assessment details",
        ),
        Command("keys", say("Keyboard"), window.show_help, "keyboard", "", "Ctrl F1", "Keyboard help"),
        Command(
            "close",
            say("Close this assessment"),
            window.close_assessment,
            "x",
            "",
            "",
            "Close this assessment",
        ),
    ]
    return [Entry(DO, each.title, each.run, each.hint, each.icon, each.shortcut, each.english) for each in own]


def _guidance(space: Workspace) -> list[Entry]:
    """The guidance of every step by its words; choosing it goes to the step with the guide open."""
    say = space.language.say
    entries = []
    for stop in space.route:
        guidance = stop.step.guidance
        words = " ".join((guidance.why, guidance.tip, guidance.more, *(source.text for source in guidance.sources)))
        if not words.strip():
            continue
        title = say("How {step} works", step=stop.title)
        hint = say("Stage {stage}, step {step}", stage=stop.stage_number, step=stop.number)
        entries.append(
            Entry(
                LEARN,
                title,
                lambda place=stop.place: _learn(space, place),
                hint,
                "book-open",
                "",
                stop.step.question,
                words,
            )
        )
    return entries


def _learn(space: Workspace, place: str) -> None:
    space.go(Place(place))
    space.open_guide(True)
    space.panel.show_tab("guide")
