"""The picture of a session: valid, safe to open, and true to the events."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.eventlog.strategies import any_event
from voicecoach.eventlog.kinds import (
    Asked,
    Event,
    ExerciseStarted,
    Halted,
    Paused,
    Resumed,
    SessionFinished,
    SessionStarted,
    StateEntered,
)
from voicecoach.eventlog.sounds import (
    CommandHeard,
    Count,
    CueFinished,
    CueStarted,
    SpeechRefused,
    UserSpoke,
)
from voicecoach.language.phrasebook import Command
from voicecoach.report.svg_text import shortened, wrapped
from voicecoach.report.timeline import timeline_svg
from voicecoach.report.timeline_model import collect
from voicecoach.track import CueKind

SVG = "{http://www.w3.org/2000/svg}"


def cue(t: float, id_: int, text: str, kind: CueKind = CueKind.SAY) -> CueStarted:
    """Return the start of a line."""
    return CueStarted(t=t, id=id_, text=text, kind_of_cue=kind, late_ms=0.0)


PAUSE = CommandHeard(t=2.9, command=Command.PAUSE, text="pause", start=2.0, end=2.5, decided=2.9)
UNSURE = SpeechRefused(t=4.0, text="next", why="unsure", start=3.5, end=4.0, decided=4.0)
SESSION: list[Event] = [
    SessionStarted(t=0.0, routine="upper-back"),
    cue(1.0, 1, "Roll slowly"),
    UserSpoke(t=2.0, text="pause", start=2.0, end=2.5),
    PAUSE,
    Paused(t=2.9),
    CueFinished(t=2.95, id=1, whole=False),
    UNSURE,
    Resumed(t=8.0, state="rolling", level=0),
    cue(9.0, 2, "One", CueKind.COUNT),
    Count(t=9.0, n=1, of=8),
    CueFinished(t=9.5, id=2, whole=True),
    Halted(t=25.0, why="pain"),
    Asked(t=26.0, question="ask_score", text="How bad is it?"),
    SessionFinished(t=45.0, outcome="ended", done=0),
]


def rows(svg: str) -> list[ET.Element]:
    """Return the rows, without the strip on top."""
    groups = ET.fromstring(svg).findall(f"{SVG}g")
    return [group for group in groups if group.attrib.get("class") != "overview"]


def words(svg: str) -> list[str]:
    """Return every text that is seen in the picture."""
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def spans(events: Sequence[Event], lane: str) -> list[tuple[float, float, str]]:
    """Return start, end and text of what stands in a lane."""
    return [(s.start, s.end, s.text) for s in collect(events).spans if s.lane == lane]


def test_picture_shows_the_session() -> None:
    """What was said, heard, refused, counted and asked is there to read."""
    seen = words(timeline_svg(SESSION, "Demo"))
    for text in ("Demo", "Roll slowly", "pause", "next", "1", "?", "paused", "halted pain", "end"):
        assert text in seen
    assert seen.count("pause") == 2  # said and heard


def test_rows_and_times() -> None:
    """45 s at 20 s a row are three rows; every fifth second is labelled once, in order."""
    svg = timeline_svg(SESSION)
    assert len(rows(svg)) == 3
    labels = [text for text in words(svg) if re.fullmatch(r"\d+:\d\d", text)]
    assert labels == [f"{s // 60}:{s % 60:02d}" for s in range(0, 60, 5)]


def test_place_is_exact() -> None:
    """A count stands at its very moment: 9.0 s of 20 between the edges of the row."""
    circles = list(ET.fromstring(timeline_svg(SESSION)).iter(f"{SVG}circle"))
    assert float(circles[0].attrib["cx"]) == pytest.approx(84 + 9.0 / 20 * 1080, abs=0.1)


def test_a_cut_cue_is_marked() -> None:
    """A cue that did not end whole ends in a red bar where it was cut; a whole one does not."""
    (line,) = [span for span in collect(SESSION).spans if span.lane == "coach"]
    assert (line.start, line.end, line.cut) == (1.0, 2.95, True)
    bar = 'stroke="#c0392b" stroke-width="4"'
    whole = [replace(e, whole=True) if isinstance(e, CueFinished) else e for e in SESSION]
    assert timeline_svg(SESSION).count(bar) == timeline_svg(whole).count(bar) + 1


def test_pause_and_halt_are_shaded() -> None:
    """The pause lasts until the resume; a halt that nothing ends lasts to the end."""
    ended = [*SESSION[:-1], Count(t=40.0, n=2, of=8)]
    assert spans(ended, "shade") == [(2.9, 8.0, "paused"), (25.0, 40.0, "halted pain")]
    assert spans(SESSION, "shade")[-1] == (25.0, 45.0, "halted pain")


def test_states_follow_each_other() -> None:
    """A state lasts until the next one; the same one again is not a new one."""
    names = [(0, "intro"), (3, "counting"), (4, "counting"), (6, "asking_score")]
    events: list[Event] = [StateEntered(t=t, name=name) for t, name in names]
    events.append(SessionFinished(t=9, outcome="done"))
    assert spans(events, "state") == [
        (0, 3, "intro"), (3, 6, "counting"), (6, 9, "asking score"),
    ]  # fmt: skip


def test_silence_is_where_nothing_sounds() -> None:
    """Gaps of 2.5 s and more between cues are silence, counts being sound."""
    silent = [(start, end) for start, end, _ in spans(SESSION, "silence")]
    assert silent == [(2.95, 9.0), (9.5, 45.0)]


def test_a_counted_number_is_drawn_once() -> None:
    """The cue that speaks a count is not drawn beside the count; one without a count is."""
    assert spans(SESSION, "rhythm") == []
    alone = [event for event in SESSION if not isinstance(event, Count)]
    assert spans(alone, "rhythm") == [(9.0, 9.5, "One")]


def test_a_long_cue_carries_its_words_once() -> None:
    """A cue over the ends of rows has its words in one row and dots in the others."""
    events = [cue(1.0, 1, "Long"), CueFinished(t=58.0, id=1, whole=True)]
    seen = words(timeline_svg(events))
    assert (seen.count("Long"), seen.count("…")) == (1, 2)


def test_the_same_cue_again() -> None:
    """A cue that was cut and starts again under the same id is drawn twice."""
    again = [cue(10.0, 1, "Roll slowly"), CueFinished(t=12.0, id=1, whole=True)]
    assert [line[:2] for line in spans([*SESSION, *again], "coach")] == [(1.0, 2.95), (10.0, 12.0)]


def test_words_at_the_end_of_a_row_do_not_move_the_box() -> None:
    """What is said at the very end of a row keeps its place; its words stand on the left of it."""
    said = UserSpoke(t=19.5, text="how long left", start=19.5, end=20.3)
    svg = timeline_svg([said])
    root = ET.fromstring(svg)
    (label,) = [text for text in root.iter(f"{SVG}text") if text.text == "how long left"]
    (box,) = [box for box in root.iter(f"{SVG}rect") if box.attrib["height"] == "15"]
    assert float(box.attrib["x"]) == pytest.approx(84 + 19.5 / 20 * 1080, abs=0.1)
    assert float(label.attrib["x"]) < float(box.attrib["x"])


def test_other_sounds_are_dots() -> None:
    """The recogniser's word for any other sound is not shown to people."""
    assert [text for _, _, text in spans([replace(UNSURE, text="[unk] next")], "heard")] == [
        "… next"
    ]


