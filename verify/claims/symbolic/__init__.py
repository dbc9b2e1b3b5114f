"""Symbolic proofs: identities of the program's own formulas, with points as x_1 plus positive gaps.

One module per claim, of the same name. COVERAGE says for which N and T its identities prove what they are about.
"""
