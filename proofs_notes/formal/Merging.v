(** Connect-the-dots with pairs of aligned neighbours merged into one neuron each: the same values at the data points
    and the same cost, with as many neurons as [fewest] counts. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Family Bends.
Import ListNotations.
Open Scope R_scope.

Section Merging.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** The list as a network with the affine part of connect-the-dots. *)
Definition with_bends (bends : list bend) : network :=
  network_of bends (slope D 0) (fun t => label D 0%nat t - slope D 0 t * point D 0%nat).

Lemma with_bends_value bends x t :
  value (with_bends bends) x t = bends_value bends x t + (label D 0%nat t + slope D 0 t * (x - point D 0%nat)).
Proof. unfold with_bends. rewrite network_of_value. ring. Qed.

Lemma with_bends_cost bends : path_cost T (with_bends bends) = bends_cost T bends.
Proof. apply network_of_cost. Qed.

(** ** What the list stands for *)

(** What connect-the-dots does from the point j on: m kinks. *)
Definition dots_value (j m : nat) (x : R) (t : nat) : R :=
  sum m (fun i => relu (x - point D (j + i)) * kink D (j + i) t).
Definition dots_cost (j m : nat) : R := sum m (fun i => norm T (kink D (j + i))).

Lemma dots_value_first j m x t :
  dots_value j (S m) x t = relu (x - point D j) * kink D j t + dots_value (S j) m x t.
Proof.
  unfold dots_value. rewrite sum_first, Nat.add_0_r. f_equal. apply sum_ext. intros i _.
  replace (j + S i)%nat with (S j + i)%nat by lia. reflexivity.
Qed.

Lemma dots_cost_first j m : dots_cost j (S m) = norm T (kink D j) + dots_cost (S j) m.
Proof.
  unfold dots_cost. rewrite sum_first, Nat.add_0_r. f_equal. apply sum_ext. intros i _.
  replace (j + S i)%nat with (S j + i)%nat by lia. reflexivity.
Qed.

(** The bends equal connect-the-dots from the point j on, at every data point, at the same cost. *)
Definition stand_for (bends : list bend) (j : nat) : Prop :=
  (forall i t, (i < size D)%nat -> (t < T)%nat ->
     bends_value bends (point D i) t = dots_value j (size D - 1 - j) (point D i) t) /\
  bends_cost T bends = dots_cost j (size D - 1 - j).

(** J: two aligned neighbours merge into one bend where [meeting] says. *)
Lemma merged_pair j c i t : aligned_gap D j -> 0 < c -> equal T (kink D (S j)) (scale c (kink D j)) ->
  (i < size D)%nat -> (t < T)%nat ->
  (kink D j t + kink D (S j) t) * relu (point D i - meeting D j c)
  = relu (point D i - point D j) * kink D j t + relu (point D i - point D (S j)) * kink D (S j) t.
Proof.
  intros gap positive multiple bound below. rewrite (multiple t below). unfold scale.
  pose proof (travel_up_to_meeting D D_valid j gap c positive 1 ltac:(lra)) as both.
  pose proof (travel_positive D D_valid j gap c positive 1 ltac:(lra)) as moved_on.
  assert (0 < travel D j c 1 * c) by (apply Rmult_lt_0_compat; assumption).
  destruct gap as ([first _] & [_ last] & _).
  destruct (Nat.le_gt_cases i j) as [before | after].
  - assert (point D i <= point D j) by (apply points_ordered; assumption || lia).
    rewrite !relu_left by lra. ring.
  - assert (point D (S j) <= point D i) by (apply points_ordered; assumption || lia).
    rewrite !relu_right by lra. unfold meeting. field. lra.
Qed.

Lemma stand_for_none j : (size D <= S j)%nat -> stand_for [] j.
Proof. intros none. unfold stand_for. replace (size D - 1 - j)%nat with 0%nat by lia. split; reflexivity. Qed.

Let count i : interior D i -> (size D - 1 - i)%nat = S (size D - 1 - S i).
Proof. intros []. lia. Qed.

