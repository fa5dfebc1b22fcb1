"""drawing: SVG as pixels. The one door to resvg."""

from __future__ import annotations

from math import ceil, floor

import av
import numpy as np
import resvg_py

from vidc.record import record

from .picture import Pixels, premultiplied

Matrix = tuple[float, float, float, float, float, float]
"""(xx, yx, xy, yy, dx, dy): x' = xx * x + xy * y + dx, y' = yx * x + yy * y + dy."""


@record
class Drawn:
    """Pixels, premultiplied, and where their top left corner lies."""

    pixels: Pixels
    x: int
    y: int


def drawn(body: str, box: tuple[float, float, float, float], matrix: Matrix, clip: str = "") -> Drawn:
    """Draw SVG elements that lie in `box` (left, top, right, bottom in their own units), taken to pixels by `matrix`.

    `clip`: SVG elements, in pixels, outside of which nothing is seen. Nothing outside the elements is looked at: no
    file, no font of the machine.
    """
    left, top, right, bottom = _bounds(box, matrix)
    wide, high = right - left, bottom - top
    xx, yx, xy, yy, dx, dy = (f"{number:.6f}" for number in matrix)
    group = f'<g transform="matrix({xx} {yx} {xy} {yy} {dx} {dy})">{body}</g>'
    if clip:
        group = f'<clipPath id="clip">{clip}</clipPath><g clip-path="url(#clip)">{group}</g>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="{left} {top} {wide} {high}">{group}</svg>'
    )
    png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    return Drawn(premultiplied(_pixels(png)), left, top)


def _bounds(box: tuple[float, float, float, float], matrix: Matrix) -> tuple[int, int, int, int]:
    xx, yx, xy, yy, dx, dy = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [xx * x + xy * y + dx for x, y in corners]
    down = [yx * x + yy * y + dy for x, y in corners]
    left, top = floor(min(across)), floor(min(down))
    return left, top, max(ceil(max(across)), left + 1), max(ceil(max(down)), top + 1)


def _pixels(png: bytes) -> Pixels:
    """Straight RGBA of a PNG file."""
    decoder = av.CodecContext.create("png", "r")
    frames = [*decoder.decode(av.Packet(png)), *decoder.decode(None)]
    pixels: Pixels = np.asarray(frames[0].to_ndarray(format="rgba"), dtype=np.uint8)
    return pixels
