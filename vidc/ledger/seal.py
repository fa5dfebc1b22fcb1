"""seal: the id of a plan, which its content decides, and the mark that tells a callback from a stranger's."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from vidc.ir.job import Job


def marked(body: str, kind: str, key: str, secret: bytes) -> str:
    """The body as it is sent: where a callback is set, `callbackPayload.vidc` says which intent it is about."""
    data: dict[str, Any] = json.loads(body)
    if not (data.get("callback") or data.get("callbackUrl")):
        return body
    payload = data.get("callbackPayload") or {}
    data["callbackPayload"] = payload | {"vidc": {"key": key, "mark": mark_of(key, secret)}}
    return Job(kind, data).text()


def mark_of(key: str, secret: bytes) -> str:
    return hmac.new(secret, f"vidc callback {key}".encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def is_marked(key: str, mark: str, secret: bytes) -> bool:
    return hmac.compare_digest(mark.encode(errors="surrogatepass"), mark_of(key, secret).encode())


def digest(value: object) -> str:
    """SHA-256 of a value's canonical JSON."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
