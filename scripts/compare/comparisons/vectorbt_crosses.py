"""(a) vectorbt: signals, portfolio, total return, Sharpe ratio, drawdown, win rate, trades."""

from comparisons import fluke
from comparisons.crosses import Crosses
from harness.agreement import Columns, figures_agree
from harness.comparison import Comparison, Target
from harness.workplace import Workplace

DOCUMENTED, CHUNKED = "vectorbt, as documented", "vectorbt, 100 pairs at a time"


def comparison(place: Workplace) -> Comparison:
    """vectorbt in two ways, both in double precision, the only one it has."""
    crosses = Crosses.of(place, "vectorbt")

    def check(results: dict[str, Columns]) -> list[str]:
        exact = crosses.without_ties(results[fluke.ENGINE_DOUBLE])
        single = crosses.without_ties(results[fluke.ENGINE])
        found = [crosses.program_agrees(results[fluke.ENGINE]), crosses.ties]
        for name in (DOCUMENTED, CHUNKED):
            found.append(str(figures_agree(
                f"{name}, against the engine in double precision", exact, crosses.without_ties(results[name]),
                precision="double", bars=crosses.bars)))
        found.append(str(figures_agree(
            "the engine as it is timed, against itself in double precision", exact, single, precision="single",
            bars=crosses.bars)))
        return found

    return Comparison(
        title="vectorbt, moving averages", work=f"{crosses.work}; five figures of each.", check=check,
        subjects=[
            crosses.program(), crosses.engine(figures=1), crosses.engine("double", figures=1),
            crosses.peer(DOCUMENTED, "vectorbt_crosses", "documented"),
            crosses.peer(CHUNKED, "vectorbt_crosses", "chunked"),
            fluke.sweep(place, crosses.folder, [
                "--data", str(crosses.folder / "bars.csv"), "--family", "sma-cross", "--fast",
                f"{crosses.first}:{crosses.last}", "--slow", f"{crosses.first}:{crosses.last}"]),
        ],
        targets=[
            Target("vectorbt's time as documented, warm", 1_000, (DOCUMENTED,)),
            Target("vectorbt's time at its best, warm", 1_000, (DOCUMENTED, CHUNKED)),
            Target("vectorbt's memory as documented", 100, (DOCUMENTED,), measure="peak"),
        ],
        notes=[
            "vectorbt computes in double precision, Fluke in single with sums in double; `--precision double` takes "
            "Fluke about twice as long.",
            "Fluke makes its whole tally (17 members), of which the five figures are read."])
