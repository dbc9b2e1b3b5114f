(** The optimal value, and where the neurons of an optimum can be. Each neuron has a defect, its cost minus what it
    contributes to the sum of |d_j|; defects are nonnegative and add up to the excess of the cost, so a network is
    optimal iff no neuron has a defect. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots.
Open Scope R_scope.

(** ** Positive multiples *)

Section Multiples.
Variable T : nat.
Implicit Types u v w : vector.

Lemma positive_multiple_sym u v : positive_multiple T u v -> positive_multiple T v u.
Proof.
  intros (c & positive & same). exists (/ c). split; [apply Rinv_0_lt_compat; assumption |].
  intros t below. unfold scale. rewrite same by assumption. unfold scale. field. lra.
Qed.

Lemma positive_multiple_trans u v w :
  positive_multiple T u v -> positive_multiple T v w -> positive_multiple T u w.
Proof.
  intros (c & positive_c & same_v) (e & positive_e & same_w).
  exists (e * c). split; [apply Rmult_lt_0_compat; assumption |].
  intros t below. unfold scale. rewrite same_w by assumption. unfold scale.
  rewrite same_v by assumption. unfold scale. ring.
Qed.

(** A positive multiple m of d is seen by the unit vector of d in full length ... *)
Lemma multiple_is_tight d m : positive_multiple T d m -> dot T (unit T d) m = norm T m.
Proof.
  intros multiple. rewrite <- unit_dot. apply dot_ext; [| intros t _; reflexivity].
  intros t below. symmetry. apply unit_positive_multiple; assumption.
Qed.

(** ... and nothing else is. *)
Lemma tight_is_multiple d m : 0 < norm T m -> dot T (unit T d) m = norm T m ->
  ~ zero T d /\ positive_multiple T d m.
Proof.
  intros nonzero tight.
  assert (nonzero_d : ~ zero T d).
  { intros vanish. rewrite dot_zero_l in tight by (apply unit_of_zero; assumption). lra. }
  split; [assumption |]. pose proof (nonzero_norm T d nonzero_d) as positive.
  exists (norm T m * / norm T d). split.
  - apply Rmult_lt_0_compat; [assumption | apply Rinv_0_lt_compat; assumption].
  - intros t below. rewrite (dot_eq_norm T (unit T d) m (unit_short T d) tight t below).
    unfold scale, unit, scale. ring.
Qed.

End Multiples.

Section Optimum.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** ** Defects *)

(** What a kink m at the place t contributes: <eta(t), m>, where eta = sum_j hat_j d_j / |d_j|. *)
Definition contribution (t : R) (m : vector) : R :=
  sum (size D - 2) (fun i => hat D (S i) t * dot T (unit T (kink D (S i))) m).

Definition defect (t : R) (m : vector) : R := norm T m - contribution t m.

Lemma defect_split t m :
  defect t m = (1 - hats D t) * norm T m
  + sum (size D - 2) (fun i => hat D (S i) t * (norm T m - dot T (unit T (kink D (S i))) m)).
Proof.
  unfold defect, contribution, hats.
  rewrite (sum_ext _ (fun i => hat D (S i) t * (norm T m - _))
    (fun i => norm T m * hat D (S i) t - hat D (S i) t * dot T (unit T (kink D (S i))) m)) by (intros; ring).
  rewrite sum_minus, sum_factor. ring.
Qed.

Lemma defect_terms_nonneg t m i : (i < size D - 2)%nat ->
  0 <= hat D (S i) t * (norm T m - dot T (unit T (kink D (S i))) m).
Proof.
  intros below. apply Rmult_le_pos.
  - apply hat_nonneg; [assumption | split; lia].
  - pose proof (dot_le_norm T (unit T (kink D (S i))) m (unit_short T _)). lra.
Qed.

Lemma room_nonneg t m : 0 <= (1 - hats D t) * norm T m.
Proof. apply Rmult_le_pos; [pose proof (hats_le_1 D D_valid t); lra | apply norm_nonneg]. Qed.

Lemma defect_nonneg t m : 0 <= defect t m.
Proof.
  rewrite defect_split. pose proof (room_nonneg t m).
  assert (0 <= sum (size D - 2) (fun i => hat D (S i) t * (norm T m - dot T (unit T (kink D (S i))) m)))
    by (apply sum_nonneg; intros; apply defect_terms_nonneg; assumption).
  lra.
Qed.

(** The excess of an interpolating network is the sum of the defects of its neurons. *)
Lemma excess_is_defects f : interpolates D f ->
  path_cost T f - total_kink D = sum (width f) (fun k => defect (knot f k) (neuron_kink f k)).
Proof.
  intros through. unfold defect. rewrite sum_minus, <- path_cost_as_kinks. f_equal. f_equal.
  unfold total_kink, contribution. rewrite sum_swap. apply sum_ext. intros i below. fold T.
  rewrite <- dot_sum_r, <- unit_dot. apply dot_ext; [intros t _; reflexivity |].
  apply kink_of_data; [assumption | assumption | split; lia].
