"""assets: the actors and voices that this server lists, and avatars that were created.

Names that the service's documentation and examples use; the fields are those that it documents. Any other name is
taken in a job too, as the list of the service is longer than this one.
"""

from __future__ import annotations

from html import escape
from re import sub
from secrets import token_hex
from typing import Any
from unicodedata import normalize

from .answers import Refused, mistake, read_object
from .store import Row

ACTORS = {
    "karen": ("Karen", "Female", "en-GB-SoniaNeural"),
    "ryan": ("Ryan", "Male", "en-GB-RyanNeural"),
    "omar": ("Omar", "Male", "en-US-GuyNeural"),
}
VOICES = {
    "aquXcfLbkxpW4BBI5qKm": ("Karen", "female", "English"),
    "en-GB-RyanNeural": ("Ryan", "male", "English (United Kingdom)"),
    "en-GB-SoniaNeural": ("Sonia", "female", "English (United Kingdom)"),
    "en-US-GuyNeural": ("Guy", "male", "English (United States)"),
    "en-US-JennyNeural": ("Jenny", "female", "English (United States)"),
    "de-DE-KatjaNeural": ("Katja", "female", "German (Germany)"),
}
GENDERS = ("Male", "Female")
VARIANTS = ["full_body", "bubble", "shoulder"]
AVATAR = ("displayName", "sourceFileUrl", "gender")


def actors(address: str, created: list[Row]) -> list[dict[str, Any]]:
    """All actors, those created here last."""
    own = [_actor(name, *about, "Studio", address) for name, about in ACTORS.items()]
    voice = "aquXcfLbkxpW4BBI5qKm"
    return own + [_actor(row["name"], row["shown"], row["gender"], voice, "Instant", address) for row in created]


def _actor(name: str, shown: str, gender: str, voice: str, type: str, address: str) -> dict[str, Any]:
    return {
        "name": name,
        "display_name": shown,
        "preview_url": f"{address}/files/actors/{name}.svg",
        "version": "v1",
        "type": type,
        "gender": gender,
        "quality": "lite",
        "emotions": [],
        "default_voice": voice,
        "views": [{"viewVariantType": "front", "supportedActorTrackVariants": VARIANTS}],
        "features": {"side_view": False, "emotions": False, "hand_gesture": False},
    }


def voices() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "displayName": shown,
            "sample": "",
            "genders": [gender],
            "characters": [],
            "ages": [],
            "languages": [language],
            "scenarios": [],
            "style": "",
            "features": {"pitch": False, "emphasize": False, "pause": False, "speed": False},
            "isClonedVoice": False,
        }
        for name, (shown, gender, language) in VOICES.items()
    ]


def read_avatar(text: str) -> tuple[str, str, str, str]:
    """The name of an avatar that is new, what it is shown as, its source and its gender; `Refused` with 400."""
    body = read_object(text)
    errors = [mistake(key, f"`{key}` is needed, as text") for key in AVATAR if not _is_text(body.get(key))]
    if not errors and body["gender"] not in GENDERS:
        errors.append(mistake("gender", "`gender` is `Male` or `Female`"))
    if not errors and not body["sourceFileUrl"].startswith(("https://", "http://")):
        errors.append(mistake("sourceFileUrl", "`sourceFileUrl` is the address of an image or a video"))
    if errors:
        raise Refused(400, errors[0]["message"], errors)
    shown = body["displayName"]
    slug = (
        sub(r"[^a-z0-9]+", "-", normalize("NFKD", shown).encode("ascii", "ignore").decode().lower()).strip("-")[:40]
        or "avatar"
    )
    return f"{slug}-{token_hex(4)}", shown, body["sourceFileUrl"], body["gender"]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value) and all(not "\ud800" <= char <= "\udfff" for char in value)


def preview(shown: str) -> str:
    """The picture of an actor in the list: a figure of lines with its name."""
    hue = sum(map(ord, shown)) * 47 % 360
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320">'
        f'<rect width="320" height="320" fill="hsl({hue} 35% 88%)"/>'
        f'<g fill="hsl({hue} 30% 45%)"><circle cx="160" cy="120" r="58"/>'
        '<path d="M50 320c0-75 45-118 110-118s110 43 110 118z"/></g>'
        f'<text x="160" y="304" font-family="sans-serif" font-size="24" text-anchor="middle" fill="#fff">'
        f"{escape(shown)}</text></svg>"
    )
