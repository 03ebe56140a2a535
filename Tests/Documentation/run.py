"""Runs every command and example of the documentation and compares what it shows with what comes.

    run.py [--update] [PAGE …]

With `--update` the answers on the pages are rewritten; whoever reviews the change judges the difference.
The last line is "N passed, N failed": one for each command and example.
"""

import functools
import http.client
import json
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from compare import Difference, Values, pretty, stable  # noqa: E402
from page import Page, PageError  # noqa: E402
from world import KEY, World  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
BINARY = os.environ.get("CUSTOMEROS_BINARY") or str(ROOT / ".build/release/customeros-api")


class Runner:
    def __init__(self, page, world, update):
        self.page, self.world, self.update = page, world, update
        self.values = Values()
        self.changes = []
        self.passed = self.failed = self.skipped = 0

    def run(self):
        for step in self.page.steps:
            if step.note == "shown" or step.note.startswith("run by "):
                self.skipped += 1
                continue
            try:
                self._step(step)
                self.passed += 1
            except (Difference, RuntimeError, subprocess.TimeoutExpired) as failure:
                self.failed += 1
                print(f"✘ {step.place}: {failure}", flush=True)

    def _step(self, step):
        if step.inline:
            return self._inline(step)
        # Until a page starts a server of its own it speaks of the one with the demo data.
        if "127.0.0.1:10000" in step.text and step.note != "background" and not self.world.has_servers:
            self.world.demo()
        text = self.world.adapt(self.values.put_in(step.text))
        if name := step.note_value("file"):
            (self.world.work / name).write_text(text + "\n", encoding="utf-8")
        elif step.language == "graphql":
            self._ask(step, text)
        elif step.note == "background":
            self.world.start(text)
        else:
            self._execute(step, text)

    def _inline(self, step):
        """A command in the text: for the database that the page has named, else for an embedded one of the page's own."""
        if step.is_form:
            return self._judge_form(step)
        command = self.world.adapt(step.text)
        if step.text.startswith("customeros-api") and not self.world.has("DATABASE_URL"):
            command = f"export DATA_DIR={self.world.data_directory()}\n{command}"
        status, output, errors = self.world.run(f"({command})")
        if status != 0:
            raise Difference(f"{step.text} ended with status {status}:\n{output}{errors}")

    def _judge_form(self, step):
        """What has a place for a value must at least be a command, with options that it has."""
        words = step.text.split()
        if words[0] != "customeros-api":
            return
        names = []
        for word in words[1:]:
            if not re.fullmatch(r"[a-z][a-z-]*", word):
                break
            names.append(word)
        status, help_text, errors = self.world.run(" ".join(["customeros-api", *names, "--help"]))
        while status != 0 and len(names) > 1:
            names.pop()
            status, help_text, errors = self.world.run(" ".join(["customeros-api", *names, "--help"]))
        if status != 0:
            raise Difference(f"there is no command {step.text}: {errors}")
        for option in re.findall(r"--[a-z][a-z-]*", step.text):
            if option not in help_text:
                raise Difference(f"{step.text}: the command has no option {option}")

    def _ask(self, step, text):
        request = {"query": text}
        if step.variables:
            request["variables"] = json.loads(self.values.put_in(step.variables.text))
        connection = http.client.HTTPConnection("127.0.0.1", self.world.demo(), timeout=60)
        connection.request("POST", "/query", body=json.dumps(request), headers={"X-CUSTOMER-OS-API-KEY": KEY, "Content-Type": "application/json"})
        found = json.loads(connection.getresponse().read())
        if step.answer is None:
            if "errors" in found:
                raise Difference(f"failed: {json.dumps(found['errors'])}")
            return
        expected = json.loads(step.answer.text) if step.answer.text.strip() else None
        if self.update:
            # A failure is only written where the page means one.
            if "errors" in found and "errors" not in (expected or {}):
                raise Difference(f"failed: {json.dumps(found['errors'])}")
            self._replace(step.answer, pretty(stable(found, self.values, text, expected)))
        else:
            self.values.match_json(expected, found)

    def _execute(self, step, text):
        if step.language == "sh":
            command = text
        else:
            file = {"python": "example.py", "js": "example.mjs", "swift": "example.swift"}[step.language]
            (self.world.work / file).write_text(text + "\n", encoding="utf-8")
            interpreter = {"python": os.environ.get("DOCUMENTATION_PYTHON", "python3"), "js": "node", "swift": "swift"}[step.language]
            command = f"{interpreter} {file}"
        status, output, errors = self.world.run(command)
        if status != int(step.note_value("fails") or 0):
            raise Difference(f"ended with status {status}:\n{output}{errors}")
        if step.answer is None:
            return
        found = self.world.restore(output if output.strip() else errors)
        if step.answer.language == "text":
            if self.update and not step.answer.text.strip():
                return self._replace(step.answer, found.rstrip())
            return self.values.match_lines(step.answer.text, found)
        documents = [json.loads(line) for line in found.splitlines()] if found.lstrip()[:1] and self._is_lines(found) else [json.loads(found)]
        if self.update:
            before = self._documents(step.answer.text)
            return self._replace(step.answer, "\n".join(
                pretty(stable(document, self.values, text, before[i] if i < len(before) else None)) for i, document in enumerate(documents)))
        expected = self._documents(step.answer.text)
        if len(expected) != len(documents):
            raise Difference(f"expected {len(expected)} JSON values, found {len(documents)}")
        for one, other in zip(expected, documents):
            self.values.match_json(one, other)

    @staticmethod
    def _is_lines(text):
        try:
            return len([json.loads(line) for line in text.splitlines()]) > 1
        except ValueError:
            return False

    @staticmethod
    def _documents(text):
        """One JSON value after the other."""
        decoder, place, documents = json.JSONDecoder(), 0, []
        while text[place:].strip():
            place += len(text[place:]) - len(text[place:].lstrip())
            document, place = decoder.raw_decode(text, place)
            documents.append(document)
        return documents

    def _replace(self, block, text):
        self.changes.append((block.first, block.end, text.split("\n")))

    def write(self):
        lines = list(self.page.lines)
        for first, end, text in sorted(self.changes, reverse=True):
            lines[first:end] = text
        self.page.path.write_text("\n".join(lines), encoding="utf-8")


LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
SUITE = re.compile(r"`(\w+Tests)`")
PATH = re.compile(r"`((?:Sources|Tests|scripts|docs|deploy|schema|migrations|Benchmarks|Fuzzing)/[\w./+-]*)`")


def broken_references(path, text):
    """Links to pages and names of files that do not exist."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
    for target in LINK.findall(prose):
        if "://" not in target and not (path.parent / target).exists():
            yield f"a link leads nowhere: {target}"
    for name in PATH.findall(prose):
        if "NAME" not in name and not (ROOT / name).exists():
            yield f"there is no {name}"
    for name in SUITE.findall(prose):
        if not (ROOT / "Tests" / name).exists() and not re.search(rf"\b(struct|class|enum) {name}\b", test_sources()):
            yield f"there is no test suite {name}"


@functools.cache
def test_sources():
    return "\n".join(path.read_text(encoding="utf-8") for pattern in ("*.swift", "*.py") for path in (ROOT / "Tests").rglob(pattern))


def undocumented_codes():
    """Codes of errors that docs/errors.md does not explain."""
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    for path in (ROOT / "Sources").rglob("*.swift"):
        for code in re.findall(r'ErrorCode\(rawValue: "(\w+)"\)', path.read_text(encoding="utf-8")):
            if f"`{code}`" not in page:
                yield code


def main(arguments):
    update = "--update" in arguments
    names = [name for name in arguments if name != "--update"]
    paths = [ROOT / name for name in names] or [
        ROOT / "README.md", *sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    passed = failed = 0
    for path in dict.fromkeys(paths):
        try:
            page = Page(path, ROOT)
            for reference in broken_references(path, "\n".join(page.lines)):
                print(f"✘ {page.name}: {reference}")
                failed += 1
            if not page.steps:
                continue
            with World(BINARY, ROOT) as world:
                runner = Runner(page, world, update)
                runner.run()
                if update:
                    runner.write()
        except (PageError, OSError, subprocess.CalledProcessError):
            traceback.print_exc()
            failed += 1
            continue
        passed += runner.passed
        failed += runner.failed
        print(f"{page.name}: {runner.passed} passed, {runner.failed} failed, {runner.skipped} run elsewhere or only shown", flush=True)
    for code in undocumented_codes():
        print(f"✘ docs/errors.md: nothing of the code {code}")
        failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
