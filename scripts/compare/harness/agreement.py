"""Whether two sets of results say the same, each kind of number within a tolerance that has a reason.

Counts are equal or not. A sum of n numbers, or a product of n factors, taken one after the other, is off by at most
about n·u of the sum of their magnitudes, u being half the distance of two numbers next to 1 in the arithmetic used
(2⁻⁵³ or 2⁻²⁴); two such results differ by twice that, and as much again is granted for the rounding of each term.

In single precision a score that lies within rounding of a threshold can fall on the other side, and the position with
it. A few strategies may therefore have other counts; their sums are not compared, and their number is reported. Where
trades are all that is counted, one that ends a bar later shows in the figures alone; such strategies are among the few.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.failure import Disagreement

Columns = dict[str, list[float]]

UNITS = {"double": 2.0**-53, "single": 2.0**-24}
COUNTS = ("bars_in_market", "winning_bars", "turnover", "trades_closed", "trades_won")
# The share of strategies whose positions may differ.
MOST_APART = {"double": 0.0, "single": 0.01}

# The magnitude that the rounding of each member of a tally is relative to.
TALLY_SCALES: dict[str, Callable[[dict[str, float]], float]] = {
    "sum": lambda t: t["sum"] - 2 * t["sum_of_losses"],
    "sum_of_squares": lambda t: t["sum_of_squares"],
    "sum_of_cubes": lambda t: math.sqrt(t["sum_of_squares"] * t["sum_of_fourths"]),
    "sum_of_fourths": lambda t: t["sum_of_fourths"],
    "sum_of_losses": lambda t: -t["sum_of_losses"],
    "sum_of_squared_losses": lambda t: t["sum_of_squared_losses"],
    "growth": lambda t: t["growth"],
    "highest": lambda t: t["highest"],
    "lowest": lambda t: t["lowest"],
    "maximum_drawdown": lambda t: 1.0,
    "gross_profit": lambda t: t["gross_profit"] + t["trades_closed"],
    "gross_loss": lambda t: t["gross_loss"] + t["trades_closed"],
}
# The same for figures; a Sharpe ratio is a mean over a deviation times the root of the bars a year.
FIGURE_SCALES: dict[str, Callable[[dict[str, float]], float]] = {
    "win_rate": lambda f: 1.0,
    "total_return": lambda f: 1 + f["total_return"],
    "sharpe_ratio": lambda f: math.sqrt(365.25),
    "max_drawdown": lambda f: 1.0,
}


@dataclass(frozen=True)
class Agreement:
    """That two results agree, and how closely."""

    what: str
    strategies: int
    numbers: int
    apart: int
    worst: float
    tolerance: float

    def __str__(self) -> str:
        apart = f"; {self.apart} strategies whose positions differ by rounding are left out" if self.apart else ""
        return (f"{self.what}: {self.numbers:,} numbers of {self.strategies:,} strategies, counts equal, the rest "
                f"within {self.worst:.1e} of their scale, {self.tolerance:.1e} allowed{apart}")


def rounding(precision: str, terms: int) -> float:
    """What two sums of so many terms may differ by, relative to their scale."""
    return 4 * terms * UNITS[precision]


def strategies_agree(
    what: str, expected: Columns, actual: Columns, *, counts: Sequence[str], scales: dict, precision: str, terms: int,
    counts_tell: bool = True,
) -> Agreement:
    """Compares strategy by strategy; both have the same strategies in the same order.

    `counts_tell`: whether positions cannot differ without a count that does.
    """
    tolerance = rounding(precision, terms)
    strategies = len(expected[counts[0]])
    for name in (*counts, *scales):
        if len(expected[name]) != strategies or len(actual[name]) != strategies:
            raise Disagreement(f"{what}: {len(actual[name])} values of {name} where {strategies} were expected")
    same = [all(expected[name][i] == actual[name][i] for name in counts) for i in range(strategies)]
    apart = same.count(False)
    if apart > MOST_APART[precision] * strategies:
        example = same.index(False)
        found = {name: (actual[name][example], expected[name][example]) for name in counts}
        raise Disagreement(
            f"{what}: counts of {apart} of {strategies} strategies differ, the first is {example}: {found}")
    worst, most_apart = 0.0, MOST_APART[precision] * strategies
    for i in range(strategies):
        if not same[i]:
            continue
        off_here = 0.0
        row = {name: expected[name][i] for name in (*counts, *scales)}
        for name, scale in scales.items():
            off = difference(row[name], actual[name][i], scale(row))
            off_here = max(off_here, off)
            if off > tolerance and (counts_tell or apart + 1 > most_apart):
                raise Disagreement(
                    f"{what}: {name} of strategy {i} is {actual[name][i]}, {row[name]} was expected; they differ by "
                    f"{off:.2e} of their scale, {tolerance:.2e} is allowed")
        if off_here > tolerance:
            apart += 1
        else:
            worst = max(worst, off_here)
    return Agreement(what, strategies, (strategies - apart) * (len(counts) + len(scales)), apart, worst, tolerance)


def difference(expected: float, actual: float, scale: float) -> float:
    """How far apart two numbers are, relative to their scale; both undefined is none."""
    if math.isnan(expected) or math.isnan(actual):
        return 0.0 if math.isnan(expected) and math.isnan(actual) else math.inf
    return abs(actual - expected) / scale if scale > 0 else (0.0 if actual == expected else math.inf)


def tallies_agree(what: str, expected: Columns, actual: Columns, *, precision: str, bars: int) -> Agreement:
    """Every member of every tally."""
    return strategies_agree(
        what, expected, actual, counts=COUNTS, scales=TALLY_SCALES, precision=precision, terms=bars)


def figures_agree(what: str, expected: Columns, actual: Columns, *, precision: str, bars: int) -> Agreement:
    """The five figures that every backtester has."""
    return strategies_agree(
        what, expected, actual, counts=("num_trades",), scales=FIGURE_SCALES, precision=precision, terms=bars,
        counts_tell=False)


def equal(what: str, expected: Sequence[float], actual: Sequence[float]) -> str:
    """That two lists are the same to the last bit."""
    differing = sum(difference(a, b, 1.0) > 0 for a, b in zip(expected, actual, strict=False))
    if differing or len(expected) != len(actual):
        raise Disagreement(f"{what}: {differing} values differ of {len(expected)} and {len(actual)}")
    return f"{what}: {len(expected):,} values, all equal"

