"""Data with many inputs: theory, solvers, certificates, verdicts."""
