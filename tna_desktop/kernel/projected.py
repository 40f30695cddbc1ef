"""What may be seen on the wall: plain words and numbers that a stage hands out, page by page.

The wall knows no document, no desk and no record. All that reaches it is one ``Projection``, made by the ``wall`` module
of a stage from an allow-list of fields; names of persons, contact data, remarks and withheld entries have no place here.
All texts are already said in the language of the wall. Shares are parts of one, ratings 1 to 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Figure:
    """A large number with what it counts ("27", "stakeholders"); ``wanting`` where something is missing, in words."""

    value: str
    words: str
    wanting: bool = False


@dataclass(frozen=True)
class Statement:
    """A sentence or two, and large numbers below: the scope, a step that has nothing else to show."""

    lines: tuple[str, ...]
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class NameList:
    """Names under a heading; ``group`` gives a stakeholder group's shape, ``note`` says why there are none."""

    heading: str
    names: tuple[str, ...]
    group: str = ""
    count: str = ""
    note: str = ""


@dataclass(frozen=True)
class Names:
    """Lists of names side by side: the register by group, the long list by sector."""

    lists: tuple[NameList, ...]


@dataclass(frozen=True)
class Pill:
    """A stakeholder on the influence map. ``spread`` is how far assessors lie apart: lowest and highest of each axis."""

    id: str
    name: str
    group: str
    influence: float
    interest: float
    spread: tuple[float, float, float, float] | None = None  # interest from, to; influence from, to


@dataclass(frozen=True)
class Map:
    """The influence map. ``quadrants`` are keep engaged, decide together, keep informed, give a stronger voice."""

    pills: tuple[Pill, ...]
    quadrants: tuple[str, str, str, str]
    influence: str
    interest: str
    low: str
    high: str
    waiting: str = ""  # how many are not placed yet


@dataclass(frozen=True)
class Cell:
    """One cell of a matrix: a short text, or a mark with its words; ``wanting`` where a gap needs the room's attention."""

    text: str
    wanting: bool = False
    words: str = ""


@dataclass(frozen=True)
class MatrixRow:
    name: str
    cells: tuple[Cell, ...]
    group: str = ""


@dataclass(frozen=True)
class Matrix:
    """A small table: groups by stages with how many take part, policy needs with who can act."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    corner: str = ""


@dataclass(frozen=True)
class Event:
    """A meeting, without persons: ``when`` a day in words, ``state`` "held" or "planned" as a word to show."""

    when: str
    title: str
    place: str = ""
    state: str = ""


@dataclass(frozen=True)
class Month:
    title: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Calendar:
    """Meetings by month."""

    months: tuple[Month, ...]


@dataclass(frozen=True)
class Branch:
    """A branch of the criteria tree, with its weight in words and what hangs on it: (name, weight in words, depth)."""

    name: str
    weight: str
    leaves: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Tree:
    """The criteria tree, a branch a column."""

    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class WeightRow:
    """A criterion's weight: what each group gives (group, share), the agreed share, and "Discuss" where they differ."""

    id: str
    name: str
    value: str
    voices: tuple[tuple[str, float], ...]
    agreed: float | None
    discuss: str = ""
    ends_branch: bool = False


@dataclass(frozen=True)
class Weights:
    """Criteria with the groups' weights as shapes on a common scale."""

    rows: tuple[WeightRow, ...]


@dataclass(frozen=True)
class Disputed:
    """One criterion to talk about: what it means, the groups' weights, and what each end of the spread says."""

    row: WeightRow
    definition: str
    spread: str
    lines: tuple[str, ...] = ()
    before: tuple[tuple[str, float], ...] = ()  # the round before, group and share


@dataclass(frozen=True)
class Hidden:
    """A round whose answers are not revealed yet: how many are in, by group, and nothing of what they say."""

    line: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Bar:
    """A technology's place and value 0 to 100; ``parts`` are shares of the value by branch, ``chosen`` the shortlist.

    Without a value, ``low`` and ``high`` are the ends between which it can still lie, and ``why`` says why it is not
    known; ``parts`` are then shares of the low end.
    """

    id: str
    name: str
    place: str
    value: float | None
    words: str
    parts: tuple[float, ...] = ()
    chosen: bool = False
    low: float | None = None
    high: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Bars:
    """Ranked bars. ``parts`` names what the parts of a bar are, in their order; ``heading`` those ranked together.

    ``note`` says more about these under the heading. ``ties`` are pairs of bars that are nearly equal, ``tie`` the
    words for that; ``unknown`` says what a hatched part is.
    """

    bars: tuple[Bar, ...]
    parts: tuple[str, ...] = ()
    chosen: str = ""
    heading: str = ""
    note: str = ""
    ties: tuple[tuple[str, str], ...] = ()
    tie: str = ""
    unknown: str = ""


@dataclass(frozen=True)
class PlacesRow:
    """A technology with the share of the trials in which it takes each place, first place first.

    ``among`` says in words how often it is one of the first.
    """

    id: str
    name: str
    place: str
    shares: tuple[float, ...]
    among: str
    chosen: bool = False


@dataclass(frozen=True)
class Places:
    """How often each place comes up in the trials; ``among`` heads the last column."""

    rows: tuple[PlacesRow, ...]
    heading: str
    among: str
    chosen: str = ""


@dataclass(frozen=True)
class Cause:
    """A barrier in the tree of one technology; ``above`` is what it is a cause of ("" for the core problem)."""

    id: str
    name: str
    above: str
    kind: str = ""


@dataclass(frozen=True)
class Causes:
    """The tree of causes of one technology, the core problem first."""

    technology: str
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class Span:
    """An action in time, without money: ``funded`` is the share with a source (None: unknown)."""

    id: str
    name: str
    lead: str
    start: date | None
    end: date | None
    funded: float | None = None
    policy_need: bool = False


@dataclass(frozen=True)
class Timeline:
    """Actions in time; ``today`` draws the line."""

    spans: tuple[Span, ...]
    today: date
    years: tuple[int, ...] = ()


Page = (
    Statement | Names | Map | Matrix | Calendar | Tree | Weights | Disputed | Hidden | Bars | Places | Causes | Timeline
)  # fmt: skip


@dataclass(frozen=True)
class Projection:
    """What one step shows on the wall: pages (each is divided further where it does not fit), a sentence, a legend.

    ``legend`` lists the stakeholder groups that occur, (key, short name); ``sentence`` says the conclusion first.
    """

    pages: tuple[Page, ...]
    sentence: str = ""
    legend: tuple[tuple[str, str], ...] = ()
