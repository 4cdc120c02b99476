"""Teaching one's voice, whole: the real voice, room, canceller, recogniser and verifier."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.app.lessons import FORMS, Lessons, words
from tests.english import LANGUAGE
from voicecoach.app.scenario_rehearsal import DAY
from voicecoach.app.voice_store import forget_voice, load_voice, save_voice
from voicecoach.app.wiring import Choices, embedding_measure, known_voice, shipped_model
from voicecoach.decision.taught import STRANGER, TaughtVoice
from voicecoach.errors import InputError
from voicecoach.eventlog.sounds import CommandHeard
from voicecoach.stt.verifier import NetworkVerifier

TAUGHT = FORMS[:2]
CHOICES = Choices(LANGUAGE, verifier="network")


def two_forms(form: str, _: int) -> str:
    """Say the first two forms, and then end the lesson."""
    return form if form in TAUGHT else "end session"


@cache
def lesson() -> tuple[Lessons, TaughtVoice]:
    """Return a lesson in which the first two forms were taught."""
    held = Lessons(two_forms)
    return held, held.run()


def test_a_user_teaches_two_forms_over_the_coach() -> None:
    """Three takes of each, at an echo of +6 dB; each is kept when it is complete."""
    held, voice = lesson()
    assert held.error is None
    assert {form: of.takes for form, of in voice.forms.items()} == dict.fromkeys(TAUGHT, 3)
    assert voice.measure == embedding_measure(CHOICES)
    assert [sorted(kept.forms) for kept in held.kept][-1] == sorted(TAUGHT)
    assert len(held.kept) > 1


def test_what_was_taught_is_heard_better() -> None:
    """The same user's "stop" and "it hurts", said softly, are surer than before."""
    _, voice = lesson()
    verifier = NetworkVerifier(shipped_model(LANGUAGE))
    for form in TAUGHT:
        sound = words("en-us+m3")[form].samples // 4
        look = verifier.look(sound, form)
        adapted = voice.adapt(look)
        before, after = look.of(form), adapted.of(form)
        if before is None or after is None:
            assert adapted.taught[form] > 0.5
        else:
            assert after > min(0.9, before)
    strange = verifier.look(words("en-us+m3")["window"].samples, "window")
    assert max(voice.adapt(strange).taught.values()) < 0.5


def test_a_halt_in_the_lesson_is_logged_as_what_was_said() -> None:
    """The log tells what was heard; no sound and no numbers are in it."""
    held, _ = lesson()
    heard = [event.text for event in held.log if isinstance(event, CommandHeard)]
    assert heard[:3] == ["stop"] * 3
    assert heard[-1] == "end session"


def test_a_voice_survives_its_file(tmp_path: Path) -> None:
    """It is read as it was written, by its user alone, and forgotten without a trace."""
    path = tmp_path / "new" / "voice.json"
    voice = TaughtVoice("m").with_takes("stop", [(0.6, 0.8), (1.0, 0.0)])
    save_voice(path, voice, DAY)
    kept = load_voice(path)
    assert kept is not None
    assert (kept.voice, kept.on) == (voice, DAY)
    assert path.stat().st_mode & 0o777 == 0o600
    assert forget_voice(path)
    assert not forget_voice(path)
    assert list(path.parent.iterdir()) == []
    assert load_voice(path) is None


def test_a_damaged_file_is_reported_and_not_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A session goes on as with a stranger, and the message says what to do."""
    path = tmp_path / "voice.json"
    path.write_text('{"on": "2026-01-01", "forms": 3}', "utf-8")
    with pytest.raises(InputError, match="damaged"):
        load_voice(path)
    assert known_voice(CHOICES, path) is STRANGER
    assert "teach --forget" in capsys.readouterr().err


def test_a_voice_taught_to_another_version_is_not_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its numbers mean something else now."""
    path = tmp_path / "voice.json"
    voice = TaughtVoice("another").with_takes("stop", [(0.6, 0.8), (1.0, 0.0)])
    save_voice(path, voice, DAY)
    assert known_voice(CHOICES, path) is STRANGER
    assert "voicecoach teach" in capsys.readouterr().err
    mine = TaughtVoice(embedding_measure(CHOICES)).with_takes("stop", [(0.6, 0.8), (1.0, 0.0)])
    save_voice(path, mine, DAY)
    assert known_voice(CHOICES, path) == mine


def test_who_was_only_asked_is_a_stranger(tmp_path: Path) -> None:
    """The file then says that the offer was declined."""
    path = tmp_path / "voice.json"
    save_voice(path, TaughtVoice(embedding_measure(CHOICES)), DAY)
    assert known_voice(CHOICES, path) is STRANGER


def test_without_a_verifier_nothing_can_be_taught() -> None:
    """Nor with a model that has none."""
    assert embedding_measure(Choices(LANGUAGE, verifier="none")) == ""
    assert embedding_measure(Choices(LANGUAGE, model=Path("nowhere"))) == ""
