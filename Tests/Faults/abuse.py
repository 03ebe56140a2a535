"""What one caller can do to the others: each is started, does its worst, and is stopped. All of it is within the limits of some release.

The programs that do it yield to all others (nice), so that what the others feel is the server and not this.
"""

import http.client
import json
import random
import selectors
import socket
import subprocess
import threading
import time

from machine import headers


class Abuse:
    """Threads that go on until the end."""

    def __init__(self, count, body):
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._repeat, args=(body, number), daemon=True) for number in range(count)]
        self.outcomes = []

    def _repeat(self, body, number):
        while not self._ended.is_set():
            try:
                self.outcomes.append(body(number))
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.outcomes.append(type(error).__name__)
                self._ended.wait(0.2)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        # Who waits for an answer that takes minutes is not waited for: its server is ended before the next case.
        end = time.monotonic() + 2
        for thread in self._threads:
            thread.join(max(0, end - time.monotonic()))


def raw(server, key, body, address="127.0.0.1"):
    """A connection on which a request was sent and whose answer has not been read."""
    connection = socket.create_connection((address, server.port), timeout=120)
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = "".join(f"{name}: {value}\r\n" for name, value in headers(key).items())
    connection.sendall(f"POST /query HTTP/1.1\r\nHost: abuse\r\n{head}Content-Length: {len(text)}\r\n\r\n".encode() + text)
    return connection


def heavy_query(aliases=40):
    counts = " ".join(
        f'a{number}: contacts(pagination: {{ page: 1, limit: 1 }}, sort: [{{ by: "NAME" }}]) {{ totalElements content {{ metadata {{ id }} }} }}'
        for number in range(aliases))
    return f"{{ organizations(pagination: {{ page: 1, limit: 4000 }}) {{ content {{ metadata {{ id }} {counts} }} }} }}"


def heavy(server, machine):
    """1: four requests of 23 seconds of PostgreSQL's time each."""
    query = heavy_query()
    return Abuse(4, lambda _: server.post(machine.busy, query)[0])


def heavy_within_cost(server, machine):
    """1: four requests that cost as much as the limit allows, some seconds of PostgreSQL's time each."""
    query = heavy_query(aliases=8)
    return Abuse(4, lambda _: server.post(machine.busy, query)[0])


def heavy_hanging_up(server, machine):
    """1: as much as the limit of cost allows, from clients that are gone at once."""
    query = heavy_query(aliases=8)

    def body(_):
        connection = raw(server, machine.busy, {"query": query})
        time.sleep(0.3)
        connection.close()

    return Abuse(4, body)


def counting(server, machine):
    """2: 99 counts for each of 10,000 objects."""
    counts = " ".join(f"a{number}: contacts(pagination: {{ page: 1, limit: 1 }}) {{ totalElements }}" for number in range(99))
    query = f"{{ organizations(pagination: {{ page: 1, limit: 10000 }}) {{ content {{ {counts} }} }} }}"
    return Abuse(2, lambda _: server.post(machine.busy, query)[0])


SORTED = "query($sort: [SortBy!]) { contacts(pagination: { page: 1, limit: 1 }, sort: $sort) { content { metadata { id } } } }"
FILTERED = "query($where: Filter) { contacts(pagination: { page: 1, limit: 1 }, where: $where) { totalElements } }"


def sorting(server, machine):
    """3: lists of 12,000 sort keys, each another one."""
    names = ["NAME", "FIRST_NAME", "LAST_NAME", "CREATED_AT", "UPDATED_AT"]

    def body(_):
        keys = [{"by": random.choice(names), "direction": random.choice(["ASC", "DESC"])} for _ in range(12_000)]
        return server.post(machine.busy, SORTED, {"sort": keys})[0]

    return Abuse(4, body)


def filtering(server, machine):
    """3: filters of a hundred comparisons, each of another form."""
    operations = ["EQ", "CONTAINS", "STARTS_WITH", "NOT_EQUAL"]

    def body(_):
        parts = [
            {"filter": {"property": random.choice(["FIRST_NAME", "LAST_NAME", "NAME"]), "operation": random.choice(operations), "value": "x"}}
            for _ in range(100)]
        return server.post(machine.busy, FILTERED, {"where": {"OR": parts}})[0]

    return Abuse(4, body)


def listing(server, machine):
    """4: 48 lists of 1,000 values, and entries of a log with 16,000 tags."""
    values = [f"name {number}" for number in range(1000)]
    parts = [{"filter": {"property": "NAME", "operation": "IN", "value": values}} for _ in range(48)]
    tags = [{"name": f"tag {number}"} for number in range(16_000)]
    entry = "mutation($id: ID!, $tags: [TagIdOrNameInput!]) { logEntry_CreateForOrganization(organizationId: $id, input: { content: \"x\", tags: $tags }) }"

    def body(number):
        if number == 0:
            return server.post(machine.busy, entry, {"id": machine.busy_ids[0], "tags": tags})[0]
        return server.post(machine.busy, FILTERED, {"where": {"OR": parts}})[0]

    return Abuse(17, body)


