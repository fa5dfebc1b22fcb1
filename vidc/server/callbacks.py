"""callbacks: tells the caller's own address what became of a job, once, with the body that is documented.

No retry, signature or reply is documented, so there is none: one POST, no redirect followed, and the answer is only
noted.
"""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from json import dumps, loads
from typing import Any
from urllib.parse import urlsplit

TIMEOUT_S = 10


def callback_of(job: str) -> str | None:
    """The address that a job wants to be told at."""
    address: str | None = loads(job).get("callback")
    return address or None


def body(job: str, status: str, address: str, video: str, ending: str) -> dict[str, Any]:
    """What is posted: the service's own names win over the job's payload, and that over its variables."""
    told = loads(job)
    links = {
        "url": f"{address}/files/{video}.{ending}",
        "videoUrl": f"{address}/videos/{video}",
        "shareUrl": f"{address}/videos/{video}",
    }
    own = {"status": status} | (links if status == "finished" else {})
    return (told.get("dynamicVariables") or {}) | (told.get("callbackPayload") or {}) | own


def post(address: str, content: dict[str, Any]) -> str:
    """`posted 204`, or why it could not be posted. It blocks, for TIMEOUT_S at most at each step."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return "its address is no http or https address"
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        connection = kind(parts.hostname, parts.port, timeout=TIMEOUT_S)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, dumps(content).encode("ascii"), {"content-type": "application/json"})
            return f"posted {connection.getresponse().status}"
        finally:
            connection.close()
    except (OSError, ValueError, HTTPException) as error:
        return f"not posted: {error}" if str(error) else f"not posted: {type(error).__name__}"
