"""Load, overload, and connections that trickle."""

import socket
import threading
import time

import load
from machine import memory
from rows import row


@row("steady load", "64 connections for 20 s: organization by id, then a page of 50 contacts", "no error; p99 at most 25 and 60 ms; 150 MB at most")
def steady(machine):
    with machine.server(machine.database("transport")) as server:
        points = load.run(server.port_file, [load.stream("points", load.look_ups(server, machine.busy, machine.busy_ids), connections=64)], 20)["points"]
        page = load.run(server.port_file, [load.stream("page", load.known(server, machine.busy, load.PAGE), connections=64)], 20)["page"]
        resident = memory(server.pid)
    figure = f"{points.good / 20:.0f} a second, p99 {points.p99:.1f} ms; {page.good / 20:.0f} a second, p99 {page.p99:.1f} ms; {points.failed + page.failed} failed; {resident:.0f} MB"
    return figure, points.failed + page.failed == 0 and points.p99 <= 25 and page.p99 <= 60 and resident <= 150


@row("overload", "four times the sustainable rate, open loop, 10 s", "80 % of the peak good; refusals within 50 ms; back to normal within 2 s")
def overload(machine):
    with machine.server(machine.database("transport")) as server:
        requests = load.known(server, machine.busy, load.NESTED)
        peak = load.run(server.port_file, [load.stream("peak", requests, connections=32)], 6)["peak"].good / 6
        alone = load.run(server.port_file, [load.stream("alone", requests, peak * 0.3, 64)], 4)["alone"]
        over = load.run(server.port_file, [load.stream("over", requests, peak * 4, 8000)], 10)["over"]
        begun, calm = time.monotonic(), []
        after = load.run(server.port_file, [load.stream("after", requests, peak * 0.3, 64)], 5)["after"]
    good = sum(tenth[0] for tenth in over.tenths[20:100]) / 8
    normal = 3 * max(alone.p99, 10)
    late = [index / 10 for index, tenth in enumerate(after.tenths) if tenth[3] > normal or tenth[1] + tenth[2] > 0]
    recovery = (late[-1] + 0.1) if late else 0
    refusals = over.refusalLatency
    figure = (
        f"peak {peak:.0f} a second, good {good:.0f} ({good / peak * 100:.0f} %), {refusals['count']} of {over.started} refused within {refusals['p99']:.0f} ms (p99), "
        f"median of good ones {over.goodLatency['p50']:.0f} ms; normal after {recovery:.1f} s; generator late {over.lateness['p99']:.0f} ms")
    return figure, good >= 0.8 * peak and refusals["count"] > 0 and refusals["p99"] <= 50 and recovery <= 2


@row("churn", "a new connection for each request, as many as can be, 15 s", "no error; descriptors as before")
def churn(machine):
    with machine.server(machine.database("transport")) as server:
        server.post(machine.calm, load.SAVE)
        before = server.descriptors
        requests = [{"method": "GET", "path": "/health", "headers": {}, "body": "", "expected": '{"status":"ok"}\n'}]
        result = load.run(server.port_file, [load.stream("churn", requests, connections=32, keeps=False)], 15)["churn"]
        time.sleep(1)
        after = server.descriptors
    return f"{result.good / 15:.0f} connections a second, {result.failed} failed, descriptors {before} → {after}", result.failed == 0 and after <= before + 4


def trickle(kind):
    @row(f"slow {kind}", f"4,000 connections: {kind} in pieces", "healthy clients: no error, p99 at most doubled")
    def show(machine):
        database = machine.database("transport")
        with machine.server(database) as server:
            streams = [load.stream("look-ups", load.look_ups(server, machine.calm, machine.calm_ids), 200, 32)]
            alone = load.run(server.port_file, streams, 6)["look-ups"]
            connections = []
            for _ in range(4000):
                connection = socket.socket()
                if kind == "reading":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
                connection.connect(("127.0.0.1", server.port))
                head = {
                    "heads": "GET /health HTTP/1.1\r\nHost: slow\r\n",
                    "bodies": "POST /query HTTP/1.1\r\nHost: slow\r\nContent-Type: application/json\r\n"
                    f"X-CUSTOMER-OS-API-KEY: {machine.busy}\r\nContent-Length: 8192\r\n\r\n",
                    "reading": "GET /schema.graphql HTTP/1.1\r\nHost: slow\r\n\r\n"}[kind]
                connection.sendall(head.encode())
                connection.setblocking(False)
                connections.append(connection)
            ended = threading.Event()

            def drip():
                while not ended.wait(1):
                    for each in connections:
                        try:
                            each.recv(32) if kind == "reading" else each.send(b"A: b\r\n")
                        except OSError:
                            pass

            thread = threading.Thread(target=drip)
            thread.start()
            during = load.run(server.port_file, streams, 10)["look-ups"]
            ended.set()
            thread.join()
            for each in connections:
                each.close()
        limit = max(2 * alone.p99, 10)
        return f"p99 {alone.p99:.1f} → {during.p99:.1f} ms, {during.failed} of {during.started} failed", during.p99 <= limit and during.failed == 0


for each in ("heads", "bodies", "reading"):
    trickle(each)
