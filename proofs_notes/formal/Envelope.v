(** The values that the optima take at one place. In an aligned gap the distance to connect-the-dots is seen through the
    Green function of the gap by neurons that all point the same way; the hats of the two ends bound it. The merged
    neuron attains the bound, and convex combinations everything between. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsOptima Sums Ramps ConnectTheDots Optimum Family Agreement Stability
  Convexity Bends.
Open Scope R_scope.

(** ** The Green function against the two hats *)

Lemma green_outside p q x t : p < q -> p <= x <= q -> t <= p \/ q <= t -> green p q x t = 0.
Proof.
  intros order between far. pose proof (green_bounds p q x t order between) as [low high].
  destruct (ramp_rise_cases p q t order) as [(_ & r) | [(inside & _) | (_ & r)]]; [| lra |]; rewrite r in high; lra.
Qed.

Lemma green_under_hats p q x t : p < q -> p <= x <= q -> p < t < q ->
  green p q x t <= ramp_rise p q t * (x - p) /\ green p q x t <= (1 - ramp_rise p q t) * (q - x).
Proof.
  intros order [low high] [after before].
  assert (bound : x - t <= relu (x - t) /\ 0 <= relu (x - t))
    by (unfold relu; split; [apply Rmax_r | apply Rmax_l]).
  unfold green. rewrite (relu_left (p - t)) by lra. split; [lra |].
  destruct (ramp_rise_cases p q t order) as [[] | [(_ & share & _) | []]]; [exfalso; lra | | exfalso; lra].
  assert (reach : (q - p) * ramp_rise p q t = q - t) by (rewrite share; field; lra).
  assert ((1 - ramp_rise p q t) * (q - x) - ramp_rise p q t * (x - p) = q - x - (q - p) * ramp_rise p q t) by ring.
  lra.
Qed.

Section Optima.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** ** What each hat sees of an optimum *)

Lemma optimum_has_no_defect f k : optimal path_cost D f -> (k < width f)%nat ->
  defect D (knot f k) (neuron_kink f k) = 0.
Proof.
  intros best below. apply optimal_iff_cost in best; [| assumption]. destruct best as [through cheap].
  apply (sum_zero_terms (width f) (fun k => defect D (knot f k) (neuron_kink f k)));
    [intros; apply defect_nonneg; assumption | | assumption].
  rewrite <- excess_is_defects by assumption. lra.
Qed.

Lemma hat_sees f k j : optimal path_cost D f -> (k < width f)%nat -> interior D j ->
  hat D j (knot f k) * dot T (unit T (kink D j)) (neuron_kink f k)
  = hat D j (knot f k) * norm T (neuron_kink f k).
Proof.
  intros best below inside. destruct (norm_nonneg T (neuron_kink f k)) as [nonzero | vanish].
  - destruct (hat_nonneg D D_valid j (knot f k) inside) as [seen | unseen]; [| rewrite <- unseen; ring].
    destruct (no_defect_terms D D_valid (knot f k) (neuron_kink f k)) as [_ tight];
      [apply optimum_has_no_defect; assumption | assumption |].
    pose proof (tight j inside seen) as whole. fold T in whole. rewrite whole. reflexivity.
  - rewrite dot_sym, dot_zero_l by (apply norm_zero; congruence). rewrite <- vanish. ring.
Qed.

(** The length of a kink of the data is the sum of the lengths that its hat sees. *)
Lemma kink_length f j : optimal path_cost D f -> interior D j ->
  norm T (kink D j) = sum (width f) (fun k => hat D j (knot f k) * norm T (neuron_kink f k)).
Proof.
  intros best inside. rewrite <- unit_dot.
  rewrite (dot_ext T _ (kink D j) (unit T (kink D j)) (fun t => sum (width f) (fun k =>
    hat D j (knot f k) * neuron_kink f k t))).
  - rewrite dot_sum_r. apply sum_ext. intros k below. apply hat_sees; assumption.
  - intros t _. reflexivity.
  - apply kink_of_data; [assumption | apply best | assumption].
Qed.

Section Gap.
Variable j : nat.
Hypothesis gap : aligned_gap D j.

Let p := point D j.
Let q := point D (S j).

