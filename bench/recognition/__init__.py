"""The parts of `bench/ears.py`: how well the recogniser hears, against a baseline."""