Qed.

Lemma lower_bound f : interpolates D f -> total_kink D <= path_cost T f.
Proof.
  intros through. pose proof (excess_is_defects f through) as excess.
  assert (0 <= sum (width f) (fun k => defect (knot f k) (neuron_kink f k)))
    by (apply sum_nonneg; intros; apply defect_nonneg).
  lra.
Qed.

Lemma optimal_iff_cost f : optimal path_cost D f <-> interpolates D f /\ path_cost T f = total_kink D.
Proof.
  split; intros [through cheap]; split; try assumption.
  - pose proof (cheap _ (connect_the_dots_interpolates D D_valid)) as at_most.
    rewrite connect_the_dots_cost in at_most. pose proof (lower_bound f through). fold T in at_most. lra.
  - intros g through_g. pose proof (lower_bound g through_g). fold T. lra.
Qed.

Lemma connect_the_dots_optimal : optimal path_cost D (connect_the_dots D).
Proof.
  apply optimal_iff_cost. split; [apply connect_the_dots_interpolates; assumption | apply connect_the_dots_cost].
Qed.

(** ** A neuron without defect is well placed, and conversely *)

Lemma no_defect_terms t m : defect t m = 0 -> 0 < norm T m ->
  hats D t = 1 /\ forall j, interior D j -> 0 < hat D j t -> dot T (unit T (kink D j)) m = norm T m.
Proof.
  intros none nonzero. rewrite defect_split in none.
  pose proof (room_nonneg t m) as room.
  assert (rest : 0 <= sum (size D - 2) (fun i => hat D (S i) t * (norm T m - dot T (unit T (kink D (S i))) m)))
    by (apply sum_nonneg; intros; apply defect_terms_nonneg; assumption).
  split.
  - assert (vanish : (1 - hats D t) * norm T m = 0) by lra.
    apply Rmult_integral in vanish. destruct vanish; lra.
  - intros [| i] [first last] positive; [lia |].
    assert (vanish : hat D (S i) t * (norm T m - dot T (unit T (kink D (S i))) m) = 0).
    { apply (sum_zero_terms (size D - 2) (fun i => hat D (S i) t * (norm T m - dot T (unit T (kink D (S i))) m)));
        [intros; apply defect_terms_nonneg; assumption | lra | lia]. }
    apply Rmult_integral in vanish. destruct vanish; lra.
Qed.

Lemma no_defect_if t m : hats D t = 1 ->
  (forall j, interior D j -> 0 < hat D j t -> dot T (unit T (kink D j)) m = norm T m) -> defect t m = 0.
Proof.
  intros full tight. rewrite defect_split, full, sum_zero; [ring |].
  intros i below. assert (inside : interior D (S i)) by (split; lia).
  destruct (hat_nonneg D D_valid (S i) t inside) as [positive | vanish].
  - rewrite tight by assumption. ring.
  - rewrite <- vanish. ring.
Qed.

(** Between the first and the last interior point one is at an interior point or inside an interior gap. *)
Lemma locate t : point D 1 <= t <= point D (size D - 2) ->
  (exists j, interior D j /\ t = point D j) \/
  (exists j, interior D j /\ interior D (S j) /\ strictly_inside D j t).
Proof.
  intros [low high]. destruct D_valid as [many _].
  destruct (some_piece D D_valid t) as (i & bound & left_end & right_end).
  assert (room : (3 <= size D)%nat).
  { destruct (Nat.eq_dec (size D) 2) as [two |]; [| lia]. rewrite two in high; simpl in high.
    pose proof (points_increase D D_valid 0 1 ltac:(lia) ltac:(lia)). lra. }
  assert (at_left : (1 <= i)%nat -> t = point D i -> exists j, interior D j /\ t = point D j)
    by (intros; exists i; repeat split; (assumption || lia)).
  assert (at_right : (S (S i) < size D)%nat -> t = point D (S i) -> exists j, interior D j /\ t = point D j)
    by (intros; exists (S i); repeat split; (assumption || lia)).
  destruct (Nat.eq_dec i 0) as [-> | later].
  - destruct right_end as [| before]; [lia |]. left. apply at_right; [lia | lra].
  - destruct left_end as [| after]; [contradiction |].
    destruct (Nat.eq_dec (S (S i)) (size D)) as [last | inner].
    + replace (size D - 2)%nat with i in high by lia. left. apply at_left; [lia | lra].
    + destruct right_end as [| before]; [contradiction |].
      destruct (Req_dec t (point D i)); [left; apply at_left; [lia | assumption] |].
      destruct (Req_dec t (point D (S i))); [left; apply at_right; [lia | assumption] |].
      right. exists i. unfold interior, strictly_inside. repeat split; lia || lra.
Qed.

(** Only the hats of the two ends are positive inside a gap, only its own hat at an interior point. *)
Lemma hats_at_point i j : interior D i -> interior D j -> 0 < hat D i (point D j) <-> i = j.
Proof.
  intros inside_i inside_j. rewrite hat_positive by assumption. destruct inside_i, inside_j. split.
  - intros [low high]. apply points_numbered in low; apply points_numbered in high; try assumption; lia.
  - intros ->. split; apply points_increase; assumption || lia.
