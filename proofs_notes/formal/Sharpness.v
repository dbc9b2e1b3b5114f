(** The constants of the table are the least. A network that interpolates arises from connect-the-dots when a kink m is
    taken to a place t and what its hats say is taken away from the data points; its distance from connect-the-dots is
    |m| times the Green function, and its excess is known. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima StatementsBounds Sums Ramps ConnectTheDots Optimum Balance
  Stability Envelope Bends Descent StabilityTable.
Import ListNotations.
Open Scope R_scope.

(** A cost for which every function is as cheap as for the path cost. *)
Definition affordable (cost : nat -> network -> R) : Prop :=
  forall T f, exists g, cost T g = path_cost T f /\ forall x, equal T (value g x) (value f x).

Lemma path_cost_affordable : affordable path_cost.
Proof. intros T f. exists f. split; [reflexivity |]. intros x t _. reflexivity. Qed.

Lemma weight_decay_affordable : affordable weight_decay.
Proof.
  intros T f. exists (balance T f). split; [| apply balance_value].
  rewrite <- (balance_cost T f). symmetry. apply cost_eq_weight_decay, balance_balanced.
Qed.

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

(** ** From a place in the gap to a line of the table *)

Lemma place_near_left i tau : (S i < size D)%nat -> 0 < tau < 1 ->
  let t := point D i + tau * gap_length D i in
  point D i < t < point D (S i) /\ rise D i t = 1 - tau.
Proof.
  intros bound range. cbv zeta. unfold gap_length.
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  assert (inside : point D i < point D i + tau * (point D (S i) - point D i) < point D (S i)) by (split; nra).
  split; [assumption |].
  destruct (rise_cases D D_valid i (point D i + tau * (point D (S i) - point D i)) bound)
    as [[] | [(_ & -> & _) | []]]; [lra | field; lra | lra].
Qed.

(** At the place of the bend the Green function is h r (1 - r). *)
Lemma distance_at_bend i t m : (S i < size D)%nat -> point D i < t < point D (S i) ->
  distance D (bumped t m) t = gap_length D i * (rise D i t * (1 - rise D i t)) * norm T m.
Proof.
  intros bound [low high]. rewrite (bumped_distance t m i) by (apply in_gap_on_piece; [assumption | lra]).
  f_equal. unfold green. fold (rise D i t). rewrite (relu_left (point D i - t)) by lra.
  replace (t - t) with 0 by ring. rewrite relu_right by lra.
  destruct (rise_cases D D_valid i t bound) as [[] | [(_ & share & range) | []]]; [lra | | lra].
  unfold gap_length. assert (reach : (point D (S i) - point D i) * rise D i t = point D (S i) - t)
    by (rewrite share; field; lra).
  rewrite Rabs_right.
  - replace ((point D (S i) - point D i) * (rise D i t * (1 - rise D i t)))
      with (rise D i t * ((point D (S i) - point D i) - (point D (S i) - point D i) * rise D i t)) by ring.
    rewrite reach. ring.
  - assert (0 <= rise D i t * (t - point D i)) by (apply Rmult_le_pos; lra). lra.
Qed.

(** Bends near one end of the gap reach the constant 1/a in the limit. *)
Lemma sharp_in_the_limit l i M a k epsilon : applies l D i -> constant_of l D i = / a ->
  0 < M -> 0 < a -> 0 <= k -> 0 < epsilon ->
  (forall tau, 0 < tau < 1 -> exists t m, point D i < t < point D (S i) /\
     rise D i t * (1 - rise D i t) = tau * (1 - tau) /\ norm T m = M /\
     path_cost T (bumped t m) - total_kink D <= tau * M * (a + tau * k)) ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost T f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost T f - total_kink D)) <= distance D f x.
