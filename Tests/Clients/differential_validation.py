"""Compares `customeros-api validate` with graphql-core's validation over generated documents."""

import argparse
import collections
import random
import sys
import time
from pathlib import Path

import graphql

import differences
import reference
from documents import FAULTS, Generator
from program import Judge, schema_text
from rendering import mutated, text

CHUNK = 250


def document(schema, seed, index):
    """The document of an index, and its kind: valid, faulty or mutated."""
    source = random.Random(f"{seed} {index}")
    kind = source.choices(("valid", "faulty", "mutated"), (4, 4, 2))[0]
    faults = tuple(source.sample(FAULTS, source.choice((1, 1, 2, 3)))) if kind == "faulty" else ()
    tokens = Generator(schema, source, faults).document()
    return kind, mutated(tokens, source) if kind == "mutated" else text(tokens, source)


class Comparison:
    """Both judges on one schema."""

    def __init__(self, sdl, judge):
        self.schema = graphql.build_schema(sdl)
        self._judge = judge

    def expected(self, query):
        """What the engine must say, by graphql-core: `(rule, message, locations)`."""
        return [
            (rule, differences.in_words_of_16(self.schema, message), places)
            for rule, message, places in reference.errors(self.schema, query)
        ]

    def actual(self, requests):
        """What the engine says."""
        return [[(differences.common(message), places) for message, places in errors] for errors in self._judge.errors(requests)]

    def difference(self, query):
        """How the judges differ on one document, without what shrinking it may change; empty when they agree."""
        expected, actual = self.expected(query), self.actual([(query, None)])[0]
        missing, surplus = _differ(expected, actual, expected, actual)
        return {rule for rule, _, _ in missing} | {" ".join(message.split()[:3]) for message, _ in surplus}

    def compare(self, queries, rules):
        """Judges documents by all rules and each by one. Returns the expected errors and `(query, rule, missing, surplus)`."""
        expected = [self.expected(query) for query in queries]
        actual = self.actual([(query, None) for query in queries])
        single = self.actual([(query, [rule]) for query, rule in zip(queries, rules)])
        failures = []
        for query, rule, wanted, got, one in zip(queries, rules, expected, actual, single):
            differences_of_all = _differ(wanted, got, wanted, got)
            of_rule = [error for error in wanted if error[0] in (rule, "Syntax")]
            if any(differences_of_all):
                failures.append((query, None, *differences_of_all))
            elif len(wanted) <= 100 and any(_differ(of_rule, one, wanted, got)):
                failures.append((query, rule, *_differ(of_rule, one, wanted, got)))
        return expected, failures


def _differ(expected, actual, all_expected, all_actual):
    messages = {message for _, message, _ in all_expected} | {message for message, _ in all_actual}
    return differences.differ(expected, actual, messages)


def shrunk(query, difference):
    """A shorter text on which the judges differ in the same way: pieces are left out as long as they do."""
    original = difference(query)
    pieces = _pieces(query)
    size = max(1, len(pieces) // 2)
    while size:
        start = 0
        while start < len(pieces):
            shorter = pieces[:start] + pieces[start + size:]
            if shorter and difference("".join(shorter)) == original:
                pieces = shorter
            else:
                start += size
        size //= 2
    return "".join(pieces)


def _pieces(query):
    pieces, word = [], ""
    for character in query:
        if character.isalnum() or character == "_":
            word += character
        else:
            pieces += [word] if word else []
            pieces.append(character)
            word = ""
    return pieces + ([word] if word else [])


def run(name, sdl, count, seed, shown):
    """Compares `count` documents of a schema. Returns the number of failures."""
    started = time.monotonic()
    kinds, rules, verdicts = collections.Counter(), collections.Counter(), collections.Counter()
    failures = 0
    with Judge(sdl) as judge:
        comparison = Comparison(sdl, judge)
        for start in range(0, count, CHUNK):
            queries, single = [], []
            for index in range(start, min(start + CHUNK, count)):
                kind, query = document(comparison.schema, seed, index)
                kinds[kind] += 1
                queries.append(query)
                single.append(reference.NAMES[index % len(reference.NAMES)])
            expected, failed = comparison.compare(queries, single)
            for query, rule, missing, surplus in failed:
                failures += 1
                if failures <= shown:
                    _show(query, rule, missing, surplus)
                    if rule is None:
                        print(f"  shrunk   {shrunk(query, comparison.difference)!r}")
            for errors in expected:
                verdicts["invalid" if errors else "valid"] += 1
                rules.update(rule for rule, _, _ in errors)
    seconds = time.monotonic() - started
    print(f"{name}: seed {seed}, {count} documents ({_counts(kinds)}), judged {_counts(verdicts)}; {failures} differences; {seconds:.0f} s")
    print(f"  errors compared, by rule: {_counts(rules)}")
    silent = [rule for rule in reference.NAMES if not rules[rule]]
    if silent:
        print(f"  no document broke: {', '.join(silent)}")
    return failures


def _show(query, rule, missing, surplus):
    print(f"--- {rule or 'all rules'}\n{query!r}")
    for error in missing:
        print(f"  missing  {error}")
    for error in surplus:
        print(f"  surplus  {error}")


def _counts(counter):
    return ", ".join(f"{number} {key}" for key, number in sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="documents of each schema")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="how many differences to print")
    parser.add_argument("--schema", choices=("all", "own", "kitchen"), default="all")
    arguments = parser.parse_args()
    schemas = {"own": schema_text(), "kitchen": (Path(__file__).parent / "kitchen.graphqls").read_text()}
    failures = 0
    for name, sdl in schemas.items():
        if arguments.schema in ("all", name):
            failures += run(f"{name} schema", sdl, arguments.count, arguments.seed, arguments.show)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
