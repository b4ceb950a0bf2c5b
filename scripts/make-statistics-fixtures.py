#!/usr/bin/env python3
"""Makes Tests/StatisticsTests/Fixtures/statistics.csv: the statistics as independent software computes them.

usage: make-statistics-fixtures.py   (needs NumPy, SciPy, statsmodels, skfolio and mpmath from PyPI)

Each line is `group,case,key,values`, the values joined by spaces; `nan` is undefined. The matrices of returns are not
stored: scripts/fixtures/samples.py says how they are made, in arithmetic that gives the same bits in any language.

Cross-validation is done the plain way: rows are sliced and stacked for every split, metrics are computed from the
rows, and ranks are SciPy's.
"""

import platform
import sys
from itertools import combinations
from pathlib import Path

import mpmath
import numpy
import scipy
import skfolio
import statsmodels
from scipy import stats
from skfolio.model_selection import CombinatorialPurgedCV, WalkForward
from statsmodels.stats.multitest import multipletests

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/fixtures"))

from samples import matrix  # noqa: E402

TARGET = ROOT / "Tests/StatisticsTests/Fixtures/statistics.csv"
mpmath.mp.dps = 40
lines = []


def emit(group, case, key, values):
    values = numpy.atleast_1d(values)
    lines.append(f"{group},{case},{key}," + " ".join(repr(v.item()) for v in values))


MATRICES = ("bitcoin", "whole", "tailed")


def sharpe(rows):
    constant = (rows == rows[0]).all(axis=0)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(constant, numpy.nan, rows.mean(axis=0) / rows.std(axis=0, ddof=1))


def sortino(rows):
    downside = numpy.sqrt((numpy.minimum(rows, 0) ** 2).mean(axis=0))
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(downside == 0, numpy.nan, rows.mean(axis=0) / downside)


def mean(rows):
    return rows.mean(axis=0)