(** A zero kink needs no bend, any kink may have one of its own, and an aligned pair may share one. *)
Lemma stand_for_zero bends j : interior D j -> zero T (kink D j) -> stand_for bends (S j) -> stand_for bends j.
Proof.
  intros inside vanish [same_value same_cost]. unfold stand_for. rewrite count by assumption. split.
  - intros i t bound below. rewrite dots_value_first, same_value, (vanish t below) by assumption. ring.
  - rewrite dots_cost_first, same_cost, (zero_norm T (kink D j)) by assumption. ring.
Qed.

Lemma stand_for_one bends j : interior D j -> stand_for bends (S j) ->
  stand_for ((point D j, kink D j) :: bends) j.
Proof.
  intros inside [same_value same_cost]. unfold stand_for. rewrite count by assumption. split.
  - intros i t bound below. rewrite dots_value_first. simpl. rewrite same_value by assumption. ring.
  - rewrite dots_cost_first. simpl. rewrite same_cost. ring.
Qed.

Lemma stand_for_pair bends j c : aligned_gap D j -> 0 < c -> equal T (kink D (S j)) (scale c (kink D j)) ->
  stand_for bends (S (S j)) ->
  stand_for ((meeting D j c, fun t => kink D j t + kink D (S j) t) :: bends) j.
Proof.
  intros gap positive multiple [same_value same_cost]. pose proof gap as (inside & inside_next & _).
  unfold stand_for. rewrite count, (count (S j)) by assumption. split.
  - intros i t bound below. rewrite !dots_value_first. simpl.
    rewrite same_value, (merged_pair j c i t) by assumption. ring.
  - rewrite !dots_cost_first. simpl. rewrite same_cost.
    rewrite (norm_ext T (fun t => kink D j t + kink D (S j) t) (scale (1 + c) (kink D j))).
    + rewrite (norm_ext T (kink D (S j)) (scale c (kink D j)) multiple), !norm_scale, !Rabs_right by lra. ring.
    + intros t below. rewrite (multiple t below). unfold scale. ring.
Qed.

Lemma bends_for j n : fewest D j n -> exists bends, length bends = n /\ stand_for bends j.
Proof.
  induction 1 as [j none | j n inside vanish rest IH | j n inside nonzero not_aligned rest IH | j n gap rest IH].
  - exists []. split; [reflexivity | apply stand_for_none; assumption].
  - destruct IH as (bends & many & stand). exists bends. split; [assumption | apply stand_for_zero; assumption].
  - destruct IH as (bends & many & stand). exists ((point D j, kink D j) :: bends).
    split; [simpl; congruence | apply stand_for_one; assumption].
  - destruct IH as (bends & many & stand). pose proof gap as (_ & _ & _ & c & positive & multiple).
    exists ((meeting D j c, fun t => kink D j t + kink D (S j) t) :: bends).
    split; [simpl; congruence | apply stand_for_pair; assumption].
Qed.

(** Connect-the-dots itself, in these words. *)
Lemma dots_from_first i t : value (connect_the_dots D) (point D i) t
  = dots_value 1 (size D - 2) (point D i) t + (label D 0%nat t + slope D 0 t * (point D i - point D 0%nat)).
Proof. rewrite connect_the_dots_value. unfold dots_value. simpl. ring. Qed.

Lemma stand_for_all_is_optimal bends : stand_for bends 1 -> optimal path_cost D (with_bends bends).
Proof.
  intros [same_value same_cost]. replace (size D - 1 - 1)%nat with (size D - 2)%nat in * by lia.
  apply optimal_iff_cost; [assumption |]. split.
  - intros i bound t below. rewrite with_bends_value, same_value, <- dots_from_first by assumption.
    apply (connect_the_dots_interpolates D D_valid i bound t below).
  - fold T. rewrite with_bends_cost, same_cost. reflexivity.
Qed.

Lemma optimum_with_fewest n : fewest D 1 n -> exists f, optimal path_cost D f /\ width f = n.
Proof.
  intros counted. destruct (bends_for 1 n counted) as (bends & many & stand).
  exists (with_bends bends). split; [apply stand_for_all_is_optimal; assumption | exact many].
Qed.

End Merging.
