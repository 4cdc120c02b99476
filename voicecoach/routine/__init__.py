"""Routines as data: the file format, its parser, and the plan compiled from it. Pure."""
