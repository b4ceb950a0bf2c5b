"""Linear strategies with the whole tally in NumPy: scores by one matrix product a block, then the same accounts.

`arrays` is how one writes it: whole arrays of strategies × bars, positions carried forward by a running maximum of the
bars on which they are decided, equity by running products. `bars` goes from bar to bar in Python, for all strategies of
a block at once, which spares the running products; what can wait is summed over many bars at a time.
`double` and `single` are the precision of all arithmetic. There are no costs, which makes the accounts shorter.
"""

from collections.abc import Callable
from pathlib import Path

import numpy
import pandas
from serve import Result, arguments, serve

FEATURES, ENTRY, EXIT = 32, 0.5, 0.0
MEMBERS = (
    "bars_in_market", "winning_bars", "sum", "sum_of_squares", "sum_of_cubes", "sum_of_fourths", "sum_of_losses",
    "sum_of_squared_losses", "growth", "highest", "lowest", "maximum_drawdown", "turnover", "trades_closed",
    "trades_won", "gross_profit", "gross_loss")
# Strategies of a block, the quickest of those tried: arrays of 32 strategies fit into a core's second-level cache; a
# bar of many spreads Python's own time over more of them.
ARRAYS_WIDTH, BARS_WIDTH = 32, 10_000
# Bars whose net returns are kept until they are summed.
BARS_AT_A_TIME = 64


def arrays(features: numpy.ndarray, weights: numpy.ndarray, earned: numpy.ndarray) -> numpy.ndarray:
    """A block's tallies (members × strategies); `features` is bars × features, `weights` strategies × features."""
    scores = weights @ features[:-1].T
    decisions = scores.shape[1]
    # A position is that of the last bar that decided it; a score that is not a number decides for none, as all are on
    # the first bar.
    enters = scores > ENTRY
    decided = numpy.where(enters | ~(scores >= EXIT), numpy.arange(decisions), 0)
    numpy.maximum.accumulate(decided, axis=1, out=decided)
    held = numpy.take_along_axis(enters, decided, axis=1)
    net = held * earned
    equity = numpy.cumprod(1 + net, axis=1)
    highest = numpy.maximum(numpy.maximum.accumulate(equity, axis=1), 1)
    square, fall = net * net, numpy.minimum(net, 0)
    changes = numpy.diff(held, axis=1, prepend=False, append=False)
    return numpy.stack([
        numpy.count_nonzero(held, axis=1), numpy.count_nonzero(net > 0, axis=1), net.sum(axis=1), square.sum(axis=1),
        numpy.einsum("ij,ij->i", square, net), numpy.einsum("ij,ij->i", square, square), fall.sum(axis=1),
        numpy.einsum("ij,ij->i", fall, fall), equity[:, -1], highest[:, -1], numpy.minimum(equity.min(axis=1), 1),
        (1 - equity / highest).max(axis=1), numpy.count_nonzero(changes, axis=1), *trades(changes, equity)])


def trades(changes: numpy.ndarray, equity: numpy.ndarray) -> list[numpy.ndarray]:
    """Trades closed and won, gross profit and loss of each strategy; a trade is from one change to the next."""
    strategy, bar = numpy.nonzero(changes)
    strategy, opened, closed = strategy[::2], bar[::2], bar[1::2]
    before = numpy.where(opened > 0, equity[strategy, opened - 1], 1)
    result = equity[strategy, closed - 1] / before - 1
    return [numpy.bincount(strategy, weights, minlength=len(equity))
            for weights in (None, result > 0, numpy.maximum(result, 0), -numpy.minimum(result, 0))]