Proof.
  intros here constant M_positive a_positive k_nonneg epsilon_positive family.
  pose proof (applies_bound D D_valid l i here) as bound.
  assert (h_positive : 0 < gap_length D i)
    by (unfold gap_length; assert (point D i < point D (S i)) by (apply points_increase; assumption || lia); lra).
  set (one := epsilon * a / (k + a)). set (two := epsilon / (2 * M * (a + k))).
  assert (one_positive : 0 < one) by (apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; lra).
  assert (denominator : 0 < 2 * M * (a + k)) by (apply Rmult_lt_0_compat; lra).
  assert (two_positive : 0 < two) by (apply Rdiv_lt_0_compat; assumption).
  set (tau := Rmin (1 / 2) (Rmin one two)).
  assert (tau_range : 0 < tau < 1).
  { unfold tau. split; [repeat apply Rmin_pos; lra |]. pose proof (Rmin_l (1 / 2) (Rmin one two)). lra. }
  assert (tau_one : tau * (k + a) <= epsilon * a).
  { assert (tau <= one) by (unfold tau; eapply Rle_trans; [apply Rmin_r | apply Rmin_l]).
    apply Rle_trans with (one * (k + a)); [apply Rmult_le_compat_r; lra |].
    unfold one, Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  assert (tau_two : tau * M * (a + k) <= epsilon / 2).
  { assert (tau <= two) by (unfold tau; eapply Rle_trans; [apply Rmin_r | apply Rmin_r]).
    apply Rle_trans with (two * M * (a + k)).
    - rewrite !Rmult_assoc. apply Rmult_le_compat_r; [apply Rmult_le_pos; lra | assumption].
    - unfold two. right. field. lra. }
  destruct (family tau tau_range) as (t & m & inside & shares & length & cheap).
  pose proof (bumped_interpolates t m) as through. exists (bumped t m), t.
  pose proof (distance_at_bend i t m bound inside) as far. rewrite shares, length in far.
  assert (between : point D i <= t <= point D (S i)) by lra.
  pose proof (table D D_valid (bumped t m) l i t through here between) as at_most.
  set (e := path_cost T (bumped t m) - total_kink D) in *. rewrite constant in *. fold T e in at_most.
  set (h := gap_length D i) in *.
  assert (product : 0 < tau * (1 - tau)) by (apply Rmult_lt_0_compat; lra).
  assert (far_positive : 0 < distance D (bumped t m) t)
    by (rewrite far; repeat apply Rmult_lt_0_compat; lra).
  assert (inverse : 0 < / a) by (apply Rinv_0_lt_compat; assumption).
  assert (scaled : 0 < / a * h) by (apply Rmult_lt_0_compat; assumption).
  assert (e_positive : 0 < e) by nra.
  assert (tau_M : 0 < tau * M) by (apply Rmult_lt_0_compat; lra).
  assert (tau_k : tau * k <= 1 * k) by (apply Rmult_le_compat_r; lra).
  assert (small : e <= epsilon / 2).
  { apply Rle_trans with (tau * M * (a + tau * k)); [assumption |].
    apply Rle_trans with (tau * M * (a + k)); [apply Rmult_le_compat_l; lra | assumption]. }
  split; [assumption | split; [assumption | split; [lra |]]].
  destruct (Rle_or_lt 1 epsilon) as [large | fine].
  - assert (0 <= / a * h * e) by (apply Rmult_le_pos; lra).
    assert ((1 - epsilon) * (/ a * h * e) <= 0) by nra. lra.
  - apply Rle_trans with ((1 - epsilon) * (/ a * h * (tau * M * (a + tau * k)))).
    + apply Rmult_le_compat_l; [lra |]. apply Rmult_le_compat_l; lra.
    + rewrite far. apply Rmult_le_reg_l with a; [assumption |].
      replace (a * ((1 - epsilon) * (/ a * h * (tau * M * (a + tau * k)))))
        with (h * (tau * M) * ((1 - epsilon) * (a + tau * k))) by (field; lra).
      replace (a * (h * (tau * (1 - tau)) * M)) with (h * (tau * M) * (a * (1 - tau))) by ring.
      apply Rmult_le_compat_l; [apply Rmult_le_pos; lra |].
      assert (0 <= epsilon * (tau * k)) by (apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra]). lra.
Qed.

(** A bend near the left end that carries the kink of that end; likewise on the right. *)
Lemma sharp_left l i a k epsilon : applies l D i -> interior D i -> ~ zero T (kink D i) -> constant_of l D i = / a ->
  0 < a -> 0 <= k -> 0 < epsilon ->
  (forall t tau, 0 < tau < 1 -> point D i < t < point D (S i) -> rise D i t = 1 - tau ->
     (1 - (1 - tau + tau * at_interior D (fun _ => 1) (S i))) * norm T (kink D i)
     + at_interior D (kept t (kink D i)) (S i) <= tau * norm T (kink D i) * (a + tau * k)) ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost T f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost T f - total_kink D)) <= distance D f x.
