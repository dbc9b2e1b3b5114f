(** Uniqueness, non-uniqueness and the pointwise statement, once for both costs: path cost and weight decay have the
    same optimal functions, since every path-cost optimum becomes a weight-decay optimum by balancing it. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Balance Uniqueness Family.
Open Scope R_scope.

(** [adjust] turns every path-cost optimum into an optimum for [cost] of the same width and the same function, and
    there are no other functions optimal for [cost]. *)
Definition same_optima (cost : nat -> network -> R) (adjust : nat -> network -> network) : Prop :=
  forall D, valid D -> forall f,
    (optimal cost D f -> optimal path_cost D f) /\
    (optimal path_cost D f -> optimal cost D (adjust (tasks D) f)) /\
    width (adjust (tasks D) f) = width f /\
    forall x, agree_at D (adjust (tasks D) f) f x.

Lemma path_cost_same_optima : same_optima path_cost (fun _ f => f).
Proof. intros D D_valid f. split; [auto | split; [auto | split; [reflexivity |]]]. intros x t _. reflexivity. Qed.

Lemma weight_decay_same_optima : same_optima weight_decay balance.
Proof.
  intros D D_valid f. split; [| split; [| split]].
  - intros best. apply optimal_weight_decay_iff in best; tauto.
  - apply balance_optimal. assumption.
  - reflexivity.
  - apply balance_value.
Qed.

Section Agreement.
Variable cost : nat -> network -> R.
Variable adjust : nat -> network -> network.
Hypothesis same : same_optima cost adjust.

Section OneDataset.
Variable D : dataset.
Hypothesis D_valid : valid D.

Lemma agree_trans f g h x : agree_at D f g x -> agree_at D g h x -> agree_at D f h x.
Proof. intros first second t below. rewrite (first t below). apply second. assumption. Qed.

Lemma agree_sym f g x : agree_at D f g x -> agree_at D g f x.
Proof. intros equal_values t below. symmetry. apply equal_values. assumption. Qed.

Lemma differ_not_agree f g x : differ_at D f g x -> ~ agree_at D f g x.
Proof. intros (t & below & different) equal_values. apply different, equal_values. assumption. Qed.

(** Networks that agree with f and with g differ where f and g do. *)
Lemma differ_transfer f g f' g' x :
  agree_at D f' f x -> agree_at D g' g x -> differ_at D f g x -> differ_at D f' g' x.
Proof.
  intros same_f same_g (t & below & different). exists t. split; [assumption |].
  rewrite (same_f t below), (same_g t below). assumption.
Qed.

Lemma adjusted_agrees f x : agree_at D (adjust (tasks D) f) f x.
Proof. apply same. assumption. Qed.

Lemma adjusted_optimal f : optimal path_cost D f -> optimal cost D (adjust (tasks D) f).
Proof. apply same. assumption. Qed.

Lemma optimal_for_path_cost f : optimal cost D f -> optimal path_cost D f.
Proof. apply same. assumption. Qed.

(** ** Uniqueness *)

Lemma unique_without_gaps : (forall j, ~ aligned_gap D j) -> unique cost D.
Proof.
  intros none f best x. apply optimum_outside_aligned_gaps; [assumption | apply optimal_for_path_cost; assumption |].
  intros (j & gap & _). exact (none j gap).
Qed.

(** ** Non-uniqueness *)

Lemma family_of_optima j : aligned_gap D j ->
  exists family : R -> network,
    (forall r, 0 < r <= 1 ->
       optimal cost D (family r) /\ width (family r) = (size D - 2)%nat /\
       forall x, strictly_inside D j x -> differ_at D (family r) (connect_the_dots D) x) /\
    (forall r r', 0 < r <= 1 -> 0 < r' <= 1 -> r <> r' -> exists x, differ_at D (family r) (family r') x).
Proof.
  intros gap. pose proof gap as (_ & _ & _ & c & positive & multiple).
  exists (fun r => adjust (tasks D) (moved D j c r)). split.
  - intros r range. split; [| split].
    + apply adjusted_optimal, moved_optimal; assumption.
    + destruct (same D D_valid (moved D j c r)) as (_ & _ & -> & _). reflexivity.
    + intros x between. apply differ_transfer with (moved D j c r) (connect_the_dots D).
      * apply adjusted_agrees.
      * intros t _. reflexivity.
      * apply moved_differs; assumption.
  - intros r r' range range' other. exists (meeting D j c).
    apply differ_transfer with (moved D j c r) (moved D j c r'); [apply adjusted_agrees .. |].
    apply moved_pairwise; assumption.
Qed.

Lemma middle_of_gap j : aligned_gap D j -> strictly_inside D j ((point D j + point D (S j)) / 2).
Proof.
  intros (_ & [_ last] & _).
  assert (point D j < point D (S j)) by (apply points_increase; assumption || lia). split; lra.
Qed.

Lemma not_unique_across_gap j : aligned_gap D j -> ~ unique cost D.
Proof.
  intros gap all_equal. destruct (family_of_optima j gap) as (family & member & _).
  destruct (member 1) as (best & _ & differs); [lra |].
  apply (differ_not_agree _ _ _ (differs _ (middle_of_gap j gap))). apply all_equal. assumption.
Qed.

(** ** Pointwise *)

Lemma agreement_iff_outside x :
  all_optima_agree_at cost D x <-> ~ exists j, aligned_gap D j /\ strictly_inside D j x.
Proof.
  split.
  - intros agreement (j & gap & between). destruct (family_of_optima j gap) as (family & member & _).
    destruct (member 1) as (best & _ & differs); [lra |].
    apply (differ_not_agree _ _ _ (differs x between)).
    apply agree_trans with (adjust (tasks D) (connect_the_dots D)); [| apply adjusted_agrees].
    apply agreement; [assumption |]. apply adjusted_optimal, connect_the_dots_optimal. assumption.
  - intros outside f g best_f best_g.
    apply agree_trans with (connect_the_dots D); [| apply agree_sym];
      apply optimum_outside_aligned_gaps; auto using optimal_for_path_cost.
Qed.

End OneDataset.

Lemma uniqueness_for_cost : uniqueness_statement cost.
Proof. intros D D_valid none. apply unique_without_gaps; assumption. Qed.

Lemma non_uniqueness_for_cost : non_uniqueness_statement cost.
Proof. intros D j D_valid. apply family_of_optima. assumption. Qed.

Lemma unique_iff_for_cost : unique_iff_statement cost.
Proof.
  intros D D_valid. split; [| apply unique_without_gaps; assumption].
  intros all_equal j gap. exact (not_unique_across_gap D D_valid j gap all_equal).
Qed.

Lemma pointwise_for_cost : pointwise_statement cost.
Proof. intros D D_valid x. apply agreement_iff_outside. assumption. Qed.

End Agreement.
