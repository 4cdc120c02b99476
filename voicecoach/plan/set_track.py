"""The name of `doses.base.Manner` at its former place, for what still imports it from here."""

from voicecoach.doses.base import Manner

__all__ = ["Manner"]
