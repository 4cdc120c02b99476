"""Tests of what makes the model and needs no PyTorch."""
