"""Memory, descriptors, disks and sessions that run out."""

import http.client
import os
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import abuse
import load
from machine import HAS_ADDRESSES, OWNER, Peak, budget, code, cpu, memory, wait_for
from rows import row


@row("readers that do not read", "16 readers that take nothing of 39 MB", "the server grows by its budget at most, and others are answered")
def unread(machine):
    with machine.server(machine.database("resources")) as server, Peak(server.pid) as peak:
        with abuse.not_reading(server, machine, 16):
            time.sleep(8)
            status, _, seconds = server.post(machine.calm, "{ tenant }")
        time.sleep(3)
        left = memory(server.pid) - peak.first
    return f"+{peak.growth:.0f} MB, +{left:.0f} MB after it; another one after {seconds * 1000:.0f} ms", peak.growth <= budget() and status == 200


def slow_readers(server, path, count, rate, seconds, connections):
    """Readers of so many bytes per second."""
    for _ in range(count):
        connection = socket.socket()
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
        connection.connect(("127.0.0.1", server.port))
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: slow\r\n\r\n".encode())
        connection.setblocking(False)
        connections.append(connection)
    end = time.monotonic() + seconds
    while time.monotonic() < end and rate:
        for each in connections:
            try:
                each.recv(rate)
            except OSError:
                pass
        time.sleep(1)


@row("slow readers of the schema", "4,000 readers that take nothing of /schema.graphql", "the server grows by 60 MB at most")
def slow_schema(machine):
    connections = []
    with machine.server(machine.database("resources")) as server, Peak(server.pid) as peak:
        slow_readers(server, "/schema.graphql", 4000, 0, 0, connections)
        time.sleep(2)
        status = server.get("/health")[0]
        for each in connections:
            each.close()
    return f"+{peak.growth:.0f} MB", peak.growth <= 60 and status == 200


@row("a minimum rate", "1,000 readers of 100 bytes a second", "all ended within two minutes")
def minimum_rate(machine):
    connections = []
    with machine.server(machine.database("resources")) as server:
        slow_readers(server, "/schema.graphql", 1000, 100, 120, connections)
        # What the kernel has taken is still to be read when the server has long ended the connection: it says how many it has.
        left = server.metrics()["http_server_open_connections"] - 1
        for each in connections:
            each.close()
    return f"{1000 - left:.0f} of 1,000 ended within 120 s", left <= 0


@row("idle connections", "10,000 idle connections", "all answered, 40 MB at most, p99 of others at most doubled")
def idle_connections(machine):
    database = machine.database("resources")
    # All of them come from one address here; that a share of its own bounds them is another row.
    with machine.server(database) as server:
        streams = [load.stream("look-ups", load.look_ups(server, machine.calm, machine.calm_ids), 100, 16)]
        alone = load.run(server.port_file, streams, 5)["look-ups"]
        before, connections, answered = memory(server.pid), [], 0
        for _ in range(10_000):
            connections.append(socket.create_connection(("127.0.0.1", server.port), timeout=20))
        for each in connections:
            each.sendall(b"GET /health HTTP/1.1\r\nHost: idle\r\n\r\n")
        for each in connections:
            answered += b"200 OK" in each.recv(4096)
        growth = memory(server.pid) - before
        during = load.run(server.port_file, streams, 5)["look-ups"]
        for each in connections:
            each.close()
    figure = f"{answered} answered, +{growth:.0f} MB, p99 {alone.p99:.1f} → {during.p99:.1f} ms"
    return figure, answered == 10_000 and growth <= 40 and during.p99 <= max(25, 2 * alone.p99) and during.failed == 0


@row("memory of large requests", "bodies of 1 MB, and a page of 10,000 contacts", "three times a body, 32 MB for the page")
def ceilings(machine):
    with machine.server(machine.database("resources")) as server:
        server.post(machine.busy, "{ tenant }")
        values = [f"value {number:05} {'x' * 480}" for number in range(1000)]
        body = {"where": {"filter": {"property": "NAME", "operation": "IN", "value": values * 2}}}
        with Peak(server.pid) as large:
            server.post(machine.busy, abuse.FILTERED, body)
            time.sleep(0.3)
        with Peak(server.pid) as page:
            server.post(machine.busy, "{ contacts(pagination: { page: 1, limit: 10000 }) { content { metadata { id } name primaryEmail { email } } } }")
            time.sleep(0.3)
    return f"body of 1 MB +{large.growth:.1f} MB, page +{page.growth:.1f} MB", large.growth <= 3 * 1.1 and page.growth <= 32


@row("memory limit", "eight clients of large answers for 20 s in 256 MB of data", "the process lives, and others are answered")
def memory_limit(machine):
    with machine.server(machine.database("resources"), data_limit=256 << 20) as server:
        answers = []
        with abuse.Abuse(8, lambda _: server.post(machine.busy, abuse.LARGE)[0]) as case:
            end = time.monotonic() + 20
            while time.monotonic() < end and server.is_alive:
                try:
                    answers.append(server.post(machine.calm, "{ tenant }", timeout=20)[0])
                except (OSError, http.client.HTTPException):
                    answers.append(0)
                time.sleep(0.2)
        outcomes = {each: case.outcomes.count(each) for each in set(case.outcomes)}
        alive = server.is_alive
    return f"{'lives' if alive else 'ended'}; {answers.count(200)} of {len(answers)} others answered; {outcomes}", alive and answers.count(200) == len(answers)