def test_nothing_to_show() -> None:
    """A log without events gives one empty row."""
    assert len(rows(timeline_svg([]))) == 1


def test_the_whole_session_is_in_one_strip() -> None:
    """Exercises, what was paused or halted, and what was obeyed, each at its share of the time."""
    begun = [ExerciseStarted(t=22.5, id="cat", name="The cat", n=1)]
    root = ET.fromstring(timeline_svg([*SESSION, *begun]))
    (strip,) = [g for g in root.findall(f"{SVG}g") if g.attrib.get("class") == "overview"]
    places = [float(box.attrib["x"]) for box in strip.iter(f"{SVG}rect")]
    assert pytest.approx(84 + 1080 / 2, abs=0.1) in places
    titles = [title.text for title in strip.iter(f"{SVG}title")]
    assert "The cat" in titles
    assert any("halted" in str(title) for title in titles)


def test_a_row_is_as_high_as_what_is_in_it() -> None:
    """A minute in which the coach only speaks takes half the room of one in which much happens."""
    quiet = [cue(float(t), t, "Breathe", CueKind.SAY) for t in range(0, 60, 6)]
    heights = [
        int(ET.fromstring(timeline_svg(events)).attrib["height"]) for events in (quiet, SESSION)
    ]
    assert heights[0] < heights[1]


def test_words_are_escaped() -> None:
    """Texts with markup and control characters stay texts."""
    nasty = '<script>alert("x")</script>&\x00\x1b\ud800'
    events = [UserSpoke(t=0, text=nasty, start=0, end=9)]
    root = ET.fromstring(timeline_svg(events, nasty).encode())
    assert not list(root.iter(f"{SVG}script"))
    assert '<script>alert("x")</script>&' in (root.findtext(f"{SVG}title") or "")


def test_nothing_is_loaded_and_nothing_runs() -> None:
    """The picture names no other file and no handler."""
    svg = timeline_svg(SESSION).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|href|url\(|<script| on\w+=|@import", svg)


def near(event: Event) -> Event:
    """Return `event` moved to between -5 and 100 seconds; cues get one of three ids."""
    names = [n for n in ("t", "start", "end", "decided") if hasattr(event, n)]
    moved: Event = replace(event, **{name: getattr(event, name) % 105 - 5 for name in names})
    return replace(moved, id=moved.id % 3) if isinstance(moved, CueStarted | CueFinished) else moved


@given(
    events=st.lists(any_event().map(near), max_size=12), row_s=st.sampled_from([5.0, 20.0, 30.0])
)
@settings(deadline=None)
def test_any_events_give_a_picture(events: list[Event], row_s: float) -> None:
    """Whatever happened, in any order, the picture is valid XML with boxes that have a width."""
    root = ET.fromstring(timeline_svg(events, "t", row_s).encode())
    assert root.tag == f"{SVG}svg"
    assert all(float(r.attrib["width"]) >= 0 for r in root.iter(f"{SVG}rect"))


@given(text=st.text(max_size=80), width=st.floats(0, 300), lines=st.integers(1, 4))
def test_words_fit(text: str, width: float, lines: int) -> None:
    """Broken text keeps to its lines, and each line to its width."""
    broken = wrapped(text, width, lines)
    assert len(broken) <= lines
    assert all(len(line) * 6.4 <= width for line in broken)
    assert len(shortened(text, width)) * 6.4 <= width


def test_broken_words() -> None:
    """Text breaks at blanks, and dots stand for what is left out."""
    assert wrapped("lift your hips a little", 13 * 6.4, 2) == ["lift your", "hips a little"]
    assert wrapped("lift your hips a little", 10 * 6.4, 2) == ["lift your", "hips a ..."]
