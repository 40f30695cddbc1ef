"""What the influence map says: quadrants, how assessors differ, and which level of engagement follows from a place.

A value counts as high from 3.0 on, as it is shown with one decimal: exactly 3 is high. The suggested level is the first
of these that the workflow's list of levels knows:

===================  ==========================================================
place                level
===================  ==========================================================
high, high           lead if it decides, else collaborate, involve, consult
influence only       involve, consult, inform
interest only        involve, consult, inform (with a stronger voice)
low, low             inform; if it is affected at least consult
===================  ==========================================================
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from tna_desktop.kernel.findings import State
from tna_desktop.kernel.text import Message, half_up, message, message_n
from tna_desktop.kernel.workflow import Workflow

from .. import reading
from ..reading.map import MapRow, Seen

#: From here on influence and interest count as high.
MIDDLE = 3.0
KEEP_ENGAGED, DECIDE_TOGETHER = "keep_engaged", "decide_together"
KEEP_INFORMED, STRONGER_VOICE = "keep_informed", "stronger_voice"
#: The quadrants in reading order, as the wall and the chart name them.
QUADRANTS = {
    KEEP_ENGAGED: message("Keep engaged"),
    DECIDE_TOGETHER: message("Decide together"),
    KEEP_INFORMED: message("Keep informed"),
    STRONGER_VOICE: message("Give a stronger voice"),
}
MEANING = {
    KEEP_ENGAGED: message("Much influence, little interest: keep them engaged, and show what this changes for them."),
    DECIDE_TOGETHER: message("Much influence and much interest: decide together, from the draft to the end."),
    KEEP_INFORMED: message("Little influence and little interest: keep them informed, and ask again later."),
    STRONGER_VOICE: message("Much interest, little influence: give them a stronger voice where it is decided."),
}
LEAD, COLLABORATE, INVOLVE, CONSULT, INFORM = "lead", "collaborate", "involve", "consult", "inform"
ALL_LEVELS = (LEAD, COLLABORATE, INVOLVE, CONSULT, INFORM)
#: Levels that give someone with little influence a say.
HEARD = frozenset({LEAD, COLLABORATE, INVOLVE})
_LEVELS = {
    KEEP_ENGAGED: (INVOLVE, CONSULT, INFORM),
    DECIDE_TOGETHER: (COLLABORATE, INVOLVE, CONSULT),
    KEEP_INFORMED: (INFORM,),
    STRONGER_VOICE: (INVOLVE, CONSULT, INFORM),
}
_WHY = {
    KEEP_ENGAGED: message("What they decide matters: bring them into the workshops that touch it."),
    DECIDE_TOGETHER: message("They can help or stop the plan, and they care: work on it together."),
    KEEP_INFORMED: message("Plain news in a language they use is enough for now."),
    STRONGER_VOICE: message("They have much at stake: involve them, and answer their concerns in writing."),
}
#: As far as assessors may lie apart when the workflow says nothing else.
SPREAD_POINTS = 1.5


@dataclass(frozen=True)
class Place:
    """A place on the map, both from 1 to 5."""

    influence: float
    interest: float

    @property
    def quadrant(self) -> str:
        strong, keen = is_high(self.influence), is_high(self.interest)
        if strong:
            return DECIDE_TOGETHER if keen else KEEP_ENGAGED
        return STRONGER_VOICE if keen else KEEP_INFORMED

    @property
    def on_border(self) -> bool:
        """Whether one of the values is exactly in the middle, so that the side needs saying."""
        return MIDDLE in (shown(self.influence), shown(self.interest))


@dataclass(frozen=True)
class Spread:
    """How far the places that assessors gave lie apart: lowest and highest, and their mean to one decimal."""

    influence: tuple[float, float]
    interest: tuple[float, float]
    mean: Place
    assessors: int

    @property
    def widest(self) -> float:
        """The larger of the two distances, in points."""
        return max(self.of_influence, self.of_interest)

    @property
    def of_influence(self) -> float:
        return _points(self.influence)

    @property
    def of_interest(self) -> float:
        return _points(self.interest)


@dataclass(frozen=True)
class Standing:
    """A stakeholder on the map: where the team agreed it stands, and where each assessor puts it."""

    row: MapRow

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def label(self) -> str:
        """The name on the map."""
        return self.row.short or self.row.name

    def place(self, assessor: str = "") -> Place | None:
        """Where it stands; None while one of the two is unknown, for unknown is not the middle."""
        influence, interest = self.known(assessor)
        return None if influence is None or interest is None else Place(influence, interest)

    def known(self, assessor: str = "") -> Seen:
        """What is known of influence and interest."""
        return self.row.given.get(assessor, (None, None)) if assessor else (self.row.influence, self.row.interest)

    @cached_property
    def spread(self) -> Spread | None:
        """What the assessors' places span; None when none of them placed it."""
        places = [place for place in map(self.place, self.row.given) if place is not None]
        if not places:
            return None
        influences, interests = [each.influence for each in places], [each.interest for each in places]
        mean = Place(shown(sum(influences) / len(places)), shown(sum(interests) / len(places)))
        return Spread(
            (min(influences), max(influences)), (min(interests), max(interests)), mean, len(places)
        )  # fmt: skip

    @property
    def disputed(self) -> float:
        """How many points two or more assessors lie apart; 0 for one or none."""
        return self.spread.widest if self.spread is not None and self.spread.assessors > 1 else 0.0


