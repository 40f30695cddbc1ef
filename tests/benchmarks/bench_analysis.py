"""How long the analysis of a ranking takes, beside the bare NumPy parts that any such computation needs, in one run.

`make bench`, or: python -m pytest -m benchmark -s tests/benchmarks/bench_analysis.py
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tna_desktop.analysis.promethee import Preference, promethee2
from tna_desktop.analysis.sensitivity import one_way
from tna_desktop.analysis.uncertainty import smaa2
from tna_desktop.analysis.weight_space import AnyWeights

pytestmark = pytest.mark.benchmark
M, N, TRIALS = 50, 12, 10_000
#: The bare parts work on so many trials at a time.
CHUNK = 500


def medians(works: dict[str, Callable[[], Any]], rounds: int = 15) -> dict[str, float]:
    """Milliseconds, the median of some rounds; the works take turns, so that a disturbance meets all of them."""
    spent: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            spent[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(times) for name, times in spent.items()}


class Bare:
    """The parts alone, each in its fastest plain form and on chunks that stay in the cache."""

    def __init__(self, values: np.ndarray, trials: int = TRIALS) -> None:
        self.trials = trials
        self.generator = np.random.Generator(np.random.SFC64(1))
        self.values = np.ascontiguousarray(values.T)
        self.weights = self.generator.standard_exponential((CHUNK, N))
        self.sums = self.weights @ self.values
        self.half = self.weights[: CHUNK // 2]  # larger products are spread over threads, which is slower here
        self.scores = self.generator.random((CHUNK, M, N))
        self.cells = self.generator.integers(0, M * M, CHUNK * M)
        self.winners = self.generator.integers(0, M, CHUNK)
        self.low, self.likely, self.high = values - 1, values, values + 1

    def chunks(self) -> int:
        return -(-self.trials // CHUNK)

    def draw(self) -> None:
        for _ in range(self.chunks()):
            self.generator.standard_exponential((CHUNK, N))

    def product(self) -> None:
        for _ in range(2 * self.chunks()):
            self.half @ self.values

    def sort(self) -> None:
        for _ in range(self.chunks()):
            np.sort(self.sums, axis=1)

    def argsort(self) -> None:
        """A sort that says which technology each value belongs to, as ranking needs."""
        for _ in range(self.chunks()):
            np.argsort(self.sums, axis=1)

    def count(self) -> None:
        """Who took which place, and the weights of the winners."""
        for _ in range(self.chunks()):
            np.bincount(self.cells, minlength=M * M)
            for weights in self.weights.T:
                np.bincount(self.winners, weights, M)

    def draw_bits(self) -> None:
        """Nothing but the random bits for two 16-bit numbers a cell."""
        for _ in range(self.chunks()):
            self.generator.bit_generator.random_raw(CHUNK * M * N // 2)

    def draw_triangular(self) -> None:
        for _ in range(self.chunks()):
            self.generator.triangular(self.low, self.likely, self.high, (CHUNK, M, N))

    def product_of_each(self) -> None:
        for _ in range(self.chunks()):
            self.scores @ self.weights[:, :, np.newaxis]


def table(m: int = M, n: int = N) -> np.ndarray:
    return np.random.default_rng(7).random((m, n)) * 80 + 10


def test_acceptability_with_exact_scores() -> None:
    values, weights = table(), AnyWeights(N)
    bare = Bare(values)
    found = medians(
        {
            "draw": bare.draw,
            "product": bare.product,
            "sort": bare.sort,
            "argsort": bare.argsort,
            "count": bare.count,
            "ours": lambda: smaa2(values, weights, trials=TRIALS),
            "pairs": lambda: smaa2(values, weights, trials=TRIALS, pairwise=True),
            "full": lambda: smaa2(values, weights, trials=TRIALS, pairwise=True, confidence=True),
        }
    )
    parts = found["draw"] + found["product"] + found["sort"]
    ranked, counted = parts - found["sort"] + found["argsort"], parts + found["count"]
    print(f"\nexact, {M} x {N}, {TRIALS:,} trials: {found['ours']:.2f} ms; draw {found['draw']:.2f} + product "
          f"{found['product']:.2f} + sort {found['sort']:.2f} = {parts:.2f} ms bare: {found['ours'] / parts:.2f} times; "
          f"with the bare counting {counted:.2f} ms: {found['ours'] / counted:.2f} times; with a bare sort that says whose "
          f"the values are {ranked:.2f} ms: {found['ours'] / ranked:.2f} times; with pairwise winning "
          f"{found['pairs']:.1f} ms, and with confidence {found['full']:.1f} ms")  # fmt: skip
    assert found["ours"] / parts < 2.5


def test_acceptability_with_uncertain_scores() -> None:
    values, weights = table(), AnyWeights(N)
    low, high = values - 10, values + 10
    bare = Bare(values)
    found = medians(
        {
            "draw": bare.draw,
            "bits": bare.draw_bits,
            "triangular": bare.draw_triangular,
            "product": bare.product_of_each,
            "sort": bare.sort,
            "ours": lambda: smaa2(values, weights, low=low, high=high, trials=TRIALS),
            "full": lambda: smaa2(values, weights, low=low, high=high, trials=TRIALS, pairwise=True, confidence=True),
        },
        rounds=7,
    )
    bits = found["draw"] + found["bits"] + found["product"] + found["sort"]
    parts = found["draw"] + found["triangular"] + found["product"] + found["sort"]
    print(f"\ntriangular, {M} x {N}, {TRIALS:,} trials: {found['ours']:.1f} ms; bare draw of triangular numbers + product "
          f"+ sort {parts:.1f} ms: {found['ours'] / parts:.2f} times; with nothing but the random bits as the draw "
          f"{bits:.1f} ms: {found['ours'] / bits:.2f} times; with pairwise winning and confidence {found['full']:.1f} ms")  # fmt: skip
    assert found["ours"] < parts * 1.5


def test_cost_is_linear_in_trials() -> None:
    values, weights = table(), AnyWeights(N)
    found = medians(
        {str(trials): lambda trials=trials: smaa2(values, weights, trials=trials) for trials in (10_000, 100_000)},
        rounds=5,
    )
    print(f"\nten times the trials take {found['100000'] / found['10000']:.1f} times as long")
    assert found["100000"] / found["10000"] < 15


def test_crossovers() -> None:
    values, weights = table(), np.random.default_rng(3).random(N) + 0.1
    one, two = np.triu_indices(M, 1)

    def bare() -> None:
        apart = (values[one] - values[two]).T
        rest = weights @ apart
        np.nonzero(rest / (rest - apart) >= 0)

    found = medians({"bare": bare, "ours": lambda: one_way(values, weights)})
    print(f"\ncrossovers and stability intervals {M} x {N}: {found['ours']:.2f} ms; one bare division and selection of all "
          f"pairs {found['bare']:.2f} ms: {found['ours'] / found['bare']:.1f} times")  # fmt: skip
    assert found["ours"] / found["bare"] < 12


@pytest.mark.parametrize("preference", Preference)
def test_preference_flows(preference: Preference) -> None:
    scores, weights = table(500, 20), np.ones(20)

    def bare() -> None:
        for column in scores.T:
            P = column[:, np.newaxis] - column
            P.sum(axis=0)
            P.sum(axis=1)

    found = medians({"bare": bare, "ours": lambda: promethee2(scores, [1] * 20, weights, preference, q=5, p=40)})
    print(f"\nPROMETHEE II {preference} 500 x 20: {found['ours']:.2f} ms; bare differences of all pairs and their sums "
          f"{found['bare']:.2f} ms: {found['ours'] / found['bare']:.2f} times")  # fmt: skip
    assert found["ours"] < found["bare"]