Qed.

Lemma hats_in_gap i j t : interior D i -> interior D j -> strictly_inside D j t ->
  0 < hat D i t <-> (i = j \/ i = S j).
Proof.
  intros inside_i inside_j [low high]. rewrite hat_positive by assumption. destruct inside_i, inside_j. split.
  - intros [before after].
    assert (point D (pred i) < point D (S j)) as one by lra. assert (point D j < point D (S i)) as two by lra.
    apply points_numbered in one; apply points_numbered in two; try assumption; lia.
  - intros near.
    assert (point D (pred i) <= point D j) by (apply points_ordered; (assumption || lia)).
    assert (point D (S j) <= point D (S i)) by (apply points_ordered; (assumption || lia)). lra.
Qed.

(** The place and the kink of one neuron, in the words of [well_placed]. *)
Definition place (t : R) (m : vector) : Prop :=
  exists j, positive_multiple T (kink D j) m /\
    (interior D j /\ ~ zero T (kink D j) /\ t = point D j \/ aligned_gap D j /\ strictly_inside D j t).

Lemma no_defect_iff_place t m : 0 < norm T m -> defect t m = 0 <-> place t m.
Proof.
  intros nonzero. split.
  - intros none. destruct (no_defect_terms t m none nonzero) as [full tight].
    apply hats_eq_1 in full; [| assumption].
    destruct (locate t full) as [(j & inside & here) | (j & inside & inside_next & between)].
    + destruct (tight_is_multiple T (kink D j) m nonzero) as [nonzero_kink multiple].
      { apply tight; [assumption |]. rewrite here. apply hats_at_point; auto. }
      exists j. split; [assumption |]. left. auto.
    + destruct (tight_is_multiple T (kink D j) m nonzero) as [nonzero_kink multiple].
      { apply tight; [assumption |]. apply (hats_in_gap j j); auto. }
      destruct (tight_is_multiple T (kink D (S j)) m nonzero) as [_ multiple_next].
      { apply tight; [assumption |]. apply (hats_in_gap (S j) j); auto. }
      exists j. split; [assumption |]. right. split; [| assumption].
      repeat split; try apply inside; try apply inside_next; [assumption |].
      apply positive_multiple_trans with m; [assumption | apply positive_multiple_sym; assumption].
  - intros (j & multiple & [(inside & _ & ->) | ((inside & inside_next & _ & next) & between)]).
    + apply no_defect_if.
      * apply hats_eq_1; [assumption |]. destruct inside.
        split; apply points_ordered; assumption || lia.
      * intros i inside_i positive. apply hats_at_point in positive; [| assumption | assumption].
        subst i. apply multiple_is_tight. assumption.
    + apply no_defect_if.
      * apply hats_eq_1; [assumption |]. destruct between, inside, inside_next.
        assert (point D 1 <= point D j) by (apply points_ordered; assumption || lia).
        assert (point D (S j) <= point D (size D - 2)) by (apply points_ordered; assumption || lia). lra.
      * intros i inside_i positive. apply (hats_in_gap i j) in positive; [| assumption ..].
        apply multiple_is_tight. destruct positive; subst i; [assumption |].
        apply positive_multiple_trans with (kink D j); [apply positive_multiple_sym |]; assumption.
Qed.

Lemma active_iff_kink f k : active T f k <-> (k < width f)%nat /\ 0 < norm T (neuron_kink f k).
Proof.
  unfold active, neuron_kink. rewrite norm_scale, Rabs_Rabsolu.
  rewrite (Rmult_comm (Rabs (input_weight f k))). reflexivity.
Qed.

(** Optimal means: through the data, and every active neuron well placed. *)
Lemma optimal_iff_well_placed f :
  optimal path_cost D f <-> interpolates D f /\ forall k, active T f k -> well_placed D f k.
Proof.
  rewrite optimal_iff_cost. split; intros [through rest]; split; try assumption.
  - intros k now_active. apply active_iff_kink in now_active. destruct now_active as [below nonzero].
    apply no_defect_iff_place; [assumption |].
    apply (sum_zero_terms (width f) (fun k => defect (knot f k) (neuron_kink f k)));
      [intros; apply defect_nonneg | | assumption].
    rewrite <- excess_is_defects by assumption. lra.
  - pose proof (excess_is_defects f through) as excess. rewrite sum_zero in excess; [lra |].
    intros k below. destruct (norm_nonneg T (neuron_kink f k)) as [nonzero | vanish].
    + apply no_defect_iff_place; [assumption |]. apply rest, active_iff_kink. auto.
    + unfold defect, contribution. rewrite <- vanish, sum_zero; [ring |]. intros i _.
      rewrite dot_sym, dot_zero_l by (apply norm_zero; congruence). ring.
Qed.

End Optimum.