Proof.
  intros here inside nonzero constant a_positive k_nonneg epsilon_positive cheap.
  pose proof (applies_bound D D_valid l i here) as bound.
  apply (sharp_in_the_limit l i (norm T (kink D i)) a k); try assumption; [apply nonzero_norm; assumption |].
  intros tau range. destruct (place_near_left i tau bound range) as [within share].
  exists (point D i + tau * gap_length D i), (kink D i). set (t := point D i + tau * gap_length D i) in *.
  split; [assumption | split; [rewrite share; ring | split; [reflexivity |]]].
  rewrite (excess_in_gap t (kink D i) i bound within), share.
  rewrite (at_interior_inside D (fun _ => 1) i inside), (at_interior_inside D (kept t (kink D i)) i inside).
  rewrite kept_nothing.
  - replace (1 - (1 - tau)) with tau by ring. replace ((1 - tau) * 1) with (1 - tau) by ring.
    rewrite Rplus_0_l. apply cheap; assumption.
  - rewrite (hat_falling D D_valid i t inside) by (split; lra).
    destruct (rise_cases D D_valid i t bound) as [[] | [(_ & same & r) | []]]; [lra | rewrite <- same; lra | lra].
  - intros l0 _. reflexivity.
Qed.

Lemma sharp_right l i a epsilon : applies l D i -> interior D (S i) -> ~ zero T (kink D (S i)) ->
  constant_of l D i = / a -> 0 < a -> 0 < epsilon ->
  (forall t tau, 0 < tau < 1 -> point D i < t < point D (S i) -> rise D i t = tau ->
     (1 - (tau * at_interior D (fun _ => 1) i + (1 - tau))) * norm T (kink D (S i))
     + at_interior D (kept t (kink D (S i))) i <= tau * norm T (kink D (S i)) * a) ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost T f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost T f - total_kink D)) <= distance D f x.
Proof.
  intros here inside nonzero constant a_positive epsilon_positive cheap.
  pose proof (applies_bound D D_valid l i here) as bound.
  apply (sharp_in_the_limit l i (norm T (kink D (S i))) a 0); try assumption; [apply nonzero_norm; assumption | lra |].
  intros tau range. destruct (place_near_left i (1 - tau) bound ltac:(lra)) as [within share].
  exists (point D i + (1 - tau) * gap_length D i), (kink D (S i)).
  set (t := point D i + (1 - tau) * gap_length D i) in *. replace (1 - (1 - tau)) with tau in share by ring.
  split; [assumption | split; [rewrite share; ring | split; [reflexivity |]]].
  rewrite (excess_in_gap t (kink D (S i)) i bound within), share.
  rewrite (at_interior_inside D (fun _ => 1) (S i) inside), (at_interior_inside D (kept t (kink D (S i))) (S i) inside).
  rewrite kept_nothing.
  - replace ((1 - tau) * 1) with (1 - tau) by ring. pose proof (cheap t tau range within share). lra.
  - rewrite (hat_rising D D_valid i t inside) by (split; lra).
    destruct (rise_cases D D_valid i t bound) as [[] | [(_ & same & r) | []]]; [lra | | lra].
    assert (other : (t - point D i) / (point D (S i) - point D i) = 1 - rise D i t) by (rewrite same; field; lra).
    rewrite other. lra.
  - intros l0 _. reflexivity.
Qed.

Lemma hat_left i t : interior D i -> point D i < t < point D (S i) -> hat D i t = rise D i t.
Proof.
  intros inside within. rewrite (hat_falling D D_valid i t inside within). destruct inside as [_ last].
  destruct (rise_cases D D_valid i t last) as [[] | [(_ & same & r) | []]]; [lra | auto | lra].
Qed.

Lemma hat_right i t : interior D (S i) -> point D i < t < point D (S i) -> hat D (S i) t = 1 - rise D i t.
Proof.
  intros inside within. rewrite (hat_rising D D_valid i t inside within). destruct inside as [_ last].
  destruct (rise_cases D D_valid i t ltac:(lia)) as [[] | [(_ & same & r) | []]]; [lra | rewrite same; field;
    lra | lra].
