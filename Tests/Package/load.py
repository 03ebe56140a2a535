"""Changes in a row, each on a connection of its own, from several clients, until SIGINT. Prints how many were answered.

    load.py PORT KEY NAME

Each request makes an organization with a name of its own; an unexpected answer is reported and ends the run with 1.
"""

import http.client
import json
import signal
import sys
import threading

CLIENTS = 8


def change(port, key, name):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = json.dumps({"query": "mutation($name: String!) { organization_Save(input: { name: $name }) { name } }", "variables": {"name": name}})
        connection.request("POST", "/query", body, {"X-CUSTOMER-OS-API-KEY": key, "Content-Type": "application/json", "Connection": "close"})
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200 or json.loads(text) != {"data": {"organization_Save": {"name": name}}}:
            raise AssertionError(f"status {answer.status}: {text}")
    finally:
        connection.close()


def main():
    port, key, prefix = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    ended = threading.Event()
    answered, lost = [0] * CLIENTS, []

    def client(number):
        while not ended.is_set():
            name = f"{prefix} {number}-{answered[number]}"
            try:
                change(port, key, name)
                answered[number] += 1
            except Exception as error:  # whatever a client would see
                lost.append(f"{name}: {error!r}")
                return

    # A shell starts background processes with SIGINT ignored.
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    ended.wait()
    for thread in threads:
        thread.join()
    print(sum(answered))
    for each in lost:
        print(each, file=sys.stderr)
    sys.exit(1 if lost else 0)


main()
