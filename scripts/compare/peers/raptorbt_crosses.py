"""raptorbt's way through all crosses of moving averages: signals made by NumPy, its batch of backtests on all cores.

It keeps the equity, the drawdown and the returns of every backtest of a batch, so batches are of a few hundred.
"""

from itertools import combinations

import numpy
import pandas
import raptorbt
from serve import Result, arguments, serve

BARS_PER_YEAR = 365.25
PAIRS_AT_A_TIME = 500


def crosses(bars: pandas.DataFrame, windows: range) -> Result:
    """All pairs, in batches."""
    times = pandas.to_datetime(bars["timestamp"], utc=True).dt.as_unit("ns").astype("int64").to_numpy()
    columns = [numpy.ascontiguousarray(bars[name].to_numpy(dtype=float))
               for name in ("open", "high", "low", "close", "volume")]
    close = columns[3]
    averages = {window: raptorbt.sma(close, window) for window in windows}
    config = raptorbt.BacktestConfig(
        initial_capital=100.0, fees=0.0, slippage=0.0, fill_timing="same_bar_close", periods_per_year=BARS_PER_YEAR)
    pairs = list(combinations(windows, 2))
    rows = []
    for first in range(0, len(pairs), PAIRS_AT_A_TIME):
        items = []
        for fast, slow in pairs[first : first + PAIRS_AT_A_TIME]:
            entries, exits = averages[fast] > averages[slow], averages[fast] < averages[slow]
            # What is open is closed at the last close, and nothing is opened there.
            entries[-1], exits[-1] = False, True
            items.append(raptorbt.BatchSingleItem("", entries, exits))
        for _, result in raptorbt.batch_single_backtest(times, *columns, items, config):
            found = result.metrics
            rows.append((found.total_trades, found.total_return_pct / 100, found.sharpe_ratio,
                         found.max_drawdown_pct / 100, found.win_rate_pct / 100))
    names = ("num_trades", "total_return", "sharpe_ratio", "max_drawdown", "win_rate")
    fast, slow = numpy.array(pairs).T
    return dict(zip(names, numpy.array(rows).T, strict=True)) | {"fast": fast, "slow": slow}


def main() -> None:
    """Serves the batch."""
    _, folder, values = arguments()
    bars = pandas.read_csv(folder / "bars.csv")
    windows = range(int(values["from"]), int(values["to"]) + 1)
    serve(lambda: crosses(bars, windows), ["raptorbt", "numpy"])


if __name__ == "__main__":
    main()
