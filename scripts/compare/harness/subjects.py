"""What is measured: a worker that stays and is called again and again, or a program that is run to its end."""

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from harness.failure import SOFTWARE, Failure

LAUNCH = Path(__file__).resolve().parent / "launch.py"
# A call that takes less is repeated in each process until this time is over, or so many times.
SHORT, MOST_CALLS = 0.5, 9


@dataclass
class Times:
    """What was measured of one subject; seconds and bytes."""

    first: float | None = None
    cold: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    peak: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Worker:
    """A process that obeys `run`, `result FILE` and `facts` on its standard input.

    `covered` is the part of the work that it really does, where the rest is extrapolated. `compiles` is whether later
    calls of one process can be faster than its first; where not, the first call's own seconds count as warm.
    `has_cold` is whether its start to its first result is what a user waits for.
    """

    name: str
    command: list[str]
    covered: float = 1.0
    compiles: bool = True
    has_cold: bool = True
    is_timed: bool = True

    def measure(self, times: Times, environment: dict[str, str]) -> None:
        """One process: its first call is cold, those after it are warm."""
        with Running(self, environment) as process:
            seconds = process.ask("run")
            reached = time.perf_counter() - process.started
            inside = float(seconds)
            if self.has_cold:
                times.cold.append(reached - inside + inside / self.covered)
            times.peak.append(process.peak_memory())
            if not self.compiles:
                times.warm.append(inside / self.covered)
                return
            spent = 0.0
            for _ in range(MOST_CALLS):
                inside = float(process.ask("run"))
                times.warm.append(inside / self.covered)
                spent += inside
                if spent > SHORT:
                    break

    def result(self, file: Path, environment: dict[str, str]) -> tuple[dict[str, list[float]], float, dict[str, str]]:
        """The result of one call, the seconds until it was there, and what the worker says of itself."""
        with Running(self, environment) as process:
            process.ask("run")
            reached = time.perf_counter() - process.started
            process.ask(f"result {file}")
            facts = json.loads(process.ask("facts"))
        return json.loads(file.read_text(encoding="utf-8")), reached, facts

    def export(self, file: Path, environment: dict[str, str]) -> None:
        """Writes what the worker is given and others need."""
        with Running(self, environment) as process:
            process.ask(f"export {file}")


class Running:
    """A worker's process, from its start to its end."""

    def __init__(self, worker: Worker, environment: dict[str, str]) -> None:
        self.worker = worker
        # A file, because nobody reads a pipe while the worker works.
        self.complaints = tempfile.TemporaryFile(mode="w+", encoding="utf-8")  # noqa: SIM115
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            worker.command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints,
            text=True)

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        # Without further lines a worker ends by itself.
        self.process.communicate()
        self.complaints.close()

    def ask(self, line: str) -> str:
        """The answer to one line."""
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            self.process.wait()
            self.complaints.seek(0)
            said = (self.complaints.read().strip() or "nothing").splitlines()[-1]
            raise Failure(
                f"{self.worker.name} ended when asked to {line.split()[0]}, an answer was needed, it said \"{said}\"; "
                f"try it alone: {' '.join(self.worker.command)}", SOFTWARE)
        return answer.strip()

    def peak_memory(self) -> int:
        """Bytes of the largest resident set so far, of this program alone."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024


@dataclass(frozen=True)
class Program:
    """Commands that are run to their end, one after the other; only cold."""

    name: str
    commands: list[list[str]]

    @property
    def is_timed(self) -> bool:
        """Always: what it is compared in is read from its artifacts."""
        return True

    def measure(self, times: Times, environment: dict[str, str]) -> None:
        """All commands once."""
        seconds, peak = 0.0, 0
        for command in self.commands:
            done = subprocess.run(
                [sys.executable, "-I", "-S", str(LAUNCH), *command], env=environment, capture_output=True, text=True,
                check=True)
            took, most, status = done.stdout.splitlines()[-1].split()
            if status != "0":
                said = (done.stderr.strip() or "nothing").splitlines()[-1]
                raise Failure(
                    f"{self.name} failed: exit status {status} where 0 was needed, it said \"{said}\"; "
                    f"try it alone: {' '.join(command)}", SOFTWARE)
            seconds, peak = seconds + float(took), max(peak, int(most))
        times.cold.append(seconds)
        times.peak.append(peak)


Subject = Worker | Program
