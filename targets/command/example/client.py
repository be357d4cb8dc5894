"""A client of store.py for Umpire: one JSON object a line on standard input, one on standard output.

    client.py             reads at the node that Umpire names
    client.py primary     reads at the primary
"""

import http.client
import json
import sys


FUNCTIONS = ["read", "write", "add", "increment", "send", "poll"]


class NotConnected(Exception):
    """No connection was made, so that nothing was sent. Not one of ConnectionError: that a server reset or closed is one too,
    and it may have done first what it was asked."""


def say(line):
    print(json.dumps(line), flush=True)


def ask(address, method, path, body=None):
    connection = http.client.HTTPConnection(address, timeout=5)
    try:
        connection.connect()
    except OSError as error:
        raise NotConnected(f"{address}: {error}") from error
    try:
        connection.request(method, path, body)
        response = connection.getresponse()
        said = response.read()
        if response.status != 200:
            # what the store has done all the same, nobody knows
            raise http.client.HTTPException(f"{address}: {response.status} {response.reason}")
        return json.loads(said or "null")
    finally:
        connection.close()


def answer(request, primary, read_at_primary):
    function = request["f"]
    if function == "ping":
        ask(request["address"], "GET", "/")
        return {"type": "ok"}
    path = "/" + str(request["key"])
    if function == "write":
        ask(primary, "PUT", path, json.dumps(request["value"]))
        return {"type": "ok", "node": "n1"}
    if function == "increment":
        ask(primary, "POST", path, json.dumps({"plus": request["value"]}))
        return {"type": "ok", "node": "n1"}
    if function in ("add", "send"):
        before = ask(primary, "POST", path, json.dumps({"element": request["value"]}))
        offset = len(before or [])
        return {"type": "ok", "node": "n1", "value": [offset, request["value"]]}
    # a final read asks the very node that is named
    at_primary = read_at_primary and not request.get("final")
    value = ask(primary if at_primary else request["address"], "GET", path)
    if function == "poll":
        first = request["value"]
        value = list(enumerate(value or []))[first:]
    return {"type": "ok", "value": value, "node": "n1" if at_primary else request["node"]}


def main():
    greeting = json.loads(sys.stdin.readline())
    say({"hello": 1, "functions": FUNCTIONS, "store": "example 1.0"})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            said = answer(request, greeting["nodes"]["n1"], sys.argv[1:] == ["primary"])
        except NotConnected as error:
            said = {"type": "fail", "error": str(error)}
        except (OSError, http.client.HTTPException) as error:
            # a write may have arrived, and a read has no answer
            said = {"type": "info", "error": f"{type(error).__name__}: {error}"}
        say({"id": request["id"], **said})


main()
