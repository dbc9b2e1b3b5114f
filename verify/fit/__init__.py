"""Noisy data: the regularised problem solved fast in float64, then proved.

`reluproof.theory.regularised` has the mathematics. Nothing here is trusted for having been computed: every number that
`fit` reports comes out of a certificate, in rigorous float64 arithmetic, in ball arithmetic or in exact rationals.
"""
