"""Benchmarks: run by hand, no part of the package."""
