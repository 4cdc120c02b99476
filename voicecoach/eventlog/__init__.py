"""The event log: one class for each kind of event, one writer, one reader."""
