"""The session: driven by events alone, in no time at all."""
