"""The helper hook as a web request on the local network, such as to a home automation system.

A program of its own, so that a slow answer does not delay the session:
``python -m voicecoach.alerts.webhook URL``, with the reason in VOICECOACH_WHY. The only module of
the project that opens a connection, and only if the user has set an address. It connects only to
private addresses, follows no redirection and uses no proxy.
"""

from __future__ import annotations

import json
import os
import sys
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from voicecoach.errors import InputError

LOCAL: Final = tuple(
    ip_network(net)
    for net in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7")
)
"""Loopback and private networks (RFC 1122, RFC 1918, RFC 4193)."""

PATIENCE_S: Final = 10.0
MOST: Final = 65_535
STEP: Final = 'Write it with an address, as helper_url = "http://192.168.1.20:8123/fall".'


def check_url(url: str) -> str:
    """Return `url` if its host is this machine or on a private network. Raises `InputError`.

    Host names but `localhost` are refused: what they resolve to is decided elsewhere.
    """
    why = _fault(url)
    if why:
        raise InputError(f"The helper's address {url} is refused", why, STEP)
    return url


def _fault(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in ("http", "https"):
        return "It has to begin with http:// or https://"
    if port == 0 or any(c.isspace() or not c.isprintable() for c in url):
        return "It is no address of a web service"
    if host == "localhost":
        return ""
    try:
        address = ip_address(host)
    except ValueError:
        return f"'{host}' is a name, and a name may lead anywhere"
    return "" if _local(address) else f"{address} is not on the local network"


def _local(address: IPv4Address | IPv6Address) -> bool:
    return any(address in net for net in LOCAL if net.version == address.version)


class _Stay(HTTPRedirectHandler):
    """Follows no redirection, which could lead out of the local network."""

    def redirect_request(self, *_: object) -> None:
        """Return no request."""


def call(url: str, why: str) -> None:
    """POST ``{"from": "voicecoach", "why": why}``. Raises `InputError`, `URLError`, `OSError`."""
    body = json.dumps({"from": "voicecoach", "why": why}).encode()
    headers = {"Content-Type": "application/json"}
    request = Request(check_url(url), body, headers)  # noqa: S310 - http or https, see check_url
    with build_opener(ProxyHandler({}), _Stay).open(request, timeout=PATIENCE_S) as answer:
        answer.read(MOST)


def main() -> int:
    """Call the address in the first argument; report a failure on standard error."""
    try:
        call(sys.argv[1], os.environ.get("VOICECOACH_WHY", ""))
    except (InputError, URLError, OSError) as error:
        print(f"The helper's address was not reached: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
