"""The tests that resample bars: Reality Check (White 2000), SPA (Hansen 2005), StepM and step-down p-values (Romano & Wolf
2005, 2016), luck of the best, bounds of the winner (Andrews, Kitagawa & McCloskey 2024), and the model confidence set
(Hansen, Lunde & Nason 2011)."""

import math

import numpy
from scipy import optimize, stats
from scipy.special import gammaln, log_ndtr

import draws
import means

LEVEL = 0.05


class Resampled:
    """Statistics of strategies, observed and in every resample; equal strategies are looked at once."""

    def __init__(self, returns, resamples, block):
        self.bars, self.count = returns.shape
        self.resamples, self.block = len(resamples), block
        self.sums = returns.sum(axis=0)
        unique, self.same = numpy.unique(returns, axis=1, return_inverse=True)
        self.same = self.same.ravel()
        times = numpy.array([numpy.bincount(row, minlength=self.bars) for row in resamples])
        self.moves = ((times - 1) @ unique)[:, self.same]
        self.sums = unique.sum(axis=0)[self.same]
        self.errors = numpy.array([means.long_run(x, x, block) ** 0.5 for x in unique.T])[self.same]
        self.varies = numpy.ptp(returns, axis=0) > 0
        with numpy.errstate(divide="ignore", invalid="ignore"):
            self.statistics = numpy.where(self.varies, self.sums / (self.bars**0.5 * self.errors), numpy.nan)
        corrected = numpy.array([max(means.prewhitened(x), 0) ** 0.5 if numpy.ptp(x) > 0 else 0 for x in unique.T])[self.same]
        self.corrected = numpy.maximum(self.errors, corrected)

    def null(self, centre):
        """Of every resample and strategy with variance, as imitates the null hypothesis."""
        clear = -((2 * math.log(math.log(self.bars))) ** 0.5)
        centres = {"upper": self.sums, "lower": numpy.maximum(self.sums, 0),
                   "consistent": numpy.where(self.statistics >= clear, self.sums, 0)}[centre]
        with numpy.errstate(divide="ignore", invalid="ignore"):
            values = (self.moves + self.sums - centres) / (self.bars**0.5 * self.errors)
        return numpy.where(self.varies, values, -math.inf)

    def p(self, maxima, observed):
        return (1 + (maxima >= observed).sum()) / (self.resamples + 1)


def critical(maxima, level):
    """What is exceeded by chance with a probability of `level` at most, the resamples being a sample themselves."""
    places = [place for place in range(len(maxima)) if (1 + place) / (len(maxima) + 1) <= level]
    return math.inf if not places else numpy.sort(maxima)[len(maxima) - 1 - places[-1]]


def stepwise(found, names):
    null, left = found.null("upper"), found.varies.copy()
    steps, bounds, p, floor = [], [], numpy.full(found.count, numpy.nan), 0.0
    while left.any():
        maxima = null[:, left].max(axis=1)
        own = numpy.array([found.p(maxima, value) for value in found.statistics])
        p[left] = numpy.maximum(floor, own[left])
        rejected = left & (own <= LEVEL)
        steps.append(rejected.sum())
        bounds.append(critical(maxima, LEVEL))
        if not rejected.any():
            break
        floor = max(floor, p[rejected].max())
        left &= ~rejected
    fallen = numpy.flatnonzero(p <= LEVEL)
    return {"level": LEVEL, "rejected": len(fallen), "steps": steps, "critical_values": bounds,
            "first_rejected": [names[number] for number in fallen], "least_p_value": numpy.nanmin(p)}


def step_down(found):
    """Each strategy's p-value, and the order of their statistics; observed errors have regard to longer dependence, and
    statistics to the error of errors."""
    t = found.sums / (found.bars**0.5 * numpy.where(found.varies, found.corrected, numpy.nan))
    t = numpy.sign(t) * stats.norm.isf(stats.t.sf(numpy.abs(t), found.bars - 1))
    order = [number for number in numpy.argsort(-t, kind="stable") if found.varies[number]]
    null, p, highest = found.null("consistent"), numpy.full(found.count, numpy.nan), 0.0
    for number in order:
        rivals = found.varies & (t <= t[number])
        highest = max(highest, found.p(null[:, rivals].max(axis=1), t[number]))
        p[number] = highest
    return p, order


