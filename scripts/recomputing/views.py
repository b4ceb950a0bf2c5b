"""Views of the winner that decide nothing: shrinkage, false discoveries, differences of Sharpe ratios, trades."""

import numpy
from scipy import optimize, stats

import means
import sharpe

TIES = 2.0**-40
PRIORS = (0.01, 0.05, 0.1)
LEVEL = 0.05


def distinct(sharpes, eligible):
    """The numbers of the strategies that may be chosen, copies once: the first of those with one Sharpe ratio."""
    numbers, kept = [], []
    for number in sorted((n for n in eligible if not numpy.isnan(sharpes[n])), key=lambda n: (sharpes[n], n)):
        if kept and sharpes[number] - kept[-1][0] <= abs(kept[-1][0]) * TIES:
            kept[-1][1].append(number)
        else:
            kept.append((sharpes[number], [number]))
    numbers = sorted(min(members) for _, members in kept)
    return numpy.array(numbers), sum(len(members) for _, members in kept) - len(numbers)


def correlation_of_distinct(net):
    """The average over pairs of strategies that are no multiples of each other."""
    found = numpy.corrcoef(net, rowvar=False)
    kept = []
    for number in range(len(found)):
        if not any(1 - found[number, other] <= TIES for other in kept):
            kept.append(number)
    pairs = found[numpy.ix_(kept, kept)][numpy.triu_indices(len(kept), 1)]
    return pairs.mean() if len(pairs) else numpy.nan


def expected(own, sharpes, correlation, bars, year):
    """The member `expected_sharpe`: James & Stein 1961, towards the mean of the distinct ones."""
    noise = ((1 + sharpes**2 / 2) / bars).mean() * (1 - min(max(correlation, 0), 1))
    kept = max(0, 1 - noise / sharpes.var(ddof=1))
    mean = sharpes.mean()
    return {"method": "James-Stein shrinkage towards the mean of all strategies", "kept_share": kept,
            "mean_annualized": mean * year**0.5, "expected_annualized": (mean + kept * (own - mean)) * year**0.5}


def share(null, alternative, prior):
    return null * (1 - prior) / (null * (1 - prior) + alternative * prior)


def discovery(returns, year):
    """The member `false_discovery_by_prior`: López de Prado, Lipton & Zoonekynd 2025."""
    m, skilled = sharpe.moments(returns), 1 / year**0.5

    def error(true):
        return (sharpe.variance_term(m, true, m["autocorrelation"]) / m["bars"]) ** 0.5
    null, alternative = error(0), error(skilled)
    critical = null * stats.norm.isf(LEVEL)

    def above(x):
        return stats.norm.sf(x / null), stats.norm.sf((x - skilled) / alternative)
    priors = []
    for prior in PRIORS:
        bar = optimize.brentq(lambda x: share(*above(x), prior) - LEVEL, critical, critical + 12 * null, xtol=1e-15,
                              rtol=1e-14)
        priors.append({"prior_share_of_skill": prior, "planned_false_discovery_rate": share(*above(critical), prior),
                       "observed_false_discovery_rate": share(*above(m["sharpe"]), prior),
                       "sharpe_annualized_for_rate_of_level": bar * year**0.5})
    return {"level": LEVEL, "null_sharpe_annualized": 0, "skilled_sharpe_annualized": 1,
            "critical_sharpe_annualized": critical * year**0.5, "p_value": above(m["sharpe"])[0],
            "power": above(critical)[1], "priors": priors}


def less(one, other, name, year):
    """A difference of two Sharpe ratios with its error: Ledoit & Wolf 2008, section 3.1."""
    def influence(returns):
        z = (returns - returns.mean()) / returns.std()
        ratio = returns.mean() / returns.std()
        return ratio, z - ratio / 2 * (z * z - 1)
    (first, one), (second, other) = influence(one), influence(other)
    error = (means.prewhitened(one - other) / len(one)) ** 0.5
    return {"less": name, "difference_annualized": (first - second) * year**0.5,
            "standard_error_annualized": error * year**0.5, "p_value": 2 * stats.norm.sf(abs(first - second) / error)}


def differences(net, winner, sharpes, eligible, market, year):
    """The member `sharpe_differences`."""
    numbers, _ = distinct(sharpes, eligible)
    others = [n for n in numbers if abs(sharpes[n] - sharpes[winner]) > abs(sharpes[winner]) * TIES]
    second = max(others, key=lambda n: sharpes[n])
    return {"method": "Ledoit & Wolf 2008, section 3.1: normal limit, pre-whitened standard error; two-sided, all bars",
            "market": less(net[:, winner], market, "holding the market", year),
            "second": less(net[:, winner], net[:, second], str(second), year)}


def trades(results):
    """The member `trade_returns`."""
    m, count = sharpe.moments(results), len(results)
    return {"trades": count, "mean_return": results.mean(), "sharpe_per_trade": m["sharpe"], "skewness": m["skewness"],
            "kurtosis": m["kurtosis"], "probabilistic_sharpe_ratio": sharpe.probabilities(m, 0)["2012"],
            "p_value": stats.t.sf(m["sharpe"] * count**0.5, count - 1)}
