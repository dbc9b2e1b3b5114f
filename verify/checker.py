"""Checks a reluproof certificate and trusts nothing:  python -I -S checker.py CERTIFICATE [DATA]

One file, standard library only (for DATA, data_sha256.py beside it). certify/SPECIFICATION.md describes the format, the
theorems relied upon and the rules that a rejection names. Exit status: 0 accepted, 1 rejected, 2 unreadable or not
printable; 4 an error of the checker.
"""

import hashlib
import importlib.util
import io
import json
import math
import os
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import partial
from typing import Any

SCHEMA, LONGEST_LINE = "reluproof.certificate/1", 1 << 22  # bytes
LONGEST_NORM, NORM_DENOMINATOR = 1000, 1 << 65536  # points of a norm, and what its denominator stays below
SUM_DENOMINATOR = 1 << 262144  # what the common denominator of a sum over the tasks stays below
EXACT = re.compile(r"-?[0-9]{1,50000}(?:/(?=0*[1-9])[0-9]{1,50000})?")
DATUM = re.compile(r"(?=.{1,5000}\Z)-?[0-9]+(?:/0*[1-9][0-9]*)?")
DECIMAL = re.compile(r"[+-]?(?=\.?[0-9])[0-9]{0,1200}(?:\.[0-9]{0,1200})?(?:[eE][+-]?[0-9]{1,4})?")
ZERO, ONE = Fraction(0), Fraction(1)
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


def number(text: Any, grammar: re.Pattern[str] = EXACT) -> Fraction:
    """The rational that a string of the grammar spells; Rejected if it is none."""
    if not isinstance(text, str) or grammar.fullmatch(text) is None:
        raise Rejected("number", f"not a number of the kind due here, or too long: {quoted(text)}")
    return Fraction(text) if grammar is DECIMAL or "/" in text else Fraction(int(text))


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


