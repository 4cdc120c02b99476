"""From what was heard to a command, or a refusal with its reason. Pure."""
