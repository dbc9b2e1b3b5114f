(** The descent to connect-the-dots: on the data a ramp is the mixture of the ramps at the data points that the hats
    prescribe, so a kink may be handed to the data points without any change there; the triangle inequality says what
    this does to the cost. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima Sums Ramps ConnectTheDots Optimum Sparsest Bends.
Import ListNotations.
Open Scope R_scope.

(** ** Equality in the triangle inequality *)

Section Triangle.
Variable T : nat.
Implicit Types p m : vector.

Lemma triangle p m h : 0 <= h -> norm T (fun t => p t + h * m t) <= norm T p + h * norm T m.
Proof.
  intros nonneg. pose proof (norm_sum_le T 2 (fun k => match k with O => 1 | _ => h end)
    (fun k => match k with O => p | _ => m end)) as bound.
  simpl in bound. rewrite (norm_ext T (fun t => p t + h * m t) (fun t => 0 + 1 * p t + h * m t))
    by (intros t _; ring).
  assert (weights : forall k, (k < 2)%nat -> 0 <= match k with O => 1 | _ => h end) by (intros [| k] _; lra).
  specialize (bound weights). lra.
Qed.

Lemma triangle_equality p m h : 0 < h -> ~ zero T m ->
  norm T (fun t => p t + h * m t) = norm T p + h * norm T m <-> zero T p \/ aligned T p m.
Proof.
  intros positive nonzero. pose proof (nonzero_norm T m nonzero) as long_m. split.
  - intros tight. destruct (Req_dec (norm T p) 0) as [none | some]; [left; apply norm_zero; assumption | right].
    pose proof (norm_nonneg T p) as nonneg_p.
    set (w := fun t => p t + h * m t) in *. set (e := unit T w).
    assert (split_up : norm T w = dot T e p + h * dot T e m).
    { rewrite <- unit_dot. fold e. unfold dot at 1. rewrite <- (dot_scale_r T h e m). unfold dot.
      rewrite <- sum_add. apply sum_ext. intros t _. unfold w, scale. ring. }
    pose proof (dot_le_norm T e p (unit_short T w)) as at_most_p.
    pose proof (dot_le_norm T e m (unit_short T w)) as at_most_m.
    assert (h * dot T e m <= h * norm T m) by (apply Rmult_le_compat_l; lra).
    assert (tight_p : dot T e p = norm T p) by lra.
    assert (tight_m : dot T e m = norm T m) by (apply Rmult_eq_reg_l with h; lra).
    pose proof (dot_eq_norm T e p (unit_short T w) tight_p) as along_p.
    pose proof (dot_eq_norm T e m (unit_short T w) tight_m) as along_m.
    split; [apply norm_positive; lra |]. exists (norm T m / norm T p). split; [apply Rdiv_lt_0_compat; lra |].
    intros t below. rewrite (along_m t below). unfold scale at 2. rewrite (along_p t below). unfold scale. field. lra.
  - intros [none | (_ & c & positive_c & multiple)].
    + rewrite (norm_ext T _ (scale h m)) by (intros t below; rewrite (none t below); unfold scale; ring).
      rewrite norm_scale, (zero_norm T p none), Rabs_right by lra. ring.
    + rewrite (norm_ext T _ (scale (1 + h * c) p)).
      * rewrite (norm_ext T m _ multiple), !norm_scale, !Rabs_right; [ring | lra |].
        assert (0 < h * c) by (apply Rmult_lt_0_compat; assumption). lra.
      * intros t below. rewrite (multiple t below). unfold scale. ring.
Qed.

End Triangle.

Section Descent.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** ** The hats of Statements are those of Ramps.v *)

Lemma share_of_gap p q t : p < q -> (t <= p -> (t - p) / (q - p) <= 0) /\ (q <= t -> 1 <= (t - p) / (q - p)).
Proof.
  intros order. assert (0 < / (q - p)) by (apply Rinv_0_lt_compat; lra). unfold Rdiv. split; intros side.
  - assert (0 <= (p - t) * / (q - p)) by (apply Rmult_le_pos; lra). lra.
  - replace 1 with ((q - p) * / (q - p)) by (field; lra). apply Rmult_le_compat_r; lra.
Qed.