Qed.

(** ** The attained lines, with a bend at the middle *)

(** The vector (r, 0, 0, ...). *)
Definition axis (r : R) : vector := fun l => if (l =? 0)%nat then r else 0.

Lemma axis_norm r : (1 <= T)%nat -> 0 <= r -> norm T (axis r) = r.
Proof.
  intros some nonneg. unfold norm, dot. rewrite (sum_single T _ 0); [| lia |].
  - unfold axis. simpl. apply sqrt_square. assumption.
  - intros l _ other. unfold axis. destruct (Nat.eqb_spec l 0); [contradiction | ring].
Qed.

Lemma attained_at l i e : (1 <= T)%nat -> applies l D i -> l = no_kinks \/ l = only_gap -> 0 < e ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ path_cost T f - total_kink D = e /\
    distance D f x = constant_of l D i * gap_length D i * e.
Proof.
  intros some here which e_positive. pose proof (applies_bound D D_valid l i here) as bound.
  destruct (place_near_left i (1 / 2) bound ltac:(lra)) as [within share].
  set (t := point D i + 1 / 2 * gap_length D i) in *. replace (1 - 1 / 2) with (1 / 2) in share by field.
  destruct which as [-> | ->]; simpl in here.
  - destruct here as ([inside zero_left] & inside_next & zero_right).
    exists (bumped t (axis (e / 2))), t. split; [apply bumped_interpolates | split; [lra |]].
    assert (length : norm T (axis (e / 2)) = e / 2) by (apply axis_norm; [assumption | lra]).
    rewrite (distance_at_bend i t _ bound within), (excess_in_gap t _ i bound within), share, length.
    rewrite !at_interior_inside by assumption.
    rewrite (kept_twice t _ i), (kept_twice t _ (S i)); try assumption;
      rewrite ?hat_left, ?hat_right, ?share by assumption;
      try lra. rewrite length. simpl. split; lra.
  - exists (bumped t (axis e)), t. split; [apply bumped_interpolates | split; [lra |]].
    assert (length : norm T (axis e) = e) by (apply axis_norm; [assumption | lra]).
    rewrite (distance_at_bend i t _ bound within), (excess_in_gap t _ i bound within), share, length.
    rewrite !at_interior_outside by (unfold interior; lia). simpl. split; lra.
Qed.

