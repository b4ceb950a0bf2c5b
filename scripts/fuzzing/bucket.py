"""A bucket in memory that speaks as much S3 as Fluke does, on loopback. Signatures are not looked at."""

import hashlib
import http.client
import socketserver
import threading
import urllib.parse
from xml.sax.saxutils import escape


class Bucket:
    """`spoil(method, key, answer)`, where it is set, gives other bytes to be sent in place of an answer, after which the
    connection is closed; `None` leaves the answer as it is."""

    def __init__(self):
        self.objects, self.lock, self.spoil = {}, threading.Lock(), None
        bucket = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                try:
                    while bucket.serve(self.rfile, self.wfile):
                        pass
                except (OSError, ValueError, http.client.HTTPException):
                    pass

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads, request_queue_size = True, 128

            def handle_error(self, *_):
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def reset(self, objects=None, spoil=None):
        with self.lock:
            self.objects = {key: (body, hashlib.sha256(body).hexdigest()) for key, body in (objects or {}).items()}
        self.spoil = spoil

    def files(self, prefix):
        with self.lock:
            return {key[len(prefix):]: body for key, (body, _) in self.objects.items() if key.startswith(prefix)}

    def serve(self, incoming, outgoing):
        line = incoming.readline(1 << 16)
        if not line:
            return False
        method, target, _ = line.decode("latin-1").split(" ", 2)
        fields = http.client.parse_headers(incoming)
        body = incoming.read(int(fields.get("content-length") or 0))
        address = urllib.parse.urlsplit(target)
        query = dict(urllib.parse.parse_qsl(address.query, keep_blank_values=True))
        # Behind the bucket's name.
        key = urllib.parse.unquote(address.path).lstrip("/").partition("/")[2]
        answer = self.answer(method, key, query, fields, body)
        spoilt = self.spoil(method, key, answer) if self.spoil else None
        outgoing.write(answer if spoilt is None else spoilt)
        return spoilt is None

    @staticmethod
    def reply(status, body=b"", is_head=False, **fields):
        fields = {"Content-Length": len(body), **fields}
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
        return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode("latin-1") + (b"" if is_head else body)

    def answer(self, method, key, query, fields, body):
        with self.lock:
            if method == "GET" and not key:
                return self.listing(query.get("prefix", ""))
            if method == "PUT":
                if fields.get("if-none-match") == "*" and key in self.objects:
                    return self.reply(412)
                self.objects[key] = (body, fields.get("x-amz-meta-sha256"))
                return self.reply(200, ETag=f'"{hashlib.md5(body).hexdigest()}"')
            if method == "DELETE":
                self.objects.pop(key, None)
                return self.reply(204)
            if key not in self.objects:
                return self.reply(404, b"<Error><Code>NoSuchKey</Code></Error>", is_head=method == "HEAD")
            content, digest = self.objects[key]
            more = {"x_amz_meta_sha256": digest} if digest else {}
            return self.reply(200, content, is_head=method == "HEAD", **more)

    def listing(self, prefix):
        items = "".join(f"<Contents><Key>{escape(urllib.parse.quote(key))}</Key></Contents>"
                        for key in sorted(self.objects) if key.startswith(prefix))
        return self.reply(200, ("<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>"
                                f"{items}</ListBucketResult>").encode())
