"""From a routine to a plan: prompts, tracks and lengths. Pure."""
