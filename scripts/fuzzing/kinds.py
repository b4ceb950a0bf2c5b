"""The kinds of run that scripts/fuzz makes: each is a function of a `random.Random` and of what undisturbed runs have
left, and gives a command with every file, variable and answer that it meets."""

import hashlib
import json
import random as chance
import re
from dataclasses import dataclass, field

import mutation
from bases import FAMILIES, SHARDED, SMALL, STAGES, STATISTICS, STRATEGIES, TRIALS, bars, document, sealed, summary


@dataclass
class Link:
    """A symbolic link in the place of a file."""

    target: str


class Pipe:
    """A pipe there."""


class Folder:
    """A folder there."""


@dataclass
class Case:
    """A run: `{server}` in words and variables stands for the address of the bucket."""

    words: list
    files: dict = field(default_factory=dict)
    environment: dict = field(default_factory=dict)
    stdin: bytes = b""
    objects: dict = field(default_factory=dict)
    # Whether, and by which seed, answers are spoilt.
    spoils: str | None = None


def given(random, pairs, share=0.25):
    words = []
    for name, values in pairs.items():
        if random.random() < share:
            words += [name] if values is None else [name, random.choice(values)]
    return words


MARKET_OPTIONS = {
    "--skip-bad-rows": None, "--adjusted": None, "--symbol": ["A", "C", ""], "--from": ["2020", "2021-01-05", "9999"],
    "--to": ["2020-02", "2021-01-31T09:30", "0001"], "--time-zone": ["America/New_York", "+01:00", "Nowhere/Land", "-99:99"],
    "--time-format": ["dmy", "mdy", "seconds", "excel", "rows", "yyyymm", "%d/%m/%Y", "%Q", "%", "ordinal", "julian"],
    "--columns": ["time=1,close=2", "time=Date,close=Close", "time,open,high,low,close", "close=99", "time=0", "close=close"],
}


def bars_run(random, bases):
    data = mutation.text(random, random.choice(bases.vendors))
    case = Case([], {"x.csv": data})
    options = given(random, MARKET_OPTIONS, 0.08)
    draw = random.random()
    if draw < 0.75:
        case.words = ["data", "--data", "x.csv", *options, *given(random, {"--json": None, "--write": ["y.csv"]})]
    elif draw < 0.85:
        case.words, case.stdin, case.files = ["data", "--data", "-", *options], data, {}
    else:
        case.words = ["generate", "--data", "x.csv", "--store", "o", "--count", "5", *options, *SMALL]
    return case


RETURNS_OPTIONS = {
    "--values": ["returns", "percent", "log", "gross", "prices", "equity", "log-prices", "cumulative", "cumulative-percent",
                 "summed", "money"],
    "--capital": ["1000", "0"], "--header-rows": ["0", "1", "2", "9999999999"], "--time-format": ["dmy", "rows", "seconds", "%Y%m"],
    "--start-blank": ["common", "zero"], "--rows": ["bars", "strategies"], "--trials": ["3", "5000"],
    "--benchmark": ["cash", "a", "b", "none"], "--periods-per-year": ["252", "0", "1e300"], "--json": None,
    "--block-length": ["1", "5", "1000"],
}


def returns_run(random, bases):
    resampling = random.random() < 0.2
    words = ["--bootstrap", "20", "--blocks", "4"] if resampling else ["--bootstrap", "0", "--blocks", "0"]
    words += ["--output", "o", "-q", *given(random, RETURNS_OPTIONS, 0.08)]
    if random.random() < 0.35:
        return Case(["stats", "x.npy", *words], {"x.npy": mutation.array(random, bases.returns_array)})
    return Case(["stats", "x.csv", *words], {"x.csv": mutation.text(random, random.choice(bases.returns))})


def benchmark_run(random, bases):
    benchmark = b"date,index\n" + b"".join(line.rsplit(b",", 2)[0] + b"\n" for line in bases.returns[1].splitlines()[1:])
    return Case(["stats", "r.csv", "--benchmark", "x.csv", "--bootstrap", "5", "--blocks", "0", "--output", "o", "-q"],
                {"r.csv": random.choice(bases.returns), "x.csv": mutation.text(random, benchmark)})


