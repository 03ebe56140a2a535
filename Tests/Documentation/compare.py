"""Compares what a page says with what came: `…` for any text, `<name>` for a value that comes back."""

import json
import re

PLACEHOLDER = re.compile(r"<([a-z][a-z-]*)>")


class Difference(Exception):
    pass


class Values:
    """What the words in angle brackets stand for on a page."""

    def __init__(self):
        self._values = {}

    def put_in(self, text):
        """The text with the values that are known by now."""
        return PLACEHOLDER.sub(lambda match: self._values.get(match[1], match[0]), text)

    def name_of(self, value):
        return next((name for name, known in self._values.items() if known == value), None)

    def learn(self, name, value):
        if self._values.setdefault(name, value) != value:
            raise Difference(f"<{name}> was {self._values[name]!r} and now is {value!r}")

    def _pattern(self, expected):
        """A regular expression for one expected text, and the names of its groups."""
        names, parts = [], []
        for part in re.split(r"(…|<[a-z][a-z-]*>)", expected):
            if part == "…":
                parts.append(".*?")
            elif PLACEHOLDER.fullmatch(part) and part[1:-1] in self._values:
                parts.append(re.escape(self._values[part[1:-1]]))
            elif PLACEHOLDER.fullmatch(part):
                names.append(part[1:-1])
                parts.append(r"(\S+?)")
            else:
                parts.append(re.escape(part))
        return re.compile("".join(parts)), names

    def match_text(self, expected, found):
        """One line, or one string of a JSON document."""
        pattern, names = self._pattern(expected)
        match = pattern.fullmatch(found)
        if match is None:
            raise Difference(f"expected {expected!r}, found {found!r}")
        for name, value in zip(names, match.groups()):
            self.learn(name, value)

    def match_lines(self, expected, found):
        """Lines; one that is only `…` stands for any number of lines, none too."""
        expected, found = expected.rstrip().split("\n"), found.rstrip().split("\n")
        place = 0
        for index, line in enumerate(expected):
            if line == "…":
                rest = [other for other in expected[index + 1 :] if other != "…"]
                if not rest:
                    return
                while place < len(found) and not self._fits(rest[0], found[place]):
                    place += 1
                continue
            if place == len(found):
                raise Difference(f"line {line!r} is missing in:\n" + "\n".join(found))
            self.match_text(line, found[place])
            place += 1
        if place < len(found):
            raise Difference("more than the page shows:\n" + "\n".join(found[place:]))

    def _fits(self, expected, found):
        return self._pattern(expected)[0].fullmatch(found) is not None

    def match_json(self, expected, found, path="$"):
        if isinstance(expected, str) and isinstance(found, (int, float)) and expected == "…":
            return
        if type(expected) is not type(found) and not (
            isinstance(expected, (int, float)) and isinstance(found, (int, float)) and not isinstance(expected, bool)
        ):
            raise Difference(f"{path}: expected {expected!r}, found {found!r}")
        if isinstance(expected, dict):
            if list(expected) != list(found):
                raise Difference(f"{path}: expected the members {list(expected)}, found {list(found)}")
            for name in expected:
                self.match_json(expected[name], found[name], f"{path}.{name}")
        elif isinstance(expected, list):
            if len(expected) != len(found):
                raise Difference(f"{path}: expected {len(expected)} elements, found {len(found)}")
            for index, element in enumerate(expected):
                self.match_json(element, found[index], f"{path}[{index}]")
        elif isinstance(expected, str):
            try:
                self.match_text(expected, found)
            except Difference as difference:
                raise Difference(f"{path}: {difference}") from None
        elif expected != found:
            raise Difference(f"{path}: expected {expected!r}, found {found!r}")


UUID = re.compile(r"(?!01900000)[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
NOW = re.compile(r"20(2[6-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z")
CODE = re.compile(r"C-[2-9A-Z]{3}-(?!0\d\d)[2-9A-Z]{3}")


def stable(value, values, given="", before=None):
    """What came, fit to stand on a page: what is new at each run is replaced, by the names that the page had there."""
    if isinstance(value, dict):
        return {name: stable(member, values, given, before.get(name) if isinstance(before, dict) else None) for name, member in value.items()}
    if isinstance(value, list):
        old = before if isinstance(before, list) else []
        return [stable(element, values, given, old[i] if i < len(old) else None) for i, element in enumerate(value)]
    if isinstance(before, str) and PLACEHOLDER.fullmatch(before) and value is not None:
        values.learn(before[1:-1], value)
        return before
    if isinstance(value, str) and value not in given:
        if name := values.name_of(value):
            return f"<{name}>"
        if any(pattern.fullmatch(value) for pattern in (UUID, NOW, CODE)):
            return "…"
    return value


def flat(value):
    """JSON on one line."""
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{json.dumps(name, ensure_ascii=False)}: {flat(member)}" for name, member in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(flat(element) for element in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def pretty(value, width=120, indent=""):
    """JSON in which whatever fits on a line stands on one."""
    line = flat(value)
    if not isinstance(value, (dict, list)) or not value or len(indent) + len(line) <= width:
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        members = [f"{inner}{json.dumps(name, ensure_ascii=False)}: {pretty(member, width, inner)}" for name, member in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + pretty(element, width, inner) for element in value) + f"\n{indent}]"
