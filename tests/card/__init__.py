"""Tests on the virtual sound card, and the card itself."""
