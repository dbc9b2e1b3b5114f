(** The constants of the table are the least. Bends near one end of a gap reach those of two kinks, of one kink and of
  an
    outer gap in the limit; a bend at the middle attains those of no kinks; a bend at the first or the last data point
    attains the bound outside. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima StatementsBounds Sums Ramps ConnectTheDots Optimum Balance
  Stability Envelope Descent Prices StabilityTable Bump.
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

Section Sharp.
Variable D : dataset.
Hypothesis D_valid : valid D.

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
  distance D (bumped D t m) t = gap_length D i * (rise D i t * (1 - rise D i t)) * norm (tasks D) m.
Proof.
  intros bound [low high]. rewrite (bumped_distance D D_valid t m i) by (apply in_gap_on_piece; [assumption | lra]).
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
     rise D i t * (1 - rise D i t) = tau * (1 - tau) /\ norm (tasks D) m = M /\
     path_cost (tasks D) (bumped D t m) - total_kink D <= tau * M * (a + tau * k)) ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost (tasks D)
    f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost (tasks D) f - total_kink D)) <= distance D f x.
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
  pose proof (bumped_interpolates D D_valid t m) as through. exists (bumped D t m), t.
  pose proof (distance_at_bend i t m bound inside) as far. rewrite shares, length in far.
  assert (between : point D i <= t <= point D (S i)) by lra.
  pose proof (table D D_valid (bumped D t m) l i t through here between) as at_most.
  set (e := path_cost (tasks D) (bumped D t m) - total_kink D) in *. rewrite constant in *. fold e in at_most.
  set (h := gap_length D i) in *.
  assert (product : 0 < tau * (1 - tau)) by (apply Rmult_lt_0_compat; lra).
  assert (far_positive : 0 < distance D (bumped D t m) t)
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
Lemma sharp_left l i a k epsilon : applies l D i -> interior D i -> ~ zero (tasks D) (kink D i)
  -> constant_of l D i = / a ->
  0 < a -> 0 <= k -> 0 < epsilon ->
  (forall t tau, 0 < tau < 1 -> point D i < t < point D (S i) -> rise D i t = 1 - tau ->
     (1 - (1 - tau + tau * at_interior D (fun _ => 1) (S i))) * norm (tasks D) (kink D i)
     + at_interior D (kept D t (kink D i)) (S i) <= tau * norm (tasks D) (kink D i) * (a + tau * k)) ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost (tasks D)
    f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost (tasks D) f - total_kink D)) <= distance D f x.
Proof.
  intros here inside nonzero constant a_positive k_nonneg epsilon_positive cheap.
  pose proof (applies_bound D D_valid l i here) as bound.
  apply (sharp_in_the_limit l i (norm (tasks D) (kink D i)) a k); try assumption; [apply nonzero_norm; assumption |].
  intros tau range. destruct (place_near_left i tau bound range) as [within share].
  exists (point D i + tau * gap_length D i), (kink D i). set (t := point D i + tau * gap_length D i) in *.
  split; [assumption | split; [rewrite share; ring | split; [reflexivity |]]].
  rewrite (excess_in_gap D D_valid t (kink D i) i bound within), share.
  rewrite (at_interior_inside D (fun _ => 1) i inside), (at_interior_inside D (kept D t (kink D i)) i inside).
  rewrite kept_nothing.
  - replace (1 - (1 - tau)) with tau by ring. replace ((1 - tau) * 1) with (1 - tau) by ring.
    rewrite Rplus_0_l. apply cheap; assumption.
  - rewrite (hat_falling D D_valid i t inside) by (split; lra).
    destruct (rise_cases D D_valid i t bound) as [[] | [(_ & same & r) | []]]; [lra | rewrite <- same; lra | lra].
  - intros l0 _. reflexivity.
Qed.

Lemma sharp_right l i a epsilon : applies l D i -> interior D (S i) -> ~ zero (tasks D) (kink D (S i)) ->
  constant_of l D i = / a -> 0 < a -> 0 < epsilon ->
  (forall t tau, 0 < tau < 1 -> point D i < t < point D (S i) -> rise D i t = tau ->
     (1 - (tau * at_interior D (fun _ => 1) i + (1 - tau))) * norm (tasks D) (kink D (S i))
     + at_interior D (kept D t (kink D (S i))) i <= tau * norm (tasks D) (kink D (S i)) * a) ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost (tasks D)
    f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost (tasks D) f - total_kink D)) <= distance D f x.
