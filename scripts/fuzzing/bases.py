"""What undisturbed runs have read and left: what scripts/fuzz makes mutants of."""

import hashlib
import io
import json
import random as chance
import re
import signal
import struct
import time

import mutation
from judge import Process, contents, must

SMALL = ["--threads", "1", "-q"]
STAGES = ["backtest", "select", "measure", "validate", "visualize"]
STATISTICS = ["--bootstrap", "20", "--walk-forward", "2", "--cpcv", "3,1", "--permutations", "2"]
SHARDED = ["sweep", "--data", "bars.csv", "--count", "130", "--blocks", "4", *STATISTICS, *SMALL]
TRIALS = ["trials", "--data", "synthetic:random-walk", "--bars", "60", "--market", "synthetic", "--edge", "0,0.01",
          "--strategies", "6", *SMALL]
FAMILIES = {
    "coinflip": ["--count", "12", "--buy-probability", "0.5"],
    "linear": ["--family", "linear", "--weights", "weights.csv", "--direction", "long-short"],
    "sma-cross": ["--family", "sma-cross", "--fast", "2:4", "--slow", "5:8", "--stop-loss", "0.01,0.02"],
    "signals": ["--signals", "signals.csv"],
}
STRATEGIES = "strategies/strategies_latest.json"


def digest(data):
    return hashlib.sha256(data).hexdigest()


def summary(data):
    return {"sha256": digest(data), "size": len(data)}


def document(value):
    return (mutation.layout(value) + "\n").encode("utf-8", "surrogatepass")


def sealed(record):
    """A shard's record with the checksum of what it holds."""
    return document({"record": record, "sha256": digest(document(record))})


def timeless(data):
    """A record without the times that differ between equal runs."""
    data = re.sub(rb'"finished": "[^"]*"', b'"finished": "2020-01-01T00:00:00Z"', data)
    return re.sub(rb'"seconds": [-\d.e]+', b'"seconds": 0.001', data)


def bars(count=60):
    rows = [f"2020-{1 + i // 28:02d}-{1 + i % 28:02d},{100 + i * 37 % 11}.5" for i in range(count)]
    return ("timestamp,close\n" + "\n".join(rows) + "\n").encode()


