#!/usr/bin/env python3
"""Uploads a sweep to the strict server and reads it back with boto3; then everything that can be wrong, and two runs that
are uploaded to one prefix at once.

    check-upload.py PROGRAM      (run by with-servers.py)

FLUKE_TEST_UPLOADS / 5 pairs (default 10), half of them to the server that knows conditional writes, half through the proxy.
"""

import collections
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import boto3

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fuzzing"))

import judge  # noqa: E402

BUCKET = "fluke-tests"
TYPES = {".csv": "text/csv", ".json": "application/json", ".png": "image/png"}
SECRETS = ("loopback-secret", "wrong-secret")

failures = 0


def expect(condition, text):
    global failures
    print(f"check-upload: {'ok' if condition else 'FAILED'}: {text}")
    failures += not condition


def run(program, folder, words, **variables):
    """Runs the program; no secret may show in anything that it writes to a terminal."""
    ending = subprocess.run(
        [program, *words], cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, timeout=300)
    for secret in SECRETS:
        if secret in ending.stdout + ending.stderr:
            expect(False, f"{words} shows a secret")
    return ending


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read_back(client, prefix):
    objects = {}
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix):
        for entry in page.get("Contents", []):
            answer = client.get_object(Bucket=BUCKET, Key=entry["Key"])
            objects[entry["Key"].removeprefix(prefix)] = (
                answer["Body"].read(), answer["ContentType"], answer["Metadata"].get("sha256"))
    return objects


def check_whole(client, program, folder, sweep):
    server = os.environ["FLUKE_TEST_S3_ENDPOINT"]
    ending = run(
        program, folder, [*sweep, "--upload", f"s3://{BUCKET}/a run/é+&", "--endpoint-url", server, "--json"])
    expect(ending.returncode == 0, f"sweep --upload ends with {ending.returncode} {ending.stderr.strip()}")
    local, objects = files(folder / "output"), read_back(client, "a run/é+&/")
    expect(len(local) > 10 and set(objects) == set(local), f"the same {len(local)} keys")
    expect(all(objects[key][0] == local[key] for key in local), "the same bytes")
    expect(all(objects[key][1] == TYPES[Path(key).suffix] for key in local), "content types")
    expect(
        all(objects[key][2] == hashlib.sha256(local[key]).hexdigest() for key in local), "digests beside the objects")
    expect(json.loads(ending.stdout)["upload"]["uploaded"] == len(local), "the summary tells of the upload")
    text = json.dumps([content.decode("latin-1") for content in local.values()])
    expect(all(secret not in text for secret in SECRETS), "no secret in any artifact")
    again = run(
        program, folder,
        ["upload", "--store", "output", "--upload", f"s3://{BUCKET}/a run/é+&", "--endpoint-url", server])
    expect(f"uploaded 0 files (0 bytes), {len(local)} already there" in again.stdout, f"again: {again.stdout.strip()}")
    classic = run(
        program, folder, ["upload", "--store", "output", "--upload", f"s3://{BUCKET}/b"], AWS_ENDPOINT_URL=server)
    expect(classic.returncode == 0 and read_back(client, "b/").keys() == local.keys(), "the server by AWS_ENDPOINT_URL")
    back = run(
        program, folder,
        ["upload", "--store", f"s3://{BUCKET}/b", "--upload", "back", "--endpoint-url", server])
    expect(back.returncode == 0 and files(folder / "back") == local, "back from the bucket to a directory")
    variables = run(
        program, folder, [*sweep, "--output", "other"], USE_S3="true", S3_BUCKET=BUCKET, AWS_ENDPOINT_URL=server)
    expect(
        variables.returncode == 0 and {"run.json", "results/best_strategy.json"} <= set(read_back(client, "")),
        "USE_S3 and S3_BUCKET")


def check_stages(program, folder):
    server = os.environ["FLUKE_TEST_S3_ENDPOINT"]
    place = ["--store", f"s3://{BUCKET}/stages", "--endpoint-url", server]
    for stage in (
            ["generate", "--count", "20"], ["backtest"], ["select"], ["measure", "--bootstrap", "50"], ["validate"],
            ["visualize"]):
        ending = run(program, folder, [*stage, *place])
        expect(ending.returncode == 0, f"{stage[0]} in a bucket {ending.stderr.strip()}")


