"""What one caller does, and what the others get meanwhile."""

import socket
import time

import abuse
import load
from machine import HAS_ADDRESSES, Peak, code, memory, wait_for
from rows import row

SECONDS = 8


def beside(machine, server, name, database, seconds=SECONDS):
    """The calm tenant's 50 look-ups and 5 saves a second while the case goes on, and what readiness says."""
    streams = [
        load.stream("look-ups", load.look_ups(server, machine.calm, machine.calm_ids), 50, 32),
        load.stream("saves", load.saves(machine.calm), 5, 32)]
    if name is None:
        return load.run(server.port_file, streams, seconds), []
    readiness = []
    with abuse.begin(name, server, machine, database):
        time.sleep(1)
        running = load.Load(server.port_file, streams, seconds)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                readiness.append(server.get("/readiness", timeout=5)[0])
            except OSError:
                readiness.append(0)
            time.sleep(0.5)
        return running.result(), readiness


def share(name):
    @row(f"share {name}", "another tenant's 50 look-ups and 5 saves a second beside it", "p99 at most the larger of 3 × alone and 25 ms; all answered; ready")
    def show(machine):
        if abuse.CASES[name] is abuse.silent and not HAS_ADDRESSES:
            return "needs root, to have addresses of its own", True
        database = machine.database("sharing")
        settings = {"HOST": "0.0.0.0"} if abuse.CASES[name] is abuse.silent else {}
        with machine.server(database, settings=settings) as server:
            alone, _ = beside(machine, server, None, database)
            during, readiness = beside(machine, server, name, database)
            machine.quiet(server, database)
        limit = max(25, 3 * alone["look-ups"].p99)
        save_limit = max(25, 3 * alone["saves"].p99)
        failed = during["look-ups"].failed + during["saves"].failed
        unready = sum(status != 200 for status in readiness)
        figure = (
            f"look-ups {alone['look-ups'].p99:.1f} → {during['look-ups'].p99:.1f} ms, saves {alone['saves'].p99:.1f} → {during['saves'].p99:.1f} ms, "
            f"{failed} failed, {unready} of {len(readiness)} not ready; generator late {during['look-ups'].lateness['p99']:.1f} ms")
        return figure, during["look-ups"].p99 <= limit and during["saves"].p99 <= save_limit and failed == 0 and unready == 0


for case in abuse.CASES:
    share(case)


@row("time limit", "a request of 4 s of PostgreSQL's time, and one behind a lock, under a limit of 1 s", "TIMEOUT within 2 s")
def time_limit(machine):
    database = machine.database("sharing")
    with machine.server(database, settings={"REQUEST_TIME_LIMIT": "1000"}) as server:
        # As much as the limit of cost allows.
        _, body, seconds = server.post(machine.busy, abuse.heavy_query(aliases=8))
        locked = machine.cluster.session("BEGIN; LOCK TABLE contact IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(20);", database)
        time.sleep(0.5)
        _, second, waited = server.post(machine.busy, "{ contacts(pagination: { page: 1, limit: 2 }) { content { name } } }")
        locked.kill()
        machine.quiet(server, database)
        machine.cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()")
    return (
        f"heavy: {code(body)} after {seconds:.1f} s; behind a lock: {code(second)} after {waited:.1f} s",
        code(body) == "TIMEOUT" and seconds < 2 and code(second) in ("TIMEOUT", "DATABASE_UNAVAILABLE") and waited < 2)


@row("session memory", "400 sort lists of 12,000 entries and 240 filters of 100 comparisons", "a session grows by 50 MB at most, the server by 64 MB")
def session_memory(machine):
    database = machine.database("sharing")
    with machine.server(database) as server:
        for each in machine.calm_ids:
            server.post(machine.calm, load.LOOK_UP, {"id": each})
        before = max(memory(pid, "RssAnon") for pid in machine.cluster.sessions(database))
        with Peak(server.pid) as peak:
            for case, count in ((abuse.sorting(server, machine), 400), (abuse.filtering(server, machine), 240)):
                with case:
                    wait_for(lambda: len(case.outcomes) >= count, 60)
        after = max(memory(pid, "RssAnon") for pid in machine.cluster.sessions(database))
    return f"session {before:.0f} → {after:.0f} MB, server +{peak.growth:.0f} MB", after - before <= 50 and peak.growth <= 64


@row("key first", "900 bodies of 2 MiB less a byte under a wrong key", "401 before the body; the server grows by 64 MB at most")
def key_first(machine):
    with machine.server(machine.database("sharing")) as server, Peak(server.pid) as peak:
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        begun = time.monotonic()
        connection.sendall(
            b"POST /query HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nX-CUSTOMER-OS-API-KEY: wrong\r\nContent-Length: 2097152\r\n\r\n")
        try:
            status = connection.recv(4096)[9:12].decode()
        except TimeoutError:
            status = "nothing"
        seconds = time.monotonic() - begun
        connection.close()
        with abuse.short_bodies(server, machine):
            time.sleep(1)
    return f"{status} after {seconds * 1000:.0f} ms, +{peak.growth:.0f} MB", status == "401" and peak.growth <= 64


@row("silent connections", "16,450 silent connections of one address", "a stranger's /health within 100 ms")
def silent_connections(machine):
    if not HAS_ADDRESSES:
        return "needs root, to have addresses of its own", True
    with machine.server(machine.database("sharing"), settings={"HOST": "0.0.0.0"}) as server:
        with abuse.silent(server, machine):
            time.sleep(1)
            times = []
            for _ in range(10):
                try:
                    times.append(server.get("/health", address="10.99.0.2", source="10.99.0.2", timeout=15)[2])
                except OSError:
                    times.append(15)
            most = max(times)
            open_connections = server.metrics().get("http_server_open_connections", 0)
    return f"at most {most * 1000:.0f} ms; {open_connections:.0f} of them connected", most < 0.1


@row("wrong keys", "wrong keys from one address, as fast as can be, 5 s", "no database read and no log line for most of them")
def wrong_keys(machine):
    address = "10.99.0.1" if HAS_ADDRESSES else "127.0.0.1"
    settings = {"HOST": "0.0.0.0", "LOG_REQUESTS": "all"} if HAS_ADDRESSES else {"LOG_REQUESTS": "all"}
    with machine.server(machine.database("sharing"), settings=settings) as server:
        before, log = server.metrics(), len(server.text().splitlines())
        requests = [load.request(f"wrong-key-{number:032}", "{ tenant }") for number in range(5000)]
        result = load.run(server.port_file, [load.stream("wrong", requests, connections=16)], 5, address=address)["wrong"]
        after, lines = server.metrics(), len(server.text().splitlines()) - log
    reads = sum(value - before.get(name, 0) for name, value in after.items() if name.startswith("db_statement_duration_seconds_count"))
    share = max(reads, lines) / max(1, result.answered)
    return f"{result.answered / 5:.0f} a second: {reads:.0f} reads, {lines} lines; {result.outcomes}", share < 0.2
