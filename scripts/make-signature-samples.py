#!/usr/bin/env python3
"""Writes Tests/StoresTests/Fixtures/signatures.json: requests as botocore signs them.

Needs botocore from PyPI. The keys hold what is easily encoded wrongly; the secrets are invented.
"""

import datetime
import json
import random
from pathlib import Path
from unittest import mock
from urllib.parse import quote

import botocore
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

TARGET = Path(__file__).resolve().parent.parent / "Tests/StoresTests/Fixtures/signatures.json"

KEYS = [
    "plain.csv", "results/best strategy.json", "a+b", "a&b=c", "100%", "%41", "a//b", "/leading", "trailing/",
    "dots/./and/../more", "Müller/π/東京/😀", "tilde~star*quote'(paren)!", "semi;colon:comma,at@", "hash#question?",
    "back\\slash|pipe", "\"quotes\"", "[brackets]{braces}", "new\nline", "a" * 300,
]
QUERIES = [
    {}, {"uploads": ""}, {"partNumber": "10", "uploadId": "a/b+c=d"},
    {"list-type": "2", "prefix": "a b/é+", "continuation-token": "x==", "encoding-type": "url"},
    {"b": "2", "a": "1", "B": "3", "a-b": "4"},
]
REGIONS = ["us-east-1", "eu-central-1", "cn-north-1"]


def samples():
    generator = random.Random(20241231)
    for number, key in enumerate(KEYS * 3):
        query = QUERIES[number % len(QUERIES)]
        method = ["GET", "PUT", "HEAD", "POST", "DELETE"][number % 4 if number % 5 else 4]
        body = generator.randbytes(number) if method in ("PUT", "POST") else b""
        headers = {"x-amz-meta-sha256": "0" * 64} if number % 2 else {"if-none-match": "*"}
        if number % 3 == 0:
            headers["content-type"] = "text/csv"
        region = REGIONS[number % len(REGIONS)]
        token = "a/session+token==" if number % 2 else None
        time = datetime.datetime(2000, 1, 1) + datetime.timedelta(seconds=generator.randrange(10**9))
        path = "/bucket/" + quote(key, safe="/~")
        url = "http://s3.example.com:9000" + path
        if query:
            url += "?" + "&".join(f"{quote(n, safe='~')}={quote(v, safe='~')}" for n, v in query.items())
        request = AWSRequest(method=method, url=url, data=body, headers=dict(headers))
        credentials = Credentials("AKIDEXAMPLE", "secret/key+" + str(number), token)
        with mock.patch("botocore.auth.get_current_datetime", return_value=time):
            S3SigV4Auth(credentials, "s3", region).add_auth(request)
        yield {
            "key": key, "query": query, "method": method, "body": list(body), "headers": headers,
            "region": region, "token": token, "secret": "secret/key+" + str(number),
            "time": int(time.replace(tzinfo=datetime.timezone.utc).timestamp()),
            "signature": request.headers["Authorization"].split("Signature=")[1],
        }


def main():
    document = {"source": f"botocore {botocore.__version__}, S3SigV4Auth", "samples": list(samples())}
    TARGET.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
