"""The shipped routines: true to their sources, safe to follow with closed eyes."""
