"""Hansen's test of superior predictive ability by the package arch.

`own` is its test as anyone calls it, drawing its own resamples. `given` makes it use the resamples of draws.i32, and
divides the returns by the deviation that it estimates, which it leaves out though the test is studentised: so its
counts can be compared one by one.
"""

from collections.abc import Iterator

import numpy
from arch.bootstrap import SPA
from serve import Result, arguments, serve


class Given:
    """Stands in for a bootstrap of arch: hands out the given resamples of `data`."""

    def __init__(self, data: numpy.ndarray, draws: numpy.ndarray) -> None:
        self.data, self.draws = data, draws

    def bootstrap(self, reps: int) -> Iterator[tuple[tuple[numpy.ndarray], dict]]:
        """As many resamples as arch asks for."""
        for bars in self.draws[:reps]:
            yield (self.data[bars],), {}


class DividedSPA(SPA):
    """arch's test of returns that are divided by their deviation as soon as it has estimated that."""

    draws: numpy.ndarray

    def _compute_variance(self) -> None:
        super()._compute_variance()
        self._loss_diff = self._loss_diff / numpy.sqrt(self._loss_diff_var)
        self._loss_diff_var = numpy.ones_like(self._loss_diff_var)
        self.bootstrap = Given(self._loss_diff, self.draws)


def p_values(test: SPA) -> Result:
    """The three p-values."""
    test.compute()
    return {name: numpy.array([value]) for name, value in test.pvalues.items()}


def own(returns: numpy.ndarray, resamples: int, block: int) -> Result:
    """Against doing nothing; arch compares losses, which are negative returns."""
    return p_values(SPA(numpy.zeros(len(returns)), -returns, block_size=block, reps=resamples, seed=1))


def given(returns: numpy.ndarray, draws: numpy.ndarray, block: int) -> Result:
    """The shares of resamples above the statistic, on resamples that others use too."""
    test = DividedSPA(numpy.zeros(len(returns)), -returns, block_size=block, reps=len(draws))
    test.draws = draws
    found = p_values(test)
    best = numpy.sqrt(len(returns)) * test._loss_diff.mean(axis=0).max()
    return found | {"statistic": numpy.array([max(0.0, best)])}


def main() -> None:
    """Serves one variant."""
    variant, folder, values = arguments()
    returns, block = numpy.load(folder / "returns.npy"), int(values["block"])
    if variant == "own":
        serve(lambda: own(returns, int(values["resamples"]), block), ["arch", "numpy"])
    else:
        draws = numpy.fromfile(folder / "draws.i32", dtype=numpy.int32).reshape(-1, len(returns))
        serve(lambda: given(returns, draws, block), ["arch", "numpy"])


if __name__ == "__main__":
    main()
