(** How far an interpolating network can be from connect-the-dots inside a gap. The distance is a sum over the neurons
    that bend there, each seen through the Green function of the gap; the same neurons have defects, because inside the
    gap the certificate is shorter than 1; and the defects add up to the excess. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum.
Open Scope R_scope.

(** ** The Green function of the gap from p to q: a straight line minus a ramp *)

Definition green (p q x t : R) : R := relu (p - t) + ramp_rise p q t * (x - p) - relu (x - t).

(** It is nonnegative, and largest over x at x = t. The bound is 0 unless the ramp bends inside the gap. *)
Lemma green_bounds p q x t : p < q -> p <= x <= q ->
  0 <= green p q x t <= (q - p) * (ramp_rise p q t * (1 - ramp_rise p q t)).
Proof.
  intros order [low high]. unfold green.
  destruct (ramp_rise_cases p q t order) as [(before & ->) | [((after & early) & share & positive) | (beyond & ->)]].
  - rewrite !relu_right by lra. lra.
  - set (r := ramp_rise p q t) in *. rewrite (relu_left (p - t)) by lra.
    assert (reach : (q - p) * r = q - t) by (rewrite share; field; lra).
    assert (rest : (q - p) * (r * (1 - r)) = r * (t - p)).
    { replace ((q - p) * (r * (1 - r))) with (r * ((q - p) - (q - p) * r)) by ring. rewrite reach. ring. }
    rewrite rest. destruct (Rle_or_lt x t) as [left | right].
    + rewrite relu_left by lra. split; [assert (0 <= r * (x - p)) by (apply Rmult_le_pos; lra); lra |].
      assert (r * (x - p) <= r * (t - p)) by (apply Rmult_le_compat_l; lra). lra.
    + rewrite relu_right by lra.
      assert (down : r * (x - p) - (x - t) = r * (t - p) - (1 - r) * (x - t)) by ring.
      assert (from_end : r * (x - p) - (x - t) = (1 - r) * (q - x)).
      { replace ((1 - r) * (q - x)) with ((q - x) - (q - p) * r + r * (x - p)) by ring. rewrite reach. ring. }
      split; [assert (0 <= (1 - r) * (q - x)) by (apply Rmult_le_pos; lra); lra |].
      assert (0 <= (1 - r) * (x - t)) by (apply Rmult_le_pos; lra). lra.
  - rewrite !relu_left by lra. lra.
Qed.

(** ** The distance, through the Green function *)

Section Distance.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

Lemma distance_through_green f i x t : interpolates D f -> on_piece D i x -> (t < T)%nat ->
  value f x t - value (connect_the_dots D) x t
  = sum (width f) (fun k => - (green (point D i) (point D (S i)) x (knot f k) * neuron_kink f k t)).
Proof.
  intros through piece below. pose proof piece as (bound & _).
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  rewrite (connect_the_dots_on_piece D D_valid i x t piece).
  unfold slope. rewrite <- !through by (assumption || lia). set (p := point D i) in *. set (q := point D (S i)) in *.
  rewrite !value_as_ramps.
  rewrite (sum_ext (width f) (fun k => - (green p q x (knot f k) * neuron_kink f k t)) (fun k =>
    relu (x - knot f k) * neuron_kink f k t - relu (p - knot f k) * neuron_kink f k t
    - (x - p) / (q - p) * (relu (q - knot f k) * neuron_kink f k t - relu (p - knot f k) * neuron_kink f k t))).
  - rewrite !sum_minus, sum_factor, sum_minus. field. lra.
  - intros k _. unfold green, ramp_rise. field. lra.
Qed.

Lemma in_gap_on_piece i x : (S i < size D)%nat -> point D i <= x <= point D (S i) -> on_piece D i x.
Proof. intros bound [low high]. repeat split; auto. Qed.

Lemma distance_at_most f i x : interpolates D f -> (S i < size D)%nat -> point D i <= x <= point D (S i) ->
  norm T (fun t => value f x t - value (connect_the_dots D) x t)
  <= sum (width f) (fun k => green (point D i) (point D (S i)) x (knot f k) * norm T (neuron_kink f k)).
Proof.
  intros through bound between.
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  rewrite (norm_ext T _ (scale (-1) (fun t => sum (width f) (fun k =>
    green (point D i) (point D (S i)) x (knot f k) * neuron_kink f k t)))).
  - rewrite norm_scale, (Rabs_left (-1)) by lra. replace (- (-1)) with 1 by ring. rewrite Rmult_1_l.
    apply norm_sum_le. intros k _. apply green_bounds; assumption.
  - intros t below. rewrite (distance_through_green f i) by (assumption || (apply in_gap_on_piece; assumption)).
    unfold scale. rewrite <- sum_factor. apply sum_ext. intros k _. ring.
Qed.

End Distance.

Section Stability.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.
Variable j : nat.
Hypothesis inside : interior D j.
Hypothesis inside_next : interior D (S j).
Hypothesis nonzero : ~ zero T (kink D j).
Hypothesis nonzero_next : ~ zero T (kink D (S j)).

Let p := point D j.
Let q := point D (S j).
Let u := unit T (kink D j).
Let u' := unit T (kink D (S j)).
Let c := dot T u u'.

Let order : p < q.
Proof. destruct inside_next. apply points_increase; assumption || lia. Qed.

(** ** The defect of a neuron that bends inside the gap *)

Lemma unit_length v : ~ zero T v -> dot T (unit T v) (unit T v) = 1.
Proof.
  intros some. pose proof (nonzero_norm T v some). unfold unit at 2. rewrite dot_scale_r, unit_dot. field. lra.
Qed.

Lemma cosine_range : -1 <= c <= 1.
Proof.
  assert (at_most : c <= norm T u') by (apply dot_le_norm, unit_short).
  assert (at_least : dot T (scale (-1) u) u' <= norm T u').
  { apply dot_le_norm. rewrite dot_scale_l, dot_scale_r. pose proof (unit_short T (kink D j)) as short. fold u in short.
    lra. }
  rewrite dot_scale_l in at_least. fold c in at_least.
  assert (length : norm T u' = 1) by (unfold norm, u'; rewrite unit_length by assumption; apply sqrt_1). lra.
Qed.

(** The certificate r u + (1-r) u' is shorter than 1 by r (1-r) (1 - cos theta) at least. *)
Lemma certificate_is_short r m : 0 <= r <= 1 ->
  r * dot T u m + (1 - r) * dot T u' m <= (1 - r * (1 - r) * (1 - c)) * norm T m.
Proof.
  intros [low high]. pose proof cosine_range as range.
  set (lack := r * (1 - r) * (1 - c)).
  assert (product : 0 <= r * (1 - r) <= 1 / 4).
  { split; [apply Rmult_le_pos; lra |]. pose proof (Rle_0_sqr (r - 1 / 2)) as square. unfold Rsqr in square. lra. }
  assert (small : 0 <= lack <= 1 / 2).
  { unfold lack. split; [apply Rmult_le_pos; lra |].
    apply Rle_trans with (1 / 4 * (1 - c)); [apply Rmult_le_compat_r; lra | lra]. }
  set (w := fun t => scale r u t - scale (- (1 - r)) u' t).
  assert (square : dot T w w = 1 - 2 * lack).
  { unfold w. rewrite dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym T u' u). fold c.
    assert (long : dot T u u = 1) by (apply unit_length; assumption).
    assert (long' : dot T u' u' = 1) by (apply unit_length; assumption).
    rewrite long, long'. unfold lack. ring. }
  assert (short : dot T (scale (/ (1 - lack)) w) m <= norm T m).
  { apply dot_le_norm. rewrite dot_scale_l, dot_scale_r, square.
    apply Rmult_le_reg_l with ((1 - lack) * (1 - lack)); [apply Rmult_lt_0_compat; lra |].
    replace ((1 - lack) * (1 - lack) * (/ (1 - lack) * (/ (1 - lack) * (1 - 2 * lack)))) with (1 - 2 * lack)
      by (field; lra).
    pose proof (Rle_0_sqr lack) as nonneg. unfold Rsqr in nonneg. lra. }
  rewrite dot_scale_l in short.
  assert (spelled : dot T w m = r * dot T u m + (1 - r) * dot T u' m)
    by (unfold w; rewrite dot_minus_l, !dot_scale_l; ring).
  rewrite <- spelled. apply Rmult_le_reg_l with (/ (1 - lack)); [apply Rinv_0_lt_compat; lra |].
  rewrite <- Rmult_assoc, Rinv_l, Rmult_1_l by lra. assumption.
Qed.

(** The two hats of the gap alone account for a part of the defect. *)
Lemma defect_at_least_two_hats t m :
  hat D j t * (norm T m - dot T u m) + hat D (S j) t * (norm T m - dot T u' m) <= defect D t m.
Proof.
  pose proof (room_nonneg D D_valid t m) as room. fold T in room.
  set (term := fun i => hat D (S i) t * (norm T m - dot T (unit T (kink D (S i))) m)).
  assert (split_up : defect D t m = (1 - hats D t) * norm T m + sum (size D - 2) term) by apply defect_split.
  rewrite split_up.
  assert (two : term (pred j) + term j <= sum (size D - 2) term).
  { pose proof inside as [first _]. pose proof inside_next as [_ last].
    set (rest := fun i => if (i =? pred j)%nat then 0 else if (i =? j)%nat then 0 else term i).
    assert (split_off : sum (size D - 2) term - sum (size D - 2) rest
        = (term (pred j) - rest (pred j)) + (term j - rest j)).
    { apply sum_two_terms; [lia .. |]. intros i _ not_first not_second. unfold rest.
      destruct (Nat.eqb_spec i (pred j)); [contradiction |].
      destruct (Nat.eqb_spec i j); [contradiction | reflexivity]. }
    assert (nonneg : 0 <= sum (size D - 2) rest).
    { apply sum_nonneg. intros i below. unfold rest. destruct (i =? pred j)%nat; [lra |].
      destruct (i =? j)%nat; [lra |]. apply defect_terms_nonneg; assumption. }
    assert (none : rest (pred j) = 0) by (unfold rest; rewrite Nat.eqb_refl; reflexivity).
    assert (none' : rest j = 0)
      by (unfold rest; rewrite Nat.eqb_refl; destruct (j =? pred j)%nat; reflexivity).
    lra. }
  unfold term at 1 2 in two. pose proof inside as [first _]. replace (S (pred j)) with j in two by lia.
  fold u u' in two. lra.
Qed.

Lemma defect_inside t m :
  (1 - c) * (ramp_rise p q t * (1 - ramp_rise p q t)) * norm T m <= defect D t m.
Proof.
  pose proof (norm_nonneg T m) as length.
  destruct (ramp_rise_cases p q t order) as [(_ & ->) | [(between & share & positive) | (_ & ->)]].
  - pose proof (defect_nonneg D D_valid t m). replace ((1 - c) * (1 * (1 - 1)) * norm T m) with 0 by ring. assumption.
  - pose proof (defect_at_least_two_hats t m) as two.
    rewrite (hat_falling D D_valid j t inside between), (hat_rising D D_valid j t inside_next between) in two.
    fold p q in two. rewrite <- share in two.
    assert (other : (t - p) / (q - p) = 1 - ramp_rise p q t) by (rewrite share; field; lra).
    rewrite other in two. pose proof (certificate_is_short (ramp_rise p q t) m ltac:(lra)) as short. lra.
  - pose proof (defect_nonneg D D_valid t m). replace ((1 - c) * (0 * (1 - 0)) * norm T m) with 0 by ring. assumption.
Qed.

(** ** Together *)

Lemma stable f x : interpolates D f -> p <= x <= q ->
  (1 - c) * norm T (fun t => value f x t - value (connect_the_dots D) x t)
  <= (q - p) * (path_cost T f - total_kink D).
Proof.
  intros through between. pose proof cosine_range as range.
  apply Rle_trans with ((1 - c) * sum (width f) (fun k => green p q x (knot f k) * norm T (neuron_kink f k))).
  - apply Rmult_le_compat_l; [lra |]. apply distance_at_most; [assumption .. | destruct inside_next; lia | assumption].
  - pose proof (excess_is_defects D D_valid f through) as excess. fold T in excess.
    rewrite excess, <- !sum_factor. apply sum_le. intros k _.
    pose proof (green_bounds p q x (knot f k) order between) as [_ below].
    apply Rle_trans with
      ((q - p) * ((1 - c) * (ramp_rise p q (knot f k) * (1 - ramp_rise p q (knot f k))) * norm T (neuron_kink f k))).
    + replace ((1 - c) * (green p q x (knot f k) * norm T (neuron_kink f k)))
        with (green p q x (knot f k) * ((1 - c) * norm T (neuron_kink f k))) by ring.
      set (r := ramp_rise p q (knot f k)) in *.
      replace ((q - p) * ((1 - c) * (r * (1 - r)) * norm T (neuron_kink f k)))
        with ((q - p) * (r * (1 - r)) * ((1 - c) * norm T (neuron_kink f k))) by ring.
      apply Rmult_le_compat_r; [apply Rmult_le_pos; [lra | apply norm_nonneg] | assumption].
    + apply Rmult_le_compat_l; [lra | apply defect_inside].
Qed.

Lemma cosine_of_units : cosine T (kink D j) (kink D (S j)) = c.
Proof.
  pose proof (nonzero_norm T _ nonzero). pose proof (nonzero_norm T _ nonzero_next).
  unfold cosine, c, u, u', unit. rewrite dot_scale_l, dot_scale_r. field. split; lra.
Qed.

End Stability.

Lemma stability_for_cost cost : (forall T f, path_cost T f <= cost T f) -> stability_statement cost.
Proof.
  intros dearer D j D_valid inside inside_next nonzero nonzero_next f through x between.
  rewrite cosine_of_units by assumption.
  apply Rle_trans with ((point D (S j) - point D j) * (path_cost (tasks D) f - total_kink D)).
  - apply stable; assumption.
  - apply Rmult_le_compat_l; [lra |]. pose proof (dearer (tasks D) f). lra.
Qed.
