"""(c) NumPy with OpenBLAS: random weights over 32 features, the whole tally."""

from comparisons import fluke
from harness.agreement import Columns, tallies_agree
from harness.comparison import Comparison, Target
from harness.subjects import Worker
from harness.workplace import Workplace

ARRAYS, BARS = "NumPy, whole arrays", "NumPy, bar by bar"


def comparison(place: Workplace) -> Comparison:
    """NumPy in two ways, in single precision as Fluke, on the features and weights that Fluke has."""
    folder = place.subfolder("numpy")
    bars, count = (600, 1_000) if place.quick else (2_500, 10_000)
    place.make_inputs(folder, "bars", count=bars)
    given = fluke.engine(place, folder, "linear", count=count)
    given.export(folder / "linear.f64", place.environment)

    def peer(name: str, variant: str, is_timed: bool = True) -> Worker:
        return Worker(name, place.peer("numpy_linear", variant, folder), is_timed=is_timed)

    def check(results: dict[str, Columns]) -> list[str]:
        exact = results[fluke.ENGINE_DOUBLE]
        cases = (
            ("whole arrays in double", "double"), ("bar by bar in double", "double"), (ARRAYS, "single"),
            (BARS, "single"), (fluke.ENGINE, "single"))
        return [
            str(tallies_agree(f"{name}, against the engine in double precision", exact, results[name],
                              precision=precision, bars=bars))
            for name, precision in cases]

    return Comparison(
        title="NumPy, linear", check=check,
        work=f"`linear`, {count:,} random weightings of 32 features on {bars:,} daily bars, long above 0.5 until below "
             "0; the whole tally of each (17 members).",
        subjects=[
            fluke.stages(place, folder, ["--family", "linear", "--count", str(count)], ["--train", "1"]), given,
            fluke.engine(place, folder, "linear", "double", count=count),
            peer("whole arrays in double", "arrays-double", False), peer("bar by bar in double", "bars-double", False),
            peer(ARRAYS, "arrays-single"), peer(BARS, "bars-single")],
        targets=[Target("NumPy with OpenBLAS at its best, warm", 40, (ARRAYS, BARS))],
        notes=[
            "NumPy is given the features and the weights; Fluke computes the features as part of its time.",
            "NumPy's matrix product runs on all threads, its other arithmetic on one: that is how NumPy is. In as many "
            "processes as there are cores it could gain that factor at most."])