def p_values_run(random, bases):
    words = ["stats", "x.csv", "--p-values", "--output", "o", *given(random, {"--trials": ["4", "300", "3"], "--json": None})]
    return Case(words, {"x.csv": mutation.text(random, bases.p_values)})


def sweep_or_generate(random, words):
    if random.random() < 0.3:
        return ["sweep", *words, "--output", "o", "--shard", "1/1", "--blocks", "0", "--bootstrap", "0", *SMALL]
    return ["generate", *words, "--store", "o", *SMALL]


def signals_run(random, bases):
    name, data = random.choice([
        ("x.csv", lambda: mutation.text(random, bases.signals_table)),
        ("x.json", lambda: mutation.document(random, bases.signals_json)),
        ("x.npy", lambda: mutation.array(random, bases.signals_array))])
    words = ["--data", "bars.csv", "--signals", name, *given(random, {"--signals-axis": ["bars", "strategies"]}, 0.1)]
    return Case(sweep_or_generate(random, words), {"bars.csv": bars(), name: data()})


def weights_run(random, bases):
    words = sweep_or_generate(random, ["--data", "bars.csv", "--family", "linear", "--weights", "x.csv"])
    return Case(words, {"bars.csv": bars(), "x.csv": mutation.text(random, bases.inputs["weights.csv"])})


def journal_run(random, bases):
    torn = bases.journal[:random.randrange(len(bases.journal))]
    data = mutation.text(random, bases.journal) if random.random() < 0.9 else torn
    words = [*TRIALS, "--trials", random.choice(["2", "4", "5"]), "--output", "o"]
    return Case([*words, *(["--resume"] if random.random() < 0.9 else [])], {"o/results/trials.partial.csv": data})


def forged_part(random, files, key, fits):
    """Changes a part; with `fits` so that its checksum and the record's do again."""
    old = files[key]
    if not key.endswith(".bin"):
        new = mutation.text(random, old)
    elif fits:
        # Mostly behind the header, which says what part it is.
        head = random.choice([0, 64, 72, 72])
        body = old[:head] + mutation.binary(random, old[head:-32])
        new = body + hashlib.sha256(body).digest()
    else:
        new = mutation.binary(random, old)
    files[key] = new
    record_key = key.rsplit("/", 1)[0] + "/shard.json"
    if fits and record_key in files:
        record = json.loads(files[record_key])["record"]
        inside = key.split("/", 1)[1] if key.split("/", 1)[1] in record["parts"] else key
        record["parts"] = {name: summary(new) if name == inside else value for name, value in record["parts"].items()}
        files[record_key] = sealed(record)


def forged_plan(random, files, folder):
    """The same change of the plan in all records and parts, so that everything fits."""
    keys = [key for key in files if key.startswith(f"{folder}/shards/")]
    records = {key: json.loads(files[key])["record"] for key in keys if key.endswith("/shard.json")}
    plan = mutation.change(random, json.loads(document(next(iter(records.values()))["plan"])))
    pin = hashlib.sha256(document(plan)).digest()
    for key in keys:
        if key.endswith(".bin"):
            body = files[key][:16] + pin + files[key][48:-32]
            files[key] = body + hashlib.sha256(body).digest()
    for key, record in records.items():
        record["plan"] = plan
        record["parts"] = {name: summary(files[f"{folder}/{name}"]) if f"{folder}/{name}" in files else value
                           for name, value in record["parts"].items()}
        files[key] = sealed(record)


def forged_record(random, files, key, fits):
    if fits:
        files[key] = sealed(mutation.change(random, json.loads(files[key])["record"]))
    else:
        files[key] = mutation.document(random, files[key])


def shards_run(random, bases):
    of_trials, fits = random.random() < 0.2, random.random() < 0.5
    files = {f"s/{key}": data for key, data in (bases.trials_shards if of_trials else bases.shards).items()}
    parts = sorted(key for key in files if key.startswith("s/shards/") and not key.endswith(".json"))
    records = sorted(key for key in files if key.endswith("/shard.json"))
    action = random.choices(["part", "record", "plan", "other", "folder"], [8, 4, 3, 2, 1])[0]
    if action == "part":
        key = random.choice(parts)
        forged_part(random, files, key, fits)
    elif action == "record":
        forged_record(random, files, random.choice(records), fits)
    elif action == "plan":
        forged_plan(random, files, "s")
    elif action == "other":
        key = random.choice([key for key in files if key not in parts and key not in records] or records)
        files[key] = (mutation.document if key.endswith(".json") else mutation.text)(random, files[key])
    else:
        key, other = random.choice([*parts, *records]), random.choice([*parts, *records])
        files[key] = random.choice([files[other], b"", outside(key, "/file"), Pipe(), Folder()])
    return Case(["merge", "--store", "s", "--output", "m", *SMALL], files)


