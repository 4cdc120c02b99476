"""Formats of others for what was done: FHIR for a therapist, FIT for a training log, iCalendar."""
