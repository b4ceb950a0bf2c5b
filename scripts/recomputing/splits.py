"""Combinatorially symmetric cross-validation (Bailey, Borwein, López de Prado & Zhu 2017) by the Sharpe ratio."""

import itertools

import numpy


def sharpes(sums, squares, bars):
    """Mean over deviation (n - 1); undefined without deviation."""
    mean, square = sums / bars, squares / bars
    spread = square - mean * mean
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.where(spread > square * (bars + 8) * 2.0**-51, mean / numpy.sqrt(spread * bars / (bars - 1)), numpy.nan)


def figures(returns, blocks):
    """The member `cross_validation`, of net returns by bar and strategy."""
    bars, strategies = returns.shape
    length = bars // blocks
    parts = returns[bars - blocks * length:].reshape(blocks, length, strategies)
    sums, squares = parts.sum(axis=1), (parts**2).sum(axis=1)
    chosen = numpy.zeros((len(list(itertools.combinations(range(blocks), blocks // 2))), blocks), dtype=bool)
    for row, combination in zip(chosen, itertools.combinations(range(blocks), blocks // 2)):
        row[list(combination)] = True
    # Block by block, and not as a product of matrices, so that equal strategies have equal sums.
    sides = []
    for side in (chosen, ~chosen):
        total, square = numpy.zeros((len(chosen), strategies)), numpy.zeros((len(chosen), strategies))
        for block in range(blocks):
            total[side[:, block]] += sums[block]
            square[side[:, block]] += squares[block]
        sides.append(sharpes(total, square, blocks // 2 * length))
    inside, outside = sides
    counted = numpy.nan_to_num(outside)
    rows = numpy.arange(len(chosen))
    best = numpy.nan_to_num(inside).argmax(axis=1)
    selected, value = numpy.nan_to_num(inside)[rows, best], counted[rows, best]
    worse, equal = (counted < value[:, None]).sum(axis=1), (counted == value[:, None]).sum(axis=1)
    ranks = worse + (equal + 1) / 2
    logits = numpy.log(ranks / (strategies + 1 - ranks))
    average = counted.mean(axis=1)
    slope, intercept = numpy.polyfit(selected, value, 1)
    first, second = dominance(value, average)
    return {
        "metric": "sharpe_ratio", "blocks": blocks, "bars_in_block": length, "dropped_bars": bars - blocks * length,
        "splits": len(chosen), "strategies": strategies,
        "probability_of_backtest_overfitting": (logits <= 1e-12).mean(),
        "probability_by_chance": (strategies + 1) // 2 / strategies,
        "probability_of_loss": (value < 0).mean(),
        "degradation": {"slope": slope, "intercept": intercept,
                        "determination": numpy.corrcoef(selected, value)[0, 1] ** 2},
        "stochastic_dominance": {"first_order": first, "second_order": second},
        "undefined_values": numpy.isnan(outside).sum(), "undefined_share": numpy.isnan(outside).mean(),
        "splits_with_undefined_selection": (numpy.isnan(inside) | numpy.isnan(outside))[rows, best].sum(),
    }


def dominance(selected, average):
    """Of the first order: F ≤ G everywhere and < somewhere; of the second: the integral of G - F likewise."""
    values = numpy.unique(numpy.concatenate([selected, average]))
    of_selected = numpy.searchsorted(numpy.sort(selected), values, side="right")
    of_average = numpy.searchsorted(numpy.sort(average), values, side="right")
    integral = numpy.concatenate([[0], numpy.cumsum((of_average - of_selected)[:-1] * numpy.diff(values))])
    first = (of_selected <= of_average).all() and (of_selected < of_average).any()
    second = (integral >= 0).all() and (integral > 0).any()
    return bool(first), bool(second)
