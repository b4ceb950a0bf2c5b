"""Winners that are chosen again: on parts of the bars (López de Prado 2018, chapters 11 and 12), and on shuffled bars
(Masters 2020)."""

import itertools
import math

import numpy

import account
import draws


def best(sharpes, trades):
    """The first of the largest among those that trade; undefined comes last."""
    merits = numpy.where((trades >= 1) & ~numpy.isnan(sharpes), sharpes, -math.inf)
    return int(merits.argmax())


def folds(runs, splits, histories, names, embargo, year):
    """The members of walk-forward and of combinatorial cross-validation.

    `splits` are ranges of bars to choose on and to judge on; `histories` pairs of split and range, each a whole one."""
    chosen, found = [], []
    for training, test in splits:
        table = [account.performance([(run, part) for part in training], year) for run in runs]
        winner = best(*(numpy.array([row[key] for row in table]) for key in ("sharpe_ratio", "num_trades")))
        chosen.append(winner)
        found.append({
            "winner": names[winner], "training_bars": training, "test_bars": test, "training_performance": table[winner],
            "test_performance": account.performance([(runs[winner], part) for part in test], year)})
    paths = [account.performance([(runs[chosen[split]], part) for split, part in history], year) for history in histories]
    return {"embargo_bars": embargo, "distinct_winners": len(set(chosen)), "folds": found, "paths": paths}


def walk_forward(runs, training, bars, windows, names, year):
    """Rolling windows that cut what follows the training bars."""
    length = (bars - training) // windows
    starts = [training + number * length for number in range(windows)]
    splits = [([(start - training, start)], [(start, start + length)]) for start in starts]
    return folds(runs, splits, [[(split, test[0]) for split, (_, test) in enumerate(splits)]], names, 0, year)


def combinatorial(runs, bars, groups, tested, names, year):
    """Every choice of some groups, without as many bars after each as a hundredth of all."""
    embargo = math.ceil(bars / 100)
    lengths = [bars // groups + (group < bars % groups) for group in range(groups)]
    starts = numpy.concatenate([[0], numpy.cumsum(lengths)]).tolist()
    combinations = list(itertools.combinations(range(groups), tested))
    splits = []
    for combination in combinations:
        test = []
        for group in combination:
            if test and test[-1][1] == starts[group]:
                test[-1] = (test[-1][0], starts[group + 1])
            else:
                test.append((starts[group], starts[group + 1]))
        edges = [0] + [edge for first, end in test for edge in (first, end + embargo)] + [bars]
        training = [(first, end) for first, end in zip(edges[::2], edges[1::2]) if first < end]
        splits.append((training, test))
    of_group = [[split for split, combination in enumerate(combinations) if group in combination] for group in range(groups)]
    histories = [[(splits_of[path], (starts[group], starts[group + 1])) for group, splits_of in enumerate(of_group)]
                 for path in range(len(of_group[0]))]
    return folds(runs, splits, histories, names, embargo, year)


def shuffled(market, seed, number):
    """Gaps and shapes of all bars but the first in another order."""
    count = len(market["close"])
    bits = draws.numbers(seed, draws.PERMUTATION, number, 2 * (count - 2))
    orders = []
    for half in (bits[:count - 2], bits[count - 2:]):
        order = list(range(1, count))
        for last, draw in zip(range(count - 2, 0, -1), half):
            other = int(draws.below(draw, last + 1))
            order[last], order[other] = order[other], order[last]
        orders.append(order)
    found = {name: column.copy() for name, column in market.items()}
    for bar, shape, gap in zip(range(1, count), *orders):
        start = found["close"][bar - 1] * (market["open"][gap] / market["close"][gap - 1])
        found["open"][bar] = start
        for name in ("high", "low", "close"):
            found[name][bar] = start * (market[name][shape] / market["open"][shape])
        found["volume"][bar] = market["volume"][shape]
    return found


def permutation(observed, bests):
    """The member `bar_permutation`."""
    reached, count = int((bests >= observed).sum()), len(bests)
    return {"permutations": count, "observed": observed, "at_least_as_good": reached,
            "undefined": int(numpy.isnan(bests).sum()), "p_value": (1 + reached) / (1 + count),
            "smallest_p_value": 1 / (1 + count)}


def null_band(observed, probabilities):
    """The member `null_band`: the probability of backtest overfitting on shuffled bars."""
    p = numpy.array(probabilities)
    return {"permutations": len(p), "undefined": 0, "mean": p.mean(), "standard_deviation": p.std(ddof=1),
            "quantile_05": numpy.quantile(p, 0.05), "quantile_95": numpy.quantile(p, 0.95),
            "p_value_of_skill": (1 + (p <= observed).sum()) / (1 + len(p)),
            "p_value_of_overfitting": (1 + (p >= observed).sum()) / (1 + len(p))}
