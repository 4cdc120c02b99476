"""The parts of `bench/barge_in.py`: stops over the coach's voice, and what it hears of itself."""
