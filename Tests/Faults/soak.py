"""Mixed load for two hours, with a session of the database killed every minute; what was asked, answered and lost, and whether memory grows.

    soak.py [MINUTES] [RATE]

Look-ups, pages and saves at half of what the server can do (RATE per second; measured if not given). Exits with 1 unless everything started
was answered, no body was wrong, and resident memory grew by less than 1 MB an hour after the first ten minutes.
"""

import datetime
import random
import sys
import time

import machine as machines

machines.alone()

import load  # noqa: E402


def slope(points):
    """Megabytes per hour, by least squares."""
    count = len(points)
    if count < 3:
        return 0.0
    mean_x, mean_y = sum(x for x, _ in points) / count, sum(y for _, y in points) / count
    return 3600 * sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def main():
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    machine = machines.Machine()
    try:
        database = machine.database("soak")
        with machine.server(database) as server:
            points = load.look_ups(server, machine.busy, machine.busy_ids) + load.look_ups(server, machine.calm, machine.calm_ids)
            if len(sys.argv) > 2:
                rate = float(sys.argv[2])
            else:
                rate = load.run(server.port_file, [load.stream("peak", points, connections=32)], 5)["peak"].good / 5 / 2
            # Pages change with the saves: they are counted, and not compared.
            streams = [
                load.stream("look-ups", points, rate * 0.8, 128), load.stream("pages", [load.request(machine.busy, load.PAGE)], rate * 0.02, 32),
                load.stream("saves", load.saves(machine.calm), rate * 0.03, 64)]
            descriptors, begun, memory, last = server.descriptors, time.monotonic(), [], time.monotonic()
            running, kills = load.Load(server.port_file, streams, minutes * 60), 0
            while time.monotonic() - begun < minutes * 60:
                time.sleep(min(10, minutes))
                elapsed = time.monotonic() - begun
                if elapsed >= min(600, minutes * 60 / 3):
                    memory.append((elapsed, machines.memory(server.pid)))
                if time.monotonic() - last >= 60:
                    last = time.monotonic()
                    sessions = machine.cluster.sessions(database)
                    if sessions:
                        machine.cluster.sql(f"SELECT pg_terminate_backend({random.choice(sessions)})")
                        kills += 1
            result = running.result()
            time.sleep(2)
            after = server.descriptors
        started, lost = sum(each.started for each in result.values()), sum(each.lost for each in result.values())
        answered = sum(each.answered for each in result.values())
        # A killed session has an error code of its own: the request is answered, and not wrong.
        excused = {name: sum(count for outcome, count in each.outcomes.items() if "DATABASE_UNAVAILABLE" in outcome) for name, each in result.items()}
        wrong = sum(max(0, each.wrong - excused[name]) for name, each in result.items())
        growth = slope(memory)
    finally:
        machine.close()
    print(
        f"{datetime.date.today():%-d %B %Y}, {minutes:.0f} minutes at {rate:.0f} a second, {kills} sessions killed: {started} started, {answered} answered, "
        f"{lost} lost, {wrong} wrong, {sum(excused.values())} DATABASE_UNAVAILABLE; p99 of look-ups {result['look-ups'].p99:.1f} ms; "
        f"{memory[0][1]:.1f} → {memory[-1][1]:.1f} MB, {growth:+.2f} MB an hour; descriptors {descriptors} → {after}")
    for name, each in result.items():
        print(f"{name}: {each}" + (f"; {each.value['firstWrong']}" if each.value.get("firstWrong") else ""))
    return 0 if started == answered and wrong == 0 and growth < 1 else 1


sys.exit(main())
