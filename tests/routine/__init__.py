"""Tests of the routine package."""