def vendors(count=40):
    """The same prices as several vendors write them."""
    closes = [100 + i * 37 % 11 for i in range(count)]
    days = [(2021, 1 + i // 28, 1 + i % 28) for i in range(count)]
    ohlcv = [f"{c - 1}.25,{c + 2}.5,{c - 2}.125,{c}.5,{c * 1000}" for c in closes]
    dates = [f"{y}-{m:02d}-{d:02d}" for y, m, d in days]
    backwards = reversed(list(zip(days, closes)))
    tables = [
        ["Date,Open,High,Low,Close,Volume", *(f"{date},{row}" for date, row in zip(dates, ohlcv))],
        ["unix,open,high,low,close,volume", *(f"{1609459200 + 86400 * i},{row}" for i, row in enumerate(ohlcv))],
        ["Date;Close/Last;Adj Close", *(f"{m:02d}/{d:02d}/{y};${c}.00;{c / 2}" for (y, m, d), c in backwards)],
        [f"{date.replace('-', '')} 093000,{row}" for date, row in zip(dates, ohlcv)],
        ["symbol,time,close", *(f"{s},{date}T09:30:00+01:00,{c}" for date, c in zip(dates, closes) for s in "AB")],
    ]
    return [bars(), *("\n".join(table).encode() for table in tables)]


def returns():
    values = chance.Random(1)
    rows = [(values.gauss(0.003, 0.01), values.gauss(0, 0.01), values.gauss(0, 0.02)) for _ in range(60)]
    plain = "a,b,c\n" + "".join(",".join(f"{x:.4f}" for x in row) + "\n" for row in rows)
    dated = "date,a,b,c\n" + "".join(f"2020-{1 + i // 28:02d}-{1 + i % 28:02d}," + ",".join(f"{x:.4f}" for x in row) + "\n"
                                     for i, row in enumerate(rows))
    return [plain.encode(), dated.encode()], numpy([list(row) for row in rows], "<f8", "d")


def numpy(rows, name, code):
    """The bytes of a `.npy` file of two dimensions."""
    header = f"{{'descr': '{name}', 'fortran_order': False, 'shape': ({len(rows)}, {len(rows[0])}), }}"
    header = (header + " " * (117 - len(header)) + "\n").encode()
    out = io.BytesIO()
    out.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header)
    for row in rows:
        out.write(struct.pack(f"<{len(row)}{code}", *row))
    return out.getvalue()


def signals():
    columns = {"first": [i % 2 for i in range(60)], "second": [i % 3 - 1 for i in range(60)],
               "third": [int(i % 5 == 0) for i in range(60)]}
    table = ",".join(columns) + "\n" + "".join(",".join(str(c[i]) for c in columns.values()) + "\n" for i in range(60))
    return table.encode(), json.dumps(columns).encode(), numpy(list(map(list, zip(*columns.values()))), "|i1", "b")


def weights(program, folder):
    """A file of weights for every feature that there is."""
    listing = must(program, ["families"], folder).out.decode()
    # Those that sixty bars are enough for.
    names = re.findall(r"^  ([a-z-]+\((?:\d|1\d|20)\))$", listing, re.M)[:8]
    values = chance.Random(2)
    return ("feature,a,b,c\n" + "".join(f"{n},{values.gauss(0, 1):.3f},{values.gauss(0, 1):.3f},{values.gauss(0, 1):.3f}\n"
                                       for n in names)).encode()


class Bases:
    """What undisturbed runs have read and left, in memory."""

    def __init__(self, program, folder):
        self.returns, self.returns_array = returns()
        self.signals_table, self.signals_json, self.signals_array = signals()
        self.p_values = b"name,p\na,0.001\nb,0.2\nc,0.04\nd,\n"
        self.vendors = vendors()
        inputs = {"bars.csv": bars(), "returns.csv": self.returns[0], "signals.csv": self.signals_table,
                  "signals.json": self.signals_json, "p.csv": self.p_values, "weights.csv": weights(program, folder)}
        for name, data in inputs.items():
            (folder / name).write_bytes(data)
        self.inputs = inputs
        self.stores = {}
        for family, words in FAMILIES.items():
            must(program, ["generate", "--data", "bars.csv", "--store", family, *words, "-q"], folder)
            must(program, ["backtest", "--store", family, "--blocks", "4", *SMALL], folder)
            must(program, ["select", "--store", family, *SMALL], folder)
            must(program, ["measure", "--store", family, *STATISTICS, *SMALL], folder)
            must(program, ["validate", "--store", family, *SMALL], folder)
            self.stores[family] = self.read(folder / family)
        for number in (1, 2):
            must(program, [*SHARDED, "--output", "shards", "--shard", f"{number}/2"], folder)
            must(program, [*TRIALS, "--trials", "8", "--output", "trials-shards", "--shard", f"{number}/2"], folder)
        must(program, [*SHARDED, "--output", "one-shard", "--shard", "1/1"], folder)
        self.shards, self.trials_shards, self.one_shard = (
            self.read(folder / name) for name in ("shards", "trials-shards", "one-shard"))
        self.journal = journal(program, folder)
        self.options = options(program, folder)

    @staticmethod
    def read(folder):
        # In one order, whatever that of the file system is: the same seed gives the same runs.
        files = {key: timeless(data) for key, data in sorted(contents(folder).items())}
        for key in files:
            if key.endswith("/shard.json"):
                files[key] = sealed(json.loads(files[key])["record"])
        return files


def journal(program, folder):
    """What trials that were killed have left, cut to whole lines."""
    work = Process(program, [*TRIALS, "--trials", "100000", "--output", "killed"], folder)
    path, end = folder / "killed/results/trials.partial.csv", time.monotonic() + 60
    while (not path.exists() or path.read_bytes().count(b"\n") < 12) and time.monotonic() < end:
        time.sleep(0.01)
    work.process.send_signal(signal.SIGKILL)
    work.end()
    return b"".join(path.read_bytes().splitlines(keepends=True)[:10])


def options(program, folder):
    """The options that each command names in its help, with whether a value follows."""
    found = {}
    for command in ("sweep", "trials", "stats", "data", "merge", "upload", "bench", "generate", *STAGES):
        text = must(program, [command, "--help-all"], folder).out.decode()
        found[command] = re.findall(r"^ +(?:-\w, )?(--[a-z-]+)( <[^>]+>)?", text, re.M)
    return found
