"""How somebody is called: a command, or a request on the local network."""
