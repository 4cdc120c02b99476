"""How the acoustic model in `coach-en/` is made from recordings and free synthetic voices."""
