"""Runs the program under limits and judges how it ends and what it leaves. For scripts/fuzz and scripts/test-pairs."""

import csv
import hashlib
import io
import json
import os
import resource
import subprocess
import tempfile
import threading
import unicodedata
from pathlib import Path

# As the README names them; 70 is a fault of the program.
STATUSES = {0, 64, 65, 66, 69, 73, 74, 75, 77}
# Inputs are small: what needs more than this grows with something that it should not grow with.
CPU_SECONDS, WALL_SECONDS = 20, 120
LARGEST_MEMORY = 256 << 20
ADDRESS_SPACE = 4 << 30
LARGEST_FILE = 64 << 20
# A thousand characters, and the sign that there were more.
LONGEST_LINE = 1_001
# What turns the direction of the text after it.
TURNS = {"\u061c", "\u200e", "\u200f", *map(chr, range(0x202a, 0x202f)), *map(chr, range(0x2066, 0x206a))}
ENVIRONMENT = {
    "PATH": os.environ.get("PATH", ""), "HOME": "/nonexistent", "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1",
    # Nothing of this machine's own is used, and nothing beyond it is asked.
    "AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": "hidden-secret", "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "2", "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
    "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
}


class Ending:
    """How a process ended: `status` is negative for a signal and `None` where there was no end."""

    def __init__(self, status, out, err, memory):
        self.status, self.out, self.err, self.memory = status, out, err, memory

    def __str__(self):
        return f"status {self.status}, {self.memory >> 20} MiB, {self.err[:300]!r}"


