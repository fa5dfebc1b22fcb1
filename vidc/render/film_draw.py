"""film_draw: the frames of one piece of a film, drawn in order onto one frame."""

from __future__ import annotations

from collections.abc import Callable

from .compose import Compositor, Frame, blank
from .film_cuts import Length, Piece, middle, pieces
from .film_fade import Fade
from .stage import layers
from .staging_film import Production


def pieces_of(production: Production, only: int | None = None) -> list[Piece]:
    """The pieces of a film, or of a film of one scene alone; scenes are counted as in the whole film."""
    lengths = production.lengths()
    if only is None:
        return pieces(lengths)
    return [Piece(piece.kind, only, piece.first, piece.frames) for piece in pieces([Length(0, lengths[only].duration)])]


def drawer(production: Production, piece: Piece, frame: Frame) -> Callable[[int], object]:
    """Draws the frame of a number of the piece onto `frame`, which nothing else may change. Raises CannotDecode."""
    if piece.kind == "fade":
        scenes = [production.scene(piece.scene + number) for number in (0, 1)]
        between = [blank(*production.size, alpha=production.alpha) for _ in scenes]
        return Fade(scenes, between, frame, piece.frames, production.plates).draw
    scene = production.scene(piece.scene)
    compositor = Compositor(frame, scene.size, production.plates)
    return lambda number: compositor.draw(layers(scene, middle(piece.first + number)))
