"""Recogniser: the port's contract, the policy of hearing, the model that is checked first."""
