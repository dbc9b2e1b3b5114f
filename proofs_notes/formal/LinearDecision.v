(** The program of Program.v is the decision procedure of Statements.v: what it collects on its walk over the cleared
    rows is [decide] and [decide_fewest] of the data. *)

From Coq Require Import Reals Lra Lia Arith ZArith NArith QArith Qreals List Bool.
From ReluProof Require Import Program Statements StatementsProgram Sums Decision Directions Clearing Walk.
Import ListNotations.
Open Scope R_scope.

(** ** The input is a dataset iff it is found to be one *)

Lemma same_length_correct u : forall v, same_length u v = true <-> length u = length v.
Proof.
  induction u as [| p u IH]; intros [| q v]; simpl; try (split; (reflexivity || discriminate)).
  rewrite IH. lia.
Qed.

Lemma in_order_correct rest : forall previous, in_order previous rest = true <->
  forall i, (S i < length (previous :: rest))%nat ->
    Q2R (fst (row_at (previous :: rest) i)) < Q2R (fst (row_at (previous :: rest) (S i))) /\
    length (snd (row_at (previous :: rest) i)) = length (snd (row_at (previous :: rest) (S i))).
Proof.
  induction rest as [| next rest IH]; intros previous.
  - split; [intros _ i below; simpl in below; lia | reflexivity].
  - cbn [in_order]. rewrite !andb_true_iff, less_correct, same_length_correct, IH. split.
    + intros [first others] [| i] below; [exact first |].
      apply (others i). simpl in *. lia.
    + intros all. split; [apply (all 0%nat); simpl; lia |].
      intros i below. apply (all (S i)). simpl in *. lia.
Qed.

Lemma rectangular_correct rows : rectangular rows = true <->
  forall i, (i < length rows)%nat -> length (snd (row_at rows i)) = rational_tasks rows.
Proof.
  unfold rectangular. rewrite forallb_forall. split.
  - intros all i below. apply Nat.eqb_eq, all, nth_In. assumption.
  - intros all r member. destruct (In_nth _ _ (0%Q, []) member) as (i & below & <-).
    apply Nat.eqb_eq, all. assumption.
Qed.

Lemma is_dataset_correct rows : is_dataset rows = true <-> valid (real_dataset rows) /\ rectangular rows = true.
Proof.
  rewrite rectangular_correct. unfold valid. destruct rows as [| first [| second rest]].
  - split; [discriminate | intros [[many _] _]; simpl in many; lia].
  - split; [discriminate | intros [[many _] _]; simpl in many; lia].
  - unfold is_dataset. rewrite in_order_correct. set (rows := first :: second :: rest). split.
    + intros all. split; [split; [simpl; lia | intros i below; apply all; exact below] |].
      intros i. induction i as [| i IH]; intros below; [reflexivity |].
      rewrite <- IH by (exact (Nat.lt_succ_l _ _ below)). symmetry. apply all. exact below.
    + intros [[_ increasing] shape] i below. split; [apply increasing; exact below |].
      transitivity (rational_tasks rows); [| symmetry]; apply shape; [exact (Nat.lt_succ_l _ _ below) | exact below].
Qed.

Lemma is_dataset_well_formed rows : is_dataset rows = well_formed rows.
Proof. apply eq_true_iff_eq. rewrite is_dataset_correct, well_formed_correct. reflexivity. Qed.

(** ** What the walk sees *)

(** [gap_test], asked only between interior points. *)
Definition tried (d : rational_dataset) (i : nat) : bool := (1 <=? i)%nat && gap_test d i.

Section Seen.
Variable d : rational_dataset.
Let D := real_dataset d.
Hypothesis D_valid : valid D.
Hypothesis shape : forall i, (i < length d)%nat -> length (snd (row_at d i)) = tasks D.

Lemma points_seen_cleared :
  points_seen (cleared d) = map (fun j => (zero_test d j, tried d (pred j))) (seq 1 (length d - 2)).
