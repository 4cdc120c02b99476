"""The session: events in, effects out. Pure: no clock, no thread, no sound."""
