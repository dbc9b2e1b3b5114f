(** Weight decay against path cost: they differ by half the squares of |v| - |w|, so weight decay is at least the path
    cost, with equality exactly for balanced networks; and every network can be balanced, because a ramp may be
    stretched by any positive factor: v (w x + b)_+ = (v/s) (s w x + s b)_+. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum.
Open Scope R_scope.

(** ** The difference of the two costs *)

Section Imbalance.
Variable T : nat.

(** Half the square of |v| - |w|. *)
Definition imbalance (f : network) (k : nat) : R :=
  1 / 2 * Rsqr (norm T (output_weight f k) - Rabs (input_weight f k)).

Lemma imbalance_nonneg f k : 0 <= imbalance f k.
Proof. unfold imbalance. pose proof (Rle_0_sqr (norm T (output_weight f k) - Rabs (input_weight f k))). lra. Qed.

Lemma weight_decay_is_cost_and_imbalance f :
  weight_decay T f = path_cost T f + sum (width f) (imbalance f).
Proof.
  unfold weight_decay, path_cost. rewrite <- sum_factor, <- sum_add. apply sum_ext. intros k _.
  unfold imbalance. pose proof (Rsqr_abs (input_weight f k)) as square. unfold Rsqr in *. lra.
Qed.

Lemma cost_le_weight_decay f : path_cost T f <= weight_decay T f.
Proof.
  rewrite weight_decay_is_cost_and_imbalance.
  assert (0 <= sum (width f) (imbalance f)) by (apply sum_nonneg; intros; apply imbalance_nonneg). lra.
Qed.

Lemma cost_eq_weight_decay f : path_cost T f = weight_decay T f <-> balanced T f.
Proof.
  rewrite weight_decay_is_cost_and_imbalance. split.
  - intros same k below.
    assert (none : imbalance f k = 0)
      by (apply (sum_zero_terms (width f) (imbalance f)); [intros; apply imbalance_nonneg | lra | assumption]).
    unfold imbalance in none. assert (square : Rsqr (norm T (output_weight f k) - Rabs (input_weight f k)) = 0) by lra.
    apply Rsqr_0_uniq in square. lra.
  - intros even. rewrite sum_zero; [lra |]. intros k below. unfold imbalance. rewrite even by assumption.
    unfold Rsqr. lra.
Qed.

End Imbalance.

(** ** Balancing one neuron *)

(** [rebalance p q] is the factor that carries the length p to the common length sqrt (p q), where both are positive,
    and 0 where one of them vanishes. *)
Definition rebalance (p q : R) : R := if Rlt_dec 0 (p * q) then sqrt (p * q) / p else 0.

Lemma both_positive p q : 0 <= p -> 0 <= q -> 0 < p * q -> 0 < p /\ 0 < q.
Proof. intros nonneg_p nonneg_q product. split; nra. Qed.

Lemma rebalance_nonneg p q : 0 <= p -> 0 <= q -> 0 <= rebalance p q.
Proof.
  intros nonneg_p nonneg_q. unfold rebalance. destruct (Rlt_dec 0 (p * q)) as [product |]; [| lra].
  destruct (both_positive p q nonneg_p nonneg_q product). left. apply Rdiv_lt_0_compat; [| assumption].
  apply sqrt_lt_R0. assumption.
Qed.

Lemma rebalance_length p q : 0 <= p -> 0 <= q -> rebalance p q * p = sqrt (p * q).
Proof.
  intros nonneg_p nonneg_q. unfold rebalance. destruct (Rlt_dec 0 (p * q)) as [product | vanish].
  - destruct (both_positive p q nonneg_p nonneg_q product). field. lra.
  - assert (0 <= p * q) by (apply Rmult_le_pos; assumption). replace (p * q) with 0 by lra. rewrite sqrt_0. ring.
Qed.

Lemma rebalance_inverse p q : 0 <= p -> 0 <= q -> 0 < p * q -> rebalance p q * rebalance q p = 1.
Proof.
  intros nonneg_p nonneg_q product. destruct (both_positive p q nonneg_p nonneg_q product).
  unfold rebalance. rewrite (Rmult_comm q p). destruct (Rlt_dec 0 (p * q)); [| contradiction].
  pose proof (sqrt_sqrt (p * q) ltac:(lra)) as square.
  replace (sqrt (p * q) / p * (sqrt (p * q) / q)) with (sqrt (p * q) * sqrt (p * q) / (p * q)) by (field; lra).
  rewrite square. field. lra.
Qed.

Lemma relu_stretch s x : 0 <= s -> relu (s * x) = s * relu x.
Proof.
  intros nonneg. destruct (Rle_or_lt 0 x).
  - rewrite !relu_right; [ring | assumption | apply Rmult_le_pos; assumption].
  - rewrite (relu_left x) by lra. rewrite relu_left by nra. ring.
Qed.

(** ** Balancing a network: inactive neurons are constants, and join the constant *)

Section Balance.
Variable T : nat.
Variable f : network.

Let output_length (k : nat) : R := norm T (output_weight f k).
Let input_length (k : nat) : R := Rabs (input_weight f k).
Let inward (k : nat) : R := rebalance (input_length k) (output_length k).
Let outward (k : nat) : R := rebalance (output_length k) (input_length k).

(** The part of the constant that an inactive neuron leaves. *)
Let remnant (k : nat) : vector := fun t =>
  if Rlt_dec 0 (output_length k * input_length k) then 0 else output_weight f k t * relu (bias f k).

Definition balance : network := {|
  width := width f;
  input_weight := fun k => inward k * input_weight f k;
  bias := fun k => inward k * bias f k;
  output_weight := fun k => scale (outward k) (output_weight f k);
  linear := linear f;
  constant := fun t => sum (width f) (fun k => remnant k t) + constant f t
|}.

Lemma output_length_nonneg k : 0 <= output_length k.
Proof. apply norm_nonneg. Qed.

Lemma input_length_nonneg k : 0 <= input_length k.
Proof. apply Rabs_pos. Qed.

Lemma balance_output_length k : norm T (output_weight balance k) = sqrt (output_length k * input_length k).
Proof.
  pose proof (output_length_nonneg k). pose proof (input_length_nonneg k).
  simpl. rewrite norm_scale, Rabs_right by (apply Rle_ge, rebalance_nonneg; assumption).
  apply rebalance_length; assumption.
Qed.

Lemma balance_input_length k : Rabs (input_weight balance k) = sqrt (output_length k * input_length k).
Proof.
  pose proof (output_length_nonneg k). pose proof (input_length_nonneg k).
  simpl. rewrite Rabs_mult, (Rabs_right (inward k)) by (apply Rle_ge, rebalance_nonneg; assumption).
  unfold inward. fold (input_length k). rewrite rebalance_length, Rmult_comm by assumption. reflexivity.
Qed.

Lemma balance_balanced : balanced T balance.
Proof. intros k _. rewrite balance_output_length, balance_input_length. reflexivity. Qed.

Lemma balance_cost : path_cost T balance = path_cost T f.
Proof.
  apply sum_ext. intros k _. rewrite balance_output_length, balance_input_length.
  apply sqrt_sqrt, Rmult_le_pos; [apply output_length_nonneg | apply input_length_nonneg].
Qed.

Lemma balance_neuron k x t : (t < T)%nat ->
  output_weight balance k t * relu (input_weight balance k * x + bias balance k) + remnant k t
  = output_weight f k t * relu (input_weight f k * x + bias f k).
Proof.
  intros below. pose proof (output_length_nonneg k) as nonneg_out. pose proof (input_length_nonneg k) as nonneg_in.
  simpl. unfold scale, remnant. replace (inward k * input_weight f k * x + inward k * bias f k)
    with (inward k * (input_weight f k * x + bias f k)) by ring.
  rewrite relu_stretch by (apply rebalance_nonneg; assumption).
  destruct (Rlt_dec 0 (output_length k * input_length k)) as [now_active | inactive].
  - replace (outward k * output_weight f k t * (inward k * relu (input_weight f k * x + bias f k)) + 0)
      with (outward k * inward k * (output_weight f k t * relu (input_weight f k * x + bias f k))) by ring.
    unfold outward, inward. rewrite rebalance_inverse by assumption. ring.
  - assert (none : output_length k = 0 \/ input_length k = 0).
    { apply Rmult_integral. pose proof (Rmult_le_pos _ _ nonneg_out nonneg_in). lra. }
    unfold outward, rebalance. destruct (Rlt_dec 0 (output_length k * input_length k)); [contradiction |].
    destruct none as [none | none].
    + rewrite (norm_zero T (output_weight f k) none t below). ring.
    + assert (still : input_weight f k = 0).
      { destruct (Req_dec (input_weight f k) 0) as [| moving]; [assumption |].
        apply Rabs_no_R0 in moving. contradiction. }
      rewrite still. replace (0 * x + bias f k) with (bias f k) by ring. ring.
Qed.

Lemma balance_value x : equal T (value balance x) (value f x).
Proof.
  intros t below. unfold value. simpl width. simpl linear. simpl constant.
  rewrite <- (sum_ext _ _ _ (fun k _ => balance_neuron k x t below)), sum_add. ring.
Qed.

End Balance.

(** ** Optimal for weight decay means optimal for the path cost, and balanced *)

Section OptimalDecay.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

Lemma balance_interpolates f : interpolates D f -> interpolates D (balance T f).
Proof. intros through i bound t below. rewrite (balance_value T f _ t below). apply through; assumption. Qed.

Lemma weight_decay_lower_bound f : interpolates D f -> total_kink D <= weight_decay T f.
Proof.
  intros through. pose proof (lower_bound D D_valid f through) as least. fold T in least.
  pose proof (cost_le_weight_decay T f). lra.
Qed.

Lemma balance_attains f : optimal path_cost D f -> weight_decay T (balance T f) = total_kink D.
Proof.
  intros best. apply optimal_iff_cost in best; [| assumption]. destruct best as [_ cheap].
  rewrite <- cheap. fold T. rewrite <- (balance_cost T f).
  symmetry. apply cost_eq_weight_decay, balance_balanced.
Qed.

Lemma optimal_weight_decay_iff f :
  optimal weight_decay D f <-> optimal path_cost D f /\ balanced T f.
Proof.
  rewrite optimal_iff_cost by assumption. fold T. split.
  - intros [through best]. pose proof (cost_le_weight_decay T f) as above.
    pose proof (lower_bound D D_valid f through) as least. fold T in least.
    pose proof (connect_the_dots_optimal D D_valid) as dots.
    pose proof (best _ (balance_interpolates _ (proj1 dots))) as at_most. fold T in at_most.
    rewrite balance_attains in at_most by assumption.
    split; [split; [assumption | lra] |]. apply cost_eq_weight_decay. lra.
  - intros [[through cheap] even]. apply cost_eq_weight_decay in even. split; [assumption |].
    intros g through_g. pose proof (weight_decay_lower_bound g through_g). fold T. lra.
Qed.

Lemma balance_optimal f : optimal path_cost D f -> optimal weight_decay D (balance T f).
Proof.
  intros best. split; [apply balance_interpolates; apply best |].
  intros g through. fold T. rewrite balance_attains by assumption. apply weight_decay_lower_bound. assumption.
Qed.

End OptimalDecay.
