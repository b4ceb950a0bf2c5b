"""What a comparison is, and how it is carried out: agree first, then time, interleaved."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from harness.agreement import Columns
from harness.failure import Disagreement
from harness.subjects import Subject, Times, Worker


@dataclass(frozen=True)
class Target:
    """At least `least` times as much time (or memory) as Fluke for the best of `peers`."""

    text: str
    least: float
    peers: tuple[str, ...]
    measure: str = "warm"


@dataclass(frozen=True)
class Comparison:
    """One piece of work, the subjects that do it, and how their results are compared.

    The first subject is Fluke's program (cold) and the second its engine (warm); everything else is a ratio to them.
    `check` gets the results of all workers by name and returns what it found; it raises `Disagreement`.
    """

    title: str
    work: str
    subjects: list[Subject]
    check: Callable[[dict[str, Columns]], list[str]]
    targets: list[Target]
    notes: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What came of a comparison."""

    comparison: Comparison
    times: dict[str, Times]
    agreements: list[str]
    disagreement: str | None
    facts: dict[str, dict[str, str]]

    def ratio(self, name: str, measure: str) -> float | None:
        """How many times Fluke's median a subject's is."""
        values = getattr(self.times[name], measure)
        fluke = self.comparison.subjects[1 if measure == "warm" else 0].name
        base = getattr(self.times[fluke], measure)
        return median(values) / median(base) if values and base else None

    def reached(self, target: Target) -> float | None:
        """The ratio of the best of the peers that a target names."""
        ratios = [self.ratio(peer, target.measure) for peer in target.peers]
        return min((ratio for ratio in ratios if ratio is not None), default=None)


def carry_out(comparison: Comparison, folder: Path, rounds: int, environment: dict[str, str]) -> Outcome:
    """Compares the results of all subjects; times them, one after the other in each round, if they agree."""
    timed = [subject for subject in comparison.subjects if subject.is_timed]
    outcome = Outcome(comparison, {subject.name: Times() for subject in timed}, [], None, {})
    results: dict[str, Columns] = {}
    for number, subject in enumerate(comparison.subjects):
        say(f"{comparison.title}: result of {subject.name}")
        if isinstance(subject, Worker):
            results[subject.name], first, outcome.facts[subject.name] = subject.result(
                folder / f"result-{number}.json", environment)
            if subject.is_timed and subject.has_cold:
                outcome.times[subject.name].first = first
        else:
            # Its artifacts are there for the check; how long it took here does not count.
            subject.measure(Times(), environment)
    try:
        outcome.agreements = comparison.check(results)
    except Disagreement as found:
        outcome.disagreement = str(found)
        return outcome
    results.clear()
    for number in range(rounds):
        # Each round begins with another subject, so that none is always the first after a pause.
        for subject in timed[number % len(timed):] + timed[: number % len(timed)]:
            say(f"{comparison.title}: round {number + 1} of {rounds}, {subject.name}")
            subject.measure(outcome.times[subject.name], environment)
    return outcome


def say(text: str) -> None:
    """Progress, on standard error."""
    print(f"compare: {text}", file=sys.stderr, flush=True)
