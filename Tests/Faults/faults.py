"""What happens to PostgreSQL, to the network before it, and to the server itself."""

import http.client
import os
import random
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import load
from machine import PROGRAMS, Cluster, Proxy, Server, as_owner, code, wait_for
from rows import row


def first_good(server, key, query=load.SAVE, limit=30):
    """Seconds until a request succeeds."""
    begun = time.monotonic()

    def succeeds():
        try:
            return code(server.post(key, query.replace("#", str(time.monotonic())), timeout=10)[1]) == "data"
        except OSError:
            return False

    return time.monotonic() - begun if wait_for(succeeds, limit, 0.02) else limit


@row("backends killed", "a session is killed, 20 times under load", "no request without answer, none over 5 s; good again within 1 s of PostgreSQL")
def killed_backends(machine):
    database = machine.database("faults")
    with machine.server(database) as server:
        streams = [
            load.stream("look-ups", load.look_ups(server, machine.calm, machine.calm_ids), 100, 64),
            load.stream("saves", load.saves(machine.calm), 20, 64)]
        running = load.Load(server.port_file, streams, 24)
        for _ in range(20):
            time.sleep(1)
            sessions = machine.cluster.sessions(database)
            if sessions:
                machine.cluster.sql(f"SELECT pg_terminate_backend({random.choice(sessions)})")
        result = running.result()
        # One that is killed by force takes all sessions with it, and PostgreSQL needs a while to be there again.
        victims = machine.cluster.sessions(database)
        if victims:
            os.kill(victims[0], signal.SIGKILL)

        def accepts():
            try:
                return machine.cluster.sql("SELECT 1") == "1"
            except subprocess.CalledProcessError:
                return False

        time.sleep(0.2)
        wait_for(accepts, 30, 0.02)
        again = first_good(server, machine.calm)
    lost = result["look-ups"].lost + result["saves"].lost
    wrong = result["look-ups"].wrong - sum(v for k, v in result["look-ups"].outcomes.items() if "DATABASE_UNAVAILABLE" in k and k.startswith("200"))
    most = max(result["look-ups"].latency["max"], result["saves"].latency["max"])
    figure = (
        f"{result['look-ups'].started + result['saves'].started} requests, {lost} without answer, {result['look-ups'].outcomes} "
        f"{result['saves'].outcomes}, at most {most:.0f} ms; after a kill by force good again after {again:.2f} s")
    return figure, lost == 0 and most < 5000 and wrong <= 0 and again <= 1


