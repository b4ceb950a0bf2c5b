#!/usr/bin/env python3
"""Makes Tests/StatisticsTests/Fixtures/dependence.csv: correlations and clusters as independent software finds them.

usage: make-dependence-fixtures.py   (needs NumPy, SciPy and scikit-learn from PyPI)

Each line is `group,case,key,values`, the values joined by spaces. The matrices of returns are not stored: `matrix`
below says how they are made, in arithmetic that gives the same bits in any language.
"""

import platform
import sys
from pathlib import Path

import numpy
import scipy
import sklearn
from scipy.spatial.distance import pdist, squareform
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts/fixtures"))

import samples  # noqa: E402
from samples import uniforms  # noqa: E402

TARGET = ROOT / "Tests/StatisticsTests/Fixtures/dependence.csv"
RUNS = 30
lines = []


def emit(case, key, values):
    lines.append(f"dependence,{case},{key}," + " ".join(repr(v.item()) for v in numpy.atleast_1d(values)))


def matrix(name):
    """Bars × strategies."""
    if name == "averages":
        # Long where the fast average of closes is above the slow one.
        rows = (ROOT / "Sources/CBuiltInMarkets/btc-1d.csv").read_text().splitlines()[1:1201]
        close = [float(row.split(",")[4]) for row in rows]
        sums = [0.0]
        for value in close:
            sums.append(sums[-1] + value)
        pairs = [(f, s) for f in (2, 3, 5, 8, 13, 21) for s in (5, 8, 13, 21, 34, 55, 89) if f < s]
        average = lambda t, n: (sums[t + 1] - sums[t + 1 - n]) / n
        return numpy.array([
            [close[t + 1] / close[t] - 1 if average(t, f) > average(t, s) else 0.0 for f, s in pairs]
            for t in range(88, len(close) - 1)])
    if name == "blocks":
        # Five groups of 4 to 12 strategies, each with a factor of its own, scattered over the columns.
        group = [g for g, size in enumerate((4, 6, 8, 10, 12)) for _ in range(size)]
        draws = iter(uniforms(400 * 45))
        returns = []
        for _ in range(400):
            factors = [next(draws) - 0.5 for _ in range(5)]
            returns.append([(factors[group[j * 7 % 40]] + 0.75 * (next(draws) - 0.5)) / 64 for j in range(40)])
        return numpy.array(returns)
    return samples.matrix(name)


def quality(silhouettes):
    return silhouettes.mean() / silhouettes.std()


for name in ("averages", "blocks", "tailed"):
    correlations = numpy.corrcoef(matrix(name), rowvar=False)
    # The root of what rounding leaves of 1 - 1 would be 1e-8.
    numpy.fill_diagonal(correlations, 1)
    count = len(correlations)
    points = numpy.sqrt((1 - correlations) / 2)
    distances = squareform(pdist(points))
    emit(name, "correlations of 7", correlations[7])
    emit(name, "eigenvalues", numpy.linalg.eigvalsh(correlations)[::-1])
    best = None
    for k in range(2, count // 2 + 1):
        for run in range(RUNS):
            means = KMeans(n_clusters=k, n_init=1, random_state=run).fit(points)
            silhouettes = silhouette_samples(distances, means.labels_, metric="precomputed")
            if best is None or quality(silhouettes) > best[0]:
                best = quality(silhouettes), silhouettes, means.labels_
    emit(name, "quality", best[0])
    emit(name, "silhouettes", best[1])
    emit(name, "labels", best[2])
    for k in (2, 5, 9):
        emit(name, f"squares within {k}", KMeans(n_clusters=k, n_init=RUNS, random_state=0).fit(points).inertia_)

header = (
    f"# scripts/make-dependence-fixtures.py; NumPy {numpy.__version__}, SciPy {scipy.__version__}, scikit-learn"
    f" {sklearn.__version__}, Python {platform.python_version()}"
)
TARGET.write_text("\n".join([header, "group,case,key,values", *lines, ""]))
print(f"{len(lines)} lines")
