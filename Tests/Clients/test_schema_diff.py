"""`schema diff` against graphql-core's own comparison of schemas."""

import json
import random
import subprocess
import tempfile
import unittest
from pathlib import Path

from graphql import GraphQLError, assert_valid_schema, build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes

from program import BINARY, ROOT, schema_text

# What graphql-core does not look at.
OURS = {
    "ROOT_TYPE_CHANGED", "INPUT_FIELD_BECAME_REQUIRED", "ONE_OF_ADDED", "ARG_BECAME_REQUIRED", "INPUT_FIELD_DEFAULT_VALUE_CHANGE",
    "APPLIED_DIRECTIVES_CHANGED",
}


def diff(old, new):
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "old.graphqls", Path(folder) / "new.graphqls"]
        for file, text in zip(files, (old, new)):
            file.write_text(text)
        done = subprocess.run([BINARY, "schema", "diff", *files, "--json"], capture_output=True, text=True)
        return done.returncode, json.loads(done.stdout)


class SchemaDiffTests(unittest.TestCase):
    def check(self, old, new):
        status, changes = diff(old, new)
        schemas = build_schema(old), build_schema(new)
        for impact, reference in (("breaking", find_breaking_changes), ("dangerous", find_dangerous_changes)):
            ours = sorted(each["kind"] for each in changes if each["impact"] == impact and each["kind"] not in OURS)
            self.assertEqual(ours, sorted(change.type.name for change in reference(*schemas)))
        self.assertEqual(status, 1 if any(each["impact"] == "breaking" for each in changes) else 0)

    def test_agrees_on_random_changes_of_both_schemas(self):
        chance = random.Random(1)
        for text, count in (schema_text(), 5), ((ROOT / "Tests/Clients/kitchen.graphqls").read_text(), 40):
            lines = text.split("\n")
            tried = 0
            while tried < count:
                changed = list(lines)
                for _ in range(3):
                    place = chance.randrange(len(changed))
                    line = changed[place]
                    change = chance.choice([
                        lambda: line.replace("!", "", 1), lambda: line.replace(": ID", ": [ID]"), lambda: line.replace("String", "Int"),
                        lambda: line.replace("ID", "ID!", 1), lambda: "",
                    ])
                    changed[place] = change()
                new = "\n".join(changed)
                try:
                    assert_valid_schema(build_schema(new))
                except (GraphQLError, TypeError):
                    continue  # That was no schema any more.
                if new == text:
                    continue
                with self.subTest(changed=[pair for pair in zip(lines, changed) if pair[0] != pair[1]]):
                    self.check(text, new)
                tried += 1

    def test_a_schema_is_like_itself(self):
        self.assertEqual(diff(schema_text(), schema_text()), (0, []))


if __name__ == "__main__":
    unittest.main()
