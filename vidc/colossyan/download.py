"""download: a video to a file: resumed where it broke off, its size verified, there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from .errors import Unreachable, Unreadable
from .service import Service, is_here
from .time import Clock, backoff

PATIENCE = 6
"""Attempts in a row that bring nothing."""

MAX_REDIRECTS = 3

Progress = Callable[[int, int | None], None]
"""Called with the bytes that are there and those that there will be, None where that is not known."""


def download(
    service: Service,
    url: str,
    path: str,
    size: int | None,
    *,
    mark: str,
    clock: Clock | None = None,
    transport: Any = None,
    progress: Progress = lambda _done, _of: None,
) -> int:
    """Write what is at an address to a file; its size in bytes.

    `size`: what the service said it has; anything else is an error. `mark`: names the part that is kept for going on
    (the video's id). No token is sent: the address is signed, and not the API's. `Unreachable` keeps the part.
    `BlockingIOError` where another process is downloading it.
    """
    _checked(service, url)
    part = f"{path}.{re.sub(r'[^A-Za-z0-9]', '', mark)[:40]}.part"
    with _alone(part):
        total = _filled(service, url, part, size or None, clock or Clock(), transport, progress)  # no video is empty
        found = _size(part)
        if found != (found if total is None else total):
            os.truncate(part, 0)
            raise Unreadable(f"the download has another size than the {total} bytes that the service said")
        if not found:
            raise Unreadable("there is nothing at the video's address: it may have expired, ask again")
        _finish(part, path)
    return found


def _filled(
    service: Service, url: str, part: str, size: int | None, clock: Clock, transport: Any, progress: Progress
) -> int | None:
    """Fill the part, however often that breaks off; the size that it should have now."""
    import httpx

    failures = 0
    with httpx.Client(transport=transport, timeout=60.0, follow_redirects=False) as client:
        while True:
            before = _size(part)
            try:
                return _fetch(client, service, url, part, size, progress)
            except httpx.HTTPError as error:
                failures = 1 if _size(part) > before else failures + 1
                if failures >= PATIENCE:
                    said = f"the download broke off at {_size(part)} bytes ({type(error).__name__})"
                    raise Unreachable(f"{said}; the same command goes on") from None
                clock.sleep(backoff(failures, clock.chance()))


@contextlib.contextmanager
def _alone(part: str) -> Iterator[None]:
    """Keep other processes from a part, and delete it where nothing came of it.

    Limit: where there is no `fcntl` (Windows), or the file system has no locks, two that download at once spoil it.
    """
    try:
        import fcntl  # noqa: F401  # `_lock` needs it
    except ImportError:
        yield
        return
    descriptor = _locked(part)
    try:
        yield
    finally:
        if os.path.exists(part) and not _size(part):
            os.unlink(part)
        os.close(descriptor)


def _locked(part: str) -> int:
    """A descriptor of the part, which is locked until it is closed."""
    while True:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(descriptor, part)
            if os.path.samestat(os.fstat(descriptor), os.stat(part)):
                return descriptor
        except FileNotFoundError:
            pass  # who had it was done with it between the two; what is at the path next is another file
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _lock(descriptor: int, part: str) -> None:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BlockingIOError(error.errno, "another process is downloading it", part) from None
    except OSError:
        return


def _fetch(client: Any, service: Service, url: str, part: str, size: int | None, progress: Progress) -> int | None:
    """Add what is missing to the part; the size that it should have now."""
    import httpx

    have = _size(part)
    if size is not None and have == size:
        return size
    if size is not None and have > size:
        os.truncate(part, 0)
        have = 0
    for _ in range(MAX_REDIRECTS + 1):
        with client.stream("GET", url, headers=_headers(have)) as response:
            if response.has_redirect_location:
                url = str(response.url.join(response.headers["location"]))
                _checked(service, url)
                continue
            if response.status_code >= 500 or response.status_code in (408, 429):
                raise httpx.ReadError(f"status {response.status_code}")
            return _save(response, part, have, size, progress)
    raise Unreadable("the video's address leads on and on")


def _headers(have: int) -> dict[str, str]:
    return {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})


def _save(response: Any, part: str, have: int, size: int | None, progress: Progress) -> int | None:
    going_on = response.status_code == 206 and response.headers.get("content-range", "").startswith(f"bytes {have}-")
    if response.status_code == 416 or (response.status_code == 206 and not going_on):
        os.truncate(part, 0)
        raise Unreadable("what was downloaded before does not belong to this video; the same command begins anew")
    if response.status_code not in (200, 206):
        raise Unreadable(f"the video's address answered {response.status_code}: it may have expired, ask again")
    if response.headers.get("content-type", "").lower().startswith("text/html"):
        raise Unreadable("there is a page at the video's address, and no video: it may have expired, ask again")
    if not going_on:
        have = 0
    length = response.headers.get("content-length", "")
    total = size if size is not None else (have + int(length) if length.isdigit() else None)
    with open(part, "ab" if going_on else "wb") as file:
        for piece in response.iter_raw():
            file.write(piece)
            have += len(piece)
            progress(have, total)
            if total is not None and have > total:
                break
    return total


def _checked(service: Service, url: str) -> None:
    """A video's address must be https, or on this machine where the service is."""
    parts = urlsplit(url)
    local = parts.scheme == "http" and is_here(url) and is_here(service.url)
    if not (parts.scheme == "https" and parts.hostname) and not local:
        raise Unreadable("the video's address is not https")


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except FileNotFoundError:
        return 0


def _finish(part: str, path: str) -> None:
    descriptor = os.open(part, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(part, path)
    with contextlib.suppress(OSError):  # some systems open no folders
        folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
