"""R. For squared loss and a fixed lambda the labels whose fit is not unique form a null set, for T >= 2."""

from .claim import Claim, NotApplicable, Scope

DIMENSION = "a statement about the dimension of a set of labels: no single dataset decides it"

CLAIM = Claim(
    letter="R",
    name="regularised null set",
    statement=(
        "For squared loss, T >= 2 and each fixed lambda > 0 the labels y whose fitted z is non-unique form a null "
        "set. Along the whole path in lambda, for T = 2 isolated non-unique lambdas do occur for generic y (N >= "
        "5); for T >= 3 almost surely none."
    ),
    source="derived",
    scope=Scope.DISTRIBUTION,
    module=__name__,
    rests_on=("D", "H"),
    conclusion=NotApplicable(DIMENSION),
    exact=NotApplicable(DIMENSION + "; the path in lambda would take a certified solver, not built"),
    symbolic=NotApplicable("a count of dimensions of a set that none of the formulas parametrises"),
    strategy=NotApplicable("testing the path needs a solver of the regularised problem, not built"),
)
