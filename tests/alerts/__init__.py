"""Tests of voicecoach/alerts."""
