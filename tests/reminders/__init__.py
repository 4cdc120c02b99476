"""When the user is reminded."""