Lemma sharp_at l i epsilon : (1 <= T)%nat -> applies l D i -> l <> outer_no_kink -> 0 < epsilon ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost T f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost T f - total_kink D)) <= distance D f x.
Proof.
  intros some here not_open epsilon_positive. pose proof (applies_bound D D_valid l i here) as bound.
  assert (h_positive : 0 < gap_length D i)
    by (unfold gap_length; assert (point D i < point D (S i)) by (apply points_increase; assumption || lia); lra).
  assert (by_attained : l = no_kinks \/ l = only_gap ->
    exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost T f - total_kink D < epsilon /\
      (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost T f - total_kink D)) <= distance D f x).
  { intros which. destruct (attained_at l i (epsilon / 2) some here which ltac:(lra))
      as (f & x & through & within & here_e & far).
    exists f, x. rewrite here_e, far. split; [assumption | split; [assumption | split; [lra |]]].
    assert (0 <= constant_of l D i * gap_length D i * (epsilon / 2)).
    { repeat apply Rmult_le_pos; try lra. destruct which; subst l; simpl; lra. }
    nra. }
  destruct l; try (apply by_attained; tauto).
  - pose proof here as ((inside & nonzero) & (inside_next & nonzero_next) & not_aligned).
    pose proof (cosine_below_1 D i inside nonzero inside_next nonzero_next not_aligned) as apart.
    pose proof (nonzero_norm T _ nonzero) as long. pose proof (nonzero_norm T _ nonzero_next) as long_next.
    apply (sharp_left two_kinks i (1 - cosine T (kink D i) (kink D (S i)))
      (norm T (kink D i) / (2 * norm T (kink D (S i))))); try assumption; try reflexivity.
    + left. apply Rdiv_lt_0_compat; lra.
    + intros t tau range within share. rewrite !at_interior_inside by assumption.
      pose proof (hat_right i t inside_next within) as weight. rewrite share in weight.
      replace (1 - (1 - tau)) with tau in weight by ring.
      destruct (kept_at_most t (kink D i) (S i)) as [at_most | none]; [rewrite weight; lra | assumption | | exfalso;
        lra].
      rewrite weight in at_most. unfold cosine.
      replace ((1 - (1 - tau + tau * 1)) * norm T (kink D i)) with 0 by ring. rewrite Rplus_0_l.
      eapply Rle_trans; [exact at_most |]. right. field. split; lra.
  - pose proof here as [((inside & nonzero) & (inside_next & vanish)) | ((inside & vanish) & (inside_next & nonzero))].
    + apply (sharp_left one_kink i 2 0); try assumption; try lra; [simpl; field |].
      intros t tau range within share. rewrite !at_interior_inside by assumption.
      pose proof (hat_right i t inside_next within) as weight. rewrite share in weight.
      rewrite kept_twice; rewrite ?weight; try assumption; lra.
    + apply (sharp_right one_kink i 2); try assumption; try lra; [simpl; field |].
      intros t tau range within share. rewrite !at_interior_inside by assumption.
      pose proof (hat_left i t inside within) as weight. rewrite share in weight.
      rewrite kept_twice; rewrite ?weight; try assumption; lra.
  - pose proof here as [(first & inside & nonzero) | ((inside & nonzero) & last)].
    + apply (sharp_right outer_with_kink i 1); try assumption; try lra; [simpl; field |].
      intros t tau range within share. rewrite !(at_interior_outside D _ i) by (intros [this _]; lia).
      pose proof (nonzero_norm T _ nonzero). lra.
    + apply (sharp_left outer_with_kink i 1 0); try assumption; try lra; [simpl; field |].
      intros t tau range within share. rewrite !(at_interior_outside D _ (S i)) by (intros [_ this]; lia).
      pose proof (nonzero_norm T _ nonzero). lra.
Qed.

(** ** Outside: a bend at the first or the last data point *)

Lemma excess_at_end t m : hats D t = 0 -> path_cost T (bumped t m) - total_kink D = norm T m.
Proof.
  intros none. rewrite bumped_excess, none, sum_zero; [ring |]. intros i below. apply kept_unseen.
  apply (sum_zero_terms (size D - 2) (fun i => hat D (S i) t)); [| unfold hats in none; lra | assumption].
  intros k below_k. apply hat_nonneg; [assumption | split; lia].
Qed.

Lemma outside_attained e : (1 <= T)%nat -> 0 < e ->
  (exists f, interpolates D f /\ path_cost T f - total_kink D = e /\
     forall x, x <= point D 0 -> distance D f x = e * (point D 0 - x)) /\
  (exists f, interpolates D f /\ path_cost T f - total_kink D = e /\
     forall x, point D (size D - 1) <= x -> distance D f x = e * (x - point D (size D - 1))).
