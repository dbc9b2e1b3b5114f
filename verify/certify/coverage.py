"""Which parts of the outputs of `check` the certificate does not prove, so that they can say so."""

from typing import Any

from ..answers.findings import Findings
from .statement import NORM_LIMIT

_NEVER: dict[str, str] = {
    "cost.squares": "the records prove the cost as a sum over all kinks and between its bounds, not its normal form",
    "gaps": "the records prove the smallest angle, not the exact number of every gap",
    "margin.squared": "the records prove the bounds of the margin, not its closed form",
    "margin.boundary": "a remark on the place where the margin is zero",
    "independent": "a second solution by linear algebra; the certificate proves the optimum without it",
    "claims": "verdicts of this program; the statement of the certificate is proved without them",
}


def uncertified(findings: Findings) -> dict[str, Any]:
    """The keys of the JSON object of `check` that the certificate does not prove: {key: {"certified": false, "why"}}.

    All other answers in it (unique, cost bounds, runs, the three networks, neurons, angles, radius, margin bounds,
    kernel coefficients, norms) are proved by the certificate of the same findings.
    """
    reasons = dict(_NEVER)
    if findings.sobolev.norm_squared is not None and findings.data.size > NORM_LIMIT:
        reasons["sobolev.norm_squared"] = f"norms are certified up to {NORM_LIMIT} points"
    if findings.margin is None:
        reasons = {key: why for key, why in reasons.items() if not key.startswith("margin.")}
    return {key: {"certified": False, "why": why} for key, why in reasons.items()}
