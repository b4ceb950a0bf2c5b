"""Bars that are made here, and the features of the `linear` family and of `rsi`, from their definitions."""

import datetime

import numpy

NAN = numpy.nan


def make(path, bars, seed):
    """Writes daily bars with fat tails, gaps between closes and opens, and moves that are partly taken back: a skill that can
    be found; returns their columns."""
    random = numpy.random.default_rng(seed)
    noise = 0.02 * random.standard_t(4, bars)
    steps = noise - 0.5 * numpy.concatenate([[0], noise[:-1]])
    close = numpy.round(100 * numpy.exp(numpy.cumsum(steps)), 4)
    open = numpy.round(numpy.concatenate([[100], close[:-1]]) * numpy.exp(0.004 * random.standard_normal(bars)), 4)
    high = numpy.round(numpy.maximum(open, close) * numpy.exp(0.006 * random.random(bars)), 4)
    low = numpy.round(numpy.minimum(open, close) * numpy.exp(-0.006 * random.random(bars)), 4)
    volume = numpy.round(numpy.exp(8 + random.standard_normal(bars)), 2)
    day = datetime.date(2015, 1, 1)
    rows = ["timestamp,open,high,low,close,volume"]
    for bar in range(bars):
        values = ",".join(repr(float(column[bar])) for column in (open, high, low, close, volume))
        rows.append(f"{day + datetime.timedelta(bar)},{values}")
    path.write_text("\n".join(rows) + "\n")
    return {"open": open, "high": high, "low": low, "close": close, "volume": volume}


def windows(column, period):
    return numpy.lib.stride_tricks.sliding_window_view(column, period)


def late(values, bars):
    """What stands at the last bars, undefined before."""
    return numpy.concatenate([numpy.full(bars - len(values), NAN), values])


def mean(column, period):
    return late(windows(column, period).mean(axis=1), len(column))


def deviation(column, period):
    return late(windows(column, period).std(axis=1), len(column))


def change(column, period):
    return late(column[period:] / column[:-period] - 1, len(column))


def recursive(column, period, part):
    """Seeded with the mean of the first `period` values that are defined."""
    first = int(numpy.isnan(column).sum())
    result = numpy.full(len(column), NAN)
    at = first + period - 1
    result[at] = column[first:at + 1].mean()
    for bar in range(at + 1, len(column)):
        result[bar] = result[bar - 1] + part * (column[bar] - result[bar - 1])
    return result


def exponential(column, period):
    return recursive(column, period, 2 / (period + 1))


def wilder(column, period):
    return recursive(column, period, 1 / period)


def strength(close, period):
    """Wilder's relative strength index."""
    moves = numpy.concatenate([[NAN], numpy.diff(close)])
    gain, loss = wilder(numpy.where(moves < 0, 0, moves), period), wilder(numpy.where(moves > 0, 0, -moves), period)
    return 100 * gain / (gain + loss)


def true_range(market):
    before = market["close"][:-1]
    return late(numpy.maximum(market["high"][1:], before) - numpy.minimum(market["low"][1:], before), len(before) + 1)


def directions(market, period):
    """Plus and minus directional indicators, with the start of TA-Lib."""
    high, low, ranges = market["high"], market["low"], true_range(market)
    sums = numpy.zeros(3)
    plus, minus = numpy.full(len(high), NAN), numpy.full(len(high), NAN)
    for bar in range(1, len(high)):
        if bar >= period:
            sums -= sums / period
        rise, fall = high[bar] - high[bar - 1], low[bar - 1] - low[bar]
        sums += [rise if rise > 0 and rise > fall else 0, fall if fall > 0 and fall > rise else 0, ranges[bar]]
        if bar >= period:
            plus[bar], minus[bar] = 100 * sums[0] / sums[2], 100 * sums[1] / sums[2]
    return plus, minus


def contrast(a, b):
    return (a - b) / (a + b)


def stochastic(market, period, smoothing):
    bars = len(market["close"])
    high, low = late(windows(market["high"], period).max(1), bars), late(windows(market["low"], period).min(1), bars)
    fast = 100 * (market["close"] - low) / (high - low)
    return late(windows(fast[period - 1:], smoothing).mean(axis=1), bars)


def channel(market, period):
    bars, close = len(market["close"]), market["close"]
    high = late(windows(market["high"], period).max(1)[:-1], bars)
    low = late(windows(market["low"], period).min(1)[:-1], bars)
    return ((close - high) + (close - low)) / (high - low)


def macd(close, fast, slow, signal):
    """The histogram as TA-Lib seeds it."""
    later = close.copy()
    later[:slow - fast] = NAN
    line = exponential(later, fast) - exponential(close, slow)
    return line - exponential(line, signal)


def commodity_channel(market, period):
    typical = (market["high"] + market["low"] + market["close"]) / 3
    window = windows(typical, period)
    middle = window.mean(axis=1)
    spread = numpy.abs(window - middle[:, None]).mean(axis=1)
    return late((window[:, -1] - middle) / (0.015 * spread), len(typical))


def aroon(market, period):
    def latest(column, of):
        return late(period - of(windows(column, period + 1)[:, ::-1], axis=1), len(column))
    return 100 * (latest(market["high"], numpy.argmax) - latest(market["low"], numpy.argmin)) / period


def money_flow(market, period):
    typical = (market["high"] + market["low"] + market["close"]) / 3
    flow, moves = typical * market["volume"], numpy.diff(typical)
    rising = windows(numpy.where(moves > 0, flow[1:], 0), period).sum(axis=1)
    falling = windows(numpy.where(moves < 0, flow[1:], 0), period).sum(axis=1)
    return late(100 * rising / (rising + falling), len(typical))


def linear(market):
    """The 32 features of `linear`, a column each."""
    close, high, low = market["close"], market["high"], market["low"]
    noise = deviation(change(close, 1)[1:], 60)
    noise = late(noise, len(close))
    columns = [change(close, n) / (noise * n**0.5) for n in (1, 2, 5, 10, 20, 60, 120)]
    columns += [(1 - mean(close, n) / close) / (noise * (n / 3) ** 0.5) for n in (10, 50, 200)]
    columns += [(1 - exponential(close, n) / close) / (noise * (n - 1) / (2 * n**0.5)) for n in (8, 21, 100)]
    columns += [(50 - strength(close, n)) / 50 * ((2 * n - 1) * 2 / numpy.pi) ** 0.5 for n in (2, 7, 14)]
    columns += [(mean(close, 20) - close) / deviation(close, 20), channel(market, 20), channel(market, 55)]
    columns += [(50 - stochastic(market, 5, 1)) / 50, (50 - stochastic(market, 14, 3)) / 50]
    columns += [3 * macd(close, 12, 26, 9) / close / noise, commodity_channel(market, 20) / 100]
    plus, minus = directions(market, 14)
    columns += [(wilder(100 * numpy.abs(contrast(plus, minus)), 14) - 25) / 10, 2 * contrast(plus, minus)]
    columns += [aroon(market, 25) / 100, (50 - money_flow(market, 14)) / 20]
    ranges = true_range(market)
    columns.append(8 * contrast(*(wilder(ranges, n) / mean(close, n) for n in (7, 28))))
    columns.append(4 * contrast(late(deviation(change(close, 1)[1:], 10), len(close)), noise))
    columns.append(4 * contrast(market["volume"], mean(market["volume"], 20)))
    columns += [(close - market["open"]) / wilder(ranges, 14), (2 * close - high - low) / wilder(ranges, 14)]
    return numpy.stack(columns, axis=1)