@dataclass(frozen=True)
class InfluenceMap:
    """Everyone, in the team's order, and who has a map of their own. Assessors are private."""

    stakeholders: tuple[Standing, ...]
    assessors: tuple[str, ...]
    levels: tuple[str, ...]
    spread_points: float = SPREAD_POINTS

    def of(self, id: str | None) -> Standing | None:
        return next((each for each in self.stakeholders if each.id == id), None)

    def placed(self, assessor: str = "") -> list[Standing]:
        return [each for each in self.stakeholders if each.place(assessor) is not None]

    def waiting(self, assessor: str = "") -> list[Standing]:
        """Who has no place yet."""
        return [each for each in self.stakeholders if each.place(assessor) is None]

    @cached_property
    def compared(self) -> list[Standing]:
        """Whom at least one assessor placed, the widest spread first."""
        seen = [each for each in self.stakeholders if each.spread is not None]
        return sorted(seen, key=lambda each: -each.disputed)

    @property
    def means(self) -> dict[str, tuple[float, float]]:
        """The mean of the assessors, influence and interest, where it is not the agreed place already."""
        found = {each.id: each.spread.mean for each in self.compared if each.spread is not None}
        return {
            id: (mean.influence, mean.interest)
            for id, mean in found.items()
            if (standing := self.of(id)) is not None and standing.place() != mean
        }

    def suggestion(self, standing: Standing) -> str:
        """The level of engagement that follows from the agreed place; empty while there is none."""
        row = standing.row
        return suggested_level(
            row.influence, row.interest, decides=row.decides, affected=row.affected, levels=self.levels
        )

    @property
    def open_suggestions(self) -> dict[str, str]:
        """Suggested levels where the team has not decided yet."""
        found = {each.id: self.suggestion(each) for each in self.stakeholders if not each.row.engagement}
        return {id: level for id, level in found.items() if level}


@dataclass(frozen=True)
class Remark:
    """One thing the map says, and whom it is about."""

    state: State
    text: Message
    about: tuple[str, ...] = ()


def influence_map(session: Session, workflow: Workflow) -> InfluenceMap:
    """The map as it stands."""
    levels = tuple(entry.key for entry in workflow.catalogue("engagement_levels").entries)
    return InfluenceMap(
        tuple(Standing(row) for row in reading.map_rows(session)),
        tuple(reading.assessors(session)),
        levels,
        spread_points(workflow),
    )


def suggested_level(
    influence: float | None,
    interest: float | None,
    *,
    decides: bool = False,
    affected: bool = False,
    levels: Collection[str] = ALL_LEVELS,
) -> str:
    """The level of engagement that follows from a place; empty where one of the two is unknown.

    ``levels`` are those the workflow knows; the next milder one stands in for one it does not.
    """
    if influence is None or interest is None:
        return ""
    quadrant = Place(influence, interest).quadrant
    wished: tuple[str, ...] = _LEVELS[quadrant]
    if quadrant == DECIDE_TOGETHER and decides:
        wished = (LEAD, *wished)
    if quadrant == KEEP_INFORMED and affected:
        wished = (CONSULT, *wished)
    return next((level for level in wished if level in levels), "")


def spread_points(workflow: Workflow) -> float:
    """As far as assessors may lie apart: the number of the workflow's own check."""
    step = workflow.step("stakeholders.map")
    for check in step.checks if step else ():
        if check.check == "placements_agree" and "spread_points" in check.parameters:
            return float(check.parameters["spread_points"])
    return SPREAD_POINTS


def why_suggested(standing: Standing) -> Message | None:
    """Why that level is suggested, in a sentence."""
    place = standing.place()
    if place is None:
        return None
    if place.quadrant == DECIDE_TOGETHER and standing.row.decides:
        return message("They decide, and they care: a part of the work can be in their hands.")
    if place.quadrant == KEEP_INFORMED and standing.row.affected:
        return message("It affects them, so ask for their views and do not only inform them.")
    return _WHY[place.quadrant]