def limits():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Process:
    """The program at work in a folder; `end()` waits for it."""

    def __init__(self, program, words, folder, environment=None, stdin=b""):
        self.out, self.err = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        # A process begins with the memory of the one that starts it, and its peak is no less.
        self.inherited = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
        with tempfile.TemporaryFile() as given:
            given.write(stdin)
            given.seek(0)
            self.process = subprocess.Popen(
                [program, *words], cwd=folder, env={**ENVIRONMENT, **(environment or {})}, preexec_fn=limits,
                stdin=given, stdout=self.out, stderr=self.err)

    @property
    def is_over(self):
        """Whether it has ended; `end()` is still to be called."""
        return os.waitid(os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def end(self):
        late = threading.Timer(WALL_SECONDS, self.process.kill)
        late.start()
        _, code, usage = os.wait4(self.process.pid, 0)
        is_late = not late.is_alive()
        late.cancel()
        status = os.waitstatus_to_exitcode(code)
        # For `Popen`, which was not told.
        self.process.returncode = status
        if is_late or usage.ru_utime + usage.ru_stime >= CPU_SECONDS:
            status = None
        texts = []
        for file in (self.out, self.err):
            with file:
                file.seek(0)
                texts.append(file.read())
        peak = usage.ru_maxrss << 10
        return Ending(status, *texts, peak if peak > self.inherited + (8 << 20) else 0)


def run(program, words, folder, environment=None, stdin=b""):
    return Process(program, words, folder, environment, stdin).end()


def must(program, words, folder):
    """Runs what has to succeed."""
    ending = run(program, words, folder)
    if ending.status != 0:
        raise SystemExit(f"{Path(program).name} {' '.join(map(str, words))}: {ending}")
    return ending


def strict_json(data):
    """The value of a document; NaN and infinities are no JSON, and no member stands twice."""

    def refuse(name):
        raise ValueError(f"{name} is no JSON")

    def members(pairs):
        value = dict(pairs)
        if len(value) != len(pairs):
            raise ValueError("a member stands twice")
        return value

    return json.loads(data.decode("utf-8"), parse_constant=refuse, object_pairs_hook=members)


def faults_of_text(data, name, is_document=False):
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return [f"{name} is no UTF-8"]
    for letter in set(text) - {"\n"}:
        is_control = unicodedata.category(letter) in ("Cc", "Zl", "Zp")
        if is_control or (letter in TURNS and not is_document):
            return [f"{name} has the control character U+{ord(letter):04X}"]
    return []


def faults_of_ending(ending, words):
    """What is wrong with an end, a text each."""
    faults = []
    if ending.status is None:
        return [f"no end within {CPU_SECONDS} s of work or {WALL_SECONDS} s"]
    if ending.status < 0:
        return [f"ended by signal {-ending.status}"]
    allowed = STATUSES | ({1} if "--fail-unless-skill" in words else set())
    if ending.status not in allowed:
        faults.append(f"status {ending.status}")
    if ending.memory > LARGEST_MEMORY:
        faults.append(f"{ending.memory >> 20} MiB of memory")
    is_json = "--json" in words
    faults += faults_of_text(ending.err, "standard error") + faults_of_text(ending.out, "standard output", is_json)
    lines = ending.err.decode("utf-8", "replace").split("\n")
    if max(map(len, lines)) > LONGEST_LINE + len("fluke: "):
        faults.append(f"a line of {max(map(len, lines))} characters")
    if ending.status >= 64:
        if len(lines) != 2 or lines[1]:
            faults.append(f"{len(lines) - 1} lines on standard error, expected one")
        if not lines[0].startswith("fluke: "):
            faults.append("the line does not say whose it is")
        if ending.out:
            faults.append("refused with something on standard output")
    elif is_json and ending.out:
        try:
            strict_json(ending.out)
        except ValueError as error:
            faults.append(f"--json: {error}")
    for secret in ("hidden-secret", "pa55word"):
        if secret.encode() in ending.out + ending.err:
            faults.append("a secret is shown")
    return faults


def contents(folder):
    """All files below a folder by their relative paths, links not followed."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    found[os.path.relpath(path, folder)] = file.read()
    return found


def fault_of_file(key, data):
    """Why a file that was written cannot be whole; `None` where it can."""
    try:
        if key.endswith(".json"):
            strict_json(data)
        elif key.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(data.decode("utf-8")), strict=True))
            if not data.endswith(b"\n") or len({len(row) for row in rows if row and not row[0].startswith("# ")}) > 1:
                return "rows of different lengths, or no end of a line"
        elif key.endswith(".png") and not (data.startswith(b"\x89PNG") and data.endswith(b"IEND\xaeB\x60\x82")):
            return "half a picture"
    except (ValueError, csv.Error) as error:
        return str(error)
    return None


def faults_of_set(files, before=None):
    """What is wrong with the set that a `run.json` names, in `files` by key. What `before` had is not judged again."""
    faults, before = [], before or {}
    if "run.json" not in files or files["run.json"] == before.get("run.json"):
        return []
    try:
        named = strict_json(files["run.json"])["artifacts"]
    except (ValueError, KeyError, TypeError) as error:
        return [f"run.json: {error!r}"]
    try:
        given = json.loads(before.get("run.json", b"{}"))["artifacts"]
    except (ValueError, KeyError, TypeError):
        given = {}
    for key, summary in named.items():
        if key not in files:
            faults.append(f"run.json names {key[:100]}, which is not there")
        # What a forged record says of artifacts that were not looked at is carried on.
        elif (summary.get("sha256"), summary.get("size")) != (
                hashlib.sha256(files[key]).hexdigest(), len(files[key])) and (
                not isinstance(given, dict) or given.get(key) != summary):
            faults.append(f"{key[:100]} is not what run.json says")
    return faults


def faults_of_folder(files, before):
    """What is wrong with what a run has left, `before` being what was there when it began."""
    faults, known = [], set(before.values())
    for key, data in files.items():
        if os.path.basename(key).startswith(".partial-") and key not in before:
            faults.append(f"{key} is left behind")
        # What was there is copied as it is.
        elif data not in known and (fault := fault_of_file(key, data)):
            faults.append(f"{key}: {fault}")
    stores = {key[:-len("run.json")] for key in files if key == "run.json" or key.endswith("/run.json")}
    for store in sorted(stores):
        inside = ({key[len(store):]: data for key, data in every.items() if key.startswith(store)}
                  for every in (files, before))
        faults += [f"{store}{fault}" for fault in faults_of_set(*inside)]
    return faults
