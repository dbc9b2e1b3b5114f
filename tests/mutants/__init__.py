"""Mutants: deliberately broken mathematics, which the checks of the claims must notice."""