def resumed_run(random, bases):
    files = {f"o/{key}": data for key, data in bases.one_shard.items()}
    fits = random.random() < 0.5
    key = random.choice(sorted(key for key in files if key.endswith(".bin")))
    if random.random() < 0.8:
        forged_part(random, files, key, fits)
    else:
        files[key] = random.choice([b"", outside(key, "/file"), Pipe(), Folder()])
    if random.random() < 0.8:
        del files["o/shards/1-of-1/shard.json"]
    # A sweep in one go is one shard and its merge, which looks at what the parts hold.
    shard = ["--shard", "1/1"] if random.random() < 0.5 else []
    return Case([*SHARDED, "--output", "o", *shard, "--resume"], {"bars.csv": bars(), **files})


def stage_run(random, bases):
    family = random.choice(list(FAMILIES))
    files = {f"o/{key}": data for key, data in bases.stores[family].items()}
    key = random.choices(
        ["o/run.json", f"o/{STRATEGIES}", "o/results/best_strategy.json", "o/raw/bars.csv", "o/results/overfitting.json",
         "o/results/training_performance.csv", "o/results/validation_results.json"], [6, 6, 3, 3, 2, 1, 1])[0]
    files[key] = (mutation.document if key.endswith(".json") else mutation.text)(random, files[key])
    if key != "o/run.json" and random.random() < 0.7:
        record = json.loads(files["o/run.json"])
        record["artifacts"][key[2:]] = summary(files[key])
        files["o/run.json"] = document(record)
    stage = random.choices(STAGES, [4, 3, 3, 4, 0.5])[0]
    words = {"backtest": ["--blocks", "4"], "measure": STATISTICS}.get(stage, [])
    if random.random() < 0.06:
        return Case(["upload", "--store", "o", "--upload", "copy", *SMALL], files)
    return Case([stage, "--store", "o", *words, *SMALL], files)


def outside(key, inside=""):
    """A link at `key` that leads out of the folder in which the program works."""
    return Link("../" * (key.count("/") + 1) + "outside" + inside)


def folder_run(random, bases):
    """What stands in a folder that is none of ours: links, pipes, folders, at names that are."""
    files = {f"o/{key}": data for key, data in bases.stores["coinflip"].items()}
    names = sorted({*files, "o/shards/1-of-2/shard.json", "o/shards/1-of-1", "o/results", "o/plots", "o/shards", "o/raw", "o",
                    "o/results/trials.partial.csv", "o/results/.partial-1", "o/plots/win_rate_histogram.png"})
    for _ in range(random.choice([1, 1, 2])):
        name = random.choice(names)
        for key in [key for key in files if key == name or key.startswith(name + "/") or name.startswith(key + "/")]:
            del files[key]
        # Where the user's own path leads is the user's choice.
        leads = [] if name == "o" else [outside(name, "/deep"), outside(name), outside(name, "/file")]
        files[name] = random.choice([*leads, Link("x"), Pipe(), Folder(), b"", Link("/dev/zero"), Link("."), b"{}"])
    return Case([*random.choice([
        ["sweep", "--data", "bars.csv", "--count", "5", "--output", "o", "--shard", "1/1", "--blocks", "0", "--bootstrap", "0"],
        ["sweep", "--data", "bars.csv", "--count", "130", "--output", "o", "--shard", "1/2", "--blocks", "0", "--bootstrap",
         "0", "--resume"],
        ["generate", "--data", "bars.csv", "--count", "5", "--store", "o"], ["backtest", "--store", "o"],
        ["validate", "--store", "o"],
        ["upload", "--store", "o", "--upload", "copy"], ["merge", "--store", "o", "--output", "m"],
        ["stats", "returns.csv", "--output", "o", "--blocks", "0", "--bootstrap", "0"],
        ["trials", "--data", "bars.csv", "--trials", "2", "--strategies", "4", "--output", "o", "--resume"],
        ["data", "--data", "bars.csv", "--write", "o/prices.csv"],
    ]), *SMALL], {"bars.csv": bars(), "returns.csv": bases.returns[0], **files})


