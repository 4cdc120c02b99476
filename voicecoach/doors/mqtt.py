"""The door to an MQTT broker, by paho-mqtt (the extra `mqtt`); nothing else imports it.

The connection lives in a thread of paho's, which connects again after 1 to 60 s. A broker that is
gone holds nothing up: what it did not get is sent when it is back.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from voicecoach.doors.home_assistant import BUTTONS, Message, Mirror, Topics, discovery
from voicecoach.errors import InputError
from voicecoach.eventlog.fields import LogEvent, Source
from voicecoach.extras import install
from voicecoach.language.phrasebook import Command
from voicecoach.text_file import read_text

Inject = Callable[[str | Command, Source], None]
"""Hands in a command or a phrase, from any thread."""

PORTS: Final = {"mqtt": 1883, "mqtts": 8883}
EXAMPLE: Final = 'Write it as mqtt_url = "mqtts://192.168.1.20:8883".'
KEEPALIVE_S: Final = 30
SLOWEST_S: Final = 60


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is, and as whom."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = ""
    ca: str = ""
    """A file with the certificate that the broker's is checked with; empty: the system's."""


def broker(url: str, user: str = "", password_file: str = "", ca: str = "") -> Broker:
    """Return the broker as it is set. Raises `InputError` for what cannot be used."""
    parts = urlsplit(check_broker(url))
    return Broker(
        parts.hostname or "",
        parts.port or PORTS[parts.scheme],
        parts.scheme == "mqtts",
        user,
        password(password_file) if password_file else "",
        certificate(ca) if ca else "",
    )


def check_broker(url: str) -> str:
    """Return `url` if it is a broker's: mqtt://HOST[:PORT], or mqtts:// with TLS.

    Raises `InputError`.
    """
    if not url:
        raise InputError("No broker is named", "The setting mqtt_url is missing", EXAMPLE)
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError(f"The address {url} is refused", str(error), EXAMPLE) from error
    if parts.scheme not in PORTS or not host or parts.path.strip("/") or parts.username:
        why = "It is no mqtt:// or mqtts:// with a host, and at most a port"
        raise InputError(f"The address {url} is refused", why, EXAMPLE)
    return url


def password(path: str) -> str:
    """Return the password in a file. Raises `InputError`."""
    step = "Name a file of one line by mqtt_password_file."
    return read_text(Path(path).expanduser(), "The password file", step).strip()


def certificate(path: str) -> str:
    """Return the file with a certificate. Raises `InputError` if it holds none."""
    file = Path(path).expanduser()
    try:
        ssl.create_default_context(cafile=file)
    except OSError as error:  # also what OpenSSL says of a file that is none
        step = "Name a file with a certificate (PEM) by mqtt_ca."
        raise InputError(
            f"The certificate {file} cannot be used", error.strerror or str(error), step
        ) from error
    return str(file)


class MqttDoor:
    """Publishes what happens, and takes buttons and wishes. A context: open from `with` to its end.

    `wishes` are the options of the select, each with the phrases that bring it about.
    """

    def __init__(
        self,
        where: Broker,
        inject: Inject,
        wishes: Sequence[tuple[str, Sequence[str | Command]]] = (),
        topics: Topics | None = None,
    ) -> None:
        self._where, self._inject = where, inject
        self._wishes = dict(wishes)
        self._topics = topics or Topics()
        self._mirror = Mirror(self._topics)
        self._client = self._made()

    def __enter__(self) -> MqttDoor:
        """Begin to connect; the broker need not be there yet."""
        self._client.connect_async(self._where.host, self._where.port, KEEPALIVE_S)
        self._client.loop_start()
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye, if the broker is there."""
        self._client.publish(self._topics.available, "offline", 1, retain=True)
        self._client.disconnect()
        self._client.loop_stop()

    def __call__(self, event: LogEvent) -> None:
        """Publish what an event of the log changes. Never waits."""
        for message in self._mirror.take(event):
            self._publish(message)

    def _made(self) -> Any:
        paho = _library()
        client = paho.Client(paho.CallbackAPIVersion.VERSION2)
        if self._where.user:
            client.username_pw_set(self._where.user, self._where.password or None)
        if self._where.tls:
            client.tls_set(ca_certs=self._where.ca or None, tls_version=ssl.PROTOCOL_TLS_CLIENT)
        client.will_set(self._topics.available, "offline", 1, retain=True)
        client.reconnect_delay_set(1, SLOWEST_S)
        client.on_connect = self._connected
        client.on_message = self._came
        return client

    def _connected(self, client: Any, _data: Any, _flags: Any, failed: Any, _more: Any) -> None:
        if failed.is_failure:
            return
        client.subscribe([(self._topics.command, 1), (self._topics.wish, 1)])
        for message in (*discovery(self._topics, [*self._wishes]), *self._mirror.all()):
            self._publish(message)
        client.publish(self._topics.available, "online", 1, retain=True)

    def _publish(self, message: Message) -> None:
        if self._client.is_connected():
            self._client.publish(message.topic, message.payload, 1, retain=message.retained)

    def _came(self, _client: Any, _data: Any, message: Any) -> None:
        """Take a command; a retained one was meant for another time, and an unknown one is none."""
        payload = message.payload.decode("utf-8", "replace").strip()
        if message.retain:
            return
        if message.topic == self._topics.wish:
            self._wish(payload)
        elif payload in BUTTONS:
            self._inject(BUTTONS[payload], Source.DOOR)

    def _wish(self, wish: str) -> None:
        """Say what brings `wish` about, and show it as what was chosen."""
        if wish in self._wishes:
            self._publish(Message(self._topics.of("routine"), wish))
            for said in self._wishes[wish]:
                self._inject(said, Source.DOOR)


def _library() -> Any:
    try:
        from paho.mqtt import client
    except ImportError as error:
        step = f"Install it: `{install('mqtt')}`."
        raise InputError("The door by MQTT needs the extra mqtt", str(error), step) from error
    return client
