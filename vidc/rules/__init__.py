"""What is unwise: one module per rule. A rule looks at one placed track and returns what is unwise about it.

Rules see the solved timeline, so they can speak of what a viewer would see and hear. They get the video's width and
height where they are known, and what was looked at before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vidc.diag.finding import Finding
from vidc.hints import TypeAlias
from vidc.ir.timeline import PlacedTrack

from .kept_backslash import check_kept_backslash
from .looked import Looked
from .lost_backslash import check_lost_backslash
from .markup_in_script import check_markup_in_script
from .merge_field import check_merge_field
from .off_canvas import check_off_canvas
from .spoken_comment import check_spoken_comment
from .spoken_key import check_spoken_key
from .unreadable_text import check_unreadable_text

Rule: TypeAlias = Callable[[tuple[float, float] | None, PlacedTrack, Looked], Sequence[Finding]]

RULES: dict[str, tuple[Rule, ...]] = {
    "actor": (
        check_off_canvas,
        check_markup_in_script,
        check_merge_field,
        check_kept_backslash,
        check_lost_backslash,
        check_spoken_comment,
        check_spoken_key,
    ),
    "image": (check_off_canvas,),
    "video": (check_off_canvas,),
    "text": (
        check_off_canvas,
        check_unreadable_text,
        check_merge_field,
        check_kept_backslash,
        check_lost_backslash,
        check_spoken_comment,
        check_spoken_key,
    ),
}
"""The rules for each type of track."""
