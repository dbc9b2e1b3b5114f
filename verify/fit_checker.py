"""Checks a certificate of a regularised fit and trusts nothing:  python -I -S fit_checker.py CERTIFICATE [DATA]

One file, standard library only. fit/SPECIFICATION.md describes the format, the theorems relied upon and the rules that
a rejection names. Exit status: 0 accepted, 1 rejected, 2 unreadable or not to be said; 4 an error of the checker.
"""

import hashlib
import importlib.util
import io
import itertools
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

SCHEMA, LONGEST_LINE = "reluproof.fit-certificate/1", 1 << 22  # bytes
EXACT = re.compile(r"-?[0-9]{1,50000}(?:/(?=0*[1-9])[0-9]{1,50000})?")
DECIMAL = re.compile(r"(?=\.?[0-9])[0-9]{0,1200}(?:\.[0-9]{0,1200})?(?:[eE][+-]?[0-9]{1,4})?")
SCALE, FINE = 10**400, 10**60  # sums are rounded to units of 1 / SCALE; roots to 60 digits
LONGEST = 1 << 2_000_000  # what denominators inside one stretch between knots stay below
ZERO = Fraction(0)
Vector = list[Fraction]


class Unreadable(Exception):
    """This is no certificate, or these are no data: there is nothing to judge."""


class Rejected(Exception):
    """A rule is broken: (rule, why)."""


def require(condition: bool, rule: str, why: str) -> None:
    """Rejected, with the rule of the specification and what is wrong, unless the condition holds."""
    if not condition:
        raise Rejected(rule, why)


def quoted(value: Any, most: int = 40) -> str:
    """A value as messages show it, cut where it is long."""
    text = repr(value)
    size = len(value) if isinstance(value, str) else len(text)
    return text if len(text) <= most else f"{text[:most]}...{text[-1]} ({size} characters)"


def exact(text: Any) -> Fraction:
    """The rational that a string spells as an integer or a fraction; Rejected if it does not."""
    if not isinstance(text, str) or EXACT.fullmatch(text) is None:
        raise Rejected("number", f"not exact, or too long: {quoted(text)}")
    return Fraction(text) if "/" in text else Fraction(int(text))


def bound(text: Any) -> Fraction:
    """The rational that a decimal spells; Rejected if it is none."""
    if not isinstance(text, str) or DECIMAL.fullmatch(text) is None:
        raise Rejected("number", f"no bound: {quoted(text)}")
    return Fraction(text)


def read(shape: Any, value: Any) -> Any:
    """`value`, if it has this shape: an object with exactly these keys, [of each], (or null,), a type, or a reader."""
    if isinstance(shape, dict):
        right = type(value) is dict and value.keys() == shape.keys()
        require(right, "keys", f"an object with exactly the keys {', '.join(shape)} is due")
        return {key: read(part, value[key]) for key, part in shape.items()}
    if isinstance(shape, tuple):
        return None if value is None else read(shape[0], value)
    kind = list if isinstance(shape, list) else shape
    if isinstance(kind, type) and type(value) is not kind:
        raise Rejected("type", f"of the wrong type: {quoted(value)}")
    return value if isinstance(shape, type) else [read(shape[0], v) for v in value] if kind is list else shape(value)


STATEMENT = {
    "lambda": exact,
    "exact": bool,
    "objective": {"lower": bound, "upper": bound},
    "gap": bound,
    "distance": bound,
    "kinks": {"zero": int, "nonzero": int, "undecided": int},
    "unique": (bool,),
    "sparsest": (int,),
}
HEAD = {"schema": str, "points": int, "tasks": int, "reading": str, "weighted": bool, "data_sha256": str}
POINT = {
    "point": int,
    "x": exact,
    "y": [[exact]],
    "w": ([exact],),
    "kink": str,
    "value": ([exact],),
    "dual": ([exact],),
}
CONCLUSION = {"conclusion": str, "records": int, "knots": int}


def refuse(text: str) -> Any:
    """Unreadable: a JSON number that is no count."""
    raise Unreadable(f"{quoted(text)}: outside strings, the only numbers are counts from 0 to 10^15 - 1")