class Accounts:
    """What goes from bar to bar, a number for each strategy of a block."""

    def __init__(self, strategies: int, kind: numpy.dtype) -> None:
        self.sums = numpy.zeros((8, strategies), kind)
        self.growth, self.highest, self.lowest, self.ratio, self.lowest_ratio, self.opened_at = numpy.ones(
            (6, strategies), kind)
        self.turnover, self.closed, self.won, self.profit, self.loss = numpy.zeros((5, strategies), kind)
        self.step = numpy.empty(strategies, kind)

    def trade(self, opens: numpy.ndarray, closes: numpy.ndarray) -> None:
        """Opens and closes the trades of these strategies at what the equity is now."""
        self.opened_at[opens] = self.growth[opens]
        result = self.growth[closes] / self.opened_at[closes] - 1
        self.closed[closes] += 1
        self.won[closes] += result > 0
        self.profit[closes] += numpy.maximum(result, 0)
        self.loss[closes] -= numpy.minimum(result, 0)
        self.turnover[opens] += 1
        self.turnover[closes] += 1

    def earn(self, net: numpy.ndarray) -> None:
        """Grows by the net returns of one bar."""
        numpy.add(net, 1, out=self.step)
        self.growth *= self.step
        numpy.maximum(self.highest, self.growth, out=self.highest)
        numpy.minimum(self.lowest, self.growth, out=self.lowest)
        # The equity over its highest point so far, whose lowest value is the drawdown.
        self.ratio *= self.step
        numpy.minimum(self.ratio, 1, out=self.ratio)
        numpy.minimum(self.lowest_ratio, self.ratio, out=self.lowest_ratio)

    def members(self) -> numpy.ndarray:
        """In the order of MEMBERS."""
        return numpy.stack([*self.sums, self.growth, self.highest, self.lowest, 1 - self.lowest_ratio, self.turnover,
                            self.closed, self.won, self.profit, self.loss])


def bars(features: numpy.ndarray, weights: numpy.ndarray, earned: numpy.ndarray) -> numpy.ndarray:
    """A block's tallies, bar after bar."""
    scores = features[:-1] @ weights.T
    decisions, strategies = scores.shape
    enters, stays = scores > ENTRY, scores >= EXIT
    accounts = Accounts(strategies, scores.dtype)
    held, before = numpy.zeros((2, strategies), bool)
    holding = numpy.empty((BARS_AT_A_TIME, strategies), bool)
    net = numpy.empty((BARS_AT_A_TIME, strategies), scores.dtype)
    for bar in range(decisions):
        numpy.logical_and(held, stays[bar], out=held)
        numpy.logical_or(held, enters[bar], out=held)
        changes = numpy.flatnonzero(held != before)
        if changes.size:
            opens = held[changes]
            accounts.trade(changes[opens], changes[~opens])
            before[changes] = opens
        place = bar % BARS_AT_A_TIME
        holding[place] = held
        numpy.multiply(held, earned[bar], out=net[place])
        accounts.earn(net[place])
        if place == BARS_AT_A_TIME - 1 or bar == decisions - 1:
            add_bars(accounts.sums, holding[: place + 1], net[: place + 1])
    accounts.trade(numpy.array([], int), numpy.flatnonzero(held))
    return accounts.members()


def add_bars(sums: numpy.ndarray, holding: numpy.ndarray, net: numpy.ndarray) -> None:
    """Adds what some bars (bars × strategies) contribute to the first eight members."""
    square, fall = net * net, numpy.minimum(net, 0)
    sums[0] += numpy.count_nonzero(holding, axis=0)
    sums[1] += numpy.count_nonzero(net > 0, axis=0)
    sums[2] += net.sum(axis=0)
    sums[3] += square.sum(axis=0)
    sums[4] += numpy.einsum("ij,ij->j", square, net)
    sums[5] += numpy.einsum("ij,ij->j", square, square)
    sums[6] += fall.sum(axis=0)
    sums[7] += numpy.einsum("ij,ij->j", fall, fall)


def in_blocks(account: Callable[..., numpy.ndarray], width: int, features: numpy.ndarray, weights: numpy.ndarray,
              earned: numpy.ndarray) -> Result:
    """All strategies, a block at a time."""
    blocks = [account(features, weights[first : first + width], earned) for first in range(0, len(weights), width)]
    return dict(zip(MEMBERS, numpy.concatenate(blocks, axis=1), strict=True))


def read(folder: Path) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """Features (bars × features) and weights (strategies × features) as Fluke has them, and what bars earn."""
    close = pandas.read_csv(folder / "bars.csv")["close"].to_numpy()
    numbers = numpy.fromfile(folder / "linear.f64")
    features, weights = numpy.split(numbers, [FEATURES * close.size])
    return (features.reshape(FEATURES, -1).T, weights.reshape(-1, FEATURES), close[1:] / close[:-1] - 1)


def main() -> None:
    """Serves one variant, such as bars-single."""
    variant, folder, _ = arguments()
    form, precision = variant.split("-")
    kind = {"single": numpy.float32, "double": numpy.float64}[precision]
    features, weights, earned = (numpy.ascontiguousarray(array, dtype=kind) for array in read(folder))
    account, width = {"arrays": (arrays, ARRAYS_WIDTH), "bars": (bars, BARS_WIDTH)}[form]
    serve(lambda: in_blocks(account, width, features, weights, earned), ["numpy", "pandas"])


if __name__ == "__main__":
    main()
