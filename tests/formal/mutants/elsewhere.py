"""Edits of StatementsNorms.v and StatementsPlane.v."""

from formal.mutants.mutant import Mutant

DEFINITIONS = [
    Mutant("path_cost_in", "* Rabs (input_weight f k)", "* input_weight f k"),
    Mutant("l1", "Rabs (v t)", "v t"),
    Mutant("linf", "Rmax (linf t v) (Rabs (v t))", "Rmin (linf t v) (Rabs (v t))"),
    Mutant("linf", "Rabs (v t)", "v t"),
    Mutant("one_task_of", "tasks := 1", "tasks := 2"),
    Mutant("one_task_of", "label D i t", "label D i 0%nat"),
    Mutant("one_output", "output_weight f k t", "output_weight f k 0%nat"),
    Mutant("fails_for", "unique path_cost D /\\", "~ unique path_cost D /\\"),
    Mutant("fails_for", "differ_at D f (connect_the_dots D) x", "differ_at D f f x"),
    Mutant("value_in", "dot d (weight_in f k) x + bias_in f k", "dot d (weight_in f k) x - bias_in f k"),
    Mutant("value_in", "+ dot d (linear_in f t) x", ""),
    Mutant("cost_in", "* norm d (weight_in f k)", "* norm d (weight_in f k) ^ 2"),
    Mutant("interpolates_in", "(i < size_in D)%nat", "(S i < size_in D)%nat"),
    Mutant("optimal_in", "interpolates_in D f /\\", ""),
    Mutant("optimal_in", "cost_in (inputs D) (tasks_in D) f <=", "cost_in (inputs D) (tasks_in D) f + 1 <="),
    Mutant("affine_combination", "+ c", "- c * c"),
    Mutant("affine_combination", "dot (tasks_in D) e (label_in D i)", "dot (tasks_in D) e (label_in D 0%nat)"),
    Mutant("one_at", "then 1 else 0", "then 0 else 1"),
    Mutant("pair_of", "| S O => q", "| S O => p"),
    Mutant("five_points", "2 => pair_of 0 2 |", "2 => pair_of 0 1 |"),
    Mutant("five_points", "| 3 => pair_of 1 (-1)", "| 3 => pair_of 2 (-1)"),
    Mutant("three_neurons", "| 0 => pair_of (1 / 2) (1 / 2)", "| 0 => pair_of (1 / 3) (1 / 2)"),
    Mutant("five_neurons", "| _ => pair_of 0 (1 / 4)", "| _ => pair_of 0 (1 / 3)"),
]

STATEMENTS = [
    Mutant("any_norm_statement", "(forall T, is_norm T (nu T)) ->", ""),
    Mutant("any_norm_statement", "(kink D (S i))", "(kink D i)"),
    Mutant("l1_coupling_statement", "path_cost_in l1", "path_cost_in norm"),
    Mutant("l1_coupling_statement", "forall t, (t < tasks D)%nat ->", "exists t, (t < tasks D)%nat /\\"),
    Mutant("other_norms_statement", "fails_for l1 /\\ fails_for linf", "fails_for l1 /\\ fails_for norm"),
    Mutant("zero_kinks_statement", "unique cost D", "~ unique cost D"),
    Mutant("leverage_statement", "optimal_in D f ->", "interpolates_in D f ->"),
    Mutant("leverage_statement", "0 < norm (inputs D) (weight_in f k) ->", ""),
    Mutant("leverage_statement", "affine_combination D e ->", ""),
    Mutant("leverage_statement", "norm (tasks_in D) p *", "1 / 2 * norm (tasks_in D) p *"),
    Mutant("two_optima_statement", "cost_in 2 2 three_neurons = 3", "cost_in 2 2 three_neurons = 2"),
    Mutant("two_optima_statement", "(3 / 20) (3 / 20)", "(1 / 5) (1 / 5)"),
]
