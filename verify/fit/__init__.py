"""Noisy data: the regularised problem solved fast in float64, then proved.

`reluproof.theory.regularised` has the mathematics. Nothing here is trusted for having been computed: every number that
`fit` reports comes out of a certificate, in rigorous float64 arithmetic, in ball arithmetic or in exact rationals.
"""

from collections.abc import Iterator
from typing import Any

from .certified import fit, fit_path, max_lambda
from .result import VIEWS, Fit

__all__ = ["Fit", "fit", "fit_path", "max_lambda"]


def _text(found: Fit) -> str:
    from .report import fit_text

    return fit_text(found)


def _json(found: Fit) -> dict[str, Any]:
    from .report import fit_json

    return fit_json(found)


def _certificate(found: Fit) -> Iterator[str]:
    from .certificate import certificate_lines

    return certificate_lines(found)


VIEWS.update(text=_text, json=_json, certificate=_certificate)
