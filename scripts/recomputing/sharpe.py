"""What a single winner's Sharpe ratio is worth, deflated and adjusted for the number of trials, from the papers."""

import numpy
from scipy import stats

import draws

EULER = 0.5772156649015329


def moments(returns):
    """Per bar, with n - 1 in the deviation and raw kurtosis."""
    return {"bars": len(returns), "sharpe": returns.mean() / returns.std(ddof=1),
            "skewness": stats.skew(returns), "kurtosis": stats.kurtosis(returns, fisher=False),
            "autocorrelation": autocovariance(returns - returns.mean(), 1) / returns.var()}


def autocovariance(series, lag):
    return (series[lag:] * series[:len(series) - lag]).sum() / len(series)


def autocorrelated_error(returns):
    """Lo 2002, with the weights of Newey & West; and its lags."""
    z = (returns - returns.mean()) / returns.std()
    influence = z - returns.mean() / returns.std() / 2 * (z * z - 1)
    lags = int(4 * (len(returns) / 100) ** (2 / 9))
    variance = autocovariance(influence, 0) + sum(
        2 * (1 - lag / (lags + 1)) * autocovariance(influence, lag) for lag in range(1, lags + 1))
    return (variance / len(returns)) ** 0.5, lags


def variance_term(m, sharpe, rho):
    square = rho * rho / (1 - rho * rho)
    return (1 + 2 * rho / (1 - rho) - (1 + rho / (1 - rho) + square) * m["skewness"] * sharpe
            + (1 + 2 * square) * (m["kurtosis"] - 1) / 4 * sharpe**2)


def probabilities(m, bar):
    """The probabilistic Sharpe ratio above `bar`: Bailey & López de Prado 2012; López de Prado et al. 2025."""
    gap = m["sharpe"] - bar
    return {"2012": stats.norm.cdf(gap * ((m["bars"] - 1) / variance_term(m, m["sharpe"], 0)) ** 0.5),
            "2025": stats.norm.cdf(gap * (m["bars"] / variance_term(m, bar, m["autocorrelation"])) ** 0.5)}


def expected_maximum(trials):
    return max(0, (1 - EULER) * stats.norm.isf(1 / trials) + EULER * stats.norm.isf(1 / (trials * numpy.e)))


def own(returns, before, benchmark, year):
    """The member `sharpe_ratio`; `before` are the returns with what the benchmark gives."""
    m = moments(returns)
    error, lags = autocorrelated_error(returns)
    z = stats.norm.ppf(0.95) / m["sharpe"]
    records = {"2012": 1 + variance_term(m, m["sharpe"], 0) * z * z, "2025": variance_term(m, 0, m["autocorrelation"]) * z * z}
    return {
        "benchmark": benchmark, "tested_against_annualized": 0, "returns": m["bars"], "sharpe_per_return": m["sharpe"],
        "sharpe_annualized": m["sharpe"] * year**0.5, "skewness": m["skewness"], "kurtosis": m["kurtosis"],
        "autocorrelation": m["autocorrelation"],
        "standard_error_per_return": (variance_term(m, m["sharpe"], 0) / m["bars"]) ** 0.5,
        "standard_error_autocorrelated_per_return": error, "standard_error_lags": lags,
        "probabilistic_sharpe_ratio": probabilities(m, 0), "minimum_track_record_confidence": 0.95,
        "minimum_track_record_returns": records if m["sharpe"] > 0 else {"2012": None, "2025": None},
        "before_benchmark": {
            "sharpe_annualized": before.mean() / before.std(ddof=1) * year**0.5,
            "standard_error_autocorrelated_annualized": autocorrelated_error(before)[0] * year**0.5},
    }


def deflated(returns, sharpes, distinct, trials, correlation, luck_bar):
    """The member `deflated_sharpe`: as published (2014), and against the two bars without skill; the variance is that of
    the `distinct` strategies, `correlation` is theirs."""
    m = moments(returns)
    defined = sharpes[distinct[0]]
    variance = defined.var(ddof=1)
    noise = ((1 + defined**2 / 2) / len(returns)).mean() * (1 - min(max(correlation, 0), 1))
    views = []
    for basis, bar in (("published", variance**0.5 * expected_maximum(trials)),
                       ("null_by_dependence", noise**0.5 * expected_maximum(trials)),
                       ("null_by_resampling", luck_bar)):
        found = probabilities(m, bar)
        views.append({"basis": basis, "trials": trials, "benchmark_sharpe_per_return": bar,
                      "variance_across_trials": variance if basis == "published" else None,
                      "deflated_sharpe_ratio": found["2012"], "deflated_sharpe_ratio_2025": found["2025"]})
    return {
        "views": views, "benchmark_sharpe_per_return": views[0]["benchmark_sharpe_per_return"], "convention": "2012",
        "deflated_sharpe_ratio": views[0]["deflated_sharpe_ratio"], "trials": trials,
        "probabilistic_sharpe_ratio": probabilities(m, 0)["2012"], "returns": m["bars"],
        "sharpe_per_return": m["sharpe"], "trials_undefined": numpy.isnan(sharpes).sum(),
        "trials_distinct": len(defined), "trials_copied": distinct[1],
        "variance_across_trials": variance,
    }


