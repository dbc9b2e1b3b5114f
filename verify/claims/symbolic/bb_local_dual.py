"""BB. The Green function of a stretch between knots, and how far apart two directions are."""

from collections.abc import Iterator

from .identity import Formulas, Identity, all_equal, equal, kink_of, points_from, positives, reals

COVERAGE = "stretches of 3 to 6 points, all T"


def identities(f: Formulas) -> Iterator[Identity]:
    """v with D^T v = r inside and given ends is the chord minus the Green sums; 1 - <u, eta> >= |u - eta|^2 / 2."""
    for size in range(3, 7):
        yield green(f, size)
    a, b, c, d = reals("a b c d")
    yield equal(
        "|u|^2 - 2 <u, eta> + |eta|^2 = |u - eta|^2, so 2 (1 - <u, eta>) - |u - eta|^2 = 1 - |eta|^2 if |u| = 1",
        a**2 + b**2 - 2 * (a * c + b * d) + c**2 + d**2,
        (a - c) ** 2 + (b - d) ** 2,
    )


def green(f: Formulas, size: int) -> Identity:
    """The second differences of chord - sums are r at every inner point: D is self-adjoint up to the ends."""
    gaps = positives(" ".join(f"h_{i}" for i in range(size)))[: size - 1]
    r, (first, last) = reals(" ".join(f"r_{i}" for i in range(size))), reals("v_a v_b")
    x = points_from(gaps)
    width = x[-1] - x[0]

    def v(j: int) -> object:
        before = sum((x[i] - x[0]) * r[i] for i in range(1, j + 1)) if j < size - 1 else 0
        after = sum((x[-1] - x[i]) * r[i] for i in range(j + 1, size - 1)) if j > 0 else 0
        rising, falling = f.rising(x[j], x[0], x[-1]), f.falling(x[j], x[0], x[-1])
        return falling * first + rising * last - falling * before - rising * after

    values = [v(j) for j in range(size)]
    pairs = [(kink_of(f, x[j - 1 : j + 2], values[j - 1 : j + 2]), r[j]) for j in range(1, size - 1)]
    return all_equal(f"{size} points: D^T v = r between the knots", [*pairs, (width, x[-1] - x[0])])
