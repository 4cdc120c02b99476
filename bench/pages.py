"""Writes what was measured into a page of the documentation, between two markers."""

from __future__ import annotations

from pathlib import Path

from voicecoach.atomic_write import Part
from voicecoach.errors import InputError


def put(page: Path, mark: str, body: str) -> None:
    """Put `body` between ``<!-- begin MARK -->`` and ``<!-- end MARK -->`` of `page`.

    Only the words before a colon stand in the end marker. Raises `InputError` where one is missing.
    """
    begin, end = f"<!-- begin {mark} -->", f"<!-- end {mark.partition(':')[0]} -->"
    head, begun, rest = page.read_text("utf-8").partition(begin)
    _, ended, tail = rest.partition(end)
    if not (begun and ended):
        raise InputError(f"{page} has no place for the figures", f"It lacks {begin} or {end}")
    with Part(page) as part:
        part.write_text(f"{head}{begin}\n{body}\n{end}{tail}", "utf-8")
