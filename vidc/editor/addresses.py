"""addresses: the URIs by which an editor names its documents, and the paths of files."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname


def path_of(uri: str) -> str:
    """The real path of a file; empty for a document that is none, such as `untitled:Untitled-1`."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return ""
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return ""
    path = url2pathname(parts.path)
    return os.path.realpath(path) if path and "\0" not in path else ""


def uri_of(path: str) -> str:
    return Path(path).as_uri() if os.path.isabs(path) else path


def shown(uri: str) -> str:
    """The name under which messages speak of a document: its path as a person here writes it."""
    path = path_of(uri)
    if not path:
        return unquote(urlsplit(uri).path.rsplit("/", 1)[-1] or uri) if ":" in uri else uri
    return from_here(path)


def from_here(path: str) -> str:
    """A path as it is shortest from the folder we are in, if there is a way, and that folder still."""
    try:
        return os.path.relpath(path)
    except (OSError, ValueError):  # it is gone, or the path is on another drive
        return path
