"""The parts of `bench/teach.py`: what teaching the coach one's voice is worth."""