# Values of options that are no work: small ones, and such as no bound lets pass.
VALUES = ["", " ", "0", "-0", "-1", "1", "2", "3", "4", "0.5", "-0.5", "1e308", "1e309", "nan", "inf", "-inf", "0x10", "1_0",
          "1,2",
          "1,,2", "1:3", "3:1", "1:3:0", "1:3:-1", "0:1:1e-300", "1:9223372036854775807", "9223372036854775807",
          "9223372036854775808", "-9223372036854775808", "9" * 30, "1:2:3:4", ":", "::", ",", "٣", "a", "\x1b[31mx",
          "two\nlines",
          "\u202ex", "x" * 5000, "bars.csv", "returns.csv", "signals.json", "missing.csv", "synthetic:garch",
          "synthetic:nothing",
          "builtin:btc-1d", "long-short", "sharpe_ratio", "1/2", "0/1", "2/1", "1/9223372036854775807", "array", "=", "--"]
PLACES = ["o", "./o", "o/../o2", "o//", "", " ", "bars.csv", "bars.csv/o", "é\u202e", "x" * 300, "two\nlines", "s3://",
          "s3:///", "s3://a",
          "s3://a/../b", "s3://A_B/x", "s3://bucket/" + "k" * 1100, "\x1b[2J"]
ADDRESSES = ["", "http://", "127.0.0.1", "http://127.0.0.1:1", "http://user:pa55word@127.0.0.1:1", "http://127.0.0.1:99999",
             "http://127.0.0.1:1/path?query", "http://[::1]:1", "http://[::1", "ftp://127.0.0.1", "http://127.0.0.1:1\r\nX: y",
             "file:///etc/passwd", "{server}", "http://127.0.0.1:-1", "x" * 5000]
DEFAULTS = {
    "sweep": {"--data": "bars.csv", "--count": "6", "--bootstrap": "10", "--blocks": "4", "--output": "o", "--shard": "1/1"},
    "trials": {"--data": "bars.csv", "--strategies": "5", "--trials": "2", "--output": "o"},
    "stats": {"--bootstrap": "10", "--blocks": "4", "--output": "o"}, "data": {"--data": "bars.csv"},
    "merge": {"--store": "s", "--output": "m"}, "upload": {"--store": "coinflip", "--upload": "copy"},
    # It takes seconds where it is not refused.
    "bench": {"--cases": "none"}, "generate": {"--data": "bars.csv", "--count": "6", "--store": "o"},
    **{stage: {"--store": "coinflip"} for stage in STAGES},
}


def options_run(random, bases):
    command = random.choice([name for name in DEFAULTS for _ in range({"visualize": 1, "bench": 1}.get(name, 3))])
    words = dict(DEFAULTS[command])
    for _ in range(random.choice([1, 1, 2, 3])):
        name, takes = random.choice(bases.options[command])
        if name in ("--help", "--help-all", "--version", "--generate-completion-script"):
            continue
        if command == "bench" and name == "--cases":
            continue
        pool = (ADDRESSES if name == "--endpoint-url" else PLACES if name in ("--output", "--store", "--write", "--upload")
                else VALUES)
        words[name] = random.choice(pool) if takes else None
        if name == "--shard" or random.random() < 0.1:
            words.pop("--shard", None) if random.random() < 0.5 else None
        if name == "--family":
            words[name] = random.choice([*FAMILIES, "rsi", "macd", "ema-cross", "bollinger", "donchian", "stochastic",
                                         "momentum", ""])
    line = [part for name, value in words.items() for part in ([name] if value is None else [name, value])]
    if random.random() < 0.1:
        line.insert(random.randrange(len(line) + 1), random.choice([*VALUES, "--", "--nothing", "-x", "--count=5", "--seed"]))
    line = [word.replace("\x00", "") for word in line]
    files = dict(bases.inputs)
    if command == "merge":
        files.update({f"s/{key}": data for key, data in bases.trials_shards.items()})
    elif command not in ("sweep", "trials", "stats", "data", "generate", "bench"):
        files.update({f"coinflip/{key}": data for key, data in bases.stores["coinflip"].items()})
    start = [command, *(["returns.csv"] if command == "stats" else [])]
    return Case([*start, *line], files)