@row("postmaster killed", "PostgreSQL is killed, is away for 10 s, and starts", "readiness 503 within 2 s, health 200, refusals within 100 ms, good again within 1 s")
def killed_postmaster(machine):
    database = machine.database("faults")
    with machine.server(database) as server:
        server.post(machine.calm, load.SAVE)
        pid = machine.cluster.postmaster
        os.kill(pid, signal.SIGKILL)
        begun = time.monotonic()
        wait_for(lambda: server.get("/readiness")[0] == 503, 10, 0.02)
        unready = time.monotonic() - begun
        times, codes = [], []
        while time.monotonic() - begun < 10:
            _, body, seconds = server.post(machine.calm, load.LOOK_UP, {"id": machine.calm_ids[0]})
            times.append(seconds)
            codes.append(code(body))
            time.sleep(0.1)
        health = server.get("/health")[0]
        machine.cluster.start()
        again = first_good(server, machine.calm)
    times.sort()
    figure = f"unready after {unready:.2f} s, health {health}, refused after {times[len(times) * 9 // 10] * 1000:.0f} ms (p90), good again after {again:.2f} s"
    return figure, unready <= 2 and health == 200 and times[len(times) * 9 // 10] <= 0.1 and again <= 1


KILLS = 20


@row("server killed", f"kill -9 in the middle of changes, {KILLS} rounds of 16 clients", "nothing half-written, nothing acknowledged lost; ready again within 500 ms")
def killed_server(machine):
    database = machine.database("faults")
    acknowledged, starts = [], []
    lock = threading.Lock()
    for number in range(KILLS):
        server = machine.server(database)
        starts.append(server.start_time)
        ended = threading.Event()

        def change(client):
            count = 0
            while not ended.is_set():
                count += 1
                name = f"killed {number} {client} {count}"
                try:
                    _, body, _ = server.post(machine.calm, 'mutation($name: String!) { organization_Save(input: { name: $name }) { name } }', {"name": name}, timeout=10)
                    if code(body) == "data":
                        with lock:
                            acknowledged.append(name)
                except (OSError, http.client.HTTPException, ValueError):
                    return

        threads = [threading.Thread(target=change, args=(client,), daemon=True) for client in range(16)]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(0.1, 0.6))
        server.kill()
        ended.set()
        for thread in threads:
            thread.join()
    time.sleep(0.5)
    kept = set(machine.cluster.sql("SELECT name FROM organization WHERE name LIKE 'killed %'", database).splitlines())
    lost = [name for name in acknowledged if name not in kept]
    # What is made has the event that it was made, and its line on the timeline: one without the other is half a change.
    halves = machine.cluster.sql(
        "SELECT count(*) FROM organization o WHERE name LIKE 'killed %' AND NOT EXISTS "
        "(SELECT 1 FROM organization_timeline t WHERE t.tenant_id = o.tenant_id AND t.organization_id = o.id)", database)
    starts.sort()
    figure = f"{len(acknowledged)} acknowledged, {len(lost)} lost, {halves} half-written; ready after {starts[len(starts) // 2] * 1000:.0f} ms (median)"
    return figure, not lost and halves == "0" and starts[len(starts) // 2] <= 0.5


@row("black hole", "the network to PostgreSQL swallows everything; limit 5 s", "reads and changes answered within 6 s, good again within 6 s of it")
def black_hole(machine):
    proxy = Proxy(machine.cluster.port)
    try:
        with machine.server(machine.database("faults"), proxy=proxy, settings={"REQUEST_TIME_LIMIT": "5000"}) as server:
            first_good(server, machine.calm)
            proxy.mode = "black hole"
            with ThreadPoolExecutor(8) as pool:
                reads = [pool.submit(server.post, machine.calm, load.LOOK_UP, {"id": each}) for each in machine.calm_ids[:4]]
                changes = [pool.submit(server.post, machine.calm, load.SAVE) for _ in range(4)]
                read, change = max(each.result()[2] for each in reads), max(each.result()[2] for each in changes)
                codes = {code(each.result()[1]) for each in reads + changes}
            proxy.mode = "pass"
            again = first_good(server, machine.calm)
    finally:
        proxy.close()
    return f"reads {read:.1f} s, changes {change:.1f} s, {sorted(codes)}; good again after {again:.1f} s", read <= 6 and change <= 6 and again <= 6


@row("connections reset", "all connections to PostgreSQL are reset, ten times under load", "no request without answer; good again within 1 s")
def resets(machine):
    proxy = Proxy(machine.cluster.port)
    try:
        with machine.server(machine.database("faults"), proxy=proxy) as server:
            streams = [load.stream("look-ups", load.look_ups(server, machine.calm, machine.calm_ids), 50, 32), load.stream("saves", load.saves(machine.calm), 10, 32)]
            running, times = load.Load(server.port_file, streams, 14), []
            for _ in range(10):
                time.sleep(1)
                proxy.reset()
                times.append(first_good(server, machine.calm))
            result = running.result()
    finally:
        proxy.close()
    lost = result["look-ups"].lost + result["saves"].lost
    return f"{lost} without answer, {result['look-ups'].outcomes} {result['saves'].outcomes}; good again after {max(times):.2f} s at most", lost == 0 and max(times) <= 1


@row("read-only database", "default_transaction_read_only", "changes DATABASE_UNAVAILABLE, readiness says read-only, reads go on")
def read_only(machine):
    database = machine.database("faults")
    with machine.server(database) as server:
        machine.cluster.sql(f"ALTER DATABASE {database} SET default_transaction_read_only = on")
        machine.cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
        time.sleep(1.5)
        change = code(server.post(machine.calm, load.SAVE)[1])
        read = code(server.post(machine.calm, load.LOOK_UP, {"id": machine.calm_ids[0]})[1])
        status, text, _ = server.get("/readiness")
        machine.cluster.sql(f"ALTER DATABASE {database} RESET default_transaction_read_only")
        machine.cluster.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
    return f"change {change}, read {read}, readiness {status} {'read-only' if 'read-only' in text else text[:60]}", (
        change == "DATABASE_UNAVAILABLE" and read == "data" and status == 503 and "read-only" in text)


@row("deadlocks", "merges in opposite order, 8 clients, 10 s", "no client sees a deadlock")
def deadlocks(machine):
    with machine.server(machine.database("faults")) as server:
        first, second = machine.calm_ids[:2]
        document = "mutation($a: ID!, $b: ID!) { x: organization_Save(input: { id: $a, notes: \"1\" }) { id } y: organization_Save(input: { id: $b, notes: \"2\" }) { id } }"
        codes, end = [], time.monotonic() + 10

        def work(number):
            pair = {"a": first, "b": second} if number % 2 else {"a": second, "b": first}
            while time.monotonic() < end:
                codes.append(code(server.post(machine.calm, document, pair)[1]))

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(work, range(8)))
    return str({each: codes.count(each) for each in set(codes)}), codes.count("data") == len(codes)


