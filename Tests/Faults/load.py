"""Runs the load generator, and makes the requests of well-behaved clients."""

import json
import os
import subprocess

from machine import GENERATOR, headers

LOOK_UP = "query($id: ID!) { organization(id: $id) { metadata { id } name website } }"
SAVE = 'mutation { organization_Save(input: { name: "Load #" }) { name } }'
PAGE = (
    'query { contacts(pagination: { page: 1, limit: 50 }, sort: [{ by: "LAST_NAME", direction: ASC }]) '
    "{ content { metadata { id } name prefix primaryEmail { email } } } }")
NESTED = (
    'query { organizations(pagination: { page: 1, limit: 50 }, sort: [{ by: "NAME" }]) { content { metadata { id created lastUpdated } name website '
    "domains stage tags { metadata { id } name } owner { id name } opportunities { metadata { id } name amount internalStage owner { id name } } } } }")


def request(key, query, variables=None, expected=None):
    return {
        "method": "POST", "path": "/query", "headers": headers(key), "body": json.dumps({"query": query, "variables": variables or {}}),
        "expected": expected}


def look_ups(server, key, ids):
    """Requests whose answers are known."""
    made = []
    for each in ids:
        _, body, _ = server.post(key, LOOK_UP, {"id": each})
        made.append(request(key, LOOK_UP, {"id": each}, json.dumps(body, separators=(",", ":"), ensure_ascii=False)))
    return made


def saves(key):
    return [request(key, SAVE, expected='{"data":{"organization_Save":{"name":"Load #"}}}')]


def known(server, key, query):
    """A request whose answer stays the same."""
    _, body, _ = server.post(key, query)
    return [request(key, query, expected=json.dumps(body, separators=(",", ":"), ensure_ascii=False))]


def stream(name, requests, rate=None, connections=16, keeps=True):
    return {"name": name, "rate": rate, "connections": connections, "keepsConnections": keeps, "requests": requests}


class Load:
    """A run of the generator, running until its result is requested."""

    def __init__(self, port_file, streams, seconds, patience=60, address="127.0.0.1", nice=-5):
        plan = {"address": address, "portFile": port_file, "seconds": seconds, "patience": patience, "streams": streams}
        # On one processor, before others: it must not be what is late.
        command = ["taskset", "--cpu-list", str(max(os.sched_getaffinity(0)))]
        if nice < 0 and os.getuid() == 0 or nice > 0:
            command += ["nice", "-n", str(nice)]
        self._process = subprocess.Popen([*command, GENERATOR], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._process.stdin.write(json.dumps(plan))
        self._process.stdin.close()

    def result(self):
        text = self._process.stdout.read()
        self._process.wait()
        return {name: Outcome(value) for name, value in json.loads(text).items()}


class Outcome:
    """What a stream has seen; times are milliseconds."""

    def __init__(self, value):
        self.value = value

    def __getattr__(self, name):
        return self.value[name]

    @property
    def good(self):
        return self.value["goodLatency"]["count"]

    @property
    def lost(self):
        return self.value["lostOnKept"] + self.value["lostOnNew"] + self.value["refused"] + self.value["overdue"]

    @property
    def failed(self):
        """Requests that did not get the expected answer."""
        return self.value["started"] - self.good

    @property
    def p99(self):
        return self.value["latency"]["p99"]

    def __str__(self):
        latency = self.value["latency"]
        return (
            f"{self.value['started']} started, {self.good} good, {self.lost} lost, {self.value['wrong']} wrong, {self.value['outcomes']}, "
            f"p50 {latency['p50']}, p99 {latency['p99']}, most {latency['max']} ms")


def run(port_file, streams, seconds, **options):
    return Load(port_file, streams, seconds, **options).result()
