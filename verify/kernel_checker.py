"""Checks a certificate about data with one or two inputs and trusts nothing:
python -I -S kernel_checker.py CERTIFICATE [DATA]

Standard library only; reads records as checker.py does, which lies beside this file. What it proves: the least cost of
interpolating the data lies between the bounds, the network interpolates at a cost no higher than the upper one, and,
where `unique` is false, two different networks have exactly the least cost. certify/KERNEL.md describes the format and
the rules that a rejection names. Exit status: 0 accepted, 1 rejected, 2 unreadable; 4 an error of the checker.
"""

import hashlib
import importlib.util
import math
import os
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

SCHEMA, ROOT_DIGITS = "reluproof.kernel-certificate/1", 60
ZERO, ONE = Fraction(0), Fraction(1)
Vector = list[Fraction]
Pair = tuple[int, int]


def beside(name: str) -> Any:
    """The module of this name that lies beside this file."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not os.path.exists(path):
        raise SystemExit(f"{name}.py is not beside the checker")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


base = beside("checker")
require, number, read = base.require, base.number, base.read

bound = partial(number, grammar=base.DECIMAL)
STATEMENT: dict[str, Any] = {"cost": {"lower": bound, "upper": bound}, "unique": (bool,), "networks": int}
HEAD: dict[str, Any] = {
    "schema": str,
    "inputs": int,
    "points": int,
    "tasks": int,
    "convention": str,
    "data_sha256": str,
}
HEAD |= {"square": number, "statement": STATEMENT}
POINT = {"point": int, "x": [number], "y": [number], "multiplier": [number]}
NETWORK = {"network": int, "neurons": int, "slopes": [[number]], "constant": [number]}
NEURON = {"neuron": int, "direction": [number], "offset": number, "weights": [number]}


def inner(u: Iterable[Any], v: Iterable[Any]) -> Any:
    """The inner product."""
    return sum([a * b for a, b in zip(u, v, strict=True)], 0)


class Proof:
    """Reads the data and the dual, then one or two networks."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.records, self.taken = base.records(lines), 0
        self.x: list[Vector] = []
        self.y: list[Vector] = []
        self.lam: list[Vector] = []

    def take(self, shape: dict[str, Any], index: int | None = None) -> dict[str, Any]:
        """The next record, in this shape; index: the number that its first key must have."""
        record: dict[str, Any] = next(self.records, {})
        self.taken += 1
        found: dict[str, Any] = read(shape, record)
        first = next(iter(shape))
        require(index is None or found[first] == index, "order", f"{first} {index} is due")
        return found

    def run(self) -> dict[str, Any]:
        """Judges all records; the statement in the first, which is returned, is true of the data in the others."""
        first: dict[str, Any] = next(self.records, {})
        self.taken = 1
        if first.get("schema") != SCHEMA:
            raise base.Unreadable(f"the schema is not {SCHEMA}")
        head = read(HEAD, first)
        self.inputs, self.tasks, claim = head["inputs"], head["tasks"], head["statement"]
        self.free, self.square = head["convention"] == "free", head["square"]
        require(self.free or head["convention"] == "penalised", "type", "the convention is free or penalised")
        require(head["points"] >= 1 <= self.tasks and self.square > 0, "counts", "points, tasks, square are positive")
        require(claim["unique"] is not True, "unique", "that an optimum is unique is not proved by certificates")
        for index in range(head["points"]):
            self.point(self.take(POINT, index))
        require(len({tuple(x) for x in self.x}) == len(self.x), "points", "a point occurs twice")
        require(data_hash(self.x, self.y) == head["data_sha256"], "hash", "data_sha256 is not that of the data")
        known = (self.free, self.inputs) in ((True, 1), (True, 2), (False, 1))
        require(known or not any(map(any, self.lam)), "inputs", "proved for 2 inputs, or 1 with penalised biases")
        value = self.dual() if known else ZERO
        self.conclude(claim, value)
        require(next(self.records, None) is None, "order", "something follows the conclusion")
        return first

    def point(self, found: dict[str, Any]) -> None:
        """A point with its label and its multiplier."""
        lengths = len(found["x"]), len(found["y"]), len(found["multiplier"])
        require(lengths == (self.inputs, self.tasks, self.tasks), "counts", "a vector is too short or too long")
        self.x.append(found["x"])
        self.y.append(found["y"])
        self.lam.append(found["multiplier"])

    def conclude(self, claim: dict[str, Any], value: Fraction) -> None:
        """The bounds, the networks, and that there are two optima if that is claimed."""
        lower, upper = claim["cost"]["lower"], claim["cost"]["upper"]
        require(lower <= 0 or (value > 0 and lower**2 <= self.square * value**2), "lower", "the dual proves less")
        count = claim["networks"]
        require(count in (1, 2), "counts", "there are one or two networks")
        functions, exact = [], True
        for index in range(count):
            function, cost, tight = self.network(index)
            require(index > 0 or cost <= upper, "upper", "the network costs more")
            functions.append(function)
            exact = exact and tight
        two = count == 2 and exact and functions[0] != functions[1]
        require(claim["unique"] is None or two, "unique", "these are not two different optima")
        last: dict[str, Any] = next(self.records, {})
        self.taken += 1
        require(last == {"conclusion": "proved", "records": self.taken}, "order", f"there are {self.taken} records")

    # ---- The dual: |sum_i lam_i phi(x_i)| <= norm for every neuron ---------------------------------------------------

    def dual(self) -> Fraction:
        """<lam, y>, after the proof that sqrt(square) lam is feasible."""
        if self.free:
            for weights in ([ONE] * len(self.x), *zip(*self.x, strict=True)):
                total = [inner(weights, column) for column in zip(*self.lam, strict=True)]
                require(not any(total), "free", "the multipliers see a free function")
        scale = math.lcm(*[entry.denominator for row in self.lam for entry in row])
        lam = [[int(entry * scale) for entry in row] for row in self.lam]
        pivots: Iterable[int | None] = range(len(self.x)) if self.free else [None]
        for pivot in pivots:
            rows = [self.parameters(point, pivot) for point in self.x]
            unit = math.lcm(*[entry.denominator for row in rows for entry in row])
            z = [(int(p * unit), int(q * unit)) for p, q in rows]
            # |Lam' phi|^2 <= norm^2 in integers: left * sum^2 <= right * norm^2
            left, right = self.square.numerator, self.square.denominator * (scale * unit) ** 2
            for form in forms(z, lam, left, right, full=not self.free):
                require(copositive(*form), "dual", f"a neuron about point {pivot} exceeds the bound")
        return Fraction(sum([inner(u, v) for u, v in zip(self.lam, self.y, strict=True)], ZERO))

    def parameters(self, point: Vector, pivot: int | None) -> Vector:
        """z with activation (z.u)_+ of a neuron with parameter u; one input is a line in the plane."""
        if pivot is None:
            return [point[0], ONE]
        away = [a - b for a, b in zip(point, self.x[pivot], strict=True)]
        return away if len(away) == 2 else [away[0], ZERO]

    # ---- Networks ---------------------------------------------------------------------------------------------------

    def network(self, index: int) -> tuple[dict[Any, Vector], Fraction, bool]:
        """(the function in normal form, an upper bound of the cost, whether every neuron pays what the dual pays)."""
        head = self.take(NETWORK, index)
        shapes = len(head["slopes"]), *[len(row) for row in head["slopes"]], len(head["constant"])
        require(shapes == (self.inputs, *[self.tasks] * (self.inputs + 1)), "counts", "the free part has another shape")
        require(self.free or not (any(map(any, head["slopes"])) or any(head["constant"])), "free", "nothing is free")
        values = [[c + inner(point, column) for c, column in self.columns(head)] for point in self.x]
        affine = [list(row) for row in head["slopes"]] + [list(head["constant"])]
        function: dict[Any, Vector] = {}
        cost, tight = ZERO, True
        for k in range(head["neurons"]):
            neuron = self.take(NEURON, k)
            u, b, v = neuron["direction"], neuron["offset"], neuron["weights"]
            require((len(u), len(v)) == (self.inputs, self.tasks), "counts", "a neuron has another shape")
            active = [max(inner(u, point) + b, ZERO) for point in self.x]
            for row, a in zip(values, active, strict=True):
                row[:] = [y + a * w for y, w in zip(row, v, strict=True)] if a else row
            norm = inner(u, u) + (0 if self.free else b * b)
            cost += root(norm * inner(v, v))
            tight = tight and self.pays(active, v, norm)
            merge(function, affine, (u, b, v))
        require(values == self.y, "interpolation", "the network misses a label")
        kept = {key: value for key, value in function.items() if any(value)}
        return kept | {"affine": [entry for row in affine for entry in row]}, cost, tight

    def columns(self, head: dict[str, Any]) -> Iterator[tuple[Fraction, Vector]]:
        """The affine part of a network, task by task: (constant, slopes)."""
        for task, constant in enumerate(head["constant"]):
            yield constant, [row[task] for row in head["slopes"]]

    def pays(self, active: Vector, v: Vector, norm: Fraction) -> bool:
        """Whether v is a nonnegative multiple of Lam' phi, of length norm: then |v| norm = <Lam' phi, v>."""
        if not any(v):
            return True
        seen = [inner(active, column) for column in zip(*self.lam, strict=True)]
        size, along = inner(seen, seen), inner(seen, v)
        return (
            along > 0
            and self.square * size == norm
            and all(w * size == along * s for w, s in zip(v, seen, strict=True))
        )