Lemma hat_at_is_hat j t : interior D j -> hat_at D j t = hat D j t.
Proof.
  intros [first last]. destruct j as [| i]; [lia |]. unfold hat_at, hat. simpl pred.
  assert (before : point D i < point D (S i)) by (apply points_increase; (assumption || lia)).
  assert (after : point D (S i) < point D (S (S i))) by (apply points_increase; (assumption || lia)).
  destruct (share_of_gap (point D i) (point D (S i)) t before) as [left_low left_high].
  assert (right_low : point D (S (S i)) <= t -> (point D (S (S i)) - t) / (point D (S (S i)) - point D (S i)) <= 0).
  { intros side. assert (0 < / (point D (S (S i)) - point D (S i))) by (apply Rinv_0_lt_compat; lra). unfold Rdiv.
    assert (0 <= (t - point D (S (S i))) * / (point D (S (S i)) - point D (S i))) by (apply Rmult_le_pos; lra). lra. }
  assert (right_high : t <= point D (S i) -> 1 <= (point D (S (S i)) - t) / (point D (S (S i)) - point D (S i))).
  { intros side. assert (0 < / (point D (S (S i)) - point D (S i))) by (apply Rinv_0_lt_compat; lra). unfold Rdiv.
    replace 1 with ((point D (S (S i)) - point D (S i)) * / (point D (S (S i)) - point D (S i))) by (field; lra).
    apply Rmult_le_compat_r; lra. }
  destruct (rise_cases D D_valid i t ltac:(lia)) as [(low & ->) | [(inside & share & range) | (high & ->)]].
  - destruct (rise_cases D D_valid (S i) t ltac:(lia)) as [(_ & ->) | [(? & _) | (? & _)]]; [| lra ..].
    specialize (left_low low). rewrite Rmax_left; [ring |].
    eapply Rle_trans; [apply Rmin_l | assumption].
  - destruct (rise_cases D D_valid (S i) t ltac:(lia)) as [(_ & ->) | [(? & _) | (? & _)]]; [| lra ..].
    specialize (right_high ltac:(lra)).
    assert (same : (t - point D i) / (point D (S i) - point D i) = 1 - rise D i t) by (rewrite share; field; lra).
    rewrite same, Rmin_left, Rmax_right by lra. reflexivity.
  - specialize (left_high high).
    destruct (rise_cases D D_valid (S i) t ltac:(lia)) as [(low2 & ->) | [(inside2 & share2 & range2) | (high2 & ->)]].
    + assert (here : t = point D (S i)) by lra. specialize (right_high low2). subst t.
      replace ((point D (S i) - point D i) / (point D (S i) - point D i)) with 1 by (field; lra).
      replace ((point D (S (S i)) - point D (S i)) / (point D (S (S i)) - point D (S i))) with 1 by (field; lra).
      rewrite Rmin_left, Rmax_right by lra. ring.
    + rewrite <- share2, Rmin_right, Rmax_right by lra. ring.
    + specialize (right_low high2). rewrite Rmax_left; [ring |]. eapply Rle_trans; [apply Rmin_r | assumption].
Qed.

(** ** On the data, a ramp is a line and the ramps at the interior points, each times its hat *)

Lemma ramp_on_data i t : (i < size D)%nat ->
  relu (point D i - t) = relu (point D 0 - t)
    + (relu (point D 1 - t) - relu (point D 0 - t)) / (point D 1 - point D 0) * (point D i - point D 0)
    + sum (size D - 2) (fun k => hat D (S k) t * relu (point D i - point D (S k))).
Proof.
  intros bound. set (E := Dataset 1 (size D) (point D) (fun l _ => relu (point D l - t))).
  assert (E_valid : valid E) by exact D_valid.
  pose proof (connect_the_dots_interpolates E E_valid i bound 0%nat ltac:(simpl; lia)) as through.
  rewrite connect_the_dots_value in through. simpl in through. rewrite <- through.
  unfold slope; simpl. rewrite (sum_ext _ _ (fun k => hat D (S k) t * relu (point D i - point D (S k)))); [ring |].
  intros k _. rewrite Rmult_comm. reflexivity.
Qed.

(** ** One step *)

Lemma step_values s t m rest i : further s = (t, m) :: rest -> (i < size D)%nat ->
  equal T (spline_value D (step D s) (point D i)) (spline_value D s (point D i)).
