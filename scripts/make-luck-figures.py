#!/usr/bin/env python3
"""Writes Tests/StatisticsTests/Luck/LuckFigures.swift: SciPy's figures for distributions and for the best of many.

Needs SciPy from PyPI. The best of many is computed here by brute force over all win rates that can be, ascending,
which is neither the order nor the formula of the library.
"""

import platform
from pathlib import Path

import numpy
import scipy
from scipy.stats import binom, hypergeom, norm

TARGET = Path(__file__).resolve().parent.parent / "Tests/StatisticsTests/Luck/LuckFigures.swift"


def expected_best(groups, survival):
    """∫ (1 - Π F_j^N_j) over [0, 1]; groups of (trades, strategies), survival(trades, wins) = P(more than wins)."""
    rates = numpy.unique(numpy.concatenate([numpy.arange(n + 1) / n for n, _ in groups]))
    log_below = numpy.zeros(len(rates) - 1)
    for trades, strategies in groups:
        wins = numpy.searchsorted(numpy.arange(trades + 1) / trades, rates[:-1], side="right") - 1
        with numpy.errstate(divide="ignore"):
            log_below += strategies * numpy.log1p(-survival(trades, wins))
    return float(numpy.sum(numpy.diff(rates) * -numpy.expm1(log_below)))


def binomial_case(groups, p):
    return groups, p, expected_best(groups, lambda n, k: binom.sf(k, n, p))


def drawn_case(groups, bars, rising):
    return groups, bars, rising, expected_best(groups, lambda n, k: hypergeom.sf(k, bars, rising, n))


def spread(center, deviation, strategies):
    """Trade counts as coin flips have them: normal around a centre."""
    counts = range(center - 3 * deviation, center + 3 * deviation + 1, max(1, deviation // 5))
    weights = norm.pdf(numpy.array(counts), center, deviation)
    return [(n, max(1, round(strategies * w / weights.sum()))) for n, w in zip(counts, weights)]


def swift(value):
    if isinstance(value, (list, tuple)):
        open_, close = ("[", "]") if isinstance(value, list) else ("(", ")")
        return open_ + ", ".join(swift(v) for v in value) + close
    return repr(int(value)) if isinstance(value, (int, numpy.integer)) else repr(float(value))


def table(name, kind, rows, comment):
    lines = "\n".join(f"    {swift(row)}," for row in rows)
    return f"  /// {comment}\n  static let {name}: [{kind}] = [\n{lines}\n  ]\n"


def main():
    independent = [
        binomial_case([(n, count)], p) for n, count, p in [
            (1, 1, .5), (1, 10, .25), (20, 100, .5), (942, 500, .5), (942, 500, .5125), (1885, 10_000, .47),
            (100, 1_000_000_000, .5), (1_000_000, 1_000_000_000, .5), (1_000_000, 7, .013), (1000, 100, 1e-9)]
    ] + [
        binomial_case([(3, 2), (4, 5), (6, 1)], .5), binomial_case([(7, 1), (1000, 1000)], .5),
        binomial_case(spread(942, 22, 500), .513), binomial_case(spread(5000, 60, 100_000), .5)]
    drawn = [
        drawn_case([(10, 4)], 20, 11), drawn_case([(942, 500)], 1885, 967), drawn_case([(20, 1)], 20, 11),
        drawn_case(spread(942, 22, 500), 1885, 967), drawn_case(spread(190, 13, 10_000), 1885, 967)]
    masses = [(n, p, k, binom.sf(k, n, p)) for n, p, k in [
        (10, .5, 7), (10, .5, 2), (1000, .5, 600), (1_000_000, .5, 503_000), (1_000_000, .2, 199_000),
        (30, 1e-6, 0), (500, .999, 499)]]
    normal = [(z, norm.cdf(z)) for z in (-37.0, -8.0, -3.0, -1.0, -0.1, 0.0, 0.5, 2.0, 6.0)]
    kinds = {
        "independent": "(groups: [(trades: Int, strategies: Int)], probability: Double, expected: Double)",
        "drawn": "(groups: [(trades: Int, strategies: Int)], bars: Int, rising: Int, expected: Double)",
        "binomialSurvival": "(trades: Int, probability: Double, successes: Int, survival: Double)",
        "normalCumulative": "(z: Double, cumulative: Double)",
    }
    tables = [
        table("independent", kinds["independent"], independent, "Expected best win rates, trades independent."),
        table("drawn", kinds["drawn"], drawn, "Expected best win rates, trades drawn from the bars of one market."),
        table("binomialSurvival", kinds["binomialSurvival"], masses, "P(more than `successes`)."),
        table("normalCumulative", kinds["normalCumulative"], normal, "The normal distribution function."),
    ]
    TARGET.write_text(
        f"// Made by scripts/make-luck-figures.py with SciPy {scipy.__version__}, NumPy {numpy.__version__}, "
        f"Python {platform.python_version()}.\n// swift-format-ignore-file\n\n"
        "enum LuckFigures {\n" + "\n".join(tables) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
