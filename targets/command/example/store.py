"""A small replicated key-value store over HTTP, to try Umpire's command target on.

    store.py PORT                        a backup
    store.py PORT BACKUP_PORT...         the primary

The primary acknowledges a write as soon as it has it, and copies it to its backups a moment later. Reads are answered by
whoever is asked, so that at a backup they may be stale.
"""

import http.client
import queue
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DELAY_SECONDS = 0.02

values = {}
waiting = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.reply(values.get(self.path, b"null"))

    def do_PUT(self):
        value = self.rfile.read(int(self.headers["Content-Length"]))
        values[self.path] = value
        for backup in waiting:
            backup.put((time.monotonic() + DELAY_SECONDS, self.path, value))
        self.reply(b"")

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
