(** Where all optima agree: a well placed neuron does not bend inside the piece of x unless x lies strictly inside an
    aligned gap, so there every optimum is straight, and straight through the two data points of the piece. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum.
Open Scope R_scope.

(** A ramp that bends at or before p, and not after x, or at or after q, and not before x, is straight from p over q
    to x. This covers a piece between two data points as well as the two rays. *)
Lemma ramp_straight p q t x : p < q -> (t <= p /\ t <= x \/ q <= t /\ x <= t) ->
  relu (x - t) = relu (p - t) + ramp_rise p q t * (x - p).
Proof.
  intros order [[before now] | [after now]]; unfold ramp_rise.
  - rewrite !relu_right by lra. field. lra.
  - rewrite !relu_left by lra. field. lra.
Qed.

Section Uniqueness.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** ** Straight on a piece *)

(** The neuron k does not bend between the piece i and x. *)
Definition steady (f : network) (k i : nat) (x : R) : Prop :=
  knot f k <= point D i /\ knot f k <= x \/ point D (S i) <= knot f k /\ x <= knot f k.

Lemma straight_on_piece f i x : interpolates D f -> (S i < size D)%nat ->
  (forall k, active T f k -> steady f k i x) ->
  equal T (value f x) (fun t => label D i t + slope D i t * (x - point D i)).
Proof.
  intros through bound all_steady t below.
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  rewrite <- (through i ltac:(lia) t below). unfold slope.
  rewrite <- (through i ltac:(lia) t below), <- (through (S i) bound t below), !value_as_ramps.
  rewrite (sum_ext _ (fun k => relu (x - knot f k) * neuron_kink f k t) (fun k =>
    relu (point D i - knot f k) * neuron_kink f k t
    + (x - point D i) / (point D (S i) - point D i) * (relu (point D (S i) - knot f k) * neuron_kink f k t
    - relu (point D i - knot f k) * neuron_kink f k t))).
  - rewrite sum_add, sum_factor, sum_minus. field. lra.
  - intros k inside. destruct (norm_nonneg T (neuron_kink f k)) as [nonzero | vanish].
    + rewrite (ramp_straight (point D i) (point D (S i)) (knot f k) x order).
      * unfold ramp_rise. field. lra.
      * apply all_steady, active_iff_kink. auto.
    + rewrite (norm_zero T (neuron_kink f k)) by (congruence || assumption). ring.
Qed.

(** ** Outside the aligned gaps nothing bends *)

Lemma well_placed_is_steady f k i x : on_piece D i x -> ~ aligned_gap D i ->
  well_placed D f k -> steady f k i x.
Proof.
  intros (bound & left_end & right_end) not_aligned (j & _ & [([first last] & _ & here) | (gap & low & high)]).
  - unfold steady. rewrite here. destruct (Nat.le_gt_cases j i) as [before | after].
    + left. destruct left_end as [| start]; [lia |].
      assert (point D j <= point D i) by (apply points_ordered; assumption || lia). lra.
    + right. destruct right_end as [| stop]; [lia |].
      assert (point D (S i) <= point D j) by (apply points_ordered; assumption || lia). lra.
  - pose proof gap as ([first _] & [_ last] & _). unfold steady.
    destruct (Nat.eq_dec j i) as [-> | other]; [contradiction |].
    destruct (Nat.lt_ge_cases j i) as [before | after].
    + left. destruct left_end as [| start]; [lia |].
      assert (point D (S j) <= point D i) by (apply points_ordered; assumption || lia). lra.
    + right. destruct right_end as [| stop]; [lia |].
      assert (point D (S i) <= point D j) by (apply points_ordered; assumption || lia). lra.
Qed.

Lemma optimum_on_piece f i x : optimal path_cost D f -> on_piece D i x -> ~ aligned_gap D i ->
  agree_at D f (connect_the_dots D) x.
Proof.
  intros best piece not_aligned t below. fold T in below.
  rewrite (connect_the_dots_on_piece D D_valid i x t piece).
  apply optimal_iff_well_placed in best; [| assumption]. destruct best as [through placed].
  apply (straight_on_piece f i x through); [apply piece | | assumption].
  intros k now_active. apply well_placed_is_steady; auto.
Qed.

Lemma agree_at_data f i : interpolates D f -> (i < size D)%nat -> agree_at D f (connect_the_dots D) (point D i).
Proof.
  intros through bound t below. rewrite (through i bound t below). symmetry.
  apply (connect_the_dots_interpolates D D_valid i bound t below).
Qed.

(** Whether the gap i is aligned need not be decided: at its ends every network through the data agrees, and strictly
    inside it is not aligned by assumption. *)
Lemma optimum_outside_aligned_gaps f x : optimal path_cost D f ->
  ~ (exists j, aligned_gap D j /\ strictly_inside D j x) -> agree_at D f (connect_the_dots D) x.
Proof.
  intros best outside. destruct (some_piece D D_valid x) as (i & piece).
  pose proof piece as (bound & left_end & right_end).
  destruct (Req_dec x (point D i)) as [-> | not_left]; [apply agree_at_data; [apply best | lia] |].
  destruct (Req_dec x (point D (S i))) as [-> | not_right]; [apply agree_at_data; [apply best | lia] |].
  apply (optimum_on_piece f i x best piece). intros gap. apply outside. exists i. split; [assumption |].
  destruct gap as ([first _] & [_ last] & _).
  destruct left_end; [lia |]. destruct right_end; [lia |]. split; lra.
Qed.

End Uniqueness.
