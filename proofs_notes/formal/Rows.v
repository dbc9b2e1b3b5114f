(** Runs: every nonzero kink and every aligned gap belongs to one, and all kinks of a run point the same way. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsOptima Sums Ramps ConnectTheDots Optimum Sparsest Runs.
Open Scope R_scope.

Section Rows.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

Lemma run_kinks j m i : run D j m -> (i < m)%nat -> positive_multiple T (kink D j) (kink D (j + i)).
Proof.
  intros (_ & _ & gaps & _) below. induction i as [| i IH].
  - rewrite Nat.add_0_r. exists 1. split; [lra |]. intros t _. unfold scale. ring.
  - apply positive_multiple_trans with (kink D (j + i)); [apply IH; lia |].
    replace (j + S i)%nat with (S (j + i)) by lia. apply gaps. assumption.
Qed.

Lemma run_inside j m i : run D j m -> (i < m)%nat -> interior D (j + i).
Proof. intros (_ & points & _) below. apply points. assumption. Qed.

Lemma run_first j m : run D j m -> interior D j.
Proof. intros in_run. rewrite <- (Nat.add_0_r j). apply (run_inside j m); [assumption |]. destruct in_run. lia. Qed.

Lemma run_last j m : run D j m -> interior D (j + pred m).
Proof. intros in_run. apply (run_inside j m); [assumption |]. destruct in_run. lia. Qed.

Lemma run_start j m : run D j m -> ~ zero T (kink D j).
Proof.
  intros (some & points & _). destruct (points 0%nat ltac:(lia)) as [_ nonzero]. rewrite Nat.add_0_r in nonzero.
  assumption.
Qed.

(** A run that starts at j can be found if the gap before j is not aligned. *)
Lemma run_starting j : interior D j -> ~ zero T (kink D j) -> ~ aligned_gap D (pred j) -> exists m, run D j m.
Proof.
  intros inside nonzero not_before.
  destruct (run_from D (size D) j ltac:(lia) inside nonzero) as (m & some & [points gaps] & ends).
  exists m. split; [assumption | split; [exact points | split; [exact gaps | auto]]].
Qed.

(** Every interior point with nonzero kink belongs to a run. *)
Lemma point_in_run i : interior D i -> ~ zero T (kink D i) ->
  exists j m, run D j m /\ (j <= i)%nat /\ (i < j + m)%nat.
Proof.
  induction i as [| i IH]; intros inside nonzero; [destruct inside; lia |].
  destruct (aligned_gap_or_not D i) as [gap | not_before].
  - destruct IH as (j & m & in_run & first & last); [apply gap | apply gap |].
    exists j, m. split; [assumption |]. split; [lia |].
    destruct (Nat.eq_dec (S i) (j + m)) as [past |]; [| lia].
    destruct in_run as (some & _ & _ & _ & ends). exfalso. apply ends.
    replace (j + pred m)%nat with i by lia. assumption.
  - destruct (run_starting (S i) inside nonzero not_before) as (m & in_run).
    exists (S i), m. split; [assumption |]. destruct in_run. lia.
Qed.

Lemma gap_in_run i : aligned_gap D i -> exists j m, run D j m /\ (j <= i)%nat /\ (S i < j + m)%nat.
Proof.
  intros gap. destruct (point_in_run i) as (j & m & in_run & first & last); [apply gap | apply gap |].
  exists j, m. split; [assumption |]. split; [assumption |].
  destruct (Nat.eq_dec (S i) (j + m)) as [past |]; [| lia].
  destruct in_run as (some & _ & _ & _ & ends). exfalso. apply ends.
  replace (j + pred m)%nat with i by lia. assumption.
Qed.

Lemma gap_of_run j m i : run D j m -> (j <= i)%nat -> (S i < j + m)%nat -> aligned_gap D i.
Proof.
  intros (_ & _ & gaps & _) first last. replace i with (j + (i - j))%nat by lia. apply gaps. lia.
Qed.

(** What is strictly inside a gap that is not aligned is inside no run. *)
Lemma not_inside_a_run i x : (i = 0%nat \/ point D i <= x) -> (S (S i) = size D \/ x <= point D (S i)) ->
  (S i < size D)%nat -> ~ aligned_gap D i -> ~ inside_a_run D x.
Proof.
  intros left_end right_end bound not_aligned (j & m & in_run & low & high).
  pose proof (run_first j m in_run) as [first _]. pose proof (run_last j m in_run) as [_ last].
  pose proof in_run as (some & _).
  apply not_aligned. apply (gap_of_run j m i in_run).
  - destruct right_end as [end_of_data | before]; [lia |].
    assert (point D j < point D (S i)) as later by lra. apply points_numbered in later; [lia | assumption | lia].
  - destruct left_end as [start | after].
    + lia.
    + assert (point D i < point D (j + pred m)) as earlier by lra.
      apply points_numbered in earlier; [lia | assumption | lia].
Qed.

End Rows.
