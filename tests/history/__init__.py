"""Tests of voicecoach/history."""
