"""All crosses of moving averages with the whole tally, in Numba, as somebody writes it who wants it fast.

Averages are computed once for each window and shared; strategies run in parallel; nothing is kept of a bar.

`loop` goes through one strategy after the other and does nothing on bars without a position. `lanes` holds 16
strategies side by side and takes four bars at a time, so that LLVM keeps the running sums of a register's width of
strategies in registers. `double` and `single` are the precision of all arithmetic but the averages; `-fast` allows LLVM
to reorder arithmetic and to assume that nothing is NaN (fastmath).
"""

from collections.abc import Callable
from pathlib import Path

import numba
import numpy
import pandas
from numba import njit, prange
from serve import Result, arguments, serve

LANES, BARS_AT_A_TIME = 16, 4
MEMBERS = (
    "bars_in_market", "winning_bars", "sum", "sum_of_squares", "sum_of_cubes", "sum_of_fourths", "sum_of_losses",
    "sum_of_squared_losses", "growth", "highest", "lowest", "maximum_drawdown", "turnover", "trades_closed",
    "trades_won", "gross_profit", "gross_loss")


def relative_averages(close: numpy.ndarray, first: int, last: int) -> numpy.ndarray:
    """Averages over the close less 1 (windows × bars), 0 before they are there.

    Of numbers near 0 single precision keeps differences that it would lose of prices.
    """
    averages = numpy.zeros((last - first + 1, close.size))
    for row in prange(last - first + 1):
        window = first + row
        total = 0.0
        for bar in range(close.size):
            total += close[bar]
            if bar >= window:
                total -= close[bar - window]
            if bar >= window - 1:
                averages[row, bar] = total / window / close[bar] - 1
    return averages


def loop(
    averages: numpy.ndarray, returns: numpy.ndarray, fast: numpy.ndarray, slow: numpy.ndarray, start: numpy.ndarray,
    cost: float,
) -> numpy.ndarray:
    """One strategy after the other; `start` is the first bar on which both averages are there."""
    zero, one = returns.dtype.type(0), returns.dtype.type(1)
    found = numpy.empty((17, fast.size), returns.dtype)
    last = returns.size - 2
    for strategy in prange(fast.size):
        above, below = averages[fast[strategy]], averages[slow[strategy]]
        in_market = winning = closed = won = 0
        total = squares = cubes = fourths = losses = squared_losses = turnover = profit = loss = zero
        growth = highest = lowest = trade = one
        drawdown = zero
        held = False
        for bar in range(start[strategy], last + 1):
            wanted = above[bar] > below[bar] or (held and above[bar] == below[bar])
            if not wanted and not held:
                continue
            net = returns[bar + 1] if wanted else zero
            if wanted != held:
                turnover += one
                net -= cost
                if held:
                    result = trade * (one - cost) - one
                    closed += 1
                    if result > zero:
                        won += 1
                        profit += result
                    else:
                        loss -= result
                trade = one + net
                held = wanted
            else:
                trade *= one + net
            if held and bar == last:
                turnover += one
                net -= cost
            in_market += held
            winning += net > zero
            square, fall, step = net * net, min(net, zero), one + net
            total += net
            squares += square
            cubes += square * net
            fourths += square * square
            losses += fall
            squared_losses += fall * fall
            growth *= step
            highest = max(highest, growth)
            lowest = min(lowest, growth)
            drawdown = max(drawdown, one - growth / highest)
        if held:
            result = trade * (one - cost) - one
            closed += 1
            if result > zero:
                won += 1
                profit += result
            else:
                loss -= result
        column = found[:, strategy]
        column[0], column[1], column[2], column[3], column[4] = in_market, winning, total, squares, cubes
        column[5], column[6], column[7], column[8] = fourths, losses, squared_losses, growth
        column[9], column[10], column[11], column[12] = highest, lowest, drawdown, turnover
        column[13], column[14], column[15], column[16] = closed, won, profit, loss
    return found


