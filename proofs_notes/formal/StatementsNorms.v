(** Where a hypothesis of B is dropped: zero kinks, and other norms across the tasks. In the words of Statements.v and
    of [is_norm] in StatementsBounds.v; definitions and statements only. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements StatementsBounds.
Open Scope R_scope.

(** A neuron costs |w| times the norm nu of its output weights. *)
Definition path_cost_in (nu : nat -> vector -> R) (T : nat) (f : network) : R :=
  sum (width f) (fun k => nu T (output_weight f k) * Rabs (input_weight f k)).

Definition l1 (T : nat) (v : vector) : R := sum T (fun t => Rabs (v t)).

Fixpoint linf (T : nat) (v : vector) : R :=
  match T with
  | O => 0
  | S t => Rmax (linf t v) (Rabs (v t))
  end.

(** A holds for every norm: connect-the-dots is optimal and costs the sum of the norms of the kinks. *)
Definition any_norm_statement : Prop :=
  forall nu, (forall T, is_norm T (nu T)) -> forall D, valid D ->
    optimal (path_cost_in nu) D (connect_the_dots D) /\
    path_cost_in nu (tasks D) (connect_the_dots D) = sum (size D - 2) (fun i => nu (tasks D) (kink D (S i))).

(** One task of the data and of a network. *)
Definition one_task_of (D : dataset) (t : nat) : dataset := {|
  tasks := 1; size := size D; point := point D; label := fun i _ => label D i t
|}.

Definition one_output (f : network) (t : nat) : network := {|
  width := width f; input_weight := input_weight f; bias := bias f;
  output_weight := fun k _ => output_weight f k t;
  linear := fun _ => linear f t; constant := fun _ => constant f t
|}.

(** With the l1 norm the tasks know nothing of each other: a network is optimal iff it is so in every task alone. *)
Definition l1_coupling_statement : Prop :=
  forall D f, valid D ->
    optimal (path_cost_in l1) D f <->
    forall t, (t < tasks D)%nat -> optimal path_cost (one_task_of D t) (one_output f t).

(** B fails for l1 and for l-infinity: there are data whose optimum is unique for the Euclidean norm and not for
  these. *)
Definition fails_for (nu : nat -> vector -> R) : Prop :=
  exists D f x, valid D /\ unique path_cost D /\
    optimal (path_cost_in nu) D (connect_the_dots D) /\ optimal (path_cost_in nu) D f /\
    differ_at D f (connect_the_dots D) x.

Definition other_norms_statement : Prop := fails_for l1 /\ fails_for linf.

(** Zero kinks are not aligned: with two of them side by side the optimum can be unique. *)
Definition zero_kinks_statement (cost : nat -> network -> R) : Prop :=
  exists D j, valid D /\ interior D j /\ interior D (S j) /\
    zero (tasks D) (kink D j) /\ zero (tasks D) (kink D (S j)) /\ unique cost D.
