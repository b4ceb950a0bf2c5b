"""(b) A hand-written parallel loop in Numba that makes the same tally."""

from comparisons import fluke
from comparisons.crosses import Crosses
from harness.agreement import Columns, tallies_agree
from harness.comparison import Comparison, Target
from harness.workplace import Workplace

FEE = 10
# Name, variant, whether it is timed; double precision of the lanes only proves that they are right.
VARIANTS = (
    ("Numba loop, double", "loop-double", True),
    ("Numba loop, single", "loop-single", True),
    ("Numba loop, single, fastmath", "loop-single-fast", True),
    ("Numba lanes, double", "lanes-double", False),
    ("Numba lanes, single", "lanes-single", True),
    ("Numba lanes, single, fastmath", "lanes-single-fast", True),
)
LOOPS = ("Numba loop, double", "Numba loop, single")
EXACT = (*LOOPS, "Numba lanes, single")


def comparison(place: Workplace) -> Comparison:
    """One strategy after the other, and 16 side by side, each in parallel."""
    crosses = Crosses.of(place, "numba")

    def check(results: dict[str, Columns]) -> list[str]:
        exact = crosses.without_ties(results[fluke.ENGINE_DOUBLE])
        found = [crosses.ties]
        for name, variant, _ in (("the engine as it is timed", "single", True), *VARIANTS):
            columns = results[fluke.ENGINE if variant == "single" else name]
            found.append(str(tallies_agree(
                f"{name}, against the engine in double precision", exact, crosses.without_ties(columns),
                precision="double" if "double" in variant else "single", bars=crosses.bars)))
        return found

    return Comparison(
        title="Numba, moving averages", check=check,
        work=f"{crosses.work}, {FEE} basis points a change of position; the whole tally of each (17 members).",
        subjects=[
            crosses.program(FEE), crosses.engine(fee=FEE), crosses.engine("double", fee=FEE),
            *(crosses.peer(name, "numba_crosses", variant, is_timed=is_timed, fee=FEE)
              for name, variant, is_timed in VARIANTS)],
        targets=[
            Target("a Numba loop over strategies, warm", 2, LOOPS),
            Target("Numba with strategies side by side, unrolled for LLVM, warm", 2, EXACT)],
        notes=[
            "fastmath lets LLVM reorder sums and assume that nothing is NaN, which Fluke does not; it is shown, and "
            "does not count for the targets.",
            "Lanes in double precision are compared and not timed."])