def voices(shown_map: InfluenceMap) -> Remark:
    """Whether those who care most have influence, or are at least involved."""
    placed = [(each, place) for each in shown_map.stakeholders if (place := each.place()) is not None]
    keen = [(each, place) for each, place in placed if is_high(place.interest)]
    if not keen:
        if placed:
            return Remark(State.OPEN, message("Nobody on the map has a high interest yet."))
        return Remark(State.OPEN, message("Nobody is on the map yet."))
    weak = [each for each, place in keen if not is_high(place.influence)]
    if not weak:
        return Remark(State.GOOD, message("Everyone with a high interest has influence too."))
    unheard = [each for each in weak if each.row.engagement not in HEARD]
    if not unheard:
        rest = message("all of these are involved")
    elif len(unheard) == len(weak):
        rest = message("nobody of these is involved yet")
    else:
        rest = message_n("one of these is not involved yet", "{n} of these are not involved yet", len(unheard))
    text = message_n(
        "Of {all} with a high interest, one has little influence; {rest}.",
        "Of {all} with a high interest, {n} have little influence; {rest}.",
        len(weak),
        all=len(keen),
        rest=rest,
    )
    if unheard:
        return Remark(State.ATTENTION, text, tuple(each.id for each in unheard))
    return Remark(State.GOOD, text, tuple(each.id for each in weak))


def deciders(shown_map: InfluenceMap) -> Remark:
    """Whether everyone who decides has a place."""
    deciding = [each for each in shown_map.stakeholders if each.row.decides]
    if not deciding:
        return Remark(State.OPEN, message("It is not said yet who decides."))
    missing = [each for each in deciding if each.place() is None]
    if not missing:
        text = message_n(
            "The one who decides is on the map.", "Everyone who decides is on the map: {n} in all.", len(deciding)
        )
        return Remark(State.GOOD, text, tuple(each.id for each in deciding))
    if len(missing) > 3:
        text = message_n(
            "{n} who decides has no place yet.", "{n} who decide have no place yet.", len(missing)
        )  # fmt: skip
    else:
        text = message_n(
            "{names} decides, and has no place yet.",
            "{names} decide, and have no place yet.",
            len(missing),
            names=[each.label for each in missing],
        )
    return Remark(State.ATTENTION, text, tuple(each.id for each in missing))


def agreement(shown_map: InfluenceMap, points: float | None = None) -> Remark:
    """Whether assessors see the same, and about whom they differ most."""
    limit = shown_map.spread_points if points is None else points
    twice = [each for each in shown_map.compared if each.spread is not None and each.spread.assessors > 1]
    if not twice:
        return Remark(State.OPEN, message("No stakeholder was placed by two assessors yet."))
    wide = [each for each in twice if each.disputed > limit + 1e-9]
    if not wide:
        text = message("Assessors lie at most {points} points apart.", points=shown(twice[0].disputed))
        return Remark(State.GOOD, text)
    first = wide[0]
    assert first.spread is not None
    on_influence = first.spread.of_influence >= first.spread.of_interest
    said = (
        message("the influence of {name}, by {points} points", name=first.label, points=shown(first.disputed))
        if on_influence
        else message("the interest of {name}, by {points} points", name=first.label, points=shown(first.disputed))
    )
    text = message_n(
        "Assessors differ about one stakeholder: {most}.",
        "Assessors differ about {n} stakeholders, most about {most}.",
        len(wide),
        most=said,
    )
    return Remark(State.ATTENTION, text, tuple(each.id for each in wide))


def remarks(shown_map: InfluenceMap) -> list[Remark]:
    """What the map says, for its margin. What nobody has begun is left out."""
    found = [voices(shown_map), deciders(shown_map), agreement(shown_map)]
    return [each for each in found if each.state is not State.OPEN]


def by_quadrant(shown_map: InfluenceMap) -> Mapping[str, list[Standing]]:
    """Who stands where by agreement, the quadrants in reading order."""
    found: dict[str, list[Standing]] = {quadrant: [] for quadrant in QUADRANTS}
    for each in shown_map.stakeholders:
        place = each.place()
        if place is not None:
            found[place.quadrant].append(each)
    return found


def is_high(value: float) -> bool:
    """Whether a value counts as high. What a reader sees decides: 2.96 is shown as 3.0 and is high."""
    return shown(value) >= MIDDLE


def shown(value: float) -> float:
    """A value with one decimal, halves rounded up, as every screen and page writes it."""
    return half_up(value, 1)


def _points(ends: tuple[float, float]) -> float:
    """The distance without the last digits that binary fractions leave."""
    return round(ends[1] - ends[0], 6)
