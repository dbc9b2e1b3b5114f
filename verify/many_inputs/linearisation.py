"""The conditions of optimality evaluated at a box of unknowns: residual and Jacobian, in balls."""

from dataclasses import dataclass

from flint import arb, arb_mat

from .conditions import System


@dataclass
class State:
    """The system evaluated at a box of unknowns: columns X, M, G (n x r), X' G and, if eliminated, A = X' M^-1 X."""

    columns: arb_mat
    design: arb_mat
    dual: arb_mat
    seen: arb_mat
    inner: arb_mat | None

    @property
    def products(self) -> arb_mat:
        """H = X' G G' X."""
        return self.seen * self.seen.transpose()


def evaluate(of: System, unknowns: list[arb]) -> State:
    """All that residual and Jacobian need; ZeroDivisionError if M is not proved nonsingular."""
    columns = _columns(of, unknowns)
    weights = arb_mat(of.columns, of.columns)
    for term in of.terms:
        value = unknowns[term.unknown] * term.factor
        weights[term.x, term.y] += value
        weights[term.y, term.x] += value
    for x, y, value in of.constant:
        weights[x, y] += value
        weights[y, x] += value
    design = columns * weights * columns.transpose()
    if of.eliminated:
        solved = design.solve(_side_by_side(of.labels, columns))
        dual, inverse = _split(solved, of.labels.ncols())
        return State(columns, design, dual, columns.transpose() * dual, columns.transpose() * inverse)
    dual = arb_mat(of.labels.nrows(), of.labels.ncols(), unknowns[of.contacts + of.angles :])
    return State(columns, design, dual, columns.transpose() * dual, None)


def residual(of: System, at: State) -> list[arb]:
    """The left side of the equations."""
    products = at.products
    found = [products[e.x, e.y] - e.value for e in of.equations]
    if not of.eliminated:
        found += (at.design * at.dual - of.labels).entries()
    return found


def jacobian(of: System, unknowns: list[arb], at: State) -> arb_mat:
    """The derivative of the left side."""
    products, found = at.products, arb_mat(of.size, of.size)
    effects = _effects(of, unknowns)
    for p, parts in effects.items():
        for s, t, factor in parts:
            if at.inner is not None:
                _through_dual(of, (s, t), factor, (at.inner, products, found), p)
            else:
                _on_labels(of, (s, t), factor, (at, found), p)
    for turning in of.turning:
        x, dx = turning.place, turning.place + 1
        for row, e in enumerate(of.equations):
            for one, other in ((e.x, e.y), (e.y, e.x)):
                if one == x:
                    found[row, turning.angle] += products[dx, other]
                elif one == dx:
                    found[row, turning.angle] -= products[x, other]
    if at.inner is None:
        _by_dual(of, at, found)
    return found


def _effects(of: System, unknowns: list[arb]) -> dict[int, list[tuple[int, int, arb]]]:
    """{unknown: parts (x, y, factor)}: the derivative of M is the sum of factor (x y' + y x')."""
    found: dict[int, list[tuple[int, int, arb]]] = {}
    for term in of.terms:
        found.setdefault(term.unknown, []).append((term.x, term.y, term.factor))
    angle = {turning.place: turning.angle for turning in of.turning}
    for term in of.terms:
        if term.x in angle:  # a turning column stands in a square, z x x', only
            found.setdefault(angle[term.x], []).append((term.x, term.x + 1, unknowns[term.unknown]))
    return found


def _through_dual(
    of: System, pair: tuple[int, int], factor: arb, known: tuple[arb_mat, arb_mat, arb_mat], p: int
) -> None:
    """M moves and G = M^-1 L with it: d(x' G G' y) = -x' M^-1 dM G G' y - the same with x and y exchanged."""
    (s, t), (A, H, found) = pair, known
    for row, e in enumerate(of.equations):
        mixed = A[e.y, s] * H[t, e.x] + A[e.y, t] * H[s, e.x] + A[e.x, s] * H[t, e.y] + A[e.x, t] * H[s, e.y]
        found[row, p] -= factor * mixed


def _on_labels(of: System, pair: tuple[int, int], factor: arb, known: tuple[State, arb_mat], p: int) -> None:
    """M moves in M G = L."""
    (s, t), (at, found) = pair, known
    start, tasks = len(of.equations), of.labels.ncols()
    for a in range(of.labels.nrows()):
        for b in range(tasks):
            term = at.columns[a, s] * at.seen[t, b] + at.columns[a, t] * at.seen[s, b]
            found[start + a * tasks + b, p] += factor * term


def _by_dual(of: System, at: State, found: arb_mat) -> None:
    """G moves, as an unknown; its unknowns and the equations M G = L both come last."""
    start, first = len(of.equations), of.contacts + of.angles
    rows, tasks = of.labels.nrows(), of.labels.ncols()
    for row, e in enumerate(of.equations):
        for a in range(rows):
            for b in range(tasks):
                term = at.columns[a, e.x] * at.seen[e.y, b] + at.columns[a, e.y] * at.seen[e.x, b]
                found[row, first + a * tasks + b] = term
    for a in range(rows):
        for c in range(rows):
            for b in range(tasks):
                found[start + a * tasks + b, first + c * tasks + b] = at.design[a, c]


def _columns(of: System, unknowns: list[arb]) -> arb_mat:
    found = arb_mat(of.labels.nrows(), of.columns)
    for place, values in of.fixed.items():
        for row, value in enumerate(values):
            found[row, place] = value
    for turning in of.turning:
        cosine, sine = unknowns[turning.angle].cos(), unknowns[turning.angle].sin()
        for row in range(found.nrows()):
            p, q = turning.features[row, 0], turning.features[row, 1]
            found[row, turning.place] = p * cosine + q * sine
            found[row, turning.place + 1] = q * cosine - p * sine
    return found


def _side_by_side(left: arb_mat, right: arb_mat) -> arb_mat:
    rows = zip(left.tolist(), right.tolist(), strict=True)
    return arb_mat(left.nrows(), left.ncols() + right.ncols(), [entry for p, q in rows for entry in (*p, *q)])


def _split(of: arb_mat, count: int) -> tuple[arb_mat, arb_mat]:
    rows = of.tolist()
    left = arb_mat(of.nrows(), count, [entry for row in rows for entry in row[:count]])
    return left, arb_mat(of.nrows(), of.ncols() - count, [entry for row in rows for entry in row[count:]])
