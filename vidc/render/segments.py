"""segments: packets that were encoded before, kept by a hash of all that they were made from.

A file that is not whole counts as none. Where nothing can be written, nothing is kept, and all is made again.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from hashlib import blake2b

from .encode import Packet

MAX_BYTES = 2_000_000_000
"""Limit: of one folder. What was used longest ago goes first."""

_HEAD = b"vidc segment 1\n"
_ENDING = ".segment"
_FRESH_SECONDS = 3600
"""A half-written file older than this was left behind by a process that was killed."""


class Store:
    """Keeps packets in a folder; None keeps nothing."""

    def __init__(self, folder: str | None, max_bytes: int = MAX_BYTES) -> None:
        self.folder = folder
        self.max_bytes = max_bytes

    def read(self, key: str) -> list[Packet] | None:
        """The packets of a key; None where they are not there, or not whole."""
        if self.folder is None:
            return None
        path = os.path.join(self.folder, key + _ENDING)
        try:
            with open(path, "rb") as file:
                content = file.read()
            os.utime(path)
        except OSError:
            return None
        return _unpacked(content)

    def has(self, key: str) -> bool:
        return self.folder is not None and os.path.exists(os.path.join(self.folder, key + _ENDING))

    def write(self, key: str, packets: list[Packet]) -> None:
        """Keep packets; they appear whole or not at all."""
        if self.folder is None:
            return
        fresh = os.path.join(self.folder, f"{key}.{os.getpid()}.part")
        try:
            os.makedirs(self.folder, exist_ok=True)
            with open(fresh, "wb") as file:
                file.write(_packed(packets))
            os.replace(fresh, os.path.join(self.folder, key + _ENDING))
        except OSError:
            self.folder = None
        finally:
            with contextlib.suppress(OSError):
                os.unlink(fresh)

    def prune(self) -> None:
        """Keep the folder below its limit."""
        if self.folder is None:
            return
        with contextlib.suppress(OSError):
            found = sorted(_files(self.folder), reverse=True)
            total = 0
            for used, size, path in found:
                total += size
                left_behind = path.endswith(".part") and used < time.time() - _FRESH_SECONDS
                if total > self.max_bytes or left_behind:
                    os.unlink(path)


def _files(folder: str) -> Iterator[tuple[float, int, str]]:
    for entry in os.scandir(folder):
        if entry.name.endswith((_ENDING, ".part")) and entry.is_file(follow_symlinks=False):
            stat = entry.stat()
            yield stat.st_mtime, stat.st_size, entry.path


def _packed(packets: list[Packet]) -> bytes:
    listed = json.dumps([[packet.pts, packet.is_key, len(packet.data)] for packet in packets]).encode()
    body = b"".join(packet.data for packet in packets)
    return b"".join((_HEAD, _digest(listed, body), b"\n", listed, b"\n", body))


def _unpacked(content: bytes) -> list[Packet] | None:
    try:
        head, digest, listed, body = content.split(b"\n", 3)
    except ValueError:
        return None
    if head + b"\n" != _HEAD or digest != _digest(listed, body):
        return None
    made, begin = [], 0
    for pts, is_key, size in json.loads(listed):
        made.append(Packet(pts, is_key, body[begin : begin + size]))
        begin += size
    return made


def _digest(listed: bytes, body: bytes) -> bytes:
    return blake2b(listed + b"\n" + body, digest_size=16).hexdigest().encode()