def count(text: str) -> int:
    """A JSON number: a count from 0 to 10^15 - 1."""
    return int(text if text.isdigit() and len(text) <= 15 else refuse(text))


def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object with these members; Unreadable if a key occurs twice."""
    if len(dict(pairs)) < len(pairs):
        raise Unreadable("a key occurs twice in one object")
    return dict(pairs)


def records(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """One JSON object a line; never more than one line in memory."""
    decoder = json.JSONDecoder(object_pairs_hook=members, parse_float=refuse, parse_constant=refuse, parse_int=count)
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise Unreadable(f"a line is longer than {LONGEST_LINE} bytes")
        if not line.endswith(b"\n"):
            raise Unreadable("the last line is cut off: it has no newline")
        try:
            value = decoder.decode(line.decode("utf-8"))
        except (ValueError, RecursionError):
            raise Unreadable("a line is not JSON in UTF-8") from None
        yield value if type(value) is dict else members([("", 0)] * 2)


def dot(u: Vector, v: Vector) -> Fraction:
    """The inner product."""
    return sum([a * b for a, b in zip(u, v, strict=True)], ZERO)


def minus(u: Vector, v: Vector) -> Vector:
    """The difference."""
    return [a - b for a, b in zip(u, v, strict=True)]


def roots(square: Fraction) -> tuple[Fraction, Fraction]:
    """Bounds of the root of a nonnegative number, exact where it is rational, else good to about 60 digits."""
    p, q = square.numerator, square.denominator
    root = math.isqrt(p), math.isqrt(q)
    if root[0] ** 2 == p and root[1] ** 2 == q:
        return Fraction(*root), Fraction(*root)
    scale = FINE << max(0, q.bit_length() - p.bit_length()) // 2
    near = math.isqrt(p * scale * scale // q)
    return Fraction(near, scale), Fraction(near + 1, scale)


class Sum:
    """A sum of nonnegative numbers between two integers, in units of 1 / SCALE; 0 only if all terms are 0."""

    def __init__(self) -> None:
        self.low = self.high = 0

    def add(self, low: Fraction, high: Fraction) -> None:
        """Adds a number between low and high, both nonnegative."""
        self.low += low.numerator * SCALE // low.denominator
        self.high -= -high.numerator * SCALE // high.denominator


class Point:
    """A point with its merged label and weight, the fitted value z, the dual v, and W (Zd - Z) in the making."""

    __slots__ = ("dual", "force", "index", "kink", "value", "w", "x", "y")

    def __init__(self, index: int, y: Vector, w: Fraction, found: dict[str, Any]) -> None:
        self.index, self.x, self.y, self.w, self.kink = index, found["x"], y, w, found["kink"]
        self.value, self.dual = found["value"], found["dual"]
        self.force: Vector = []


class Knot:
    """An inner knot with the kink d of the spline.

    low <= |d|; off >= |v - lambda d / |d||; turn: of the directions of Z* and of v; sure: the kink of Z* is not 0.
    """

    __slots__ = ("low", "off", "point", "sure", "turn")

    def __init__(self, point: Point, low: Fraction, off: Fraction, turn: Fraction | None, sure: bool) -> None:
        self.point, self.low, self.off, self.turn, self.sure = point, low, off, turn, sure


class Stretch:
    """The points from one knot to the next, both included, and the left knot, None at the first point."""

    __slots__ = ("free", "left", "points")

    def __init__(self, points: list[Point], left: Knot | None, free: bool) -> None:
        self.points, self.left, self.free = points, left, free


class Proof:
    """Walks the points from left to right; holds two stretches between knots."""

    taken = knots = runs = length = aligned = 0

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.records, self.digest = records(lines), hashlib.sha256()
        self.loss, self.cost, self.gap, self.scatter = Sum(), Sum(), Sum(), Sum()
        self.points: list[Point] = []
        self.lightest: Fraction | None = None
        self.exact = self.decided = True
        self.kinds = {"zero": 0, "nonzero": 0, "undecided": 0}
        self.pending: Stretch | None = None
        self.slope: Vector = []  # of the spline in the pending stretch, and of v at its right end
        self.pull: Vector = []
        self.before: tuple[str, Knot | None] = ("zero", None)  # what is known of the inner point before

    def take(self, kind: str) -> dict[str, Any]:
        """The next record, which must have this key."""
        record, self.taken = next(self.records, {}), self.taken + 1
        require(kind in record, "order", f"a record with the key {kind!r} is due")
        return record

    def run(self) -> dict[str, Any]:
        """Judges all records; the statement in the first, which is returned, is true of the data in the others."""
        first = self.take("schema")
        if first["schema"] != SCHEMA:
            raise Unreadable(f"the schema is not {SCHEMA}")
        head = read(HEAD | {"statement": STATEMENT}, first)
        self.start(head, head["statement"])
        for index in range(self.size):
            self.point(index, self.take("point"))
        self.conclude(head, read(CONCLUSION, self.take("conclusion")))
        require(next(self.records, None) is None, "order", "something follows the conclusion")
        return first

    def start(self, head: dict[str, Any], claim: dict[str, Any]) -> None:
        """The head: lambda, the sizes, and how far labels may be from those of the fit."""
        self.claim, self.size, self.tasks, self.weighted = claim, head["points"], head["tasks"], head["weighted"]
        self.penalty: Fraction = claim["lambda"]
        readings = ("decimal", "binary", "shortest", "exact")
        require(head["reading"] in readings, "type", f"the reading is one of {', '.join(readings)}")
        require(self.size >= 2 and self.tasks >= 1, "counts", "at least 2 points and 1 task are needed")
        require(self.penalty > 0, "counts", "lambda is not positive")
        require(not claim["exact"] or claim["gap"] == 0, "exact", "the gap of an exact fit is 0")
        self.radius = roots(2 * claim["gap"])[1]  # |Z - Z*|_W is at most this, if the gap is what is claimed

    def merged(self, found: dict[str, Any]) -> tuple[Vector, Fraction]:
        """The weighted mean of the observations at one point, and their weight; what they scatter is added up."""
        rows, weights = found["y"], found["w"]
        require((weights is not None) == self.weighted, "counts", "weights are given at all points or at none")
        weights = [Fraction(1)] * len(rows) if weights is None else weights
        require(0 < len(rows) == len(weights), "counts", "one weight for each observation, at least one")
        require(all(len(row) == self.tasks for row in rows), "counts", "a label has one coordinate for each task")
        require(min(weights) > 0, "counts", "a weight is not positive")
        for row, weight in sorted(zip(rows, weights, strict=True)):
            words = [found["x"], *row] + ([weight] if self.weighted else [])
            self.digest.update(" ".join(map(str, words)).encode() + b"\n")
        total = sum(weights, ZERO)
        mean = [
            sum([w * row[t] for w, row in zip(weights, rows, strict=True)], ZERO) / total for t in range(self.tasks)
        ]
        if len(rows) > 1:
            spread = [dot(minus(row, mean), minus(row, mean)) for row in rows]
            lost = sum([w * s for w, s in zip(weights, spread, strict=True)], ZERO) / 2
            self.scatter.add(lost, lost)
        self.lightest = total if self.lightest is None else min(self.lightest, total)
        return mean, total

    def point(self, index: int, record: dict[str, Any]) -> None:
        """A point with its label, and its value and dual where they are given; a knot ends a stretch."""
        found = read(POINT, record)
        require(found["point"] == index, "order", f"point {index} is due")
        point = Point(index, *self.merged(found), found)
        outer = index in (0, self.size - 1)
        require(not self.points or point.x > self.points[-1].x, "points", "the points do not increase")
        require(not outer or (point.value is not None and point.dual is None), "keys", "an end has a value and no dual")
        require(outer or point.value is None or point.dual is not None, "keys", "a knot has a dual")
        require(point.kink in self.kinds and not (outer and point.kink != "zero"), "keys", "no such kind of kink")
        for vector in (point.value, point.dual):
            require(vector is None or len(vector) == self.tasks, "counts", "one coordinate for each task")
        point.dual = [ZERO] * self.tasks if outer else point.dual
        require(point.dual is None or dot(point.dual, point.dual) <= self.penalty**2, "dual", "longer than lambda")
        self.points.append(point)
        if point.value is not None and index > 0:
            self.stretch(self.points)
            self.points = [point]

    def stretch(self, points: list[Point]) -> None:
        """From knot to knot the spline is a line, and D^T v = W (Y - Z) strictly between points where v is given."""
        first, last = points[0], points[-1]
        slope = [s / (last.x - first.x) for s in minus(last.value, first.value)]
        require(max(s.denominator for s in slope) < LONGEST, "number", "denominators too long")
        for p in points[1:-1]:
            p.value = [z + (p.x - first.x) * s for z, s in zip(first.value, slope, strict=True)]
        for p in points if first.index == 0 else points[1:]:
            rest = minus(p.y, p.value)
            p.force = [p.w * r for r in rest]
            half = p.w * dot(rest, rest) / 2
            self.loss.add(half, half)
        given = [k for k, p in enumerate(points) if p.dual is not None]
        pulls = [self.solve(points[a : b + 1]) for a, b in itertools.pairwise(given)]
        for k, before, after in zip(
            given, [self.pull or [ZERO] * self.tasks] + [p[1] for p in pulls], pulls, strict=False
        ):
            self.residual(points[k], minus(after[0], before))
        left = self.knot(first, points[1], slope) if first.index else None
        if self.pending is not None:
            self.settle(self.pending, left)
        self.pending, self.slope, self.pull = Stretch(points, left, len(given) == 2), slope, pulls[-1][1]
        if last.index == self.size - 1:
            self.residual(last, [-p for p in self.pull])
            self.settle(self.pending, None)

    def solve(self, points: list[Point]) -> tuple[Vector, Vector]:
        """v between two points where it is given; its slopes at both ends."""
        first, last = points[0], points[-1]
        value, slope, found = list(first.dual), [ZERO] * self.tasks, [list(first.dual)]
        for left, right in itertools.pairwise(points):
            if left is not first:
                slope = [s + f for s, f in zip(slope, left.force, strict=True)]
            value = [v + (right.x - left.x) * s for v, s in zip(value, slope, strict=True)]
            found.append(value)
        turn = [m / (last.x - first.x) for m in minus(last.dual, value)]
        for p, row in zip(points[1:-1], found[1:-1], strict=True):
            p.dual = [v + (p.x - first.x) * t for v, t in zip(row, turn, strict=True)]
            require(dot(p.dual, p.dual) <= self.penalty**2, "dual", f"v is longer than lambda at point {p.index}")
        return turn, [s + t for s, t in zip(slope, turn, strict=True)]

    def residual(self, p: Point, bend: Vector) -> None:
        """What |Zd - Z|^2 / 2 gets from a point where v is given and its slope changes by `bend`."""
        force = minus(p.force, bend)
        square = dot(force, force)
        self.exact = self.exact and not square
        self.gap.add(square / (2 * p.w), square / (2 * p.w))

    def knot(self, p: Point, following: Point, slope: Vector) -> Knot:
        """The kink at a knot: what it costs, and how sure it is."""
        assert self.pending is not None
        d = minus(slope, self.slope)
        square, paired = dot(d, d), dot(p.dual, d)
        low, high = roots(square)
        tight = paired >= 0 and paired * paired == self.penalty**2 * square
        lost = ZERO if tight else self.penalty * high - paired
        self.exact = self.exact and tight
        self.knots += 1
        self.cost.add(self.penalty * low, self.penalty * high)
        self.gap.add(lost, lost)
        if not low:
            return Knot(p, low, 2 * self.penalty, None, False)
        off = roots(2 * self.penalty * lost / low)[1]
        left, a, b = self.pending.points[-2], p.x - self.pending.points[-2].x, following.x - p.x
        row = 1 / (a * a * left.w) + (1 / a + 1 / b) ** 2 / p.w + 1 / (b * b * following.w)
        moved = roots(row)[1] * self.radius
        turn = min(self.radius / roots(self.penalty * low)[0], 2 * moved / low) + off / self.penalty
        return Knot(p, low, off, turn, moved < low)

    def settle(self, stretch: Stretch, right: Knot | None) -> None:
        """What the records call zero or nonzero is so: at the points between two knots, then at the right one."""
        points, left = stretch.points, stretch.left
        weight = sum([p.w for p in points[1:-1]], ZERO)
        for p in points[1:-1]:
            require(p.kink != "nonzero", "kink", f"point {p.index} is no knot")
            if p.kink == "zero" and not self.claim["exact"]:
                require(stretch.free, "kink", f"nothing is known of the kink at point {p.index}")
                self.zero(p, points, weight, left, right)
            self.step(p.kink, None)
        if right is not None:
            kind = right.point.kink
            require(kind != "zero", "kink", f"point {right.point.index} is a knot")
            require(kind == "undecided" or right.sure, "kink", f"the kink at point {right.point.index} may be 0")
            self.step(kind, right)

    def zero(self, p: Point, points: list[Point], weight: Fraction, left: Knot | None, right: Knot | None) -> None:
        """The dual of Z* is shorter than lambda there, because it is near v: a local bound."""
        width = points[-1].x - points[0].x
        t = (p.x - points[0].x) / width
        local, off = (t * (1 - t) * width) ** 2 * weight, ZERO
        for share, knot in ((1 - t, left), (t, right)):
            if knot is not None:
                require(knot.low > 0, "kink", f"the kink at the knot {knot.point.index} is 0")
                local, off = local + share**2 * self.penalty / knot.low, off + share * knot.off
        longest = roots(dot(p.dual, p.dual))[1] + self.radius * roots(local)[1] + off
        require(longest < self.penalty, "kink", f"the kink at point {p.index} may be nonzero")

    def step(self, kind: str, knot: Knot | None) -> None:
        """The next inner point: whether it continues a run."""
        self.kinds[kind] += 1
        before, left = self.before
        same = False
        if "zero" not in (kind, before):
            if self.claim["exact"] and left is not None and knot is not None:
                same = left.point.dual == knot.point.dual
            else:
                self.decided = self.decided and self.apart(left, knot) and (kind, before) == ("nonzero", "nonzero")
        self.aligned += same
        self.runs += (self.length + 1) // 2 if not same else 0
        self.length = self.length + 1 if same else int(kind != "zero")
        self.before = kind, knot

    def apart(self, left: Knot | None, right: Knot | None) -> bool:
        """Whether the directions of Z* at two neighbouring points certainly differ."""
        if left is None or right is None or left.turn is None or right.turn is None:
            return False
        gap = minus(right.point.dual, left.point.dual)
        return roots(dot(gap, gap))[0] > self.penalty * (left.turn + right.turn)

    def conclude(self, head: dict[str, Any], last: dict[str, Any]) -> None:
        """The counts, and what only the whole of the records can show."""
        claim, runs = self.claim, self.runs + (self.length + 1) // 2
        counts = {"records": self.taken, "knots": self.knots}
        require(last == {"conclusion": "proved"} | counts, "counts", f"the counts are {counts}")
        require(self.digest.hexdigest() == head["data_sha256"], "hash", "data_sha256 is not that of the data")
        require(claim["kinks"] == self.kinds, "counts", f"the kinks are {self.kinds}")
        require(not claim["exact"] or self.exact, "exact", "the gap is not 0")
        require(self.gap.high <= claim["gap"] * SCALE, "gap", "the gap is larger")
        low, high = (
            self.loss.low + self.cost.low + self.scatter.low,
            self.loss.high + self.cost.high + self.scatter.high,
        )
        within = (
            claim["objective"]["lower"] * SCALE <= low - self.gap.high and high <= claim["objective"]["upper"] * SCALE
        )
        require(within, "objective", "the optimal value is not between its bounds")
        require(claim["distance"] ** 2 * (self.lightest or ZERO) >= 2 * claim["gap"], "distance", "it may be larger")
        known = claim["exact"] or self.decided
        unique = self.aligned == 0 if known else None
        require(claim["unique"] in (None, unique), "unique", f"what is proved is {unique}")
        known = claim["exact"] or (self.decided and not self.kinds["undecided"])
        require(claim["sparsest"] in (None, runs if known else None), "sparsest", f"what is proved is {runs}")


def data_sha256(path: str) -> str:
    """The hash of the observations in DATA, by the reader that lies beside this file; weights are the last column."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data_sha256.py")
    spec = importlib.util.spec_from_file_location("data_sha256", beside)
    if spec is None or spec.loader is None or not os.path.exists(beside):
        raise Unreadable("DATA are read by data_sha256.py, which is not beside the checker")
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    try:
        return str(reader.data_sha256(path, repeated=True))
    except reader.Unreadable as error:
        raise Unreadable(f"DATA are no dataset: {error}") from None


