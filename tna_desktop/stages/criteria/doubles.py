"""Criteria that may say the same twice: near-equal names, and money that is counted in two branches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

#: Small words that carry no meaning of their own, in the languages of the program; those of two letters are left out anyway.
_SMALL_WORDS = "and the for with from its les des aux une dans pour par sur del los las una con para por que"
#: How money is spoken of in the name of a criterion. Whole words where words are spaced, parts of a word where not.
_MONEY_WORDS = (
    "cost costs costly price prices expense expenses expenditure capex opex "
    "coût coûts cout couts prix dépense dépenses "
    "costo costos coste costes precio precios gasto gastos "
    "стоимость стоимости затраты затрат цена цены расходы расходов "
    "تكلفة التكلفة كلفة تكاليف التكاليف سعر السعر"
)
_MONEY_PARTS = ("成本", "费用", "价格", "支出")
#: Currency signs, and codes of three letters as they stand in a unit ("USD", "EUR/ha", "k$ per year").
_SIGNS = frozenset("$€£¥₽₹₩₦₱฿₫₴₡₲₵")
_CODES = (
    "USD EUR GBP JPY CNY RUB INR BRL ZAR CHF CAD AUD XOF XAF XCD XPF KES NGN EGP MXN COP PEN CLP ARS IDR PHP VND THB "
    "BDT PKR LKR NPR ETB GHS TZS UGX MAD TND DZD FJD PGK"
)
_SMALL, _MONEY, _CURRENCIES = (frozenset(words.split()) for words in (_SMALL_WORDS, _MONEY_WORDS, _CODES))


def words_of(name: str) -> frozenset[str]:
    """The words of a name that carry its meaning, whatever their order, case, and a plural s."""
    found = re.findall(r"[^\W_]+", name.casefold())
    return frozenset(_singular(word) for word in found if (len(word) > 2 or not word.isascii()) and word not in _SMALL)


def near_doubles(names: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of (id, name) that may be one criterion, as pairs of ids.

    Two names are nearly the same when they hold the same words in any order, or when one holds all words of the
    other and these are at least half of its own ("Cost" and "Cost to start"; not "Water" and "Food and water security").
    """
    read = [(id, " ".join(name.casefold().split()), words_of(name)) for id, name in names]
    return [
        (first, second)
        for (first, plain, words), (second, other_plain, others) in combinations(read, 2)
        if plain == other_plain or _near(words, others)
    ]


def _near(first: frozenset[str], second: frozenset[str]) -> bool:
    few, many = sorted((first, second), key=len)
    return bool(few) and few <= many and len(few) * 2 >= len(many)


def measures_money(row: Mapping[str, Any]) -> bool:
    """Whether a criterion measures money: its unit is a currency, or its name speaks of cost."""
    unit = str(row["unit"])
    if any(sign in _SIGNS for sign in unit) or any(code in _CURRENCIES for code in re.findall(r"\b[A-Z]{3}\b", unit)):
        return True
    names = f"{row['name']} {row['short']}".casefold()
    return any(part in names for part in _MONEY_PARTS) or not _MONEY.isdisjoint(re.findall(r"[^\W_]+", names))


def cost_in_branches(rows: Iterable[Mapping[str, Any]], tops: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """The criteria that measure money, when they stand in more than one branch of the top; otherwise none.

    Within one branch, cost to start and cost to run stand side by side on purpose.
    """
    found = [row for row in rows if measures_money(row)]
    branches = {tops.get(row["group_id"], "") for row in found}
    return found if len(branches) > 1 else []


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
