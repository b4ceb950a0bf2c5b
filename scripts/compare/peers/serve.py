"""The side of the peers: prepare once, then obey the harness line by line.

    run           call once and answer with its seconds; the result stays in memory
    result FILE   write the last result as one JSON object of arrays
    facts         answer with one JSON object: versions, and which kernels a BLAS library runs
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path

import numpy
from threadpoolctl import threadpool_info

Result = dict[str, numpy.ndarray]


def arguments() -> tuple[str, Path, dict[str, str]]:
    """The command line: a variant, a folder with inputs, values by key."""
    variant, folder, *pairs = sys.argv[1:]
    return variant, Path(folder), dict(pair.split("=", 1) for pair in pairs)


def serve(call: Callable[[], Result], packages: Iterable[str]) -> None:
    """Obeys until there are no more lines."""
    result: Result = {}
    for line in sys.stdin:
        word, _, file = line.rstrip("\n").partition(" ")
        if word == "run":
            # What the call before left behind is neither this one's memory nor its time.
            result = {}
            gc.collect()
            start = time.perf_counter()
            result = call()
            print(time.perf_counter() - start, flush=True)
        elif word == "result":
            columns = {name: numpy.asarray(values, dtype=float).tolist() for name, values in result.items()}
            Path(file).write_text(json.dumps(columns), encoding="utf-8")
            print("written", flush=True)
        elif word == "facts":
            print(json.dumps(facts(packages)), flush=True)
        else:
            sys.exit(f"standard input: found \"{line.strip()}\", needed run, result FILE or facts")


def facts(packages: Iterable[str]) -> dict[str, str]:
    """Versions of packages, and of every library with threads of its own what it is and does."""
    found = {package: version(package) for package in packages}
    for pool in threadpool_info():
        name = f"{pool['internal_api']} in {os.path.basename(pool['filepath'])}"
        kernel = f", kernels for {pool['architecture']}" if "architecture" in pool else ""
        found[name] = f"{pool['version'] or 'unknown version'}, {pool['num_threads']} threads{kernel}"
    return found
