"""The table that people read and the record that programs read."""

from dataclasses import asdict
from statistics import median

from harness.comparison import Outcome, Target

HEADER = """| subject | first ever | cold | warm | peak memory | cold ÷ Fluke | warm ÷ Fluke | memory ÷ Fluke |
|---|---|---|---|---|---|---|---|"""


def seconds(value: float) -> str:
    """Three digits, in the unit that shows them best."""
    if value >= 1:
        return f"{value:.3g} s" if value < 1000 else f"{value:,.0f} s"
    return f"{value * 1e3:.3g} ms"


def spread(values: list[float]) -> str:
    """Median, least and largest."""
    if not values:
        return "–"
    return f"**{seconds(median(values))}** ({seconds(min(values))} to {seconds(max(values))})"


def times(value: float | None) -> str:
    """A ratio with as many digits as it is good for."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def table(outcome: Outcome) -> list[str]:
    """The rows of one comparison."""
    lines = [HEADER]
    for name, found in outcome.times.items():
        first = seconds(found.first) if found.first is not None else "–"
        memory = f"{median(found.peak) / 1e6:,.0f} MB"
        ratios = " | ".join(times(outcome.ratio(name, measure)) for measure in ("cold", "warm", "peak"))
        lines.append(f"| {name} | {first} | {spread(found.cold)} | {spread(found.warm)} | {memory} | {ratios} |")
    return lines


def verdict(outcome: Outcome, target: Target) -> str:
    """One row of the table of targets."""
    reached = outcome.reached(target)
    if reached is None:
        return f"| {target.text} | {times(target.least)} | not timed | – |"
    peer = min(target.peers, key=lambda name: outcome.ratio(name, target.measure) or float("inf"))
    met = "met" if reached >= target.least else "**missed**"
    return f"| {target.text} | {times(target.least)} | {times(reached)} ({peer}) | {met} |"


def markdown(
    outcomes: list[Outcome], machine: dict[str, str], versions: dict[str, str], rounds: int, quick: bool,
) -> str:
    """The whole page."""
    lines = ["# Fluke beside what else there is", "",
             f"Made by `scripts/compare/run`; {rounds} rounds, interleaved; medians with the least and the largest. "
             "`scripts/compare/README.md` says what first ever, cold, warm and peak memory mean, and how fairness was "
             "sought."]
    if quick:
        lines += ["", "**Small sizes (`--quick`), to see that all works: ratios do not hold for the full sizes.**"]
    lines += ["", "| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in (machine | versions).items())]
    for outcome in outcomes:
        comparison = outcome.comparison
        lines += ["", f"## {comparison.title}", "", comparison.work, ""]
        if outcome.disagreement:
            lines += [f"**Results differ, so nothing was timed.** {outcome.disagreement}"]
            continue
        lines += [*table(outcome), "", "Agreement, found before anything was timed:", "",
                  *(f"- {line}" for line in outcome.agreements)]
        lines += ["", *(f"- {note}" for note in comparison.notes)] if comparison.notes else []
    targets = [(outcome, target) for outcome in outcomes for target in outcome.comparison.targets]
    if targets and not quick:
        lines += ["", "## Targets", "", "| at least so many times Fluke | needed | found | |", "|---|---|---|---|",
                  *(verdict(outcome, target) for outcome, target in targets)]
    return "\n".join([*lines, ""])


def record(
    outcomes: list[Outcome], machine: dict[str, str], versions: dict[str, str], rounds: int, quick: bool,
) -> dict[str, object]:
    """Every single measurement: seconds and bytes."""
    return {
        "made_by": "scripts/compare/run", "rounds": rounds, "quick": quick, "machine": machine, "versions": versions,
        "comparisons": [
            {
                "title": outcome.comparison.title, "work": outcome.comparison.work,
                "agreements": outcome.agreements, "disagreement": outcome.disagreement,
                "notes": outcome.comparison.notes, "facts": outcome.facts,
                "subjects": {name: asdict(found) for name, found in outcome.times.items()},
                "commands": {
                    subject.name: getattr(subject, "commands", None) or [subject.command]
                    for subject in outcome.comparison.subjects},
                "extrapolated_from": {
                    subject.name: subject.covered for subject in outcome.comparison.subjects
                    if getattr(subject, "covered", 1.0) < 1},
                "targets": [
                    asdict(target) | {"found": outcome.reached(target)} for target in outcome.comparison.targets],
            }
            for outcome in outcomes],
    }
