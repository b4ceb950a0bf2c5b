"""From scores to positions, net returns, trades and performance: one strategy, one bar at a time."""

import numpy

METRICS = ["win_rate", "total_return", "sharpe_ratio", "max_drawdown", "num_trades", "cagr", "volatility",
           "sortino_ratio", "calmar_ratio", "profit_factor", "expectancy", "exposure", "turnover", "skewness", "kurtosis"]


def earned(market, fill):
    """What the position held into a bar earns on it."""
    close, open = market["close"], market["open"]
    if fill == "close":
        return numpy.concatenate([[0], close[1:] / close[:-1] - 1])
    return numpy.concatenate([open[1:] / open[:-1] - 1, [0]])


class Run:
    """A strategy over a segment that begins and ends flat, by its bars: the position that earns each, its net return and
    the size of changes that it pays for; and where each trade ended with what.

    `unfilled` is how many decisions at its end earn nothing in it."""

    def __init__(self, scores, thresholds, short, cost, returns, bars, unfilled):
        first, end = bars
        entry, exit = thresholds
        self.positions, self.net, self.paid = numpy.zeros((3, end - first))
        self.trades = []
        held, growth = 0, 1.0
        last = end - unfilled - 1
        for bar in range(first, last + 1):
            score, row = scores[bar], bar + 1 - first
            signal = 1 if score > entry else -1 if short and score < -entry else 0
            stays = abs(score) >= exit if short else score >= exit
            position = signal if signal else held if stays else 0
            gain = position * returns[bar + 1]
            closes = bar == last
            paid = abs(position - held) + (abs(position) if closes else 0)
            self.positions[row], self.net[row], self.paid[row] = position, gain - cost * paid, paid
            if position != held:
                if held:
                    self.trades.append((row, growth * (1 - cost) - 1))
                growth = max(1 + gain - cost * abs(position), 0)
            else:
                growth *= max(1 + gain, 0)
            held = position
            if closes and held:
                self.trades.append((row, growth * (1 - cost) - 1))


def divide(a, b):
    return a / b if b else numpy.nan


def performance(pieces, year):
    """Every metric of the portfolio convention, over pieces that follow each other: a run and which of its bars."""
    net, positions, paid = (numpy.concatenate([getattr(run, name)[first:end] for run, (first, end) in pieces])
                            for name in ("net", "positions", "paid"))
    trades = numpy.array([result for run, (first, end) in pieces for row, result in run.trades if first <= row < end])
    bars, annual = len(net), year**0.5
    path = numpy.cumprod(numpy.maximum(1 + net, 0))
    tops = numpy.maximum(numpy.maximum.accumulate(path), 1)
    fall = float((1 - path / tops).max())
    growth = float(path[-1]) ** (year / bars) - 1
    deviation = net.std(ddof=1) if numpy.ptp(net) > 0 else 0.0
    centred = net - net.mean()
    second = (centred**2).mean()
    profit, loss = trades[trades > 0].sum(), -trades[trades < 0].sum()
    values = [
        divide((trades > 0).sum(), len(trades)), path[-1] - 1, divide(net.mean(), deviation) * annual, fall, len(trades),
        growth, deviation * annual, divide(net.mean(), ((numpy.minimum(net, 0) ** 2).mean()) ** 0.5) * annual,
        divide(growth, fall), divide(profit, loss), divide(profit - loss, len(trades)),
        numpy.count_nonzero(positions) / bars, paid.sum() * year / bars,
        divide((centred**3).mean(), second**1.5), divide((centred**4).mean(), second**2)]
    return dict(zip(METRICS, map(float, values)))
