"""The program, as `voicecoach` or `python -m voicecoach`."""

from __future__ import annotations

from importlib import import_module

from voicecoach.cli.signals import end_at_once


def main() -> None:
    """Run the command line and exit. Signals are taken before the rest is loaded."""
    end_at_once()
    import_module("voicecoach.cli.main").main()


if __name__ == "__main__":
    main()
