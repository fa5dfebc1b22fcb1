"""idle: variables that a spec declares and never names again."""

from __future__ import annotations

from collections.abc import Mapping

from vidc.diag.finding import Log, Place
from vidc.ir import tree

from .declaration import Declaration

MOST = 200
"""Limit: so many variables are looked for."""
LONGEST = 1_000_000
"""Limit: so many characters are searched for each of them."""

_BRING = ("variables", "components", "defaults")


def report(root: tree.Mapping, declared: Mapping[str, Declaration], log: Log) -> None:
    """Warn of those whose name stands nowhere else, in the spec or in what it includes: not even as a word. Where
    anything is told of the spec already, a name may stand for it there."""
    own = [one for one in declared.values() if one.key.source is root.source and one.is_named and not one.faulty]
    if not own or len(own) > MOST or any(finding.severity != "note" for finding in log.findings):
        return
    bring = [root.entries[part][1] for part in _BRING if part in root.entries]
    keys = [key for node in bring if isinstance(node, tree.Mapping) for key, _ in node.entries.values()]
    texts = [source.text for source in {root.source, *(key.source for key in keys)}]
    if sum(map(len, texts)) > LONGEST:
        return
    for one in own:
        if sum(text.count(one.name) for text in texts) == 1:
            from vidc.problems.variables import unused_variable

            log.add(unused_variable(Place(one.key.span), one.name))
