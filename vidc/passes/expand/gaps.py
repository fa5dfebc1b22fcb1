"""gaps: what stands in the tree where something is missing that a finding speaks of, or that is not known yet."""

from __future__ import annotations

from vidc.ir.tree import Node, Scalar


def unknown(node: Node) -> Scalar:
    """Of what stands here nothing is known, and nothing may be concluded from its absence."""
    return Scalar(None, node.source, node.start, node.end, unknown=True)


def faulty(node: Node) -> Scalar:
    """The same, and a finding says why."""
    return Scalar(None, node.source, node.start, node.end, unknown=True, anchor=node.anchor, faulty=True)