Lemma gap_order : p < q.
Proof. destruct gap as (_ & [_ last] & _). apply points_increase; assumption || lia. Qed.

Lemma gap_kink : 0 < norm T (kink D j) /\ 0 < norm T (kink D (S j)).
Proof.
  pose proof gap as (_ & _ & nonzero & multiple). split; [apply nonzero_norm; assumption |].
  apply nonzero_norm. intros vanish. apply nonzero. destruct (positive_multiple_sym _ _ _ multiple) as (c & _ & same).
  intros t below. rewrite (same t below). unfold scale. rewrite (vanish t below). ring.
Qed.

(** How far f lies from connect-the-dots at x, against the direction of the kinks. *)
Definition depth (f : network) (x : R) : R :=
  sum (width f) (fun k => green p q x (knot f k) * norm T (neuron_kink f k)).

Lemma depth_nonneg f x : p <= x <= q -> 0 <= depth f x.
Proof.
  intros between. apply sum_nonneg. intros k _. apply Rmult_le_pos; [| apply norm_nonneg].
  apply green_bounds; [apply gap_order | assumption].
Qed.

Lemma optimum_in_gap f x t : optimal path_cost D f -> p <= x <= q -> (t < T)%nat ->
  value f x t = value (connect_the_dots D) x t - depth f x * direction D j t.
Proof.
  intros best between below. pose proof gap as (inside & inside_next & _). pose proof gap_order as order.
  pose proof inside_next as [_ last].
  pose proof (distance_through_green D D_valid f j x t (proj1 best)
    (in_gap_on_piece D j x ltac:(lia) between) below) as away.
  fold p q in away. unfold depth.
  assert (same : sum (width f) (fun k => - (green p q x (knot f k) * neuron_kink f k t))
    = - (direction D j t * sum (width f) (fun k => green p q x (knot f k) * norm T (neuron_kink f k)))).
  { rewrite <- sum_factor. replace (- sum (width f) _) with ((-1) * sum (width f) (fun k =>
      direction D j t * (green p q x (knot f k) * norm T (neuron_kink f k)))) by ring.
    rewrite <- sum_factor. apply sum_ext. intros k bound.
    destruct (Rle_or_lt (knot f k) p) as [before | after];
      [rewrite green_outside by (assumption || auto); ring |].
    destruct (Rle_or_lt q (knot f k)) as [beyond | within];
      [rewrite green_outside by (assumption || auto); ring |].
    assert (seen : 0 < hat D j (knot f k)).
    { apply (hats_in_gap D D_valid j j); [assumption .. | split; assumption | auto]. }
    pose proof (hat_sees f k j best bound inside) as tight. apply Rmult_eq_reg_l in tight; [| lra].
    rewrite (dot_eq_norm T _ _ (unit_short T _) tight t below). unfold direction, unit, scale. fold T. ring. }
  rewrite same in away. lra.
Qed.

