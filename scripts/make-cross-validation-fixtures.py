#!/usr/bin/env python3
"""Makes Tests/StatisticsTests/Fixtures/cross-validation.csv: combinatorially symmetric cross-validation as two packages
from PyPI compute it.

usage: make-cross-validation-fixtures.py   (needs holdout-backtest, factor-qc and NumPy from PyPI)

Each line is `package,case,key,values`, the values joined by spaces. The matrices are those of
make-statistics-fixtures.py. The oldest bars that do not fill a block are cut off before, because neither package
does that: they make the blocks differ in length instead.

holdout-backtest refuses a strategy without deviation, so the flat one of "bitcoin" (number 20) is left out there.
factor-qc leaves it out of the count in which it ranks, as the code under test does, and gives those who tie the highest
rank.
"""

import importlib.metadata
import platform
import sys
from pathlib import Path

import numpy
from factor_qc.stats import probability_of_backtest_overfitting as by_factor_qc
from holdout.pbo import cscv_partitions
from holdout.pbo import probability_of_backtest_overfitting as by_holdout

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/fixtures"))

from samples import matrix  # noqa: E402

TARGET = ROOT / "Tests/StatisticsTests/Fixtures/cross-validation.csv"
lines = []


def emit(package, case, key, values):
    lines.append(f"{package},{case},{key}," + " ".join(repr(v.item()) for v in numpy.atleast_1d(values)))


def sharpe(rows):
    return rows.mean(axis=0) / rows.std(axis=0, ddof=1)


for name in ("bitcoin", "whole", "tailed"):
    for blocks in (4, 8, 12):
        returns = matrix(name)
        returns = returns[len(returns) % blocks :]
        case = f"{name}/{blocks}"
        found = by_factor_qc(returns, n_blocks=blocks)
        emit("factor-qc", case, "probability", found["pbo"])
        emit("factor-qc", case, "logit", found["median_logit"])
        if name == "bitcoin":
            returns = numpy.delete(returns, 20, axis=1)
        # A function as the metric makes it slice rows; by name it would add up blocks, as the code under test does.
        found = by_holdout(returns, n_blocks=blocks, metric=sharpe)
        emit("holdout-backtest", case, "probability", found.pbo)
        emit("holdout-backtest", case, "loss", found.probability_of_loss)
        emit("holdout-backtest", case, "degradation", found.degradation)
        # It goes through the splits in lexicographic order; here they ascend as numbers.
        order = sorted(range(found.n_partitions), key=lambda i: sum(1 << b for b in cscv_partitions(blocks)[i]))
        if blocks <= 8:
            emit("holdout-backtest", case, "selected", found.selected[order])
            emit("holdout-backtest", case, "logits", found.logits[order])
            emit("holdout-backtest", case, "inside", found.in_sample[order])
            emit("holdout-backtest", case, "outside", found.out_of_sample[order])

versions = ", ".join(f"{p} {importlib.metadata.version(p)}" for p in ("holdout-backtest", "factor-qc", "numpy"))
header = f"# {versions}, Python {platform.python_version()}, by scripts/{Path(__file__).name}\npackage,case,key,values\n"
TARGET.write_text(header + "\n".join(lines) + "\n")
print(f"{len(lines)} lines")
