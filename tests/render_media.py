"""Films, pictures and sounds that the tests of the renderer are made with."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

BITS = 10
"""Frames carry their number as bars: black for 0, white for 1, the least bit at the left."""

QUICK = {"libx264": {"preset": "ultrafast", "g": "12"}, "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"}}


def bars(number: int, width: int, height: int) -> np.ndarray:
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[:, :, 3] = 255
    for bit in range(BITS):
        if number >> bit & 1:
            pixels[:, bit * width // BITS : (bit + 1) * width // BITS, :3] = 255
    return pixels


def number_of(pixels: np.ndarray) -> int:
    """The number that a frame carries."""
    width = pixels.shape[1]
    middle = pixels[pixels.shape[0] // 2, :, 1]
    return sum(1 << bit for bit in range(BITS) if middle[(2 * bit + 1) * width // (2 * BITS)] > 127)


def film(
    path: Path,
    frames: int = 60,
    rate: Fraction | int = 30,
    size: tuple[int, int] = (160, 90),
    codec: str = "libx264",
    pixels: str = "yuv420p",
    draw: Callable[[int, int, int], np.ndarray] = bars,
    sound: str = "",
    shape: Fraction | None = None,
    **options: str,
) -> Path:
    """Write a film; `sound`: the codec of clicks, one at the begin of each second."""
    width, height = size
    rate = Fraction(rate)
    with av.open(str(path), "w") as file:
        stream = file.add_stream(codec, rate=rate, options={**QUICK.get(codec, {}), **options})
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        if shape is not None:
            stream.codec_context.sample_aspect_ratio = shape
        heard = file.add_stream(sound, rate=48_000, layout="stereo") if sound else None
        for number in range(frames):
            frame = av.VideoFrame.from_ndarray(draw(number, width, height), format="rgba").reformat(format=pixels)
            frame.pts, frame.time_base = number, 1 / rate
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
        if heard is not None:
            put(file, heard, clicks(round(frames / rate * 48_000), 48_000), 48_000)
    return path


def clicks(samples: int, rate: int) -> np.ndarray:
    """Half full scale for 50 ms at the begin of each second, a tone of 1 kHz."""
    at = np.arange(samples)
    tone = 0.5 * np.sin(at * (2 * np.pi * 1000 / rate))
    return np.where(at % rate < rate // 20, tone, 0).astype(np.float32)


def sound(
    path: Path, samples: np.ndarray, rate: int = 48_000, codec: str = "pcm_s16le", layout: str = "stereo"
) -> Path:
    """Write one channel of samples, to each channel of the layout."""
    with av.open(str(path), "w") as file:
        put(file, file.add_stream(codec, rate=rate, layout=layout), samples, rate)
    return path


def put(file: av.container.OutputContainer, stream: av.AudioStream, samples: np.ndarray, rate: int) -> None:
    layout = stream.layout.name
    channels = stream.layout.nb_channels
    resampler = av.AudioResampler(stream.format, layout, rate, frame_size=stream.codec_context.frame_size or 1024)
    for start in range(0, len(samples), 1024):
        piece = np.repeat(samples[np.newaxis, start : start + 1024], channels, axis=0)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece), format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        for made in resampler.resample(frame):
            file.mux(stream.encode(made))
    for made in resampler.resample(None):
        file.mux(stream.encode(made))
    file.mux(stream.encode(None))


def still(path: Path, pixels: np.ndarray, codec: str, format: str = "rgba") -> Path:
    """Write one picture."""
    encoder = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt = pixels.shape[1], pixels.shape[0], format
    encoder.time_base = Fraction(1, 25)
    frame = av.VideoFrame.from_ndarray(pixels, format="rgba").reformat(format=format)
    path.write_bytes(b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)]))
    return path


def png(width: int, height: int) -> bytes:
    """A transparent PNG of any size, written by hand: a few bytes, however large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compressobj(9)
    body = b"".join(rows.compress(bytes(1 + width * 4)) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def turned(path: Path, degrees: int) -> Path:
    """An MP4 that tells players to turn it so far clockwise."""
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    one = 1 << 16
    matrix = struct.pack(">9i", cosine * one, sine * one, 0, -sine * one, cosine * one, 0, 0, 0, 1 << 30)
    plain = struct.pack(">9i", one, 0, 0, 0, one, 0, 0, 0, 1 << 30)
    content = path.read_bytes()
    head = content.index(b"tkhd")
    place = content.index(plain, head)
    path.write_bytes(content[:place] + matrix + content[place + 36 :])
    return path
