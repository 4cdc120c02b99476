"""Tests of voicecoach/decision."""
