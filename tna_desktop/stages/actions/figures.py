"""The pictures of stage 5, the same on the screen and in the report: money by source, and need by year."""

from __future__ import annotations

from collections.abc import Iterable

from tna_desktop.charts.columns import YearColumn, column_chart
from tna_desktop.charts.stacked import Stack, stacked_bar
from tna_desktop.kernel.text import Language
from tna_desktop.kernel.workflow import Workflow

from . import results, sheet

#: From which amount on a unit is used, its size and its word; 4,200 is short enough as it is.
_UNITS = ((1e9, 1e9, "billion"), (1e6, 1e6, "million"), (1e5, 1e3, "thousand"))


def in_unit(amounts: Iterable[float]) -> tuple[float, str]:
    """The largest unit in which every amount is told within 5 % by one decimal: (divisor, word)."""
    known = [amount for amount in amounts if amount]
    for least, size, word in _UNITS:
        if known and max(known) >= least and all(abs(round(a / size, 1) * size - a) <= a / 20 for a in known):
            return size, word
    return 1.0, ""


def total_shown(budget: results.Budget, language: Language) -> str:
    """The whole plan's known cost in few characters: 11.2 million USD."""
    size, unit = in_unit([budget.cost])
    return language.money(budget.cost / size, budget.currency, unit)


def money_bar(
    budget: results.Budget, workflow: Workflow, language: Language, *, width: float = 627, dark: bool = False
) -> tuple[str, str]:
    """The money by source in one bar, the largest first, what has no source hatched: SVG text and its sentences."""
    names = [sheet.source_name(workflow, language, part.key) for part in budget.sources]
    size, unit = in_unit([*(part.funded for part in budget.sources), budget.gap])
    stack = Stack("", tuple(part.funded / size for part in budget.sources), budget.gap / size)
    return stacked_bar([stack], names, language, currency=budget.currency, unit=unit, width=width, dark=dark)


def year_columns(
    budget: results.Budget,
    language: Language,
    *,
    title: str = "",
    width: float = 360,
    height: float = 150,
    dark: bool = False,
) -> tuple[str, str]:
    """Need and sources by year as columns: SVG text and its sentences. ``title`` where none stands above it."""
    size, unit = in_unit(part.cost for part in budget.years)
    columns = [
        YearColumn(
            sheet.year_name(part, language),
            part.funded / size,
            part.gap / size,
            _number(part.cost / size, unit, language),
        )
        for part in budget.years
    ]
    return column_chart(
        columns,
        language,
        found=language.say("has a source"),
        missing=language.say("no source yet"),
        title=title,
        width=width,
        height=height,
        dark=dark,
    )


def _number(amount: float, unit: str, language: Language) -> str:
    return language.number(amount, 1 if unit and amount < 100 else 0)


def year_title(budget: results.Budget, language: Language) -> str:
    """The title of the columns, with the unit their numbers are in."""
    _, unit = in_unit(part.cost for part in budget.years)
    unit_words = {
        "thousand": language.say("thousand {currency}", currency=budget.currency),
        "million": language.say("million {currency}", currency=budget.currency),
        "billion": language.say("billion {currency}", currency=budget.currency),
    }
    return language.say("Need and sources by year, {unit}", unit=unit_words.get(unit, budget.currency))
