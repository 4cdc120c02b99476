"""Tests of voicecoach/language."""
