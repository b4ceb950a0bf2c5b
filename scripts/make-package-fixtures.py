#!/usr/bin/env python3
"""Makes Tests/StatisticsTests/Fixtures/packages.csv: Sharpe ratios, their deflation, bounds of winners and tests as two
packages from PyPI compute them.

usage: make-package-fixtures.py   (needs ml4t-diagnostic, holdout-backtest and NumPy from PyPI)

Each line is `package,case,key,values`, the values joined by spaces. Matrices are those of scripts/fixtures/samples.py, and
for the Reality Check its resamples too, which ml4t-diagnostic is made to use.

Their conventions are not all ours. ml4t-diagnostic multiplies the variance of a deflated Sharpe ratio by that of the largest
of K normal numbers (López de Prado, Lipton & Zoonekynd 2025, equation 29), so its factor is written as well; rounds track
records up, after adding a bar; and counts a winner as overfitted where its rank is below the median alone. A p-value of its
Reality Check is a share of resamples, which comes out as a count here. holdout-backtest takes estimates as independent, so
that a winner is bounded by the runner-up; its interval at 90 % ends at the one-sided bound at 95 %.
"""

import importlib.metadata
import itertools
import platform
import sys
from pathlib import Path

import numpy
from holdout import deflated, selection
from ml4t.diagnostic.evaluation.stats import reality_check
from ml4t.diagnostic.evaluation.stats.backtest_overfitting import compute_pbo
from ml4t.diagnostic.evaluation.stats.deflated_sharpe_ratio import deflated_sharpe_ratio_from_statistics
from ml4t.diagnostic.evaluation.stats.effective_trials import effective_number_of_trials
from ml4t.diagnostic.evaluation.stats.moments import compute_return_statistics
from ml4t.diagnostic.evaluation.stats.sharpe_inference import get_variance_rescaling_factor

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/fixtures"))

from samples import matrix, resamples  # noqa: E402

TARGET = ROOT / "Tests/StatisticsTests/Fixtures/packages.csv"
RESAMPLES, BLOCK, BENCHMARK, VARIANCE = 199, 8, 0.02, 0.001
lines = []


def emit(package, case, key, values):
    lines.append(f"{package},{case},{key}," + " ".join(repr(float(v)) for v in numpy.atleast_1d(values)))


def trading(name):
    """Without the strategy of "bitcoin" that never trades."""
    return numpy.delete(matrix(name), 20, axis=1) if name == "bitcoin" else matrix(name)


def sharpe_ratios(name, column):
    returns = matrix(name)[:, column]
    case = f"{name}/{column}"
    sharpe, skewness, kurtosis, correlation, bars = compute_return_statistics(returns)
    emit("ml4t-diagnostic", case, "moments", [sharpe, skewness, kurtosis, correlation])

    def judged(trials, benchmark):
        return deflated_sharpe_ratio_from_statistics(
            sharpe, bars, n_trials=trials, variance_trials=VARIANCE, benchmark_sharpe=benchmark, skewness=skewness,
            excess_kurtosis=kurtosis - 3, autocorrelation=correlation)
    emit("ml4t-diagnostic", case, "probability", [judged(1, 0).probability, judged(1, BENCHMARK).probability])
    emit("ml4t-diagnostic", case, "length", judged(1, 0).min_trl)
    for trials in (2, 10, 45):
        found = judged(trials, 0)
        factor = get_variance_rescaling_factor(trials)
        emit("ml4t-diagnostic", case, f"deflated {trials}", [found.expected_max_sharpe, found.z_score, factor])
        emit("holdout-backtest", case, f"deflated {trials}", deflated.deflated_sharpe_ratio(
            sharpe, bars, n_trials=trials, trials_variance=VARIANCE, skewness=skewness, kurtosis=kurtosis))
    shape = {"skewness": skewness, "kurtosis": kurtosis}
    emit("holdout-backtest", case, "probability", [
        deflated.probabilistic_sharpe_ratio(sharpe, bars, benchmark=b, **shape) for b in (0, BENCHMARK)])
    emit("holdout-backtest", case, "length", deflated.minimum_track_record_length(sharpe, **shape))


def cross_validated(name, blocks):
    returns = trading(name)
    parts = numpy.split(returns[len(returns) % blocks:], blocks)

    def sharpe(chosen):
        rows = numpy.concatenate([parts[block] for block in chosen])
        return rows.mean(axis=0) / rows.std(axis=0, ddof=1)
    inside = list(itertools.combinations(range(blocks), blocks // 2))
    outside = [[block for block in range(blocks) if block not in chosen] for chosen in inside]
    found = compute_pbo(*(numpy.array([sharpe(c) for c in side]) for side in (inside, outside)))
    emit("ml4t-diagnostic", f"{name}/{blocks}", "overfitting", found.pbo)


def checked(name):
    """The Reality Check with our resamples: blocks on the circle of bars, one after the other."""
    returns = matrix(name)
    bars = len(returns)
    lists = iter(resamples(bars, RESAMPLES, BLOCK))
    reality_check._stationary_bootstrap_indices = lambda *_: next(lists)
    found = reality_check.whites_reality_check(numpy.zeros(bars), returns, bootstrap_samples=RESAMPLES)
    emit("ml4t-diagnostic", name, "check", [found["test_statistic"], round(found["p_value"] * RESAMPLES)])


def bounded():
    """Estimates and errors, the bound at 95 % and the median."""
    cases = {
        "clear": ([0.02, 0.12, 0.04, -0.01], [0.03, 0.03, 0.03, 0.03]),
        "near": ([0.02, 0.12, 0.11, 0.1], [0.03, 0.03, 0.03, 0.03]),
        "of one skill": ([0.3, 0.1], [0.05, 0.05]),
        "errors differ": ([0.09, 0.05, 0.08], [0.04, 0.01, 0.02]),
        "below 0": ([-0.02, -0.05, -0.021], [0.02, 0.02, 0.02]),
    }
    for name, (estimates, errors) in cases.items():
        found = selection.selection_inference(estimates, errors, level=0.9)
        emit("holdout-backtest", name, "estimates", estimates)
        emit("holdout-backtest", name, "errors", errors)
        emit("holdout-backtest", name, "bounds", [found.interval.lower, found.interval.median])


for name, column in (("bitcoin", 2), ("bitcoin", 21), ("tailed", 7), ("tailed", 29)):
    sharpe_ratios(name, column)
for name in ("bitcoin", "tailed"):
    emit("ml4t-diagnostic", name, "rank", effective_number_of_trials(trading(name)).k_eff)
    for blocks in (4, 8):
        cross_validated(name, blocks)
for name in ("bitcoin", "tailed", "planted"):
    checked(name)
bounded()
versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("ml4t-diagnostic", "holdout-backtest", "numpy"))
header = f"# {versions}, Python {platform.python_version()}, by scripts/{Path(__file__).name}\npackage,case,key,values\n"
TARGET.write_text(header + "\n".join(lines) + "\n")
print(f"{len(lines)} lines")
