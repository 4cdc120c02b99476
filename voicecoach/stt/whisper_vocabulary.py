"""The tokens of Whisper, and the text that they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

FIRST: Final = ("<|startoftranscript|>", "<|notimestamps|>")
"""What the decoder is given first."""
SPECIAL: Final = re.compile(r"<\|.*\|>")
"""Tokens that are no text."""


class Vocabulary:
    """Tokens and their text, from a file with a token a line."""

    def __init__(self, path: Path) -> None:
        tokens = path.read_text("utf-8").split("\n")
        self._texts = [b"" if SPECIAL.fullmatch(one) else token_bytes(one) for one in tokens]
        self.start = [tokens.index(name) for name in FIRST]
        """Numbers of `FIRST`."""

    def text(self, tokens: Sequence[int], errors: str = "ignore") -> str:
        """Return the text of tokens; `errors` is what is done about a character that is cut."""
        return b"".join(self._texts[one] for one in tokens).decode("utf-8", errors)


def token_bytes(token: str) -> bytes:
    """Return the bytes of a token; each is written as a printable character of its own."""
    return bytes(BYTES[character] for character in token if character in BYTES)


def _alphabet() -> dict[str, int]:
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {
        chr(256 + number): byte for number, byte in enumerate(others)
    }


BYTES: Final = _alphabet()
"""GPT-2's alphabet: the byte that each character of a token stands for."""