def cross_validation(case, returns, blocks, metric):
    length = len(returns) // blocks
    returns = returns[len(returns) - length * blocks :]
    cut = [returns[b * length : (b + 1) * length] for b in range(blocks)]
    n = returns.shape[1]
    # Ascending as numbers: the highest block decides first.
    unions = sorted(combinations(range(blocks), blocks // 2), key=lambda union: union[::-1])
    selected, inside, outside, averages, ranks, undefined = [], [], [], [], [], 0
    for union in unions:
        sample = metric(numpy.vstack([cut[b] for b in union]))
        rest = metric(numpy.vstack([cut[b] for b in range(blocks) if b not in union]))
        undefined += int(numpy.isnan(rest).sum())
        # Idle or without deviation: what an account in cash earns.
        sample, rest = numpy.nan_to_num(sample, nan=0.0), numpy.nan_to_num(rest, nan=0.0)
        best = int(numpy.argmax(sample))
        rank = stats.rankdata(rest)[best]
        selected.append(best)
        inside.append(sample[best])
        outside.append(rest[best])
        averages.append(rest.mean())
        ranks.append(rank)
    inside, outside, averages, ranks = map(numpy.array, (inside, outside, averages, ranks))
    logits = numpy.log(ranks / (n + 1) / (1 - ranks / (n + 1)))
    fit = stats.linregress(inside, outside)
    emit("cscv", case, "probability", (logits <= 0).mean())
    emit("cscv", case, "loss", (outside < 0).mean())
    emit("cscv", case, "degradation", [fit.slope, fit.intercept, fit.rvalue**2])
    emit("cscv", case, "logit", logits.mean())
    emit("cscv", case, "undefined", undefined)
    points = numpy.union1d(outside, averages)
    below = numpy.searchsorted(numpy.sort(outside), points, side="right") / len(unions)
    average = numpy.searchsorted(numpy.sort(averages), points, side="right") / len(unions)
    integral = numpy.concatenate([[0], numpy.cumsum((average - below)[:-1] * numpy.diff(points))])
    emit("cscv", case, "dominance", [(below - average).max(), integral.min(), integral[-1]])
    if len(unions) <= 100:
        emit("cscv", case, "selected", selected)
        emit("cscv", case, "ranks", ranks)
        emit("cscv", case, "inside", inside)
        emit("cscv", case, "outside", outside)
        emit("cscv", case, "averages", averages)


for name in MATRICES:
    returns = matrix(name)
    for blocks in (2, 8, 12):
        for metric in (sharpe, mean, sortino):
            cross_validation(f"{name}/{blocks}/{metric.__name__}", returns, blocks, metric)
cross_validation("bitcoin/16/sharpe", matrix("bitcoin"), 16, sharpe)

# Moments, p-values and adjustments.
for name in MATRICES:
    returns = matrix(name)
    for column in (0, 3, 11):
        x = returns[:, column]
        emit("moments", name, str(column), [x.mean(), x.var(ddof=1), stats.skew(x), stats.kurtosis(x, fisher=False)])
        # Lo's generalised method of moments, with the 2 × 2 long-run covariance and the gradient written out.
        scores = numpy.column_stack([x - x.mean(), (x - x.mean()) ** 2 - x.var()])
        for lags in (0, 1, 6):
            covariance = scores.T @ scores / len(x)
            for lag in range(1, lags + 1):
                cross = scores[lag:].T @ scores[:-lag] / len(x)
                covariance += (1 - lag / (lags + 1)) * (cross + cross.T)
            gradient = numpy.array([1 / x.std(), -x.mean() / (2 * x.std() ** 3)])
            emit("lo", name, f"{column}/{lags}", numpy.sqrt(gradient @ covariance @ gradient / len(x)))
    traded = returns[:, returns.std(axis=0) > 0]
    p = stats.ttest_1samp(traded, 0).pvalue
    emit("adjustment", name, "p", p)
    for method in ("bonferroni", "sidak", "holm", "fdr_bh", "fdr_by"):
        emit("adjustment", name, method, multipletests(p, method=method)[1])
    correlations = numpy.corrcoef(traded, rowvar=False)
    eigenvalues = numpy.linalg.eigvalsh(correlations)
    shares = eigenvalues / eigenvalues.sum()
    n = len(p)
    average = (correlations.sum() - n) / (n * (n - 1))
    emit("trials", name, "eigenvalues", eigenvalues)
    emit("trials", name, "effective", [
        average + (1 - average) * n if average > 0 else n, eigenvalues.sum() ** 2 / (eigenvalues**2).sum(),
        numpy.exp(-(shares * numpy.log(shares)).sum())])

# Student's t and expected maxima, to 40 digits.
for degrees in (1, 2, 3.5, 23, 119, 593, 2500, 1_000_000):
    for t in (1e-6, 0.3, 1, 1.7, 2.99, 7.29, 40):
        x = mpmath.mpf(degrees) / (degrees + mpmath.mpf(t) ** 2)
        tail = mpmath.betainc(mpmath.mpf(degrees) / 2, 0.5, 0, x, regularized=True) / 2
        emit("student", degrees, repr(t), float(tail))
for trials in (1.5, 2, 3, 10, 88, 1000, 10**6, 10**12, 10**18):
    density = lambda z, n=trials: z * n * mpmath.npdf(z) * mpmath.ncdf(z) ** (n - 1)
    emit("maximum", trials, "exact", float(mpmath.quad(density, list(range(-20, 21)))))

# The simulation of Harvey, Liu and Zhu, drawn whole: Sharpe .912 a year over 120 months among 100 tests.
rng = numpy.random.default_rng(3)
SIMULATIONS = 40_000
factor = (1 + 2 * 0.1 / 0.9 * (1 - (1 - 0.1**12) / (12 * 0.9))) ** -0.5
own = 2 * stats.t.sf(factor * numpy.sqrt(10), 119)
for correlation, null, scale in ((0, 0.39660, 0.0054995), (0.4, 0.48604, 0.0055413), (0.3, 0.465965, 0.00554605)):
    sigma = 0.15 / numpy.sqrt(12)
    shape = (SIMULATIONS, 100)
    noise = numpy.sqrt(correlation) * rng.standard_normal((SIMULATIONS, 1))
    noise = (noise + numpy.sqrt(1 - correlation) * rng.standard_normal(shape)) * sigma / numpy.sqrt(240)
    means = numpy.where(rng.uniform(size=shape) > null, rng.exponential(scale, shape), 0)
    p = 2 * stats.norm.sf(numpy.abs(means + noise) / sigma * numpy.sqrt(240))
    p = numpy.column_stack([numpy.full(SIMULATIONS, own), p])
    order = numpy.sort(p, axis=1)
    place = (order < own).sum(axis=1)
    rank = numpy.arange(1, 102)
    harmonic = (1 / rank).sum()
    holm = numpy.maximum.accumulate(numpy.minimum(order * (102 - rank), 1), axis=1)
    scaled = order * 101 * harmonic / rank
    scaled[:, -1] = order[:, -1]
    yekutieli = numpy.minimum.accumulate(scaled[:, ::-1], axis=1)[:, ::-1]
    each = numpy.arange(SIMULATIONS)
    emit("harveyliuzhu", correlation, "medians", [
        numpy.median(holm[each, place]), numpy.median(numpy.minimum(yekutieli[each, place], 1))])

# Index sets on 12 bars.
def ranges(bars):
    return "+".join(map(str, bars))


for folds, tested, purged, embargo in ((3, 2, 0, 0), (4, 2, 1, 0), (4, 3, 0, 1), (6, 2, 0, 0), (3, 2, 1, 1)):
    cv = CombinatorialPurgedCV(n_folds=folds, n_test_folds=tested, purged_size=purged, embargo_size=embargo)
    case = f"{folds}/{tested}/{purged}/{embargo}"
    for index, (train, test) in enumerate(cv.split(numpy.zeros((12, 2)))):
        lines.append(f"purged,{case},{index},{ranges(train)} {ranges(numpy.concatenate(test))}")
    # By split the path of each of its test groups.
    lines.append(f"purged,{case},paths," + " ".join(ranges(path) for path in cv.get_path_ids()))
for train, test, purged, anchored in ((4, 2, 0, False), (4, 2, 0, True), (4, 3, 1, False), (5, 2, 2, True)):
    cv = WalkForward(train_size=train, test_size=test, purged_size=purged, expand_train=anchored)
    case = f"{train}/{test}/{purged}/{'anchored' if anchored else 'rolling'}"
    for index, (a, b) in enumerate(cv.split(numpy.zeros((12, 2)))):
        lines.append(f"walkforward,{case},{index},{ranges(a)} {ranges(b)}")

header = (
    f"# scripts/make-statistics-fixtures.py; NumPy {numpy.__version__}, SciPy {scipy.__version__}, statsmodels"
    f" {statsmodels.__version__}, skfolio {skfolio.__version__}, mpmath {mpmath.__version__}, Python"
    f" {platform.python_version()}"
)
TARGET.parent.mkdir(parents=True, exist_ok=True)
TARGET.write_text("\n".join([header, "group,case,key,values", *lines, ""]))
print(f"{len(lines)} lines")