Proof.
  intros some e_positive. pose proof D_valid as [many _].
  assert (length : norm T (axis e) = e) by (apply axis_norm; [assumption | lra]).
  assert (order : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  assert (last_order : point D (size D - 2) < point D (size D - 1)) by (apply points_increase; assumption || lia).
  split.
  - exists (bumped (point D 0) (axis e)). split; [apply bumped_interpolates | split].
    + rewrite excess_at_end; [assumption |]. rewrite hats_telescope.
      assert (point D 0 <= point D (size D - 2)) by (apply points_ordered; assumption || lia).
      unfold rise, ramp_rise. replace (S (size D - 2)) with (size D - 1)%nat by lia.
      replace (point D 0 - point D 0) with 0 by ring. rewrite !relu_right by lra. field. lra.
    + intros x before. rewrite (bumped_distance _ _ 0) by (repeat split; [lia | auto | right; lra]). rewrite length.
      unfold green, ramp_rise. replace (point D 0 - point D 0) with 0 by ring.
      rewrite (relu_right 0), (relu_right (point D 1 - point D 0)), (relu_left (x - point D 0)) by lra.
      replace (0 + (point D 1 - point D 0 - 0) / (point D 1 - point D 0) * (x - point D 0) - 0) with (x - point D 0)
        by (field; lra).
      rewrite Rabs_left1 by lra. ring.
  - set (q := point D (size D - 1)) in *. exists (bumped q (axis e)). split; [apply bumped_interpolates | split].
    + rewrite excess_at_end; [assumption |]. rewrite hats_telescope.
      assert (point D 1 <= q) by (apply points_ordered; assumption || lia).
      unfold rise, ramp_rise. replace (S (size D - 2)) with (size D - 1)%nat by lia. fold q.
      replace (q - q) with 0 by ring. rewrite (relu_right 0), !relu_left by lra. field. lra.
    + intros x after. rewrite (bumped_distance _ _ (size D - 2)).
      * rewrite length. replace (S (size D - 2)) with (size D - 1)%nat by lia. fold q.
        unfold green, ramp_rise. replace (q - q) with 0 by ring.
        rewrite (relu_right 0), !(relu_left (point D (size D - 2) - q)), (relu_right (x - q)) by lra.
        replace (0 + (0 - 0) / (q - point D (size D - 2)) * (x - point D (size D - 2)) - (x - q)) with (- (x - q))
          by (field; lra).
        rewrite Rabs_Ropp, Rabs_right by lra. ring.
      * repeat split; [lia | right; lra | left; lia].
Qed.

End Bump.

(** ** For both costs *)

Section ForCost.
Variable cost : nat -> network -> R.
Hypothesis cheap : affordable cost.
Hypothesis dearer : forall T f, path_cost T f <= cost T f.

Lemma same_distance D f g x : equal (tasks D) (value g x) (value f x) -> distance D g x = distance D f x.
Proof. intros same. apply norm_ext. intros t below. rewrite (same t below). reflexivity. Qed.

Lemma same_interpolates D f g : (forall x, equal (tasks D) (value g x) (value f x))
  -> interpolates D f -> interpolates D g.
Proof. intros same through i bound t below. rewrite (same _ t below). apply through; assumption. Qed.

Lemma sharpness_for_cost : sharpness_statement cost.
Proof.
  intros l D i D_valid here not_open some epsilon positive.
  destruct (sharp_at D D_valid l i epsilon some here not_open positive) as (f & x & through & within & small & far).
  destruct (cheap (tasks D) f) as (g & same_cost & same). exists g, x. unfold excess. rewrite same_cost.
  rewrite (same_distance D f g x (same x)).
  split; [apply (same_interpolates D f); assumption | split; [assumption | split; assumption]].
Qed.

Lemma attained_for_cost : attained_statement cost.
Proof.
  intros l D i D_valid here which some e positive.
  destruct (attained_at D D_valid l i e some here which positive) as (f & x & through & within & excess_f & far).
  destruct (cheap (tasks D) f) as (g & same_cost & same). exists g, x. unfold excess. rewrite same_cost.
  rewrite (same_distance D f g x (same x)).
  split; [apply (same_interpolates D f); assumption | split; [assumption | split; assumption]].
Qed.

Lemma outside_for_cost : outside_statement cost.
Proof.
  intros D D_valid. split.
  - intros f x through. pose proof (dearer (tasks D) f). unfold excess. split; intros side.
    + pose proof (outside_left D D_valid f x through side).
      apply Rle_trans with ((path_cost (tasks D) f - total_kink D) * (point D 0 - x)); [assumption |].
      apply Rmult_le_compat_r; lra.
    + pose proof (outside_right D D_valid f x through side).
      apply Rle_trans with ((path_cost (tasks D) f - total_kink D) * (x - point D (size D - 1))); [assumption |].
      apply Rmult_le_compat_r; lra.
  - intros some e positive.
    destruct (outside_attained D D_valid e some positive) as [(f & through & excess_f & far)
      (f' & through' & excess_f' & far')].
    destruct (cheap (tasks D) f) as (g & same_cost & same). destruct (cheap (tasks D) f') as (g' & same_cost' & same').
    unfold excess. split; [exists g; rewrite same_cost | exists g'; rewrite same_cost'].
    + split; [apply (same_interpolates D f); assumption | split; [assumption |]]. intros x side.
      rewrite (same_distance D f g x (same x)). apply far. assumption.
    + split; [apply (same_interpolates D f'); assumption | split; [assumption |]]. intros x side.
      rewrite (same_distance D f' g' x (same' x)). apply far'. assumption.
Qed.

End ForCost.
