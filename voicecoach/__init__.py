"""A voice-guided, hands-free routine assistant that works offline."""

__version__ = "0.1.0"
