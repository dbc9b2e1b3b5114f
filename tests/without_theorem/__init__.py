"""Answers to the questions of statements K and L that know no theorem: by enumeration, and by the solvers."""
