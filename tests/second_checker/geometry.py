"""The data with cleared denominators, and everything that follows from them, in integers.

Points are X_i / D, labels Y_i / C, gaps H_i = X_{i+1} - X_i. The scaled kink E_j = H_{j-1} (Y_{j+1} - Y_j) -
H_j (Y_j - Y_{j-1}) is d_j times H_{j-1} H_j C / D. A number is a pair (numerator, denominator > 0).
"""

import math

from .text import Broken, Pair


def equal(a: Pair, b: Pair, what: str) -> None:
    """a = b, or Broken."""
    if a[0] * b[1] != b[0] * a[1]:
        raise Broken(what)


def compare_root(a: Pair, signed_square: Pair) -> int:
    """The sign of a - r, where r is the number with this signed square (r |r|)."""
    left, right = a[0] * abs(a[0]) * signed_square[1], signed_square[0] * a[1] ** 2
    return (left > right) - (left < right)


def _dot(u: list[int], v: list[int]) -> int:
    return sum(a * b for a, b in zip(u, v, strict=True))


class Geometry:
    """One dataset."""

    def __init__(self, points: list[Pair], labels: list[list[Pair]]) -> None:
        self.size, self.tasks = len(points), len(labels[0])
        self.D = math.lcm(*(q for _, q in points))
        self.C = math.lcm(*(q for row in labels for _, q in row))
        self.X = [p * (self.D // q) for p, q in points]
        self.Y = [[p * (self.C // q) for p, q in row] for row in labels]
        self.H = [b - a for a, b in zip(self.X, self.X[1:], strict=False)]
        if min(self.H) <= 0:
            raise Broken("points")
        self.interior = range(1, self.size - 1)
        self.scaled = {j: self._scaled(j) for j in self.interior}
        self.weight = {j: self.H[j - 1] * self.H[j] for j in self.interior}

    def _scaled(self, j: int) -> list[int]:
        (before, here, after), (g, h) = self.Y[j - 1 : j + 2], self.H[j - 1 : j + 1]
        return [g * (c - b) - h * (b - a) for a, b, c in zip(before, here, after, strict=True)]

    def kink(self, j: int) -> list[Pair]:
        """d_j."""
        return [(entry * self.D, self.weight[j] * self.C) for entry in self.scaled[j]]

    def square(self, j: int) -> Pair:
        """|d_j|^2."""
        return _dot(self.scaled[j], self.scaled[j]) * self.D**2, (self.weight[j] * self.C) ** 2

    def product(self, left: int) -> Pair:
        """<d_j, d_j+1>."""
        inner = _dot(self.scaled[left], self.scaled[left + 1])
        return inner * self.D**2, self.weight[left] * self.weight[left + 1] * self.C**2

    def aligned(self, left: int) -> bool:
        """Equality in Cauchy-Schwarz, with a positive product."""
        u, v = self.scaled[left], self.scaled[left + 1]
        return _dot(u, v) > 0 and _dot(u, v) ** 2 == _dot(u, u) * _dot(v, v)

    def factor(self, left: int) -> Pair:
        """c with d_j+1 = c d_j, for aligned kinks: <d_j, d_j+1> / |d_j|^2."""
        u, v = self.scaled[left], self.scaled[left + 1]
        return _dot(u, v) * self.weight[left], _dot(u, u) * self.weight[left + 1]

    def lines_meet(self, left: int, t: Pair) -> None:
        """The outer two data segments beside the gap, extended into it, meet strictly inside at t."""
        p, q, i = t[0] * self.D, t[1], left
        if not self.X[i] * q < p < self.X[i + 1] * q:
            raise Broken("merged outside the gap")
        for a, b, c, d in zip(*self.Y[i - 1 : i + 3], strict=True):
            # b + (b - a) / H_{i-1} (t - x_i) = c + (d - c) / H_{i+1} (t - x_{i+1}), times H_{i-1} H_{i+1} q
            rise = (b - a) * (p - self.X[i] * q) * self.H[i + 1]
            fall = (d - c) * (p - self.X[i + 1] * q) * self.H[i - 1]
            if b * q * self.H[i - 1] * self.H[i + 1] + rise != c * q * self.H[i - 1] * self.H[i + 1] + fall:
                raise Broken("merged where the lines do not meet")

    def height_squared(self, left: int) -> Pair:
        """(h |d_j| |d_j+1| / (|d_j| + |d_j+1|))^2 for aligned kinks."""
        (p, q), (s, r) = self.factor(left), self.square(left)
        return (self.H[left] * p) ** 2 * s, (self.D * (p + q)) ** 2 * r

    def runs(self) -> list[list[int]]:
        """The runs of consecutive aligned nonzero kinks."""
        found: list[list[int]] = []
        for j in self.interior:
            if j > 1 and self.aligned(j - 1):
                found[-1].append(j)
            elif any(self.scaled[j]):
                found.append([j])
        return found

    def cosines(self) -> dict[int, Pair]:
        """The signed square of cos theta at every gap between nonzero kinks."""
        found = {}
        for j in range(1, self.size - 2):
            u, v = self.scaled[j], self.scaled[j + 1]
            if any(u) and any(v):
                inner = _dot(u, v)
                found[j] = inner * abs(inner), _dot(u, u) * _dot(v, v)
        return found

    def line_is(self, slope: list[Pair], offset: list[Pair]) -> None:
        """slope x + offset passes the first two points."""
        for t, ((a, p), (c, q)) in enumerate(zip(slope, offset, strict=True)):
            for x, y in ((self.X[0], self.Y[0]), (self.X[1], self.Y[1])):
                equal((a * x * q + c * p * self.D, p * self.D * q), (y[t], self.C), "affine part")

    def interpolates(self, hats: dict[int, tuple[Pair, Pair]]) -> None:
        """The line through the first two points plus all knots passes every point; knots lie right of their hats."""
        weights = {}
        for j, ((p, q), (m, n)) in hats.items():
            if m <= 0 or not any(self.scaled[j]) or not self.X[j] * q <= p * self.D < self.X[j + 1] * q:
                raise Broken("knot")
            weights[j] = n * q * self.weight[j]
        common = math.lcm(self.H[0], *weights.values())
        for i in range(self.size):
            for t in range(self.tasks):
                value = self.Y[0][t] * common
                value += (self.Y[1][t] - self.Y[0][t]) * (self.X[i] - self.X[0]) * (common // self.H[0])
                for j, ((p, q), (m, _)) in hats.items():
                    value += m * max(self.X[i] * q - p * self.D, 0) * self.scaled[j][t] * (common // weights[j])
                if value != self.Y[i][t] * common:
                    raise Broken("the sparsest network does not interpolate")

    def costs_the_same(self, hats: dict[int, tuple[Pair, Pair]], runs: list[list[int]]) -> None:
        """In each run, the kinks of the network add up to those of the data in one coordinate, hence in length."""
        for run in runs:
            pivot = next(t for t, entry in enumerate(self.scaled[run[0]]) if entry)
            terms = [(1, 1, j) for j in run] + [(-m, n, j) for j, (_, (m, n)) in hats.items() if j in run]
            common = math.lcm(*(n * self.weight[j] for _, n, j in terms))
            if sum(m * self.scaled[j][pivot] * (common // (n * self.weight[j])) for m, n, j in terms):
                raise Broken("the sparsest network does not cost the optimum")

    def solves_gram(self, first: list[Pair], last: list[Pair]) -> None:
        """K alpha = y with K_ik = 1 + min(x_i, x_k) - x_1, multiplied out."""
        for t in range(self.tasks):
            inner = [(-self.scaled[j][t] * self.D, self.weight[j] * self.C) for j in self.interior]
            alpha = [first[t], *inner, last[t]]
            common = math.lcm(*(q for _, q in alpha))
            weights = [p * (common // q) for p, q in alpha]
            for i in range(self.size):
                kernel = [self.D + min(self.X[i], x) - self.X[0] for x in self.X]
                equal((_dot(kernel, weights), self.D * common), (self.Y[i][t], self.C), "kernel coefficients")

    def norms(self) -> list[Pair]:
        """y_1^2 + the sum of (y_{i+1} - y_i)^2 / h_i, for each task."""
        common, found = math.lcm(*self.H), []
        for t in range(self.tasks):
            total = self.Y[0][t] ** 2 * common
            for i, h in enumerate(self.H):
                total += (self.Y[i + 1][t] - self.Y[i][t]) ** 2 * (common // h) * self.D
            found.append((total, self.C**2 * common))
        return found

    def compare_margin(self, left: int, bound: Pair) -> int:
        """The sign of margin^2 - bound at a pair: tr(M H M') less the largest q'Pq / q'Hq over the quadrant."""
        f, g, h = self.H[left - 1 : left + 2]
        a, b, c = g * h, f * h, f * g
        u, v = [e * h for e in self.scaled[left]], [e * f for e in self.scaled[left + 1]]
        h11, h12, h22 = 2 * (b * b + b * c + c * c), b * (a + 2 * b + c), 2 * (a * a + a * b + b * b)
        m11, m12, m22 = _dot(u, u), _dot(u, v), _dot(v, v)
        k11, k12 = m11 * h11 + m12 * h12, m11 * h12 + m12 * h22
        k21, k22 = m12 * h11 + m22 * h12, m12 * h12 + m22 * h22
        p11, p12, p22 = h11 * k11 + h12 * k21, h11 * k12 + h12 * k22, h12 * k12 + h22 * k22
        trace, det = k11 + k22, h11 * h22 - h12 * h12
        # margin^2 = (trace - top) / (det C^2), so its sign against p/q is that of (trace - p det C^2 / q) - top.
        p, q = bound
        rest = (trace * q - p * det * self.C**2, q)
        if p12 * h11 - p11 * h12 > 0 and p12 * h22 - p22 * h12 > 0:
            tau, delta = p11 * h22 - 2 * p12 * h12 + p22 * h11, p11 * p22 - p12 * p12
            # det top^2 - tau top + delta = 0: top = (tau + sqrt(tau^2 - 4 det delta)) / (2 det)
            return compare_root((2 * det * rest[0] - tau * q, q), (tau * tau - 4 * det * delta, 1))
        top = (p11, h11) if p11 * h22 >= p22 * h11 else (p22, h22)
        difference = rest[0] * top[1] - top[0] * q
        return (difference > 0) - (difference < 0)
