"""Chapter 2 of the report: what good means, and how much each criterion matters to whom."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from tna_desktop.charts.bars import Bar, bar_chart
from tna_desktop.kernel import assessment
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow
from tna_desktop.reports.chapter import Chapter, Options, Picture, Section
from tna_desktop.reports.table import printed
from tna_desktop.reports.words import in_words

from . import reading, results, sheet
from .limits import spread_limit
from .reading.ballots import UNLOCKED


def chapter(session: Session, workflow: Workflow, language: Language, options: Options) -> Chapter:
    """The chapter's plain values: the heaviest criteria first, then how they were weighed, then the gates."""
    say, say_n = language.say, language.say_n
    rows, weights, gates = reading.criteria(session), results.weights(session, workflow), reading.gates(session)
    sections = [
        Section(
            say("How much each criterion matters"),
            (_how(weights, language), *_disputed(weights, workflow, language)),
            _picture(weights, language, options),
            (sheet.weight_table(session, workflow, language),),
        )
        if rows
        else None,
        _settled(session, workflow, language),
        Section(
            say("Conditions before any score"),
            (
                say_n(
                    "A technology had to pass one gate before it was ranked; it carries no weight.",
                    "A technology had to pass {n} gates before it was ranked; they carry no weight.",
                    len(gates),
                    n=in_words(len(gates), language),
                ),
            ),
            tables=(sheet.gate_table(session, workflow, language),),
        )
        if gates
        else None,
    ]
    lead = _lead(rows, weights, language)
    return Chapter(
        "criteria",
        say("What good means"),
        say("Stage {n}", n=2),
        lead,
        tuple(s for s in sections if s),
        short=say("Criteria"),
        number="2",
    )


def _settled(session: Session, workflow: Workflow, language: Language) -> Section | None:
    """Where the groups agree and differ, what a second round changed, and whether the weights moved after scoring began."""
    found = results.agreement(session, workflow, threshold=spread_limit(workflow))
    if found is None or len(found.groups) < 2:
        return None
    say, say_n = language.say, language.say_n
    disputed = say_n(
        "On one criterion the groups lie more than {points} points apart.",
        "On {n} criteria the groups lie more than {points} points apart.",
        len(found.disputed),
        n=in_words(len(found.disputed), language),
        points=language.number(spread_limit(workflow)),
    )
    if not found.disputed:
        disputed = say(
            "On no criterion do the groups lie more than {points} points apart.",
            points=language.number(spread_limit(workflow)),
        )
    farthest = found.apart[0]
    apart = say(
        "{group} stands farthest from the others: it would have to move {points} of its 100 points to say what they say.",
        group=workflow.name("stakeholder_groups", farthest.group),
        points=language.number(farthest.points, 0),
    )
    first = [sheet.agreement_note(found, language), disputed]
    if round(farthest.points) > 0:
        first.append(apart)
    paragraphs = (
        " ".join(first),
        *_voices(found, session, workflow, language),
        *_rounds(session, workflow, language),
        *_locked(session, language),
    )
    # What the note below the table says stands above it already.
    differ = replace(printed(sheet.agreement_table(session, workflow, language), "reason"), note="")
    given = printed(sheet.ways_table(session, workflow, language), "round", "consistency")
    tables = (differ, given)
    return Section(say("Where groups agree and differ"), paragraphs, tables=tables)


def _voices(found: results.Agreement, session: Session, workflow: Workflow, language: Language) -> tuple[str, ...]:
    """How groups became the country, where it is not one voice for each."""
    said = []
    for group, (voice, reason) in reading.group_voices(session).items():
        values = {
            "group": workflow.name("stakeholder_groups", group),
            "voice": language.number(voice),
            "reason": reason,
        }
        said.append(language.say("{group} has a voice of {voice}, while others have 1. Reason: {reason}", **values))
    if reading.weight_rule(session).mean == "geometric":
        said.append(language.say("The groups' weights are put together by the geometric mean."))
    if found.kept:
        names = language.listing([workflow.name("stakeholder_groups", group) for group in found.kept])
        said.append(language.say("What was said in an earlier round still counts for: {groups}.", groups=names))
    return (" ".join(said),) if said else ()


