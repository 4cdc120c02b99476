"""Doors for other programs, such as home automation, opened only if the user asks for one."""
