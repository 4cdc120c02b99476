"""The helper's web request: it fires, it stays on the local network, and says what went wrong."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import SimpleQueue
from urllib.error import HTTPError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.alerts.helper_command import helper_hook
from voicecoach.alerts.webhook import call, check_url, main
from voicecoach.errors import InputError

Calls = SimpleQueue[tuple[str, dict[str, str]]]
PATIENCE_S = 60.0


class Home:
    """A web service on this machine that notes who calls."""

    def __init__(self, status: int = 200) -> None:
        self.calls: Calls = SimpleQueue()
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                calls.put((self.path, json.loads(body)))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://192.0.2.1/elsewhere")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Be quiet."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/fall"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def home() -> Iterator[Home]:
    """A web service that answers well."""
    service = Home()
    yield service
    service.close()


@pytest.mark.rule("S7")
@pytest.mark.rule("S25")
def test_the_request_is_sent_with_the_reason(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hook starts a program that posts why it calls, and nobody is warned."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    warnings: list[str] = []
    helper_hook("", warnings.append, home.url)("emergency")
    assert home.calls.get(timeout=PATIENCE_S) == (
        "/fall",
        {"from": "voicecoach", "why": "emergency"},
    )
    assert warnings == []


def test_an_address_beyond_the_local_network_is_refused_before_the_session() -> None:
    """The hook is not even made."""
    with pytest.raises(InputError, match="refused") as caught:
        helper_hook("", lambda _: None, "http://93.184.216.34/fall")
    assert "not on the local network" in caught.value.why
    assert "helper_url" in caught.value.next_step


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8123/x", "http://127.0.0.1/", "https://10.1.2.3/x", "http://[::1]:80/",
        "http://172.31.255.255", "http://192.168.1.20:8123/api/fall", "http://[fd00::1]/",
    ],
)  # fmt: skip
def test_addresses_at_home(url: str) -> None:
    """Taken are those of the machine itself and of the private networks of IPv4 and IPv6."""
    assert check_url(url) == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://8.8.8.8/", "not on the local network"),
        ("http://172.32.0.1/", "not on the local network"),
        ("http://169.254.169.254/", "not on the local network"),
        ("http://0.0.0.0/", "not on the local network"),
        ("http://[::ffff:8.8.8.8]/", "not on the local network"),
        ("http://[2001:db8::1]/", "not on the local network"),
        ("http://home.example/fall", "a name may lead anywhere"),
        ("http://localhost.example/", "a name may lead anywhere"),
        ("http://192.168.1.1@8.8.8.8/", "not on the local network"),
        ("http://2130706433/", "a name may lead anywhere"),
        ("ftp://192.168.1.1/", "http://"),
        ("file:///etc/passwd", "http://"),
        ("192.168.1.1/fall", "http://"),
        ("http://192.168.1.1:99999/", "Port"),
        ("http://192.168.1.1/a b", "no address"),
        ("http://[::1", "IPv6"),
    ],
)
def test_any_other_address_is_refused(url: str, why: str) -> None:
    """Anything that could lead elsewhere is an error that says why."""
    with pytest.raises(InputError) as caught:
        check_url(url)
    assert why.lower() in caught.value.why.lower()


@given(st.ip_addresses(v=4))
def test_an_address_of_the_internet_is_never_called(address: object) -> None:
    """Of all addresses of IPv4, those of four private networks alone are taken."""
    first, second, *_ = (int(part) for part in str(address).split("."))
    home = (
        first in (10, 127) or (first == 172 and 16 <= second <= 31) or (first, second) == (192, 168)
    )
    try:
        check_url(f"http://{address}/fall")
    except InputError:
        assert not home
    else:
        assert home


def test_a_redirection_is_not_followed() -> None:
    """What answers at home cannot send the request elsewhere."""
    service = Home(302)
    try:
        with pytest.raises(HTTPError, match="302"):
            call(service.url, "emergency")
    finally:
        service.close()


def test_a_service_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program ends with 1 and says why on standard error."""
    service = Home()
    service.close()
    monkeypatch.setattr(sys, "argv", ["webhook", service.url])
    assert main() == 1
    assert "was not reached" in capsys.readouterr().err
