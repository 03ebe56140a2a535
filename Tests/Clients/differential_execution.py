"""Compares the server's answers with those of graphql-core's executor over the same data."""

import argparse
import json
import random
import sys
import time
from decimal import Decimal

import graphql

import reference  # Switches off what the specification's edition does not have.
from fetching import Fetched
from program import Server, schema_text
from subqueries import SubQuery


def parsed(text):
    """JSON with the order of members kept, numbers compared by value, and true no number."""
    number = lambda digits: ("number", Decimal(digits))  # noqa: E731
    return json.loads(text, object_pairs_hook=lambda pairs: ("object", pairs), parse_int=number, parse_float=number)


def run(server, schema, count, seed, shown):
    """Compares `count` queries. Returns the number of failures."""
    started = time.monotonic()
    fetched = Fetched(schema, server)
    failures = compared = attempts = refused = 0
    while compared < count:
        attempts += 1
        query = SubQuery(schema, fetched.fields, random.Random(f"{seed} {attempts}"))
        document = graphql.parse(query.text)
        if graphql.validate(schema, document, reference.RULES):
            continue
        status, body = server.post(query.text, query.variables, query.operation)
        if status == 422 and "LIMIT_EXCEEDED" in body:
            refused += 1
            continue
        compared += 1
        expected = fetched.execute(document, query.variables, query.operation)
        if status != 200 or parsed(body) != parsed(expected):
            failures += 1
            if failures <= shown:
                print(f"--- {query.text}\n  variables {json.dumps(query.variables)}\n  expected  {expected[:3000]}\n  got {status}   {body[:3000]}")
    seconds = time.monotonic() - started
    print(
        f"execution: seed {seed}, {compared} queries for parts of {fetched.bytes} bytes under {len(fetched.fields)} root fields;"
        f" {failures} differences; {attempts - compared - refused} drawn that were not valid, {refused} beyond a limit; {seconds:.0f} s")
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="how many differences to print")
    arguments = parser.parse_args()
    schema = graphql.build_schema(schema_text())
    with Server() as server:
        failures = run(server, schema, arguments.count, arguments.seed, arguments.show)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
