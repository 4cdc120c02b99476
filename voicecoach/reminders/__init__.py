"""When the user wants to be reminded: pure, and given the time."""
