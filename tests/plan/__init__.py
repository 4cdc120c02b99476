"""Tests of voicecoach/plan."""
