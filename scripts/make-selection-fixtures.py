#!/usr/bin/env python3
"""Makes Tests/StatisticsTests/Fixtures/selection.csv: what is known of the best of many strategies, by NumPy and SciPy.

usage: make-selection-fixtures.py   (needs NumPy and SciPy from PyPI)

Each line is `group,case,key,values`, the values joined by spaces. Returns and resamples are those of
scripts/fixtures/samples.py. Everything is written from the papers, in another way than the program: the stepwise test by
its definition, one strategy after another; the best of subsets by counting subsets; bounds by the quantiles of SciPy's
truncated normal distribution; kernels by sums over all lags.
"""

import math
import platform
import sys
from pathlib import Path

import numpy
import scipy
from scipy import optimize, stats

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/fixtures"))

from samples import matrix, resamples  # noqa: E402

TARGET = ROOT / "Tests/StatisticsTests/Fixtures/selection.csv"
RESAMPLES = 199
BLOCK = 8
lines = []


def emit(group, case, key, values):
    values = numpy.atleast_1d(values)
    lines.append(f"{group},{case},{key}," + " ".join(repr(v.item()) for v in values))


def kappa(bars, i):
    q = 1 - 1 / BLOCK
    return (1 - i / bars) * q**i + i / bars * q ** (bars - i)


def long_run_covariance(x, y):
    """Hansen 2005, section 3, for two series: both orders of each lag."""
    bars = len(x)
    x, y = x - x.mean(), y - y.mean()
    total = x @ y
    for i in range(1, bars):
        total += kappa(bars, i) * (x[i:] @ y[:-i] + y[i:] @ x[:-i])
    return total / bars


def andrews_monahan(x):
    """The variance of √n times the mean; statsmodels' names: pre-whitened quadratic spectral kernel."""
    y = x - x.mean()
    rho = min(max((y[1:] @ y[:-1]) / (y[:-1] @ y[:-1]), -0.97), 0.97)
    e = y[1:] - rho * y[:-1]
    a = min(max((e[1:] @ e[:-1]) / (e[:-1] @ e[:-1]), -0.97), 0.97)
    n = len(e)
    bandwidth = 1.3221 * (4 * a**2 / (1 - a) ** 4 * n) ** 0.2
    total = e @ e
    for lag in range(1, min(n - 1, math.ceil(64 * bandwidth)) + 1):
        z = 6 * math.pi * lag / bandwidth / 5
        total += 2 * 3 / z**2 * (math.sin(z) / z - math.cos(z)) * (e[lag:] @ e[:-lag])
    return total / n / (1 - rho) ** 2


def statistics(returns, lists):
    """Observed, and by resample, of the strategies with variance, and their numbers."""
    bars = len(returns)
    standing = [j for j in range(returns.shape[1]) if numpy.ptp(returns[:, j]) > 0]
    x = returns[:, standing]
    omega = numpy.array([math.sqrt(long_run_covariance(x[:, j], x[:, j])) for j in range(len(standing))])
    observed = math.sqrt(bars) * x.mean(axis=0) / omega
    means = numpy.array([x[r].mean(axis=0) for r in lists])
    return standing, omega, observed, means


def stepdown(observed, resampled):
    """Romano and Wolf 2005, algorithm 4.1, by its definition."""
    order = sorted(range(len(observed)), key=lambda j: -observed[j])
    adjusted = numpy.empty(len(observed))
    highest = 0.0
    for j in order:
        rivals = [k for k in range(len(observed)) if observed[k] <= observed[j]]
        count = (resampled[:, rivals].max(axis=1) >= observed[j]).sum()
        highest = max(highest, (1 + count) / (len(resampled) + 1))
        adjusted[j] = highest
    return adjusted


def best_of_subsets(values, size):
    """Mean, 5 and 95 % of the best of `size`, over resamples and all subsets."""
    count = values.shape[1]
    atoms = []
    for row in values:
        for place, value in enumerate(sorted(row)):
            # The largest of a subset: the others are among the `place` lower ones.
            atoms.append((value, math.comb(place, size - 1) / math.comb(count, size) / len(values)))
    atoms.sort()
    mean = math.fsum(v * w for v, w in atoms)
    below = numpy.cumsum([w for _, w in atoms])
    found = [atoms[numpy.searchsorted(below, q * (1 - 1e-12))][0] for q in (0.05, 0.95)]
    return [mean] + found


