"""A webhook receiver on a loopback address with configurable responses."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Record each request and answer with the next status of the receiver, 204 by default."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), body))
        time.sleep(self.server.delay)
        status = self.server.statuses.pop(0) if self.server.statuses else 204
        if status == "drip":
            self.drip()
            return
        try:
            self.respond(status)
        except BrokenPipeError:  # who asked did not wait
            self.close_connection = True

    def respond(self, status):
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def drip(self):
        """Send a response that never ends, one byte at a time."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        try:
            while not self.server.stopped.wait(0.1):
                self.wfile.write(b"x")
        except OSError:
            self.close_connection = True

    def log_message(self, *args):
        pass


class Receiver:
    """A webhook receiver; `received` holds (path, headers, body) of each request, in order."""

    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.received = self.received = []
        self.server.statuses = self.statuses = []
        self.server.stopped = threading.Event()
        self.server.delay = 0
        self.server.answer = b""
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def __enter__(self):
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        return self

    def __exit__(self, *args):
        self.server.stopped.set()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def answer(self, *statuses, body: bytes = b"", delay: float = 0) -> None:
        """Set the statuses, body and delay of the next responses."""
        self.statuses[:] = statuses
        self.server.answer, self.server.delay = body, delay
