"""(g) The classic demonstration: a Python loop over strategies and bars."""

from collections.abc import Callable

from comparisons import fluke
from harness.agreement import Columns, equal, strategies_agree
from harness.comparison import Comparison
from harness.subjects import Worker
from harness.workplace import Workplace

LOOP, BARS, TRAINING = "Python loop", 2_694, 0.7
SEGMENTS = ("training", "validation")


def comparison(place: Workplace) -> Comparison:
    """Coin flips from a file, in training and validation."""
    folder = place.subfolder("classic")
    strategies = 500
    place.make_inputs(folder, "signals", strategies=strategies)
    signals = ["--signals", str(folder / "signals.json")]
    year = ["--convention", "per-trade", "--bars-per-year", "252"]

    def check(results: dict[str, Columns]) -> list[str]:
        found = [
            str(strategies_agree(
                f"{segment}, the engine as it is timed against the loop", results[LOOP], results[fluke.ENGINE],
                counts=(f"{segment}_num_trades",), scales=scales(segment), precision="single", terms=BARS))
            for segment in SEGMENTS]
        written = fluke.performance(folder / "run")
        return [*found, equal(
            "training figures of the engine against those of `fluke backtest`",
            [value for name in fluke.FIGURES for value in written[name]],
            [value for name in fluke.FIGURES for value in results[fluke.ENGINE][f"training_{name}"]])]

    return Comparison(
        title="the classic demonstration", check=check, targets=[],
        work=f"{strategies} coin flips of a file on {BARS:,} daily bars, {TRAINING:.0%} of them for training; win "
             "rate, sum of returns, Sharpe ratio, drawdown and trades of each in both segments.",
        subjects=[
            fluke.stages(place, folder, signals, year, data="prices.csv"),
            fluke.engine(place, folder, "signals", count=strategies, training=int(BARS * TRAINING)),
            Worker(LOOP, place.peer("python_loop", "all", folder), compiles=False),
            fluke.sweep(place, folder, ["--data", str(folder / "prices.csv"), *signals, *year])],
        notes=["`fluke sweep` also measures overfitting with 12,870 splits and 1,000 resamples, validates, and draws "
               "charts; the loop does none of it."])


def scales(segment: str) -> dict[str, Callable[[dict[str, float]], float]]:
    """Returns are summed and not compounded in this convention; a day's is below 5 % on average."""
    return {
        f"{segment}_win_rate": lambda f: 1.0,
        f"{segment}_total_return": lambda f: 0.05 * f[f"{segment}_num_trades"],
        f"{segment}_sharpe_ratio": lambda f: 252**0.5,
        f"{segment}_max_drawdown": lambda f: 1.0,
    }
