"""What all comparisons over crosses of moving averages share."""

import json
from dataclasses import dataclass
from pathlib import Path

from comparisons import fluke
from harness.agreement import Columns, equal
from harness.subjects import Program, Worker
from harness.workplace import Workplace


@dataclass(frozen=True)
class Crosses:
    """All pairs of windows on so many bars, in a folder that has the bars."""

    place: Workplace
    folder: Path
    bars: int
    first: int
    last: int

    @classmethod
    def of(cls, place: Workplace, name: str) -> "Crosses":
        """10,011 pairs on 2,500 bars, or 1,225 on 600 for a quick look."""
        crosses = cls(place, place.subfolder(name), 600 if place.quick else 2_500, 2, 51 if place.quick else 143)
        place.make_inputs(crosses.folder, "bars", count=crosses.bars)
        place.make_inputs(crosses.folder, "ties", first=crosses.first, last=crosses.last)
        return crosses

    @property
    def pairs(self) -> int:
        """Fast below slow."""
        windows = self.last - self.first + 1
        return windows * (windows - 1) // 2

    @property
    def work(self) -> str:
        """In words."""
        return (f"`sma-cross`, {self.pairs:,} pairs (windows {self.first} to {self.last}) on {self.bars:,} daily bars, "
                "long while the fast average is above the slow one")

    def peer(self, name: str, script: str, variant: str, *, is_timed: bool = True, fee: int = 0) -> Worker:
        """A peer that goes through these pairs."""
        values = f"from={self.first}", f"to={self.last}", f"fee={fee}"
        return Worker(name, self.place.peer(script, variant, self.folder, *values), is_timed=is_timed)

    def engine(self, precision: str = "single", **values: object) -> Worker:
        """Fluke's engine on these pairs."""
        return fluke.engine(
            self.place, self.folder, "crosses", precision, **{"from": self.first, "to": self.last} | values)

    def program(self, fee: int = 0) -> Program:
        """Fluke's program on these pairs."""
        windows = f"{self.first}:{self.last}"
        return fluke.stages(
            self.place, self.folder, ["--family", "sma-cross", "--fast", windows, "--slow", windows],
            ["--train", "1", "--fee-bps", str(fee)])

    def program_agrees(self, engine: Columns) -> str:
        """The engine that is timed gave what the program wrote."""
        written = fluke.performance(self.folder / "run")
        return equal(
            "the engine's figures against those of `fluke backtest`",
            [value for name in fluke.FIGURES for value in written[name]],
            [value for name in fluke.FIGURES for value in engine[name]])

    def without_ties(self, columns: Columns) -> Columns:
        """In ascending order of fast and slow, without the pairs that are exactly equal on some bar.

        Fluke's averages are rounded once and see a tie; those of a running sum fall to either side of it.
        """
        ties = {tuple(pair) for pair in json.loads((self.folder / "ties.json").read_text(encoding="utf-8"))}
        rows = sorted(
            (fast, slow, row) for row, (fast, slow) in enumerate(zip(columns["fast"], columns["slow"], strict=True))
            if (fast, slow) not in ties)
        return {name: [values[row] for _, _, row in rows] for name, values in columns.items()}

    @property
    def ties(self) -> str:
        """What is left out, in words."""
        count = len(json.loads((self.folder / "ties.json").read_text(encoding="utf-8")))
        return (f"{count} pairs are left out whose averages are exactly equal on some bar, where rounding decides for "
                "others")
