"""(f) Cross-validation over splits by slicing rows."""

from math import comb

from comparisons import fluke
from harness.agreement import Columns, equal
from harness.comparison import Comparison, Target
from harness.failure import Disagreement
from harness.subjects import Worker
from harness.workplace import Workplace

BLOCKS, BARS = 16, 2_496
ALL = comb(BLOCKS, BLOCKS // 2)


def of_few(place: Workplace) -> Comparison:
    """100 strategies, all splits."""
    return comparison(place, strategies=100, splits=1_000 if place.quick else ALL, target=None)


def of_many(place: Workplace) -> Comparison:
    """1,000 strategies, some of the splits."""
    return comparison(place, strategies=1_000, splits=50 if place.quick else 300, target=2_000)


def comparison(place: Workplace, strategies: int, splits: int, target: float | None) -> Comparison:
    """The same matrix; the best in sample and its rank outside are compared split by split."""
    folder = place.subfolder(f"splits-{strategies}")
    place.make_inputs(folder, "returns", count=BARS, strategies=strategies, edge=0.0001)
    sliced = "sliced rows" if splits == ALL else f"sliced rows, extrapolated from {splits:,} of {ALL:,} splits"

    def check(results: dict[str, Columns]) -> list[str]:
        ours, theirs = results[fluke.ENGINE], results[sliced]
        place_of = {mask: place for place, mask in enumerate(ours["in_sample_blocks"])}
        places = [place_of[mask] for mask in theirs["in_sample_blocks"]]
        found = [
            equal(name, theirs[key], [ours[key][place] for place in places])
            for name, key in (("the best in sample of each split", "selected"), ("its rank outside", "rank"))]
        overfit = sum(ours["rank"][place] <= (strategies + 1) / 2 for place in places) / len(places)
        if overfit != theirs["probability"][0]:
            raise Disagreement(f"PBO over these splits is {overfit}, by slices {theirs['probability'][0]}")
        whole = ours["probability"][0]
        return [*found, f"PBO over {len(places):,} splits: {overfit:.4f} by both; over all by Fluke: {whole:.4f}"]

    return Comparison(
        title=f"cross-validation of {strategies:,}", check=check,
        work=f"Combinatorially symmetric cross-validation by the Sharpe ratio: {strategies:,} strategies, {BARS:,} "
             f"bars, {BLOCKS} blocks, {ALL:,} splits; the best of each split and its rank outside.",
        subjects=[
            fluke.stats(place, folder, "`fluke stats`, no bootstrap", ["--blocks", str(BLOCKS), "--bootstrap", "0"]),
            fluke.engine(place, folder, "splits", strategies=strategies, blocks=BLOCKS),
            Worker(sliced, place.peer("sliced_splits", "all", folder, f"blocks={BLOCKS}", f"splits={splits}"),
                   covered=splits / ALL, compiles=False)],
        targets=[Target(f"slicing rows of {strategies:,} strategies, warm", target, (sliced,))] if target else [],
        notes=["`fluke stats` reads the matrix, computes the dependence of the strategies, the deflated Sharpe ratio "
               "and the rest besides, and draws charts."])
