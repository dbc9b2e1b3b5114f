"""The mutants, by the module that they break, with the claims whose checks must refute the broken mathematics.

A row: what is wrong; the statement; the function; the edit; who notices by the exact check, by search, symbolically.
"""

from mutants.mutant import Mutant

Row = tuple[str, str, str, str, str, str, str, str]


def _in(module: str, *rows: Row) -> list[Mutant]:
    return [Mutant(words, of, f"{module}:{name}", *rest) for words, of, name, *rest in rows]


# fmt: off
CONTINUES = "found[-1].last == point - 1 and aligned(kinks_of_data[index - 1], kink)"
UNIT = "a * a * m_square == b * b * k_square"
SAME_LABELS = "zip(factors, y, y[1:], y[1:]"
LABELS, PAIRS = "zip(factors, y, y[1:], y[2:]", "range(run.first, run.last, 2)"
NEARER = "if best and candidate.exceeds(bound):"
HERE = "(x[right] is knot or x[right] == knot)"
EXCESS = "f.path_cost() - optimal_cost(data)"

MUTANTS = [
    *_in(
        "theory.stencil",
        ("a sum for a difference in the slope", "A", "slope", "y_right - y_left", "y_right + y_left",
         "ABEFN", "ABEFN", "ADEFMNPQUVWX"),
        ("the sign of the kink", "A", "kink", "slope_right - slope_left", "slope_left - slope_right",
         "AFKLM", "AFIW", "AEFLMPUVW"),
        ("a factor 2 in the kink", "A", "kink", "slope_right - slope_left", "slope_right - 2 * slope_left",
         "AEFUX", "AEFUX", "ADEFILMNPQUVWXY"),
        ("the sign in the minor", "D", "minor", "u_0 * v_1 - u_1 * v_0", "u_0 * v_1 + u_1 * v_0", "BPU", "BU", "DU"),
        ("the index of a hat: falling for rising", "C", "rising", "(t - x_left) /", "(x_right - t) /",
         "CV", "CV", "ACIJKMV"),
        ("a factor 2 in the knot's share", "V", "falling", "(x_right - t) /", "(x_right - t) / 2 /",
         "CV", "CV", "ACIJKMV"),
        ("the index of the weight in t*", "J", "merged_knot", "x_left + ratio * x_right", "ratio * x_left + x_right",
         "BIJKL", "BIJKL", "JKL"),
        ("t* in the middle", "J", "merged_knot", "x_left + ratio * x_right) / (1 + ratio", "x_left + x_right) / (2",
         "BIJKL", "BIJKL", "JKL"),
        ("a factor 2 in the rising side of the tent", "L", "tent_rising", "x - x_left", "2 * (x - x_left)",
         "W", "W", "LW"),
        ("the ratio dropped from the falling side", "L", "tent_falling", "ratio * (x_right - x)", "x_right - x",
         "W", "W", "LW"),
        ("the wrong height of the tent", "L", "tent_height", "h * ratio / (1 + ratio)", "h * ratio / 2",
         "L", "L", "L"),
        ("the kernel without its constant", "F", "kernel", "smaller - x_first + 1", "smaller - x_first",
         "F", "F", "F"),
        ("the sign of the overlap in the kernel", "F", "kernel", "smaller - x_first + 1", "x_first - smaller + 1",
         "F", "F", "F"),
        ("the slope instead of its square in the norm", "F", "energy", "h * s * s", "h * s", "F", "F", "F"),
        ("a sign in G", "N", "gram_of_kinks", "-b * (", "b * (", "N", "N", ""),
        ("a factor 2 in G", "N", "gram_of_kinks", "2 * (a * (a + b) + square)", "a * (a + b) + square", "N", "N", ""),
        ("an end of the Green function", "S", "green", "(x_right - larger)", "(x_right - smaller)", "", "", "S"),
        ("a factor 2 in |eta|^2", "B", "squared_eta", "1 - 2 * tau", "1 - tau", "", "", "BMS"),
        ("a sign in |eta|^2", "M", "squared_eta", "(1 - cosine)", "(1 + cosine)", "", "", "BIMS"),
    ),
    *_in(
        "theory.alignment",
        ("c > 0 dropped from 'aligned'", "B", "aligned", "sign(u[pivot]) * sign(v[pivot]) != 1", "not sign(v[pivot])",
         "CIPV", "BIKLPUX", ""),
        ("c >= 0 for c > 0 in 'aligned'", "U", "aligned", "sign(v[pivot]) != 1", "sign(v[pivot]) < 0", "U", "U", ""),
        ("the last task forgotten in 'aligned'", "B", "aligned", "zip(u, v, strict=True)", "zip(u[:-1], v[:-1])",
         "BIKLPU", "BIKLU", ""),
        ("zero kinks counted in a run", "K", "runs_of", "if is_zero_vector(kink):", "if not found and not any(kink):",
         "KX", "KX", ""),
        ("a run goes on through a turn", "B", "runs_of", CONTINUES, "found[-1].last == point - 1",
         "BIJKLX", "BIJKL", ""),
    ),
    *_in(
        "theory.optimum",
        ("the sign of the offset", "A", "with_kinks", "scale(data.points[0], f", "scale(-data.points[0], f",
         "AFI", "ACFI", ""),
        ("the first kink forgotten in the cost", "A", "cost_squares", "for d in kinks(data)",
         "for d in kinks(data)[1:]", "HVW", "HVW", ""),
    ),
    *_in(
        "theory.solution_set",
        ("the ratio upside down", "J", "ratio", "v[pivot] / u[pivot]", "u[pivot] / v[pivot]", "BIJKLUW", "BIJKLU", ""),
        ("a forgotten end gap of a run", "L", "aligned_gaps", "range(run.first, r", "range(run.first + 1, r",
         "BLX", "BLX", ""),
        ("the left kink twice in the merged one", "J", "merge", "add(u, v)", "add(u, u)", "BIJK", "BIJK", ""),
        ("floor for ceil in K*", "K", "sparsest_width", "(run.length + 1) // 2", "run.length // 2 or 1", "K", "K", ""),
        ("one too many in K*", "K", "sparsest_width", "(run.length + 1) // 2", "run.length // 2 + 1", "K", "K", ""),
        ("odd for even", "K", "sparsest_is_unique", "run.length % 2 == 0", "run.length % 2 == 1", "K", "K", ""),
        ("runs of one point counted as free", "K", "sparsest_dimension", "run.length >= 3 and ", "", "K", "K", ""),
        ("the last pair of a run forgotten", "K", "sparsest_optimum", PAIRS, "range(run.first, run.last - 1, 2)",
         "K", "K", ""),
        ("the lowest tent for the radius", "L", "radius", "tent: tent.height", "tent: -tent.height", "L", "L", ""),
        ("the larger side of the tent", "W", "reach", "height = min(", "height = max(", "W", "W", ""),
    ),
    *_in(
        "theory.duality",
        ("a sign in the dual functional", "M", "DualCertificate.functionals", "-before - after", "before - after",
         "AMNQU", "AMNU", ""),
        ("the index in the dual functional", "M", "DualCertificate.functionals", "before, -before - after, after",
         "after, -before - after, before", "AMNU", "AMNU", ""),
        ("the index of the labels in the dual value", "M", "DualCertificate.curvatures", LABELS, SAME_LABELS,
         "AMN", "AMN", ""),
        ("the index of u_j in the dual value", "M", "DualCertificate.pairing", "dots(self.directions, ",
         "dots(self.directions[:1] * len(curvatures), ", "AM", "AM", ""),
        ("a forgotten end gap of the contact set", "M", "DualCertificate.contact_gaps", "range(len(", "range(1, len(",
         "BEKLMP", "BEKLMPU", ""),
        ("zero kinks in the contact set", "M", "DualCertificate.contact_points", "if not is_zero(square)", "",
         "K", "K", ""),
    ),
    *_in(
        "theory.directions",
        ("opposite unit vectors taken for equal", "M", "equal_unit_vectors", "if sign(a) != sign(b)", "if False",
         "BEKLPU", "BEKLPU", ""),
        ("kinks compared instead of unit vectors", "M", "equal_unit_vectors", UNIT, "a == b",
         "BEKLMPU", "BEKLMPU", ""),
    ),
    *_in(
        "theory.margin",
        ("any eigenvector, in the quadrant or not", "N", "_IntegerPair._on_axis", "> 0 and sign(", "> 0 or sign(",
         "N", "N", ""),
        ("the smaller of the two axes", "N", "_IntegerPair._on_axis", "p11 * g11 > p22 * g22",
         "p11 * g11 < p22 * g22", "N", "N", ""),
        ("the bottom eigenvalue", "N", "PairMargin.squared", "-self.discriminant", "self.discriminant",
         "N", "N", ""),
        ("a sign in the trace", "N", "_IntegerPair.__init__", "- 2 * a[1] * g[1]", "+ 2 * a[1] * g[1]", "N", "N", ""),
        ("the first pair for the nearest", "N", "_nearest", NEARER, "if best:", "N", "N", ""),
    ),
    *_in(
        "theory.sobolev",
        ("the sign of the kernel coefficients", "F", "solve_gram", "minus, middle, islice(middle, 1, None)",
         "minus, islice(middle, 1, None), middle", "F", "F", ""),
        ("the wrong sections rise", "F", "is_minimum_norm", "differ, rising, slopes", "differ, rising[1:], slopes", "F",
         "F", ""),
        ("the norm without y_1^2", "F", "norm_terms", "y * y, ", "0 * y, ", "F", "F", ""),
    ),
    *_in(
        "theory.descent",
        ("a sign in the line of a knot on the left", "C", "move", "subtract(offset, ", "add(offset, ", "C", "C", ""),
        ("a kink on x_1 kept", "C", "move", "place <= data.points[0]", "place < data.points[0]", "C", "C", ""),
        ("the shares of the two ends", "C", "_shares", "stencil.rising(knot", "stencil.falling(knot", "C", "C", ""),
    ),
    *_in(
        "theory.stability",
        ("half the excess", "S", "excess", EXCESS, f"({EXCESS}).scaled('1/2')", "S", "S", ""),
        ("1 + cos for 1 - cos", "S", "_divisor", "= sign(inner", "= -sign(inner", "S", "S", ""),
        ("a factor 2 for N = 2", "S", "_divisor", "(fmpq(16),)", "(fmpq(64),)", "", "S", ""),
        ("a factor 2 in the outer gaps", "S", "_divisor",
         "(fmpq(1),) if any(inner)", "(fmpq(4),) if any(inner)", "", "S", ""),
        ("a factor 2 beside a zero kink in the outer gaps", "S", "_divisor",
         "(fmpq(9), fmpq(8))", "(fmpq(36), fmpq(32))", "S", "S", ""),
        ("a factor 2 beside one zero kink", "S", "_divisor",
         "(fmpq(4),) if any(left)", "(fmpq(16),) if any(left)", "S", "", ""),
        ("a factor 2 between zero kinks", "S", "_divisor", "else (fmpq(64),)", "else (fmpq(256),)", "S", "", ""),
        ("< for <= in the bound", "S", "within", "<= e.scaled", "< e.scaled", "S", "S", ""),
    ),
    *_in(
        "theory.membership",
        ("the right end of a gap forgotten", "I", "_obstacle", "else (left, right)", "else (left,)", "V", "", ""),
        ("the direction of a knot forgotten", "I", "_obstacle", "not aligned(of_data, kink)", "False", "IV", "I", ""),
        ("a knot on a data point taken for one in a gap", "I", "misplaced_knot", HERE, "False",
         "IV", "IV", ""),
    ),
    *_in(
        "theory.network",
        ("w for |w| in the kink", "V", "Neuron.kink", "abs(self.w)", "self.w", "V", "", ""),
        ("|w| for w^2 in the balance", "V", "Neuron.is_balanced", "self.w * self.w", "abs(self.w)", "V", "V", ""),
        ("the half dropped from weight decay", "V", "ReLUNetwork.weight_decay", "total / 2", "total", "V", "V", ""),
    ),
    *_in(
        "theory.spline",
        ("the first knot counted twice in the cost", "H", "LinearSpline.path_cost_squares", "lengths(self.kinks)",
         "lengths(self.kinks[:1] + self.kinks)", "AH", "AH", ""),
    ),
    *_in(
        "theory.vectors",
        ("the l1 norm for the Euclidean one", "A", "squared_lengths", "dots(vectors, vectors)",
         "[sum(map(abs, v), ZERO) ** 2 for v in vectors]", "AM", "AM", ""),
    ),
    *_in(
        "verify.answers.findings",
        ("a run of two taken for unique", "B", "Findings.unique", "run.length == 1", "run.length <= 2", "B", "B", ""),
    ),
    *_in(
        "verify.fit.result",
        ("a run of one taken for one of two", "R", "Fit.unique", "run.length == 1", "run.length == 2", "R", "R", ""),
    ),
    *_in(
        "verify.claims.instances",
        ("weights that do not sum to 1", "G", "mixed", "f.scaled(1 - weight)", "f.scaled(weight)", "G", "G", ""),
    ),
    *_in(
        "verify.claims.d_measure_zero",
        ("a direction with parallel kinks", "D", "_unit", "task == index", "task == 0", "D", "D", ""),
    ),
    *_in(
        "verify.census.count",
        ("the first window forgotten", "P", "_Walk.unique", "in self.steps()", "in [*self.steps()][1:]", "P", "P", ""),
    ),
    *_in(
        "verify.claims.w_adding_a_point",
        ("< for <= at the end of the segment", "W", "in_segment", "theta <= 1", "theta < 1", "W", "W", ""),
    ),
    *_in(
        "verify.claims.x_invariance",
        ("mirrored runs in the old order", "X", "_mirrored_runs", "reversed(found)", "found", "X", "X", ""),
    ),
    *_in(
        "theory.lipschitz",
        ("the last piece forgotten", "Y", "piece_slopes", "accumulate(f.kinks, add", "accumulate(f.kinks[:-1], add",
         "Y", "Y", ""),
        ("the outside measured from the far end", "Z", "_strays_outside", "max(first - x, x - last)",
         "min(first - x, x - last)", "Z", "Z", ""),
    ),
    *_in(
        "theory.stencil",
        ("a factor 1 - tau forgotten in the bound", "Z", "lipschitz_square", "tau * (1 - tau)", "tau", "Z", "Z", "Z"),
        ("L for 2 L in the largest error", "Z", "largest_error", "/ (lipschitz + lipschitz)", "/ lipschitz",
         "Z", "Z", "Z"),
    ),
]