# 39 MB, for less than the limit of cost.
LARGE = "{ contacts(pagination: { page: 1, limit: 10000 }) { content { %s } } }" % " ".join(f"a{number}: name" for number in range(150))


class Held:
    """Connections that are kept, and closed at the end."""

    def __init__(self, begin):
        self._begin, self.connections = begin, []

    def __enter__(self):
        self._begin(self.connections)
        return self

    def __exit__(self, *_):
        for each in self.connections:
            each.close()


def not_reading(server, machine, count=40):
    """5: clients that ask for 39 MB and take nothing."""

    def begin(connections):
        for _ in range(count):
            connection = socket.socket()
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.connect(("127.0.0.1", server.port))
            body = json.dumps({"query": LARGE}).encode()
            head = "".join(f"{name}: {value}\r\n" for name, value in headers(machine.busy).items())
            connection.sendall(f"POST /query HTTP/1.1\r\nHost: abuse\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            connections.append(connection)

    return Held(begin)


def short_bodies(server, machine, count=900):
    """6: bodies that lack a byte, under a wrong key."""
    body = b" " * (2 * 1024 * 1024 - 1)
    head = f"POST /query HTTP/1.1\r\nHost: abuse\r\nContent-Type: application/json\r\nX-CUSTOMER-OS-API-KEY: wrong\r\nContent-Length: {len(body) + 1}\r\n\r\n"

    def begin(connections):
        selector = selectors.DefaultSelector()
        for _ in range(count):
            connection = socket.create_connection(("127.0.0.1", server.port))
            connection.setblocking(False)
            connections.append(connection)
            selector.register(connection, selectors.EVENT_WRITE, [head.encode() + body, 0])
        end = time.monotonic() + 30
        while selector.get_map() and time.monotonic() < end:
            for key, _ in selector.select(0.5):
                text, sent = key.data
                try:
                    key.data[1] += key.fileobj.send(memoryview(text)[sent:sent + 262_144])
                    if key.data[1] == len(text):
                        selector.unregister(key.fileobj)
                except BlockingIOError:
                    pass
                except OSError:
                    selector.unregister(key.fileobj)

    return Held(begin)


def silent(server, machine, count=16_450, address="10.99.0.1"):
    """7: connections of one address that say nothing."""

    def begin(connections):
        for _ in range(count):
            connection = socket.socket()
            connection.settimeout(2)
            connection.bind((address, 0))
            connections.append(connection)
            try:
                connection.connect((address, server.port))
            except TimeoutError:
                # Server and kernel have taken what they take.
                break

    return Held(begin)


def wrong_keys(server, machine, address="127.0.0.1"):
    """8: wrong keys as fast as can be."""
    import load

    class Flood:
        def __enter__(self):
            requests = [load.request(f"wrong-key-{number:032}", "{ tenant }") for number in range(5000)]
            self._load = load.Load(server.port_file, [load.stream("wrong", requests, connections=32)], 3600, address=address, nice=10)
            return self

        def __exit__(self, *_):
            self._load._process.kill()
            self._load._process.wait()

    return Flood()


def locking(server, machine, database):
    """9: a locked table, and readers of it with documents that are new to the server."""
    number = [0]

    def body(_):
        number[0] += 1
        query = f"query New{number[0]} {{ contacts(pagination: {{ page: 1, limit: 2 }}) {{ content {{ n{number[0]}: name }} }} }}"
        return server.post(machine.busy, query)[0]

    class Locked(Abuse):
        def __enter__(self):
            self._session = machine.cluster.session("BEGIN; LOCK TABLE contact IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(26);", database)
            time.sleep(0.3)
            return super().__enter__()

        def __exit__(self, *_):
            machine.cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(26)%' AND pid <> pg_backend_pid()")
            self._session.kill()
            self._session.wait()
            super().__exit__()

    return Locked(20, body)


# What the benchmarks go through: a name, and how it is begun.
CASES = {
    "1 heavy counts": heavy,
    "1 what the cost allows": heavy_within_cost,
    "1 the same, hanging up": heavy_hanging_up,
    "2 99 counts of 10,000": counting,
    "3 sort lists of 12,000": sorting,
    "3 filters of 100": filtering,
    "4 lists of 1,000, 16,000 tags": listing,
    "5 40 that do not read 39 MB": not_reading,
    "6 900 bodies short of a byte": short_bodies,
    "7 16,450 silent ones": silent,
    "8 wrong keys": wrong_keys,
    "9 a locked table": locking,
}


def begin(name, server, machine, database):
    return locking(server, machine, database) if CASES[name] is locking else CASES[name](server, machine)
