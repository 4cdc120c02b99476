"""Parts of bench/soak.py: the card with its faults, the user, and what is counted."""
