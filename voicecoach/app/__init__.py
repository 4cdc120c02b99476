"""Drivers that join the core to the world: rehearsal, live, and the assembly of adapters."""
