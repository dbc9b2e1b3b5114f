"""Edits of StatementsChanges.v and StatementsParameters.v."""

from formal.mutants.mutant import Mutant

DEFINITIONS = [
    Mutant("kinks_fit", "neuron_kink f k t", "output_weight f k t"),
    Mutant("kinks_fit", "interior D j ->", "interior D (S j) ->"),
    Mutant("slope_fits", "slope D 0 t", "slope D 1 t"),
    Mutant("slope_fits", "Rlt_dec (input_weight f k) 0", "Rlt_dec 0 (input_weight f k)"),
    Mutant("adds", "(exists k, (k < size E)%nat /\\ point E k = x /\\ equal (tasks D) (label E k) y) /\\", ""),
    Mutant("adds", "tasks E = tasks D /\\", ""),
    Mutant("adds", "point E k = x /\\ equal (tasks D) (label E k) y \\/", "point E k = x \\/"),
    Mutant("in_envelope", "0 <= s <= 1 /\\", "0 <= s /\\"),
    Mutant("in_envelope", "~ (exists j, aligned_gap D j /\\ strictly_inside D j x) /\\", ""),
    Mutant("relabelled", "dot (tasks D) (A t) (label D i)", "dot n (A t) (label D i)"),
    Mutant("relabelled", "B t * point D i", "B t * point D i * point D i"),
    Mutant("injective", "-> zero T v", "-> True"),
    Mutant("keeps_lengths", "= norm T v", "<= norm T v"),
    Mutant("moved_points", "size D - 1 - i", "size D - i"),
    Mutant("moved_points", "label := fun i => label D (from i)", "label := fun i => label D i"),
    Mutant("moved_points", "if Rlt_dec alpha 0 then", "if Rlt_dec 0 alpha then"),
    Mutant("near", "< epsilon", "< 2 * epsilon + 1"),
    Mutant("near", "(forall i, point E i = point D i) /\\", ""),
    Mutant("near", "tasks E = tasks D /\\", ""),
]

STATEMENTS = [
    Mutant("parameters_statement", "kinks_fit D f /\\", ""),
    Mutant("parameters_statement", "slope_fits D f /\\", ""),
    Mutant(
        "parameters_statement", "zero (tasks D) (output_weight f k) /\\ input_weight f k = 0", "input_weight f k = 0"
    ),
    Mutant("parameters_statement", "equal (tasks D) (value f (point D 0)) (label D 0)", "True"),
    Mutant("enough_neurons_statement", "(n <= K)%nat", "(n < K)%nat"),
    Mutant("enough_neurons_statement", "optimal cost D f", "interpolates D f"),
    Mutant(
        "adding_statement", "total_kink E = total_kink D <-> in_envelope D x y", "total_kink E = total_kink D <-> True"
    ),
    Mutant("adding_statement", "adds D E x y ->", ""),
    Mutant("adding_statement", "equal (tasks D) y (value (connect_the_dots D) x) ->", ""),
    Mutant("can_add_statement", "(forall i, (i < size D)%nat -> point D i <> x) ->", ""),
    Mutant("relabelling_statement", "injective (tasks D) n A ->", ""),
    Mutant("relabelling_statement", "keeps_lengths (tasks D) n A ->", ""),
    Mutant("moving_points_statement", "alpha <> 0 ->", ""),
    Mutant("moving_points_statement", "total_kink D / Rabs alpha", "total_kink D / alpha"),
    Mutant("moving_points_statement", "size D - 2 - j", "size D - 1 - j"),
    Mutant("nowhere_dense_statement", "(2 <= tasks D)%nat", "(1 <= tasks D)%nat"),
    Mutant("nowhere_dense_statement", "near D epsilon E /\\", ""),
    Mutant("minors_statement", "~ unique cost D ->", ""),
    Mutant("one_task_balls_statement", "(4 <= size D)%nat", "(3 <= size D)%nat"),
    Mutant("one_task_balls_statement", "F, near E epsilon F -> ~ unique cost F", "F, near E epsilon F -> True"),
    Mutant("abba_statement", "~ equal (tasks D) a b ->", ""),
    Mutant("abba_statement", "equal (tasks D) (label D (S (S (S i)))) a ->", ""),
]
