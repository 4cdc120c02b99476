"""Tests of sessions as files."""