def snooping(name):
    returns = matrix(name)
    bars = len(returns)
    lists = resamples(bars, RESAMPLES, BLOCK)
    standing, omega, observed, means = statistics(returns, lists)
    x = returns[:, standing]
    loser = observed < -math.sqrt(2 * math.log(math.log(bars)))
    center = numpy.where(loser, 0, x.mean(axis=0))
    consistent = math.sqrt(bars) * (means - center) / omega
    upper = math.sqrt(bars) * (means - x.mean(axis=0)) / omega
    emit("stepdown", name, "strategies", standing)
    emit("stepdown", name, "resampled", stepdown(observed, consistent))
    prewhitened = numpy.array([math.sqrt(andrews_monahan(x[:, j])) for j in range(len(standing))])
    student = stats.t.sf(observed * numpy.minimum(1, omega / prewhitened), bars - 1)
    emit("stepdown", name, "corrected", stepdown(stats.norm.isf(student), consistent))
    emit("long_run", name, "andrews_monahan", prewhitened**2)
    emit("long_run", name, "covariances", [long_run_covariance(x[:, j], x[:, 0]) for j in range(len(standing))])
    maxima = upper.max(axis=1)
    emit("luck", name, "mean", maxima.mean())
    emit("luck", name, "quantiles", numpy.percentile(maxima, [5, 95]))
    for size in (1, 2, 4, 8, 16, len(standing)):
        emit("curve", name, size, best_of_subsets(upper, size))
    # The winner's bounds, by the covariances above.
    sharpe = x.mean(axis=0) / x.std(axis=0, ddof=1)
    error = omega / x.std(axis=0, ddof=1) / math.sqrt(bars)
    winner = int(sharpe.argmax())
    correlation = numpy.array(
        [long_run_covariance(x[:, j], x[:, winner]) for j in range(len(standing))]
    ) / (omega * omega[winner])
    emit("bound", name, "sharpes", sharpe)
    emit("bound", name, "errors", error)
    emit("bound", name, "correlations", correlation)
    emit("bound", name, "winner", winner)
    critical = {level: sorted(maxima)[-int(level * (RESAMPLES + 1) + 1e-9)] for level in (0.05, 0.005)}
    for key, values in bounds(sharpe, error, correlation, winner, critical).items():
        emit("bound", name, key, values)


def bounds(sharpe, error, correlation, winner, critical):
    x, s = sharpe[winner], error[winner]
    slope = correlation * error / s
    low, high = -math.inf, math.inf
    for j in range(len(sharpe)):
        z = sharpe[j] - slope[j] * x
        if j != winner and slope[j] < 1 - 1e-9:
            low = max(low, z / (1 - slope[j]))
        if j != winner and slope[j] > 1 + 1e-9:
            high = min(high, z / (1 - slope[j]))

    def solve(level, least, upper):
        def probability(mean):
            u = upper(mean)
            return stats.truncnorm.sf(x, (low - mean) / s, (u - mean) / s, loc=mean, scale=s) - level

        ends = [least if math.isfinite(least) else x - 30 * s, x + 5 * s]
        return optimize.brentq(probability, *ends, xtol=1e-14, rtol=1e-14)

    reach = critical[0.005] * s
    return {
        "truncation": [low, high],
        "conditional": solve(0.05, -math.inf, lambda mean: high),
        "median": solve(0.5, -math.inf, lambda mean: high),
        "hybrid": solve(0.045 / 0.995, x - reach + 1e-12, lambda mean: min(high, mean + reach)),
        "simultaneous": x - critical[0.05] * s,
    }


def difference(case, one, other, block, lists):
    """Ledoit and Wolf 2008, with the four moments and their gradient written out."""
    n = len(one)

    def parts(a, b):
        m1, m2, g1, g2 = a.mean(), b.mean(), (a * a).mean(), (b * b).mean()
        v1, v2 = g1 - m1**2, g2 - m2**2
        gradient = numpy.array([g1 / v1**1.5, -g2 / v2**1.5, -m1 / 2 / v1**1.5, m2 / 2 / v2**1.5])
        y = numpy.column_stack([a - m1, b - m2, a * a - g1, b * b - g2])
        return m1 / math.sqrt(v1) - m2 / math.sqrt(v2), gradient, y

    delta, gradient, y = parts(one, other)
    error = math.sqrt(andrews_monahan(y @ gradient) / n)
    whole = n // block * block
    count = 0
    for r in lists:
        r = r[:whole]
        resampled, g, z = parts(one[r], other[r])
        zeta = z.reshape(-1, block, 4).sum(axis=1) / math.sqrt(block)
        psi = zeta.T @ zeta / len(zeta)
        count += abs(resampled - delta) / math.sqrt(g @ psi @ g / whole) >= abs(delta) / error
    emit("difference", case, "difference", delta)
    emit("difference", case, "error", error)
    emit("difference", case, "p", (1 + count) / (len(lists) + 1))


def truncated():
    """The survival function where its logarithms are needed as well as where they are not."""
    cases = [
        (0, 1, -1, 2, 0.5), (0, 1, 3, math.inf, 3.5), (0, 1, -math.inf, -2, -2.5), (-40, 1, 0, math.inf, 0.01),
        (-45, 1, 0, 0.5, 0.02), (0.1, 0.05, -0.2, math.inf, 0.15), (40, 1, -1, 0.5, 0), (-30, 1, -1, 1, -0.9),
    ]
    for number, (mean, deviation, low, high, value) in enumerate(cases):
        ends = (low - mean) / deviation, (high - mean) / deviation
        found = math.exp(stats.truncnorm.logsf((value - mean) / deviation, *ends))
        emit("truncated", number, "case", [float(v) for v in (mean, deviation, low, high, value, found)])


def main():
    for name in ("bitcoin", "tailed", "planted"):
        snooping(name)
        returns = matrix(name)
        lists = resamples(len(returns), RESAMPLES, BLOCK)
        difference(name, returns[:, 2], returns[:, 21 if name == "bitcoin" else 29], BLOCK, lists)
    truncated()
    versions = f"NumPy {numpy.__version__}, SciPy {scipy.__version__}, Python {platform.python_version()}"
    header = f"# {versions}; made by scripts/make-selection-fixtures.py\n"
    TARGET.write_text(header + "group,case,key,values\n" + "\n".join(lines) + "\n")


main()
