"""Shows what the server withstands, a row at a time, and prints the table for docs/testing.md.

    run.py [--list] [ROW …]

ROW is a prefix of a row's name; without one, all are shown. Exits with 1 if a row fails.
"""

import datetime
import os
import sys

import machine

machine.alone()

import faults  # noqa: E402, F401: the rows are what they add
import resources  # noqa: E402, F401
import rollout  # noqa: E402, F401
import sharing  # noqa: E402, F401
import transport  # noqa: E402, F401
from rows import ROWS  # noqa: E402


def main():
    names = [each for each in sys.argv[1:] if each != "--list"]
    chosen = [row for row in ROWS if not names or any(row.name.startswith(name) for name in names)]
    if "--list" in sys.argv or not chosen:
        print("\n".join(f"{row.name}: {row.what}; {row.target}" for row in ROWS))
        return 0 if chosen else 2
    running = machine.Machine()
    try:
        for row in chosen:
            print(f"{row.name} …", file=sys.stderr, flush=True)
            row.run(running)
            print(f"{row.line} {row.seconds:.0f} s", file=sys.stderr, flush=True)
    finally:
        running.close()
    print(f"{datetime.date.today():%-d %B %Y}, {os.cpu_count()} processors, load {os.getloadavg()[2]:.1f}\n")
    print("| | What | Figure | Target | Holds |\n|---|---|---|---|---|")
    print("\n".join(row.line for row in chosen))
    failed = [row.name for row in chosen if not row.holds]
    print(f"\n{len(chosen) - len(failed)} of {len(chosen)} hold." + (f" Not: {', '.join(failed)}." if failed else ""))
    return 1 if failed else 0


sys.exit(main())
