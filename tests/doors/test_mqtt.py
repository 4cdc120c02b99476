"""The MQTT door against a real broker, mosquitto, with TLS and a password."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.doors.broker import MOSQUITTO, USER, Mosquitto, Watcher
from tests.english import BOOK
from voicecoach.app.service_wiring import Way, make_door, wishes
from voicecoach.doors.home_assistant import Topics, discovery
from voicecoach.doors.mqtt import Broker, MqttDoor, broker
from voicecoach.errors import InputError
from voicecoach.eventlog.fields import Source
from voicecoach.eventlog.kinds import Halted, SessionStarted, StateEntered
from voicecoach.language.phrasebook import Command

if MOSQUITTO is None:
    pytest.skip("there is no mosquitto on this machine", allow_module_level=True)

PATIENCE_S = 60.0


class Taken:
    """What came in by the door."""

    def __init__(self) -> None:
        self.said: list[tuple[str | Command, Source]] = []
        self._more = threading.Condition()

    def __call__(self, what: str | Command, source: Source) -> None:
        """Take what comes."""
        with self._more:
            self.said.append((what, source))
            self._more.notify_all()

    def until(self, count: int) -> None:
        """Wait until so much has come in."""
        with self._more:
            assert self._more.wait_for(lambda: len(self.said) >= count, PATIENCE_S), self.said


@pytest.fixture(scope="module")
def mosquitto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    """Return a broker that runs."""
    one = Mosquitto(tmp_path_factory.mktemp("broker"))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def watcher(mosquitto: Mosquitto) -> Iterator[Watcher]:
    """Return another client."""
    one = Watcher(mosquitto)
    yield one
    one.close()


def where(mosquitto: Mosquitto) -> Broker:
    """Return the broker as it is set."""
    url = f"mqtts://localhost:{mosquitto.port}"
    return broker(url, USER, str(mosquitto.password_file), str(mosquitto.ca))


def test_what_happens_is_published_and_buttons_come_in(
    mosquitto: Mosquitto, watcher: Watcher
) -> None:
    """Entities, values, a complaint as an event; pause, stop and next, and a wish with its name;
    what is unknown or retained is not taken. At the end the coach is offline.
    """
    taken, topics = Taken(), Topics("one")
    with MqttDoor(where(mosquitto), taken, wishes(BOOK), topics) as door:
        watcher.until("one/available", "online")
        door(SessionStarted(routine="two"))
        door(StateEntered(name="counting"))
        door(Halted(why="pain"))
        assert json.loads(watcher.until("one/complaint")) == {"event_type": "pain"}
        assert watcher.until("one/session") == "two"
        assert watcher.until("one/state", "counting")
        for message in discovery(topics, [wish for wish, _ in wishes(BOOK)]):
            assert json.loads(watcher.until(message.topic)) == json.loads(message.payload)
        watcher.send(topics.command, "continue")
        watcher.send(topics.command, "pause", retain=True)
        for button in ("stop", "next"):
            watcher.send(topics.command, button)
        watcher.send(topics.wish, "upper back")
        taken.until(5)
    watcher.until("one/available", "offline")
    watcher.send(topics.command, "", retain=True)
    assert taken.said == [
        (what, Source.DOOR)
        for what in (Command.PAUSE, Command.STOP, Command.NEXT, BOOK.first(Command.NAME),
                     "upper back")
    ]  # fmt: skip


def test_a_command_that_was_kept_for_later_is_not_taken(
    mosquitto: Mosquitto, watcher: Watcher
) -> None:
    """The broker hands a retained "stop" to whoever comes: it was meant for another time."""
    taken, topics = Taken(), Topics("two")
    watcher.send(topics.command, "stop", retain=True)
    with MqttDoor(where(mosquitto), taken, (), topics):
        watcher.until("two/available", "online")
        watcher.send(topics.command, "next")
        taken.until(1)
    watcher.send(topics.command, "", retain=True)
    assert taken.said == [(Command.NEXT, Source.DOOR)]


def test_a_broker_that_goes_and_comes_back(mosquitto: Mosquitto) -> None:
    """Nothing waits for it. Back, it gets all that holds, and buttons come in again."""
    taken, topics = Taken(), Topics("three")
    with MqttDoor(where(mosquitto), taken, (), topics) as door:
        first = Watcher(mosquitto)
        first.until("three/available", "online")
        first.close()
        mosquitto.stop()
        door(StateEntered(name="paused"))
        mosquitto.start()
        second = Watcher(mosquitto)
        second.until("three/state", "paused")
        second.until("three/available", "online")
        second.send(topics.command, "stop")
        taken.until(1)
        second.close()
    assert taken.said == [(Command.STOP, Source.DOOR)]


def test_a_coach_that_dies_is_offline(mosquitto: Mosquitto, watcher: Watcher) -> None:
    """Its last will says so, when the connection breaks without a goodbye."""
    topics = Topics("four")
    door = MqttDoor(where(mosquitto), Taken(), (), topics)
    with door:
        watcher.until("four/available", "online")
        sock = door._client.socket()
        assert sock is not None
        door._client.reconnect_delay_set(60, 60)
        sock.shutdown(2)
        watcher.until("four/available", "offline")


def test_a_wrong_password_lets_no_one_in(mosquitto: Mosquitto, tmp_path: Path) -> None:
    """The door stays closed, and the coach goes on."""
    wrong = tmp_path / "wrong"
    wrong.write_text("wrong")
    url = f"mqtts://localhost:{mosquitto.port}"
    refused = threading.Event()
    door = MqttDoor(broker(url, USER, str(wrong), str(mosquitto.ca)), Taken(), (), Topics("five"))
    door._client.on_connect_fail = lambda *_: refused.set()
    door._client.on_disconnect = lambda *_: refused.set()
    with door:
        door(StateEntered(name="paused"))
        assert refused.wait(PATIENCE_S)
        assert not door._client.is_connected()


def test_nothing_is_opened_unless_it_is_configured() -> None:
    """Without an address the door leads nowhere: no client is made."""
    with make_door(None, BOOK, Way()) as door:  # type: ignore[arg-type]
        assert not isinstance(door, MqttDoor)
        door(StateEntered(name="paused"))


@pytest.mark.parametrize("url", ["192.168.1.2", "http://a", "mqtt://", "mqtt://a:x", "mqtt://a/b",
                                 "mqtt://me@a"])  # fmt: skip
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """With what is wrong, and an example."""
    with pytest.raises(InputError, match="is refused") as caught:
        broker(url)
    assert "mqtt_url" in caught.value.next_step


@pytest.mark.parametrize("text", [None, "", "no certificate"])
def test_a_certificate_that_is_none_is_refused(text: str | None, tmp_path: Path) -> None:
    """Before the session, not by a door that stays closed without a word."""
    file = tmp_path / "ca.crt"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(InputError, match=f"The certificate {file} cannot be used"):
        broker("mqtts://localhost", ca=str(file))
