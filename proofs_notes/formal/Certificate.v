(** Weak duality: vectors u_j of length at most 1 see of each neuron's kink no more than its length, because the hats
    add up to at most 1. This is all that a checker of dual certificates relies on. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Balance.
Open Scope R_scope.

Lemma norm_short T u : norm T u <= 1 <-> dot T u u <= 1.
Proof.
  pose proof (norm_nonneg T u) as nonneg. pose proof (norm_square T u) as square. split.
  - intros short. rewrite <- square, <- (Rmult_1_l 1). apply Rmult_le_compat; assumption.
  - intros short. unfold norm. rewrite <- sqrt_1. apply sqrt_le_1; [apply dot_self_nonneg | lra | assumption].
Qed.

Section Certificate.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.
Variable u : nat -> vector.
Hypothesis feasible : dual_feasible D u.

(** The dual value, read off the neurons of any interpolating network: the sum of <eta(t_k), m_k>, where eta is the sum
    of hat_j u_j. *)
Lemma dual_value_of_neurons f : interpolates D f -> dual_value D u =
  sum (width f) (fun k => sum (size D - 2) (fun i => hat D (S i) (knot f k) * dot T (u (S i)) (neuron_kink f k))).
Proof.
  intros through. rewrite sum_swap. apply sum_ext. intros i below.
  rewrite <- dot_sum_r. apply dot_ext; [intros t _; reflexivity |].
  apply kink_of_data; [assumption | assumption | split; lia].
Qed.

Lemma seen_at_most m t : sum (size D - 2) (fun i => hat D (S i) t * dot T (u (S i)) m) <= norm T m.
Proof.
  apply Rle_trans with (norm T m * hats D t).
  - unfold hats. rewrite <- sum_factor. apply sum_le. intros i below.
    assert (inside : interior D (S i)) by (split; lia).
    rewrite Rmult_comm. apply Rmult_le_compat_r; [apply hat_nonneg; assumption |].
    apply dot_le_norm, norm_short, feasible. assumption.
  - rewrite <- (Rmult_1_r (norm T m)) at 2. apply Rmult_le_compat_l; [apply norm_nonneg | apply hats_le_1; assumption].
Qed.

Lemma weak_duality f : interpolates D f -> dual_value D u <= path_cost T f.
Proof.
  intros through. rewrite (dual_value_of_neurons f through), path_cost_as_kinks.
  apply sum_le. intros k _. apply seen_at_most.
Qed.

End Certificate.

(** The unit vectors of the kinks attain the optimal value. *)
Lemma strong_duality D : dual_feasible D (fun j => unit (tasks D) (kink D j)) /\
  dual_value D (fun j => unit (tasks D) (kink D j)) = total_kink D.
Proof.
  split.
  - intros j _. apply norm_short, unit_short.
  - apply sum_ext. intros i _. apply unit_dot.
Qed.

Lemma certificate_for_cost cost : (forall T f, path_cost T f <= cost T f) -> certificate_statement cost.
Proof.
  intros dearer D D_valid. split.
  - assert (bound : forall u, dual_feasible D u -> forall f, interpolates D f -> dual_value D u <= cost (tasks D) f).
    { intros u feasible f through. apply Rle_trans with (path_cost (tasks D) f); [| apply dearer].
      apply weak_duality; assumption. }
    intros u feasible f through. split; [apply bound; assumption |].
    intros attained. split; [assumption |]. intros g through_g. rewrite attained. apply bound; assumption.
  - exists (fun j => unit (tasks D) (kink D j)). apply strong_duality.
Qed.
