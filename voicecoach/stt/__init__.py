"""Recognisers and the rules by which a hearing becomes a command."""
