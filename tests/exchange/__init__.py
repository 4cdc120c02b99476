"""Formats of others are read back by their own parsers."""
