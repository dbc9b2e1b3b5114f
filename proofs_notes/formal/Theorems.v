(** The headline theorems. Each [X_statement] of Statements.v, and of the files that begin with its name, is proved here
    under the name X; statements about a cost are proved for the path cost and for weight decay.
    check_formal.py asks Coq what every one of them rests on. *)

From Coq Require Import Reals.
From ReluProof Require Import Statements StatementsOptima StatementsProgram ConnectTheDots Optimum Balance Uniqueness Family Agreement
  Decision Sparsest Runs Certificate Stability Convexity Shape Envelope MergedPair OddRuns Descent
  LinearDecision Numerals.
Open Scope R_scope.

(** ** Connect-the-dots and the optimal value *)

Theorem connect_the_dots_straight : connect_the_dots_straight_statement.
Proof. intros D D_valid i x piece t _. apply connect_the_dots_on_piece; assumption. Qed.

Theorem optimal_value : optimal_value_statement.
Proof.
  intros D D_valid. split; [| split].
  - apply lower_bound. assumption.
  - apply connect_the_dots_interpolates. assumption.
  - apply connect_the_dots_cost.
Qed.

Theorem optimal_weight_decay : optimal_weight_decay_statement.
Proof.
  intros D D_valid. split; [apply weight_decay_lower_bound; assumption |].
  exists (balance (tasks D) (connect_the_dots D)).
  pose proof (connect_the_dots_optimal D D_valid) as best. split; [| split; [| split]].
  - apply balance_interpolates, best.
  - apply balance_attains; assumption.
  - reflexivity.
  - apply balance_value.
Qed.

Theorem balancing : balancing_statement.
Proof.
  intros T f. split; [apply cost_le_weight_decay | split; [apply cost_eq_weight_decay |]].
  exists (balance T f). split; [apply balance_balanced | split; [reflexivity | split]].
  - apply balance_cost.
  - apply balance_value.
Qed.

(** ** Uniqueness and its failure *)

Theorem uniqueness : uniqueness_statement path_cost.
Proof. exact (uniqueness_for_cost _ _ path_cost_same_optima). Qed.

Theorem uniqueness_weight_decay : uniqueness_statement weight_decay.
Proof. exact (uniqueness_for_cost _ _ weight_decay_same_optima). Qed.

Theorem non_uniqueness : non_uniqueness_statement path_cost.
Proof. exact (non_uniqueness_for_cost _ _ path_cost_same_optima). Qed.

Theorem non_uniqueness_weight_decay : non_uniqueness_statement weight_decay.
Proof. exact (non_uniqueness_for_cost _ _ weight_decay_same_optima). Qed.

Theorem unique_iff : unique_iff_statement path_cost.
Proof. exact (unique_iff_for_cost _ _ path_cost_same_optima). Qed.

Theorem unique_iff_weight_decay : unique_iff_statement weight_decay.
Proof. exact (unique_iff_for_cost _ _ weight_decay_same_optima). Qed.

Theorem pointwise : pointwise_statement path_cost.
Proof. exact (pointwise_for_cost _ _ path_cost_same_optima). Qed.

Theorem pointwise_weight_decay : pointwise_statement weight_decay.
Proof. exact (pointwise_for_cost _ _ weight_decay_same_optima). Qed.

(** ** Where neurons can be *)

Theorem neurons : neurons_statement.
Proof. intros D D_valid f. apply optimal_iff_well_placed. assumption. Qed.

Theorem neurons_weight_decay : neurons_weight_decay_statement.
Proof.
  intros D D_valid f. rewrite optimal_weight_decay_iff, optimal_iff_well_placed by assumption. tauto.
Qed.

(** ** The decision procedure *)

Theorem decision : decision_statement path_cost.
Proof. exact (decision_for_cost _ _ path_cost_same_optima). Qed.

Theorem decision_weight_decay : decision_statement weight_decay.
Proof. exact (decision_for_cost _ _ weight_decay_same_optima). Qed.

Theorem count : count_statement.
Proof. exact count_correct. Qed.

(** ** The fewest neurons *)

Theorem sparsest : sparsest_statement path_cost.
Proof. exact (sparsest_for_cost _ _ path_cost_same_optima). Qed.

Theorem sparsest_weight_decay : sparsest_statement weight_decay.
Proof. exact (sparsest_for_cost _ _ weight_decay_same_optima). Qed.

Theorem fewest_over_runs : fewest_over_runs_statement.
Proof. intros D n. apply fewest_iff_over_runs. Qed.

(** ** Dual certificates *)

Theorem certificate : certificate_statement path_cost.
Proof. apply certificate_for_cost. intros T f. apply Rle_refl. Qed.

Theorem certificate_weight_decay : certificate_statement weight_decay.
Proof. apply certificate_for_cost, cost_le_weight_decay. Qed.

(** ** How far from connect-the-dots, and convexity *)

Theorem stability : stability_statement path_cost.
Proof. apply stability_for_cost. intros T f. apply Rle_refl. Qed.

Theorem stability_weight_decay : stability_statement weight_decay.
Proof. apply stability_for_cost, cost_le_weight_decay. Qed.

Theorem convexity : convexity_statement path_cost.
Proof. exact (convexity_for_cost _ _ path_cost_same_optima). Qed.

Theorem convexity_weight_decay : convexity_statement weight_decay.
Proof. exact (convexity_for_cost _ _ weight_decay_same_optima). Qed.

(** ** All optima *)

Theorem all_optima : all_optima_statement path_cost.
Proof. exact (all_optima_for_cost _ _ path_cost_same_optima). Qed.

Theorem all_optima_weight_decay : all_optima_statement weight_decay.
Proof. exact (all_optima_for_cost _ _ weight_decay_same_optima). Qed.

Theorem envelope : envelope_statement path_cost.
Proof. exact (envelope_for_cost _ _ path_cost_same_optima). Qed.

Theorem envelope_weight_decay : envelope_statement weight_decay.
Proof. exact (envelope_for_cost _ _ weight_decay_same_optima). Qed.

Theorem merging : merging_statement path_cost.
Proof. exact (merging_for_cost _ _ path_cost_same_optima). Qed.

Theorem merging_weight_decay : merging_statement weight_decay.
Proof. exact (merging_for_cost _ _ weight_decay_same_optima). Qed.

Theorem unique_sparsest : unique_sparsest_statement path_cost.
Proof. exact (unique_sparsest_for_cost _ _ path_cost_same_optima). Qed.

Theorem unique_sparsest_weight_decay : unique_sparsest_statement weight_decay.
Proof. exact (unique_sparsest_for_cost _ _ weight_decay_same_optima). Qed.

Theorem odd_run : odd_run_statement path_cost.
Proof. exact (odd_run_for_cost _ _ path_cost_same_optima). Qed.

Theorem odd_run_weight_decay : odd_run_statement weight_decay.
Proof. exact (odd_run_for_cost _ _ weight_decay_same_optima). Qed.

(** ** The descent *)

Theorem moving_a_knot : moving_a_knot_statement.
Proof. exact step_is_free. Qed.

Theorem descent : descent_statement.
Proof. exact descent_ends. Qed.

(** ** The program *)

Theorem program : program_statement.
Proof. exact program_correct. Qed.

Theorem program_answers : program_answers_statement path_cost.
Proof. exact (program_answers_for_cost path_cost decision). Qed.

Theorem program_answers_weight_decay : program_answers_statement weight_decay.
Proof. exact (program_answers_for_cost weight_decay decision_weight_decay). Qed.

Theorem numerals : numerals_statement.
Proof. exact numerals_correct. Qed.
