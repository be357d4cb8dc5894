"""A small replicated key-value store over HTTP, to try Umpire's command target on.

    store.py PORT                        a backup
    store.py PORT BACKUP_PORT...         the primary

The primary acknowledges a write as soon as it has it, and copies it to its backups a moment later. Reads are answered by
whoever is asked, so that at a backup they may be stale.
"""

import http.client
import json
import queue
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DELAY_SECONDS = 0.02

values = {}
changing = threading.Lock()
waiting = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.reply(values.get(self.path, b"null"))

    def do_PUT(self):
        with changing:
            self.take(self.body())
        self.reply(b"")

    def do_POST(self):
        """Adds a number to a counter, or an element to the end of a list; answers what was there before."""
        change = json.loads(self.body())
        with changing:
            before = json.loads(values.get(self.path, b"null"))
            if "plus" in change:
                after = (before or 0) + change["plus"]
            else:
                after = (before or []) + [change["element"]]
            self.take(json.dumps(after).encode())
        self.reply(json.dumps(before).encode())

    def body(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def take(self, value):
        values[self.path] = value
        for backup in waiting:
            backup.put((time.monotonic() + DELAY_SECONDS, self.path, value))

    def reply(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def copy(port, writes):
    """Sends writes to a backup in their order, each until the backup has it."""
    while True:
        due, path, value = writes.get()
        time.sleep(max(0, due - time.monotonic()))
        done = False
        while not done:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
                connection.request("PUT", path, value)
                done = connection.getresponse().status == 200
                connection.close()
            except OSError:
                time.sleep(DELAY_SECONDS)


def main():
    port, *backups = map(int, sys.argv[1:])
    for backup in backups:
        writes = queue.Queue()
        waiting.append(writes)
        threading.Thread(target=copy, args=(backup, writes), daemon=True).start()
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    server.serve_forever()


main()
