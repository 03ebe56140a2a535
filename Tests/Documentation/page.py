"""A page of the documentation as a list of its fenced blocks, each with what the page says of how it is run.

What a reader does not see stands in a comment on the line before a block:

    <!-- background -->            the command goes on while the rest of the page runs
    <!-- file: NAME -->            the block is written to that file
    <!-- fails: STATUS -->         the command ends with that status
    <!-- run by scripts/NAME -->   it is run there, not here
    <!-- shown -->                 nothing to run: a form, a part of a file

A command in the text itself, such as `customeros-api jobs list`, is run where it stands, after the blocks before it. One with a place for
a value (`NAME`, `a|b`, `…`) and one that does not end (`serve`) is only compared with the command's help; a note `shown` before its
paragraph keeps a command from being run.

A block of `json` or `text` after a command or a request is what it answers. In it, `…` stands for any text, and a word in angle
brackets, such as `<dana>`, takes the value it finds at its first place and stands for it from there on.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

RUN = {"sh", "graphql", "python", "js", "swift"}
ANSWER = {"json", "text"}
INLINE = re.compile(r"(?<!`)`((?:customeros-api|pg_dump|pg_restore|psql|createdb|openssl|source) [^`]+)`(?!`)")
NOTE = re.compile(r"^<!-- (background|shown|file: \S+|fails: \d+|run by \S+) -->$")


class PageError(Exception):
    """The page itself is wrong: an unknown note, a block that nothing runs."""


@dataclass
class Block:
    language: str
    words: list  # what stands behind the language: `json variables`
    text: str
    line: int
    note: str
    first: int  # index of its first line of text in the page, and of the line behind the last
    end: int = 0
    answer: "Block | None" = None
    variables: "Block | None" = None
    place: str = field(default="", compare=False)
    inline: bool = False

    @property
    def is_form(self):
        """Whether an inline command has a place for a value, or does not end."""
        return bool(
            re.search(r"(?<![$\w=])[A-Z]{2,}\b|…|\w\|\w|\[options\]", self.text) or re.match(r"customeros-api serve\b", self.text))

    def note_value(self, name):
        return self.note.removeprefix(name + ": ") if self.note.startswith(name + ": ") else None


class Page:
    def __init__(self, path, root):
        self.path = Path(path)
        self.name = str(self.path.relative_to(root))
        self.root = root
        self.lines = self.path.read_text(encoding="utf-8").split("\n")
        self.blocks = self._read()
        self._join()
        self.steps = sorted(self.steps + self._inline(), key=lambda step: step.line)

    def _read(self):
        blocks, open_block, note = [], None, ""
        for number, line in enumerate(self.lines, 1):
            if open_block is not None:
                if line == "```":
                    open_block.end = number - 1
                    open_block.text = "\n".join(self.lines[open_block.first : open_block.end])
                    blocks.append(open_block)
                    open_block, note = None, ""
            elif line.startswith("```"):
                words = line[3:].split()
                if not words:
                    raise PageError(f"{self.name}:{number}: a block without a language")
                open_block = Block(words[0], words[1:], "", number, note, number, place=f"{self.name}:{number}")
            elif line.startswith("<!-- "):
                if not NOTE.match(line):
                    raise PageError(f"{self.name}:{number}: an unknown note: {line}")
                note = line[5:-4]
            elif line.strip():
                note = ""
        if open_block is not None:
            raise PageError(f"{self.name}:{open_block.line}: a block without an end")
        return blocks

    def _inline(self):
        """The commands that stand in the text."""
        inside = set()
        for block in self.blocks:
            inside.update(range(block.first - 1, block.end + 1))
        prose = "\n".join("" if index in inside else line for index, line in enumerate(self.lines))
        commands = []
        for match in INLINE.finditer(prose):
            line = prose.count("\n", 0, match.start()) + 1
            paragraph = prose[: match.start()].rpartition("\n\n")[2]
            if "<!-- shown -->" in paragraph:
                continue
            commands.append(Block(
                "sh", [], " ".join(match[1].split()), line, "", line, line, place=f"{self.name}:{line}", inline=True))
        return commands

    def _join(self):
        """Gives commands and requests their variables and answers, and refuses what would be neither run nor compared."""
        steps, last = [], None
        for block in self.blocks:
            if block.note == "shown" or block.note.startswith("file: "):
                steps.append(block)
            elif block.note.startswith("run by "):
                script = block.note.removeprefix("run by ")
                if not (self.root / script).exists():
                    raise PageError(f"{block.place}: there is no {script}")
                steps.append(block)
                last = block
            elif block.language in RUN:
                steps.append(block)
                last = block
            elif block.language in ANSWER and last is not None:
                if block.words == ["variables"] and last.variables is None and last.answer is None:
                    last.variables = block
                elif not block.words and last.answer is None:
                    last.answer = block
                else:
                    raise PageError(f"{block.place}: a second answer")
            else:
                raise PageError(f"{block.place}: nothing runs this block of {block.language}; say what it is in a note")
        self.steps = steps