VARIABLES = {
    "AWS_BATCH_JOB_ARRAY_INDEX": None, "AWS_BATCH_JOB_ARRAY_SIZE": None, "SLURM_ARRAY_TASK_ID": None,
    "SLURM_ARRAY_TASK_MIN": None,
    "SLURM_ARRAY_TASK_MAX": None, "SLURM_ARRAY_TASK_COUNT": None, "COLUMNS": None, "TERM": ["dumb", "", "xterm", "\x1b"],
    "NO_COLOR": ["1"], "LANG": ["de_DE.UTF-8", "xx"], "TZ": ["America/New_York", "/etc/passwd", "x" * 999],
    "HOME": ["", "/", "x"],
    "USE_S3": ["true", "false", "maybe", "TRUE"], "S3_BUCKET": ["bucket", "", "B/../x", "a\nb"],
    "AWS_REGION": ["", "x\r\ny", "é" * 99],
    "AWS_PROFILE": ["p", "", "two\nlines", "\x1b[31m"], "AWS_CONFIG_FILE": ["config", "missing", "."],
    "AWS_MAX_ATTEMPTS": ["1", "2", "-1", "x", ""],
    "AWS_SHARED_CREDENTIALS_FILE": ["config"], "AWS_ACCESS_KEY_ID": ["", "a\r\nb", "\x1b"],
    "AWS_SESSION_TOKEN": ["t", "a\r\nHost: x", "x" * 9999],
    "AWS_ENDPOINT_URL": ADDRESSES, "AWS_ENDPOINT_URL_S3": ADDRESSES, "AWS_CA_BUNDLE": ["missing.pem", "bars.csv", "."],
    "AWS_CONTAINER_CREDENTIALS_FULL_URI": ["{server}/c", *ADDRESSES], "AWS_CONTAINER_AUTHORIZATION_TOKEN": ["t", "a\r\nX: y"],
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": ["config", "missing", "/dev/zero"],
    "OPENBLAS_NUM_THREADS": ["0", "-1", "1000", "x"],
    "AWS_EC2_METADATA_SERVICE_ENDPOINT": ["{server}"], "AWS_DEFAULT_REGION": ["x"],
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": ["true"],
}
CONFIG = b"""[default]
aws_access_key_id = AKIA
aws_secret_access_key = hidden-secret
region = us-east-1
[profile p]
region = eu-west-1
services = s
max_attempts = 1
[services s]
s3 =
  endpoint_url = http://127.0.0.1:1
"""


def environment_run(random, bases):
    variables = {}
    kind = random.randrange(3)
    names = [name for name in VARIABLES if kind != 0 or name.startswith(("SLURM", "AWS_BATCH"))]
    for name in random.sample(names, random.choice([1, 2, 3, 4])):
        pool = VARIABLES[name] or [*map(str, mutation.INTEGERS), "x", "", "1e3", " 1", "9" * 30]
        variables[name] = random.choice(pool).replace("\x00", "")
    files = {"bars.csv": bars(), "config": mutation.text(random, CONFIG)}
    if kind == 0:
        words = ["sweep", "--data", "bars.csv", "--count", "5", "--blocks", "0", "--bootstrap", "0", "--output", "o",
                 "--shard", "array", *SMALL]
        if random.random() < 0.7:
            variables.update({"SLURM_ARRAY_TASK_ID": random.choice(["0", "1", "5"]),
                              "SLURM_ARRAY_TASK_COUNT": random.choice(["2", "9"]), **variables})
    elif kind == 1:
        words = ["data", "--data", "bars.csv"]
    else:
        files.update({f"o/{key}": data for key, data in bases.stores["coinflip"].items()})
        words = ["upload", "--store", "o", "--upload", "s3://bucket/p", *SMALL]
        if "AWS_CONTAINER_CREDENTIALS_FULL_URI" in variables or random.random() < 0.3:
            variables["AWS_ACCESS_KEY_ID"] = ""
    return Case(words, files, variables, spoils=str(random.random()) if random.random() < 0.5 else None)


