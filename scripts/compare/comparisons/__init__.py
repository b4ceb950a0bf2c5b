"""One file a comparison; `ALL` names them in the order in which they run."""

from collections.abc import Callable

from comparisons import (
    arch_spa,
    numba_crosses,
    numpy_linear,
    python_loop,
    raptorbt_crosses,
    sliced_splits,
    vectorbt_crosses,
)
from harness.comparison import Comparison
from harness.workplace import Workplace

ALL: dict[str, Callable[[Workplace], Comparison]] = {
    "vectorbt": vectorbt_crosses.comparison,
    "numba": numba_crosses.comparison,
    "numpy": numpy_linear.comparison,
    "raptorbt": raptorbt_crosses.comparison,
    "spa-500": arch_spa.of_few,
    "spa-2000": arch_spa.of_many,
    "splits-100": sliced_splits.of_few,
    "splits-1000": sliced_splits.of_many,
    "classic": python_loop.comparison,
}
