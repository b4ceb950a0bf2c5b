"""The classic demonstration: a loop over strategies, and in each a loop over bars, in Python alone.

Conventions as in scripts/make-classic-demonstration.py: a flip of 1 buys at the bar's close and sells at the next, the
flips begin anew in validation, a sum of returns, the mean over the population deviation times √252.
"""

import csv
import json
import math

from serve import Result, arguments, serve

BARS_PER_YEAR = 252
TRAINING = 0.7
UNDEFINED = math.nan


def performance(prices: list[float], flips: list[int]) -> tuple[float, ...]:
    """Win rate, total return, Sharpe ratio, drawdown, trades."""
    trades = []
    for bar in range(len(prices) - 1):
        if flips[bar]:
            trades.append(prices[bar + 1] / prices[bar] - 1)
    if not trades:
        return UNDEFINED, 0.0, UNDEFINED, 0.0, 0
    wins, equity, peak, drawdown = 0, 1.0, 1.0, 0.0
    for trade in trades:
        wins += trade > 0
        equity *= 1 + trade
        peak = max(peak, equity)
        drawdown = max(drawdown, 1 - equity / peak)
    mean = sum(trades) / len(trades)
    deviation = math.sqrt(sum((trade - mean) ** 2 for trade in trades) / len(trades))
    sharpe = mean / deviation * math.sqrt(BARS_PER_YEAR) if deviation else UNDEFINED
    return wins / len(trades), sum(trades), sharpe, drawdown, len(trades)


def demonstration(prices: list[float], flips: list[list[int]]) -> Result:
    """Every strategy in training and in validation."""
    split = int(len(prices) * TRAINING)
    names = ("win_rate", "total_return", "sharpe_ratio", "max_drawdown", "num_trades")
    found = {}
    for segment, part in (("training", prices[:split]), ("validation", prices[split:])):
        columns = zip(*(performance(part, row) for row in flips), strict=True)
        found |= {f"{segment}_{name}": column for name, column in zip(names, columns, strict=True)}
    return found


def main() -> None:
    """Serves the loop."""
    _, folder, _ = arguments()
    with open(folder / "prices.csv", newline="", encoding="utf-8") as file:
        prices = [float(row["price"]) for row in csv.DictReader(file)]
    flips = list(json.loads((folder / "signals.json").read_text(encoding="utf-8")).values())
    serve(lambda: demonstration(prices, flips), [])


if __name__ == "__main__":
    main()
