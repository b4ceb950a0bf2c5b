#!/usr/bin/env python3
"""Compares fluke's sma-cross sweep with vectorbt's on the same bars, costs included.

    vectorbt_costs.py --fluke .build/release/fluke [--data bars.csv] [--fee-bps 10]
    vectorbt_costs.py --fixture Tests/PipelineTests/Fixtures/vectorbt-sma-cross.json

The first runs both and prints the worst differences over all pairs. The second writes vectorbt's figures, without
and with costs, for the tests. The Python that has vectorbt is the one that `scripts/compare/run --python` prints.

Both are long from the bar where the fast average is above the slow one to the bar where it is below, with the whole
equity, filled at the close. A decision on the last bar has no bar left to earn, so no trade is opened there, and what
is open is closed at the last close, with its cost.

The cost conventions differ. vectorbt takes the fee c out of the order: equity is multiplied by 1/(1+c) on the bar of
an entry and by 1-c on the bar of an exit. Fluke charges it on the return of the bar after the decision, as a sum:
x[t+1] = p[t]·r[t+1] - c·|p[t]-p[t-1]|, and for the last close on the last bar. Per round trip the growth is then
(1+r-c)(1-c) beside (1+r)(1-c)/(1+c), which agree to first order in c; and a cost falls one bar later. So with costs
the comparison is made twice: with vectorbt's own figures, where the differences are of the order of c times r per
trade, and with vectorbt's positions under fluke's convention, where only rounding is left.
"""

import argparse
import csv
import hashlib
import json
import math
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy
import pandas
import vectorbt
from vectorbt_crosses import BARS_PER_YEAR, crossings, figures_of, portfolio_of, read_close

ROOT = Path(__file__).resolve().parents[3]
DAILY = ROOT / "Sources/CBuiltInMarkets/btc-1d.csv"
FAST, SLOW = "2:40:2", "45:245:8"
FIGURES = ("num_trades", "total_return", "sharpe_ratio", "max_drawdown", "win_rate")


def values(text):
    """The numbers of a range `from:to:step`, both ends included."""
    first, last, step = map(int, text.split(":"))
    return range(first, last + 1, step)


def pairs():
    return [(fast, slow) for fast in values(FAST) for slow in values(SLOW)]


def entries_and_exits(close):
    """Of all pairs (bars × pairs), by vectorbt's own moving averages."""
    average = {window: vectorbt.MA.run(close, window).ma.to_numpy() for window in {w for pair in pairs() for w in pair}}
    fast = numpy.column_stack([average[fast] for fast, _ in pairs()])
    slow = numpy.column_stack([average[slow] for _, slow in pairs()])
    # Rounding of the averages must not decide: no pair may come close to a tie.
    nearest = numpy.nanmin(numpy.abs(fast - slow) / slow)
    assert nearest > 1e-9, f"two averages differ by {nearest} only; their order is a matter of rounding"
    return crossings(fast, slow)


def figures(returns, trades, win_rate):
    """Per pair; the Sharpe ratio and the drawdown as vectorbt defines them, over all bars, the first one flat."""
    equity = numpy.cumprod(1 + returns, axis=0)
    peak = numpy.maximum(numpy.maximum.accumulate(equity, axis=0), 1)
    return {
        "num_trades": trades,
        "total_return": equity[-1] - 1,
        "sharpe_ratio": returns.mean(axis=0) / returns.std(axis=0, ddof=1) * math.sqrt(BARS_PER_YEAR),
        "max_drawdown": (1 - equity / peak).max(axis=0),
        "win_rate": win_rate,
    }


def vectorbt_figures(close, entries, exits, fee):
    """vectorbt's own figures, and those of its positions under fluke's cost convention."""
    portfolio = portfolio_of(close, entries, exits, fee)
    own = figures_of(portfolio)
    # What vectorbt says about its returns is what they say themselves: so the formulas are the ones we think of.
    again = figures(portfolio.returns().to_numpy(), own["num_trades"], own["win_rate"])
    for name in FIGURES:
        numpy.testing.assert_allclose(again[name], own[name], rtol=1e-9)

    prices = close.to_numpy()
    position = (portfolio.assets().to_numpy() > 0).astype(float)
    # vectorbt is flat at the end of the last bar; until its close the position of the bar before it was held.
    held = numpy.vstack([numpy.zeros(position.shape[1]), position[:-1]])
    change = numpy.vstack([numpy.zeros(position.shape[1]), numpy.abs(numpy.diff(held, axis=0))])
    change[-1] += held[-1]
    bar = numpy.concatenate([[0], prices[1:] / prices[:-1] - 1])[:, None]
    returns = held * bar - fee * change
    return own, figures(returns, own["num_trades"], win_rates(held, returns))


def win_rates(held, returns):
    """Trades that end above their start, of all trades; a trade's cost of exit falls on the bar after it."""
    rates = []
    for column in range(held.shape[1]):
        growths, growth = [], None
        for bar in range(len(held)):
            if growth is None and held[bar, column]:
                growth = 1.0
            if growth is not None:
                growth *= 1 + returns[bar, column]
                if not held[bar, column] or bar == len(held) - 1:
                    growths.append(growth)
                    growth = None
        rates.append(sum(growth > 1 for growth in growths) / len(growths) if growths else math.nan)
    return numpy.array(rates)


