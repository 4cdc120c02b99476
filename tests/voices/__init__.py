"""Tests of voicecoach.voices."""
