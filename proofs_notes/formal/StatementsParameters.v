(** The parameters of the optima (statement V of the notes), in the words of Statements.v and StatementsOptima.v.
    Definitions and statements only. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements StatementsOptima.
Open Scope R_scope.

(** ** V: all optimal parameters under weight decay *)

(** Together the neurons give every interior point its kink, each as much as the hat of the point at its knot says. *)
Definition kinks_fit (D : dataset) (f : network) : Prop :=
  forall j, interior D j ->
    equal (tasks D) (kink D j) (fun t => sum (width f) (fun k => hat_at D j (knot f k) * neuron_kink f k t)).

(** The linear part: the first slope of the data minus the sum of w v over the neurons with w < 0. *)
Definition slope_fits (D : dataset) (f : network) : Prop :=
  equal (tasks D) (linear f) (fun t => slope D 0 t
    - sum (width f) (fun k => if Rlt_dec (input_weight f k) 0 then input_weight f k * output_weight f k t else 0)).

(** A network is optimal for weight decay iff it meets these conditions: an inactive neuron has v = 0 and w = 0, every
    neuron is balanced, active ones bend where they may, the kinks and the slope fit, and the first label is met. *)
Definition parameters_statement : Prop :=
  forall D f, valid D ->
    optimal weight_decay D f <->
    (forall k, (k < width f)%nat -> ~ active (tasks D) f k ->
       zero (tasks D) (output_weight f k) /\ input_weight f k = 0) /\
    (forall k, active (tasks D) f k ->
       norm (tasks D) (output_weight f k) = Rabs (input_weight f k) /\ well_placed D f k) /\
    kinks_fit D f /\ slope_fits D f /\
    equal (tasks D) (value f (point D 0)) (label D 0).

(** With a given number of neurons the least weight decay can be attained iff they are no fewer than are counted. *)
Definition enough_neurons_statement (cost : nat -> network -> R) : Prop :=
  forall D n, valid D -> fewest D 1 n ->
    forall K, (exists f, optimal cost D f /\ width f = K) <-> (n <= K)%nat.
