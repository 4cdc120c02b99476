"""What was done in earlier sessions: records, and how the events of a session become records."""
