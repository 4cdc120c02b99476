"""Speech synthesisers and the cache of what they rendered."""