def describe(head: dict[str, Any]) -> str:
    """The statement that has been verified, in words."""
    claim = head["statement"]
    kinks = ", ".join(f"{number} {kind}" for kind, number in claim["kinks"].items())
    network = {True: "yes", False: "no", None: "not decided"}[claim["unique"]]
    tasks = f"{head['tasks']} task{'s' if head['tasks'] > 1 else ''}"
    tasks += ", weighted" if head["weighted"] else ""
    text = [f"accepted: {head['points']} points, {tasks}, data sha256 {head['data_sha256']}", ""]
    text += [f"lambda         {claim['lambda']:.60}"]
    text += ["optimal value  between {lower} and {upper}".format(**claim["objective"])]
    text += ["fitted labels  " + ("exact" if claim["exact"] else f"within {claim['distance']} of the minimiser")]
    text += [f"kinks          {kinks}", f"only network   {network}"]
    if claim["sparsest"] is not None:
        text += [f"neurons        {claim['sparsest']} in the sparsest optimum"]
    return "\n".join(text)


def answer(arguments: list[str]) -> tuple[int, str]:
    """(exit status, what is to be said) for CERTIFICATE and perhaps DATA; - is standard input."""
    if len(arguments) not in (1, 2) or arguments == ["-", "-"]:
        return 2, "usage: fit_checker.py CERTIFICATE [DATA]"
    proof = Proof([])
    try:
        with open(arguments[0] if arguments[0] != "-" else 0, "rb") as file:
            proof = Proof(iter(lambda: file.readline(LONGEST_LINE + 1), b""))
            head = proof.run()
        if len(arguments) == 2:
            what = "points or labels, or weights (the last column)" if head["weighted"] else "points or labels"
            require(data_sha256(arguments[1]) == head["data_sha256"], "data", f"DATA are other {what}")
    except Rejected as error:
        return 1, f"rejected: rule {error.args[0]}, record {proof.taken}: {error.args[1]}"
    except (Unreadable, OSError, MemoryError) as error:
        return 2, f"unreadable: after {proof.taken} records: {error or 'out of memory'}"
    return 0, describe(head)


def main(arguments: list[str]) -> int:
    """Says the answer; the exit status is 0 or 1 only where there is a verdict, and it could be said."""
    try:
        sys.set_int_max_str_digits(0)
        status, text = answer(arguments)
        stream = sys.stderr if status > 1 else sys.stdout
        if stream is None:  # closed
            return 2
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        print(text, file=stream, flush=True)
    except BrokenPipeError:  # a reader that has gone away changes no verdict
        return status
    except OSError as error:  # a full disk must not look like one
        print(f"the answer cannot be printed: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  (whatever it is, it must not look like a verdict)
        said = f"an error of the checker itself, which says nothing of the certificate: {quoted(error, 200)}"
        print(said, file=sys.stderr)
        return 4
    return status


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))  # at once: nothing is left to be printed that could fail