def merge(function: dict[Any, Vector], affine: list[Vector], neuron: tuple[Vector, Fraction, Vector]) -> None:
    """Adds a neuron to the normal form: one kink per hyperplane, the first entry of its direction being 1."""
    u, b, v = neuron
    first = next((entry for entry in u if entry), None)
    if first is None:
        affine[-1][:] = [c + max(b, ZERO) * w for c, w in zip(affine[-1], v, strict=True)]
        return
    if first < 0:  # (-t)_+ = t_+ - t
        for row, entry in zip(affine, [*u, b], strict=True):
            row[:] = [a + entry * w for a, w in zip(row, v, strict=True)]
    key = *[entry / first for entry in u], b / first
    old = function.get(key, [ZERO] * len(v))
    function[key] = [a + abs(first) * w for a, w in zip(old, v, strict=True)]


def root(square: Fraction) -> Fraction:
    """The square root if it is rational, else an upper bound near it in relative terms."""
    product = square.numerator * square.denominator
    exact = math.isqrt(product)
    if exact * exact == product:
        return Fraction(exact, square.denominator)
    digits = max(0, len(str(square.denominator)) - len(str(square.numerator))) + ROOT_DIGITS
    return Fraction(math.isqrt(square.numerator * 10 ** (2 * digits) // square.denominator) + 1, 10**digits)


def upper_half(u: Pair) -> Pair:
    """u or -u, whichever has an angle in [0, pi)."""
    return u if u[1] > 0 or (u[1] == 0 and u[0] > 0) else (-u[0], -u[1])


def forms(z: list[Pair], lam: list[list[int]], left: int, right: int, *, full: bool) -> Iterator[tuple[int, int, int]]:
    """On every arc of parameters between neighbouring critical directions: right |u|^2 - left |sum lam_i (z_i.u)_+|^2.

    In coordinates of the ends of the arc, a s^2 + 2 b s t + c t^2. Half a turn suffices if u and -u are the same neuron
    modulo free functions.
    """
    critical = {upper_half((-q // math.gcd(p, q), p // math.gcd(p, q))) for p, q in z if p or q} or {(1, 0)}
    if len(critical) == 1:
        ((p, q),) = critical
        critical = {(p, q), upper_half((-q, p))}
    ordered = sorted(critical, key=lambda u: (u[1] != 0, Fraction(-u[0], u[1] or 1)))
    around = [*ordered, *[(-p, -q) for p, q in ordered]] if full else ordered
    around.append(around[0] if full else (-around[0][0], -around[0][1]))
    active = [False] * len(z)
    sums = [[0] * len(lam[0]), [0] * len(lam[0])]
    for first, last in pairwise(around):
        middle = first[0] + last[0], first[1] + last[1]
        for i, (p, q) in enumerate(z):
            now = middle[0] * p + middle[1] * q > 0
            if now != active[i]:
                active[i], sign = now, 1 if now else -1
                for row, w in zip(sums, (sign * p, sign * q), strict=True):
                    row[:] = [s + w * entry for s, entry in zip(row, lam[i], strict=True)]
        starts, ends = ([u * s + v * t for s, t in zip(*sums, strict=True)] for u, v in (first, last))
        yield (
            right * inner(first, first) - left * inner(starts, starts),
            right * inner(first, last) - left * inner(starts, ends),
            right * inner(last, last) - left * inner(ends, ends),
        )


def copositive(a: int, b: int, c: int) -> bool:
    """Whether a s^2 + 2 b s t + c t^2 >= 0 for all s, t >= 0."""
    return a >= 0 and c >= 0 and (b >= 0 or b * b <= a * c)


# ---- Data -----------------------------------------------------------------------------------------------------------


def data_hash(x: list[Vector], y: list[Vector]) -> str:
    """SHA-256 of one line of numbers in lowest terms per point, inputs first, in increasing order of the inputs."""
    rows = sorted([*point, *label] for point, label in zip(x, y, strict=True))
    return hashlib.sha256("".join(" ".join(map(str, row)) + "\n" for row in rows).encode()).hexdigest()


def hash_of_file(path: str, inputs: int) -> str:
    """The same of a table or of JSON with lists x and y, as data_sha256.py reads them."""
    reader = beside("data_sha256")
    try:
        with open(path, "rb") as file:
            text = file.read(reader.LONGEST_DATA + 1).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        is_json = text.lstrip(" \t\n").startswith("{")
        found = reader.rows_of_json(text) if is_json else reader.rows_of_table(text)
        cells = [[*(row[0] if isinstance(row[0], list) else [row[0]]), *row[1:]] for row in found]
        rows = [[reader.cell_number(cell) for cell in row] for row in cells]
    except (reader.Unreadable, UnicodeDecodeError) as error:
        raise base.Unreadable(f"DATA are no dataset: {error}") from None
    return data_hash([row[:inputs] for row in rows], [row[inputs:] for row in rows])


def describe(head: dict[str, Any]) -> str:
    """The statement that has been verified, in words."""
    claim, cost = head["statement"], head["statement"]["cost"]
    sizes = f"{head['points']} points, inputs: {head['inputs']}, tasks: {head['tasks']}, {head['convention']} bias"
    text = [f"accepted: {sizes}, data sha256 {head['data_sha256']}", ""]
    value = cost["lower"] if cost["lower"] == cost["upper"] else f"between {cost['lower']} and {cost['upper']}"
    text += [f"optimal cost   {value}"]
    text += ["network        interpolates, and costs no more than the upper bound"]
    only = "no: two different networks have exactly the least cost" if claim["unique"] is False else "not claimed"
    return "\n".join([*text, f"only optimum   {only}"])


def answer(arguments: list[str]) -> tuple[int, str]:
    """(exit status, what is to be said) for CERTIFICATE and perhaps DATA; - is standard input."""
    if len(arguments) not in (1, 2) or arguments == ["-", "-"]:
        return 2, "usage: kernel_checker.py CERTIFICATE [DATA]"
    proof = Proof([])
    try:
        with open(arguments[0] if arguments[0] != "-" else 0, "rb") as file:
            proof = Proof(iter(lambda: file.readline(base.LONGEST_LINE + 1), b""))
            head = proof.run()
        if len(arguments) == 2:
            same = hash_of_file(arguments[1], head["inputs"]) == head["data_sha256"]
            require(same, "data", "DATA are other points or labels")
    except base.Rejected as error:
        return 1, f"rejected: rule {error.args[0]}, record {proof.taken}: {error.args[1]}"
    except (base.Unreadable, OSError, MemoryError) as error:
        return 2, f"unreadable: after {proof.taken} records: {error or 'out of memory'}"
    return 0, describe(head)


if __name__ == "__main__":
    base.answer = answer
    os._exit(base.main(sys.argv[1:]))