Lemma depth_at_most_reach f x : optimal path_cost D f -> p <= x <= q -> depth f x <= reach D j x.
Proof.
  intros best between. pose proof gap as (inside & inside_next & _). pose proof gap_order as order.
  unfold reach. fold T p q. rewrite (kink_length f j best inside), (kink_length f (S j) best inside_next).
  rewrite !(Rmult_comm (sum _ _)), <- !sum_factor. unfold depth.
  assert (terms : forall k,
    green p q x (knot f k) * norm T (neuron_kink f k) <= (x - p) * (hat D j (knot f k) * norm T (neuron_kink f k)) /\
    green p q x (knot f k) * norm T (neuron_kink f k)
      <= (q - x) * (hat D (S j) (knot f k) * norm T (neuron_kink f k))).
  { intros k. pose proof (norm_nonneg T (neuron_kink f k)) as length.
    pose proof (hat_nonneg D D_valid j (knot f k) inside) as hat_left.
    pose proof (hat_nonneg D D_valid (S j) (knot f k) inside_next) as hat_right.
    rewrite <- !Rmult_assoc.
    assert (bounds : green p q x (knot f k) <= (x - p) * hat D j (knot f k) /\
      green p q x (knot f k) <= (q - x) * hat D (S j) (knot f k)).
    { assert (0 <= (x - p) * hat D j (knot f k)) by (apply Rmult_le_pos; lra).
      assert (0 <= (q - x) * hat D (S j) (knot f k)) by (apply Rmult_le_pos; lra).
      destruct (Rle_or_lt (knot f k) p) as [before | after];
        [rewrite green_outside by (assumption || auto); lra |].
      destruct (Rle_or_lt q (knot f k)) as [beyond | within];
        [rewrite green_outside by (assumption || auto); lra |].
      pose proof (green_under_hats p q x (knot f k) order between (conj after within)) as [one two].
      rewrite (hat_falling D D_valid j) by (assumption || (split; assumption)).
      rewrite (hat_rising D D_valid j) by (assumption || (split; assumption)). fold p q.
      destruct (ramp_rise_cases p q (knot f k) order) as [[] | [(_ & share & _) | []]]; [exfalso; lra | | exfalso; lra].
      assert (other : 1 - ramp_rise p q (knot f k) = (knot f k - p) / (q - p)) by (rewrite share; field; lra).
      rewrite other in two. rewrite share in one. lra. }
    destruct bounds. split; apply Rmult_le_compat_r; assumption. }
  apply Rmin_glb; apply sum_le; intros k _; apply terms.
Qed.

(** ** Every value of the segment *)

Variable c : R.
Hypothesis c_positive : 0 < c.
Hypothesis multiple : equal T (kink D (S j)) (scale c (kink D j)).

Lemma dent_at_meeting x : p <= x <= q ->
  dent p q c (travel D j c 1) x * norm T (kink D j) = - reach D j x.
Proof.
  intros [low high]. pose proof gap_order as order. destruct gap_kink as [long _].
  assert (step : travel D j c 1 = (q - p) / (1 + c)) by (unfold travel, p, q; ring).
  unfold reach. fold T p q. rewrite (norm_ext T _ _ multiple), norm_scale, (Rabs_right c) by lra.
  assert (split_step : (q - p) / (1 + c) + c * ((q - p) / (1 + c)) = q - p) by (field; lra).
  rewrite step. unfold dent. rewrite (relu_right (x - p)), (relu_left (x - q)) by lra.
  set (s := (q - p) / (1 + c)) in *.
  assert (positive : 0 < s) by (unfold s; apply Rdiv_lt_0_compat; lra).
  destruct (Rle_or_lt x (p + s * c)) as [before | after].
  - rewrite !relu_left by lra. rewrite Rmin_left; [ring |].
    assert (x - p <= c * (q - x)) by nra. nra.
  - rewrite !relu_right by lra. rewrite Rmin_right; [replace (q - p) with (s + c * s) by lra; nra |].
    assert (c * (q - x) <= x - p) by nra. nra.
Qed.

Lemma reach_direction x t : reach D j x * direction D j t
  = - (dent p q c (travel D j c 1) x * kink D j t) \/ ~ (p <= x <= q).
Proof.
  destruct (Rle_dec p x) as [low |]; [| right; lra]. destruct (Rle_dec x q) as [high |]; [| right; lra]. left.
  pose proof (dent_at_meeting x (conj low high)) as at_meeting. destruct gap_kink as [long _].
  unfold direction, scale. fold T. replace (reach D j x) with (- (dent p q c (travel D j c 1) x * norm T (kink D j)))
    by lra.
  field. lra.
Qed.

Lemma segment_attained s x : 0 <= s <= 1 -> p <= x <= q ->
  exists f, optimal path_cost D f /\
    forall t, (t < T)%nat -> value f x t = value (connect_the_dots D) x t - s * reach D j x * direction D j t.
Proof.
  intros range between.
  exists (blend (connect_the_dots D) (moved D j c 1) s). split.
  - apply blend_optimal; try assumption; [apply connect_the_dots_optimal; assumption |].
    apply moved_optimal; assumption || lra.
  - intros t below. rewrite blend_value, (moved_value D j gap c multiple 1 x t below). fold p q.
    destruct (reach_direction x t) as [same |]; [| contradiction].
    replace (s * reach D j x * direction D j t) with (s * (reach D j x * direction D j t)) by ring.
    rewrite same. ring.
