"""Contract kits: one for each port, run on every adapter and every fake."""
