"""meter: what working out a template costs, counted down."""

from __future__ import annotations

from .values import TooLarge

MAX_STEPS = 2_000_000
MAX_TURNS = 100_000
MAX_OUTPUT = 5_000_000


class Meter:
    """Counts down: steps of working out, turns of loops, characters written."""

    __slots__ = ("output", "steps", "turns")

    def __init__(self, steps: int = MAX_STEPS, turns: int = MAX_TURNS, output: int = MAX_OUTPUT) -> None:
        self.steps = steps
        self.turns = turns
        self.output = output

    def step(self, count: int = 1) -> None:
        self.steps -= count
        if self.steps < 0:
            raise TooLarge("steps")

    def turn(self) -> None:
        self.turns -= 1
        if self.turns < 0:
            raise TooLarge("turns")

    def write(self, characters: int) -> None:
        self.output -= characters
        if self.output < 0:
            raise TooLarge("output")