def backtest_length(sharpe, trials, bars, year):
    """Bailey, Borwein, López de Prado & Zhu 2014, equation 6."""
    above = sharpe > 0
    return {"sharpe_annualized": sharpe, "years": (expected_maximum(trials) / sharpe) ** 2 if above else None,
            "years_upper_bound": 2 * numpy.log(trials) / sharpe**2 if above else None, "years_at_hand": bars / year}


def step_up(p, factors):
    """The least of factor·p from the largest p-value down."""
    order = numpy.argsort(p, kind="stable")
    found = numpy.empty(len(p))
    found[order] = numpy.minimum.accumulate(numpy.minimum(factors * p[order], 1)[::-1])[::-1]
    return found


def adjustments(p):
    """Of all p-values; an undefined one counts as 1."""
    p = numpy.where(numpy.isnan(p), 1, p)
    count = len(p)
    ranks = numpy.arange(1, count + 1)
    harmonic = (1 / ranks).sum()
    order = numpy.argsort(p, kind="stable")
    holm = numpy.empty(count)
    holm[order] = numpy.maximum.accumulate(numpy.minimum(1, (count - ranks + 1) * p[order]))
    yekutieli = count * harmonic / ranks
    with numpy.errstate(divide="ignore"):
        sidak = -numpy.expm1(count * numpy.log1p(-p))
    return {"bonferroni": numpy.minimum(1, count * p), "sidak": sidak, "holm": holm,
            "benjamini_hochberg": step_up(p, count / ranks), "benjamini_yekutieli": step_up(p, yekutieli),
            "harvey_liu_bhy": step_up(p, numpy.where(ranks == count, 1, yekutieli))}


def haircut(sharpe, bars, adjusted, year):
    """Harvey & Liu 2015, equations 1 to 4."""
    left = min(stats.t.isf(adjusted / 2, bars - 1) / bars**0.5, abs(sharpe))
    return {"p_value": adjusted, "haircut": 1 - left / abs(sharpe),
            "haircut_sharpe_annualized": numpy.sign(sharpe) * left * year**0.5}


def multiplicity(returns, sharpes, winner, correlation, benchmark, seed, year):
    """The member `multiple_testing`; and q-values."""
    bars, trials, sharpe = len(returns), len(sharpes), sharpes[winner]
    with numpy.errstate(divide="ignore"):
        p = numpy.minimum(1, 2 * stats.t.sf(numpy.abs(sharpes) * bars**0.5, bars - 1))
    found = {}
    for name, values in adjustments(p).items():
        found[name] = haircut(sharpe, bars, values[winner], year)
        found[name]["significant_strategies"] = (~numpy.isnan(p) & (values <= 0.05) & (sharpes > 0)).sum()
    one_sided = numpy.where(sharpes > 0, p / 2, 1 - p / 2)
    null_share = min(1, (1 + (~(one_sided <= 0.5)).sum()) / (0.5 * trials))
    q = null_share * step_up(numpy.where(numpy.isnan(one_sided), 1, one_sided), trials / numpy.arange(1, trials + 1))
    q = numpy.where(numpy.isnan(one_sided), numpy.nan, q)
    hurdle = stats.norm.isf(0.025 / trials) * returns.std(ddof=1) / bars**0.5 * year
    return {
        "tests": trials, "level": 0.05, "p_value": p[winner], "adjusted": found,
        "hypothesis": f"the mean return is that of {benchmark}, two-sided, by Student's t",
        "false_discovery": {"null_share": null_share, "winner_q_value": q[winner], "discoveries": (q <= 0.05).sum()},
        "hurdle_mean_return_per_year": hurdle, "mean_return_per_year": returns.mean() * year,
        "harvey_liu_zhu": simulated(sharpe, bars, p[winner], trials - 1, min(max(correlation, 0), 0.8), seed, year),
    }, q


def simulated(sharpe, bars, p, tests, correlation, seed, year):
    """Harvey, Liu & Zhu 2016: the median of Holm's adjustment among others that are drawn from their model."""
    known = [0, 0.2, 0.4, 0.6, 0.8]
    nulls = numpy.interp(correlation, known, [0.39660, 0.44589, 0.48604, 0.59902, 0.83901])
    mean = numpy.interp(correlation, known, [0.0054995, 0.0055508, 0.0055413, 0.0055512, 0.0055956])
    scale = 240**0.5 / (0.15 / 12**0.5)
    adjusted = []
    for simulation in range(2000):
        bits = draws.numbers(seed, draws.RESAMPLE, 1 << 63 | simulation, 1 + 3 * tests)
        shared = correlation**0.5 * draws.normals(bits[:1])[0]
        has_mean, level = draws.uniforms(bits[1::3]) >= nulls, draws.uniforms(bits[2::3])
        means = numpy.where(has_mean, -mean * numpy.log1p(-level) * scale, 0)
        statistic = numpy.abs(means + shared + (1 - correlation) ** 0.5 * draws.normals(bits[3::3]))
        others = numpy.sort(2 * stats.norm.sf(statistic))
        below = numpy.searchsorted(others, p)
        terms = (tests + 1 - numpy.arange(below)) * others[:below]
        adjusted.append(min(1, max(terms.max(initial=0), (tests + 1 - below) * p)))
    return {"correlation": correlation, **haircut(sharpe, bars, numpy.median(adjusted), year)}
