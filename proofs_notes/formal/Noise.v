(** Noisy data: a minimiser costs no more than any network with its outputs; and summation by parts, twice, carries
    vectors from the kinks to the data points. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsNoise Sums Ramps ConnectTheDots Optimum Certificate.
Open Scope R_scope.

Lemma regularised_fit_for_cost cost : regularised_fit_statement cost.
Proof.
  intros D loss lambda f loss_fits positive best. split.
  - intros i bound t below. reflexivity.
  - intros g through. pose proof (best g) as cheaper.
    assert (same : loss (outputs D g) = loss (outputs D f)).
    { apply loss_fits. intros i bound t below. apply (through i bound t below). }
    simpl tasks. apply Rmult_le_reg_l with lambda; [assumption |]. lra.
Qed.

(** ** Summation by parts *)

Lemma by_parts n (E z : nat -> R) : sum n (fun i => (E (S i) - E i) * z i)
  = E n * z n - E 0%nat * z 0%nat - sum n (fun i => E (S i) * (z (S i) - z i)).
Proof. induction n as [| n IH]; simpl; [| rewrite IH]; ring. Qed.

Section Functionals.
Variable D : dataset.
Hypothesis D_valid : valid D.
Variable u : nat -> vector.

Lemma zero_ends_inside j t : interior D j -> with_zero_ends D u j t = u j t.
Proof.
  intros [first last]. unfold with_zero_ends. destruct (Nat.leb_spec 1 j); [| lia].
  destruct (Nat.ltb_spec (S j) (size D)); [reflexivity | lia].
Qed.

Lemma zero_ends_outside j t : ~ interior D j -> with_zero_ends D u j t = 0.
Proof.
  intros outside. unfold with_zero_ends. destruct (Nat.leb_spec 1 j); [| reflexivity].
  destruct (Nat.ltb_spec (S j) (size D)); [exfalso; apply outside; split; assumption | reflexivity].
Qed.

(** Any values z at the data points, of one task. *)
Lemma one_task_by_parts (z : nat -> R) t :
  sum (size D) (fun i => functional D u i t * z i)
  = sum (size D - 2) (fun k => u (S k) t * ((z (S (S k)) - z (S k)) / (point D (S (S k)) - point D (S k))
      - (z (S k) - z k) / (point D (S k) - point D k))).
Proof.
  pose proof D_valid as [many steps].
  set (E := fun i => match i with O => 0 | S k => slope_of D u k t end).
  assert (as_steps : sum (size D) (fun i => functional D u i t * z i) = sum (size D) (fun i => (E (S i) - E i) * z i)).
  { apply sum_ext. intros i _. destruct i as [| k]; unfold functional, E; [ring | reflexivity]. }
  assert (last_slope : E (size D) = 0).
  { unfold E. destruct (size D) as [| k] eqn:is_size; [lia |]. unfold slope_of.
    destruct (Nat.ltb_spec (S k) (size D)); [lia | reflexivity]. }
  rewrite as_steps, by_parts, last_slope.
  set (V := fun i => with_zero_ends D u i t).
  set (s := fun i => (z (S i) - z i) / (point D (S i) - point D i)).
  rewrite (sum_truncate (size D - 1) (size D)); [| lia |].
  2: { intros k [low high]. replace k with (size D - 1)%nat by lia.
       replace (S (size D - 1)) with (size D) by lia. rewrite last_slope. ring. }
  assert (in_gaps : sum (size D - 1) (fun i => E (S i) * (z (S i) - z i))
    = sum (size D - 1) (fun i => (V (S i) - V i) * s i)).
  { apply sum_ext. intros i below. unfold E, slope_of, V, s. destruct (Nat.ltb_spec (S i) (size D)); [| lia].
    pose proof (steps i ltac:(lia)). field. lra. }
  rewrite in_gaps, by_parts.
  assert (ends : V 0%nat = 0 /\ V (size D - 1)%nat = 0).
  { unfold V. split; apply zero_ends_outside; unfold interior; lia. }
  destruct ends as [first_end last_end]. rewrite first_end, last_end.
  rewrite (sum_truncate (size D - 2) (size D - 1)); [| lia |].
  2: { intros k [low high]. replace k with (size D - 2)%nat by lia.
       replace (S (size D - 2)) with (size D - 1)%nat by lia. rewrite last_end. ring. }
  assert (kinks : sum (size D - 2) (fun i => V (S i) * (s (S i) - s i)) = sum (size D - 2) (fun k => u (S k)
    t * (s (S k) - s k))).
  { apply sum_ext. intros k below. unfold V. rewrite zero_ends_inside by (split; lia). reflexivity. }
  rewrite kinks. change (E 0%nat) with 0. unfold s. ring.
Qed.

Lemma functionals_see_kinks (Z : nat -> vector) :
  sum (size D) (fun i => dot (tasks D) (functional D u i) (Z i))
  = sum (size D - 2) (fun k => dot (tasks D) (u (S k)) (kink (with_labels D Z) (S k))).
Proof.
  unfold dot. rewrite sum_swap, (sum_swap (size D - 2)). apply sum_ext. intros t _.
  rewrite (one_task_by_parts (fun i => Z i t) t). reflexivity.
Qed.

End Functionals.

Lemma functionals_fit : functionals_statement.
Proof.
  intros D u D_valid. split; [apply (functionals_see_kinks D D_valid u (label D)) |].
  pose proof D_valid as [many steps]. intros t. split.
  - rewrite (sum_ext _ _ (fun i => functional D u i t * (fun _ => 1) i)) by (intros; ring).
    rewrite (one_task_by_parts D D_valid u (fun _ => 1) t). apply sum_zero. intros k below.
    pose proof (steps k ltac:(lia)). pose proof (steps (S k) ltac:(lia)). field. lra.
  - rewrite (one_task_by_parts D D_valid u (point D) t). apply sum_zero. intros k below.
    pose proof (steps k ltac:(lia)). pose proof (steps (S k) ltac:(lia)). field. lra.
Qed.

(** ** The gap *)

Section Gap.
Variable D : dataset.
Hypothesis D_valid : valid D.
Variable lambda : R.
Variable v : nat -> vector.
Hypothesis admitted : admits D lambda v.
Let T := tasks D.

Lemma unseen_nonneg Z : 0 <= unseen D lambda v Z.
Proof.
  apply sum_nonneg. intros i below. cbv zeta. fold T. set (d := kink (with_labels D Z) (S i)).
  pose proof (admitted (S i) ltac:(split; lia)) as short. fold T in short.
  pose proof (norm_nonneg T (v (S i))) as nonneg. pose proof (norm_nonneg T d) as nonneg_d.
  destruct (Req_dec lambda 0) as [none | some].
  - rewrite (dot_zero_l T (v (S i))) by (apply norm_zero; lra). rewrite none. lra.
  - assert (positive : 0 < lambda) by lra.
    pose proof (dot_le_norm T (scale (/ lambda) (v (S i))) d) as bound. rewrite !dot_scale_l, dot_scale_r in bound.
    assert (at_most : dot T (v (S i)) (v (S i)) <= lambda * lambda).
    { rewrite <- norm_square. apply Rmult_le_compat; assumption. }
    assert (unit_length : / lambda * (/ lambda * dot T (v (S i)) (v (S i))) <= 1).
    { apply Rmult_le_reg_l with (lambda * lambda); [apply Rmult_lt_0_compat; assumption |].
      replace (lambda * lambda * (/ lambda * (/ lambda * dot T (v (S i)) (v (S i))))) with (dot T (v (S i)) (v (S i)))
        by (field; lra). lra. }
    specialize (bound unit_length).
    assert (dot T (v (S i)) d <= lambda * norm T d); [| lra].
    replace (dot T (v (S i)) d) with (lambda * (/ lambda * dot T (v (S i)) d)) by (field; lra).
    apply Rmult_le_compat_l; lra.
Qed.

Lemma gap_identity Z : primal D lambda Z - dual D v
  = 1 / 2 * square D (difference Z (difference (label D) (functional D v))) + unseen D lambda v Z.
Proof.
  set (W := functional D v).
  assert (squares : square D (difference (label D) Z) - square D (label D) + square D (difference (label D) W)
    - square D (difference Z (difference (label D) W)) = -2 * sum (size D) (fun i => dot T (W i) (Z i))).
  { unfold square, difference. fold T. rewrite <- sum_factor, <- sum_minus, <- sum_add, <- sum_minus.
    apply sum_ext. intros i _. set (y := label D i). set (z := Z i). set (w := W i).
    rewrite (dot_ext T (fun t => z t - (y t - w t)) (fun t => z t - (y t - w t))
      (fun t => (fun s => z s - y s) t - scale (-1) w t) (fun t => (fun s => z s - y s) t - scale (-1) w t))
      by (intros t _; unfold scale; ring).
    rewrite !dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r.
    rewrite ?dot_minus_r, ?dot_minus_l, (dot_sym T z y), (dot_sym T w y), (dot_sym T z w). ring. }
  pose proof (functionals_see_kinks D D_valid v Z) as seen. fold W T in seen.
  unfold primal, dual. fold W.
  assert (kinks : unseen D lambda v Z
    = lambda * total_kink (with_labels D Z) - sum (size D) (fun i => dot T (W i) (Z i))).
  { unfold unseen. cbv zeta. fold T. rewrite sum_minus, sum_factor, seen. reflexivity. }
  rewrite kinks. lra.
Qed.

Lemma square_nonneg Z : 0 <= square D Z.
Proof. apply sum_nonneg. intros. apply dot_self_nonneg. Qed.

Lemma dual_at_most_primal Z : dual D v <= primal D lambda Z.
Proof.
  pose proof (gap_identity Z). pose proof (unseen_nonneg Z).
  pose proof (square_nonneg (difference Z (difference (label D) (functional D v)))). lra.
Qed.

End Gap.

Lemma gap_holds : gap_statement.
Proof.
  intros D lambda v Z D_valid admitted. split; [apply gap_identity; assumption | split].
  - apply unseen_nonneg. assumption.
  - apply dual_at_most_primal; assumption.
Qed.

Lemma primal_of_network cost D lambda f : (forall T f, path_cost T f <= cost T f) -> valid D -> 0 <= lambda ->
  primal D lambda (outputs D f)
  <= 1 / 2 * square D (difference (label D) (outputs D f)) + lambda * cost (tasks D) f.
Proof.
  intros dearer D_valid nonneg. unfold primal.
  assert (through : interpolates (with_labels D (outputs D f)) f) by (intros i bound t below; reflexivity).
  pose proof (lower_bound (with_labels D (outputs D f)) D_valid f through) as at_least. simpl tasks in at_least.
  pose proof (dearer (tasks D) f).
  assert (lambda * total_kink (with_labels D (outputs D f)) <= lambda * cost (tasks D) f)
    by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma duality_for_cost cost : (forall T f, path_cost T f <= cost T f) -> duality_statement cost.
Proof.
  intros dearer D lambda v D_valid nonneg admitted. cbv zeta.
  assert (bound : forall f, dual D v
    <= 1 / 2 * square D (difference (label D) (outputs D f)) + lambda * cost (tasks D) f).
  { intros f. eapply Rle_trans; [apply (dual_at_most_primal D D_valid lambda v admitted (outputs D f)) |].
    apply primal_of_network; assumption. }
  split; [exact bound |]. intros f attained. split.
  - intros g. rewrite attained. apply bound.
  - intros g. rewrite attained.
    pose proof (primal_of_network cost D lambda f dearer D_valid nonneg) as at_f.
    pose proof (primal_of_network cost D lambda g dearer D_valid nonneg) as at_g.
    pose proof (gap_identity D D_valid lambda v (outputs D f)) as gap_f.
    pose proof (gap_identity D D_valid lambda v (outputs D g)) as gap_g.
    pose proof (unseen_nonneg D lambda v admitted (outputs D f)) as unseen_f.
    pose proof (square_nonneg D (difference (outputs D f) (difference (label D) (functional D v)))) as square_f.
    set (Zd := difference (label D) (functional D v)) in *.
    assert (here : square D (difference (outputs D f) Zd) = 0) by lra.
    assert (same : square D (difference (outputs D g) Zd) = square D (difference (outputs D g) (outputs D f))).
    { apply sum_ext. intros i below. apply dot_ext; intros t below_t; unfold difference;
        (assert (zero_entry : outputs D f i t - Zd i t = 0); [| lra]);
        apply (dot_self_zero (tasks D) (difference (outputs D f) Zd i)); try assumption; right;
        apply (sum_zero_terms (size D) (fun i => dot (tasks D) (difference (outputs D f) Zd i)
          (difference (outputs D f) Zd i))); try assumption; try (intros; apply dot_self_nonneg);
        fold (square D (difference (outputs D f) Zd)); lra. }
    rewrite same in gap_g. lra.
Qed.
