"""What is live while a recording is heard."""

from __future__ import annotations

ALL = "all"
"""Every phrase."""

COUNTING = "counting"
"""Those of a counting exercise, a `State`."""
