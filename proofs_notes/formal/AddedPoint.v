(** One more data point: the networks through the new data are those through the old that take its label there, so the
    least cost stays iff some optimum does so. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsOptima StatementsChanges Sums Ramps ConnectTheDots Optimum Uniqueness
  Agreement Stability Sparsest Envelope LoneNeurons.
Open Scope R_scope.

Lemma in_gap_or_not D x : valid D ->
  (exists j, aligned_gap D j /\ strictly_inside D j x) \/ ~ exists j, aligned_gap D j /\ strictly_inside D j x.
Proof.
  intros D_valid.
  assert (search : forall n, (exists j, aligned_gap D j /\ strictly_inside D j x) \/
    forall j, (j < n)%nat -> ~ (aligned_gap D j /\ strictly_inside D j x)).
  { induction n as [| n [found | none]]; [right; intros; lia | auto |].
    destruct (aligned_gap_or_not D n) as [gap | not_aligned].
    - destruct (Rlt_dec (point D n) x) as [low |]; [destruct (Rlt_dec x (point D (S n))) as [high |] |].
      + left. exists n. split; [assumption | split; assumption].
      + right. intros j below [gap_j [low_j high_j]]. destruct (Nat.eq_dec j n) as [-> |]; [contradiction |].
        apply (none j ltac:(lia)). split; [assumption | split; assumption].
      + right. intros j below [gap_j [low_j high_j]]. destruct (Nat.eq_dec j n) as [-> |]; [contradiction |].
        apply (none j ltac:(lia)). split; [assumption | split; assumption].
    - right. intros j below [gap_j inside_j]. destruct (Nat.eq_dec j n) as [-> |]; [contradiction |].
      apply (none j ltac:(lia)). split; assumption. }
  destruct (search (size D)) as [found | none]; [left; assumption | right].
  intros (j & gap & inside). apply (none j); [destruct gap as ([_ last] & _); lia | split; assumption].
Qed.

Lemma green_positive p q x t : p < x < q -> p < t < q -> 0 < green p q x t.
Proof.
  intros [low high] [after before]. unfold green. rewrite (relu_left (p - t)) by lra.
  destruct (ramp_rise_cases p q t ltac:(lra)) as [[] | [(_ & share & range) | []]]; [exfalso; lra | | exfalso; lra].
  assert (reach : (q - p) * ramp_rise p q t = q - t) by (rewrite share; field; lra).
  destruct (Rle_or_lt x t).
  - rewrite relu_left by lra. assert (0 < ramp_rise p q t * (x - p)) by (apply Rmult_lt_0_compat; lra). lra.
  - rewrite relu_right by lra. assert (0 < (1 - ramp_rise p q t) * (q - x)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

Section Added.
Variables D E : dataset.
Variable x : R.
Variable y : vector.
Hypothesis D_valid : valid D.
Hypothesis E_valid : valid E.
Hypothesis added : adds D E x y.

Lemma through_both f : interpolates E f <-> interpolates D f /\ equal (tasks D) (value f x) y.
Proof.
  destruct added as (same_tasks & old_points & (new & bound_new & at_new & label_new) & all).
  unfold interpolates. rewrite same_tasks. split.
  - intros through. split.
    + intros i bound t below. destruct (old_points i bound) as (k & bound_k & at_k & label_k).
      rewrite <- (label_k t below), <- at_k. apply through; assumption.
    + intros t below. rewrite <- (label_new t below), <- at_new. apply through; assumption.
  - intros [through here] k bound t below. destruct (all k bound) as [[at_k label_k] | (i & bound_i & at_k & label_k)].
    + rewrite at_k, (label_k t below). apply here. assumption.
    + rewrite at_k, (label_k t below). apply through; assumption.
Qed.

Lemma cost_with_point : interpolates D (connect_the_dots E) /\ equal (tasks D) (value (connect_the_dots E) x) y /\
  path_cost (tasks D) (connect_the_dots E) = total_kink E.
Proof.
  destruct added as (same_tasks & _). rewrite <- same_tasks at 2. rewrite connect_the_dots_cost.
  destruct (proj1 (through_both _) (connect_the_dots_interpolates E E_valid)) as [through here]. auto.
Qed.

Lemma adding_never_lowers : total_kink D <= total_kink E.
Proof. destruct cost_with_point as (through & _ & <-). apply lower_bound; assumption. Qed.

Lemma adding_is_free : total_kink E = total_kink D <->
  exists f, optimal path_cost D f /\ equal (tasks D) (value f x) y.
Proof.
  split.
  - intros free. destruct cost_with_point as (through & here & cost). exists (connect_the_dots E).
    split; [| assumption]. apply optimal_iff_cost; [assumption |]. split; [assumption | lra].
  - intros (f & best & here). apply optimal_iff_cost in best; [| assumption]. destruct best as [through cheap].
    assert (through_E : interpolates E f) by (apply through_both; auto).
    pose proof (lower_bound E E_valid f through_E) as at_least. destruct added as (same_tasks & _).
    rewrite same_tasks in at_least. pose proof adding_never_lowers. lra.
Qed.

Lemma envelope_is_attained : in_envelope D x y <-> exists f, optimal path_cost D f /\ equal (tasks D) (value f x) y.
Proof.
  destruct (envelope_for_cost _ _ path_cost_same_optima D D_valid) as [in_gaps elsewhere]. split.
  - intros [(j & s & gap & inside & range & here) | [outside here]].
    + apply (in_gaps j x y gap inside). exists s. auto.
    + apply (elsewhere x y outside). assumption.
  - intros attained. destruct (in_gap_or_not D x D_valid) as [(j & gap & inside) | outside].
    + left. apply (in_gaps j x y gap inside) in attained. destruct attained as (s & range & here).
      exists j, s. auto.
    + right. split; [assumption |]. apply (elsewhere x y outside). assumption.
Qed.

(** ** A point on connect-the-dots inside an aligned gap *)

Variable j : nat.
Hypothesis gap : aligned_gap D j.
Hypothesis inside : strictly_inside D j x.
Hypothesis on_dots : equal (tasks D) y (value (connect_the_dots D) x).

Lemma pinned_optimum f z : optimal path_cost E f -> strictly_inside D j z -> agree_at D f (connect_the_dots D) z.
Proof.
  intros best [low_z high_z]. apply optimal_iff_cost in best; [| assumption]. destruct best as [through_E cheap].
  destruct added as (same_tasks & _). rewrite same_tasks in cheap.
  assert (free : total_kink E = total_kink D).
  { apply adding_is_free. exists (connect_the_dots D). split; [apply connect_the_dots_optimal; assumption |].
    intros t below. symmetry. apply on_dots. assumption. }
  apply through_both in through_E. destruct through_E as [through here].
  assert (best_D : optimal path_cost D f) by (apply optimal_iff_cost; [assumption | split; [assumption | lra]]).
  pose proof inside as [low high]. pose proof (gap_order D D_valid j gap) as order.
  assert (flat : depth D j f x = 0).
  { pose proof gap as (_ & _ & nonzero & _). destruct (nonzero_has_entry _ _ nonzero) as (t & below & visible).
    pose proof (optimum_in_gap D D_valid j gap f x t best_D ltac:(lra) below) as away.
    rewrite (here t below), (on_dots t below) in away. destruct (gap_kink D j gap) as [long _].
    assert (product : depth D j f x * direction D j t = 0) by lra.
    apply Rmult_integral in product. destruct product as [| vanish]; [assumption | exfalso].
    unfold direction, scale in vanish. apply Rmult_integral in vanish. destruct vanish as [vanish |]; [| contradiction].
    pose proof (Rinv_0_lt_compat _ long). lra. }
  pose proof gap as (_ & [_ last] & _).
  apply (straight_without_neurons D D_valid f j z through ltac:(lia)); [| lra].
  intros k now_active [after before]. apply active_iff_kink in now_active. destruct now_active as [bound positive].
  assert (term : green (point D j) (point D (S j)) x (knot f k) * norm (tasks D) (neuron_kink f k) = 0).
  { apply (sum_zero_terms (width f) (fun k => green (point D j) (point D (S j)) x (knot f k)
      * norm (tasks D) (neuron_kink f k))); [| unfold depth in flat; lra | assumption].
    intros l _. apply Rmult_le_pos; [apply green_bounds; lra | apply norm_nonneg]. }
  pose proof (green_positive (point D j) (point D (S j)) x (knot f k) ltac:(lra) ltac:(lra)).
  apply Rmult_integral in term. destruct term; lra.
Qed.

End Added.

Lemma adding_for_cost cost adjust : same_optima cost adjust -> adding_statement cost.
Proof.
  intros same D E x y D_valid E_valid added. split; [| split].
  - apply (adding_never_lowers D E x y); assumption.
  - rewrite (adding_is_free D E x y) by assumption. symmetry. apply envelope_is_attained. assumption.
  - intros j gap inside on_dots z inside_z f g best_f best_g.
    apply (same E E_valid f) in best_f. apply (same E E_valid g) in best_g.
    pose proof (pinned_optimum D E x y D_valid E_valid added j gap inside on_dots f z best_f inside_z) as of_f.
    pose proof (pinned_optimum D E x y D_valid E_valid added j gap inside on_dots g z best_g inside_z) as of_g.
    destruct added as (same_tasks & _). intros t below. rewrite same_tasks in below.
    rewrite (of_f t below), (of_g t below). reflexivity.
Qed.

(** ** The new point at its place *)

Definition inserted (D : dataset) (m : nat) (x : R) (y : vector) : dataset := {|
  tasks := tasks D;
  size := S (size D);
  point := fun k => if (k <? m)%nat then point D k else if (k =? m)%nat then x else point D (pred k);
  label := fun k => if (k <? m)%nat then label D k else if (k =? m)%nat then y else label D (pred k)
|}.

Lemma place_for D x : valid D -> (forall i, (i < size D)%nat -> point D i <> x) ->
  exists m, (m <= size D)%nat /\ (forall i, (i < m)%nat -> point D i < x) /\
    forall i, (m <= i)%nat -> (i < size D)%nat -> x < point D i.
Proof.
  intros D_valid fresh.
  assert (search : forall n, (n <= size D)%nat -> (forall i, (i < n)%nat -> point D i < x) \/
    exists m, (m < n)%nat /\ (forall i, (i < m)%nat -> point D i < x) /\ x < point D m).
  { induction n as [| n IH]; intros bound; [left; intros; lia |].
    destruct (IH ltac:(lia)) as [all | (m & below & before & after)].
    - destruct (Rlt_or_le (point D n) x) as [low | high].
      + left. intros i below. destruct (Nat.eq_dec i n) as [-> |]; [assumption | apply all; lia].
      + right. exists n. split; [lia | split; [assumption |]]. pose proof (fresh n ltac:(lia)). lra.
    - right. exists m. auto. }
  destruct (search (size D) (le_n _)) as [all | (m & below & before & after)].
  - exists (size D). split; [lia | split; [assumption |]]. intros; lia.
  - exists m. split; [lia | split; [assumption |]]. intros i later bound.
    assert (point D m <= point D i) by (apply points_ordered; assumption). lra.
Qed.

Lemma every_point_can_be_added : can_add_statement.
Proof.
  intros D x y D_valid fresh. destruct (place_for D x D_valid fresh) as (m & bound & before & after).
  exists (inserted D m x y). pose proof D_valid as [many steps].
  assert (at_m : point (inserted D m x y) m = x /\ label (inserted D m x y) m = y).
  { simpl. rewrite Nat.ltb_irrefl, Nat.eqb_refl. auto. }
  assert (early : forall k, (k < m)%nat -> point (inserted D m x y) k = point D k /\ label (inserted D m x y)
    k = label D k).
  { intros k below. simpl. destruct (Nat.ltb_spec k m); [auto | lia]. }
  assert (late : forall k, (m < k)%nat ->
    point (inserted D m x y) k = point D (pred k) /\ label (inserted D m x y) k = label D (pred k)).
  { intros k later. simpl. destruct (Nat.ltb_spec k m); [lia |]. destruct (Nat.eqb_spec k m); [lia | auto]. }
  split; [| split; [reflexivity |]].
  - split; [simpl; lia |]. intros i inside. change (size (inserted D m x y)) with (S (size D)) in inside.
    destruct (Nat.lt_trichotomy (S i) m) as [low | [here | high]].
    + destruct (early i ltac:(lia)) as [-> _]. destruct (early (S i) low) as [-> _]. apply steps. lia.
    + rewrite here. destruct (early i ltac:(lia)) as [-> _]. destruct at_m as [-> _]. apply before. lia.
    + destruct (late (S i) high) as [-> _]. simpl pred. destruct (Nat.eq_dec i m) as [-> |].
      * destruct at_m as [-> _]. apply after; lia.
      * destruct (late i ltac:(lia)) as [-> _]. replace i with (S (pred i)) at 2 by lia. apply steps. lia.
  - split; [reflexivity | split; [| split]].
    + intros i inside. destruct (Nat.lt_ge_cases i m) as [low | high].
      * exists i. destruct (early i low) as [-> ->]. repeat split; [simpl; lia].
      * exists (S i). destruct (late (S i) ltac:(lia)) as [-> ->]. repeat split; [simpl; lia].
    + exists m. destruct at_m as [-> ->]. repeat split; [simpl; lia].
    + intros k inside. change (size (inserted D m x y)) with (S (size D)) in inside.
      destruct (Nat.lt_trichotomy k m) as [low | [-> | high]].
      * right. exists k. destruct (early k low) as [-> ->]. repeat split; [lia].
      * left. destruct at_m as [-> ->]. repeat split.
      * right. exists (pred k). destruct (late k high) as [-> ->]. repeat split; [lia].
Qed.
