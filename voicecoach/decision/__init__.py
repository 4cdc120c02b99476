"""From a hearing and its evidence to a command, or a refusal with its reason. Pure."""
