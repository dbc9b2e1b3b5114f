(** Other norms across the tasks, and zero kinks. The identity of the hats gives A for every norm; B fails on two small
    datasets, whose other optima are written down. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsBounds StatementsNorms Sums Ramps ConnectTheDots Optimum Agreement
  Decision Steepness Generalisation.
Open Scope R_scope.

(** ** A for every norm *)

Section AnyNorm.
Variable nu : nat -> vector -> R.
Hypothesis nu_norm : forall T, is_norm T (nu T).

Lemma nu_zero T v : zero T v -> nu T v = 0.
Proof.
  intros vanish. destruct (nu_norm T) as (extensional & _ & scaled).
  rewrite (extensional v (scale 0 v)) by (intros t below; rewrite (vanish t below); unfold scale; ring).
  rewrite scaled, Rabs_R0. ring.
Qed.

Lemma nu_nonneg T v : 0 <= nu T v.
Proof.
  destruct (nu_norm T) as (extensional & triangle & scaled).
  pose proof (triangle v (scale (-1) v)) as both. rewrite scaled, Rabs_left in both by lra.
  rewrite (nu_zero T (fun t => v t + scale (-1) v t)) in both by (intros t _; unfold scale; ring). lra.
Qed.

Lemma nu_sum T n (c : nat -> R) (v : nat -> vector) : (forall k, (k < n)%nat -> 0 <= c k) ->
  nu T (fun t => sum n (fun k => c k * v k t)) <= sum n (fun k => c k * nu T (v k)).
Proof.
  intros nonneg. destruct (nu_norm T) as (extensional & triangle & scaled).
  induction n as [| n IH]; simpl.
  - rewrite nu_zero by (intros t _; reflexivity). lra.
  - eapply Rle_trans; [apply (triangle (fun t => sum n (fun k => c k * v k t)) (scale (c n) (v n))) |].
    rewrite scaled, Rabs_right by (apply Rle_ge, nonneg; lia).
    apply Rplus_le_compat_r, IH. intros k below. apply nonneg. lia.
Qed.

Section OneDataset.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

Lemma nu_of_neuron f k : nu T (output_weight f k) * Rabs (input_weight f k) = nu T (neuron_kink f k).
Proof. destruct (nu_norm T) as (_ & _ & scaled). unfold neuron_kink. rewrite scaled, Rabs_Rabsolu. ring. Qed.

Lemma nu_lower_bound f : interpolates D f ->
  sum (size D - 2) (fun i => nu T (kink D (S i))) <= path_cost_in nu T f.
Proof.
  intros through. unfold path_cost_in.
  apply Rle_trans with (sum (size D - 2) (fun i => sum (width f) (fun k => hat D (S i) (knot f k)
    * nu T (neuron_kink f k)))).
  - apply sum_le. intros i below. assert (inside : interior D (S i)) by (split; lia).
    destruct (nu_norm T) as (extensional & _). rewrite (extensional _ _ (kink_of_data D D_valid f (S i)
      through inside)).
    apply nu_sum. intros k _. apply hat_nonneg; assumption.
  - rewrite sum_swap. apply sum_le. intros k _. rewrite nu_of_neuron.
    rewrite (sum_ext _ _ (fun i => nu T (neuron_kink f k) * hat D (S i) (knot f k))) by (intros; ring).
    rewrite sum_factor. fold (hats D (knot f k)). rewrite <- (Rmult_1_r (nu T (neuron_kink f k))) at 2.
    apply Rmult_le_compat_l; [apply nu_nonneg | apply hats_le_1; assumption].
Qed.

Lemma nu_of_dots : path_cost_in nu T (connect_the_dots D) = sum (size D - 2) (fun i => nu T (kink D (S i))).
Proof. unfold path_cost_in; simpl. apply sum_ext. intros k _. rewrite Rabs_R1. ring. Qed.

Lemma nu_optimal_iff f : optimal (path_cost_in nu) D f <->
  interpolates D f /\ path_cost_in nu T f = sum (size D - 2) (fun i => nu T (kink D (S i))).
Proof.
  split; intros [through cheap]; split; try assumption.
  - pose proof (cheap _ (connect_the_dots_interpolates D D_valid)) as at_most. fold T in at_most.
    rewrite nu_of_dots in at_most. pose proof (nu_lower_bound f through). lra.
  - intros g through_g. fold T. pose proof (nu_lower_bound g through_g). lra.
Qed.

Lemma dots_optimal : optimal (path_cost_in nu) D (connect_the_dots D).
Proof. apply nu_optimal_iff. split; [apply connect_the_dots_interpolates; assumption | apply nu_of_dots]. Qed.

End OneDataset.

End AnyNorm.

Lemma dots_for_any_norm : any_norm_statement.
Proof. intros nu nu_norm D D_valid. split; [apply dots_optimal; assumption | apply nu_of_dots]. Qed.

(** ** l1 and l-infinity are norms *)

Lemma l1_is_norm T : is_norm T (l1 T).
Proof.
  split; [| split].
  - intros u v same. apply sum_ext. intros t below. rewrite (same t below). reflexivity.
  - intros u v. unfold l1. rewrite <- sum_add. apply sum_le. intros t _. apply Rabs_triang.
  - intros c v. unfold l1, scale. rewrite <- sum_factor. apply sum_ext. intros t _. apply Rabs_mult.
Qed.

Lemma linf_is_norm T : is_norm T (linf T).
Proof.
  split; [| split].
  - intros u v. induction T as [| T IH]; intros same; simpl; [reflexivity |].
    rewrite IH by (intros t below; apply same; lia). rewrite (same T) by lia. reflexivity.
  - intros u v. induction T as [| T IH]; simpl; [lra |]. apply Rmax_lub.
    + eapply Rle_trans; [exact IH |]. apply Rplus_le_compat; apply Rmax_l.
    + eapply Rle_trans; [apply Rabs_triang |]. apply Rplus_le_compat; apply Rmax_r.
  - intros c v. induction T as [| T IH]; simpl; [ring |].
    unfold scale at 2. rewrite IH, Rabs_mult, RmaxRmult by apply Rabs_pos. reflexivity.
Qed.

(** ** l1: every task for itself *)

Section TaskByTask.
Variable D : dataset.
Hypothesis D_valid : valid D.

Lemma one_output_value f t x s : value (one_output f t) x s = value f x t.
Proof. reflexivity. Qed.

Lemma one_task_kink t j s : kink (one_task_of D t) j s = kink D j t.
Proof. reflexivity. Qed.

Lemma l1_cost T f : path_cost_in l1 T f = sum T (fun t => path_cost 1 (one_output f t)).
Proof.
  unfold path_cost_in, path_cost, l1, one_output. cbn [width input_weight output_weight].
  rewrite (sum_ext _ _ (fun k => sum T (fun t => Rabs (output_weight f k t) * Rabs (input_weight f k)))).
  - rewrite sum_swap. apply sum_ext. intros t _. apply sum_ext. intros k _.
    rewrite (norm_one (one_task_of D t) eq_refl). reflexivity.
  - intros k _. rewrite Rmult_comm, <- sum_factor. apply sum_ext. intros t _. ring.
Qed.

Lemma l1_kinks : sum (size D - 2) (fun i => l1 (tasks D) (kink D (S i)))
  = sum (tasks D) (fun t => total_kink (one_task_of D t)).
Proof.
  unfold l1, total_kink. rewrite sum_swap. apply sum_ext. intros t _. apply sum_ext. intros i _.
  rewrite (norm_one (one_task_of D t) eq_refl). reflexivity.
Qed.

Lemma l1_task_by_task f : optimal (path_cost_in l1) D f <->
  forall t, (t < tasks D)%nat -> optimal path_cost (one_task_of D t) (one_output f t).
Proof.
  rewrite (nu_optimal_iff l1 l1_is_norm D D_valid f), l1_cost, l1_kinks. split.
  - intros [through cheap] t below.
    assert (each : forall s, (s < tasks D)%nat -> interpolates (one_task_of D s) (one_output f s)).
    { intros s below_s i bound l _. apply (through i bound s below_s). }
    assert (at_least : forall s, (s < tasks D)%nat ->
      0 <= path_cost 1 (one_output f s) - total_kink (one_task_of D s)).
    { intros s below_s. pose proof (lower_bound (one_task_of D s) D_valid _ (each s below_s)) as bound.
      simpl tasks in bound. lra. }
    apply (optimal_iff_cost (one_task_of D t) D_valid). split; [apply each; assumption |]. simpl tasks.
    assert (none : path_cost 1 (one_output f t) - total_kink (one_task_of D t) = 0); [| lra].
    apply (sum_zero_terms (tasks D) (fun s => path_cost 1 (one_output f s) - total_kink (one_task_of D s)));
      [assumption | rewrite sum_minus; lra | assumption].
  - intros all. split.
    + intros i bound t below. destruct (all t below) as [through _]. apply (through i bound 0%nat). simpl. lia.
    + apply sum_ext. intros t below. pose proof (all t below) as best.
      apply (optimal_iff_cost (one_task_of D t) D_valid) in best. apply best.
Qed.

End TaskByTask.

(** ** The two datasets *)

Definition pair (p q : R) : vector := fun t => match t with O => p | S O => q | _ => 0 end.

(** Four points 0, 1, 2, 3 with labels 0, 0, b, c. *)
Definition four (b c : vector) : dataset := {|
  tasks := 2; size := 4; point := fun i => INR i;
  label := fun i => match i with 2 => b | 3 => c | _ => pair 0 0 end%nat
|}.

Lemma four_valid b c : valid (four b c).
Proof. split; [simpl; lia |]. intros i _. apply lt_INR. lia. Qed.

Lemma four_kinks b c t : kink (four b c) 1 t = b t /\ kink (four b c) 2 t = c t - 2 * b t.
Proof.
  unfold kink, slope, four. simpl. unfold pair. split; destruct t as [| [| t]]; field.
Qed.

Lemma four_unique b c : ~ aligned 2 b (fun t => c t - 2 * b t) -> unique path_cost (four b c).
Proof.
  intros apart. apply (unique_iff_for_cost _ _ path_cost_same_optima (four b c) (four_valid b c)).
  intros j (inside & inside_next & nonzero & e & positive & multiple).
  assert (one : j = 1%nat) by (destruct inside, inside_next; simpl in *; lia). subst j. apply apart.
  split.
  - intros vanish. apply nonzero. intros t below. rewrite (proj1 (four_kinks b c t)). apply vanish. assumption.
  - exists e. split; [assumption |]. intros t below. pose proof (multiple t below) as same. unfold scale in *.
    rewrite (proj1 (four_kinks b c t)), (proj2 (four_kinks b c t)) in same. assumption.
Qed.

(** Kinks (0, -1) and (1, -1): the second task merges its two kinks. *)
Definition l1_data : dataset := four (pair 0 (-1)) (pair 1 (-3)).
Definition l1_network : network := {|
  width := 2; input_weight := fun _ => 1;
  bias := fun k => match k with O => - (3 / 2) | _ => -2 end;
  output_weight := fun k => match k with O => pair 0 (-2) | _ => pair 1 0 end;
  linear := fun _ => 0; constant := fun _ => 0
|}.

(** Kinks (0, -2) and (1, 0). *)
Definition linf_data : dataset := four (pair 0 (-2)) (pair 1 (-4)).
Definition linf_network : network := {|
  width := 3; input_weight := fun _ => 1;
  bias := fun k => match k with O => -1 | S O => - (3 / 2) | _ => -2 end;
  output_weight := fun k => match k with O => pair (- (1 / 2)) (- (3 / 2)) | S O => pair 1 (-1) | _ => pair (1 / 2)
    (1 / 2) end;
  linear := fun _ => 0; constant := fun _ => 0
|}.

Lemma not_aligned_by_products u v : dot 2 u v * dot 2 u v <> dot 2 u u * dot 2 v v -> ~ aligned 2 u v.
Proof. intros different gap. apply aligned_iff_products in gap. destruct gap. contradiction. Qed.

Ltac absolute := repeat match goal with
  | |- context [Rabs ?x] => first [rewrite (Rabs_right x) by lra | rewrite (Rabs_left1 x) by lra]
  end.
Ltac maximum := repeat match goal with
  | |- context [Rmax ?x ?y] => first [rewrite (Rmax_left x y) by lra | rewrite (Rmax_right x y) by lra]
  end.
Ltac each_below :=
  repeat match goal with
  | below : (_ < 0)%nat |- _ => apply Nat.nlt_0_r in below; contradiction
  | below : (?i < _)%nat |- _ => is_var i; destruct i as [| i]; [clear below | apply Nat.succ_lt_mono in below]
  end.

Lemma l1_fails : fails_for l1.
Proof.
  exists l1_data, l1_network, (3 / 2). pose proof (four_valid (pair 0 (-1)) (pair 1 (-3))) as D_valid.
  fold l1_data in D_valid.
  split; [assumption | split; [| split; [apply (dots_optimal l1 l1_is_norm); assumption | split]]].
  - apply four_unique, not_aligned_by_products. unfold dot, pair. simpl. lra.
  - apply (nu_optimal_iff l1 l1_is_norm); [assumption |]. split.
    + intros i bound t below. simpl in bound, below. unfold value, l1_network, l1_data, four, pair. simpl.
      each_below; simpl; relu_cases; lra.
    + unfold path_cost_in, l1. simpl size. simpl tasks. cbn [sum Nat.sub width output_weight input_weight l1_network].
      unfold l1_data. rewrite !(proj1 (four_kinks _ _ _)), !(proj2 (four_kinks _ _ _)). unfold pair. absolute. lra.
  - exists 1%nat. split; [simpl; lia |]. rewrite (connect_the_dots_on_piece _ D_valid 1).
    + unfold value, l1_network, slope, l1_data, four, pair. simpl. relu_cases; lra.
    + unfold on_piece, l1_data, four. simpl. repeat split; [lia | right; lra | right; lra].
Qed.

Lemma linf_fails : fails_for linf.
Proof.
  exists linf_data, linf_network, (3 / 2).
  pose proof (four_valid (pair 0 (-2)) (pair 1 (-4))) as D_valid. fold linf_data in D_valid.
  split; [assumption | split; [| split; [apply (dots_optimal linf linf_is_norm); assumption | split]]].
  - apply four_unique, not_aligned_by_products. unfold dot, pair. simpl. lra.
  - apply (nu_optimal_iff linf linf_is_norm); [assumption |]. split.
    + intros i bound t below. simpl in bound, below. unfold value, linf_network, linf_data, four, pair. simpl.
      each_below; simpl; relu_cases; lra.
    + unfold path_cost_in. simpl size. simpl tasks. cbn [sum Nat.sub width output_weight input_weight linf_network
        linf].
      unfold linf_data. rewrite !(proj1 (four_kinks _ _ _)), !(proj2 (four_kinks _ _ _)). unfold pair. absolute.
      maximum. lra.
  - exists 1%nat. split; [simpl; lia |]. rewrite (connect_the_dots_on_piece _ D_valid 1).
    + unfold value, linf_network, slope, linf_data, four, pair. simpl. relu_cases; lra.
    + unfold on_piece, linf_data, four. simpl. repeat split; [lia | right; lra | right; lra].
Qed.

Lemma zero_kinks_for_cost cost adjust : same_optima cost adjust -> zero_kinks_statement cost.
Proof.
  intros same. set (D := four (pair 0 0) (pair 0 0)). pose proof (four_valid (pair 0 0) (pair 0 0)) as D_valid.
  fold D in D_valid.
  assert (flat : forall j, interior D j -> zero (tasks D) (kink D j)).
  { intros j inside t below. destruct inside as [first last]. simpl in last. unfold D.
    assert (two : j = 1%nat \/ j = 2%nat) by lia. destruct two; subst j.
    - rewrite (proj1 (four_kinks _ _ t)). unfold pair. destruct t as [| [| t]]; reflexivity.
    - rewrite (proj2 (four_kinks _ _ t)). unfold pair. destruct t as [| [| t]]; ring. }
  assert (inside : interior D 1 /\ interior D 2) by (unfold interior, D; simpl; lia). destruct inside as [one two].
  exists D, 1%nat. split; [assumption | split; [assumption | split; [assumption |]]].
  split; [apply flat; assumption | split; [apply flat; assumption |]].
  apply (unique_iff_for_cost cost adjust same D D_valid). intros j (inside & _ & nonzero & _).
  apply nonzero, flat. assumption.
Qed.
