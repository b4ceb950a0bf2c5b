"""(d) raptorbt: its parallel batch of backtests, fed with signals for all pairs."""

from comparisons import fluke
from comparisons.crosses import Crosses
from harness.agreement import Columns, figures_agree
from harness.comparison import Comparison
from harness.workplace import Workplace

BATCH = "raptorbt, 500 pairs at a time"


def comparison(place: Workplace) -> Comparison:
    """The sweep as raptorbt expresses it: boolean entries and exits for each pair, which NumPy makes."""
    crosses = Crosses.of(place, "raptorbt")

    def check(results: dict[str, Columns]) -> list[str]:
        exact = crosses.without_ties(results[fluke.ENGINE_DOUBLE])
        single = crosses.without_ties(results[fluke.ENGINE])
        return [
            crosses.ties,
            str(figures_agree(
                f"{BATCH}, against the engine in double precision", exact, crosses.without_ties(results[BATCH]),
                precision="double", bars=crosses.bars)),
            str(figures_agree(
                "the engine as it is timed, against itself in double precision", exact, single, precision="single",
                bars=crosses.bars))]

    return Comparison(
        title="raptorbt, moving averages", work=f"{crosses.work}; five figures of each.", check=check, targets=[],
        subjects=[
            crosses.program(), crosses.engine(figures=1), crosses.engine("double", figures=1),
            crosses.peer(BATCH, "raptorbt_crosses", "batch")],
        notes=["raptorbt computes 48 metrics, keeps the equity, drawdown and returns of each backtest and lists its "
               "trades, more than is asked for here; it has no way to ask for less."])
