"""vectorbt's way through all crosses of moving averages.

`documented` is how its pages do it: averages of all pairs by run_combs, comparisons of whole frames, one portfolio of
all pairs. `chunked` computes each average once, slices plain arrays and makes a portfolio of a few pairs at a time:
what one does who runs out of memory, and quicker because less memory is touched.
"""

from itertools import combinations

import numpy
import pandas
import vectorbt
from serve import Result, arguments, serve

BARS_PER_YEAR = 365.25
PAIRS_AT_A_TIME = 100


def read_close(file: str) -> pandas.Series:
    """Closes by time."""
    return pandas.read_csv(file, index_col="timestamp", parse_dates=True)["close"]


def portfolio_of(close: pandas.Series, entries: object, exits: object, fee: float = 0.0) -> vectorbt.Portfolio:
    """Long only, with the whole equity, filled at the close."""
    vectorbt.settings.returns["year_freq"] = f"{BARS_PER_YEAR} days"
    return vectorbt.Portfolio.from_signals(
        close, entries, exits, fees=fee, direction="longonly", init_cash=100.0, freq="1D")


def figures_of(portfolio: vectorbt.Portfolio) -> Result:
    """What is compared, a number for each pair."""
    return {
        "num_trades": portfolio.trades.count().to_numpy(),
        "total_return": portfolio.total_return().to_numpy(),
        "sharpe_ratio": portfolio.sharpe_ratio().to_numpy(),
        "max_drawdown": -portfolio.max_drawdown().to_numpy(),
        "win_rate": portfolio.trades.win_rate().to_numpy(),
    }


def documented(close: pandas.Series, windows: range) -> Result:
    """All pairs at once."""
    fast, slow = vectorbt.MA.run_combs(close, window=list(windows), r=2, short_names=["fast", "slow"])
    entries, exits = fast.ma_above(slow), fast.ma_below(slow)
    entries.iloc[-1], exits.iloc[-1] = False, True
    found = figures_of(portfolio_of(close, entries, exits))
    pairs = entries.columns
    return found | {
        "fast": pairs.get_level_values("fast_window").to_numpy(),
        "slow": pairs.get_level_values("slow_window").to_numpy()}


def crossings(fast: numpy.ndarray, slow: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Entries and exits of averages (bars × pairs); at the last close all is closed and nothing opened."""
    entries, exits = fast > slow, fast < slow
    entries[-1], exits[-1] = False, True
    return entries, exits


def chunked(close: pandas.Series, windows: range) -> Result:
    """A few pairs at a time, of averages that are computed once."""
    averages = vectorbt.MA.run(close, window=list(windows)).ma.to_numpy()
    pairs = numpy.array(list(combinations(windows, 2)))
    parts = []
    for first in range(0, len(pairs), PAIRS_AT_A_TIME):
        fast, slow = pairs[first : first + PAIRS_AT_A_TIME].T
        above, below = averages[:, fast - windows.start], averages[:, slow - windows.start]
        parts.append(figures_of(portfolio_of(close, *crossings(above, below))) | {"fast": fast, "slow": slow})
    return {name: numpy.concatenate([part[name] for part in parts]) for name in parts[0]}


def main() -> None:
    """Serves one variant."""
    variant, folder, values = arguments()
    close = read_close(folder / "bars.csv")
    windows = range(int(values["from"]), int(values["to"]) + 1)
    call = {"documented": documented, "chunked": chunked}[variant]
    serve(lambda: call(close, windows), ["vectorbt", "numba", "numpy", "pandas"])


if __name__ == "__main__":
    main()
