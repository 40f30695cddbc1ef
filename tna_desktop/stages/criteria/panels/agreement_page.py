"""What the agreement screen shows, in words and numbers: where the groups differ, and how the rounds stand. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tna_desktop.analysis.agreement import Reading
from tna_desktop.kernel.text import Language, message
from tna_desktop.kernel.workflow import Workflow

from .. import reading, results
from ..limits import spread_limit
from .weight_rows import axis

#: What there is to see: no criteria, fewer than two voices, a round that is hidden, no dispute, or criteria to discuss.
NO_CRITERIA, NO_VOICES, HIDDEN, NO_DISPUTE, DISPUTED = "no_criteria", "no_voices", "hidden", "no_dispute", "disputed"


_AGREEMENT = {
    Reading.VERY_STRONG: message("The groups agree almost fully on what matters most."),
    Reading.STRONG: message("The groups agree well on what matters most."),
    Reading.MODERATE: message("The groups agree moderately on what matters most."),
    Reading.WEAK: message("The groups agree little on what matters most."),
    Reading.VERY_WEAK: message("The groups hardly agree on what matters most."),
    Reading.ONE_VOICE: message("One group has weighed, so there is nobody to agree with yet."),
    Reading.NO_ORDER: message("To the groups all criteria matter the same."),
}


@dataclass(frozen=True)
class Voice:
    """A group's share of one for a criterion, now and (where it answered then too) in the round before."""

    group: str
    name: str
    share: float
    before: float | None


@dataclass(frozen=True)
class DisputedCriterion:
    """A criterion to talk about. ``weight`` is the agreed one as set, ``agreed`` its share of one, ``others`` the sum
    of all other agreed weights as set: with both a share can be turned into a weight. ``reason`` is why it was settled;
    the reason for which the mean was taken is none of its own. ``words`` are the sentences."""

    id: str
    name: str
    branch: str
    definition: str
    spread: int
    voices: tuple[Voice, ...]
    lowest: Voice
    highest: Voice
    mean: float
    agreed: float | None
    weight: float | None
    others: float
    reason: str
    settled: bool
    words: tuple[str, ...]

    def weight_of(self, share: float) -> float | None:
        """The weight that makes this criterion count as a share of one, the other weights being as they are."""
        if self.others <= 0 or not 0 <= share < 1:
            return None
        return round(share * self.others / (1 - share), 2)

    def share_of(self, weight: float) -> float | None:
        """What a weight counts as, the other weights being as they are."""
        return weight / (weight + self.others) if weight + self.others > 0 and weight >= 0 else None


@dataclass(frozen=True)
class GroupCount:
    """How far a group is in a hidden round, and nothing of what it says."""

    group: str
    name: str
    words: str
    answered: bool


@dataclass(frozen=True)
class Compared:
    """One criterion before and after a second round: means as shares of one, spreads in points."""

    id: str
    name: str
    mean_before: float
    mean_after: float
    spread_before: float
    spread_after: float


@dataclass(frozen=True)
class AgreementPage:
    """All the agreement screen shows."""

    state: str
    headline: str
    round_words: str
    round: reading.Round | None
    locked: bool
    agreed_set: bool
    may_adopt: bool
    criteria: tuple[DisputedCriterion, ...] = ()
    top: float = 1.0
    ticks: tuple[float, ...] = ()
    counts: tuple[GroupCount, ...] = ()
    compared_words: str = ""
    compared: tuple[Compared, ...] = ()
    explained: tuple[str, ...] = ()
    limit: float = 14.0

    def criterion(self, id: str | None) -> DisputedCriterion | None:
        return next((each for each in self.criteria if each.id == id), None)