Proof.
  intros here inside nonzero constant a_positive epsilon_positive cheap.
  pose proof (applies_bound D D_valid l i here) as bound.
  apply (sharp_in_the_limit l i (norm (tasks D) (kink D (S i))) a 0); try assumption; [apply nonzero_norm;
    assumption | lra |].
  intros tau range. destruct (place_near_left i (1 - tau) bound ltac:(lra)) as [within share].
  exists (point D i + (1 - tau) * gap_length D i), (kink D (S i)).
  set (t := point D i + (1 - tau) * gap_length D i) in *. replace (1 - (1 - tau)) with tau in share by ring.
  split; [assumption | split; [rewrite share; ring | split; [reflexivity |]]].
  rewrite (excess_in_gap D D_valid t (kink D (S i)) i bound within), share.
  rewrite (at_interior_inside D (fun _ => 1) (S i) inside), (at_interior_inside D (kept D t (kink D (S i))) (S i)
    inside).
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

Lemma axis_norm r : (1 <= (tasks D))%nat -> 0 <= r -> norm (tasks D) (axis r) = r.
Proof.
  intros some nonneg. unfold norm, dot. rewrite (sum_single (tasks D) _ 0); [| lia |].
  - unfold axis. simpl. apply sqrt_square. assumption.
  - intros l _ other. unfold axis. destruct (Nat.eqb_spec l 0); [contradiction | ring].
Qed.

Lemma attained_at l i e : (1 <= (tasks D))%nat -> applies l D i -> l = no_kinks \/ l = only_gap -> 0 < e ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ path_cost (tasks D) f - total_kink D = e /\
    distance D f x = constant_of l D i * gap_length D i * e.
Proof.
  intros some here which e_positive. pose proof (applies_bound D D_valid l i here) as bound.
  destruct (place_near_left i (1 / 2) bound ltac:(lra)) as [within share].
  set (t := point D i + 1 / 2 * gap_length D i) in *. replace (1 - 1 / 2) with (1 / 2) in share by field.
  destruct which as [-> | ->]; simpl in here.
  - destruct here as ([inside zero_left] & inside_next & zero_right).
    exists (bumped D t (axis (e / 2))), t. split; [apply bumped_interpolates; assumption | split; [lra |]].
    assert (length : norm (tasks D) (axis (e / 2)) = e / 2) by (apply axis_norm; [assumption | lra]).
    rewrite (distance_at_bend i t _ bound within), (excess_in_gap D D_valid t _ i bound within), share, length.
    rewrite !at_interior_inside by assumption.
    rewrite (kept_twice D t _ i), (kept_twice D t _ (S i)); try assumption;
      rewrite ?hat_left, ?hat_right, ?share by assumption;
      try lra. rewrite length. simpl. split; lra.
  - exists (bumped D t (axis e)), t. split; [apply bumped_interpolates; assumption | split; [lra |]].
    assert (length : norm (tasks D) (axis e) = e) by (apply axis_norm; [assumption | lra]).
    rewrite (distance_at_bend i t _ bound within), (excess_in_gap D D_valid t _ i bound within), share, length.
    rewrite !at_interior_outside by (unfold interior; lia). simpl. split; lra.
Qed.

Lemma sharp_at l i epsilon : (1 <= (tasks D))%nat -> applies l D i -> l <> outer_no_kink -> 0 < epsilon ->
  exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost (tasks D)
    f - total_kink D < epsilon /\
    (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost (tasks D) f - total_kink D)) <= distance D f x.
Proof.
  intros some here not_open epsilon_positive. pose proof (applies_bound D D_valid l i here) as bound.
  assert (h_positive : 0 < gap_length D i)
    by (unfold gap_length; assert (point D i < point D (S i)) by (apply points_increase; assumption || lia); lra).
  assert (by_attained : l = no_kinks \/ l = only_gap ->
    exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < path_cost (tasks D)
      f - total_kink D < epsilon /\
      (1 - epsilon) * (constant_of l D i * gap_length D i * (path_cost (tasks D) f - total_kink D)) <= distance D f x).
  { intros which. destruct (attained_at l i (epsilon / 2) some here which ltac:(lra))
      as (f & x & through & within & here_e & far).
    exists f, x. rewrite here_e, far. split; [assumption | split; [assumption | split; [lra |]]].
    assert (0 <= constant_of l D i * gap_length D i * (epsilon / 2)).
    { repeat apply Rmult_le_pos; try lra. destruct which; subst l; simpl; lra. }
    nra. }
  destruct l; try (apply by_attained; tauto).
  - pose proof here as ((inside & nonzero) & (inside_next & nonzero_next) & not_aligned).
    pose proof (cosine_below_1 D i inside nonzero inside_next nonzero_next not_aligned) as apart.
    pose proof (nonzero_norm (tasks D) _ nonzero) as long. pose proof (nonzero_norm (tasks D) _ nonzero_next)
      as long_next.
    apply (sharp_left two_kinks i (1 - cosine (tasks D) (kink D i) (kink D (S i)))
      (norm (tasks D) (kink D i) / (2 * norm (tasks D) (kink D (S i))))); try assumption; try reflexivity.
    + left. apply Rdiv_lt_0_compat; lra.
    + intros t tau range within share. rewrite !at_interior_inside by assumption.
      pose proof (hat_right i t inside_next within) as weight. rewrite share in weight.
      replace (1 - (1 - tau)) with tau in weight by ring.
      destruct (kept_at_most D t (kink D i) (S i)) as [at_most | none]; [rewrite weight; lra | assumption | | exfalso;
        lra].
      rewrite weight in at_most. unfold cosine.
      replace ((1 - (1 - tau + tau * 1)) * norm (tasks D) (kink D i)) with 0 by ring. rewrite Rplus_0_l.
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
      pose proof (nonzero_norm (tasks D) _ nonzero). lra.
    + apply (sharp_left outer_with_kink i 1 0); try assumption; try lra; [simpl; field |].
      intros t tau range within share. rewrite !(at_interior_outside D _ (S i)) by (intros [_ this]; lia).
      pose proof (nonzero_norm (tasks D) _ nonzero). lra.
