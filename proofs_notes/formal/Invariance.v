(** What does not change. Kinks are linear in the labels and 0 on lines, so a map of the labels acts on kinks by its
    linear part; a map of the points divides all kinks by one number and may reverse their order. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsOptima StatementsChanges Sums Ramps ConnectTheDots Optimum Uniqueness
  Agreement Sparsest Runs Merging OddRuns Rarity.
Open Scope R_scope.

(** ** Data of one size whose kinks vanish together and are aligned together *)

Section SameStructure.
Variables D E : dataset.
Hypothesis same_size : size E = size D.
Hypothesis same_zeros : forall j, interior D j -> zero (tasks E) (kink E j) <-> zero (tasks D) (kink D j).
Hypothesis same_gaps : forall j, aligned_gap E j <-> aligned_gap D j.

Lemma same_interior j : interior E j <-> interior D j.
Proof. unfold interior. rewrite same_size. reflexivity. Qed.

Lemma fewest_carries j n : fewest D j n -> fewest E j n.
Proof.
  induction 1 as [j last | j n inside vanish _ IH | j n inside nonzero not_aligned _ IH | j n gap _ IH].
  - apply no_point_left. rewrite same_size. assumption.
  - apply no_kink; [apply same_interior; assumption | apply same_zeros; assumption | assumption].
  - apply one_for_one; [apply same_interior; assumption | rewrite same_zeros by assumption; assumption |
      rewrite same_gaps; assumption | assumption].
  - apply one_for_two; [apply same_gaps; assumption | assumption].
Qed.

Lemma same_runs j m : run E j m <-> run D j m.
Proof.
  unfold run. setoid_rewrite same_gaps.
  split; intros (some & points & rest); (split; [assumption | split; [| exact rest]]); intros i below;
    destruct (points i below) as [inside nonzero].
  - apply same_interior in inside. rewrite <- same_zeros by assumption. auto.
  - split; [apply same_interior; assumption |]. rewrite same_zeros by assumption. assumption.
Qed.

End SameStructure.

Lemma fewest_same D E : size E = size D ->
  (forall j, interior D j -> zero (tasks E) (kink E j) <-> zero (tasks D) (kink D j)) ->
  (forall j, aligned_gap E j <-> aligned_gap D j) -> forall m, fewest E 1 m <-> fewest D 1 m.
Proof.
  intros same_size same_zeros same_gaps m. split; apply fewest_carries; auto.
  - intros j inside. symmetry. apply same_zeros. unfold interior in *. rewrite same_size in inside. assumption.
  - intros j. symmetry. apply same_gaps.
Qed.

(** ** Other labels *)

Section Relabelled.
Variable D : dataset.
Hypothesis D_valid : valid D.
Variable n : nat.
Variable A : nat -> vector.
Variables B C : vector.
Let T := tasks D.
Let E := relabelled D n A B C.

Lemma relabelled_kink j : interior D j -> equal n (kink E j) (fun t => dot T (A t) (kink D j)).
Proof.
  intros [first last] t _.
  assert (before : point D (pred j) < point D j) by (apply points_increase; assumption || lia).
  assert (after : point D j < point D (S j)) by (apply points_increase; assumption || lia).
  assert (slopes : forall i, (S i < size D)%nat -> point D i < point D (S i) ->
    slope E i t = dot T (A t) (slope D i) + B t).
  { intros i bound order. unfold slope at 1. simpl.
    rewrite (dot_ext T (A t) (slope D i) (A t) (scale (/ (point D (S i) - point D i)) (fun s => label D (S i)
      s - label D i s))).
    - rewrite dot_scale_r, dot_minus_r. fold T. field. lra.
    - intros s _. reflexivity.
    - intros s _. unfold slope, scale. field. lra. }
  unfold kink at 1. rewrite !slopes by (try lia; replace (S (pred j)) with j by lia; assumption).
  unfold kink. rewrite dot_minus_r. ring.
Qed.

Hypothesis A_injective : injective T n A.

Lemma relabelled_zero j : interior D j -> zero n (kink E j) <-> zero T (kink D j).
Proof.
  intros inside. split; intros vanish.
  - apply A_injective. intros t below. rewrite <- (relabelled_kink j inside t below). apply vanish. assumption.
  - intros t below. rewrite (relabelled_kink j inside t below), dot_sym. apply dot_zero_l. assumption.
Qed.

Lemma relabelled_multiple i j c : interior D i -> interior D j ->
  equal n (kink E j) (scale c (kink E i)) <-> equal T (kink D j) (scale c (kink D i)).
Proof.
  intros inside_i inside_j. split; intros multiple.
  - assert (vanish : zero T (fun s => kink D j s - scale c (kink D i) s)).
    { apply A_injective. intros t below. rewrite dot_minus_r, dot_scale_r.
      rewrite <- (relabelled_kink j inside_j t below), <- (relabelled_kink i inside_i t below).
      rewrite (multiple t below). unfold scale. ring. }
    intros t below. pose proof (vanish t below). cbv beta in *. lra.
  - intros t below. unfold scale. rewrite (relabelled_kink j inside_j t below), (relabelled_kink i inside_i t below).
    rewrite <- dot_scale_r. apply dot_ext; [intros s _; reflexivity | assumption].
Qed.

Lemma relabelled_gap j : aligned_gap E j <-> aligned_gap D j.
Proof.
  unfold aligned_gap. change (interior E) with (interior D). change (tasks E) with n. fold T.
  split; intros (inside & inside_next & nonzero & c & positive & multiple);
    (split; [assumption | split; [assumption | split; [| exists c; split; [assumption |]]]]).
  - rewrite <- relabelled_zero by assumption. assumption.
  - apply relabelled_multiple; assumption.
  - rewrite relabelled_zero by assumption. assumption.
  - apply relabelled_multiple; assumption.
Qed.

Lemma relabelled_cost : keeps_lengths T n A -> total_kink E = total_kink D.
Proof.
  intros keeps. unfold total_kink. change (size E) with (size D). apply sum_ext. intros i below.
  change (tasks E) with n. rewrite (norm_ext n _ _ (relabelled_kink (S i) ltac:(split; lia))). apply keeps.
Qed.

End Relabelled.

Lemma relabelling_for_cost cost adjust : same_optima cost adjust -> relabelling_statement cost.
Proof.
  intros same D n A B C D_valid A_injective. cbv zeta. set (E := relabelled D n A B C).
  assert (E_valid : valid E) by exact D_valid.
  pose proof (relabelled_gap D D_valid n A B C A_injective) as gaps. fold E in gaps.
  split; [assumption | split; [assumption | split; [| split; [| split; [| split]]]]].
  - apply same_runs; [reflexivity | | assumption]. intros j inside. apply relabelled_zero; assumption.
  - rewrite (unique_iff_for_cost cost adjust same E E_valid), (unique_iff_for_cost cost adjust same D D_valid).
    setoid_rewrite gaps. reflexivity.
  - apply fewest_same; [reflexivity | | assumption]. intros j inside. apply relabelled_zero; assumption.
  - intros j c inside inside_next. apply relabelled_multiple; assumption.
  - apply relabelled_cost. assumption.
Qed.

(** ** Other points *)

Section MovedPoints.
Variable D : dataset.
Hypothesis D_valid : valid D.
Variables alpha beta : R.
Hypothesis alpha_nonzero : alpha <> 0.
Let T := tasks D.
Let E := moved_points D alpha beta.

(** The number in D of the point i of E, and conversely. *)
Definition from (i : nat) : nat := if Rlt_dec alpha 0 then (size D - 1 - i)%nat else i.

Lemma from_from i : (i < size D)%nat -> (from i < size D)%nat /\ from (from i) = i.
Proof. intros bound. unfold from. destruct (Rlt_dec alpha 0); lia. Qed.

Lemma from_interior j : interior D j -> interior D (from j).
Proof. unfold interior, from. destruct (Rlt_dec alpha 0); lia. Qed.

Lemma moved_valid : valid E.
Proof.
  pose proof D_valid as [many steps]. split; [exact many |]. intros i bound. change (size E) with (size D) in bound.
  simpl. destruct (Rlt_dec alpha 0) as [negative |].
  - assert (point D (size D - 1 - S i) < point D (size D - 1 - i)) by (apply points_increase; assumption || lia). nra.
  - assert (point D i < point D (S i)) by (apply steps; assumption). nra.
Qed.

Lemma stretched_gap p q : alpha * q + beta - (alpha * p + beta) = alpha * (q - p).
Proof. ring. Qed.

Lemma moved_kink j t : interior D j -> kink E j t = / Rabs alpha * kink D (from j) t.
Proof.
  intros [first last]. unfold kink, slope, E, from. simpl. destruct (Rlt_dec alpha 0) as [negative | positive].
  - rewrite Rabs_left by assumption. replace (S (pred j)) with j by lia.
    replace (S (size D - 1 - j)) with (size D - 1 - pred j)%nat by lia.
    replace (pred (size D - 1 - j)) with (size D - 1 - S j)%nat by lia.
    replace (S (size D - 1 - S j)) with (size D - 1 - j)%nat by lia.
    assert (point D (size D - 1 - S j) < point D (size D - 1 - j)) by (apply points_increase; assumption || lia).
    assert (point D (size D - 1 - j) < point D (size D - 1 - pred j)) by (apply points_increase; assumption || lia).
    rewrite !stretched_gap. field. repeat split; lra.
  - rewrite Rabs_right by lra. replace (S (pred j)) with j by lia.
    assert (point D (pred j) < point D j) by (apply points_increase; assumption || lia).
    assert (point D j < point D (S j)) by (apply points_increase; assumption || lia).
    rewrite !stretched_gap. field. repeat split; lra.
Qed.

Lemma scale_positive : 0 < / Rabs alpha.
Proof. apply Rinv_0_lt_compat, Rabs_pos_lt. assumption. Qed.

Lemma sum_reverse n : forall f, sum n f = sum n (fun i => f (n - 1 - i)%nat).
Proof.
  induction n as [| n IH]; intros f; [reflexivity |]. rewrite sum_first.
  change (sum (S n) (fun i => f (S n - 1 - i)%nat)) with (sum n (fun i => f (S n - 1 - i)%nat) + f (S n - 1 - n)%nat).
  replace (S n - 1 - n)%nat with 0%nat by lia. rewrite (IH (fun k => f (S k))).
  rewrite (sum_ext n (fun i => f (S n - 1 - i)%nat) (fun i => f (S (n - 1 - i)))); [ring |].
  intros i below. f_equal. lia.
Qed.

Lemma moved_cost : total_kink E = total_kink D / Rabs alpha.
Proof.
  unfold total_kink. change (size E) with (size D). change (tasks E) with T. fold T.
  pose proof scale_positive as positive.
  rewrite (sum_ext _ (fun i => norm T (kink E (S i))) (fun i => / Rabs alpha * norm T (kink D (from (S i))))).
  - rewrite sum_factor. unfold Rdiv. rewrite Rmult_comm. f_equal. unfold from. destruct (Rlt_dec alpha 0);
      [| reflexivity].
    rewrite (sum_reverse (size D - 2) (fun i => norm T (kink D (S i)))). apply sum_ext. intros i below.
    f_equal. f_equal. lia.
  - intros i below. rewrite (norm_ext T (kink E (S i)) (scale (/ Rabs alpha) (kink D (from (S i))))).
    + rewrite norm_scale, Rabs_right by lra. reflexivity.
    + intros t _. apply moved_kink. split; lia.
Qed.

Lemma moved_aligned i j : interior D i -> interior D j ->
  aligned T (kink E i) (kink E j) <-> aligned T (kink D (from i)) (kink D (from j)).
Proof.
  intros inside_i inside_j. pose proof scale_positive as positive. set (s := / Rabs alpha) in *.
  split; intros (nonzero & c & c_positive & multiple); split.
  - intros vanish. apply nonzero. intros t below. rewrite moved_kink by assumption. rewrite (vanish t below). ring.
  - exists c. split; [assumption |]. intros t below. pose proof (multiple t below) as same. unfold scale in *.
    rewrite !moved_kink in same by assumption. fold s in same. apply Rmult_eq_reg_l with s; lra.
  - intros vanish. apply nonzero. intros t below. pose proof (vanish t below) as none.
    rewrite moved_kink in none by assumption. apply Rmult_integral in none. destruct none as [none |];
      [fold s in none; lra | assumption].
  - exists c. split; [assumption |]. intros t below. unfold scale. rewrite !moved_kink by assumption.
    rewrite (multiple t below). unfold scale. ring.
Qed.

Lemma aligned_sym u v : aligned T u v -> aligned T v u.
Proof.
  intros (nonzero & multiple). split; [| apply positive_multiple_sym; assumption].
  intros vanish. apply nonzero. destruct (positive_multiple_sym T _ _ multiple) as (c & _ & same).
  intros t below. rewrite (same t below). unfold scale. rewrite (vanish t below). ring.
Qed.

(** Where the gap j of D lies in E. *)
Definition gap_from (j : nat) : nat := if Rlt_dec alpha 0 then (size D - 2 - j)%nat else j.

Lemma moved_gap j : interior D j -> aligned_gap D j <-> aligned_gap E (gap_from j).
Proof.
  intros inside. unfold aligned_gap. change (interior E) with (interior D). change (tasks E) with T. fold T.
  unfold gap_from. destruct (Rlt_dec alpha 0) as [negative | positive] eqn:sign.
  - split; intros (first & second & both).
    + assert (one : interior D (size D - 2 - j)) by (unfold interior in *; lia).
      assert (two : interior D (S (size D - 2 - j))) by (unfold interior in *; lia).
      split; [assumption | split; [assumption |]]. apply moved_aligned; try assumption. unfold from. rewrite sign.
      replace (size D - 1 - (size D - 2 - j))%nat with (S j) by (unfold interior in *; lia).
      replace (size D - 1 - S (size D - 2 - j))%nat with j by (unfold interior in *; lia).
      apply aligned_sym. assumption.
    + apply moved_aligned in both; try assumption. unfold from in both. rewrite sign in both.
      replace (size D - 1 - (size D - 2 - j))%nat with (S j) in both by (unfold interior in *; lia).
      replace (size D - 1 - S (size D - 2 - j))%nat with j in both by (unfold interior in *; lia).
      split; [assumption | split; [unfold interior in *; lia | apply aligned_sym; assumption]].
  - assert (same : forall i, from i = i) by (intros i; unfold from; rewrite sign; reflexivity).
    split; intros (first & second & both); (split; [assumption | split; [assumption |]]).
    + apply moved_aligned; try assumption. rewrite !same. assumption.
    + apply moved_aligned in both; try assumption. rewrite !same in both. assumption.
Qed.

Lemma moved_no_gap : (forall j, ~ aligned_gap E j) <-> forall j, ~ aligned_gap D j.
Proof.
  split; intros none j gap.
  - apply (none (gap_from j)). apply moved_gap; [apply gap | assumption].
  - pose proof gap as (inside & inside_next & _).
    assert (back : gap_from (gap_from j) = j).
    { unfold gap_from. destruct (Rlt_dec alpha 0); [| reflexivity]. destruct inside_next as [_ last].
      change (size E) with (size D) in last. lia. }
    assert (inside_back : interior D (gap_from j)).
    { unfold gap_from. destruct inside_next as [_ last]. destruct inside as [first _].
      change (size E) with (size D) in last. destruct (Rlt_dec alpha 0); unfold interior; lia. }
    apply (none (gap_from j)). apply moved_gap; [assumption |]. rewrite back. assumption.
Qed.

(** ** The networks of the one data are those of the other, seen through a stretched line *)

Definition stretched (a b : R) (f : network) : network := {|
  width := width f;
  input_weight := fun k => input_weight f k * a;
  bias := fun k => input_weight f k * b + bias f k;
  output_weight := output_weight f;
  linear := fun t => linear f t * a;
  constant := fun t => linear f t * b + constant f t
|}.

Lemma stretched_value a b f x t : value (stretched a b f) x t = value f (a * x + b) t.
Proof.
  unfold value, stretched. cbn [width input_weight bias output_weight linear constant].
  rewrite (sum_ext (width f) (fun k => output_weight f k t * relu (input_weight f k * a * x + (input_weight f k * b +
    bias f k)))
    (fun k => output_weight f k t * relu (input_weight f k * (a * x + b) + bias f k))); [ring |].
  intros k _. f_equal. f_equal. ring.
Qed.

Lemma stretched_cost a b f : path_cost T (stretched a b f) = Rabs a * path_cost T f.
Proof.
  unfold path_cost, stretched. cbn [width input_weight output_weight]. rewrite <- sum_factor. apply sum_ext.
  intros k _. rewrite Rabs_mult. ring.
Qed.

Lemma stretched_optimal f : optimal path_cost D f -> optimal path_cost E (stretched (/ alpha) (- beta / alpha) f).
Proof.
  intros best. apply optimal_iff_cost in best; [| assumption]. destruct best as [through cheap].
  apply optimal_iff_cost; [apply moved_valid |]. split.
  - intros i bound t below. change (size E) with (size D) in bound. change (tasks E) with T in below.
    rewrite stretched_value. destruct (from_from i bound) as [bound_from _].
    replace (/ alpha * point E i + - beta / alpha) with (point D (from i)) by (unfold E, from; simpl; field;
      assumption).
    rewrite (through (from i) bound_from t below). reflexivity.
  - change (tasks E) with T. fold T in cheap. rewrite stretched_cost, moved_cost, cheap.
    rewrite Rabs_inv. unfold Rdiv. ring.
Qed.

Lemma unstretched_optimal f : optimal path_cost E f -> optimal path_cost D (stretched alpha beta f).
Proof.
  intros best. apply optimal_iff_cost in best; [| apply moved_valid]. destruct best as [through cheap].
  apply optimal_iff_cost; [assumption |]. split.
  - intros i bound t below. rewrite stretched_value. destruct (from_from i bound) as [bound_from back].
    assert (at_point : alpha * point D i + beta = point E (from i)) by (unfold E; simpl; fold (from (from i));
      rewrite back; reflexivity).
    rewrite at_point, (through (from i) bound_from t below). unfold E. simpl. fold (from (from i)). rewrite back.
    reflexivity.
  - fold T. rewrite stretched_cost. change (tasks E) with T in cheap. rewrite cheap, moved_cost.
    field. apply Rabs_no_R0. assumption.
Qed.

Lemma moved_fewest m : fewest E 1 m <-> fewest D 1 m.
Proof.
  assert (at_most : forall n n', fewest D 1 n -> fewest E 1 n' -> (n' <= n)%nat /\ (n <= n')%nat).
  { intros n n' counted counted'. split.
    - destruct (optimum_with_fewest D D_valid n counted) as (f & best & <-).
      destruct (active_from E moved_valid _ 1 n' (stretched_optimal f best) counted')
        as (neurons & distinct & many & all).
      change (width f) with (width (stretched (/ alpha) (- beta / alpha) f)). apply (has_active_width T).
      exists neurons. split; [assumption | split; [assumption |]]. intros k member. apply all. assumption.
    - destruct (optimum_with_fewest E moved_valid n' counted') as (f & best & <-).
      destruct (active_from D D_valid _ 1 n (unstretched_optimal f best) counted) as (neurons & distinct & many & all).
      change (width f) with (width (stretched alpha beta f)). apply (has_active_width T).
      exists neurons. split; [assumption | split; [assumption |]]. intros k member. apply all. assumption. }
  split; intros counted.
  - destruct (fewest_exists D) as (n & counted_D). destruct (at_most n m counted_D counted).
    replace m with n by lia. assumption.
  - destruct (fewest_exists E) as (n & counted_E). destruct (at_most m n counted counted_E).
    replace m with n by lia. assumption.
Qed.

End MovedPoints.

Lemma moving_points_for_cost cost adjust : same_optima cost adjust -> moving_points_statement cost.
Proof.
  intros same D alpha beta D_valid nonzero. cbv zeta. set (E := moved_points D alpha beta).
  pose proof (moved_valid D D_valid alpha beta nonzero) as E_valid. fold E in E_valid.
  split; [assumption | split; [apply moved_cost; assumption | split; [| split]]].
  - intros j inside. apply (moved_gap D D_valid alpha beta nonzero j inside).
  - rewrite (unique_iff_for_cost cost adjust same E E_valid), (unique_iff_for_cost cost adjust same D D_valid).
    apply (moved_no_gap D D_valid alpha beta nonzero).
  - apply moved_fewest; assumption.
Qed.
