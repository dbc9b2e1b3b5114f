(** The decision procedure is correct: the rational functions of Statements.v compute the real ones, aligned is the case
    of equality of the Cauchy-Schwarz inequality with a positive product, and [decide] walks over all interior gaps. *)

From Coq Require Import Reals Lra Lia Arith QArith Qreals List Bool.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Uniqueness Agreement.
Import ListNotations.
Open Scope R_scope.

(** ** Aligned, without a square root *)

Lemma aligned_iff_products T u v :
  aligned T u v <-> 0 < dot T u v /\ dot T u v * dot T u v = dot T u u * dot T v v.
Proof.
  split.
  - intros (nonzero & c & positive & multiple).
    assert (long : 0 < dot T u u).
    { rewrite <- norm_square. pose proof (nonzero_norm T u nonzero). apply Rmult_lt_0_compat; assumption. }
    rewrite (dot_ext T u v u (scale c u)), (dot_ext T v v (scale c u) (scale c u))
      by (assumption || (intros t _; reflexivity)).
    rewrite !dot_scale_l, !dot_scale_r. split; [apply Rmult_lt_0_compat; assumption | ring].
  - intros [positive equality].
    assert (nonzero : ~ zero T u) by (intros vanish; rewrite dot_zero_l in positive by assumption; lra).
    assert (long : 0 < dot T u u).
    { rewrite <- norm_square. pose proof (nonzero_norm T u nonzero). apply Rmult_lt_0_compat; assumption. }
    split; [assumption |]. exists (dot T u v / dot T u u). split; [apply Rdiv_lt_0_compat; assumption |].
    set (gap := fun t => v t - scale (dot T u v / dot T u u) u t).
    assert (together : dot T gap gap = 0).
    { unfold gap. rewrite dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym T v u).
      replace (dot T v v) with (dot T u v * dot T u v / dot T u u) by (rewrite equality; field; lra). field. lra. }
    intros t below. assert (vanish : gap t = 0) by (apply (dot_self_zero T); [lra | assumption]).
    unfold gap in vanish. lra.
Qed.

(** ** Rational arithmetic computes real arithmetic *)

Lemma Q2R_reduced p : Q2R (Qred p) = Q2R p.
Proof. apply Qeq_eqR, Qred_correct. Qed.

Lemma Q2R_difference p q : Q2R (Qminus p q) = Q2R p - Q2R q.
Proof. apply Q2R_minus. Qed.

Lemma Q2R_quotient p q : Q2R q <> 0 -> Q2R (Qdiv p q) = Q2R p / Q2R q.
Proof.
  intros nonzero. apply Q2R_div. intros vanish. apply nonzero. rewrite (Qeq_eqR _ _ vanish). unfold Q2R; simpl. lra.
Qed.

Lemma rational_less_correct p q : rational_less p q = true <-> Q2R p < Q2R q.
Proof.
  unfold rational_less. rewrite negb_true_iff, <- not_true_iff_false, Qle_bool_iff. split.
  - intros not_above. apply Qlt_Rlt, Qnot_le_lt. assumption.
  - intros below above. apply Qle_Rle in above. lra.
Qed.

Lemma rational_equal_correct p q : Qeq_bool p q = true <-> Q2R p = Q2R q.
Proof. rewrite Qeq_bool_iff. split; [apply Qeq_eqR | apply eqR_Qeq]. Qed.

Lemma rational_sum_correct n f : Q2R (rational_sum n f) = sum n (fun t => Q2R (f t)).
Proof.
  induction n as [| n IH]; cbn [sum rational_sum]; [unfold Q2R; simpl; lra |].
  rewrite Q2R_reduced, Q2R_plus, IH. reflexivity.
Qed.

Section Decision.
Variable d : rational_dataset.
Let D := real_dataset d.

Section WellFormed.
Hypothesis D_valid : valid D.

Lemma rational_slope_correct i t : (S i < size D)%nat -> Q2R (rational_slope d i t) = slope D i t.
Proof.
  intros bound. pose proof (points_increase D D_valid i (S i) ltac:(lia) bound) as order. simpl in order.
  unfold rational_slope, slope. simpl point. simpl label.
  rewrite Q2R_reduced, Q2R_quotient, !Q2R_difference; [reflexivity |]. rewrite Q2R_difference. lra.
Qed.

Lemma rational_kink_correct j t : interior D j -> Q2R (rational_kink d j t) = kink D j t.
Proof.
  intros [first last]. unfold rational_kink, kink.
  rewrite Q2R_reduced, Q2R_difference, !rational_slope_correct by lia. reflexivity.
Qed.

Lemma rational_dot_correct i j : interior D i -> interior D j ->
  Q2R (rational_dot d i j) = dot (tasks D) (kink D i) (kink D j).
Proof.
  intros inside_i inside_j. unfold rational_dot. rewrite rational_sum_correct.
  apply sum_ext. intros t _. rewrite Q2R_mult, !rational_kink_correct by assumption. reflexivity.
Qed.

