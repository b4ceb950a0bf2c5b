"""Makes the inputs that all subjects of a comparison share.

usage: inputs.py FOLDER KIND [KEY=VALUE...]

    bars     the first `count` built-in daily bars: bars.csv, and bars.f64 with its columns one after the other
    ties     of the closes of bars.csv: ties.json, the pairs of averages that are exactly equal on some bar
    returns  noise, 1 % a bar, around means with a deviation of `edge`: returns.npy, and returns.f64 row by row
    draws    `count` stationary resamples of the bars of returns.npy, mean block length `block`: draws.i32
    signals  coin flips on all built-in daily bars: prices.csv, signals.json, and signals.i8 strategy by strategy
"""

import json
import sys
from itertools import combinations
from pathlib import Path

import numpy
import pandas

DAILY = Path(__file__).resolve().parents[3] / "Sources/CBuiltInMarkets/btc-1d.csv"
SEED = 20
TRAINING = 0.7


def write_bars(folder: Path, daily: pandas.DataFrame) -> None:
    """For those who read CSV, and for the engine."""
    daily.to_csv(folder / "bars.csv", index=False)
    microseconds = pandas.to_datetime(daily["timestamp"], utc=True).dt.as_unit("us").astype("int64")
    columns = [microseconds, *(daily[name] for name in ("open", "high", "low", "close", "volume"))]
    numpy.concatenate([column.to_numpy(dtype=float) for column in columns]).tofile(folder / "bars.f64")


def bars(folder: Path, count: str) -> None:
    """A stretch of a real market; prices as they are in the file."""
    write_bars(folder, pandas.read_csv(DAILY, nrows=int(count)))


def ties(folder: Path, first: str, last: str) -> None:
    """In whole cents, where sums are exact: whether one mean equals another is whether two products do."""
    cents = (pandas.read_csv(folder / "bars.csv")["close"] * 100).round().astype("int64").to_numpy()
    sums = numpy.concatenate([[0], numpy.cumsum(cents)])
    windows = range(int(first), int(last) + 1)
    # By window the sum over it that ends at each bar.
    totals = {window: sums[window:] - sums[:-window] for window in windows}
    found = [
        (fast, slow) for fast, slow in combinations(windows, 2)
        if numpy.any(totals[fast][slow - fast :] * slow == totals[slow] * fast)]
    (folder / "ties.json").write_text(json.dumps(found), encoding="utf-8")


def returns(folder: Path, count: str, strategies: str, edge: str) -> None:
    """Some strategies are better than others, and some lose."""
    random = numpy.random.default_rng(SEED)
    shape = int(count), int(strategies)
    matrix = 0.01 * random.standard_normal(shape) + float(edge) * random.standard_normal(shape[1])
    numpy.save(folder / "returns.npy", matrix)
    matrix.tofile(folder / "returns.f64")


def draws(folder: Path, count: str, block: str) -> None:
    """Politis and Romano's stationary bootstrap: each bar follows the one before, or begins a block anywhere."""
    random = numpy.random.default_rng(SEED)
    length = len(numpy.load(folder / "returns.npy", mmap_mode="r"))
    shape = int(count), length
    starts = random.integers(0, length, size=shape)
    begins = random.random(shape) < 1 / int(block)
    begins[:, 0] = True
    # Each bar is as far from the start of its block as from the column where that block began.
    began = numpy.maximum.accumulate(numpy.where(begins, numpy.arange(length), 0), axis=1)
    drawn = (numpy.take_along_axis(starts, began, axis=1) + numpy.arange(length) - began) % length
    drawn.astype(numpy.int32).tofile(folder / "draws.i32")


def signals(folder: Path, strategies: str) -> None:
    """The classic demonstration: as many flips as the longer segment has bars."""
    daily = pandas.read_csv(DAILY)
    write_bars(folder, daily)
    prices = pandas.DataFrame({"date": daily["timestamp"].str[:10], "price": daily["close"]})
    prices.to_csv(folder / "prices.csv", index=False)
    random = numpy.random.default_rng(SEED)
    flips = random.integers(0, 2, size=(int(strategies), int(len(daily) * TRAINING)), dtype=numpy.int8)
    named = {f"strategy_{number:05}": row.tolist() for number, row in enumerate(flips)}
    (folder / "signals.json").write_text(json.dumps(named), encoding="utf-8")
    flips.tofile(folder / "signals.i8")


if __name__ == "__main__":
    folder, kind, *pairs = sys.argv[1:]
    make = {"bars": bars, "ties": ties, "returns": returns, "draws": draws, "signals": signals}[kind]
    make(Path(folder), **dict(pair.split("=", 1) for pair in pairs))
