"""A page as PDF or PNG, by the libraries of the extra `report`."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from voicecoach.atomic_write import OWN, write_whole
from voicecoach.errors import CoachError, InputError
from voicecoach.extras import install

SCALE: Final = 150 / 72
"""Pixels of a PNG for each point of the page: 150 dots an inch, 1240 by 1754 for A4."""

SUFFIXES: Final = (".html", ".pdf", ".png")


def write_page(path: Path, html: str) -> None:
    """Write `html` to `path`, as the end of its name says, whole or not at all, for its user alone.

    Raises `InputError` for another ending, `PlaceError` if it cannot be written, and `CoachError`
    where the extra is not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        step = f"End the name with {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}."
        raise InputError(f"There is no report of the kind '{path.suffix}'", "", step)
    data = html.encode() if suffix == ".html" else _pdf(html)
    if suffix == ".png":
        data = _png(data)
    write_whole(path, data, OWN)


def _pdf(html: str) -> bytes:
    try:
        import weasyprint
    except (ImportError, OSError) as error:  # it loads Pango from the system
        raise _missing(error) from error
    page = weasyprint.HTML(string=html, url_fetcher=_nothing_from_outside)
    made: bytes = page.write_pdf()
    return made


def _png(pdf: bytes) -> bytes:
    """Return the first page: what the report is made to fit."""
    try:
        import pypdfium2
    except ImportError as error:
        raise _missing(error) from error
    document, image = pypdfium2.PdfDocument(pdf), BytesIO()
    document[0].render(scale=SCALE).to_pil().save(image, "PNG")
    document.close()
    return image.getvalue()


def _nothing_from_outside(url: str, *_: Any, **__: Any) -> Mapping[str, Any]:
    raise ValueError(f"the page must not load {url}")


def _missing(error: Exception) -> CoachError:
    step = (
        f"Install the extra (`{install('report')}`; on Debian also libpango-1.0-0 and"
        " libpangoft2-1.0-0), or write a report.html and print it in a browser."
    )
    return CoachError("A PDF or PNG needs the extra 'report'", str(error), step)
