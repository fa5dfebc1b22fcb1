"""encode_webm: frames with alpha as bytes to be kept: a small WebM, as only FFmpeg can put alpha beside a packet."""

from __future__ import annotations

from io import BytesIO

from .encode import Packet, Profile, joined


def wrapped(run: list[Packet], size: tuple[int, int], profile: Profile) -> bytes:
    """The frames of one run."""
    file = BytesIO()
    joined(file, size, profile, [run], [], alpha=True)
    return file.getvalue()


def unwrapped(content: bytes) -> list[Packet]:
    """The same frames again; VP9 sends them in the order in which they are shown."""
    import av

    with av.open(BytesIO(content), "r", format="matroska") as file:
        packets = [packet for packet in file.demux(video=0) if packet.size]
        return [Packet(number, packet.is_keyframe, bytes(packet), packet) for number, packet in enumerate(packets)]
