(** Ramps (x - t)_+ : every network is a sum of ramps plus an affine function; the slope of a ramp over a gap is 1,
    strictly between 0 and 1, or 0; and differences of neighbouring slopes are the hats, whose sum is at most 1. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums.
Open Scope R_scope.

Lemma relu_right x : 0 <= x -> relu x = x.
Proof. unfold relu. apply Rmax_right. Qed.

Lemma relu_left x : x <= 0 -> relu x = 0.
Proof. unfold relu. apply Rmax_left. Qed.

(** Splits every [relu] of the goal into its two cases. *)
Ltac relu_cases :=
  repeat match goal with
  | |- context [relu ?x] =>
      destruct (Rle_or_lt 0 x); [rewrite (relu_right x) by lra | rewrite (relu_left x) by lra]
  end.

(** ** A network is a sum of ramps *)

(** The affine part that a neuron leaves when it is written as |w| (x - t)_+. *)
Definition tilt (w : R) : R := Rmin w 0.
Definition shift (w b : R) : R := if Req_EM_T w 0 then relu b else if Rle_dec w 0 then b else 0.

Lemma neuron_is_ramp w b x : relu (w * x + b) = Rabs w * relu (x - - b / w) + tilt w * x + shift w b.
Proof.
  unfold tilt, shift. destruct (Req_EM_T w 0) as [-> | nonzero].
  - rewrite Rabs_R0, Rmin_left by lra. replace (0 * x + b) with b by ring. ring.
  - assert (centre : w * (x - - b / w) = w * x + b) by (field; assumption).
    revert centre. set (y := x - - b / w). intros centre. rewrite <- centre.
    destruct (Rle_dec w 0) as [negative | positive].
    + rewrite Rmin_left, Rabs_left by lra. destruct (Rle_or_lt 0 y).
      * rewrite (relu_right y), relu_left by nra. lra.
      * rewrite (relu_left y), relu_right by nra. lra.
    + rewrite Rmin_right, Rabs_right by lra. destruct (Rle_or_lt 0 y).
      * rewrite (relu_right y), relu_right by nra. lra.
      * rewrite (relu_left y), relu_left by nra. lra.
Qed.

Definition ramp_slope (f : network) : vector := fun t =>
  sum (width f) (fun k => output_weight f k t * tilt (input_weight f k)) + linear f t.
Definition ramp_offset (f : network) : vector := fun t =>
  sum (width f) (fun k => output_weight f k t * shift (input_weight f k) (bias f k)) + constant f t.

Lemma value_as_ramps f x t :
  value f x t = sum (width f) (fun k => relu (x - knot f k) * neuron_kink f k t) + ramp_slope f t * x + ramp_offset f t.
Proof.
  unfold value, ramp_slope, ramp_offset.
  rewrite (sum_ext _ _ (fun k => relu (x - knot f k) * neuron_kink f k t
    + (x * (output_weight f k t * tilt (input_weight f k))
    + output_weight f k t * shift (input_weight f k) (bias f k)))).
  - rewrite !sum_add, sum_factor. ring.
  - intros k _. rewrite neuron_is_ramp. unfold knot, neuron_kink, scale. ring.
Qed.

Lemma path_cost_as_kinks T f : path_cost T f = sum (width f) (fun k => norm T (neuron_kink f k)).
Proof.
  apply sum_ext. intros k _. unfold neuron_kink. rewrite norm_scale, Rabs_Rabsolu. ring.
Qed.

(** ** The slope of the ramp (x - t)_+ between p and q *)

Definition ramp_rise (p q t : R) : R := (relu (q - t) - relu (p - t)) / (q - p).

Lemma ramp_rise_cases p q t : p < q ->
  (t <= p /\ ramp_rise p q t = 1) \/
  (p < t < q /\ ramp_rise p q t = (q - t) / (q - p) /\ 0 < ramp_rise p q t < 1) \/
  (q <= t /\ ramp_rise p q t = 0).
Proof.
  intros order. unfold ramp_rise. destruct (Rle_or_lt t p) as [left | inside].
  - left. rewrite !relu_right by lra. split; [assumption |]. field. lra.
  - right. destruct (Rle_or_lt q t) as [right | before].
    + right. rewrite !relu_left by lra. split; [assumption |]. field. lra.
    + left. rewrite relu_right, relu_left by lra. rewrite Rminus_0_r.
      assert (positive : 0 < (q - t) / (q - p)) by (apply Rdiv_lt_0_compat; lra).
      assert (rest : 1 - (q - t) / (q - p) = (t - p) / (q - p)) by (field; lra).
      assert (0 < (t - p) / (q - p)) by (apply Rdiv_lt_0_compat; lra).
      repeat split; lra.
Qed.

Section Hats.
Variable D : dataset.
Hypothesis D_valid : valid D.

Lemma points_increase i j : (i < j)%nat -> (j < size D)%nat -> point D i < point D j.
Proof.
  destruct D_valid as [_ step]. intros order. induction order as [| j order IH]; intros bound.
  - apply step. assumption.
  - apply Rlt_trans with (point D j); [apply IH; lia | apply step; assumption].
Qed.

Lemma points_ordered i j : (i <= j)%nat -> (j < size D)%nat -> point D i <= point D j.
Proof.
  intros order bound. destruct (Nat.eq_dec i j) as [-> | other]; [lra |].
  left. apply points_increase; lia.
Qed.

(** If p is before q by value, it is so by number. *)
Lemma points_numbered i j : (i < size D)%nat -> point D i < point D j -> (i < j)%nat.
Proof.
  intros bound order. destruct (Nat.lt_ge_cases i j) as [| swapped]; [assumption |].
  apply (points_ordered j i) in swapped; [lra | assumption].
Qed.

Definition rise (i : nat) (t : R) : R := ramp_rise (point D i) (point D (S i)) t.

(** The hat of the interior point j, as a second divided difference. *)
Definition hat (j : nat) (t : R) : R := rise j t - rise (pred j) t.

Lemma rise_cases i t : (S i < size D)%nat ->
  (t <= point D i /\ rise i t = 1) \/
  (point D i < t < point D (S i) /\
    rise i t = (point D (S i) - t) / (point D (S i) - point D i) /\ 0 < rise i t < 1) \/
  (point D (S i) <= t /\ rise i t = 0).
Proof. intros bound. apply ramp_rise_cases, points_increase; lia. Qed.

Lemma hat_nonneg j t : interior D j -> 0 <= hat j t.
Proof.
  intros [first last]. destruct j as [| i]; [lia |]. unfold hat; simpl.
  assert (point D i < point D (S i)) by (apply points_increase; lia).
  assert (point D (S i) < point D (S (S i))) by (apply points_increase; lia).
  destruct (rise_cases i t) as [[] | [(? & _ & ?) | []]]; [lia | | |];
    (destruct (rise_cases (S i) t) as [[] | [(? & _ & ?) | []]]; [lia | | |]); lra.
Qed.

(** A hat is positive strictly between the two neighbours of its point and nowhere else. *)
Lemma hat_positive j t : interior D j ->
  0 < hat j t <-> point D (pred j) < t < point D (S j).
Proof.
  intros [first last]. destruct j as [| i]; [lia |]. unfold hat; simpl.
  assert (point D i < point D (S i)) by (apply points_increase; lia).
  assert (point D (S i) < point D (S (S i))) by (apply points_increase; lia).
  destruct (rise_cases i t) as [[] | [(? & _ & ?) | []]]; [lia | | |];
    (destruct (rise_cases (S i) t) as [[] | [(? & _ & ?) | []]]; [lia | | |]); split; lra.
Qed.

(** Halves of a hat inside the gap j, in the words of the interpolation weights. *)
Lemma hat_falling j t : interior D j -> strictly_inside D j t ->
  hat j t = (point D (S j) - t) / (point D (S j) - point D j).
Proof.
  intros [first last] [low high]. destruct j as [| i]; [lia |]. unfold hat; simpl.
  assert (point D i < point D (S i)) by (apply points_increase; lia).
  destruct (rise_cases (S i) t) as [[] | [(? & -> & ?) | []]]; [lia | lra | | lra].
  destruct (rise_cases i t) as [[] | [(? & _ & ?) | []]]; [lia | | |]; lra.
Qed.

Lemma hat_rising j t : interior D (S j) -> strictly_inside D j t ->
  hat (S j) t = (t - point D j) / (point D (S j) - point D j).
Proof.
  intros [first last] [low high]. unfold hat; simpl.
  assert (point D (S j) < point D (S (S j))) by (apply points_increase; lia).
  destruct (rise_cases j t) as [[] | [(? & -> & ?) | []]]; [lia | lra | | lra].
  destruct (rise_cases (S j) t) as [[_ ->] | [(? & _ & ?) | []]]; [lia | | lra | lra].
  field. lra.
Qed.

Definition hats (t : R) : R := sum (size D - 2) (fun i => hat (S i) t).

(** The sum of the hats telescopes: it is the last slope minus the first. *)
Lemma hats_telescope t : hats t = rise (size D - 2) t - rise 0 t.
Proof. apply (sum_telescope (size D - 2) (fun i => rise i t)). Qed.

Lemma hats_le_1 t : hats t <= 1.
Proof.
  rewrite hats_telescope. destruct D_valid as [many _].
  destruct (rise_cases 0 t) as [[] | [(? & _ & ?) | []]]; [lia | | |];
    (destruct (rise_cases (size D - 2) t) as [[] | [(? & _ & ?) | []]]; [lia | | |]); lra.
Qed.

(** The hats add up to 1 exactly between the first and the last interior point. *)
Lemma hats_eq_1 t : hats t = 1 <-> point D 1 <= t <= point D (size D - 2).
Proof.
  rewrite hats_telescope. destruct D_valid as [many _].
  pose proof (points_increase 0 1 ltac:(lia) ltac:(lia)).
  pose proof (points_ordered 0 (size D - 2) ltac:(lia) ltac:(lia)).
  pose proof (points_increase (size D - 2) (S (size D - 2)) ltac:(lia) ltac:(lia)).
  destruct (rise_cases 0 t) as [[] | [(? & _ & ?) | []]]; [lia | | |];
    (destruct (rise_cases (size D - 2) t) as [[] | [(? & _ & ?) | []]]; [lia | | |]); split; intros; lra.
Qed.

(** The identity that carries the theory: the kink of the data is the sum of the kinks of the neurons, each weighed
    by the hat at its knot. *)
Lemma kink_of_data f j : interpolates D f -> interior D j ->
  equal (tasks D) (kink D j) (fun t => sum (width f) (fun k => hat j (knot f k) * neuron_kink f k t)).
Proof.
  intros through [first last] t below. destruct j as [| i]; [lia |].
  unfold kink, slope; simpl pred.
  assert (point D i < point D (S i)) by (apply points_increase; lia).
  assert (point D (S i) < point D (S (S i))) by (apply points_increase; lia).
  rewrite <- !through by (assumption || lia). rewrite !value_as_ramps.
  rewrite (sum_ext _ (fun k => hat (S i) (knot f k) * neuron_kink f k t) (fun k =>
    / (point D (S (S i)) - point D (S i)) * (relu (point D (S (S i)) - knot f k) * neuron_kink f k t)
    - / (point D (S (S i)) - point D (S i)) * (relu (point D (S i) - knot f k) * neuron_kink f k t)
    - (/ (point D (S i) - point D i) * (relu (point D (S i) - knot f k) * neuron_kink f k t)
    - / (point D (S i) - point D i) * (relu (point D i - knot f k) * neuron_kink f k t)))).
  - rewrite !sum_minus, !sum_factor. field. lra.
  - intros k _. unfold hat, rise, ramp_rise; simpl pred. field. lra.
Qed.

(** Every x lies on a piece. *)
Lemma some_piece x : exists i, on_piece D i x.
Proof.
  destruct D_valid as [many _].
  assert (search : forall n, (S (S n) <= size D)%nat ->
      (exists i, on_piece D i x) \/ n = 0%nat \/ point D n <= x).
  { induction n as [| n IH]; intros bound; [auto |].
    destruct IH as [found | left_end]; [lia | auto |].
    destruct (Rle_or_lt (point D (S n)) x) as [after | before]; [auto |].
    left. exists n. repeat split; [lia | tauto | right; lra]. }
  destruct (search (size D - 2)%nat) as [found | left_end]; [lia | assumption |].
  exists (size D - 2)%nat. repeat split; [lia | assumption | left; lia].
Qed.

End Hats.