@row("descriptors", "160 descriptors, 300 connections that stay", "changes on eight kept connections succeed; less than a fifth of a processor")
def descriptors(machine):
    with machine.server(machine.database("resources"), descriptors=160) as server:
        kept = [http.client.HTTPConnection("127.0.0.1", server.port, timeout=30) for _ in range(8)]
        for each in kept:
            server.post(machine.calm, "{ tenant }", connection=each)
        crowd = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(300)]
        time.sleep(1)
        before = cpu(server.pid)
        time.sleep(3)
        share = (cpu(server.pid) - before) / 3
        with ThreadPoolExecutor(8) as pool:
            codes = list(pool.map(lambda each: code(server.post(machine.calm, load.SAVE.replace("#", str(id(each))), connection=each)[1]), kept))
        for each in crowd + kept:
            each.close()
        recovered = wait_for(server.is_ready, 10)
    return (
        f"{codes.count('data')} of 8 changes; {share * 100:.0f} % of a processor; {'recovers' if recovered else 'does not recover'}",
        codes.count("data") == 8 and share < 0.2 and recovered)


@row("few sessions", "PostgreSQL has room for six sessions: 120 changes at once", "all done")
def few_sessions(machine):
    database = machine.database("resources")
    with machine.server(database) as server:
        for _ in range(4):
            server.post(machine.calm, load.SAVE.replace("#", "first"))
        machine.cluster.sql("ALTER ROLE customeros CONNECTION LIMIT 6")
        try:
            with ThreadPoolExecutor(120) as pool:
                codes = list(pool.map(lambda number: code(server.post(machine.calm, load.SAVE.replace("#", f"few {number}"))[1]), range(120)))
        finally:
            machine.cluster.sql("ALTER ROLE customeros CONNECTION LIMIT -1")
    return str({each: codes.count(each) for each in set(codes)}), codes.count("data") == 120


@row("log on a full disk", "log lines on /dev/full", "counted, and requests answered")
def full_log(machine):
    with machine.server(machine.database("resources"), log="/dev/full", settings={"LOG_REQUESTS": "all"}) as server:
        answers = [server.post(machine.calm, "{ tenant }")[0] for _ in range(50)]
        lost = server.metrics().get('telemetry_dropped_total{kind="log"}', 0)
    return f"{lost:.0f} lines counted, {answers.count(200)} of 50 answered", lost >= 50 and answers.count(200) == 50


@row("log reader stopped", "what reads the log stands still: 5,000 requests", "all answered, lost lines counted")
def stopped_reader(machine):
    read_end, write_end = os.pipe()
    with machine.server(machine.database("resources"), log=f"/proc/{os.getpid()}/fd/{write_end}", settings={"LOG_REQUESTS": "all"}) as server:
        requests = [load.request(machine.calm, "{ tenant }")]
        result = load.run(server.port_file, [load.stream("all", requests, 1000, 16)], 5)["all"]
        lost = server.metrics().get('telemetry_dropped_total{kind="log"}', 0)
    os.close(read_end)
    os.close(write_end)
    return f"{result.good} of {result.started} answered, {lost:.0f} lines counted", result.failed == 0 and lost > 0


@row("database without room", "a table space of 48 MB that is full", "changes have a code, reads go on, and both after there is room")
def full_database(machine):
    if not HAS_ADDRESSES:
        return "needs root, to have a file system of its own", True
    place = machine.folder / "small"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", place], check=True)
    try:
        os.chown(place, OWNER.pw_uid, OWNER.pw_gid)
        database = machine.database("filled")
        machine.cluster.sql(f"CREATE TABLESPACE small LOCATION '{place}'")
        machine.cluster.sql("GRANT CREATE ON TABLESPACE small TO customeros")
        machine.cluster.sql("ALTER TABLE log_entry SET TABLESPACE small", database)
        with machine.server(database) as server:
            text = "mutation($id: ID!, $text: String!) { logEntry_CreateForOrganization(organizationId: $id, input: { content: $text }) }"

            def write(size):
                return code(server.post(machine.calm, text, {"id": machine.calm_ids[0], "text": os.urandom(size // 2).hex()})[1])

            filler = place / "filler"
            subprocess.run(["dd", "if=/dev/zero", f"of={filler}", "bs=1M", "count=64"], capture_output=True)
            full = [write(100_000) for _ in range(3)]
            reads = [code(server.post(machine.calm, load.LOOK_UP, {"id": machine.calm_ids[0]})[1]) for _ in range(10)]
            filler.unlink()
            after = write(100_000)
            alive = server.is_alive
        machine.cluster.sql("DROP DATABASE filled WITH (FORCE)")
        machine.cluster.sql("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "--lazy", place])
    return f"full: {sorted(set(full))}, reads {reads.count('data')} of 10, then {after}", (
        alive and reads.count("data") == 10 and after == "data" and "data" not in full and "INTERNAL" not in full)
