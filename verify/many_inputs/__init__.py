"""Data with many inputs: leverages for any number, the certified optimum and its uniqueness for two.

`answer.kernel_answer` is the way in, `optimum.solve_optimum` goes the ways in order. Solvers in floating point
(`exchange`, `design`, `cone_program`) only propose; `certify` makes feasible duals and interpolating networks of
rationals; `exact_dual` and `exact`, `independent` and, for contacts that are irrational, `polish`, `krawczyk` and
`uniqueness` decide uniqueness.
"""
