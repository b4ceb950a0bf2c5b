"""An HTTP proxy on loopback that spoils a part of what passes, by chance but from a seed."""

import collections
import http.client
import random
import socket
import socketserver
import struct
import threading
import time

# What is done to a request, and how often next to the others.
FAULTS = {
    "reset before": 4, "reset after": 4, "status 500": 4, "status 503": 4, "truncated answer": 4, "slow answer": 1,
}
FAULTS_OF_BODIES = {**FAULTS, "damaged body": 4}
FAULTS_OF_ANSWERS = {**FAULTS, "damaged answer": 4}
SLOW_SECONDS = 3
DIGEST_FIELD = "x-amz-meta-sha256"


class FaultProxy:
    def __init__(self, port, rate, seed):
        self.port, self.rate = port, rate
        self.random, self.lock = random.Random(seed), threading.Lock()
        self.requests, self.faults = 0, collections.Counter()
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self.handler(), bind_and_activate=False)
        self.server.daemon_threads = True
        self.server.request_queue_size = 128
        self.server.server_bind()
        self.server.server_activate()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def summary(self):
        parts = ", ".join(f"{count} {name}" for name, count in sorted(self.faults.items()))
        return f"{self.requests} requests through the proxy, {sum(self.faults.values())} spoiled: {parts}"

    def choose(self, method, body):
        with self.lock:
            self.requests += 1
            if self.random.random() >= self.rate:
                return None, 0
            faults = FAULTS_OF_BODIES if body else FAULTS_OF_ANSWERS if method == "GET" else FAULTS
            return self.random.choices(list(faults), faults.values())[0], self.random.random()

    def note(self, fault):
        with self.lock:
            self.faults[fault] += 1

    def handler(proxy):
        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                try:
                    while self.handle_one():
                        pass
                except (OSError, http.client.HTTPException):
                    pass

            def handle_one(self):
                line = self.rfile.readline()
                if not line:
                    return False
                method, target, _ = line.decode("latin-1").split(" ", 2)
                fields = http.client.parse_headers(self.rfile)
                body = self.rfile.read(int(fields.get("content-length", 0)))
                fault, where = proxy.choose(method, body)
                if fault == "damaged body":
                    proxy.note(fault)
                    body = damaged(body, where)
                elif fault == "reset before":
                    proxy.note(fault)
                    return self.reset()
                elif fault in ("status 500", "status 503"):
                    proxy.note(fault)
                    self.wfile.write(
                        f"HTTP/1.1 {fault[-3:]} Spoiled\r\nContent-Length: 0\r\n\r\n".encode("latin-1"))
                    return True
                return self.forward(method, target, fields, body, fault, where)

            def forward(self, method, target, fields, body, fault, where):
                server = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=60)
                server.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
                for name, value in fields.items():
                    server.putheader(name, value)
                server.endheaders(body)
                answer = server.getresponse()
                content = answer.read()
                server.close()
                head = f"HTTP/1.1 {answer.status} {answer.reason}\r\n" + "".join(
                    f"{name}: {value}\r\n" for name, value in answer.getheaders()
                    if name.lower() not in ("transfer-encoding", "connection"))
                if answer.getheader("content-length") is None:
                    head += f"Content-Length: {len(content)}\r\n"
                if fault == "reset after":
                    proxy.note(fault)
                    return self.reset()
                # Only an object's bytes are told from damaged ones, by their digest; lists are not, without TLS.
                if fault == "damaged answer" and content and answer.getheader(DIGEST_FIELD):
                    proxy.note(fault)
                    content = damaged(content, where)
                elif fault in ("truncated answer", "damaged answer"):
                    proxy.note("truncated answer")
                    whole = head.encode("latin-1") + b"\r\n" + content
                    self.wfile.write(whole[:int(where * len(whole))])
                    return False
                if fault == "slow answer":
                    proxy.note(fault)
                    time.sleep(SLOW_SECONDS)
                self.wfile.write(head.encode("latin-1") + b"\r\n" + content)
                return True

            def reset(self):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return False

        return Handler


def damaged(content, where):
    spoiled = bytearray(content)
    spoiled[int(where * len(spoiled))] ^= 1
    return bytes(spoiled)
