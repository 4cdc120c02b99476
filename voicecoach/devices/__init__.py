"""The sound card and the keyboard."""
