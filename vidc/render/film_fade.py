"""film_fade: the frames in which one scene goes over into the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .compose import Compositor, Frame, Plates
from .encode import FPS
from .planes import Plane
from .stage import StagedScene, layers

_STRIP = 64
"""Rows that are mixed at once, so that what is computed in between stays in the processor's cache."""


class Fade:
    """Mixes two scenes over `frames` frames, the cut being in their middle. Outside itself a scene stands still."""

    def __init__(
        self, scenes: Sequence[StagedScene], between: Sequence[Frame], onto: Frame, frames: int, plates: Plates
    ) -> None:
        self.scenes = scenes
        self.between = between
        self.onto = onto
        self.frames = frames
        self.compositors = [Compositor(frame, scene.size, plates) for frame, scene in zip(between, scenes, strict=True)]

    def draw(self, number: int) -> None:
        """Frame `number` of the fade."""
        past_cut = (2 * number + 1 - self.frames) * 1000 // (2 * FPS)
        out, into = self.scenes
        self.compositors[0].draw(layers(out, out.duration + past_cut))
        self.compositors[1].draw(layers(into, past_cut))
        part = ((2 * number + 1) * 256 + self.frames) // (2 * self.frames)
        for target, one, two in zip(*map(_planes, (self.onto, *self.between)), strict=True):
            _mix(one, two, part, target)


def _planes(frame: Frame) -> list[Plane]:
    found = [frame.luma, *frame.chroma]
    return found if frame.alpha is None or frame.chroma_alpha is None else [*found, frame.alpha, frame.chroma_alpha]


def _mix(one: Plane, two: Plane, part: int, onto: Plane) -> None:
    """`part` of 256 of `two`, the rest of `one`."""
    for top in range(0, len(one), _STRIP):
        rows = np.s_[top : top + _STRIP]
        mixed = one[rows] * np.uint16(256 - part)
        mixed += two[rows] * np.uint16(part)
        mixed += 128
        mixed >>= 8
        onto[rows] = mixed
