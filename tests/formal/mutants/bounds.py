"""Edits of StatementsBounds.v."""

from formal.mutants.mutant import Mutant

DEFINITIONS = [
    Mutant("excess", "- total_kink D", "+ total_kink D"),
    Mutant("distance", "value f x t - value", "value f x t + value"),
    Mutant("gap_length", "point D (S i) - point D i", "point D i - point D (S i)"),
    Mutant("applies", "/\\ ~ aligned_gap D i", ""),
    Mutant("applies", "has_kink i /\\ has_none (S i) \\/", ""),
    Mutant("applies", "| no_kinks => has_none i /\\ has_none (S i)", "| no_kinks => has_none i"),
    Mutant("applies", "first_gap /\\ has_none (S i)", "has_none (S i)"),
    Mutant("applies", "| only_gap => first_gap /\\ last_gap", "| only_gap => first_gap"),
    Mutant("constant_of", "| one_kink => 1 / 2", "| one_kink => 1 / 3"),
    Mutant("constant_of", "| no_kinks => 1 / 8", "| no_kinks => 1 / 9"),
    Mutant("constant_of", "| outer_with_kink => 1", "| outer_with_kink => 2"),
    Mutant("constant_of", "| only_gap => 1 / 4", "| only_gap => 1 / 5"),
    Mutant("constant_of", "3 - 2 * sqrt 2", "2 - 2 * sqrt 2"),
    Mutant("constant_of", "(1 - cosine", "(2 - cosine"),
    Mutant("is_norm", "Rabs c * nu v", "c * nu v"),
    Mutant("is_norm", "(forall u v, nu (fun t => u t + v t) <= nu u + nu v) /\\", ""),
    Mutant("is_norm", "(forall u v, equal T u v -> nu u = nu v) /\\", ""),
    Mutant("lipschitz", "L * Rabs (y - x)", "L * (y - x)"),
    Mutant("labels_of", "lipschitz (norm (tasks D)) L g /\\", ""),
    Mutant("labels_of", "(i < size D)%nat", "(0 < i < size D)%nat"),
    Mutant("error", "value f x t - g x t", "value f x t + g x t"),
    Mutant("part_of_gap", "tau * gap_length D i", "gap_length D i"),
]

STATEMENTS = [
    Mutant("stability_table_statement", "applies l D i ->", ""),
    Mutant("stability_table_statement", "interpolates D f ->", ""),
    Mutant("stability_table_statement", "<= constant_of l D i *", "<= 1 / 2 * constant_of l D i *"),
    Mutant("stability_table_statement", "point D i <= x <= point D (S i) ->", ""),
    Mutant("sharpness_statement", "l <> outer_no_kink ->", ""),
    Mutant("sharpness_statement", "(1 - epsilon) * (", "(1 + epsilon) * ("),
    Mutant("sharpness_statement", "interpolates D f /\\", ""),
    Mutant("attained_statement", "l = no_kinks \\/ l = only_gap ->", ""),
    Mutant("attained_statement", "excess cost D f = e /\\", "excess cost D f = 2 * e /\\"),
    Mutant("outside_statement", "interpolates D f ->", ""),
    Mutant("outside_statement", "distance D f x = e * (point D 0 - x)", "distance D f x = 2 * e * (point D 0 - x)"),
    Mutant("steepness_statement", "optimal cost D f ->", "interpolates D f ->"),
    Mutant("steepness_statement", "is_norm (tasks D) nu ->", ""),
    Mutant("steepness_statement", "(S i < size D)%nat", "(i < size D)%nat"),
    Mutant("generalisation_statement", "labels_of D g L ->", ""),
    Mutant("generalisation_statement", "tau * (1 - tau)", "tau * (1 - tau) / 2"),
    Mutant("generalisation_statement", "error D f g x <= 2 * sqrt bound", "error D f g x <= sqrt bound"),
    Mutant("generalisation_statement", "(L + norm (tasks D) (slope D 0))", "L"),
    Mutant("generalisation_attained_statement", "(2 <= tasks D)%nat", "(1 <= tasks D)%nat"),
    Mutant(
        "generalisation_attained_statement", "norm (tasks D) (slope D k) <= L", "norm (tasks D) (slope D k) <= L + 1"
    ),
    Mutant("one_task_statement", "tasks D = 1%nat ->", ""),
    Mutant("one_task_statement", "/ (2 * L)", "/ (3 * L)"),
]
