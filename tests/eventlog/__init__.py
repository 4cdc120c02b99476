"""Tests of voicecoach/eventlog."""
