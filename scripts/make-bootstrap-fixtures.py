#!/usr/bin/env python3
"""Makes Tests/StatisticsTests/Fixtures/bootstrap.csv: tests for data snooping as the package `arch` computes them.

usage: make-bootstrap-fixtures.py   (needs NumPy and arch from PyPI)

Each line is `group,case,key,values`, the values joined by spaces. Neither returns nor resamples are stored: `matrix` and
`resamples` below say how they are made, in arithmetic that gives the same bits in any language, and arch is made to use
these resamples instead of drawing its own.

Its conventions are not ours: a p-value is the share of resamples strictly above the statistic, which comes out as a count
here; SPA does not divide by the deviation it estimates, so it is fed returns that are divided already; StepM recentres
as the consistent p-value does, so its steps are taken here with the other choice as well.
"""

import platform
import sys
from pathlib import Path

import arch
import numpy
from arch.bootstrap import MCS, SPA, StepM, optimal_block_length

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/fixtures"))

from samples import matrix, resamples  # noqa: E402

TARGET = ROOT / "Tests/StatisticsTests/Fixtures/bootstrap.csv"
RESAMPLES = 199
BLOCK = 8
# arch interpolates its critical value between resamples; at this level it is the tenth largest of them, which is ours at
# 5 %: a statistic above it is reached by nine at most, and (1 + 9) / (1 + 199) = 5 %.
LEVEL = 9 / 198
lines = []


def emit(group, case, key, values):
    values = numpy.atleast_1d(values)
    lines.append(f"{group},{case},{key}," + " ".join(repr(v.item()) for v in values))


class Replay:
    """Stands in for a bootstrap of arch: hands out the given resamples of `data`."""

    def __init__(self, data, lists):
        self.data, self.lists = data, lists

    def bootstrap(self, reps):
        assert reps == len(self.lists)
        for indices in self.lists:
            yield (self.data[indices],), {}


def spa(returns, lists, studentize=True):
    test = SPA(numpy.zeros(len(returns)), -returns, block_size=BLOCK, reps=RESAMPLES, studentize=studentize)
    test.bootstrap = Replay(test._loss_diff, lists)
    return test


def stepwise(returns, lists, kind):
    """Steps of SPA over the columns that are left, which is what arch's StepM does for the kind `consistent`."""
    test, left, steps = spa(returns, lists), numpy.ones(returns.shape[1], dtype=bool), []
    while left.any():
        test.subset(left)
        test.compute()
        better = test.better_models(LEVEL, kind)
        if len(better) == 0:
            break
        steps.append(better)
        left[better] = False
    return steps


def counts(test):
    return numpy.rint(test.pvalues.to_numpy() * RESAMPLES).astype(int)


for name in ("bitcoin", "tailed", "planted"):
    returns = matrix(name)
    lists = resamples(len(returns), RESAMPLES, BLOCK)
    emit("length", name, "stationary", optimal_block_length(returns)["stationary"].to_numpy())
    emit("length", name, "circular", optimal_block_length(returns)["circular"].to_numpy())

    plain = spa(returns, lists, studentize=False)
    plain.compute()
    emit("check", name, "above", counts(plain)[2])
    emit("check", name, "statistic", numpy.sqrt(len(returns)) * returns.mean(axis=0).max())
    emit("variance", name, "all", plain._loss_diff_var)

    # Without the flat strategy, whose variance is 0.
    traded = numpy.flatnonzero(plain._loss_diff_var > 0)
    scaled = returns[:, traded] / numpy.sqrt(plain._loss_diff_var[traded])
    test = spa(scaled, lists)
    test.compute()
    emit("spa", name, "above", counts(test))
    emit("spa", name, "statistic", numpy.sqrt(len(returns)) * scaled.mean(axis=0).max())

    for kind, data, columns in (
        ("plain", returns, numpy.arange(returns.shape[1])), ("studentised", scaled, traded), ("consistent", scaled, traded),
    ):
        steps = stepwise(data, lists, "consistent" if kind == "consistent" else "upper")
        lines.append(f"stepwise,{name},{kind}," + " ".join("+".join(map(str, columns[step])) for step in steps))
    own = StepM(numpy.zeros(len(scaled)), -scaled, size=LEVEL, block_size=BLOCK, reps=RESAMPLES)
    own.spa.bootstrap = Replay(own.spa._loss_diff, lists)
    own.compute()
    assert own.superior_models == sorted(int(i) for step in stepwise(scaled, lists, "consistent") for i in step)

    for method in ("R", "max"):
        models = MCS(-returns, size=0.1, block_size=BLOCK, reps=RESAMPLES, method=method)
        models.bootstrap = Replay(numpy.arange(len(returns)), lists)
        models.compute()
        found = models.pvalues.sort_index()["Pvalue"].to_numpy()
        # The last one left has 1 by definition and not by counting.
        emit("mcs", name, f"{method}/above", numpy.rint(found * RESAMPLES).astype(int))
        emit("mcs", name, f"{method}/included", models.included)
        emit("mcs", name, f"{method}/order", models.pvalues.index.to_numpy())

header = (
    f"# scripts/make-bootstrap-fixtures.py; arch {arch.__version__}, NumPy {numpy.__version__}, Python"
    f" {platform.python_version()}"
)
TARGET.write_text("\n".join([header, "group,case,key,values", *lines, ""]))
print(f"{len(lines)} lines")
