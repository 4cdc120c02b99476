"""The report of past sessions: one page (HTML) for the user and for a therapist."""
