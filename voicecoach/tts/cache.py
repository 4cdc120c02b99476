"""Rendered phrases, kept on disk: a session that was rendered before starts at once.

One file per phrase, named by the SHA-256 of everything that its samples depend on. A file that is
damaged, truncated or in another format is rendered again and replaced.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from voicecoach.atomic_write import Part
from voicecoach.audio.clip import Clip, Word
from voicecoach.errors import PlaceError
from voicecoach.ports import Progress, Voice

FORMAT: Final = b"voicecoach clip 2\n"
"""First bytes of a file; then the SHA-256 of the rest: a line of JSON with the words and their
times, and the samples (little-endian)."""

CHUNK: Final = 16
"""Phrases rendered before they are written: an interrupted first start loses at most these."""


class IdentifiedVoice(Voice, Protocol):
    """A voice that states what its samples depend on."""

    @property
    def identity(self) -> str:
        """Everything but the text that the samples depend on: engine, voice, rate, versions."""


class CachedVoice:
    """A voice that renders each phrase once and keeps it in `folder` (made when needed).

    Where nothing can be kept there, `warn` is told once, and each phrase is rendered each time.
    """

    def __init__(
        self, voice: IdentifiedVoice, folder: Path, warn: Callable[[PlaceError], None]
    ) -> None:
        self._voice, self._folder, self._warn = voice, folder, warn
        self._keeps = True

    @property
    def name(self) -> str:
        """Name of the voice inside."""
        return self._voice.name

    @property
    def identity(self) -> str:
        """Identity of the voice inside: the cache changes no sample."""
        return self._voice.identity

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the clips; `progress` counts all texts, the cached ones first.

        Raises what the voice inside raises.
        """
        wanted = list(dict.fromkeys(texts))
        identity = self._voice.identity
        kept = {text: clip for text in wanted if (clip := self._load(identity, text))}
        missing = [text for text in wanted if text not in kept]
        if progress and kept:
            progress(len(kept), len(wanted))
        for first in range(0, len(missing), CHUNK):
            chunk = missing[first : first + CHUNK]
            fresh = self._voice.render(chunk, _after(progress, len(kept), len(wanted)))
            self._keep(identity, fresh.values())
            kept |= fresh
        return {text: kept[text] for text in wanted}

    def close(self) -> None:
        """Close the voice inside."""
        self._voice.close()

    def _file(self, identity: str, text: str) -> Path:
        key = hashlib.sha256(f"{identity}\0{text}".encode("utf-8", "surrogatepass"))
        return self._folder / f"{key.hexdigest()}.clip"

    def _load(self, identity: str, text: str) -> Clip | None:
        try:
            content = self._file(identity, text).read_bytes()
        except OSError:  # missing or unreadable: rendering and writing report it
            return None
        return _unpack(text, content)

    def _keep(self, identity: str, clips: Iterable[Clip]) -> None:
        if not self._keeps:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for clip in clips:
                with Part(self._file(identity, clip.text)) as part:
                    part.write_bytes(_pack(clip))
        except OSError as error:
            self._keeps = False
            self._warn(self._failed(error))

    def _failed(self, error: OSError) -> PlaceError:
        return PlaceError(
            f"Rendered phrases cannot be kept in {self._folder}",
            error.strerror or str(error),
            "Each start will take longer. Make room, or name another folder by XDG_CACHE_HOME.",
        )


def _after(progress: Progress | None, done: int, every: int) -> Progress | None:
    return progress and (lambda part, _: progress(done + part, every))


def _pack(clip: Clip) -> bytes:
    words = [(word.text, word.start, word.end, word.vowel) for word in clip.words]
    rest = json.dumps(words).encode() + b"\n" + clip.samples.astype("<i2").tobytes()
    return FORMAT + hashlib.sha256(rest).digest() + rest


def _unpack(text: str, content: bytes) -> Clip | None:
    start = len(FORMAT) + hashlib.sha256().digest_size
    digest, rest = content[len(FORMAT) : start], content[start:]
    if not content.startswith(FORMAT) or hashlib.sha256(rest).digest() != digest:
        return None
    words, _, sound = rest.partition(b"\n")
    samples = np.frombuffer(sound, np.dtype("<i2")).astype(np.int16)
    return Clip(text, samples, tuple(Word(*word) for word in json.loads(words)))
