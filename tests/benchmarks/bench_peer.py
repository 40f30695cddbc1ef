"""The trials beside the fastest library that can be installed: the same table, the same number of trials, side by side.

The library (PySensMCDA, with a bare weighted sum as its method) is never a dependency: it lives in an environment of its
own, whose Python is named by TNA_PEER. Both programs run in turns, each timing itself without its imports.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[2]
PEER = os.environ.get("TNA_PEER", "")

OURS = """
import json, sys, time
import numpy as np
from tna_desktop.analysis.uncertainty import smaa2
from tna_desktop.analysis.weight_space import AnyWeights
values = np.random.default_rng(7).random((50, 12)) * 80 + 10
def exact(): return smaa2(values, AnyWeights(12), trials=10_000).rank_acceptability
def drawn(): return smaa2(values, AnyWeights(12), low=values - 10, high=values + 10, trials=10_000).rank_acceptability
def full():
    return smaa2(
        values, AnyWeights(12), low=values - 10, high=values + 10, trials=10_000, pairwise=True, confidence=True
    ).rank_acceptability
"""
PEERS = """
import json, sys, time
import numpy as np
from pysensmcda.smaa import rank_acceptability, simulate, smaa2
values = np.random.default_rng(7).random((50, 12)) * 80 + 10
types = np.ones(12)
def weighted_sum(matrix, weights, types): return matrix @ weights
def run(**more):
    return simulate(weighted_sum, values, types, num_samples=10_000, reverse_ranking=True, store="accumulate", seed=1, **more)
def exact(): return run().rank_acceptability()
generator = np.random.default_rng(1)
def drawn():
    samples = generator.triangular(values - 10, values, values + 10, (10_000, 50, 12))
    return run(matrix_samples=samples).rank_acceptability()
def full():
    samples = generator.triangular(values - 10, values, values + 10, (10_000, 50, 12))
    return smaa2(
        weighted_sum, values, types, num_samples=10_000, matrix_samples=samples, reverse_ranking=True, seed=1
    ).rank_acceptability
"""
TIMING = """
found = {}
for name, work in (("exact", exact), ("drawn", drawn), ("full", full)):
    work()
    best = []
    for _ in range(3):
        started = time.perf_counter()
        shares = work()
        best.append((time.perf_counter() - started) * 1000)
    found[name] = {"ms": sorted(best)[1], "first": np.asarray(shares)[:, 0].tolist()}
print(json.dumps(found))
"""


def timed(python: str, program: str) -> dict[str, dict]:
    outcome = subprocess.run(
        [python, "-c", program + TIMING], cwd=ROOT, capture_output=True, text=True, timeout=600, check=True
    )
    return json.loads(outcome.stdout)


def test_trials_beside_the_fastest_library() -> None:
    if not PEER:
        pytest.skip("TNA_PEER names no Python in which PySensMCDA is installed")
    ours, peers = [], []
    for _ in range(3):
        ours.append(timed(sys.executable, OURS))
        peers.append(timed(PEER, PEERS))
    for name in ("exact", "drawn", "full"):
        mine = statistics.median(each[name]["ms"] for each in ours)
        theirs = statistics.median(each[name]["ms"] for each in peers)
        print(f"\n{name}, 50 x 12, 10,000 trials: {mine:.1f} ms; PySensMCDA {theirs:.0f} ms: {theirs / mine:.0f} times")
        # It is the same question: the shares of first places agree as far as 10,000 trials can say.
        assert ours[0][name]["first"] == pytest.approx(peers[0][name]["first"], abs=0.03)
