"""The parts of `bench/recognise.py`: how well the recogniser hears, against a baseline."""
