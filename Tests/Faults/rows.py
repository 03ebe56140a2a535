"""The rows of the campaign: each has a name, a target and a figure, and passes or fails."""

import time
import traceback

ROWS = []


class Row:
    def __init__(self, name, what, target, show):
        self.name, self.what, self.target, self.show = name, what, target, show
        self.figure, self.holds = "", False

    def run(self, machine):
        begun = time.monotonic()
        try:
            self.figure, self.holds = self.show(machine)
        except Exception as error:  # a row that cannot be shown is not shown
            traceback.print_exc()
            self.figure, self.holds = f"{type(error).__name__}: {error}".replace("\n", " ")[:200], False
        self.seconds = time.monotonic() - begun

    @property
    def line(self):
        return f"| {self.name} | {self.what} | {self.figure} | {self.target} | {'yes' if self.holds else '**no**'} |"


def row(name, what, target):
    """Adds the function below to the list: it takes the machine, and gives the figure and whether the target is met."""

    def add(show):
        ROWS.append(Row(name, what, target, show))
        return show

    return add
