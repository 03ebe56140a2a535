"""Servers that end and begin."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import load
from machine import PROGRAM, Server, code
from rows import row

CYCLES = 20


@row("rolling restarts", f"{CYCLES} servers replace each other under load, clients that keep connections and others", "no request fails")
def rolling(machine):
    database, settings = machine.database("rollout"), {"DRAIN_GRACE": "1"}
    ports = machine.folder / "rolling-port"
    server = machine.server(database, settings=settings)

    def lead_to(chosen):
        """What a load balancer does: from now on, new connections go there."""
        new = machine.folder / "rolling-port.new"
        new.write_text(str(chosen.port))
        new.rename(ports)

    lead_to(server)
    streams = [
        load.stream("kept", load.look_ups(server, machine.calm, machine.calm_ids), 200, 64),
        load.stream("changes", load.saves(machine.calm), 20, 32),
        load.stream("new", load.look_ups(server, machine.calm, machine.calm_ids), 50, 64, keeps=False)]
    running, statuses = load.Load(str(ports), streams, CYCLES * 3 + 2), []
    for _ in range(CYCLES):
        following = machine.server(database, settings=settings)
        lead_to(following)
        server.process.terminate()
        statuses.append(server.process.wait(40))
        server = following
        time.sleep(0.5)
    result = running.result()
    server.__exit__()
    started = sum(each.started for each in result.values())
    failed = sum(each.failed for each in result.values())
    kinds = {kind: sum(each.value[kind] for each in result.values()) for kind in ("lostOnKept", "lostOnNew", "refused", "overdue", "wrong")}
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    return f"{failed} of {started} failed{f' ({told})' if told else ''}; {statuses.count(0)} of {CYCLES} ended with 0", failed == 0 and statuses.count(0) == CYCLES


@row("draining", "new connections while a server drains", "served during the grace, refused after it")
def draining(machine):
    database = machine.database("rollout")
    with machine.server(database, settings={"DRAIN_GRACE": "1"}) as server:
        lock = machine.cluster.session("BEGIN; LOCK TABLE contact IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(4);", database)
        time.sleep(0.3)
        with ThreadPoolExecutor(1) as pool:
            # Keeps the server for longer than the grace.
            held = pool.submit(server.post, machine.calm, "{ contacts(pagination: { page: 1, limit: 2 }) { content { name } } }")
            time.sleep(0.2)
            server.process.terminate()
            begun, served, refused, hung = time.monotonic(), 0, 0, 0
            while time.monotonic() - begun < 2.5:
                try:
                    server.get("/health", timeout=1)
                    served += 1
                except ConnectionRefusedError:
                    refused += 1
                except OSError:
                    hung += 1
                time.sleep(0.05)
            answer = code(held.result()[1])
        status = server.process.wait(40)
        lock.kill()
    return f"{served} served, then {refused} refused, {hung} without answer; the request under way: {answer}", (
        served > 0 and refused > 0 and hung == 0 and answer == "data" and status == 0)


@row("end with a request of 3 s", "SIGTERM while a request takes 3 s; an idle end; both without grace", "answered; idle within 200 ms; status 0")
def end(machine):
    database = machine.database("rollout")
    with machine.server(database) as server:
        lock = machine.cluster.session("BEGIN; LOCK TABLE contact IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(3);", database)
        time.sleep(0.3)
        with ThreadPoolExecutor(1) as pool:
            held = pool.submit(server.post, machine.calm, "{ contacts(pagination: { page: 1, limit: 2 }) { content { name } } }")
            time.sleep(0.2)
            server.process.terminate()
            answer, status = code(held.result()[1]), server.process.wait(40)
        lock.wait()
    times = []
    for _ in range(5):
        with machine.server(database) as server:
            begun = time.monotonic()
            server.process.terminate()
            server.process.wait(40)
            times.append(time.monotonic() - begun)
    times.sort()
    return f"{answer}, status {status}; idle {times[2] * 1000:.0f} ms (median of 5)", answer == "data" and status == 0 and times[2] <= 0.2


@row("migrations at once", "ten servers migrate a new database, and a migration is killed in the middle", "each applied once; all ready; the killed one resumed")
def migrations(machine):
    cluster = machine.cluster
    cluster.sql("DROP DATABASE IF EXISTS migrated WITH (FORCE);\nCREATE DATABASE migrated OWNER customeros;")
    url = cluster.url("migrated")
    with ThreadPoolExecutor(10) as pool:
        servers = list(pool.map(lambda _: Server(machine.folder, url, arguments=["--migrate"], settings={"DATABASE_POOL_SIZE": "2"}), range(10)))
    rows = cluster.sql("SELECT count(*), count(DISTINCT number) FROM schema_migration", "migrated").split("|")
    wanted = cluster.sql("SELECT count(*) FROM schema_migration", "seeded")
    for each in servers:
        each.__exit__()
    resumed = 0
    for _ in range(5):
        cluster.sql("DROP DATABASE migrated WITH (FORCE);\nCREATE DATABASE migrated OWNER customeros;")
        process = subprocess.Popen([PROGRAM, "migrate"], env={**os.environ, "DATABASE_URL": url}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.4)
        process.kill()
        process.wait()
        machine.command(url, "migrate")
        resumed += cluster.sql("SELECT count(*) FROM schema_migration", "migrated") == wanted
    cluster.sql("DROP DATABASE migrated WITH (FORCE)")
    return f"{rows[0]} applied, {rows[1]} different, of {wanted}; {len(servers)} ready; {resumed} of 5 resumed", rows[0] == rows[1] == wanted and resumed == 5
