"""Edits of StatementsSobolev.v."""

from formal.mutants.mutant import Mutant

DEFINITIONS = [
    Mutant("is_integral", "a <= b -> b <= c -> integral phi a c v ->", "integral phi a c v ->"),
    Mutant("is_integral", "-> 0 <= v", "-> v <= 0"),
    Mutant("is_integral", "(u + l * v)", "(u + v)"),
    Mutant("is_integral", "a < x < b -> phi x = c", "phi x = c"),
    Mutant("is_integral", "integral phi a b v -> u = v", "integral phi a b v -> u <= v + 1"),
    Mutant("primitive", "f x - f a", "f x"),
    Mutant("primitive", "integral df a x", "integral df x a"),
    Mutant("least_norm", "slope D i t ^ 2", "slope D i t"),
    Mutant("least_norm", "size D - 1", "size D - 2"),
    Mutant("least_norm", "label D 0%nat t ^ 2 +", ""),
    Mutant("kernel", "1 + Rmin x y", "Rmin x y"),
    Mutant("kernel", "Rmin x y", "Rmax x y"),
    Mutant("coefficient", "else - kink D i t", "else kink D i t"),
    Mutant("coefficient", "label D 0%nat t - slope D 0 t", "label D 0%nat t"),
]

STATEMENTS = [
    Mutant("sobolev_statement", "is_integral integral ->", ""),
    Mutant("sobolev_statement", "primitive integral f df first last ->", ""),
    Mutant("sobolev_statement", "f (point D i) = label D i t", "True"),
    Mutant("sobolev_statement", "least_norm D t <= f first ^ 2 + e", "least_norm D t < f first ^ 2 + e"),
    Mutant("sobolev_statement", "f first ^ 2 + e = least_norm D t ->", ""),
    Mutant("kernel_coefficients_statement", "point D 0 <= x <= point D (size D - 1) ->", ""),
    Mutant("kernel_coefficients_statement", "coefficient D i t *", "2 * coefficient D i t *"),
]