Qed.

(** ** Outside: a bend at the first or the last data point *)

Lemma excess_at_end t m : hats D t = 0 -> path_cost (tasks D) (bumped D t m) - total_kink D = norm (tasks D) m.
Proof.
  intros none. rewrite (bumped_excess D D_valid), none, sum_zero; [ring |]. intros i below. apply kept_unseen.
  apply (sum_zero_terms (size D - 2) (fun i => hat D (S i) t)); [| unfold hats in none; lra | assumption].
  intros k below_k. apply hat_nonneg; [assumption | split; lia].
Qed.

Lemma outside_attained e : (1 <= (tasks D))%nat -> 0 < e ->
  (exists f, interpolates D f /\ path_cost (tasks D) f - total_kink D = e /\
     forall x, x <= point D 0 -> distance D f x = e * (point D 0 - x)) /\
  (exists f, interpolates D f /\ path_cost (tasks D) f - total_kink D = e /\
     forall x, point D (size D - 1) <= x -> distance D f x = e * (x - point D (size D - 1))).
Proof.
  intros some e_positive. pose proof D_valid as [many _].
  assert (length : norm (tasks D) (axis e) = e) by (apply axis_norm; [assumption | lra]).
  assert (order : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  assert (last_order : point D (size D - 2) < point D (size D - 1)) by (apply points_increase; assumption || lia).
  split.
  - exists (bumped D (point D 0) (axis e)). split; [apply bumped_interpolates; assumption | split].
    + rewrite excess_at_end; [assumption |]. rewrite hats_telescope.
      assert (point D 0 <= point D (size D - 2)) by (apply points_ordered; assumption || lia).
      unfold rise, ramp_rise. replace (S (size D - 2)) with (size D - 1)%nat by lia.
      replace (point D 0 - point D 0) with 0 by ring. rewrite !relu_right by lra. field. lra.
    + intros x before. rewrite (bumped_distance D D_valid _ _ 0) by (repeat split; [lia | auto | right; lra]).
      rewrite length.
      unfold green, ramp_rise. replace (point D 0 - point D 0) with 0 by ring.
      rewrite (relu_right 0), (relu_right (point D 1 - point D 0)), (relu_left (x - point D 0)) by lra.
      replace (0 + (point D 1 - point D 0 - 0) / (point D 1 - point D 0) * (x - point D 0) - 0) with (x - point D 0)
        by (field; lra).
      rewrite Rabs_left1 by lra. ring.
  - set (q := point D (size D - 1)) in *. exists (bumped D q (axis e)). split; [apply bumped_interpolates;
      assumption | split].
    + rewrite excess_at_end; [assumption |]. rewrite hats_telescope.
      assert (point D 1 <= q) by (apply points_ordered; assumption || lia).
      unfold rise, ramp_rise. replace (S (size D - 2)) with (size D - 1)%nat by lia. fold q.
      replace (q - q) with 0 by ring. rewrite (relu_right 0), !relu_left by lra. field. lra.
    + intros x after. rewrite (bumped_distance D D_valid _ _ (size D - 2)).
      * rewrite length. replace (S (size D - 2)) with (size D - 1)%nat by lia. fold q.
        unfold green, ramp_rise. replace (q - q) with 0 by ring.
        rewrite (relu_right 0), !(relu_left (point D (size D - 2) - q)), (relu_right (x - q)) by lra.
        replace (0 + (0 - 0) / (q - point D (size D - 2)) * (x - point D (size D - 2)) - (x - q)) with (- (x - q))
          by (field; lra).
        rewrite Rabs_Ropp, Rabs_right by lra. ring.
      * repeat split; [lia | right; lra | left; lia].
Qed.

End Sharp.

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