def page(session: Session, workflow: Workflow, language: Language) -> AgreementPage:
    """Everything about the agreement as it stands; while a round is hidden nothing but counts."""
    say = language.say
    rows, current = reading.criteria(session), reading.current_round(session)
    locked, limit = reading.weights_locked(session), spread_limit(workflow)
    weights = results.weights(session, workflow)
    agreed_set = weights.origin == results.SET
    state = {"round": current, "locked": locked, "agreed_set": agreed_set, "limit": limit}
    if not rows:
        return AgreementPage(NO_CRITERIA, "", "", may_adopt=False, **state)  # type: ignore[arg-type]
    if current is not None and not current.revealed:
        counts = _counts(session, workflow, language, current, [row["id"] for row in rows])
        nobody = say("Round {number} is hidden: nobody has answered yet.", number=current.number)
        words = (
            nobody
            if not any(each.answered for each in counts)
            else language.say_n(
                "Round {number} is hidden: one group has answered.",
                "Round {number} is hidden: {n} groups have answered.",
                sum(each.answered for each in counts),
                number=current.number,
            )
        )
        hidden = say("Nothing is shown until the round is revealed.")
        return AgreementPage(HIDDEN, hidden, words, may_adopt=False, counts=counts, **state)  # type: ignore[arg-type]
    found = results.agreement(session, workflow, threshold=limit)
    if found is None or len(found.groups) < 2:
        words = _round_words(current, language)
        return AgreementPage(NO_VOICES, "", words, may_adopt=False, **state)  # type: ignore[arg-type]
    before = _round_before(session)
    earlier = results.group_weights(session, workflow, before.id) if before else {}
    branches = {row["id"]: (row["group"], row["definition"]) for row in rows}
    settled = reading.settled(session)
    by_id = {each.id: each for each in found.criteria}
    set_by_id = {each.id: each for each in weights.criteria}
    total = sum(each.as_set or 0.0 for each in weights.criteria)
    criteria = tuple(
        _criterion(
            by_id[id], set_by_id[id], total, agreed_set, branches[id], earlier, id in settled, limit, workflow, language
        )
        for id in found.disputed
    )
    highest = max(
        (share for each in criteria for voice in each.voices for share in (voice.share, voice.before or 0.0)),
        default=0.0,
    )
    top, ticks = axis(max(highest, max((each.agreed or 0.0 for each in criteria), default=0.0)))
    compared_words, compared = _compared(session, workflow, language, before)
    return AgreementPage(
        DISPUTED if criteria else NO_DISPUTE,
        _headline(found, criteria, language),
        _round_words(current, language, [group_name(workflow, key) for key in found.kept]),
        may_adopt=not locked,
        criteria=criteria,
        top=top,
        ticks=ticks,
        compared_words=compared_words,
        compared=compared,
        explained=_explained(found, session, workflow, language, limit),
        **state,  # type: ignore[arg-type]
    )


def group_name(workflow: Workflow, key: str) -> str:
    entry = workflow.catalogue("stakeholder_groups").find(key)
    return (entry.short or entry.name) if entry else key


def _criterion(
    found: results.CriterionAgreement,
    as_set: results.CriterionWeight,
    total: float,
    agreed_set: bool,
    about: tuple[str, str],
    earlier: Mapping[str, results.GroupShares],
    settled: bool,
    limit: float,
    workflow: Workflow,
    language: Language,
) -> DisputedCriterion:
    voices = tuple(
        Voice(
            group,
            group_name(workflow, group),
            share,
            earlier[group].shares.get(found.id) if group in earlier else None,
        )
        for group, share in found.shares.items()
    )
    by_group = {voice.group: voice for voice in voices}
    lowest, highest = by_group[found.lowest_group], by_group[found.highest_group]
    return DisputedCriterion(
        found.id,
        found.name,
        about[0],
        about[1],
        round(found.spread or 0),
        voices,
        lowest,
        highest,
        found.mean,
        as_set.share if agreed_set else None,
        as_set.as_set,
        total - (as_set.as_set or 0.0),
        found.reason if settled else "",
        settled and as_set.as_set is not None,
        _apart_words(voices, lowest, highest, limit, language),
    )


def _apart_words(
    voices: tuple[Voice, ...], lowest: Voice, highest: Voice, limit: float, language: Language
) -> tuple[str, ...]:
    """Who stands apart on a criterion: the two ends, and whether it is one group alone that makes the distance."""
    say = language.say
    words = [
        say(
            "{high} would give it {high_share}, {low} only {low_share}: {points} points apart.",
            high=highest.name,
            high_share=language.percent(highest.share),
            low=lowest.name,
            low_share=language.percent(lowest.share),
            points=language.number(round((highest.share - lowest.share) * 100)),
        )
    ]
    if len(voices) > 2:
        left = {
            end.group: _spread([voice.share for voice in voices if voice.group != end.group])
            for end in (lowest, highest)
        }
        alone = min((lowest, highest), key=lambda end: left[end.group])
        if left[alone.group] <= limit:
            words.append(
                say(
                    "Without {group} the others lie within {points} points.",
                    group=alone.name,
                    points=language.number(round(left[alone.group])),
                )
            )
        else:
            words.append(say("More than one group stands apart."))
    moved = [voice for voice in voices if voice.before is not None and abs(voice.share - voice.before) >= 0.005]
    if any(voice.before is not None for voice in voices):
        words.append(
            language.say_n(
                "One group moved since the round before.", "{n} groups moved since the round before.", len(moved)
            )
            if moved
            else say("No group moved since the round before.")
        )
    return tuple(words)


def _spread(shares: list[float]) -> float:
    return (max(shares) - min(shares)) * 100


def _headline(found: results.Agreement, criteria: tuple[DisputedCriterion, ...], language: Language) -> str:
    """How far the groups agree, then what is left to talk about."""
    open_ = sum(not each.settled for each in criteria)
    if not criteria:
        left = language.say("No criterion needs a discussion.")
    elif not open_:
        left = language.say_n(
            "The disputed criterion is settled.", "All {n} disputed criteria are settled.", len(criteria)
        )
    else:
        left = language.say_n("One criterion needs a discussion.", "{n} criteria need a discussion.", open_)
    agreement = language.tell(_AGREEMENT[found.concordance.reading])
    return language.say("{agreement} {left}", agreement=agreement, left=left)