Proof.
  intros first bound l below. unfold spline_value, step. rewrite first.
  cbn [start_slope start_value kink_at further ramps].
  rewrite (ramp_on_data i t bound).
  rewrite (sum_ext (size D - 2) _ (fun k => kink_at s (S k) l * relu (point D i - point D (S k))
    + m l * (hat D (S k) t * relu (point D i - point D (S k))))).
  - rewrite sum_add, sum_factor. ring.
  - intros k inside. rewrite hat_at_is_hat by (split; lia). ring.
Qed.

(** What a step saves: of the kink, what falls on no interior point, and what the triangle inequality gives. *)
Definition saving (s : spline) (t : R) (m : vector) (i : nat) : R :=
  norm T (kink_at s (S i)) + hat D (S i) t * norm T m - norm T (fun l => kink_at s (S i) l + hat D (S i) t * m l).

Lemma step_cost s t m rest : further s = (t, m) :: rest ->
  spline_cost D s - spline_cost D (step D s) = (1 - hats D t) * norm T m + sum (size D - 2) (saving s t m).
Proof.
  intros first. unfold spline_cost, step. rewrite first. cbn [kink_at further lengths]. fold T.
  rewrite (sum_ext (size D - 2) (fun i => norm T (fun i0 => kink_at s (S i) i0 + hat_at D (S i) t * m i0))
    (fun i => norm T (fun l => kink_at s (S i) l + hat D (S i) t * m l))).
  - unfold saving. rewrite sum_minus, sum_add. unfold hats.
    rewrite (sum_ext _ (fun i => hat D (S i) t * norm T m) (fun i => norm T m * hat D (S i) t)) by (intros; ring).
    rewrite sum_factor. ring.
  - intros i inside. apply norm_ext. intros l _. rewrite hat_at_is_hat by (split; lia). reflexivity.
Qed.

Lemma saving_nonneg s t m i : (i < size D - 2)%nat -> 0 <= saving s t m i.
Proof.
  intros inside. unfold saving. pose proof (triangle T (kink_at s (S i)) m (hat D (S i) t)) as bound.
  specialize (bound (hat_nonneg D D_valid (S i) t ltac:(split; lia))). lra.
Qed.

Lemma saving_none s t m i : (forall l, (l < T)%nat -> hat D (S i) t * m l = 0) -> hat D (S i) t * norm T m = 0 ->
  saving s t m i = 0.
Proof.
  intros still nothing. unfold saving.
  rewrite (norm_ext T (fun l => kink_at s (S i) l + hat D (S i) t * m l) (kink_at s (S i))); [lra |].
  intros l below. rewrite (still l below). ring.
Qed.

Lemma step_saves s t m rest : further s = (t, m) :: rest -> spline_cost D (step D s) <= spline_cost D s.
Proof.
  intros first. pose proof (step_cost s t m rest first) as saved.
  pose proof (room_nonneg D D_valid t m) as room. fold T in room.
  assert (0 <= sum (size D - 2) (saving s t m)) by (apply sum_nonneg; intros; apply saving_nonneg; assumption). lra.
Qed.

Lemma step_free s t m rest : further s = (t, m) :: rest ->
  spline_cost D (step D s) = spline_cost D s <->
  zero T m \/ point D 1 <= t <= point D (size D - 2) /\
    forall j, interior D j -> 0 < hat_at D j t -> zero T (kink_at s j) \/ aligned T (kink_at s j) m.