@row("standby promoted", "the primary is killed, its standby promoted", "good again within 5 s of the promotion")
def promotion(machine):
    cluster = Cluster(machine.folder / "primary", ["wal_level=replica", "max_wal_senders=4", "shared_buffers=64MB"])
    standby_port = None
    try:
        cluster.sql("CREATE DATABASE customeros OWNER customeros")
        url = cluster.url()
        machine.command(url, "migrate")
        machine.command(url, "tenant", "create", "calm")
        key = machine.key(url, "calm")
        standby = cluster.folder / "standby"
        as_owner([PROGRAMS / "pg_basebackup", "-h", "127.0.0.1", "-p", cluster.port, "-U", "postgres", "-D", standby, "-R", "-c", "fast"])
        other = Proxy(0)
        standby_port = other.port
        other.close()
        options = f"-p {standby_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={cluster.folder} -c max_connections=200 -c fsync=off"
        as_owner([PROGRAMS / "pg_ctl", "-D", standby, "-o", options, "-l", cluster.folder / "standby.log", "-w", "start"])
        both = f"postgresql://customeros@127.0.0.1:{cluster.port},127.0.0.1:{standby_port}/customeros?target_session_attrs=read-write"
        with Server(machine.folder, both) as server:
            first_good(server, key)
            cluster.stop("immediate")
            as_owner([PROGRAMS / "pg_ctl", "-D", standby, "-w", "promote"])
            again = first_good(server, key)
        as_owner([PROGRAMS / "pg_ctl", "-D", standby, "-m", "immediate", "stop"])
    finally:
        try:
            cluster.stop()
        except subprocess.CalledProcessError:
            pass
    return f"good again after {again:.2f} s", again <= 5


CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static volatile long *offset;
__attribute__((constructor)) static void begin(void) {
    int file = open(getenv("CLOCK_OFFSET"), O_RDONLY);
    offset = mmap(0, sizeof(long), PROT_READ, MAP_SHARED, file, 0);
    close(file);
}
int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int status = real(clock, time);
    if (clock == CLOCK_REALTIME && offset) time->tv_sec += *offset;
    return status;
}
int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *place) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (place) *place = now.tv_sec;
    return now.tv_sec;
}
"""


@row("clock jumps", "the clock jumps by a day, an hour and ten years, both ways, under load", "no request fails")
def clock_jumps(machine):
    source, library, place = (machine.folder / name for name in ("clock.c", "clock.so", "offset"))
    source.write_text(CLOCK)
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
    place.write_bytes((0).to_bytes(8, "little", signed=True))
    with machine.server(machine.database("faults"), preload=str(library), settings={"CLOCK_OFFSET": str(place)}) as server:
        streams = [load.stream("look-ups", load.look_ups(server, machine.calm, machine.calm_ids), 100, 16), load.stream("saves", load.saves(machine.calm), 10, 16)]
        running = load.Load(server.port_file, streams, 9)
        for jump in (86_400, -86_400, 3_600, -3_600, 315_360_000, -315_360_000, 0):
            time.sleep(1)
            # In place: a file that is cut is no memory for a moment.
            with place.open("r+b") as file:
                file.write(jump.to_bytes(8, "little", signed=True))
        result = running.result()
        jumped = server.is_alive
    failed = result["look-ups"].failed + result["saves"].failed
    return f"{failed} of {result['look-ups'].started + result['saves'].started} failed; the server {'lives' if jumped else 'has ended'}", failed == 0 and jumped


@row("backup and restore", "pg_dump, restored", "the same answers")
def backup(machine):
    database = machine.database("faults")
    dump = machine.folder / "dump"
    connection = ["-h", "127.0.0.1", "-p", str(machine.cluster.port), "-U", "postgres"]
    subprocess.run([PROGRAMS / "pg_dump", *connection, "-Fc", "-f", dump, database], check=True)
    machine.cluster.sql("DROP DATABASE IF EXISTS restored WITH (FORCE);\nCREATE DATABASE restored OWNER customeros;")
    subprocess.run([PROGRAMS / "pg_restore", *connection, "--exit-on-error", "-d", "restored", dump], check=True)
    answers = []
    for each in (database, "restored"):
        with machine.server(each) as server:
            answers.append([server.post(machine.calm, load.LOOK_UP, {"id": one})[1] for one in machine.calm_ids] + [server.post(machine.busy, load.PAGE)[1]])
    same = sum(a == b for a, b in zip(*answers))
    machine.cluster.sql("DROP DATABASE restored WITH (FORCE)")
    return f"{same} of {len(answers[0])} the same", same == len(answers[0])
