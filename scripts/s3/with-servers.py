#!/usr/bin/env python3
"""Runs a command with S3 servers of its own on loopback, which are stopped when it ends.

    with-servers.py COMMAND...

OpenStack Swift with its s3api verifies signatures, payload hashes, clocks and regions; moto verifies none of that but
knows conditional writes. A proxy before Swift (fault_proxy.py) spoils one request in five. Needs swift, moto[server] and
boto3 from PyPI in the environment of this Python. The command finds them in FLUKE_TEST_S3_ENDPOINT,
FLUKE_TEST_S3_LENIENT_ENDPOINT and FLUKE_TEST_S3_FAULTY_ENDPOINT.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3
from botocore.config import Config

from fault_proxy import FaultProxy

BUCKET = "fluke-tests"
KEY, SECRET, REGION = "test:tester", "loopback-secret", "us-east-1"
START_SECONDS = 60

SWIFT = """[swift-hash]
swift_hash_path_suffix = tests
swift_hash_path_prefix = tests
[storage-policy:0]
name = one
default = yes
"""

STORAGE = """[DEFAULT]
devices = {folder}/devices
mount_check = false
disable_fallocate = true
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
recon_cache_path = {folder}
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""

PROXY = """[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user = {user}
swift_dir = {folder}
[pipeline:main]
pipeline = catch_errors gatekeeper cache listing_formats bulk s3api tempauth copy slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:s3api]
use = egg:swift#s3api
location = {region}
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = {secret} .admin
""" + "".join(
    f"[filter:{name}]\nuse = egg:swift#{name}\n"
    for name in ("catch_errors", "gatekeeper", "listing_formats", "bulk", "copy", "slo", "dlo"))


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def start_swift(folder, processes):
    """Starts the four servers of Swift; returns the address of their front."""
    tools = Path(sys.executable).parent
    ports = dict(zip(("account", "container", "object", "proxy"), free_ports(4)))
    (folder / "devices/d1").mkdir(parents=True)
    (folder / "swift.conf").write_text(SWIFT)
    user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True).stdout.strip()
    for kind, port in ports.items():
        template = PROXY if kind == "proxy" else STORAGE
        (folder / f"{kind}-server.conf").write_text(
            template.format(folder=folder, port=port, kind=kind, user=user, region=REGION, secret=SECRET))
        if kind != "proxy":
            for words in (["create", "4", "1", "1"], ["add", f"r1z1-127.0.0.1:{port}/d1", "1"], ["rebalance"]):
                subprocess.run(
                    [tools / "swift-ring-builder", f"{kind}.builder", *words], cwd=folder, check=True,
                    stdout=subprocess.DEVNULL)
        with open(folder / f"{kind}.log", "wb") as log:
            processes.append(subprocess.Popen(
                [sys.executable, tools / f"swift-{kind}-server", f"{kind}-server.conf"], cwd=folder, stdout=log,
                stderr=log))
    return f"http://127.0.0.1:{ports['proxy']}"


def start_moto(folder, processes):
    port = free_ports(1)[0]
    with open(folder / "moto.log", "wb") as log:
        processes.append(subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], cwd=folder, stdout=log,
            stderr=log))
    return f"http://127.0.0.1:{port}"


def make_bucket(address):
    """Makes the bucket as soon as the server takes it."""
    client = boto3.client(
        "s3", endpoint_url=address, aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name=REGION,
        config=Config(retries={"total_max_attempts": 1}))
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            client.create_bucket(Bucket=BUCKET)
            return
        except Exception as error:  # Whatever is said before it is up.
            if time.monotonic() > end:
                sys.exit(f"with-servers: {address} did not start within {START_SECONDS} s: {error}")
            time.sleep(0.2)


def main():
    processes = []
    with tempfile.TemporaryDirectory(prefix="fluke-s3-") as name:
        folder = Path(name)
        try:
            swift, moto = start_swift(folder, processes), start_moto(folder, processes)
            for address in (swift, moto):
                make_bucket(address)
            with FaultProxy(int(swift.rsplit(":", 1)[1]), rate=0.2, seed=1) as faulty:
                environment = {
                    # Nothing of this machine's own is used, and nothing beyond it is asked.
                    **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
                    "FLUKE_TEST_S3_ENDPOINT": swift, "FLUKE_TEST_S3_LENIENT_ENDPOINT": moto,
                    "FLUKE_TEST_S3_FAULTY_ENDPOINT": faulty.address, "AWS_EC2_METADATA_DISABLED": "true",
                    "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": REGION,
                    "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
                }
                status = subprocess.run(sys.argv[1:], env=environment).returncode
                print(f"with-servers: {faulty.summary()}", file=sys.stderr)
            return status
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()


if __name__ == "__main__":
    sys.exit(main())
