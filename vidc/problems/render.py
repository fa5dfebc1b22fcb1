"""What drawing a film here finds: what cannot be shown as the service would show it."""

from __future__ import annotations

from vidc.diag.catalog import problem
from vidc.diag.finding import Place, Words


@problem("warning", "film")
def missing_glyph(at: Place, characters: str) -> Words:
    """A text holds characters that no font of the local renderer has.

    They are drawn as empty boxes here. The local renderer looks at its own fonts only, so that a film is the same on
    every machine; they write Latin, Greek, Cyrillic, Georgian, Arabic, Hebrew, Devanagari and Thai, and many signs. The
    service has its own fonts, and may well have these characters.
    """
    some = characters[:12] + ("..." if len(characters) > 12 else "")
    return Words(
        f"no font here has `{some}`", at, help="boxes stand for them in this film; the service may have a font for them"
    )


@problem("warning", "film")
def overflowing_text(at: Place, needed: tuple[int, int], size: tuple[int, int]) -> Words:
    """A text is larger than its box.

    Set in the letters that the track asks for, it needs more lines than the box is high, or a word is wider than the
    box. It is drawn over the box's edge here; what the service does then is not documented. The local renderer's font
    is FiraGO: with another one a text is some percent wider or narrower.
    """
    return Words(
        f"this text takes {needed[0]} x {needed[1]} pixels, and its box is {size[0]} x {size[1]}",
        at,
        help="make the box larger, the letters smaller, or the text shorter",
    )


@problem("note", "film")
def other_proportions(at: Place, medium: tuple[int, int], box: tuple[int, int]) -> Words:
    """A picture or film has other proportions than its box.

    Whether the service then stretches it, cuts it or leaves the box partly empty is not documented. Here it covers the
    box, and what is over is cut off at both sides.
    """
    return Words(
        f"this medium is {medium[0]} x {medium[1]} pixels, and its box {box[0]} x {box[1]} has other proportions",
        at,
        help="give the box the medium's proportions",
    )


@problem("note", "film")
def background_stays(at: Place) -> Words:
    """The background of a film is to be removed, and the local renderer does not do that.

    The service cuts out the person in front of it. Here the film is shown as it is, so what lies below it is hidden.
    """
    return Words("the background of this film is not removed here", at)
