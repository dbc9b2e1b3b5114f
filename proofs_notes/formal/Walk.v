(** The program's walk computes every kink times the lengths of its two gaps, and sees every interior point once. *)

From Coq Require Import Reals Lra Lia Arith ZArith NArith QArith Qreals List Bool.
From ReluProof Require Import Program Statements Sums Directions.
Import ListNotations.
Open Scope R_scope.

(** ** The kinks that the walk computes *)

Lemma zip_with_length f u : forall v, length u = length v -> length (zip_with f u v) = length u.
Proof. induction u as [| p u IH]; intros [| q v] lengths; simpl in *; try discriminate; auto. Qed.

Lemma zip_with_nth f u : forall v t, length u = length v -> (t < length u)%nat ->
  nth t (zip_with f u v) 0%Q = f (nth t u 0%Q) (nth t v 0%Q).
Proof.
  induction u as [| p u IH]; intros [| q v] [| t] lengths below; simpl in *; try lia; try reflexivity.
  apply IH; lia.
Qed.

Section Walk.
Variable rows : rational_dataset.
Let D := real_dataset rows.

Definition row_at (i : nat) : row := nth i rows (0%Q, []).
Definition gap_at (i : nat) : row := rise (row_at i) (row_at (S i)).
Definition bend_at (j : nat) : list Q := bend (gap_at (pred j)) (gap_at j).

Definition kink_before (i : nat) : list Q := if (i <=? 1)%nat then [] else bend_at (pred i).
Definition seen_at (j : nat) : seen := (all_vanish (bend_at j), one_direction (kink_before j) (bend_at j)).

Lemma rest_is_next i next rest : skipn i rows = next :: rest -> row_at i = next /\ skipn (S i) rows = rest.
Proof.
  unfold row_at. generalize rows. induction i as [| i IH]; intros [| first others] there; simpl in *;
    try discriminate.
  - injection there as -> ->. auto.
  - apply IH. assumption.
Qed.

Lemma walk_correct rest : forall i done, (1 <= i)%nat -> skipn (S i) rows = rest ->
  walk (row_at i) (gap_at (pred i)) (kink_before i) rest done = rev done ++ map seen_at (seq i (length rest)).
Proof.
  induction rest as [| next rest IH]; intros i done first there; cbn [walk length seq map].
  - apply rev_append_rev.
  - apply rest_is_next in there. destruct there as [<- there].
    change (rise (row_at i) (row_at (S i))) with (gap_at i).
    change (bend (gap_at (pred i)) (gap_at i)) with (bend_at i).
    change (all_vanish (bend_at i), one_direction (kink_before i) (bend_at i)) with (seen_at i).
    replace (bend_at i) with (kink_before (S i))
      by (unfold kink_before; destruct (Nat.leb_spec (S i) 1); [lia | reflexivity]).
    change (gap_at i) with (gap_at (pred (S i))). rewrite IH by (lia || assumption).
    simpl rev. rewrite <- app_assoc. reflexivity.
Qed.

Lemma points_seen_correct : (2 <= length rows)%nat -> points_seen rows = map seen_at (seq 1 (length rows - 2)).
Proof.
  intros many. destruct rows as [| first [| second rest]] eqn:all; simpl in many; try lia.
  simpl length. rewrite !Nat.sub_succ, Nat.sub_0_r. unfold points_seen.
  pose proof (walk_correct rest 1 []) as walked. unfold gap_at, row_at, kink_before in walked.
  rewrite all in walked. simpl in walked. apply walked; [lia | reflexivity].
Qed.

Hypothesis D_valid : valid D.
Hypothesis shape : forall i, (i < length rows)%nat -> length (snd (row_at i)) = tasks D.

Lemma gap_lengths i : (S i < length rows)%nat -> length (snd (gap_at i)) = tasks D.
Proof. intros below. simpl snd. rewrite zip_with_length; rewrite !shape by lia; reflexivity. Qed.

Lemma bend_length j : interior D j -> length (bend_at j) = tasks D.
Proof.
  intros [first last]. simpl size in last. unfold bend_at, bend.
  rewrite zip_with_length; rewrite !gap_lengths by lia; reflexivity.
Qed.

Lemma gap_point i : Q2R (fst (gap_at i)) = point D (S i) - point D i.
Proof. apply minus_correct. Qed.

Lemma gap_label i t : (S i < length rows)%nat -> (t < tasks D)%nat ->
  reals (snd (gap_at i)) t = label D (S i) t - label D i t.
Proof.
  intros bound below. unfold reals. simpl snd.
  rewrite zip_with_nth by (rewrite !shape by lia; lia). apply minus_correct.
Qed.

(** The kink times the lengths of the two gaps. *)
Definition stretch (j : nat) : R := (point D (S j) - point D j) * (point D j - point D (pred j)).

Lemma stretch_positive j : interior D j -> 0 < stretch j.
Proof.
  intros [first last]. destruct D_valid as [_ increasing].
  pose proof (increasing j last) as after. pose proof (increasing (pred j) ltac:(lia)) as before.
  replace (S (pred j)) with j in before by lia. unfold stretch. apply Rmult_lt_0_compat; lra.
Qed.

Lemma bend_correct j t : interior D j -> (t < tasks D)%nat -> reals (bend_at j) t = stretch j * kink D j t.
Proof.
  intros inside below. pose proof (stretch_positive j inside) as positive. destruct inside as [first last].
  simpl size in last. unfold reals, bend_at, bend.
  rewrite zip_with_nth by (rewrite !gap_lengths by lia; lia). rewrite minus_correct, !Q2R_mult.
  fold (reals (snd (gap_at j)) t). fold (reals (snd (gap_at (pred j))) t).
  rewrite !gap_point, !gap_label by lia. unfold kink, slope, stretch in *.
  replace (S (pred j)) with j by lia. field. split; intros vanish; rewrite vanish in positive; lra.
Qed.

Lemma all_vanish_at j : interior D j -> all_vanish (bend_at j) = true <-> zero (tasks D) (kink D j).
Proof.
  intros inside. rewrite all_vanish_correct, bend_length by assumption.
  pose proof (stretch_positive j inside) as positive. split; intros all t below; specialize (all t below).
  - rewrite bend_correct in all by assumption. apply Rmult_integral in all. destruct all; lra.
  - rewrite bend_correct, all by assumption. ring.
Qed.

Lemma one_direction_at j : interior D j -> interior D (S j) ->
  one_direction (bend_at j) (bend_at (S j)) = true <-> aligned (tasks D) (kink D j) (kink D (S j)).
Proof.
  intros inside inside_next.
  rewrite one_direction_correct by (rewrite !bend_length by assumption; reflexivity).
  rewrite bend_length by assumption. pose proof (stretch_positive j inside) as here.
  pose proof (stretch_positive (S j) inside_next) as there.
  unfold aligned, positive_multiple, equal, zero, scale. split; intros (nonzero & c & positive & multiple).
  - split.
    + intros all. apply nonzero. intros t below. rewrite bend_correct, all by assumption. ring.
    + exists (c * stretch j / stretch (S j)). split.
      * apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; assumption.
      * intros t below. specialize (multiple t below). rewrite !bend_correct in multiple by assumption.
        apply (Rmult_eq_reg_l (stretch (S j))); [| lra]. rewrite multiple. field. lra.
  - split.
    + intros all. apply nonzero. intros t below. specialize (all t below). rewrite bend_correct in all by assumption.
      apply Rmult_integral in all. destruct all; lra.
    + exists (c * stretch (S j) / stretch j). split.
      * apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat |]; assumption.
      * intros t below. rewrite !bend_correct, (multiple t below) by assumption. field. lra.
Qed.

End Walk.
