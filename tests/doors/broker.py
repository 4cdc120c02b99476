"""A real MQTT broker, mosquitto, with TLS and a password, on this machine; and another client."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

from paho.mqtt import client as paho

USER, PASSWORD = "coach", "a long password"
PATIENCE_S = 60.0
MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def free_port() -> int:
    """Return a port of the loopback address that nothing uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Mosquitto:
    """The broker; `start` and `stop` it as often as needed, always at the same port."""

    folder: Path
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        """Make a certificate, a password and the settings."""
        key, passwords = self.folder / "key.pem", self.folder / "passwords"
        _run(
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
            "-keyout", str(key), "-out", str(self.ca), "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost",
        )  # fmt: skip
        _run("mosquitto_passwd", "-b", "-c", str(passwords), USER, PASSWORD)
        for path in (key, passwords):
            path.chmod(0o600)
        self.password_file.write_text(PASSWORD + "\n")
        (self.folder / "mosquitto.conf").write_text(
            f"listener {self.port} localhost\nallow_anonymous false\nuser root\n"
            f"password_file {passwords}\ncertfile {self.ca}\nkeyfile {key}\n"
            f"persistence false\nlog_dest stderr\n"
        )

    @property
    def ca(self) -> Path:
        """The certificate, which signs itself."""
        return self.folder / "ca.pem"

    @property
    def password_file(self) -> Path:
        """A file with the password."""
        return self.folder / "password"

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        assert MOSQUITTO
        self._process = subprocess.Popen(
            [MOSQUITTO, "-c", str(self.folder / "mosquitto.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        waiting = threading.Event()
        for _ in range(200):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            waiting.wait(0.05)
        raise AssertionError("mosquitto does not start")

    def stop(self) -> None:
        """Stop it."""
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


class Watcher:
    """Another client: what it got, in order, and what it sends."""

    def __init__(self, broker: Mosquitto) -> None:
        self.got: list[tuple[str, str]] = []
        self._more = threading.Condition()
        self._client = paho.Client(paho.CallbackAPIVersion.VERSION2)
        self._client.username_pw_set(USER, PASSWORD)
        self._client.tls_set(ca_certs=str(broker.ca), tls_version=ssl.PROTOCOL_TLS_CLIENT)
        self._client.on_message = self._came
        self._client.connect("localhost", broker.port)
        self._client.subscribe("#", 1)
        self._client.loop_start()

    def _came(self, _client: object, _data: object, message: paho.MQTTMessage) -> None:
        with self._more:
            self.got.append((message.topic, message.payload.decode()))
            self._more.notify_all()

    def until(self, topic: str, payload: str = "") -> str:
        """Wait for a message on `topic` (with `payload`, if that is given); return its payload."""

        def found() -> list[str]:
            return [p for t, p in self.got if t == topic and (not payload or p == payload)]

        with self._more:
            assert self._more.wait_for(found, PATIENCE_S), f"no {topic} {payload} in {self.got}"
            return found()[-1]

    def send(self, topic: str, payload: str, retain: bool = False) -> None:
        """Publish, and wait until the broker has it."""
        self._client.publish(topic, payload, 1, retain=retain).wait_for_publish(PATIENCE_S)

    def close(self) -> None:
        """Go."""
        self._client.disconnect()
        self._client.loop_stop()
