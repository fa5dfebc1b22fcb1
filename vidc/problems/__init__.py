"""What is wrong: one module per pass, one function per finding; its docstring is the finding's page.

`from vidc.problems import check` loads nothing yet: most specs have no finding, and the pages are long. The module is
loaded when its first finding is made.
"""

from __future__ import annotations

from collections.abc import Collection

from vidc.hints import Any

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


class _Later:
    """A module of findings that is not loaded yet; what was asked of it once is kept."""

    def __init__(self, module: str) -> None:
        self.module = module

    def __getattr__(self, name: str) -> Any:
        found = getattr(__import__(self.module, fromlist=(name,)), name)  # `importlib` would load more
        setattr(self, name, found)
        return found


def __getattr__(name: str) -> _Later:
    if name not in MODULES:
        raise AttributeError(f"there is no module of findings named {name}")
    return _Later(f"{__name__}.{name}")


def load() -> None:
    """Import every module of findings, so that the catalog is whole."""
    from importlib import import_module

    import_module("vidc.diag.stale")
    for name in MODULES:
        import_module(f"{__name__}.{name}")


def all_names() -> Collection[str]:
    """What a finding may be named."""
    from vidc.diag.catalog import PAGES

    load()
    return PAGES
