"""Searching for counterexamples: strategies for Hypothesis."""
