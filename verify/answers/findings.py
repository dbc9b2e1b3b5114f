"""What the main job finds out about one dataset: frozen values, exact or enclosed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from flint import fmpq

from ...theory.alignment import Run
from ...theory.dataset import Dataset
from ...theory.directions import directions
from ...theory.duality import Angle, DualCertificate, angles
from ...theory.enclosure import Enclosure
from ...theory.margin import PairMargin
from ...theory.numbers import Vector
from ...theory.root_sum import RootSum, enclose_roots, merged_roots
from ...theory.solution_set import Tent
from ...theory.spline import LinearSpline
from ...theory.verdict import Verdict
from .. import drawing
from ..reading.provenance import Source

MOST_ROOTS, MOST_BITS = 1000, 4096
"""The exact cost is given up to so many irrational roots, and rational ones with a common denominator so long."""


@dataclass(frozen=True, slots=True)
class Cost:
    """The optimal cost: the sum of the square roots of `squares` (|d_j|^2 of the nonzero kinks, in point order)."""

    squares: tuple[fmpq, ...]

    def exact(self) -> RootSum:
        """The value in normal form; merging irrational roots takes longer than linear time on long data."""
        return RootSum(self.squares)

    def merged(self) -> RootSum | None:
        """The value in normal form where that is short enough to be of use, in linear time."""
        return merged_roots(self.squares, MOST_ROOTS, MOST_BITS)

    def enclosure(self, bits: int = 96) -> Enclosure:
        """Rational bounds of relative width about 2^-bits, in linear time."""
        return enclose_roots(self.squares, bits)


@dataclass(frozen=True, slots=True)
class Optima:
    """The optimal set: one member everybody has, others where there are any, and how far it reaches (I, J, L)."""

    connect_the_dots: LinearSpline
    another: LinearSpline | None
    radius: Tent | None


@dataclass(frozen=True, slots=True)
class Sparsest:
    """An optimum with the fewest knots, K* of them, and whether it is the only such function (K)."""

    spline: LinearSpline
    width: int
    unique: bool
    dimension: int


@dataclass(frozen=True, slots=True)
class Duality:
    """The dual certificate, the gaps on which |eta| = 1, and its value on the labels (M).

    curvatures: the kinks once more, as functionals of the labels; no slope is formed.
    pairing: {j: c_j}, meaning sum_i <l_i, y_i> = sum of c_j / |d_j|, a lower bound of the cost by weak duality.
    """

    certificate: DualCertificate
    contact_gaps: tuple[int, ...]
    curvatures: tuple[Vector, ...]
    pairing: dict[int, fmpq] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Sobolev:
    """The kernel side: whether the minimum-norm interpolant is f_D on [x_1, x_N], and its exact coefficients (F).

    norm_squared: one number per task, None where the exact ones are too long to be of use. The enclosures take no part
    in ==: the numbers inside are those of the data, which do.
    """

    agrees: bool
    norm_squared: Vector | None
    norm_enclosures: tuple[Enclosure, ...] = field(compare=False)
    coefficients: tuple[Vector, ...]


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """How one statement stands on this dataset."""

    letter: str
    name: str
    source: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Independent:
    """How the optimum compares with the one a solver finds that does not know the theorem."""

    method: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, repr=False)
class Findings:
    """Everything that `check` decided about one dataset. Points are counted from 0.

    `slopes` are the s_i of the gaps, `kinks` the d_j at the interior points; `runs` are all maximal runs, of length 1
    and more.
    """

    data: Dataset
    source: Source
    decided_by: str
    slopes: tuple[Vector, ...]
    kinks: tuple[Vector, ...]
    runs: tuple[Run, ...]
    cost: Cost
    optima: Optima
    sparsest: Sparsest
    duality: Duality
    smallest_angle: Angle | None
    margin: PairMargin | None
    sobolev: Sobolev
    claims: tuple[ClaimResult, ...] = ()
    independent: Independent | None = None

    @property
    def unique(self) -> bool:
        """Whether connect-the-dots is the only optimum (B)."""
        return all(run.length == 1 for run in self.runs)

    @property
    def aligned_runs(self) -> tuple[Run, ...]:
        """The runs of length 2 and more: where uniqueness fails."""
        return tuple([run for run in self.runs if run.length > 1])

    @property
    def angles(self) -> Iterator[Angle]:
        """The angle in every interior gap between nonzero kinks, left to right (S)."""
        return angles(directions(self.kinks))

    @property
    def boundary(self) -> int | None:
        """The point with a zero kink that puts a unique dataset at margin 0, else None.

        A zero kink beside an interior point is the limit of kinks aligned with its neighbour's (N).
        """
        if not self.unique or self.margin is None or not self.margin.is_zero:
            return None
        pair = self.margin.pair
        return pair if not any(self.kinks[pair - 1]) else pair + 1

    def text(self) -> str:
        """The report that `reluproof check` prints, without a final newline."""
        shown: str = VIEWS["text"](self)
        return shown

    def to_latex(self) -> str:
        """A LaTeX table of what was found, for the package booktabs."""
        shown: str = VIEWS["latex"](self)
        return shown

    def __repr__(self) -> str:
        """One short line: findings of long data hold a lot."""
        return f"<Findings of {self.source.name}: {VIEWS['line'](self)}>" if "line" in VIEWS else object.__repr__(self)

    def _repr_html_(self) -> str:
        """A card with the verdict, which notebooks show."""
        shown: str = VIEWS["html"](self)
        return shown

    def to_json(self) -> dict[str, Any]:
        """The object that `reluproof check --json` prints, schema "reluproof.check/1"."""
        shown: dict[str, Any] = VIEWS["json"](self)
        return shown

    def plot(self, ax: Any = None, *, width: float | None = None) -> Any:
        """A matplotlib figure of the data, all optima and what proves them; with `ax`, the first task drawn into it.

        width: in inches, of the figure; None for that of a page. Needs the extra `plots`; InputError without it.
        """
        return drawing.plot("findings", self, ax, width=width)

    def certificate(self) -> Iterator[str]:
        """The lines of a certificate of these findings, for `verify/checker.py` to judge."""
        lines: Iterator[str] = VIEWS["certificate"](self)
        return lines


VIEWS: "dict[str, Callable[..., Any]]" = {}
"""How findings are shown: the doors of `Findings` lead there, and the face of the package says where that is."""