Proof.
  pose proof (proj1 D_valid) as many. simpl size in many.
  destruct (cleared_scales d) as (points & labels & ->). set (d' := map (scaled_row points labels) d).
  assert (same_size : length d' = length d) by apply map_length.
  assert (same_tasks : tasks (real_dataset d') = tasks D) by (apply scaled_tasks; lia).
  assert (d'_valid : valid (real_dataset d')) by (apply scaled_valid; assumption).
  assert (d'_shape : forall i, (i < length d')%nat -> length (snd (row_at d' i)) = tasks (real_dataset d')).
  { intros i below. rewrite same_tasks, <- (shape i) by lia. unfold row_at, d'. rewrite row_of_scaled by lia.
    apply scaled_labels_length. }
  assert (inside : forall j, interior (real_dataset d') j <-> interior D j)
    by (intros j; unfold interior; simpl size; rewrite same_size; reflexivity).
  set (c := fun t => factor (nth t labels None) / factor points).
  assert (positive : forall t, 0 < c t) by (intros t; apply Rdiv_lt_0_compat; apply factor_positive).
  assert (kinks : forall j, interior D j -> equal (tasks D) (kink (real_dataset d') j) (fun t => c t * kink D j t))
    by (intros j interior_j t _; apply scaled_kink; assumption).
  rewrite points_seen_correct by lia. rewrite same_size. apply map_ext_in. intros j member. apply in_seq in member.
  assert (here : interior D j) by (split; simpl size; lia). unfold seen_at, kink_before, tried. f_equal.
  - apply eq_true_iff_eq. rewrite all_vanish_at, zero_test_correct by (assumption || apply inside, here).
    rewrite same_tasks. fold D. unfold zero. split; intros all t below.
    + specialize (all t below). rewrite (kinks j here t below) in all. specialize (positive t).
      apply Rmult_integral in all. destruct all; lra.
    + rewrite (kinks j here t below), (all t below). ring.
  - destruct (Nat.leb_spec j 1) as [first | later].
    + replace (pred j) with 0%nat by lia. reflexivity.
    + destruct (Nat.leb_spec 1 (pred j)) as [_ |]; [| lia]. simpl andb.
      assert (before : interior D (pred j)) by (split; simpl size; lia).
      apply eq_true_iff_eq. rewrite (gap_test_correct d D_valid) by (replace (S (pred j)) with j by lia; assumption).
      pose proof (one_direction_at d' d'_valid d'_shape (pred j)) as direction.
      unfold aligned_gap. fold D. replace (S (pred j)) with j in * by lia.
      rewrite direction by (apply inside; assumption). rewrite same_tasks.
      rewrite <- (aligned_coordinates (tasks D) (kink D (pred j)) (kink D j) _ _ c) by auto. tauto.
Qed.

(** An aligned gap ends at a kink that is not zero. *)
Lemma tried_not_zero j : interior D j -> tried d (pred j) = true -> zero_test d j = false.
Proof.
  intros inside found. apply not_true_iff_false. intros vanish. apply zero_test_correct in vanish; [| assumption ..].
  unfold tried in found. apply andb_true_iff in found. destruct found as [first found].
  apply Nat.leb_le in first. destruct inside as [_ last].
  assert (inside : interior D (pred j)) by (split; lia). assert (inside_next : interior D (S (pred j))) by (split; lia).
  apply gap_test_correct in found; [| assumption ..]. destruct found as (_ & _ & nonzero & c & positive & multiple).
  apply nonzero. intros t below. specialize (multiple t below). replace (S (pred j)) with j in multiple by lia.
  rewrite (vanish t below) in multiple. unfold scale in multiple. symmetry in multiple.
  apply Rmult_integral in multiple. destruct multiple; [lra | assumption].
Qed.

(** ** What is collected *)

Definition seen_from (j room : nat) : list seen :=
  map (fun j => (zero_test d j, tried d (pred j))) (seq j room).

Definition still_needed (open : bool) (j room : nat) : nat :=
  if open && tried d (pred j) then count_fewest d (pred room) (S j) else count_fewest d room j.

Lemma count_fewest_step j further : zero_test d j = false -> (1 <= j)%nat ->
  count_fewest d (S further) j = S (still_needed true (S j) further).
Proof.
  intros nonzero first. simpl. rewrite nonzero. unfold still_needed, tried. simpl pred.
  destruct (Nat.leb_spec 1 j); [| lia]. simpl. destruct further as [| beyond]; [destruct (gap_test d j); reflexivity |].
  reflexivity.
Qed.

Lemma collect_correct room : forall j open gaps zeros n, (1 <= j)%nat -> (j + room < length d)%nat ->
  collect (N.of_nat (pred j)) open (seen_from j room) gaps zeros n =
  Answer (rev gaps ++ map N.of_nat (filter (tried d) (seq (pred j) room)))
    (rev zeros ++ map N.of_nat (filter (zero_test d) (seq j room)))
    (n + N.of_nat (still_needed open j room)).
Proof.
  induction room as [| further IH]; intros j open gaps zeros n first bound.
  - unfold still_needed. simpl. rewrite !rev_append_rev.
    replace (if open && tried d (pred j) then 0%nat else 0%nat) with 0%nat by (destruct (open && _); reflexivity).
    rewrite N.add_0_r. reflexivity.
  - unfold seen_from. cbn [seq map collect]. fold (seen_from (S j) further).
    replace (N.succ (N.of_nat (pred j))) with (N.of_nat (pred (S j))) by (simpl pred; lia).
    replace (seq (S (pred j)) further) with (seq (pred (S j)) further) by (f_equal; lia).
    assert (inside : interior D j) by (split; simpl size; lia). pose proof (tried_not_zero j inside) as not_zero.
    cbn [filter]. rewrite !IH by lia. clear IH.
    destruct (zero_test d j) eqn:vanish; [destruct (tried d (pred j)) eqn:gap; [discriminate (not_zero eq_refl) |] |].
    + f_equal.
      * simpl rev. rewrite <- app_assoc. reflexivity.
      * unfold still_needed. rewrite gap, andb_false_r. simpl. rewrite vanish. reflexivity.
    + destruct (open && tried d (pred j)) eqn:shared.
      * apply andb_true_iff in shared as [-> found]. unfold still_needed. rewrite found.
        f_equal. simpl rev. rewrite <- app_assoc. reflexivity.
      * assert (needed : still_needed open j (S further) = S (still_needed true (S j) further))
          by (unfold still_needed at 1; rewrite shared; apply count_fewest_step; assumption).
        rewrite needed, Nat2N.inj_succ. f_equal; [| lia].
        destruct (tried d (pred j)); [simpl rev; rewrite <- app_assoc |]; reflexivity.
Qed.

Lemma tried_gaps : filter (tried d) (seq 0 (length d - 2)) = filter (gap_test d) (seq 1 (length d - 3)).
Proof.
  replace (length d - 3)%nat with (pred (length d - 2)) by lia. destruct (length d - 2)%nat as [| n]; [reflexivity |].
  simpl. apply filter_ext_in. intros i member. apply in_seq in member. unfold tried.
  destruct (Nat.leb_spec 1 i); [reflexivity | lia].
Qed.

End Seen.

(** ** The program *)

Lemma program_correct : program_statement.
Proof.
  intros d. unfold linear_decide, decide, decide_fewest. rewrite is_dataset_well_formed.
  destruct (well_formed d) eqn:form; [| reflexivity].
  apply well_formed_correct in form. destruct form as [D_valid shape]. rewrite rectangular_correct in shape.
  pose proof (proj1 D_valid) as many. simpl in many.
  assert (bound : (1 + (length d - 2) < length d)%nat) by lia.
  pose proof (collect_correct d D_valid (length d - 2) 1 false [] [] 0 (le_n 1) bound) as collected.
  change (N.of_nat (pred 1)) with 0%N in collected. rewrite points_seen_cleared by assumption.
  fold (seen_from d 1 (length d - 2)). rewrite collected. simpl pred. rewrite tried_gaps. reflexivity.
Qed.

Lemma in_numbers j found : In (N.of_nat j) (map N.of_nat found) <-> In j found.
Proof.
  rewrite in_map_iff. split; [| intros member; exists j; auto].
  intros (i & same_number & member). apply Nat2N.inj in same_number. subst. assumption.
Qed.

Lemma program_answers_for_cost cost : decision_statement cost -> program_answers_statement cost.
Proof.
  intros decided d. cbv zeta. rewrite program_correct.
  pose proof (decided d) as gaps_right. pose proof (count_correct d) as count_right. unfold decide, decide_fewest in *.
  destruct (well_formed d); [| assumption]. destruct gaps_right as (D_valid & all & _ & only).
  destruct count_right as [_ counted]. simpl. split; [assumption | split; [| split; [| split]]].
  - intros j. rewrite in_numbers. apply all.
  - intros j. rewrite in_numbers, filter_In, in_seq. split.
    + intros [bound vanish]. assert (inside : interior (real_dataset d) j) by (split; simpl; lia).
      split; [assumption | apply zero_test_correct; assumption].
    + intros [inside vanish]. split; [destruct inside as [first last]; simpl in last; lia |].
      apply zero_test_correct; assumption.
  - rewrite <- only. destruct (filter (gap_test d) (seq 1 (length d - 3))); simpl; split; congruence.
  - rewrite Nat2N.id. assumption.
Qed.
