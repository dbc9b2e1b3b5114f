(** The neurons of two networks side by side, their output weights scaled by 1-s and s, compute the convex combination
    of the two functions and cost the convex combination of the two costs. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Agreement.
Open Scope R_scope.

Lemma sum_append n m f : sum (n + m) f = sum n f + sum m (fun k => f (n + k)%nat).
Proof.
  induction m as [| m IH]; simpl; [rewrite Nat.add_0_r; ring |].
  rewrite Nat.add_succ_r. simpl. rewrite IH. ring.
Qed.

Section Blend.
Variables f g : network.
Variable s : R.

(** The neuron k of both together: one of f, or one of g. *)
Definition from_either {A : Type} (of_f of_g : nat -> A) (k : nat) : A :=
  if (k <? width f)%nat then of_f k else of_g (k - width f)%nat.

Definition blend : network := {|
  width := width f + width g;
  input_weight := from_either (input_weight f) (input_weight g);
  bias := from_either (bias f) (bias g);
  output_weight :=
    from_either (fun k => scale (1 - s) (output_weight f k)) (fun k => scale s (output_weight g k));
  linear := fun t => (1 - s) * linear f t + s * linear g t;
  constant := fun t => (1 - s) * constant f t + s * constant g t
|}.

Lemma from_first {A : Type} (of_f of_g : nat -> A) k : (k < width f)%nat -> from_either of_f of_g k = of_f k.
Proof. intros below. unfold from_either. destruct (Nat.ltb_spec k (width f)); [reflexivity | lia]. Qed.

Lemma from_second {A : Type} (of_f of_g : nat -> A) k : from_either of_f of_g (width f + k) = of_g k.
Proof.
  unfold from_either. destruct (Nat.ltb_spec (width f + k) (width f)); [lia |]. f_equal. lia.
Qed.

Lemma blend_value x t : value blend x t = (1 - s) * value f x t + s * value g x t.
Proof.
  unfold value, blend. cbn [width input_weight bias output_weight linear constant]. rewrite sum_append.
  rewrite (sum_ext (width f) _ (fun k => (1 - s) * (output_weight f k t * relu (input_weight f k * x + bias f k))))
    by (intros k below; rewrite !from_first by assumption; unfold scale; ring).
  rewrite (sum_ext (width g) _ (fun k => s * (output_weight g k t * relu (input_weight g k * x + bias g k))))
    by (intros k below; rewrite !from_second; unfold scale; ring).
  rewrite !sum_factor. ring.
Qed.

Lemma blend_cost T : 0 <= s <= 1 -> path_cost T blend = (1 - s) * path_cost T f + s * path_cost T g.
Proof.
  intros range. unfold path_cost, blend. cbn [width input_weight output_weight]. rewrite sum_append.
  rewrite (sum_ext (width f) _ (fun k => (1 - s) * (norm T (output_weight f k) * Rabs (input_weight f k))))
    by (intros k below; rewrite !from_first, norm_scale, (Rabs_right (1 - s)) by (assumption || lra); ring).
  rewrite (sum_ext (width g) _ (fun k => s * (norm T (output_weight g k) * Rabs (input_weight g k))))
    by (intros k below; rewrite !from_second, norm_scale, (Rabs_right s) by lra; ring).
  rewrite !sum_factor. reflexivity.
Qed.

Lemma blend_optimal D : valid D -> 0 <= s <= 1 ->
  optimal path_cost D f -> optimal path_cost D g -> optimal path_cost D blend.
Proof.
  intros D_valid range best_f best_g.
  apply optimal_iff_cost in best_f; [| assumption]. apply optimal_iff_cost in best_g; [| assumption].
  destruct best_f as [through_f cost_f]. destruct best_g as [through_g cost_g].
  apply optimal_iff_cost; [assumption |]. split.
  - intros i bound t below. rewrite blend_value, (through_f i bound t below), (through_g i bound t below). ring.
  - rewrite blend_cost, cost_f, cost_g by assumption. ring.
Qed.

End Blend.

Lemma convexity_for_cost cost adjust : same_optima cost adjust -> convexity_statement cost.
Proof.
  intros same D f g s D_valid best_f best_g range.
  apply (same D D_valid f) in best_f. apply (same D D_valid g) in best_g.
  exists (adjust (tasks D) (blend f g s)). split.
  - apply (same D D_valid). apply blend_optimal; assumption.
  - intros x t below. rewrite <- blend_value. destruct (same D D_valid (blend f g s)) as (_ & _ & _ & agrees).
    apply agrees. assumption.
Qed.
