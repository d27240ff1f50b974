import shutil
import socket
import subprocess
import time

import redis


class RedisProcess:
    """A Redis server of a test's own, which it may kill, stop and start again."""

    def __init__(self, directory):
        self.directory = directory
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self):
        """Starts it with what it saved before, and waits until it answers."""
        program = shutil.which("redis-server")
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(  # noqa: S603
            [program, *options, "--dir", str(self.directory)], stdout=subprocess.DEVNULL
        )
        client = redis.Redis.from_url(self.url)
        for _attempt in range(200):
            try:
                client.ping()
            except redis.ConnectionError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("Redis does not start.")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def send_signal(self, number):
        self.process.send_signal(number)