def _round_words(current: reading.Round | None, language: Language, kept: list[str] | None = None) -> str:
    say = language.say
    if current is None:
        return say("The weights were collected without rounds.")
    if not current.revealed:
        return say("Round {number} is hidden.", number=current.number)
    words = (
        say("Round {number} is closed.", number=current.number)
        if current.closed
        else say("Round {number} is revealed and still open.", number=current.number)
    )
    if kept:
        return say("{round} From an earlier round: {names}.", round=words, names=language.listing(kept))
    return words


def _round_before(session: Session) -> reading.Round | None:
    """The revealed round before the one that is shown; None while there is only one."""
    revealed = [each for each in reading.rounds(session) if each.revealed]
    return revealed[-2] if len(revealed) > 1 else None


def _compared(
    session: Session, workflow: Workflow, language: Language, before: reading.Round | None
) -> tuple[str, tuple[Compared, ...]]:
    """What the second round changed, in one sentence and criterion by criterion, the widest spread before first."""
    after = reading.shown_round(session)
    if before is None or after is None:
        return "", ()
    found = results.compare_rounds(session, workflow, before.id, after.id)
    if found is None:
        return language.say("No group has answered in both rounds yet."), ()
    closer = sum(each.spread_after < each.spread_before - 0.5 for each in found.criteria)
    wider = sum(each.spread_after > each.spread_before + 0.5 for each in found.criteria)
    words = language.say(
        "From round {before} to round {after} the groups came closer on {closer} criteria and moved apart on {wider}.",
        before=found.before,
        after=found.after,
        closer=language.number(closer),
        wider=language.number(wider),
    )
    rows = sorted(found.criteria, key=lambda each: -each.spread_before)
    return words, tuple(
        Compared(each.id, each.name, each.mean_before, each.mean_after, each.spread_before, each.spread_after)
        for each in rows
    )


def _counts(
    session: Session, workflow: Workflow, language: Language, current: reading.Round, ids: list[str]
) -> tuple[GroupCount, ...]:
    """Which groups have answered in a hidden round: how many ballots, or that they gave their weights as a group."""
    ballots = reading.ballot_counts(session, current.id)
    given: dict[str, int] = {}
    for _id, group in reading.group_weights(session):
        given[group] = given.get(group, 0) + 1
    known = [entry.key for entry in workflow.catalogue("stakeholder_groups").entries]
    counts = []
    for key in [*known, *sorted((set(ballots) | set(given)) - set(known))]:
        whole = given.get(key, 0) >= len(ids)
        if ballots.get(key):
            words = language.say_n("One ballot is in", "{n} ballots are in", ballots[key])
        else:
            words = language.say("Weights are given") if whole else language.say("Not yet")
        counts.append(GroupCount(key, group_name(workflow, key), words, bool(ballots.get(key)) or whole))
    return tuple(counts)


def _explained(
    found: results.Agreement, session: Session, workflow: Workflow, language: Language, limit: float
) -> tuple[str, ...]:
    """How agreement is measured, in paragraphs; the only place where the measure has its name."""
    say, number = language.say, language.number
    lines = [
        say(
            "A criterion is disputed when the highest and the lowest group lie more than {n} points of 100 apart. "
            "These are listed, the widest first; the others need no talk.",
            n=number(limit),
        )
    ]
    w = found.concordance.w
    if w is not None:
        lines.append(
            say(
                "Overall agreement is Kendall's W, corrected for ties: 1 when all groups put the criteria in the same "
                "order, 0 when they share no order at all. Here it is {w} for {groups} groups.",
                w=number(w, 2),
                groups=number(len(found.groups)),
            )
        )
        lines.append(
            say(
                "Below 0.2 it is read as hardly any agreement, from 0.4 as moderate, from 0.6 as good, from 0.8 as nearly full."
            )
        )
    chance = found.concordance.chance
    if chance is not None:
        lines.append(
            say(
                "Orders drawn at random would agree at least so well in {share} of all cases.",
                share=language.percent(chance, 1),
            )
            if chance >= 0.001
            else say("Orders drawn at random would agree so well in fewer than one of a thousand cases.")
        )
    for each in found.apart[:3]:
        lines.append(
            say(
                "{group} would have to move {points} of its 100 points to say what the others say on the average.",
                group=group_name(workflow, each.group),
                points=number(each.points, 0),
            )
        )
    rule = reading.weight_rule(session)
    lines.append(
        say("The mean of the groups is geometric: very small weights pull it down.")
        if rule.mean == "geometric"
        else say("The mean of the groups is the plain mean.")
    )
    voices = reading.group_voices(session)
    lines.append(
        say(
            "These groups have a voice of their own size in it: {names}.",
            names=language.listing([group_name(workflow, key) for key in voices]),
        )
        if voices
        else say("Every group has the same voice in it, however many people it brought.")
    )
    return tuple(lines)
