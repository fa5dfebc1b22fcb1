"""What is wrong: one module per pass, one function per finding; its docstring is the finding's page."""

from __future__ import annotations

MODULES = (
    "parse",
    "syntax",
    "aliases",
    "limits",
    "expand",
    "variables",
    "components",
    "parameters",
    "template",
    "brackets",
    "conditions",
    "check",
    "values",
    "mistakes",
    "link",
    "languages",
    "names",
    "blend",
    "sizes",
    "solve",
    "voices",
    "layers",
    "emit",
    "render",
)


def load() -> None:
    """Import every module of findings, so that the catalog is whole."""
    from importlib import import_module

    for name in MODULES:
        import_module(f"{__name__}.{name}")
