"""encode_alpha: a frame with premultiplied alpha as VP9 takes it: with the colours that it has where it is seen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .compose import BLACK, Frame
from .planes import Plane


def straightened(frame: Frame, onto: Sequence[Plane]) -> None:
    """Write Y, U, V and alpha; black where nothing is seen."""
    assert frame.alpha is not None
    assert frame.chroma_alpha is not None
    alphas = frame.alpha, frame.chroma_alpha, frame.chroma_alpha
    for target, plane, alpha, none in zip(onto, (frame.luma, *frame.chroma), alphas, BLACK, strict=False):
        target[...] = _divided(plane, alpha, none)
    onto[3][...] = frame.alpha


def _divided(plane: Plane, alpha: Plane, none: int) -> Plane:
    made = plane.copy()
    made[alpha == 0] = none
    between = np.flatnonzero((alpha != 0) & (alpha != 255))
    through = alpha.reshape(-1)[between].astype(np.uint32)
    straight = (plane.reshape(-1)[between].astype(np.uint32) * 255 + through // 2) // through
    made.reshape(-1)[between] = np.minimum(straight, 255)
    return made
