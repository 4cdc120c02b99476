"""Tests of voicecoach/fitting."""
