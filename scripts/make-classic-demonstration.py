#!/usr/bin/env python3
"""The classic coin-flip demonstration in a few independent lines, and its figures as fixtures for the tests.

Writes below Tests/PipelineTests/Fixtures:

    classic-prices.csv    date, price: the closes of the built-in daily bars
    classic-signals.json  id -> one 0 or 1 for each bar of the longer of the two segments
    classic-results.json  id -> figures in training and validation, and the best by training win rate

The conventions are the demonstration's own. The first 70 % of the bars are for training; the signals start anew on
the first bar of either segment. A signal of 1 buys at the bar's close and sells at the next, so the last bar of a
segment has no trade. total_return is the plain sum of the trades' returns, sharpe_ratio their mean over their
population standard deviation times √252, max_drawdown that of the trades compounded from 1.
"""

import csv
import json
import math
import platform
import random
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "Tests/PipelineTests/Fixtures"
TRAINING = 0.7
SEED = 20
# Rare flips, even flips, frequent flips; never and always, whose figures are partly undefined or equal the market's.
PROBABILITIES = {f"strategy_{number:03}": p for number, p in enumerate(
    [0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.02, 0.02, 0.9, 0.9, 0.0, 1.0])}


def performance(prices, signals):
    """None for what is undefined: every rate without a trade, the Sharpe ratio also for a deviation of zero."""
    trades = [prices[i + 1] / prices[i] - 1 for i in range(len(prices) - 1) if signals[i]]
    mean = deviation = None
    if trades:
        mean = math.fsum(trades) / len(trades)
        deviation = math.sqrt(math.fsum((trade - mean) ** 2 for trade in trades) / len(trades))
    equity = peak = 1.0
    drawdown = 0.0
    for trade in trades:
        equity *= 1 + trade
        peak = max(peak, equity)
        drawdown = max(drawdown, 1 - equity / peak)
    return {
        "num_trades": len(trades),
        "win_rate": sum(trade > 0 for trade in trades) / len(trades) if trades else None,
        "total_return": math.fsum(trades),
        "sharpe_ratio": mean / deviation * math.sqrt(252) if deviation else None,
        "max_drawdown": drawdown,
    }


def main():
    with open(ROOT / "Sources/CBuiltInMarkets/btc-1d.csv", newline="", encoding="utf-8") as file:
        bars = [(row["timestamp"][:10], row["close"]) for row in csv.DictReader(file)]
    prices = [float(price) for _, price in bars]
    split = int(len(prices) * TRAINING)
    training, validation = prices[:split], prices[split:]

    generator = random.Random(SEED)
    signals = {
        name: [int(generator.random() < probability) for _ in range(max(split, len(prices) - split))]
        for name, probability in PROBABILITIES.items()}
    results = {
        name: {"training": performance(training, flips), "validation": performance(validation, flips)}
        for name, flips in signals.items()}
    # Ties go to the first; without a trade there is no win rate.
    best = max((name for name in results if results[name]["training"]["win_rate"] is not None),
               key=lambda name: results[name]["training"]["win_rate"])

    FIXTURES.mkdir(parents=True, exist_ok=True)
    with open(FIXTURES / "classic-prices.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["date", "price"])
        writer.writerows(bars)
    lines = ",\n".join(f'"{name}":[{",".join(map(str, flips))}]' for name, flips in signals.items())
    (FIXTURES / "classic-signals.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    document = {
        "made_by": "scripts/make-classic-demonstration.py",
        "versions": {"python": platform.python_version()},
        "bars_per_year": 252,
        "training_bars": split,
        "best": best,
        "strategies": results,
    }
    (FIXTURES / "classic-results.json").write_text(
        json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
