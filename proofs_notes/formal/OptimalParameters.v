(** The parameters of the optima: for well placed neurons, interpolation means that the kinks, the first slope and the
    first value are those of the data; and neurons that do nothing fill any width. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima StatementsParameters Sums Ramps ConnectTheDots Optimum Balance
  Agreement Sparsest Merging Descent OddRuns.
Open Scope R_scope.

Section OptimalParameters.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.
Variable f : network.

Lemma well_placed_after_first k : well_placed D f k -> point D 1 <= knot f k.
Proof.
  intros (j & _ & [([first last] & _ & ->) | (([first _] & [_ last] & _) & low & _)]).
  - apply points_ordered; assumption || lia.
  - assert (point D 1 <= point D j) by (apply points_ordered; assumption || lia). lra.
Qed.

Lemma active_or_not k : (k < width f)%nat -> active T f k \/ zero T (neuron_kink f k).
Proof.
  intros below. destruct (norm_nonneg T (neuron_kink f k)) as [positive | vanish].
  - left. apply active_iff_kink. auto.
  - right. apply norm_zero. auto.
Qed.

(** The neurons that are active bend after the first gap, so there the slope is [ramp_slope]. *)
Lemma first_rise t : (t < T)%nat -> (forall k, active T f k -> well_placed D f k) ->
  value f (point D 1) t - value f (point D 0) t = (point D 1 - point D 0) * ramp_slope f t.
Proof.
  intros below placed. pose proof D_valid as [many _].
  assert (order : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  assert (silent : forall x, x <= point D 1 -> sum (width f) (fun k => relu (x - knot f k) * neuron_kink f k t) = 0).
  { intros x before. apply sum_zero. intros k bound. destruct (active_or_not k bound) as [now_active | vanish].
    - pose proof (well_placed_after_first k (placed k now_active)). rewrite relu_left by lra. ring.
    - rewrite (vanish t below). ring. }
  rewrite !value_as_ramps, !silent by lra. ring.
Qed.

Lemma slope_fits_means t : linear f t = slope D 0 t
    - sum (width f) (fun k => if Rlt_dec (input_weight f k) 0 then input_weight f k * output_weight f k t else 0)
  <-> ramp_slope f t = slope D 0 t.
Proof.
  unfold ramp_slope.
  assert (same : sum (width f) (fun k => output_weight f k t * tilt (input_weight f k)) = sum (width f) (fun k =>
    if Rlt_dec (input_weight f k) 0 then input_weight f k * output_weight f k t else 0)).
  { apply sum_ext. intros k _. unfold tilt, Rmin.
    destruct (Rlt_dec (input_weight f k) 0), (Rle_dec (input_weight f k) 0); try lra.
    replace (input_weight f k) with 0 by lra. ring. }
  rewrite same. split; lra.
Qed.

(** Kinks, first slope and first value together are interpolation. *)
Lemma interpolates_means : (forall k, active T f k -> well_placed D f k) ->
  interpolates D f <-> kinks_fit D f /\ slope_fits D f /\ equal T (value f (point D 0)) (label D 0).
Proof.
  intros placed. pose proof D_valid as [many _].
  assert (order : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  assert (hats : forall j, interior D j -> forall t,
    sum (width f) (fun k => hat_at D j (knot f k) * neuron_kink f k t)
    = sum (width f) (fun k => hat D j (knot f k) * neuron_kink f k t)).
  { intros j inside t. apply sum_ext. intros k _. rewrite hat_at_is_hat by assumption. reflexivity. }
  split.
  - intros through. split; [| split].
    + intros j inside t below. rewrite hats by assumption. apply (kink_of_data D D_valid f j through inside t below).
    + intros t below. apply slope_fits_means. apply Rmult_eq_reg_l with (point D 1 - point D 0); [| lra].
      rewrite <- first_rise by assumption. rewrite !through by (assumption || lia). unfold slope. field. lra.
    + apply through. lia.
  - intros (kinks & slopes & start).
    set (E := Dataset T (size D) (point D) (fun i => value f (point D i))).
    assert (E_valid : valid E) by exact D_valid.
    assert (through : interpolates E f) by (intros i bound t below; reflexivity).
    assert (same_slopes : forall i t, (t < T)%nat -> (S i < size D)%nat -> slope E i t = slope D i t).
    { intros i t below. induction i as [| i IH]; intros bound.
      - unfold slope at 1. simpl. rewrite first_rise by assumption.
        rewrite (proj1 (slope_fits_means t) (slopes t below)). field. lra.
      - assert (inside : interior D (S i)) by (split; lia).
        pose proof (kink_of_data E E_valid f (S i) through inside t below) as of_values.
        pose proof (kinks (S i) inside t below) as of_data. cbv beta in of_data.
        rewrite hats in of_data by assumption.
        change (hat E) with (hat D) in of_values. simpl in of_values.
        assert (same : kink E (S i) t = kink D (S i) t) by (rewrite of_values, of_data; reflexivity).
        unfold kink in same. simpl pred in same. rewrite IH in same by lia. lra. }
    intros i bound t below. change (value f (point D i) t) with (label E i t).
    induction i as [| i IH]; [apply start; assumption |].
    rewrite (label_step E E_valid i t bound), (label_step D D_valid i t bound), same_slopes, IH by (assumption || lia).
    reflexivity.
Qed.

Lemma parameters_of_optimum :
  optimal weight_decay D f <->
  (forall k, (k < width f)%nat -> ~ active T f k -> zero T (output_weight f k) /\ input_weight f k = 0) /\
  (forall k, active T f k -> norm T (output_weight f k) = Rabs (input_weight f k) /\ well_placed D f k) /\
  kinks_fit D f /\ slope_fits D f /\ equal T (value f (point D 0)) (label D 0).
Proof.
  rewrite (optimal_weight_decay_iff D D_valid), (optimal_iff_well_placed D D_valid). fold T. split.
  - intros [[through placed] even]. split; [| split].
    + intros k below idle. pose proof (even k below) as same.
      assert (product : norm T (output_weight f k) * Rabs (input_weight f k) = 0).
      { destruct (Rlt_le_dec 0 (norm T (output_weight f k) * Rabs (input_weight f k))) as [now_active | none].
        - exfalso. apply idle. split; assumption.
        - pose proof (Rmult_le_pos _ _ (norm_nonneg T (output_weight f k)) (Rabs_pos (input_weight f k))). lra. }
      assert (none : norm T (output_weight f k) = 0)
        by (rewrite <- same in product; apply Rmult_integral in product; tauto).
      split; [apply norm_zero; assumption |]. rewrite none in same.
      destruct (Req_dec (input_weight f k) 0) as [| some]; [assumption |].
      apply Rabs_no_R0 in some. exfalso. apply some. auto.
    + intros k now_active. split; [apply even; apply now_active | apply placed; assumption].
    + apply interpolates_means; assumption.
  - intros (idle & now_active & fits).
    assert (placed : forall k, active T f k -> well_placed D f k) by (intros k here; apply now_active; assumption).
    split; [split; [apply interpolates_means; assumption | assumption] |].
    intros k below. destruct (Rlt_dec 0 (norm T (output_weight f k) * Rabs (input_weight f k))) as [positive | none].
    + apply now_active. split; assumption.
    + destruct (idle k below) as [vanish still]; [intros [_ positive]; contradiction |].
      rewrite still, Rabs_R0. apply zero_norm. assumption.
Qed.

(** ** More neurons than needed *)

Definition padded (K : nat) : network := {|
  width := K;
  input_weight := fun k => if (k <? width f)%nat then input_weight f k else 0;
  bias := bias f;
  output_weight := fun k => if (k <? width f)%nat then output_weight f k else fun _ => 0;
  linear := linear f;
  constant := constant f
|}.

Lemma padded_sum K (h : nat -> R) : (width f <= K)%nat ->
  sum K (fun k => if (k <? width f)%nat then h k else 0) = sum (width f) h.
Proof.
  intros more. rewrite (sum_truncate (width f)); [| assumption |].
  - apply sum_ext. intros k below. destruct (Nat.ltb_spec k (width f)); [reflexivity | lia].
  - intros k [after _]. destruct (Nat.ltb_spec k (width f)); [lia | reflexivity].
Qed.

Lemma padded_value K x t : (width f <= K)%nat -> value (padded K) x t = value f x t.
Proof.
  intros more. unfold value, padded. cbn [width input_weight bias output_weight linear constant].
  rewrite <- (padded_sum K _ more). f_equal. f_equal. apply sum_ext. intros k _.
  destruct (Nat.ltb_spec k (width f)); [reflexivity | ring].
Qed.

Lemma padded_optimal K : (width f <= K)%nat -> optimal path_cost D f -> optimal path_cost D (padded K).
Proof.
  intros more best. apply optimal_iff_cost in best; [| assumption]. destruct best as [through cheap].
  apply optimal_iff_cost; [assumption |]. split.
  - intros i bound t below. rewrite padded_value by assumption. apply through; assumption.
  - rewrite <- cheap. unfold path_cost, padded. cbn [width input_weight output_weight].
    rewrite <- (padded_sum K (fun k => norm (tasks D) (output_weight f k) * Rabs (input_weight f k)) more).
    apply sum_ext. intros k _. destruct (Nat.ltb_spec k (width f)); [reflexivity |]. rewrite Rabs_R0. ring.
Qed.

End OptimalParameters.

Lemma enough_neurons_for_cost cost adjust : same_optima cost adjust -> enough_neurons_statement cost.
Proof.
  intros same D n D_valid counted K. split.
  - intros (f & best & <-). apply (same D D_valid f) in best.
    destruct (active_from D D_valid f 1 n best counted) as (neurons & distinct & many & all).
    apply (has_active_width (tasks D)). exists neurons. split; [assumption | split; [assumption |]].
    intros k member. apply all. assumption.
  - intros enough. destruct (optimum_with_fewest D D_valid n counted) as (f & best & narrow).
    exists (adjust (tasks D) (padded f K)). destruct (same D D_valid (padded f K)) as (_ & to_cost & same_width & _).
    split; [apply to_cost, padded_optimal; assumption || lia | rewrite same_width; reflexivity].
Qed.