def lanes(
    averages: numpy.ndarray, returns: numpy.ndarray, fast: numpy.ndarray, slow: numpy.ndarray, start: numpy.ndarray,
    cost: float,
) -> numpy.ndarray:
    """Strategies side by side; before its `start` the score of a strategy is below every threshold."""
    zero, one = returns.dtype.type(0), returns.dtype.type(1)
    groups = (fast.size + LANES - 1) // LANES
    decisions = returns.size - 1
    bars = (decisions + BARS_AT_A_TIME - 1) // BARS_AT_A_TIME * BARS_AT_A_TIME
    # What fills up to whole fours stands before the first bar, where all are flat.
    filling = bars - decisions
    earned = numpy.zeros(bars, returns.dtype)
    earned[filling:] = returns[1:]
    closing = numpy.zeros(bars, returns.dtype)
    closing[bars - 1] = cost
    found = numpy.empty((17, groups * LANES), returns.dtype)
    for group in prange(groups):
        scores = numpy.empty((bars, LANES), returns.dtype)
        for lane in range(LANES):
            strategy = min(group * LANES + lane, fast.size - 1)
            above, below = averages[fast[strategy]], averages[slow[strategy]]
            for bar in range(filling + start[strategy]):
                scores[bar, lane] = -one
            for bar in range(start[strategy], decisions):
                scores[filling + bar, lane] = above[bar] - below[bar]
        state = numpy.zeros((20, LANES), returns.dtype)
        state[8:11] = one
        state[17:20] = one
        for first in range(0, bars, BARS_AT_A_TIME):
            for lane in range(LANES):
                in_market, winning, total, squares, cubes = (
                    state[0, lane], state[1, lane], state[2, lane], state[3, lane], state[4, lane])
                fourths, losses, squared_losses, growth, highest = (
                    state[5, lane], state[6, lane], state[7, lane], state[8, lane], state[9, lane])
                lowest, position, turnover, closed, won = (
                    state[10, lane], state[11, lane], state[12, lane], state[13, lane], state[14, lane])
                profit, loss, trade, ratio, lowest_ratio = (
                    state[15, lane], state[16, lane], state[17, lane], state[18, lane], state[19, lane])
                for step in range(BARS_AT_A_TIME):
                    score = scores[first + step, lane]
                    wanted = position if score >= zero else zero
                    wanted = one if score > zero else wanted
                    changed = abs(wanted - position)
                    net = wanted * earned[first + step] - cost * changed - closing[first + step] * wanted
                    closes = (changed > zero) & (position > zero)
                    result = trade * (one - cost) - one if closes else zero
                    closed += one if closes else zero
                    won += one if result > zero else zero
                    profit += max(result, zero)
                    loss -= min(result, zero)
                    change = one + net
                    grown = change + closing[first + step] * wanted
                    trade = grown if changed > zero else trade * grown
                    turnover += changed
                    in_market += wanted
                    winning += one if net > zero else zero
                    square, fall = net * net, min(net, zero)
                    total += net
                    squares += square
                    cubes += square * net
                    fourths += square * square
                    losses += fall
                    squared_losses += fall * fall
                    growth *= change
                    highest = max(highest, growth)
                    lowest = min(lowest, growth)
                    ratio = min(ratio * change, one)
                    lowest_ratio = min(lowest_ratio, ratio)
                    position = wanted
                (state[0, lane], state[1, lane], state[2, lane], state[3, lane], state[4, lane]) = (
                    in_market, winning, total, squares, cubes)
                (state[5, lane], state[6, lane], state[7, lane], state[8, lane], state[9, lane]) = (
                    fourths, losses, squared_losses, growth, highest)
                (state[10, lane], state[11, lane], state[12, lane], state[13, lane], state[14, lane]) = (
                    lowest, position, turnover, closed, won)
                (state[15, lane], state[16, lane], state[17, lane], state[18, lane], state[19, lane]) = (
                    profit, loss, trade, ratio, lowest_ratio)
        for lane in range(LANES):
            # What is still open was closed at the last close.
            held = state[11, lane]
            result = held * (state[17, lane] * (one - cost) - one)
            column = found[:, group * LANES + lane]
            column[:11] = state[:11, lane]
            column[11] = one - state[19, lane]
            column[12] = state[12, lane] + held
            column[13] = state[13, lane] + held
            column[14] = state[14, lane] + (one if result > zero else zero)
            column[15] = state[15, lane] + max(result, zero)
            column[16] = state[16, lane] - min(result, zero)
    return found[:, : fast.size]


def compiled(form: Callable[..., numpy.ndarray], fastmath: bool) -> Callable[..., numpy.ndarray]:
    """In parallel; what was compiled once is found on disk by later processes."""
    return njit(parallel=True, fastmath=fastmath, cache=True)(form)


def main() -> None:
    """Serves one variant, such as lanes-single-fast."""
    variant, folder, values = arguments()
    form, precision, *fast_arithmetic = variant.split("-")
    kind = {"single": numpy.float32, "double": numpy.float64}[precision]
    close = pandas.read_csv(folder / "bars.csv")["close"].to_numpy()
    first, last, cost = int(values["from"]), int(values["to"]), kind(float(values["fee"]) / 10_000)
    # Numba finds compiled code again by function and types, which the variants share.
    numba.config.CACHE_DIR = str(Path(numba.config.CACHE_DIR) / variant)
    average = compiled(relative_averages, False)
    sweep = compiled({"loop": loop, "lanes": lanes}[form], bool(fast_arithmetic))

    def call() -> Result:
        fast, slow = numpy.triu_indices(last - first + 1, 1)
        averages = average(close, first, last).astype(kind)
        returns = numpy.concatenate([[0], close[1:] / close[:-1] - 1]).astype(kind)
        found = sweep(averages, returns, fast, slow, slow + first - 1, cost)
        return dict(zip(MEMBERS, found, strict=True)) | {"fast": fast + first, "slow": slow + first}

    serve(call, ["numba", "llvmlite", "numpy"])


if __name__ == "__main__":
    main()