def _rounds(session: Session, workflow: Workflow, language: Language) -> tuple[str, ...]:
    last = results.last_rounds(session)
    change = results.compare_rounds(session, workflow, *last) if last else None
    if change is None or change.w_before is None or change.w_after is None:
        return ()
    values = {
        "before": language.number(change.w_before, 2),
        "after": language.number(change.w_after, 2),
        "first": change.before,
        "second": change.after,
    }
    if change.w_after > change.w_before + 0.005:
        return (
            language.say(
                "From round {first} to round {second} the orders came closer, from {before} to {after}.", **values
            ),
        )
    if change.w_after < change.w_before - 0.005:
        return (
            language.say(
                "From round {first} to round {second} the orders moved apart, from {before} to {after}.", **values
            ),
        )
    return (language.say("From round {first} to round {second} the orders stayed as far apart, at {after}.", **values),)


def _locked(session: Session, language: Language) -> tuple[str, ...]:
    """Whether anybody could change weights with the scores in view."""
    unlocked = [row for row in reversed(assessment.decisions(session)) if row["kind"] == UNLOCKED]
    if unlocked:
        return tuple(
            language.say(
                "The weights were unlocked on {day}. Reason: {reason}",
                day=language.date(row["decided_on"]),
                reason=row["reason"],
            )
            for row in unlocked
        )
    if reading.weights_locked(session) and reading.scoring_begun(session):
        return (language.say("The weights have been locked since scoring began."),)
    return ()


def _lead(rows: list, weights: results.Weights, language: Language) -> str:
    if not rows:
        return language.say("No criteria are agreed yet.")
    counted = language.say_n(
        "Technologies are judged by one criterion.",
        "Technologies are judged by {n} criteria.",
        len(rows),
        n=in_words(len(rows), language),
    )
    heaviest = _heaviest(weights)
    if weights.origin != results.SET:
        return counted
    if not heaviest:
        same = max(each.share for each in weights.criteria) - min(each.share for each in weights.criteria) < 1e-9
        return language.say("{counted} All count the same.", counted=counted) if same and len(rows) > 1 else counted
    names = language.listing([language.say("“{name}”", name=each.name) for each in heaviest])
    share = language.percent(sum(each.share for each in heaviest))
    if len(heaviest) == 1:
        return language.say(
            "{counted} The heaviest is {name}, with {share} of the weight.", counted=counted, name=names, share=share
        )
    return language.say(
        "{counted} The heaviest are {names}, with {share} of the weight together.",
        counted=counted,
        names=names,
        share=share,
    )


def _heaviest(weights: results.Weights) -> list[results.CriterionWeight]:
    """At most three criteria that weigh more than all others; none where the third place is shared by too many."""
    ordered = sorted(weights.criteria, key=lambda each: -each.share)
    for count in (3, 2, 1):
        if count < len(ordered) and ordered[count - 1].share > ordered[count].share + 1e-9:
            return ordered[:count]
    return []


def _how(weights: results.Weights, language: Language) -> str:
    origin = sheet.origin_note(weights.origin, language)
    if not weights.voices:
        return origin
    groups = language.say_n(
        "Every criterion was weighed by one group of stakeholders.",
        "Every criterion was weighed by {n} groups of stakeholders, each on its own.",
        len(weights.voices),
        n=in_words(len(weights.voices), language),
    )
    return language.say("{groups} {origin}", groups=groups, origin=origin)


def _picture(weights: results.Weights, language: Language, options: Options) -> tuple[Picture, ...]:
    if not weights.criteria or weights.origin == results.NONE:
        return ()
    ordered = sorted(weights.criteria, key=lambda each: -each.share)
    # Whole per cents, unless they would hide what the table beside them shows.
    decimals = 0 if all(abs(each.share * 100 - round(each.share * 100)) < 0.05 for each in ordered) else 1
    bars = [Bar(each.name, each.share * 100, language.percent(each.share, decimals)) for each in ordered]
    svg, description = bar_chart(bars, language, width=627)
    note = language.say("Source: TNA Desktop, {day}.", day=language.date(options.today))
    return (Picture("weights", language.say("What each criterion counts for"), svg, description, note),)


def _disputed(weights: results.Weights, workflow: Workflow, language: Language) -> tuple[str, ...]:
    apart = sorted(
        (each for each in weights.criteria if each.spread is not None), key=lambda each: -(each.spread or 0)
    )[:1]
    sentences = []
    for each in apart:
        low, high = min(each.groups, key=lambda g: each.groups[g]), max(each.groups, key=lambda g: each.groups[g])
        sentences.append(
            language.say(
                "The groups differ most on “{name}”, from {low_share} ({low}) to {high_share} ({high}).",
                name=each.name,
                low=workflow.name("stakeholder_groups", low),
                low_share=language.percent(each.groups[low]),
                high=workflow.name("stakeholder_groups", high),
                high_share=language.percent(each.groups[high]),
            )
        )
    return tuple(sentences)
