"""Searching for counterexamples and making them small."""
