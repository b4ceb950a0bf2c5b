"""(e) The package arch: Hansen's test of superior predictive ability."""

import math

from comparisons import fluke
from harness.agreement import Columns
from harness.comparison import Comparison, Target
from harness.failure import Disagreement
from harness.subjects import Worker
from harness.workplace import Workplace

BARS, BLOCK, GIVEN_RESAMPLES = 2_500, 5, 199
OWN, GIVEN, ENGINE_GIVEN = "arch", "arch on given resamples", "engine on given resamples"
P_VALUES = ("lower", "consistent", "upper")
# Standard errors that two p-values of different resamples may be apart: once in ten thousand runs of three.
STANDARD_ERRORS = 4.2


def of_few(place: Workplace) -> Comparison:
    """500 strategies."""
    return comparison(place, 100 if place.quick else 500, target=None)


def of_many(place: Workplace) -> Comparison:
    """2,000 strategies."""
    return comparison(place, 300 if place.quick else 2_000, target=200)


def comparison(place: Workplace, strategies: int, target: float | None) -> Comparison:
    """The same matrix; resamples of their own in the time, the same ones in the comparison."""
    resamples = 1_000
    folder = place.subfolder(f"spa-{strategies}")
    place.make_inputs(folder, "returns", count=BARS, strategies=strategies, edge=0.0001)
    place.make_inputs(folder, "draws", count=GIVEN_RESAMPLES, block=BLOCK)
    values = [f"block={BLOCK}", f"resamples={resamples}"]

    def check(results: dict[str, Columns]) -> list[str]:
        return [
            same_counts(results[GIVEN], results[ENGINE_GIVEN]),
            near(results[OWN], results[fluke.ENGINE], resamples)]

    return Comparison(
        title=f"arch, superior predictive ability of {strategies:,}", check=check,
        work=f"Hansen's test: {strategies:,} strategies, {BARS:,} bars, {resamples:,} resamples by the stationary "
             f"bootstrap, mean block length {BLOCK}; three p-values.",
        subjects=[
            fluke.stats(place, folder, "`fluke stats`, no cross-validation",
                        ["--blocks", "0", "--bootstrap", str(resamples), "--block-length", str(BLOCK)]),
            fluke.engine(place, folder, "spa", strategies=strategies, resamples=resamples, block=BLOCK),
            Worker(OWN, place.peer("arch_spa", "own", folder, *values), compiles=False),
            Worker(GIVEN, place.peer("arch_spa", "given", folder, *values), is_timed=False),
            Worker(ENGINE_GIVEN, [
                str(place.engine), "spa", str(folder), f"strategies={strategies}", "draws=draws.i32", f"block={BLOCK}",
                f"threads={place.threads}"], is_timed=False)],
        targets=[Target(f"arch's test of {strategies:,} strategies, warm", target, (OWN,))] if target else [],
        notes=[
            "`fluke stats` reads the matrix, computes the Reality Check, StepM, the confidence set, the dependence of "
            "the strategies, the deflated Sharpe ratio and the rest besides, and draws charts.",
            "arch compiles nothing when it runs; the seconds of its first call count as warm."])


def same_counts(arch: Columns, engine: Columns) -> str:
    """On the same resamples: as many above the statistic. arch divides by B, we by B + 1 and count the statistic."""
    for name in P_VALUES:
        theirs = round(arch[name][0] * GIVEN_RESAMPLES)
        ours = round(engine[name][0] * (GIVEN_RESAMPLES + 1)) - 1
        if theirs != ours:
            raise Disagreement(f"SPA on the same {GIVEN_RESAMPLES} resamples: {name} counts {ours}, arch {theirs}")
    statistic, expected = engine["statistic"][0], arch["statistic"][0]
    if not math.isclose(statistic, expected, rel_tol=1e-9):
        raise Disagreement(f"SPA's statistic is {statistic}, arch has {expected}")
    counts = ", ".join(f"{name} {round(arch[name][0] * GIVEN_RESAMPLES)}" for name in P_VALUES)
    return (f"on the same {GIVEN_RESAMPLES} resamples: the same statistic to 9 digits, and the same counts above it "
            f"({counts})")


def near(arch: Columns, engine: Columns, resamples: int) -> str:
    """On resamples of their own: apart by chance. arch does not divide by deviations, which are nearly equal here."""
    parts = []
    for name in P_VALUES:
        theirs, ours = arch[name][0], engine[name][0]
        middle = (theirs + ours) / 2
        error = math.sqrt(2 * middle * (1 - middle) / resamples)
        if abs(theirs - ours) > STANDARD_ERRORS * error + 1 / resamples:
            raise Disagreement(f"SPA on different resamples: {name} is {ours}, arch has {theirs}")
        parts.append(f"{name} {ours:.3f} and {theirs:.3f}")
    return f"on different resamples: {', '.join(parts)}, within {STANDARD_ERRORS} standard errors"
