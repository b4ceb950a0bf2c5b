"""Fluke's side: its program, whose time is cold, and its engine in a process that stays, whose time is warm."""

import csv
from pathlib import Path

from harness.agreement import Columns
from harness.subjects import Program, Worker
from harness.workplace import Workplace

STAGES = "`fluke generate` and `backtest`"
ENGINE, ENGINE_DOUBLE = "Fluke's engine", "Fluke's engine in double"
FIGURES = ("win_rate", "total_return", "sharpe_ratio", "max_drawdown", "num_trades")


def stages(
    place: Workplace, folder: Path, strategies: list[str], backtest: list[str], data: str = "bars.csv",
) -> Program:
    """From bars in CSV to every strategy's performance in CSV, and nothing further."""
    store = ["--quiet", "--threads", str(place.threads), "--store", str(folder / "run")]
    generate = [str(place.fluke), "generate", "--data", str(folder / data), *strategies, *store]
    return Program(STAGES, [generate, [str(place.fluke), "backtest", "--blocks", "0", *backtest, *store]])


def sweep(place: Workplace, folder: Path, options: list[str]) -> Program:
    """The whole experiment with all statistics, artifacts and charts that it has unless they are switched off."""
    return Program("`fluke sweep`, all statistics and charts", [[
        str(place.fluke), "sweep", "--quiet", "--threads", str(place.threads), "--output", str(folder / "sweep"),
        *options]])


def stats(place: Workplace, folder: Path, name: str, options: list[str]) -> Program:
    """`fluke stats` on the same matrix."""
    return Program(name, [[
        str(place.fluke), "stats", str(folder / "returns.npy"), "--quiet", "--threads", str(place.threads),
        "--output", str(folder / "stats"), *options]])


def engine(place: Workplace, folder: Path, case: str, precision: str = "single", **values: object) -> Worker:
    """The engine; in double precision for agreement alone."""
    pairs = {"threads": place.threads, "precision": precision} | values
    command = [str(place.engine), case, str(folder), *(f"{key}={value}" for key, value in pairs.items())]
    is_timed = precision == "single"
    return Worker(ENGINE if is_timed else ENGINE_DOUBLE, command, has_cold=False, is_timed=is_timed)


def performance(folder: Path) -> Columns:
    """The figures that `fluke backtest` or `sweep` wrote; an empty cell is an undefined one."""
    with open(folder / "results/training_performance.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name] or "nan") for row in rows] for name in FIGURES}
