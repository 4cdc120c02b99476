"""The parts of `bench/ears.py`: how well the ears hear, against a baseline."""