def server_run(random, bases):
    draw = random.randrange(4)
    place = ["s3://bucket/p", "--endpoint-url", "{server}", *SMALL]
    store = {f"p/{key}": data for key, data in bases.stores["coinflip"].items()}
    case = Case([], spoils=str(random.random()))
    if draw == 0:
        case.words = ["upload", "--store", "o", "--upload", *place]
        case.files = {f"o/{key[2:]}": data for key, data in store.items()}
        case.objects = store if random.random() < 0.5 else {}
    elif draw == 1:
        case.words, case.objects = ["upload", "--upload", "copy", "--store", *place], store
    elif draw == 2:
        case.words, case.objects = [random.choice(["validate", "select", "backtest"]), "--store", *place], store
    else:
        case.words = ["merge", "--output", "m", "--store", *place]
        case.objects = {f"p/{key}": data for key, data in bases.trials_shards.items()}
    return case


def spoiler(seed):
    """What `Bucket.spoil` is to be: the same for the same requests, in whatever order they come."""
    counts = {}

    def spoil(method, key, answer):
        count = counts[method, key] = counts.get((method, key), 0) + 1
        random = chance.Random(f"{seed} {method} {key} {count}")
        if random.random() < 0.7:
            return None
        head, _, body = answer.partition(b"\r\n\r\n")
        return random.choice([
            lambda: b"", lambda: answer[:random.randrange(len(answer))], lambda: mutation.binary(random, answer),
            lambda: head + b"\r\n\r\n" + mutation.some_bytes(random, body),
            lambda: refusal(random),
            lambda: re.sub(rb"Content-Length: \d+", lambda _: b"Content-Length: " + mutation.value(random).encode(), answer),
            lambda: head + b"\r\nX: " + b"y" * 200_000 + b"\r\n\r\n" + body,
            lambda: (head.replace(b"\r\n", b"\r\nTransfer-Encoding: chunked\r\n", 1) + b"\r\n\r\n"
                     + mutation.text(random, b"5\r\nhello\r\n0\r\n\r\n")),
            lambda: (b"HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: "
                     + random.choice([b"http://127.0.0.1:1/", b"file:///etc/passwd", b"\x1b", b"/"]) + b"\r\n\r\n"),
            lambda: listing(random), lambda: b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + answer,
            lambda: b"HTTP/1.1 999 \x1b[31m\r\n\r\n",
            # More than the memory that a run may take.
            lambda: b"HTTP/1.1 403 No\r\nConnection: close\r\n\r\n" + b"x" * (300 << 20),
            lambda: re.sub(rb"x-amz-meta-sha256: \w+",
                           lambda _: b"x-amz-meta-sha256: " + mutation.value(random).encode().replace(b"\n", b" "), answer),
        ])()

    return spoil


def refusal(random):
    body = mutation.text(
        random, b"<Error><Code>AccessDenied</Code><Message>No, for a reason.</Message><Region>eu-west-1</Region></Error>")
    status = random.choice([400, 401, 403, 404, 405, 409, 411, 412, 416, 429, 500, 501, 503, 301, 200, 204, 206])
    return f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


def listing(random):
    body = mutation.text(
        random, b"<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>"
        b"<NextContinuationToken>t</NextContinuationToken>"
        b"<Contents><Key>p/shards/1-of-2/shard.json</Key></Contents></ListBucketResult>")
    body = random.choice([body, body.replace(b"<Contents>", b"<Contents>" * 20_000), b"<a>" * 100_000,
                          b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;" + body])
    # Where an artifact is asked for, a longer one would be taken in, as an artifact may be.
    body = body[:32 << 20]
    return f"HTTP/1.1 200 X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


# How often each is made, next to the others.
KINDS = {
    "bars": (bars_run, 10), "returns": (returns_run, 7), "signals": (signals_run, 8), "weights": (weights_run, 4),
    "p-values": (p_values_run, 3), "benchmark": (benchmark_run, 2), "journal": (journal_run, 6), "shards": (shards_run, 8),
    "resumed": (resumed_run, 5), "stages": (stage_run, 10), "folders": (folder_run, 4), "options": (options_run, 10),
    "environment": (environment_run, 4), "server": (server_run, 3),
}


def case(seed, number, bases):
    """The run of a number, and what kind it is."""
    random = chance.Random(f"{seed} {number}")
    name = random.choices(list(KINDS), [weight for _, weight in KINDS.values()])[0]
    return name, KINDS[name][0](random, bases)
