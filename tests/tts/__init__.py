"""Tests of voicecoach.tts."""
