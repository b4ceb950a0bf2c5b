"""Of series over time: what timing earns, how long blocks have to be, and how sure a mean is when returns depend on those
before."""

import math

import numpy


def timing(positions, net, market, earning):
    """Positions less the mean of the earlier ones, times the forward orthogonal deviation of what the market earns; the
    costs as they are. `earning` are the bars that can be earned."""
    found = net - positions * market[:, None]
    held = numpy.cumsum(positions[earning], axis=0)
    for place, bar in enumerate(earning):
        earlier = positions[bar] if place == 0 else held[place - 1] / place
        later = market[earning[place + 1:]]
        if len(later):
            deviation = (len(later) / (len(later) + 1)) ** 0.5 * (market[bar] - later.mean())
            found[bar] += (positions[bar] - earlier) * deviation
    return found


def block_length(series):
    """Politis & White 2004 with the correction of 2009, for the stationary bootstrap."""
    bars = len(series)
    if numpy.ptp(series) == 0:
        return math.nan
    x = series - series.mean()
    window = max(5, int(math.log10(bars)))
    most = min(math.ceil(bars**0.5) + window, bars - 2)
    covariances = numpy.array([(x[lag:] * x[:bars - lag]).sum() for lag in range(most + 1)])
    norms = [((x[lag + 1:]**2).sum() * (x[:bars - 1 - lag]**2).sum()) ** 0.5 for lag in range(most + 1)]
    with numpy.errstate(divide="ignore", invalid="ignore"):
        quiet = numpy.abs(covariances) / norms < 2 * (math.log10(bars) / bars) ** 0.5
    first = next((lag for lag in range(1, most + 1 - window) if quiet[lag:lag + window].all()), None)
    last = most if first is None else min(2 * first, most)
    lags = numpy.arange(1, last + 1)
    weights = 2 * numpy.minimum(1, 2 * (1 - lags / last)) * covariances[1:last + 1] / bars
    spectrum = covariances[0] / bars + weights.sum()
    longest = math.ceil(min(3 * bars**0.5, bars / 3))
    return min((2 * (weights * lags).sum() ** 2 / (2 * spectrum**2) * bars) ** (1 / 3), longest)


def median_length(returns):
    """The upper median of all strategies that have one; a bar at least."""
    lengths = sorted(length for length in map(block_length, returns.T) if not math.isnan(length))
    return max(lengths[len(lengths) // 2], 1)


def kernel(bars, block):
    lags = numpy.arange(1, bars)
    kept = 1 - 1 / block
    return (1 - lags / bars) * kept**lags + lags / bars * kept ** (bars - lags)


def long_run(x, y, block):
    """The covariance of √T times the means of two series in a resample of the stationary bootstrap."""
    bars = len(x)
    x, y = x - x.mean(), y - y.mean()
    both = numpy.correlate(x, y, "full")
    lags = both[bars:] + both[:bars - 1][::-1]
    return (both[bars - 1] + (kernel(bars, block) * lags).sum()) / bars


def prewhitened(series):
    """The long-run variance of Andrews & Monahan 1992 with the quadratic spectral kernel."""
    def regression(x):
        return min(max((x[1:] * x[:-1]).sum() / (x[:-1] ** 2).sum(), -0.97), 0.97)
    x = series - series.mean()
    rho = regression(x)
    e = x[1:] - rho * x[:-1]
    own = regression(e)
    width = 1.3221 * (4 * own**2 / (1 - own) ** 4 * len(e)) ** 0.2
    lags = numpy.arange(1, min(len(e) - 1, math.ceil(64 * width)) + 1)
    z = 6 * math.pi * lags / width / 5
    weights = 3 / z**2 * (numpy.sin(z) / z - numpy.cos(z))
    sums = numpy.array([(e[lag:] * e[:len(e) - lag]).sum() for lag in lags])
    return ((e**2).sum() + 2 * (weights * sums).sum()) / len(e) / (1 - rho) ** 2
