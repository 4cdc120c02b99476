"""A virtual card of its own, with plugs that can be pulled; used by tests and by bench/hour.py."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SCRIPT = str(Path(__file__).parent / "virtual_card.sh")


@dataclass
class Bench:
    """A card of its own, whose halves can be unplugged."""

    folder: Path

    @property
    def extra(self) -> dict[str, str]:
        """What a program finds it by. The halves are named: no other takes their place."""
        server = f"unix:{self.folder}/socket"
        device = f'type pulse server "{server}" device'
        config = self.folder / "halves.conf"
        config.write_text(
            "</usr/share/alsa/alsa.conf>\n"
            f"pcm.speaker_half {{ {device} speaker }}\n"
            f"pcm.mic_half {{ {device} mic.monitor }}\n"
            f'ctl.!default {{ type pulse server "{server}" }}\n'
        )
        return {"ALSA_CONFIG_PATH": str(config), "PULSE_SERVER": server}

    def unplug(self, half: str) -> None:
        """Take a sink away, and end what hangs on it: PulseAudio would move it to another."""
        kind = "sink-inputs" if half == "speaker" else "source-outputs"
        hanging = [row.split()[0] for row in self._control("list", "short", kind).splitlines()]
        rows = self._control("list", "short", "modules").splitlines()
        (number,) = [row.split()[0] for row in rows if f"sink_name={half} " in row]
        self._control("unload-module", number)
        self._kill(kind.removesuffix("s"), hanging)

    def _kill(self, kind: str, numbers: list[str]) -> None:
        place = self.folder / "cli"
        if not place.exists():
            self._control("load-module", "module-cli-protocol-unix", f"socket={place}")
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(place))
            for number in numbers:
                control.sendall(f"kill-{kind} {number}\n".encode())
            control.shutdown(socket.SHUT_WR)
            while control.recv(4096):
                pass

    def plug_in(self, half: str) -> None:
        """Bring it back."""
        self._control(
            "load-module", "module-null-sink", f"sink_name={half}", "rate=48000", "channels=1",
            "format=s16le", "norewinds=1",
        )  # fmt: skip

    def hush(self, silent: bool) -> None:
        """Let the microphone bring nothing while its stream is active; or let it bring sound."""
        self._control("suspend-sink", "mic", str(int(silent)))

    @property
    def pid(self) -> int:
        """Number of the sound server's process."""
        return int((self.folder / "pid").read_text("ascii"))

    def server(self, action: str) -> None:
        """Start or stop the sound server."""
        (self.folder / "cli").unlink(missing_ok=True)
        subprocess.run([SCRIPT, action, str(self.folder)], check=True)

    def _control(self, *words: str) -> str:
        where = ["--server", f"unix:{self.folder}/socket"]
        done = subprocess.run(["pactl", *where, *words], check=True, capture_output=True, text=True)
        return done.stdout


@contextmanager
def plugged(folder: Path) -> Iterator[Bench]:
    """Start a card that lives in `folder`, and stop it at the end."""
    folder.mkdir()
    bench = Bench(folder)
    bench.server("start")
    try:
        yield bench
    finally:
        bench.server("stop")