def fluke_figures(program, data, fee_basis_points):
    """fluke's figures for the same pairs, in the order of `pairs()`."""
    with tempfile.TemporaryDirectory() as output:
        subprocess.run(
            [program, "sweep", "--family", "sma-cross", "--fast", FAST, "--slow", SLOW, "--data", str(data),
             "--train", "1.0", "--precision", "double", "--fee-bps", str(fee_basis_points),
             "--bars-per-year", str(BARS_PER_YEAR), "--output", output, "--quiet"],
            check=True)
        with open(Path(output) / "results/training_performance.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        strategies = json.loads((Path(output) / "strategies/strategies_latest.json").read_text(encoding="utf-8"))
    columns = parameters(strategies)
    if len(rows) != len(columns):
        sys.exit(f"vectorbt_costs: {len(rows)} rows of performance for {len(columns)} strategies")
    by_pair = dict(zip(columns, rows))
    missing = [pair for pair in pairs() if pair not in by_pair]
    if missing:
        sys.exit(f"vectorbt_costs: fluke left out {len(missing)} pairs, the first is {missing[0]}")
    # An empty cell is an undefined figure.
    return {name: numpy.array([float(by_pair[pair][name] or "nan") for pair in pairs()]) for name in FIGURES}


def parameters(strategies):
    """(fast, slow) of every strategy from strategies_latest.json, whose matrix is by columns: one array a strategy."""
    names = strategies["parameters"]
    fast, slow = names.index("fast"), names.index("slow")
    return [(round(column[fast]), round(column[slow])) for column in strategies["columns"]]


def compare(title, expected, actual):
    print(title)
    print(f"  {'':14}{'worst relative':>16}{'worst absolute':>16}  at fast, slow")
    for name in FIGURES:
        absolute = numpy.abs(actual[name] - expected[name])
        undefined = numpy.isnan(actual[name]) != numpy.isnan(expected[name])
        absolute[undefined] = numpy.inf
        absolute = numpy.nan_to_num(absolute, nan=0.0, posinf=numpy.inf)
        relative = absolute / numpy.maximum(numpy.abs(expected[name]), 1e-300)
        relative[absolute == 0] = 0
        worst = int(relative.argmax())
        print(f"  {name:14}{relative[worst]:16.3g}{absolute.max():16.3g}  {pairs()[worst]}")


def versions():
    return {"vectorbt": vectorbt.__version__, "numpy": numpy.__version__, "pandas": pandas.__version__,
            "python": platform.python_version()}


def write_fixture(path, data, close, entries, exits):
    document = {
        "made_by": "scripts/compare/peers/vectorbt_costs.py --fixture",
        "source": "vectorbt (PyPI), MA.run and Portfolio.from_signals, long only, whole equity, filled at the close",
        "versions": versions(),
        "bars": {"count": len(close), "file": data.name, "sha256": hashlib.sha256(data.read_bytes()).hexdigest()},
        "bars_per_year": BARS_PER_YEAR,
        "fast": [fast for fast, _ in pairs()],
        "slow": [slow for _, slow in pairs()],
        "runs": [],
    }
    for fee_basis_points in (0, 10):
        own, additive = vectorbt_figures(close, entries, exits, fee_basis_points / 1e4)
        for convention, result in (("vectorbt", own), ("additive", additive)):
            document["runs"].append(
                {"cost_convention": convention, "fee_basis_points": fee_basis_points}
                | {name: result[name].tolist() for name in FIGURES})
    path.write_text(json.dumps(document, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{path}: {len(pairs())} pairs, {path.stat().st_size} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fluke", metavar="PROGRAM", help="run this program and compare")
    parser.add_argument("--fixture", metavar="FILE", type=Path, help="write vectorbt's figures as JSON")
    parser.add_argument("--data", metavar="CSV", type=Path, default=DAILY, help="the bars (default: the built-in days)")
    parser.add_argument("--fee-bps", metavar="X", type=float, help="compare at this fee alone (default: 0, then 10)")
    options = parser.parse_args()
    if not options.fluke and not options.fixture:
        parser.error("say --fluke PROGRAM to compare or --fixture FILE to write the figures")

    close = read_close(options.data)
    entries, exits = entries_and_exits(close)
    if options.fixture:
        write_fixture(options.fixture, options.data, close, entries, exits)
    if options.fluke:
        print(f"{len(pairs())} pairs on {len(close)} bars; " + ", ".join(f"{k} {v}" for k, v in versions().items()))
        for fee_basis_points in (0.0, 10.0) if options.fee_bps is None else (options.fee_bps,):
            own, additive = vectorbt_figures(close, entries, exits, fee_basis_points / 1e4)
            actual = fluke_figures(options.fluke, options.data, fee_basis_points)
            compare(f"{fee_basis_points:g} bp, vectorbt's figures", own, actual)
            if fee_basis_points:
                compare(f"{fee_basis_points:g} bp, vectorbt's positions with fluke's cost convention", additive, actual)


if __name__ == "__main__":
    main()