def check_failures(program, folder):
    server = os.environ["FLUKE_TEST_S3_ENDPOINT"]
    before = files(folder / "output")
    cases = [
        ("wrong secret", 77, BUCKET, server, {"AWS_SECRET_ACCESS_KEY": "wrong-secret"}),
        ("unknown key", 77, BUCKET, server, {"AWS_ACCESS_KEY_ID": "nobody"}),
        ("wrong region", 77, BUCKET, server, {"AWS_REGION": "eu-west-1"}),
        ("no credentials", 77, BUCKET, server, {"AWS_ACCESS_KEY_ID": ""}),
        ("missing bucket", 66, "no-such-bucket", server, {}),
        ("no network", 69, BUCKET, "http://127.0.0.1:1", {"AWS_MAX_ATTEMPTS": "3"}),
        ("not an address", 64, BUCKET, "127.0.0.1", {}),
    ]
    for name, status, bucket, address, variables in cases:
        ending = run(
            program, folder,
            ["upload", "--store", "output", "--upload", f"s3://{bucket}/c", "--endpoint-url", address], **variables)
        line = ending.stderr.strip()
        expect(ending.returncode == status and line.count("\n") == 0 and not ending.stdout, f"{name}: {line}")
        expect(files(folder / "output") == before, f"{name}: the artifacts on disk are whole")


def check_pairs(program, folder):
    """Of two uploads at once one loses with a line, and where run.json is in the end, the set that it names is whole."""
    for seed in (1, 2):
        store = ["--store", f"run-{seed}", "--quiet"]
        for words in (["generate", "--count", "20", "--seed", str(seed)], ["backtest"], ["select"]):
            ending = run(program, folder, [*words, *store])
            expect(ending.returncode == 0, f"{words[0]} for two uploads {ending.stderr.strip()}")
    pairs = max(2, int(os.environ.get("FLUKE_TEST_UPLOADS", "50")) // 5)
    for name in ("LENIENT", "FAULTY"):
        server, outcomes, wrong = os.environ[f"FLUKE_TEST_S3_{name}_ENDPOINT"], collections.Counter(), []
        # Read past the proxy, which would spoil this too.
        direct = server if name == "LENIENT" else os.environ["FLUKE_TEST_S3_ENDPOINT"]
        client = boto3.client("s3", endpoint_url=direct)
        for number in range(pairs // 2):
            prefix = f"pairs/{number}/"
            words = [[program, "upload", "--store", f"run-{seed}", "--quiet", "--upload", f"s3://{BUCKET}/{prefix}",
                      "--endpoint-url", server] for seed in (1, 2)]
            works = [subprocess.Popen(each, cwd=folder, stderr=subprocess.PIPE, text=True) for each in words]
            lines = [work.communicate(timeout=300)[1] for work in works]
            statuses = sorted(work.returncode for work in works)
            outcomes[tuple(statuses)] += 1
            is_told = all(line.count("\n") == (work.returncode != 0) for work, line in zip(works, lines))
            if statuses not in ([0, 0], [0, 73], [73, 73]) or not is_told:
                wrong.append(f"{statuses} {lines}")
            wrong += faults_of_set(client, prefix)
            again = run(program, folder, words[number % 2][1:])
            if again.returncode != 0 or faults_of_set(client, prefix, is_needed=True):
                wrong.append(f"repeated: {again.returncode} {again.stderr.strip()}")
        counts = ", ".join(f"{count} ended with {statuses}" for statuses, count in sorted(outcomes.items()))
        expect(not wrong,
               f"two uploads at once, {name.lower()} server: {counts}" + "".join(f"\n  {text}" for text in wrong[:5]))


def faults_of_set(client, prefix, is_needed=False):
    """Why the set below a prefix is not whole, where its run.json says that it is."""
    objects = read_back(client, prefix)
    if "run.json" not in objects:
        return ["no run.json"] if is_needed else []
    return judge.faults_of_set({key: content[0] for key, content in objects.items()})


def main():
    program = str(Path(sys.argv[1]).resolve())
    client = boto3.client("s3", endpoint_url=os.environ["FLUKE_TEST_S3_ENDPOINT"])
    sweep = ["sweep", "--count", "20", "--bootstrap", "50"]
    with tempfile.TemporaryDirectory(prefix="fluke-upload-") as name:
        folder = Path(name)
        check_whole(client, program, folder, sweep)
        check_stages(program, folder)
        check_failures(program, folder)
        check_pairs(program, folder)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
