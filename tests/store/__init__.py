"""Tests of voicecoach/store."""
