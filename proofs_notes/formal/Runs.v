(** Counting from left to right is counting over runs: a run of m points uses up its points two by two. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Sparsest.
Open Scope R_scope.

Section Runs.
Variable D : dataset.
Let T := tasks D.

Definition row (j m : nat) : Prop :=
  (forall i, (i < m)%nat -> interior D (j + i) /\ ~ zero T (kink D (j + i))) /\
  (forall i, (S i < m)%nat -> aligned_gap D (j + i)).

Lemma half_of_two_more m : ((S (S m) + 1) / 2 = S ((m + 1) / 2))%nat.
Proof. replace (S (S m) + 1)%nat with (m + 1 + 1 * 2)%nat by lia. rewrite Nat.div_add by lia. lia. Qed.

(** What is left of a row after its first k points. *)
Lemma rest_of_row j m k : row j (k + m) -> row (j + k) m.
Proof.
  intros [points gaps]. split; intros i bound; rewrite <- Nat.add_assoc.
  - apply points. lia.
  - apply gaps. lia.
Qed.

Lemma run_two_by_two m : forall j n, row j m -> ((1 <= m)%nat -> ~ aligned_gap D (j + pred m)) ->
  fewest D (j + m) n -> fewest D j ((m + 1) / 2 + n).
Proof.
  induction m as [m IH] using lt_wf_ind. intros j n in_row ends rest.
  destruct m as [| [| m]].
  - rewrite Nat.add_0_r in rest. exact rest.
  - destruct in_row as [points _]. destruct (points 0%nat ltac:(lia)) as [inside nonzero].
    specialize (ends ltac:(lia)). simpl in ends. rewrite Nat.add_0_r in *. rewrite Nat.add_1_r in rest.
    apply one_for_one; assumption.
  - rewrite half_of_two_more. apply one_for_two.
    + destruct in_row as [_ gaps]. rewrite <- (Nat.add_0_r j). apply gaps. lia.
    + replace (S (S j)) with (j + 2)%nat by lia. apply IH; [lia | apply rest_of_row; assumption | |].
      * intros some. replace (j + 2 + pred m)%nat with (j + pred (S (S m)))%nat by lia. apply ends. lia.
      * replace (j + 2 + m)%nat with (j + S (S m))%nat by lia. assumption.
Qed.

Lemma over_runs_is_fewest j n : over_runs D j n -> fewest D j n.
Proof.
  induction 1 as [j last | j n inside vanish _ IH | j m n some points gaps ends _ IH].
  - constructor. assumption.
  - apply no_kink; assumption.
  - apply run_two_by_two; [split; assumption | auto | assumption].
Qed.

(** ** The count from left to right has one value *)

Lemma fewest_one_value j n : fewest D j n -> forall n', fewest D j n' -> n = n'.
Proof.
  induction 1 as [j last | j n inside vanish _ IH | j n inside nonzero not_aligned _ IH | j n gap _ IH];
    intros n' other; destruct other as
    [k last' | k n' inside' vanish' rest | k n' inside' nonzero' not_aligned' rest | k n' gap' rest].
  all: try (destruct inside'; lia).
  all: try (destruct inside; lia).
  all: try (destruct gap' as ([] & [] & _); lia).
  all: try (destruct gap as ([] & [] & _); lia).
  all: try contradiction.
  all: try (destruct gap as (_ & _ & nonzero & _); contradiction).
  all: try (destruct gap' as (_ & _ & nonzero' & _); contradiction).
  all: try reflexivity.
  all: try f_equal; apply IH; assumption.
Qed.

(** ** The count over runs exists: every run has an end *)

Lemma aligned_nonzero_next j : aligned_gap D j -> ~ zero T (kink D (S j)).
Proof.
  intros (_ & _ & nonzero & multiple) vanish. apply nonzero.
  destruct (positive_multiple_sym T _ _ multiple) as (c & _ & same).
  intros t below. rewrite (same t below). unfold scale. rewrite (vanish t below). ring.
Qed.

Lemma run_from room : forall j, (size D <= j + room)%nat -> interior D j -> ~ zero T (kink D j) ->
  exists m, (1 <= m)%nat /\ row j m /\ ~ aligned_gap D (j + pred m).
Proof.
  induction room as [| room IH]; intros j bound inside nonzero; [destruct inside; lia |].
  destruct (aligned_gap_or_not D j) as [gap | not_aligned].
  - destruct (IH (S j)) as (m & some & [points gaps] & ends);
      [lia | apply gap | apply aligned_nonzero_next; assumption |].
    exists (S m). split; [lia | split; [split |]].
    + intros [| i] below; [rewrite Nat.add_0_r; auto |]. rewrite Nat.add_succ_r. apply (points i). lia.
    + intros [| i] below; [rewrite Nat.add_0_r; assumption |]. rewrite Nat.add_succ_r. apply (gaps i). lia.
    + replace (j + pred (S m))%nat with (S j + pred m)%nat by lia. assumption.
  - exists 1%nat. simpl. rewrite Nat.add_0_r. split; [lia | split; [split |]]; try assumption.
    + intros i below. replace i with 0%nat by lia. rewrite Nat.add_0_r. auto.
    + intros i below. lia.
Qed.

Lemma over_runs_exists room : forall j, (1 <= j)%nat -> (size D <= j + S room)%nat -> exists n, over_runs D j n.
Proof.
  induction room as [room IH] using lt_wf_ind. intros j first bound.
  destruct (Nat.le_gt_cases (size D) (S j)) as [last | inner]; [exists 0%nat; constructor; assumption |].
  assert (inside : interior D j) by (split; assumption).
  destruct (zero_or_not D (kink D j)) as [vanish | nonzero].
  - destruct (IH (pred room) ltac:(lia) (S j) ltac:(lia) ltac:(lia)) as (n & rest).
    exists n. apply between_runs; assumption.
  - destruct (run_from (size D) j ltac:(lia) inside nonzero) as (m & some & [points gaps] & ends).
    destruct (IH (room - m)%nat ltac:(lia) (j + m)%nat ltac:(lia) ltac:(lia)) as (n & rest).
    exists ((m + 1) / 2 + n)%nat. apply one_run; assumption.
Qed.

Lemma fewest_iff_over_runs n : fewest D 1 n <-> over_runs D 1 n.
Proof.
  split; [| apply over_runs_is_fewest]. intros counted.
  destruct (over_runs_exists (size D) 1 ltac:(lia) ltac:(lia)) as (n' & over).
  rewrite (fewest_one_value 1 n counted n' (over_runs_is_fewest 1 n' over)). assumption.
Qed.

End Runs.
