(** The headline theorems. Each [X_statement] of Statements.v, and of the files that begin with its name, is proved here
    under the name X; statements about a cost are proved for the path cost and for weight decay.
    check_formal.py asks Coq what every one of them rests on. *)

From Coq Require Import Reals.
From ReluProof Require Import Statements StatementsOptima StatementsParameters StatementsBounds StatementsChanges
  StatementsNoise StatementsNorms StatementsPlane StatementsSobolev StatementsProgram ConnectTheDots Optimum Balance
    Uniqueness Family
  Agreement Decision Sparsest Runs Certificate Stability Convexity Shape Envelope MergedPair OddRuns Descent
  LinearDecision Numerals OptimalParameters StabilityTable Sharpness Steepness Generalisation AddedPoint Invariance
    Rarity
  Noise Norms Plane Sobolev.
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

Theorem tent_height : tent_height_statement.
Proof. exact height_of_tent. Qed.

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

(** ** Numbers about networks that interpolate *)

Theorem stability_table : stability_table_statement path_cost.
Proof. apply stability_table_for_cost. intros T f. apply Rle_refl. Qed.

Theorem stability_table_weight_decay : stability_table_statement weight_decay.
Proof. apply stability_table_for_cost, cost_le_weight_decay. Qed.

Theorem sharpness : sharpness_statement path_cost.
Proof. exact (sharpness_for_cost _ path_cost_affordable). Qed.

Theorem sharpness_weight_decay : sharpness_statement weight_decay.
Proof. exact (sharpness_for_cost _ weight_decay_affordable). Qed.

Theorem attained : attained_statement path_cost.
Proof. exact (attained_for_cost _ path_cost_affordable). Qed.

Theorem attained_weight_decay : attained_statement weight_decay.
Proof. exact (attained_for_cost _ weight_decay_affordable). Qed.

Theorem outside : outside_statement path_cost.
Proof. apply (outside_for_cost _ path_cost_affordable). intros T f. apply Rle_refl. Qed.

Theorem outside_weight_decay : outside_statement weight_decay.
Proof. apply (outside_for_cost _ weight_decay_affordable), cost_le_weight_decay. Qed.

Theorem steepness : steepness_statement path_cost.
Proof. exact (steepness_for_cost _ _ path_cost_same_optima). Qed.

Theorem steepness_weight_decay : steepness_statement weight_decay.
Proof. exact (steepness_for_cost _ _ weight_decay_same_optima). Qed.

Theorem generalisation : generalisation_statement path_cost.
Proof. exact (generalisation_for_cost _ _ path_cost_same_optima). Qed.

Theorem generalisation_weight_decay : generalisation_statement weight_decay.
Proof. exact (generalisation_for_cost _ _ weight_decay_same_optima). Qed.

Theorem generalisation_attained : generalisation_attained_statement.
Proof. exact generalisation_is_attained. Qed.

Theorem one_task : one_task_statement.
Proof. exact one_task_is_sharp. Qed.

(** ** Parameters *)

Theorem parameters : parameters_statement.
Proof. intros D f D_valid. apply parameters_of_optimum. assumption. Qed.

Theorem enough_neurons : enough_neurons_statement path_cost.
Proof. exact (enough_neurons_for_cost _ _ path_cost_same_optima). Qed.

Theorem enough_neurons_weight_decay : enough_neurons_statement weight_decay.
Proof. exact (enough_neurons_for_cost _ _ weight_decay_same_optima). Qed.

(** ** Other data *)

Theorem adding : adding_statement path_cost.
Proof. exact (adding_for_cost _ _ path_cost_same_optima). Qed.

Theorem adding_weight_decay : adding_statement weight_decay.
Proof. exact (adding_for_cost _ _ weight_decay_same_optima). Qed.

Theorem can_add : can_add_statement.
Proof. exact every_point_can_be_added. Qed.

Theorem relabelling : relabelling_statement path_cost.
Proof. exact (relabelling_for_cost _ _ path_cost_same_optima). Qed.