Qed.

End Gap.

End Optima.

Lemma reach_positive D j x : valid D -> aligned_gap D j -> strictly_inside D j x -> 0 < reach D j x.
Proof.
  intros D_valid gap [low high]. destruct (gap_kink D j gap).
  unfold reach. apply Rmin_pos; apply Rmult_lt_0_compat; assumption || lra.
Qed.

Lemma envelope_for_cost cost adjust : same_optima cost adjust -> envelope_statement cost.
Proof.
  intros same D D_valid. split.
  - intros j x z gap [low high]. split.
    + intros (f & best & here). apply (same D D_valid f) in best.
      pose proof (reach_positive D j x D_valid gap (conj low high)) as positive.
      assert (between : point D j <= x <= point D (S j)) by lra.
      pose proof (depth_at_most_reach D D_valid j gap f x best between) as at_most.
      pose proof (depth_nonneg D D_valid j gap f x between) as nonneg.
      exists (depth D j f x / reach D j x). split.
      * split; [apply Rmult_le_pos; [assumption | left; apply Rinv_0_lt_compat; assumption] |].
        apply Rmult_le_reg_r with (reach D j x); [assumption |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
      * intros t below. rewrite <- (here t below), (optimum_in_gap D D_valid j gap f x t best between below).
        field. lra.
    + intros (s & range & here). pose proof gap as (_ & _ & _ & c & positive & multiple).
      destruct (segment_attained D D_valid j gap c positive multiple s x range ltac:(lra)) as (f & best & formula).
      exists (adjust (tasks D) f). split; [apply (same D D_valid); assumption |].
      intros t below. destruct (same D D_valid f) as (_ & _ & _ & agrees).
      rewrite (agrees x t below), (formula t below). symmetry. apply here. assumption.
  - intros x z outside. split.
    + intros (f & best & here). apply (same D D_valid f) in best. intros t below. rewrite <- (here t below).
      apply Uniqueness.optimum_outside_aligned_gaps; assumption.
    + intros here. exists (adjust (tasks D) (connect_the_dots D)). split.
      * apply (same D D_valid), connect_the_dots_optimal. assumption.
      * intros t below. destruct (same D D_valid (connect_the_dots D)) as (_ & _ & _ & agrees).
        rewrite (agrees x t below). symmetry. apply here. assumption.
Qed.

Lemma height_of_tent : tent_height_statement.
Proof.
  intros D j D_valid gap. cbv zeta. destruct (gap_kink D j gap) as [long_p long_q].
  pose proof (gap_order D D_valid j gap) as order. unfold reach, strictly_inside.
  set (p := norm (tasks D) (kink D j)) in *. set (q := norm (tasks D) (kink D (S j))) in *.
  set (x1 := point D j) in *. set (x2 := point D (S j)) in *.
  assert (from_left : (p * x1 + q * x2) / (p + q) - x1 = (x2 - x1) * q / (p + q)) by (field; lra).
  assert (from_right : x2 - (p * x1 + q * x2) / (p + q) = (x2 - x1) * p / (p + q)) by (field; lra).
  assert (left_positive : 0 < (x2 - x1) * q / (p + q)) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra).
  assert (right_positive : 0 < (x2 - x1) * p / (p + q)) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra).
  split; [lra | split].
  - rewrite from_left, from_right. rewrite Rmin_left; [field; lra | right; field; lra].
  - intros x. apply Rmult_le_reg_r with (p + q); [lra |].
    replace ((x2 - x1) * (p * q) / (p + q) * (p + q)) with (q * (p * (x - x1)) + p * (q * (x2 - x))) by (field; lra).
    pose proof (Rmin_l (p * (x - x1)) (q * (x2 - x))) as one. pose proof (Rmin_r (p * (x - x1)) (q * (x2 - x))) as two.
    set (m := Rmin (p * (x - x1)) (q * (x2 - x))) in *.
    assert (q * m <= q * (p * (x - x1))) by (apply Rmult_le_compat_l; lra).
    assert (p * m <= p * (q * (x2 - x))) by (apply Rmult_le_compat_l; lra). lra.
Qed.
