"""A session as a file for a player: chapters, transcript, cover, and the formats."""
