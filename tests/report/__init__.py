"""Tests of voicecoach/report."""