Proof.
  intros first. pose proof (step_cost s t m rest first) as saved.
  pose proof (room_nonneg D D_valid t m) as room. fold T in room.
  assert (nonneg : 0 <= sum (size D - 2) (saving s t m))
    by (apply sum_nonneg; intros; apply saving_nonneg; assumption).
  split.
  - intros free. destruct (zero_or_not D m) as [none | nonzero]; [left; assumption | right].
    pose proof (nonzero_norm T m nonzero) as long. split.
    + apply hats_eq_1; [assumption |]. assert (vanish : (1 - hats D t) * norm T m = 0) by lra.
      apply Rmult_integral in vanish. destruct vanish; lra.
    + intros [| i] inside seen; [destruct inside; lia |]. rewrite hat_at_is_hat in seen by assumption.
      apply (triangle_equality T (kink_at s (S i)) m (hat D (S i) t) seen nonzero).
      assert (none : saving s t m i = 0).
      { apply (sum_zero_terms (size D - 2) (saving s t m)); [intros; apply saving_nonneg; assumption | lra |].
        destruct inside. lia. }
      unfold saving in none. lra.
  - intros free. assert (none : (1 - hats D t) * norm T m = 0 /\ forall i, (i < size D - 2)%nat -> saving s t m i = 0).
    { destruct (zero_or_not D m) as [zero_m | nonzero].
      - pose proof (zero_norm T m zero_m) as short. split; [rewrite short; ring |].
        intros i below. apply saving_none; [intros l below_l; rewrite (zero_m l below_l) | rewrite short]; ring.
      - destruct free as [zero_m | [within free]]; [contradiction |].
        apply hats_eq_1 in within; [| assumption]. rewrite within. split; [ring |]. intros i below.
        assert (inside : interior D (S i)) by (split; lia).
        destruct (hat_nonneg D D_valid (S i) t inside) as [seen | unseen].
        + unfold saving. rewrite (proj2 (triangle_equality T (kink_at s (S i)) m (hat D (S i) t) seen nonzero));
            [ring |].
          apply free; [assumption |]. rewrite hat_at_is_hat by assumption. assumption.
        + apply saving_none; [intros l _ |]; rewrite <- unseen; ring. }
    destruct none as [first_part terms]. rewrite (sum_zero _ _ terms) in saved. lra.
Qed.

(** ** The end of the descent *)

(** A spline as a network. *)
Definition network_of_spline (s : spline) : network :=
  network_of (map (fun k => (point D k, kink_at s k)) (seq 1 (size D - 2)) ++ further s)
    (start_slope s) (fun t => start_value s t - start_slope s t * point D 0).

Lemma network_of_spline_value s x t : value (network_of_spline s) x t = spline_value D s x t.
Proof.
  unfold network_of_spline. rewrite network_of_value, bends_value_app. rewrite (bends_value_seq (point D) (kink_at s)).
  unfold spline_value. change (ramps (further s) x t) with (bends_value (further s) x t).
  rewrite (sum_ext _ (fun i => kink_at s (S i) t * relu (x - point D (S i)))
    (fun k => relu (x - point D (1 + k)) * kink_at s (1 + k) t)) by (intros; simpl; ring).
  ring.
Qed.

Definition goes_through (s : spline) : Prop :=
  forall i, (i < size D)%nat -> equal T (spline_value D s (point D i)) (label D i).

(** The dots as the network of a spline have each kink at its own place. *)
Lemma nothing_further s : goes_through s -> further s = [] ->
  (forall x, equal T (spline_value D s x) (value (connect_the_dots D) x)) /\
  forall j, interior D j -> equal T (kink_at s j) (kink D j).
