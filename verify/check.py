"""The main job: one dataset in, exact findings out, and every claim about it decided a second way."""

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from ..theory.dataset import Dataset
from .answers.answers import answers
from .answers.findings import ClaimResult, Findings, Independent, Source
from .claims import CLAIMS
from .independent import METHOD, interior_witness
from .reading import ReadData, read, read_arrays

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def check(data: "Dataset | ReadData | str | os.PathLike[str] | tuple[ArrayLike, ArrayLike]") -> Findings:
    """Decide one dataset exactly.

    data: a `Dataset`; the path of a file (or "-" for standard input); or arrays (x, y) of shapes (N,) and (N,) or
    (N, T), whose floats are read as the dyadic rationals that they are. Raises `reading.InputError` for bad input.
    """
    if isinstance(data, Dataset):
        return decided(answers(data))
    if isinstance(data, tuple):
        data = read_arrays(*data)
    elif not isinstance(data, ReadData):
        data = read(data)
    return decided(answers(data.dataset, Source(data.name, data.sha256, data.reading)))


def decided(findings: Findings) -> Findings:
    """The findings with every statement decided a second way against them, and the answer of the independent solver."""
    results = [ClaimResult(claim.letter, claim.name, claim.source, claim.decide(findings)) for claim in CLAIMS]
    optimum, squares = findings.optima.connect_the_dots, findings.cost.squares
    independent = Independent(METHOD, interior_witness(findings.data, optimum, squares))
    return replace(findings, claims=tuple(results), independent=independent)
