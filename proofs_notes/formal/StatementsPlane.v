(** Networks with several inputs (statements AB and AF of the notes), in the words of Statements.v. Definitions and
    statements only. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements.
Open Scope R_scope.

(** ** Networks: v_k (w_k . x + b_k)_+ summed over k < width, plus an affine function; x has d entries *)

Record network_in := NetworkIn {
  neurons_in : nat;
  weight_in : nat -> vector;     (* w_k, of d entries *)
  bias_in : nat -> R;            (* b_k *)
  output_in : nat -> vector;     (* v_k, of T entries *)
  linear_in : nat -> vector;     (* one vector of d entries for each task *)
  constant_in : vector
}.

Definition value_in (d : nat) (f : network_in) (x : vector) : vector := fun t =>
  sum (neurons_in f) (fun k => output_in f k t * relu (dot d (weight_in f k) x + bias_in f k))
  + dot d (linear_in f t) x + constant_in f t.

Definition cost_in (d T : nat) (f : network_in) : R :=
  sum (neurons_in f) (fun k => norm T (output_in f k) * norm d (weight_in f k)).

Record data_in := DataIn {
  inputs : nat;                  (* d *)
  tasks_in : nat;                (* T *)
  size_in : nat;                 (* N *)
  point_in : nat -> vector;
  label_in : nat -> vector
}.

Definition interpolates_in (D : data_in) (f : network_in) : Prop :=
  forall i, (i < size_in D)%nat -> equal (tasks_in D) (value_in (inputs D) f (point_in D i)) (label_in D i).

Definition optimal_in (D : data_in) (f : network_in) : Prop :=
  interpolates_in D f /\
  forall g, interpolates_in D g -> cost_in (inputs D) (tasks_in D) f <= cost_in (inputs D) (tasks_in D) g.

(** ** AB: what the labels say of the output weights *)

(** The labels, added up over the tasks with the weights e_t, are on the data an affine function of the inputs. *)
Definition affine_combination (D : data_in) (e : vector) : Prop :=
  exists (a : vector) (c : R), forall i, (i < size_in D)%nat ->
    dot (tasks_in D) e (label_in D i) = dot (inputs D) a (point_in D i) + c.

(** The s-th unit vector. *)
Definition one_at (s : nat) : vector := fun t => if (t =? s)%nat then 1 else 0.

(** Output weights of an optimum are orthogonal to every affine combination of the tasks. So if the task s differs from
    the combination p by an affine one, its entry is at most |p| |v|: the least such |p|^2 is the leverage of the
      task. *)
Definition leverage_statement : Prop :=
  forall D f k, optimal_in D f -> (k < neurons_in f)%nat -> 0 < norm (inputs D) (weight_in f k) ->
    (forall e, affine_combination D e -> dot (tasks_in D) e (output_in f k) = 0) /\
    forall s p, (s < tasks_in D)%nat -> affine_combination D (fun t => one_at s t - p t) ->
      Rabs (output_in f k s) <= norm (tasks_in D) p * norm (tasks_in D) (output_in f k).

(** ** AF: two optima in the plane, with two tasks *)

Definition pair_of (p q : R) : vector := fun t => match t with O => p | S O => q | _ => 0 end.

(** The points (0,0), (0,-1), (0,1), (1,-1), (1,1) with the labels (0,0), (0,0), (0,2), (0,0), (1,2). *)
Definition five_points : data_in := {|
  inputs := 2; tasks_in := 2; size_in := 5;
  point_in := fun i => match i with
    | 0 => pair_of 0 0 | 1 => pair_of 0 (-1) | 2 => pair_of 0 1 | 3 => pair_of 1 (-1) | _ => pair_of 1 1 end%nat;
  label_in := fun i => match i with 2 => pair_of 0 2 | 4 => pair_of 1 2 | _ => pair_of 0 0 end%nat
|}.

(** 1/2 (1,1) (x+y)_+ + 1/2 (-1,1) (y-x)_+ + (0,1) y_+ *)
Definition three_neurons : network_in := {|
  neurons_in := 3;
  weight_in := fun k => match k with 0 => pair_of 1 1 | 1 => pair_of (-1) 1 | _ => pair_of 0 1 end%nat;
  bias_in := fun _ => 0;
  output_in := fun k => match k with
    | 0 => pair_of (1 / 2) (1 / 2) | 1 => pair_of (- 1 / 2) (1 / 2) | _ => pair_of 0 1 end%nat;
  linear_in := fun _ _ => 0;
  constant_in := fun _ => 0
|}.

(** 1/8 (1,2) (x+2y)_+ + 1/8 (-1,2) (2y-x)_+ + 3/8 (1,1) (x+y)_+ + 3/8 (-1,1) (y-x)_+ + 1/4 (0,1) y_+ *)
Definition five_neurons : network_in := {|
  neurons_in := 5;
  weight_in := fun k => match k with
    | 0 => pair_of 1 2 | 1 => pair_of (-1) 2 | 2 => pair_of 1 1 | 3 => pair_of (-1) 1 | _ => pair_of 0 1 end%nat;
  bias_in := fun _ => 0;
  output_in := fun k => match k with
    | 0 => pair_of (1 / 8) (2 / 8) | 1 => pair_of (- 1 / 8) (2 / 8)
    | 2 => pair_of (3 / 8) (3 / 8) | 3 => pair_of (- 3 / 8) (3 / 8) | _ => pair_of 0 (1 / 4) end%nat;
  linear_in := fun _ _ => 0;
  constant_in := fun _ => 0
|}.

(** Both are optimal, at the cost 3, and at the point (1, -3/5) their values are (1/5, 1/5) and (3/20, 3/20). *)
Definition two_optima_statement : Prop :=
  optimal_in five_points three_neurons /\ optimal_in five_points five_neurons /\
  cost_in 2 2 three_neurons = 3 /\ cost_in 2 2 five_neurons = 3 /\
  equal 2 (value_in 2 three_neurons (pair_of 1 (- 3 / 5))) (pair_of (1 / 5) (1 / 5)) /\
  equal 2 (value_in 2 five_neurons (pair_of 1 (- 3 / 5))) (pair_of (3 / 20) (3 / 20)).