Theorem relabelling_weight_decay : relabelling_statement weight_decay.
Proof. exact (relabelling_for_cost _ _ weight_decay_same_optima). Qed.

Theorem moving_points : moving_points_statement path_cost.
Proof. exact (moving_points_for_cost _ _ path_cost_same_optima). Qed.

Theorem moving_points_weight_decay : moving_points_statement weight_decay.
Proof. exact (moving_points_for_cost _ _ weight_decay_same_optima). Qed.

Theorem nowhere_dense : nowhere_dense_statement path_cost.
Proof. exact (nowhere_dense_for_cost _ _ path_cost_same_optima). Qed.

Theorem nowhere_dense_weight_decay : nowhere_dense_statement weight_decay.
Proof. exact (nowhere_dense_for_cost _ _ weight_decay_same_optima). Qed.

Theorem minors : minors_statement path_cost.
Proof. exact (minors_for_cost _ _ path_cost_same_optima). Qed.

Theorem minors_weight_decay : minors_statement weight_decay.
Proof. exact (minors_for_cost _ _ weight_decay_same_optima). Qed.

Theorem one_task_balls : one_task_balls_statement path_cost.
Proof. exact (one_task_balls_for_cost _ _ path_cost_same_optima). Qed.

Theorem one_task_balls_weight_decay : one_task_balls_statement weight_decay.
Proof. exact (one_task_balls_for_cost _ _ weight_decay_same_optima). Qed.

Theorem abba : abba_statement path_cost.
Proof. exact (abba_for_cost _ _ path_cost_same_optima). Qed.

Theorem abba_weight_decay : abba_statement weight_decay.
Proof. exact (abba_for_cost _ _ weight_decay_same_optima). Qed.

(** ** Noisy data *)

Theorem regularised_fit : regularised_fit_statement path_cost.
Proof. apply regularised_fit_for_cost. Qed.

Theorem regularised_fit_weight_decay : regularised_fit_statement weight_decay.
Proof. apply regularised_fit_for_cost. Qed.

Theorem functionals : functionals_statement.
Proof. exact functionals_fit. Qed.

Theorem gap : gap_statement.
Proof. exact gap_holds. Qed.

Theorem duality : duality_statement path_cost.
Proof. apply duality_for_cost. intros T f. apply Rle_refl. Qed.

Theorem duality_weight_decay : duality_statement weight_decay.
Proof. apply duality_for_cost, cost_le_weight_decay. Qed.

(** ** Other norms, zero kinks, several inputs *)

Theorem any_norm : any_norm_statement.
Proof. exact dots_for_any_norm. Qed.

Theorem l1_coupling : l1_coupling_statement.
Proof. intros D f D_valid. apply l1_task_by_task. assumption. Qed.

Theorem other_norms : other_norms_statement.
Proof. split; [exact l1_fails | exact linf_fails]. Qed.

Theorem zero_kinks : zero_kinks_statement path_cost.
Proof. exact (zero_kinks_for_cost _ _ path_cost_same_optima). Qed.

Theorem zero_kinks_weight_decay : zero_kinks_statement weight_decay.
Proof. exact (zero_kinks_for_cost _ _ weight_decay_same_optima). Qed.

Theorem leverage : leverage_statement.
Proof. exact leverage_bound. Qed.

Theorem two_optima : two_optima_statement.
Proof. exact two_optima_in_the_plane. Qed.

(** ** The Sobolev norm *)

Theorem sobolev : sobolev_statement.
Proof. exact sobolev_norm. Qed.

Theorem kernel_coefficients : kernel_coefficients_statement.
Proof. exact kernel_of_dots. Qed.

(** ** The program *)

Theorem program : program_statement.
Proof. exact program_correct. Qed.

Theorem program_answers : program_answers_statement path_cost.
Proof. exact (program_answers_for_cost path_cost decision). Qed.

Theorem program_answers_weight_decay : program_answers_statement weight_decay.
Proof. exact (program_answers_for_cost weight_decay decision_weight_decay). Qed.

Theorem numerals : numerals_statement.
Proof. exact numerals_correct. Qed.
