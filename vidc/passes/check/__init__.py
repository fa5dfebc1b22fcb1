"""check: Tree -> Spec. Every field is of its type, lowered to what the service takes, or known to be left out.

Fields are read by hand from the tables in `fields`: a schema validator takes a hundred times as long and knows no
spans.
"""

from __future__ import annotations

from vidc.diag.finding import Log
from vidc.ir.spec import Spec
from vidc.ir.tree import Mapping, Node, first_line
from vidc.problems import check as problems
from vidc.problems.wording import kind

from .document import document
from .scope import Scope


def check(tree: Node, log: Log, *, literal: bool) -> Spec:
    """The document as a spec. `literal`: it is a job as the service takes it, and its values pass as they are."""
    if isinstance(tree, Mapping):
        return document(tree, log, literal)
    empty = Mapping({}, tree.source, tree.start, tree.end)
    at = Scope(log, empty, literal).place(first_line(tree))
    log.add(problems.wrong_type(at, "a spec", "a mapping with `settings` and `scenes`", kind(tree)))
    return Spec("video", empty, {}, [], {}, {}, literal, None, frozenset(("settings", "scenes")), True)