Lemma gap_test_correct j : interior D j -> interior D (S j) -> gap_test d j = true <-> aligned_gap D j.
Proof.
  intros inside inside_next. unfold gap_test, aligned_gap. cbv zeta.
  rewrite andb_true_iff, rational_less_correct, rational_equal_correct, !Q2R_mult, !rational_dot_correct by assumption.
  rewrite aligned_iff_products. replace (Q2R 0) with 0 by (unfold Q2R; simpl; lra). tauto.
Qed.

(** The gaps that [decide] tries are exactly those between two interior points. *)
Lemma tried_gap j : In j (seq 1 (length d - 3)) <-> interior D j /\ interior D (S j).
Proof. rewrite in_seq. unfold interior. simpl size. lia. Qed.

Lemma found_gaps_correct j : In j (filter (gap_test d) (seq 1 (length d - 3))) <-> aligned_gap D j.
Proof.
  rewrite filter_In, tried_gap. split.
  - intros [[inside inside_next] test]. apply gap_test_correct; assumption.
  - intros gap. pose proof gap as (inside & inside_next & _). split; [auto |]. apply gap_test_correct; assumption.
Qed.

Lemma zero_test_correct j : interior D j -> zero_test d j = true <-> zero (tasks D) (kink D j).
Proof.
  intros inside. unfold zero_test. rewrite rational_equal_correct, rational_dot_correct by assumption.
  replace (Q2R 0) with 0 by (unfold Q2R; simpl; lra). split.
  - intros vanish. apply dot_self_zero. lra.
  - apply dot_zero_l.
Qed.

Lemma count_fewest_correct room : forall j, (1 <= j)%nat -> (j + S room = size D)%nat ->
  fewest D j (count_fewest d room j).
Proof.
  induction room as [room IH] using lt_wf_ind. intros j first all_points.
  destruct room as [| further]; simpl; [constructor; lia |].
  assert (inside : interior D j) by (split; lia).
  destruct (zero_test d j) eqn:is_zero.
  - apply no_kink; [assumption | apply zero_test_correct; assumption | apply IH; lia].
  - assert (nonzero : ~ zero (tasks D) (kink D j))
      by (intros vanish; apply zero_test_correct in vanish; [congruence | assumption]).
    destruct further as [| beyond].
    + apply one_for_one; try assumption; [| constructor; lia]. intros (_ & [_ next] & _). lia.
    + assert (inside_next : interior D (S j)) by (split; lia).
      pose proof (gap_test_correct j inside inside_next) as tested.
      destruct (gap_test d j).
      * apply one_for_two; [apply tested; reflexivity | apply IH; lia].
      * apply one_for_one; try assumption; [| apply IH; lia]. intros gap. apply tested in gap. discriminate.
Qed.

End WellFormed.

(** ** The input is a dataset iff it is found to be one *)

Lemma well_formed_correct : well_formed d = true <-> valid D /\ rectangular d = true.
Proof.
  unfold well_formed, valid. rewrite !andb_true_iff, forallb_forall, Nat.leb_le. simpl size. simpl point. split.
  - intros [[many shape] increasing]. repeat split; try assumption.
    intros i bound. apply rational_less_correct, increasing, in_seq. lia.
  - intros [[many increasing] shape]. repeat split; try assumption.
    intros i inside. apply in_seq in inside. apply rational_less_correct, increasing. lia.
Qed.

Lemma no_gap_iff_empty gaps : (forall j, In j gaps <-> aligned_gap D j) ->
  gaps = [] <-> forall j, ~ aligned_gap D j.
Proof.
  intros all. split.
  - intros -> j gap. apply all in gap. contradiction.
  - intros none. destruct gaps as [| j rest]; [reflexivity |]. exfalso. apply (none j), all. left. reflexivity.
Qed.

End Decision.

Section Correct.
Variable cost : nat -> network -> R.
Variable adjust : nat -> network -> network.
Hypothesis same : same_optima cost adjust.

Lemma decision_for_cost : decision_statement cost.
Proof.
  intros d. unfold decide. destruct (well_formed d) eqn:form.
  - apply well_formed_correct in form. destruct form as [D_valid _]. cbv zeta.
    pose proof (found_gaps_correct d D_valid) as all.
    set (gaps := filter (gap_test d) (seq 1 (length d - 3))) in *. set (D := real_dataset d) in *.
    pose proof (pointwise_for_cost cost adjust same D D_valid) as pointwise.
    split; [assumption |]. split; [assumption |]. split.
    + intros x. rewrite pointwise. split.
      * intros outside j found between. apply outside. exists j. split; [apply all |]; assumption.
      * intros outside (j & gap & between). apply (outside j); [apply all |]; assumption.
    + rewrite (no_gap_iff_empty d gaps all), (unique_iff_for_cost cost adjust same D D_valid). reflexivity.
  - intros valid_and_rectangular. apply well_formed_correct in valid_and_rectangular. congruence.
Qed.

End Correct.

Lemma count_correct : count_statement.
Proof.
  intros d. unfold decide_fewest. destruct (well_formed d) eqn:form.
  - apply well_formed_correct in form. destruct form as [D_valid _]. split; [assumption |].
    apply count_fewest_correct; [assumption | lia |]. destruct D_valid as [many _]. simpl in *. lia.
  - intros valid_and_rectangular. apply well_formed_correct in valid_and_rectangular. congruence.
Qed.
