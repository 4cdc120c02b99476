"""The cover of a recording: a calm picture of our own, drawn here, so that no file is needed."""

from __future__ import annotations

import struct
import zlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

SIZE: Final = 600
"""Pixels of each side; players scale it."""
SKY, MAT, ROLLER = (233, 240, 238), (92, 138, 128), (222, 150, 92)
"""Colours: red, green, blue."""


def cover() -> bytes:
    """Return a PNG: a foam roller on a mat, with rings around it, as of a voice."""
    y, x = np.mgrid[0:SIZE, 0:SIZE] / SIZE
    picture = np.full((SIZE, SIZE, 3), SKY, np.float64)
    away = np.hypot(x - 0.5, y - 0.55)
    rings = 0.5 + 0.5 * np.cos(away * 2 * np.pi / 0.12)
    _paint(picture, rings * np.clip(1.2 - 2 * away, 0, 1) * 0.35, MAT)
    _paint(picture, _inside(0.81 - y), MAT)
    _paint(picture, _inside(away - 0.16), ROLLER)
    _paint(picture, _inside(away - 0.06), SKY)
    return _png(np.rint(picture).astype(np.uint8))


def _inside(distance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return 0 where `distance` (in sides of the picture) is above 0, 1 below, smooth between."""
    return np.clip(0.5 - distance * SIZE, 0.0, 1.0)


def _paint(
    picture: NDArray[np.float64], share: NDArray[np.float64], colour: tuple[int, int, int]
) -> None:
    picture += share[..., None] * (np.array(colour) - picture)


def _png(picture: NDArray[np.uint8]) -> bytes:
    """Return an RGB picture of shape ``(height, width, 3)`` as a PNG file."""
    height, width, _ = picture.shape
    rows = b"".join(b"\0" + row.tobytes() for row in picture)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