def luck_curve(found):
    """The best of n of the strategies; the sets of a sample by counting, larger sets by halving."""
    null = found.null("upper")
    standing = numpy.flatnonzero(found.varies)
    most = max(1, min(64, (1 << 20) // found.resamples))
    halved = {number: draws.halvings(int(found.numbers[number])) for number in standing}
    sample, times = standing, 0
    while len(sample) > most:
        times += 1
        left = [number for number in sample if halved[number] >= times]
        sample = left or sample[:most]
    size = len(sample)
    ordered = -numpy.sort(-null[:, sample], axis=1)
    points = []
    for n in sorted({2**k for k in range(size.bit_length()) if 2**k < size} | {size}):
        weights = numpy.array([math.exp(choose(size - 1 - place, n - 1) - choose(size, n)) if size - 1 - place >= n - 1 else 0
                               for place in range(size)])
        values, shares = ordered.ravel(), numpy.tile(weights, found.resamples)
        order = numpy.argsort(values, kind="stable")
        below = numpy.cumsum(shares[order])
        def quantile(level):
            return values[order][numpy.searchsorted(below, level * found.resamples * (1 - 1e-12))]
        points.append((n, (values * shares).sum() / found.resamples, quantile(0.05), quantile(0.95)))
    for times in (7, 5, 3, 1):
        some = [number for number in standing if halved[number] >= times]
        if size < len(some) < len(standing):
            points.append((len(some), *spread(null[:, some].max(axis=1))))
    if len(standing) > size:
        points.append((len(standing), *spread(null[:, standing].max(axis=1))))
    return [dict(zip(("strategies", "mean", "quantile_05", "quantile_95"), point)) for point in points]


def choose(n, k):
    return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)


def spread(maxima):
    return maxima.mean(), *numpy.quantile(maxima, [0.05, 0.95])


def bounds(found, returns, winner, sharpe, error, luck, is_conditional, annual):
    """Of the winner's true Sharpe ratio from below."""
    simultaneous = sharpe - critical(luck, LEVEL) * error
    result = {"level": LEVEL, "simultaneous_annualized": simultaneous * annual}
    if not is_conditional:
        reason = "the winner was not chosen by its Sharpe ratio of all bars above the benchmark"
        return {**result, "conditional": {"not_computed": reason}}
    sharpes, errors = returns.mean(axis=0) / returns.std(axis=0, ddof=1), found.errors
    beyond = found.corrected[winner] / errors[winner]
    errors = beyond * errors / (returns.std(axis=0, ddof=1) * found.bars**0.5)
    lower, upper = -math.inf, math.inf
    for rival in range(found.count):
        if rival == winner or not found.varies[rival]:
            continue
        together = means.long_run(returns[:, rival], returns[:, winner], found.block)
        slope = together / (found.errors[rival] * found.errors[winner]) * errors[rival] / errors[winner]
        lead = sharpe - sharpes[rival]
        if slope < 1 - 1e-9:
            lower = max(lower, sharpe - lead / (1 - slope))
        elif slope > 1 + 1e-9:
            upper = min(upper, sharpe + lead / (slope - 1))

    def mass(a, b):
        """log(Φ(b) - Φ(a)), from the nearer tail."""
        if a > 0:
            a, b = -b, -a
        left = -math.expm1(log_ndtr(a) - log_ndtr(b))
        return log_ndtr(b) + math.log(left) if left > 0 else -math.inf

    def solve(level, least, end):
        def excess(mean):
            last = max(end(mean), lower)
            if sharpe >= last:
                return -level
            l, z, u = (lower - mean) / error, (sharpe - mean) / error, (last - mean) / error
            return math.exp(mass(z, u) - mass(l, u)) - level
        low, high, step = least, sharpe, error
        while excess(high) < 0:
            high, step = high + step, 2 * step
        if low == -math.inf:
            low, step = min(high, sharpe) - error, error
            while excess(low) > 0:
                step *= 2
                low -= step
        return optimize.brentq(excess, low, high, xtol=1e-18, rtol=1e-15)
    part = LEVEL / 10
    reach = critical(luck, part) * error
    hybrid = (solve(LEVEL, -math.inf, lambda mean: upper) if math.isinf(reach) else
              solve((LEVEL - part) / (1 - part), sharpe - reach, lambda mean: min(upper, mean + reach)))
    result["conditional"] = {
        "bound_annualized": solve(LEVEL, -math.inf, lambda mean: upper) * annual, "hybrid_annualized": hybrid * annual,
        "median_annualized": solve(0.5, -math.inf, lambda mean: upper) * annual}
    return result


def confidence_set(found, names):
    """By T_max: the worst falls as long as those that are left differ."""
    left, p, highest = list(range(found.count)), numpy.ones(found.count), 0.0
    while len(left) > 1:
        moves = found.moves[:, left]
        apart = moves - moves.mean(axis=1)[:, None]
        deviation = numpy.sqrt((apart**2).mean(axis=0))
        statistics = (found.sums[left].mean() - found.sums[left]) / deviation
        worst = statistics.max()
        own = found.p((-apart / deviation).max(axis=1), worst)
        if worst <= 0 or own == 1:
            break
        highest = max(highest, own)
        fallen = [number for number, value in zip(left, statistics) if value >= worst * (1 - 1e-12)]
        p[fallen] = highest
        left = [number for number in left if number not in fallen]
    members = [names[number] for number in numpy.flatnonzero(p > LEVEL)]
    return {"level": LEVEL, "statistic": "maximum", "size": len(members), "first_members": members[:100]}


def figures(returns, numbers, names, winner, benchmark, seed, resamples, is_conditional, year):
    """The member `data_snooping` of the strategies that can be chosen; each one's p-value; and the mean luck of the best in
    Sharpe ratios of the winner."""
    bars, strategies = returns.shape
    block = means.median_length(returns)
    found = Resampled(returns, draws.resamples(seed, resamples, bars, block), block)
    found.numbers = numbers
    plain = (found.moves / bars**0.5).max(axis=1)
    highest = numpy.nanmax(found.statistics)
    observed = max(0, highest)
    spa = {name: found.p(found.null(name).max(axis=1), observed) if observed else 1.0
           for name in ("lower", "consistent", "upper")}
    luck = found.null("upper").max(axis=1)
    p, order = step_down(found)
    annual = year**0.5
    sharpe = returns[:, winner].mean() / returns[:, winner].std(ddof=1)
    error = found.corrected[winner] / (returns[:, winner].std(ddof=1) * bars**0.5)
    def of_luck(errors):
        return {"standard_errors": errors, "sharpe_annualized": errors * error * annual}
    result = {
        "benchmark": benchmark, "resamples": resamples, "scheme": "stationary", "mean_block_length": block,
        "strategies_tested": strategies, "strategies_undefined": 0, "strategies_without_variance": (~found.varies).sum(),
        "reality_check": {"best": names[int(found.sums.argmax())], "statistic": found.sums.max() / bars**0.5,
                          "p_value": found.p(plain, found.sums.max() / bars**0.5)},
        "superior_predictive_ability": {
            "best": names[int(numpy.nanargmax(found.statistics))], "statistic": observed,
            "p_value_lower": spa["lower"], "p_value_consistent": spa["consistent"], "p_value_upper": spa["upper"]},
        "stepwise": stepwise(found, names),
        "stepdown": {"errors": "pre-whitened where larger", "winner_p_value": p[winner],
                     "winner_adjusted_by": "stepdown", "best": names[order[0]],
                     "winner_sharpe_annualized": sharpe * annual, "winner_standard_error_annualized": error * annual,
                     "exact": len(order)},
        "sharpe_bounds": bounds(found, returns, winner, sharpe, error, luck, is_conditional, annual),
        "luck_of_the_best": {"mean": of_luck(luck.mean()), "quantile_95": of_luck(numpy.quantile(luck, 0.95))},
        "luck_curve": luck_curve(found), "model_confidence_set": confidence_set(found, names),
    }
    return result, p, luck.mean() * error
