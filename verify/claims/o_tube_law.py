"""O. The probability of being within e of a non-unique dataset behaves like e^(T-1)."""

from .claim import Claim, NotApplicable, Scope

LIMIT = "a law about the limit of small e: no dataset decides it (reluproof probe --tube estimates the exponent)"

CLAIM = Claim(
    letter="O",
    name="tube law",
    statement=(
        "For labels with a bounded, light-tailed density that is positive near the set of non-unique datasets, "
        "P(margin < e) behaves like e^(T - 1)."
    ),
    source="derived",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=("D", "N"),
    conclusion=NotApplicable(LIMIT),
    exact=NotApplicable(LIMIT),
    symbolic=NotApplicable("the exponent is the codimension of statement D, checked there; nothing else is a formula"),
    strategy=NotApplicable("there is no subject to search: a counterexample would be a whole distribution"),
)