datum, bound = partial(number, grammar=DATUM), partial(number, grammar=DECIMAL)
BOUNDS: dict[str, Any] = {"lower": bound, "upper": bound}
STATEMENT = {
    "unique": bool,
    "affine": {"slope": [number], "offset": [number]},
    "cost": BOUNDS,
    "neurons": {"connect_the_dots": int, "sparsest": int, "sparsest_unique": bool, "sparsest_dimension": int},
    "radius": (BOUNDS | {"gap": int, "at": number},),
    "angles": (BOUNDS | {"gap": int},),
    "margin": (BOUNDS | {"squared_lower": bound, "squared_upper": bound, "gap": int},),
    "sobolev": {"first": [number], "last": [number], "norm_squared": ([number],)},
}
HEAD = {"schema": str, "points": int, "tasks": int, "reading": str, "data_sha256": str, "statement": STATEMENT}
POINT: dict[str, Any] = {"point": int, "x": datum, "y": [datum]}
INNER = POINT | {"kink": [number], "square": number, "knot": ({"at": number, "times": number},)}
PAIR: dict[str, Any] = {"aligned": {"aligned": number, "merged": number}, "zero": {"zero": int}}
PAIR |= {"minor": {"minor": [int]}, "product": {"product": number}}
CONCLUSION = {"conclusion": str, "records": int, "aligned_pairs": int, "knots": int}


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
    """The inner product, over one denominator: whoever makes that grow with every task is stopped while it is short."""
    common, total = 1, 0
    for a, b in zip(u, v, strict=True):
        common = math.lcm(common, a.denominator * b.denominator)
        require(common < SUM_DENOMINATOR, "number", "the denominators of a sum over the tasks are too long")
    for a, b in zip(u, v, strict=True):
        total += a.numerator * b.numerator * (common // (a.denominator * b.denominator))
    return Fraction(total, common)


def short(values: Vector) -> Vector:
    """Sums over the points, unless somebody made their denominators grow beyond use."""
    require(max(v.denominator for v in values) < NORM_DENOMINATOR, "F-norm", "denominators too long to sum exactly")
    return values


def signed_square(value: Fraction) -> Fraction:
    """The square, with the sign of the value."""
    return value * abs(value)


def along(start: Vector, slope: Vector, length: Fraction = ONE) -> Vector:
    """start + length * slope."""
    return [a + length * s for a, s in zip(start, slope, strict=True)]


class Proof:
    """Walks the points from left to right; remembers three gaps, two kinks and one knot."""

    taken = aligned = kinks = knots = length = odd_runs = low = high = 0
    knot: dict[str, Fraction] | None = None  # of the sparsest network, in the gap to the right of the point
    gram: tuple[Fraction, Fraction, Fraction] | None = None  # of the last two kinks

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.records, self.digest = records(lines), hashlib.sha256()
        self.carry, self.x, self.square = ZERO, ZERO, ZERO  # carry: what the left gap's knot gives to this kink
        self.y, self.kink, self.gaps = [ZERO], [ZERO], [ZERO]
        self.places: dict[int, str] = {}  # the points at the ends of the gaps that the statement names

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
        head = read(HEAD, first)
        self.start(head, head["statement"])
        for index in range(self.size):
            self.point(index, self.take("point"))
            if 2 <= index < self.size - 1:
                self.pair(index - 1, self.take("pair"))
        self.settle(None)
        self.conclude(head, read(CONCLUSION, self.take("conclusion")))
        require(next(self.records, None) is None, "order", "something follows the conclusion")
        return first

    def start(self, head: dict[str, Any], claim: dict[str, Any]) -> None:
        """The head: what the statement says of all points together."""
        self.claim, self.size, self.tasks, self.slope = claim, head["points"], head["tasks"], claim["affine"]["slope"]
        readings = ("decimal", "binary", "shortest", "exact")
        require(head["reading"] in readings, "type", f"the reading is one of {', '.join(readings)}")
        require(self.size >= 2 and self.tasks >= 1, "counts", "at least 2 points and 1 task are needed")
        for vector in (*claim["affine"].values(), *claim["sobolev"].values()):
            require(vector is None or len(vector) == self.tasks, "counts", "a vector has one coordinate for each task")
        self.norm = None if claim["sobolev"]["norm_squared"] is None else [ZERO] * self.tasks
        require(self.norm is None or self.size <= LONGEST_NORM, "F-norm", f"none above {LONGEST_NORM} points")
        self.scale = 10 ** (60 + max(len(str(end.denominator)) for end in claim["cost"].values()))
        if claim["margin"] is not None:
            low, high, low_squared, high_squared, gap = claim["margin"].values()
            bounds = {"lower": max(signed_square(low), low_squared), "upper": min(signed_square(high), high_squared)}
            claim["margin"] = bounds | {"gap": gap}
        self.met = {name for name in ("radius", "angles", "margin") if claim[name] is None}
        gaps = [claim[name]["gap"] for name in ("radius", "angles", "margin") if claim[name]]
        self.ends = {*gaps, *[gap + 1 for gap in gaps]}

    def point(self, index: int, record: dict[str, Any]) -> None:
        """Connect-the-dots passes this point, where it has the kink given; so the Gram system holds in differences."""
        inner = 0 < index < self.size - 1
        found, sobolev = read(INNER if inner else POINT, record), self.claim["sobolev"]
        x, y = found["x"], found["y"]
        require(found["point"] == index and len(y) == self.tasks, "order", f"point {index} is due, with all its tasks")
        self.places |= {index: str(x)} if index in self.ends else {}
        self.digest.update(" ".join(map(str, [x, *y])).encode() + b"\n")
        if index == 0:
            require(along(self.claim["affine"]["offset"], self.slope, x) == y, "A-primal", "the line misses point 0")
            require(along(sobolev["first"], self.slope) == y, "F-kernel", "first is not the label minus the slope")
        else:
            require(x > self.x, "points", "the points do not increase")
            self.gaps = [*self.gaps[-2:], x - self.x]
            require(along(self.y, self.slope, x - self.x) == y, "A-primal", "connect-the-dots misses the point")
        if self.gram is not None:
            self.margin(index - 2, *self.gram)
        self.x, self.y, self.before, self.pending = x, y, (self.kink, self.square), self.knot
        if inner:
            self.kink, self.square, self.knot = found["kink"], found["square"], found["knot"]
            require(len(self.kink) == self.tasks, "counts", "a kink has one coordinate for each task")
            require(dot(self.kink, self.kink) == self.square, "A-dual", "the square is not that of the kink")
            scaled, divisor = self.square.numerator * self.scale**2, self.square.denominator
            root = math.isqrt(scaled // divisor)  # of the square, in units of 1 / scale, rounded down
            self.low, self.high = self.low + root, self.high + root + (root * root * divisor != scaled)
            self.kinks, self.knots = self.kinks + any(self.kink), self.knots + (self.knot is not None)
            self.slope, self.length = along(self.slope, self.kink), self.length if index > 1 else int(any(self.kink))
        if self.norm is not None:
            weights = sobolev["first"] if index == 0 else [-d for d in self.kink] if inner else sobolev["last"]
            self.norm = short([n + a * v for n, a, v in zip(self.norm, weights, y, strict=True)])

    def pair(self, left: int, record: dict[str, Any]) -> None:
        """Whether the kinks u, v at two neighbouring points are aligned, with evidence."""
        kind = next((key for key in PAIR if key in record), "product")
        found = read({"pair": [int], **PAIR[kind]}, record)
        require(found["pair"] == [left, left + 1], "order", f"the pair {left}, {left + 1} is due")
        (u, u_square), v, evidence, product = self.before, self.kink, found[kind], dot(self.before[0], self.kink)
        if kind == "aligned":
            require(evidence > 0 < u_square and along(v, u, -evidence) == [0] * len(u), "B-pair", "v is not aligned u")
            rise, fall = found["merged"] - self.x + self.gaps[-1], self.x - found["merged"]
            require(rise == evidence * fall, "J-merge", "the two kinks do not merge there")
            self.extreme("radius", "L-radius", left, lambda r: rise * rise * u_square - signed_square(r), least=False)
            if self.claim["radius"]["gap"] == left:
                require(self.claim["radius"]["at"] == found["merged"], "L-radius", "it is reached elsewhere")
            self.aligned, self.length = self.aligned + 1, self.length + 1
        else:
            p, q = evidence if kind == "minor" and len(evidence) == 2 and max(evidence) < len(u) else (0, 0)
            zero = kind == "zero" and {left: u_square, left + 1: self.square}.get(evidence) == 0
            apart = zero or (evidence == product <= 0 if kind == "product" else u[p] * v[q] != u[q] * v[p])
            require(apart, "B-pair", f"this {kind} does not show that the kinks are not aligned")
            self.odd_runs, self.length = self.odd_runs + (self.length in range(3, self.size, 2)), int(any(v))
        if u_square and self.square:
            cosine, scale = signed_square(product), u_square * self.square
            self.extreme("angles", "M-angle", left, lambda a: signed_square(1 - a) * scale - cosine)
        self.gram = u_square, product, self.square
        self.settle(evidence if kind == "aligned" else None)

    def extreme(self, name: str, rule: str, gap: int, over: Callable[[Fraction], Fraction], least: bool = True) -> None:
        """The least value: at every gap >= lower, at the gap named <= upper; the greatest: the other way round.

        `over(b)` has the sign of (value at this gap) - b.
        """
        claim = self.claim[name]
        require(claim is not None, rule, "null is claimed, but there is a value")
        named = claim["gap"] == gap
        require(not (least or named) or over(claim["lower"]) >= 0, rule, f"below the lower bound at gap {gap}")
        require(not (named or not least) or over(claim["upper"]) <= 0, rule, f"above the upper bound at gap {gap}")
        self.met |= {name} if named else set()

    def margin(self, gap: int, u_square: Fraction, product: Fraction, v_square: Fraction) -> None:
        """margin^2 >= L iff adj(A - L G) is copositive; A, G: the Gram matrices of u, v and of their functionals."""
        a, b, c = [1 / h for h in self.gaps]
        gram = 2 * (a * (a + b) + b * b), -b * (a + 2 * b + c), 2 * (b * (b + c) + c * c)

        def over(bound: Fraction) -> Fraction:
            p, q, r = u_square - bound * gram[0], product - bound * gram[1], v_square - bound * gram[2]
            return min(p * r - signed_square(q), p, r)

        self.extreme("margin", "N-margin", gap, over)

    def settle(self, factor: Fraction | None) -> None:
        """The knots of the sparsest network make up the kink at the left end of this gap."""
        times = self.pending["times"] if self.pending else ZERO
        share = 1 - (self.x - self.pending["at"]) / self.gaps[-1] if self.pending else ZERO
        require(0 <= share < 1 and (not self.pending or times > 0), "K-network", "a knot is not right of its hat's top")
        require(not share or factor is not None, "K-network", "a knot lies between kinks that are not aligned")
        require(not (self.pending and self.knot and factor), "K-hats", "one knot of an optimum can serve both hats")
        require(self.carry + times * (1 - share) == (self.before[1] > 0), "K-network", "a kink is not made up")
        self.carry = times * share / factor if factor else ZERO

    def conclude(self, head: dict[str, Any], last: dict[str, Any]) -> None:
        """The counts, and what only the whole of the records can show."""
        counts = {"records": self.taken, "aligned_pairs": self.aligned, "knots": self.knots}
        require(last == {"conclusion": "proved"} | counts, "counts", f"the counts are {counts}")
        require(self.digest.hexdigest() == head["data_sha256"], "hash", "data_sha256 is not that of the data")
        require(self.claim["unique"] == (self.aligned == 0), "B-unique", f"{self.aligned} pairs are aligned")
        self.odd_runs += self.length in range(3, self.size, 2)
        neurons = (self.kinks, self.knots, self.odd_runs == 0, self.odd_runs)
        require(tuple(self.claim["neurons"].values()) == neurons, "K-count", f"the neurons are {neurons}")
        for name, rule in (("radius", "L-radius"), ("angles", "M-angle"), ("margin", "N-margin")):
            require(name in self.met, rule, "there is no such gap")
        lower, upper = self.claim["cost"]["lower"] * self.scale, self.claim["cost"]["upper"] * self.scale
        require(lower <= self.low and self.high <= upper, "A-cost", "the cost is not between its bounds")
        require(self.claim["sobolev"]["last"] == self.slope, "F-kernel", "last is not the last slope")
        require(self.norm == self.claim["sobolev"]["norm_squared"], "F-norm", "the squared norms are others")


def data_sha256(path: str) -> str:
    """The hash of the points and labels in DATA, by the reader that lies beside this file."""
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data_sha256.py")
    spec = importlib.util.spec_from_file_location("data_sha256", beside)
    if spec is None or spec.loader is None or not os.path.exists(beside):
        raise Unreadable("DATA are read by data_sha256.py, which is not beside the checker")
    reader = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reader)
    try:
        return str(reader.data_sha256(path))
    except reader.Unreadable as error:
        raise Unreadable(f"DATA are no dataset: {error}") from None


def between(part: dict[str, Any]) -> str:
    """Bounds in words; one number where they are equal."""
    return part["lower"] if part["lower"] == part["upper"] else f"between {part['lower']} and {part['upper']}"


def shown(number: str) -> str:
    """A number as it stands, or its beginning with its length."""
    return number if len(number) <= 40 else f"{number[:30]}... ({len(number)} characters)"


def vector(entries: list[str]) -> str:
    """Its first eight entries."""
    return f"({', '.join(map(shown, entries[:8]))}{f', and {len(entries) - 8} more' if len(entries) > 8 else ''})"


def describe(head: dict[str, Any], places: dict[int, str]) -> str:
    """The statement that has been verified, in words; places are named by their x."""
    claim, neurons = head["statement"], head["statement"]["neurons"]
    tasks = f"{head['tasks']} task{'s' if head['tasks'] > 1 else ''}"
    sparse = "the only one that sparse" if neurons["sparsest_unique"] else "one of several"
    first, last = vector(claim["sobolev"]["first"]), vector(claim["sobolev"]["last"])
    text = [f"accepted: {head['points']} points, {tasks}, data sha256 {head['data_sha256']}", ""]
    text += [f"optimal cost   {between(claim['cost'])}"]
    text += [f"only optimum   {'yes: connect-the-dots' if claim['unique'] else 'no'}"]
    counts = f"{neurons['connect_the_dots']} in connect-the-dots, {neurons['sparsest']} in the sparsest optimum"
    text += [f"neurons        {counts} ({sparse})"]
    for name, word in (("radius", "radius"), ("angles", "1 - cos theta"), ("margin", "margin")):
        if (part := claim[name]) is not None:
            at = f", at x = {shown(part['at'])}" if "at" in part else ""
            ends = f"between x = {shown(places[part['gap']])} and x = {shown(places[part['gap'] + 1])}"
            text += [f"{word:14} {between(part)}{at}, {ends}"]
    kernel = f"kernel         coefficients {first}, minus the kinks, {last}"
    return "\n".join([*text, *textwrap.wrap(kernel, 99, subsequent_indent=" " * 15, break_long_words=False)])


def answer(arguments: list[str]) -> tuple[int, str]:
    """(exit status, what is to be said) for CERTIFICATE and perhaps DATA; - is standard input."""
    if len(arguments) not in (1, 2) or arguments == ["-", "-"]:
        return 2, "usage: checker.py CERTIFICATE [DATA]"
    proof = Proof([])
    try:
        with open(arguments[0] if arguments[0] != "-" else 0, "rb") as file:
            proof = Proof(iter(lambda: file.readline(LONGEST_LINE + 1), b""))
            head = proof.run()
        if len(arguments) == 2:
            require(data_sha256(arguments[1]) == head["data_sha256"], "data", "DATA are other points or labels")
    except Rejected as error:
        return 1, f"rejected: rule {error.args[0]}, record {proof.taken}: {error.args[1]}"
    except (Unreadable, OSError, MemoryError) as error:
        return 2, f"unreadable: after {proof.taken} records: {error or 'out of memory'}"
    return 0, describe(head, proof.places)


def said(text: str, status: int) -> int:
    """Prints the text; the exit status is 0 or 1 only where there is a verdict, and it could be said."""
    stream = sys.stdout if status < 2 else sys.stderr
    try:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        if stream is not None:  # else it is closed
            print(text, file=stream, flush=True)
            return status
    except BrokenPipeError:  # a reader that has gone away changes no verdict
        return status
    except OSError as error:  # a full disk must not look like one
        if status < 2:
            return said(f"the answer cannot be printed: {error.strerror}", 2)
    return max(status, 2)


def main(arguments: list[str]) -> int:
    """Judges, says so; exit status 0 accepted, 1 rejected, 2 unreadable, 4 an error of the checker, 130 interrupted."""
    try:
        sys.set_int_max_str_digits(0)
        status, text = answer(arguments)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  (whatever it is, it must not look like a verdict)
        status, text = 4, f"an error of the checker itself, which says nothing of the certificate: {quoted(error, 200)}"
    return said(text, status)


if __name__ == "__main__":
    os._exit(main(sys.argv[1:]))  # at once: nothing is left to be printed that could fail
