"""The history on disk: one SQLite file in the user's data folder."""
