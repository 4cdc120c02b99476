"""Tests of voicecoach.devices."""
