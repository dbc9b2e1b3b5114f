"""Edits of StatementsNoise.v."""

from formal.mutants.mutant import Mutant

DEFINITIONS = [
    Mutant("outputs", "point D i", "point D (S i)"),
    Mutant("with_labels", "label := Z", "label := label D"),
    Mutant("is_loss", "-> loss Z = loss Z'", "-> loss Z <= loss Z' + 1"),
    Mutant("minimiser", "<= loss (outputs D g)", "<= 2 * loss (outputs D g)"),
    Mutant("minimiser", "lambda * cost (tasks D) f <=", "cost (tasks D) f <="),
    Mutant("with_zero_ends", "then u j t else 0", "then u j t else 1"),
    Mutant("with_zero_ends", "1 <=? j", "0 <=? j"),
    Mutant("slope_of", "(S i <? size D)", "(i <? size D)"),
    Mutant("slope_of", "- with_zero_ends D u i t", "+ with_zero_ends D u i t"),
    Mutant("functional", "slope_of D u (S k) t - slope_of D u k t", "slope_of D u (S k) t"),
    Mutant("difference", "Y i t - Z i t", "Y i t + Z i t"),
    Mutant("square", "dot (tasks D) (Z i) (Z i)", "dot (tasks D) (Z i) (Z 0%nat)"),
    Mutant("primal", "1 / 2 *", "1 *"),
    Mutant("primal", "lambda * total_kink", "total_kink"),
    Mutant("dual", "1 / 2 * square D (label D) -", "square D (label D) -"),
    Mutant("unseen", "- dot (tasks D) (v (S i)) d", "+ dot (tasks D) (v (S i)) d"),
    Mutant("admits", "<= lambda", "<= 2 * lambda"),
]

STATEMENTS = [
    Mutant("regularised_fit_statement", "0 < lambda ->", "0 <= lambda ->"),
    Mutant("regularised_fit_statement", "is_loss D loss ->", ""),
    Mutant("regularised_fit_statement", "optimal cost (with_labels D (outputs D f)) f", "optimal cost D f"),
    Mutant("functionals_statement", "= dual_value D u", "= 0"),
    Mutant("functionals_statement", "functional D u i t * point D i", "functional D u i t * point D i * point D i"),
    Mutant("gap_statement", "admits D lambda v ->", ""),
    Mutant("gap_statement", "1 / 2 * square", "square"),
    Mutant("duality_statement", "objective f = dual D v ->", ""),
    Mutant("duality_statement", "1 / 2 * square D (difference (outputs D g)", "square D (difference (outputs D g)"),
]
