"""Pictures of a session."""
