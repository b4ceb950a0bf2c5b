"""Cross-validation over splits as public tools do it: rows of the matrix of returns are sliced for every split.

For each choice of half of the blocks: the rows of both halves are copied, the Sharpe ratio of every column is computed
in each, the best in sample is ranked among all out of sample. `splits` limits how many are done, evenly spaced.
"""

from itertools import combinations

import numpy
from serve import Result, arguments, serve


def sharpe(returns: numpy.ndarray) -> numpy.ndarray:
    """Of every column, per row."""
    return returns.mean(axis=0) / returns.std(axis=0, ddof=1)


def splits(returns: numpy.ndarray, blocks: int, count: int) -> Result:
    """The best in sample of each split and its rank outside."""
    length = len(returns) // blocks
    rows = numpy.arange(blocks * length).reshape(blocks, length)
    choices = list(combinations(range(blocks), blocks // 2))
    masks, selected, ranks = [], [], []
    for number in range(count):
        inside = choices[number * len(choices) // count]
        outside = [block for block in range(blocks) if block not in inside]
        in_sample = sharpe(returns[rows[list(inside)].ravel()])
        out_of_sample = sharpe(returns[rows[outside].ravel()])
        best = in_sample.argmax()
        worse = numpy.count_nonzero(out_of_sample < out_of_sample[best])
        equal = numpy.count_nonzero(out_of_sample == out_of_sample[best])
        masks.append(sum(1 << block for block in inside))
        selected.append(best)
        ranks.append(worse + (equal + 1) / 2)
    strategies = returns.shape[1]
    overfit = numpy.array(ranks) <= (strategies + 1) / 2
    return {"probability": numpy.array([overfit.mean()]), "in_sample_blocks": numpy.array(masks),
            "selected": numpy.array(selected), "rank": numpy.array(ranks)}


def main() -> None:
    """Serves the splits asked for."""
    _, folder, values = arguments()
    returns = numpy.load(folder / "returns.npy")
    serve(lambda: splits(returns, int(values["blocks"]), int(values["splits"])), ["numpy"])


if __name__ == "__main__":
    main()