Proof.
  intros through none. pose proof D_valid as [many _].
  set (dots := {| width := size D - 2; input_weight := fun _ => 1; bias := fun k => - point D (S k);
    output_weight := fun k => kink_at s (S k); linear := start_slope s;
    constant := fun t => start_value s t - start_slope s t * point D 0 |}).
  assert (same : forall x t, value dots x t = spline_value D s x t).
  { intros x t. unfold value, spline_value. rewrite none. simpl.
    rewrite (sum_ext _ _ (fun i => kink_at s (S i) t * relu (x - point D (S i)))); [ring |].
    intros k _. replace (1 * x + - point D (S k)) with (x - point D (S k)) by ring. reflexivity. }
  assert (through_dots : interpolates D dots).
  { intros i bound t below. rewrite same. apply through; assumption. }
  assert (kinks : forall j, interior D j -> equal T (kink_at s j) (kink D j)).
  { intros j inside t below. rewrite (kink_of_data D D_valid dots j through_dots inside t below). simpl.
    assert (places : forall k, knot dots k = point D (S k)) by (intros k; unfold knot, dots; simpl; field).
    destruct j as [| i]; [destruct inside; lia |]. destruct inside as [first last].
    set (term := fun k => hat D (S i) (knot dots k) * neuron_kink dots k t).
    assert (others : forall k, (k < size D - 2)%nat -> k <> i -> term k = 0).
    { intros k below_k other. unfold term. rewrite places.
      destruct (hat_nonneg D D_valid (S i) (point D (S k)) ltac:(split; lia)) as [seen | unseen].
      - apply hats_at_point in seen; [lia | assumption | split; lia | split; lia].
      - rewrite <- unseen. ring. }
    assert (whole : hat D (S i) (point D (S i)) = 1).
    { unfold hat, rise, ramp_rise. simpl pred.
      assert (point D i < point D (S i)) by (apply points_increase; assumption || lia).
      assert (point D (S i) < point D (S (S i))) by (apply points_increase; assumption || lia).
      rewrite (relu_right (point D (S (S i)) - point D (S i))), (relu_left (point D i - point D (S i))) by lra.
      replace (point D (S i) - point D (S i)) with 0 by ring. rewrite relu_right by lra. field. lra. }
    fold term. transitivity (term i).
    - unfold term. rewrite places, whole. unfold neuron_kink, dots, scale; simpl. rewrite Rabs_R1. ring.
    - symmetry. apply sum_single; [lia | assumption]. }
  split; [| exact kinks]. intros x t below.
  assert (first_gap : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  assert (ramps_start : forall i, (i <= 1)%nat ->
    sum (size D - 2) (fun k => kink_at s (S k) t * relu (point D i - point D (S k))) = 0).
  { intros i early. apply sum_zero. intros k below_k.
    assert (point D i <= point D (S k)) by (apply points_ordered; assumption || lia).
    rewrite relu_left by lra. ring. }
  pose proof (through 0%nat ltac:(lia) t below) as at_first. pose proof (through 1%nat ltac:(lia) t below) as at_second.
  unfold spline_value in at_first, at_second. rewrite ramps_start in at_first by lia.
  rewrite ramps_start in at_second by lia. rewrite none in at_first, at_second. simpl in at_first, at_second.
  rewrite connect_the_dots_value. unfold spline_value. rewrite none. simpl ramps.
  rewrite (sum_ext _ (fun i => kink_at s (S i) t * relu (x - point D (S i)))
    (fun k => relu (x - point D (S k)) * kink D (S k) t)).
  - unfold slope. rewrite <- at_second, <- at_first. field. lra.
  - intros k below_k. rewrite (kinks (S k) ltac:(split; lia) t below). ring.
Qed.

Lemma steps_end n : forall s, length (further s) = n -> goes_through s ->
  goes_through (steps D n s) /\ further (steps D n s) = [].
Proof.
  induction n as [| n IH]; intros s many through; simpl.
  - split; [assumption |]. destruct (further s); [reflexivity | discriminate].
  - destruct (further s) as [| [t m] rest] eqn:first; [discriminate |]. apply IH.
    + unfold step. rewrite first. simpl in *. congruence.
    + intros i bound l below. rewrite (step_values s t m rest i first bound l below). apply through; assumption.
Qed.

End Descent.

Lemma step_is_free : moving_a_knot_statement.
Proof.
  intros D s t m rest D_valid first. split; [| split].
  - intros i bound. apply (step_values D D_valid s t m rest); assumption.
  - apply (step_saves D D_valid s t m rest). assumption.
  - apply (step_free D D_valid s t m rest). assumption.
Qed.

Lemma descent_ends : descent_statement.
Proof.
  split.
  - intros D f D_valid. exists {|
      start_slope := ramp_slope f;
      start_value := fun t => ramp_offset f t + ramp_slope f t * point D 0;
      kink_at := fun _ _ => 0;
      further := bends_of f |}.
    split; [| split].
    + simpl. unfold bends_of. rewrite map_length, seq_length. reflexivity.
    + unfold spline_cost. simpl. change (lengths (tasks D) (bends_of f)) with (bends_cost (tasks D) (bends_of f)).
      rewrite bends_of_cost, sum_zero; [ring |].
      intros i _. apply zero_norm. intros t _. reflexivity.
    + intros x t _. unfold spline_value. simpl. change (ramps (bends_of f) x t) with (bends_value (bends_of f) x t).
      rewrite bends_of_value, sum_zero; [ring |].
      intros i _. ring.
  - intros D s D_valid through. cbv zeta.
    destruct (steps_end D D_valid (length (further s)) s eq_refl through) as [goes_on none].
    destruct (nothing_further D D_valid _ goes_on none) as [values kinks].
    split; [exact values | split; [exact none | exact kinks]].
Qed.
