(** A kink taken from the data points to a place between them: a network that interpolates, whose distance from
    connect-the-dots is the kink times the Green function, and whose excess is known exactly. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima StatementsBounds Sums Ramps ConnectTheDots Optimum
  Stability Envelope Bends Descent Prices StabilityTable.
Import ListNotations.
Open Scope R_scope.

Section Bump.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

Section OneBump.
Variable t : R.
Variable m : vector.

Definition bump : spline := {|
  start_slope := fun l => slope D 0 l - m l * ((relu (point D 1 - t) - relu (point D 0 - t)) / (point D 1 - point D 0));
  start_value := fun l => label D 0 l - m l * relu (point D 0 - t);
  kink_at := fun j l => kink D j l - hat_at D j t * m l;
  further := [(t, m)]
|}.

Lemma flat_bump_value x l : spline_value D (step D bump) x l = value (connect_the_dots D) x l.
Proof.
  rewrite connect_the_dots_value. unfold spline_value, step, bump.
  cbn [further start_slope start_value kink_at ramps].
  rewrite (sum_ext _ _ (fun k => relu (x - point D (S k)) * kink D (S k) l)) by (intros; ring). ring.
Qed.

Definition bumped : network := network_of_spline D bump.

Lemma bumped_interpolates : interpolates D bumped.
Proof.
  intros i bound l below. unfold bumped. rewrite network_of_spline_value.
  rewrite <- (step_values D D_valid bump t m [] i eq_refl bound l below), flat_bump_value.
  apply connect_the_dots_interpolates; assumption.
Qed.

(** The distance: m times the Green function of the piece. *)
Lemma bumped_away i x l : on_piece D i x ->
  value bumped x l - value (connect_the_dots D) x l = - green (point D i) (point D (S i)) x t * m l.
Proof.
  intros piece. unfold bumped. rewrite network_of_spline_value, <- flat_bump_value.
  unfold spline_value, step, bump. cbn [further start_slope start_value kink_at ramps].
  set (E := Dataset 1 (size D) (point D) (fun k _ => relu (point D k - t))).
  assert (E_valid : valid E) by exact D_valid.
  pose proof (connect_the_dots_on_piece E E_valid i x 0 piece) as straight.
  rewrite connect_the_dots_value in straight. simpl in straight.
  unfold green.
  rewrite (sum_ext (size D - 2) (fun k => (kink D (S k) l - hat_at D (S k) t * m l) * relu (x - point D (S k)))
    (fun k => (kink D (S k) l - hat_at D (S k) t * m l + hat_at D (S k) t * m l) * relu (x - point D (S k))
      - m l * (relu (x - point D (S k)) * kink E (S k) 0%nat))).
  - rewrite sum_minus, sum_factor.
    assert (same : sum (size D - 2) (fun k => relu (x - point D (S k)) * kink E (S k) 0%nat)
      = relu (point D i - t) + slope E i 0%nat * (x - point D i) - relu (point D 0 - t)
        - slope E 0 0%nat * (x - point D 0))
      by lra.
    rewrite same. unfold slope, E, ramp_rise; simpl. ring.
  - intros k below. rewrite hat_at_is_hat by (assumption || (split; lia)).
    change (kink E (S k) 0%nat) with (hat D (S k) t). ring.
Qed.

Lemma bumped_distance i x : on_piece D i x ->
  distance D bumped x = Rabs (green (point D i) (point D (S i)) x t) * norm T m.
Proof.
  intros piece. unfold distance. fold T.
  rewrite (norm_ext T _ (scale (- green (point D i) (point D (S i)) x t) m)).
  - rewrite norm_scale, Rabs_Ropp. reflexivity.
  - intros l _. apply bumped_away. assumption.
Qed.

(** The excess: what no hat sees, and what the data points do not get back. *)
Definition kept (j : nat) : R :=
  norm T (fun l => kink D j l - hat D j t * m l) + hat D j t * norm T m - norm T (kink D j).

Lemma bumped_excess : path_cost T bumped - total_kink D
  = (1 - hats D t) * norm T m + sum (size D - 2) (fun i => kept (S i)).
Proof.
  assert (cost : path_cost T bumped = spline_cost D bump).
  { unfold bumped, network_of_spline, spline_cost. rewrite network_of_cost, bends_cost_app.
    rewrite (bends_cost_seq T (point D) (kink_at bump)). reflexivity. }
  rewrite cost. pose proof (step_cost D D_valid bump t m [] eq_refl) as saved. fold T in saved.
  assert (flat : spline_cost D (step D bump) = total_kink D).
  { unfold spline_cost, total_kink, step, bump. cbn [further kink_at lengths]. fold T.
    rewrite (sum_ext _ _ (fun i => norm T (kink D (S i)))); [ring |].
    intros i _. apply norm_ext. intros l _. ring. }
  rewrite flat in saved. rewrite saved. f_equal. apply sum_ext. intros i below. unfold saving, kept.
  assert (inside : interior D (S i)) by (split; lia). cbn [kink_at bump]. fold T.
  f_equal; [f_equal |]; apply norm_ext; intros l _; rewrite hat_at_is_hat by assumption; ring.
Qed.

Lemma kept_unseen j : hat D j t = 0 -> kept j = 0.
Proof.
  intros unseen. unfold kept. rewrite unseen.
  rewrite (norm_ext T (fun l => kink D j l - 0 * m l) (kink D j)) by (intros l _; ring). ring.
Qed.

Lemma excess_in_gap i : (S i < size D)%nat -> point D i < t < point D (S i) ->
  path_cost T bumped - total_kink D
  = (1 - (rise D i t * at_interior D (fun _ => 1) i + (1 - rise D i t) * at_interior D (fun _ => 1) (S i))) * norm T m
    + (at_interior D kept i + at_interior D kept (S i)).
Proof.
  intros bound between. rewrite bumped_excess. f_equal.
  - f_equal. f_equal. rewrite <- (hats_weigh_ends D D_valid (fun _ => 1) i t bound between). unfold hats.
    apply sum_ext. intros; ring.
  - rewrite <- !sum_at_interior, <- sum_add. apply sum_ext. intros k below.
    destruct (Nat.eqb_spec (S k) i) as [<- | not_left].
    + destruct (Nat.eqb_spec (S k) (S (S k))); [lia | ring].
    + destruct (Nat.eqb_spec (S k) (S i)) as [| not_right]; [ring |].
      rewrite kept_unseen; [ring |]. assert (inside : interior D (S k)) by (split; lia).
      destruct (hat_nonneg D D_valid (S k) t inside) as [seen | unseen]; [| auto].
      apply hat_positive in seen; [| assumption ..]. simpl pred in seen. exfalso.
      assert (point D k < point D (S i)) as one by lra. assert (point D i < point D (S (S k))) as two by lra.
      apply points_numbered in one; [| assumption | lia]. apply points_numbered in two; [| assumption | lia]. lia.
Qed.

(** A kink that gives away a part of itself keeps nothing; a zero kink keeps twice the part. *)
Lemma kept_nothing j : 0 <= hat D j t <= 1 -> equal T m (kink D j) -> kept j = 0.
Proof.
  intros range same. unfold kept. rewrite (norm_ext T m _ same).
  rewrite (norm_ext T _ (scale (1 - hat D j t) (kink D j))).
  - rewrite norm_scale, Rabs_right by lra. ring.
  - intros l below. rewrite (same l below). unfold scale. ring.
Qed.

Lemma kept_twice j : 0 <= hat D j t -> zero T (kink D j) -> kept j = 2 * hat D j t * norm T m.
Proof.
  intros nonneg vanish. unfold kept. rewrite (zero_norm T _ vanish).
  rewrite (norm_ext T _ (scale (- hat D j t) m)).
  - rewrite norm_scale, Rabs_Ropp, Rabs_right by lra. ring.
  - intros l below. rewrite (vanish l below). unfold scale. ring.
Qed.

(** In general it keeps, to first order, 1 - cos theta times the part. *)
Lemma kept_at_most j : 0 <= hat D j t -> ~ zero T (kink D j) ->
  kept j <= hat D j t * norm T m * (1 - dot T m (kink D j) / (norm T m * norm T (kink D j)))
    + hat D j t * hat D j t * (norm T m * norm T m) / (2 * norm T (kink D j)) \/ norm T m = 0.
Proof.
  intros nonneg nonzero. destruct (Req_dec (norm T m) 0) as [none | some]; [right; assumption | left].
  pose proof (nonzero_norm T _ nonzero) as long.
  assert (positive : 0 < norm T m) by (pose proof (norm_nonneg T m); lra).
  set (a := norm T (kink D j)) in *. set (n := norm T m) in *. set (h := hat D j t) in *.
  set (p := dot T m (kink D j)) in *.
  assert (square_a : a * a = dot T (kink D j) (kink D j)) by apply norm_square.
  assert (square_n : n * n = dot T m m) by apply norm_square.
  set (w := fun l => kink D j l - h * m l).
  set (b := norm T w). assert (nonneg_b : 0 <= b) by apply norm_nonneg.
  assert (square_b : b * b = a * a - 2 * h * p + h * h * (n * n)).
  { unfold b. rewrite norm_square.
    rewrite (dot_ext T w w (fun l => kink D j l - scale h m l) (fun l => kink D j l - scale h m l))
      by (intros l _; reflexivity).
    rewrite dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym T (kink D j) m), square_a, square_n.
    fold p. ring. }
  assert (bound : b <= a + (h * h * (n * n) - 2 * h * p) / (2 * a)).
  { set (c := (h * h * (n * n) - 2 * h * p) / (2 * a)).
    assert (product : 2 * a * c = h * h * (n * n) - 2 * h * p) by (unfold c; field; lra).
    assert (0 <= c * c) by apply Rle_0_sqr.
    assert (at_least : 0 <= a + c).
    { assert (0 <= b * b) by apply Rle_0_sqr.
      assert (0 <= a + 2 * c) by (apply Rmult_le_reg_l with a; lra). lra. }
    assert (squares : b * b <= (a + c) * (a + c)) by lra. apply Rsqr_incr_0; assumption. }
  change (kept j) with (b + h * n - a).
  replace (h * n * (1 - p / (n * a)) + h * h * (n * n) / (2 * a)) with (h * n + (h * h * (n * n) - 2 * h * p) / (2 * a))
    by (field; split; lra). lra.
Qed.

End OneBump.

End Bump.
