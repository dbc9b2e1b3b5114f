(** Definitions and statements only: every [Definition ..._statement] below is proved, under the same name without
    [_statement], in Theorems.v; a statement about a cost is proved twice, for the path cost under that name and for
    weight decay with [_weight_decay] added. No knowledge of Coq is needed to read this file; three signs help:

      forall / exists / -> / <-> / /\ / \/ / ~    for all, there is, implies, iff, and, or, not
      fun k => ...                                the function that sends k to ...
      f x                                         f applied to x (no parentheses)

    Points are counted from 0: x_0 < ... < x_(N-1), so the interior points are 1, ..., N-2. README.md beside this file
    is the dictionary to the words of the notes. *)

From Coq Require Import Reals QArith Qreals List Bool Arith.
Import ListNotations.
Open Scope R_scope.

(** ** Vectors of R^T: functions on 0, 1, 2, ... of which only the entries below T are ever read *)

Definition vector := nat -> R.

(** [sum n f] is f 0 + ... + f (n-1). *)
Fixpoint sum (n : nat) (f : nat -> R) : R :=
  match n with
  | O => 0
  | S m => sum m f + f m
  end.

Definition dot (T : nat) (u v : vector) : R := sum T (fun t => u t * v t).
Definition norm (T : nat) (v : vector) : R := sqrt (dot T v v).
Definition scale (c : R) (v : vector) : vector := fun t => c * v t.
Definition equal (T : nat) (u v : vector) : Prop := forall t, (t < T)%nat -> u t = v t.
Definition zero (T : nat) (v : vector) : Prop := forall t, (t < T)%nat -> v t = 0.

Definition positive_multiple (T : nat) (u v : vector) : Prop := exists c, 0 < c /\ equal T v (scale c u).

(** u and v are nonzero and v = c u for some c > 0 (v is then nonzero because u and c are). *)
Definition aligned (T : nat) (u v : vector) : Prop := ~ zero T u /\ positive_multiple T u v.

(** ** Datasets *)

Record dataset := Dataset {
  tasks : nat;             (* T *)
  size : nat;              (* N *)
  point : nat -> R;        (* x_0, ..., x_(N-1) *)
  label : nat -> vector    (* y_0, ..., y_(N-1) *)
}.

Definition valid (D : dataset) : Prop :=
  (2 <= size D)%nat /\ forall i, (S i < size D)%nat -> point D i < point D (S i).

(** The slope between the points i and i+1. *)
Definition slope (D : dataset) (i : nat) : vector :=
  fun t => (label D (S i) t - label D i t) / (point D (S i) - point D i).

Definition interior (D : dataset) (j : nat) : Prop := (1 <= j)%nat /\ (S j < size D)%nat.

(** The kink of the data at the interior point j ([pred j] is j-1). *)
Definition kink (D : dataset) (j : nat) : vector := fun t => slope D j t - slope D (pred j) t.

(** The sum of |d_j| over the N-2 interior points j = 1, ..., N-2. *)
Definition total_kink (D : dataset) : R := sum (size D - 2) (fun i => norm (tasks D) (kink D (S i))).

(** The gap from point j to point j+1 lies between two interior points whose kinks are aligned. *)
Definition aligned_gap (D : dataset) (j : nat) : Prop :=
  interior D j /\ interior D (S j) /\ aligned (tasks D) (kink D j) (kink D (S j)).

Definition strictly_inside (D : dataset) (j : nat) (x : R) : Prop := point D j < x < point D (S j).

(** ** Networks: v_k (w_k x + b_k)_+ summed over k < width, plus a x + c *)

Record network := Network {
  width : nat;
  input_weight : nat -> R;          (* w_k *)
  bias : nat -> R;                  (* b_k *)
  output_weight : nat -> vector;    (* v_k *)
  linear : vector;                  (* a *)
  constant : vector                 (* c *)
}.

Definition relu (x : R) : R := Rmax 0 x.

Definition value (f : network) (x : R) : vector := fun t =>
  sum (width f) (fun k => output_weight f k t * relu (input_weight f k * x + bias f k)) + linear f t * x + constant f t.

Definition path_cost (T : nat) (f : network) : R :=
  sum (width f) (fun k => norm T (output_weight f k) * Rabs (input_weight f k)).

Definition weight_decay (T : nat) (f : network) : R :=
  1 / 2 * sum (width f) (fun k => norm T (output_weight f k) ^ 2 + input_weight f k ^ 2).

Definition active (T : nat) (f : network) (k : nat) : Prop :=
  (k < width f)%nat /\ 0 < norm T (output_weight f k) * Rabs (input_weight f k).

Definition balanced (T : nat) (f : network) : Prop :=
  forall k, (k < width f)%nat -> norm T (output_weight f k) = Rabs (input_weight f k).

(** Where an active neuron bends, and its kink (jump of slope) there. *)
Definition knot (f : network) (k : nat) : R := - bias f k / input_weight f k.
Definition neuron_kink (f : network) (k : nat) : vector := scale (Rabs (input_weight f k)) (output_weight f k).

(** ** Optimal networks *)

Definition interpolates (D : dataset) (f : network) : Prop :=
  forall i, (i < size D)%nat -> equal (tasks D) (value f (point D i)) (label D i).

(** [cost] is [path_cost] or [weight_decay]; g may have any width. *)
Definition optimal (cost : nat -> network -> R) (D : dataset) (f : network) : Prop :=
  interpolates D f /\ forall g, interpolates D g -> cost (tasks D) f <= cost (tasks D) g.

Definition agree_at (D : dataset) (f g : network) (x : R) : Prop := equal (tasks D) (value f x) (value g x).
Definition differ_at (D : dataset) (f g : network) (x : R) : Prop :=
  exists t, (t < tasks D)%nat /\ value f x t <> value g x t.

(** Connect-the-dots as a network: one neuron (x - x_j)_+ with output weight d_j at every interior point j. *)
Definition connect_the_dots (D : dataset) : network := {|
  width := size D - 2;
  input_weight := fun _ => 1;
  bias := fun k => - point D (S k);
  output_weight := fun k => kink D (S k);
  linear := slope D 0;
  constant := fun t => label D 0%nat t - slope D 0 t * point D 0%nat
|}.

(** The part of the line that belongs to the gap i: the first and the last gap reach to infinity. *)
Definition on_piece (D : dataset) (i : nat) (x : R) : Prop :=
  (S i < size D)%nat /\ (i = 0%nat \/ point D i <= x) /\ (S (S i) = size D \/ x <= point D (S i)).

(** ** Statements *)

(** [connect_the_dots] deserves its name: on every piece it is the straight line through the two data points. *)
Definition connect_the_dots_straight_statement : Prop :=
  forall D, valid D -> forall i x, on_piece D i x ->
    equal (tasks D) (value (connect_the_dots D) x) (fun t => label D i t + slope D i t * (x - point D i)).

(** A. Every interpolating network of any width costs at least the sum of |d_j|, and connect-the-dots attains it. *)
Definition optimal_value_statement : Prop :=
  forall D, valid D ->
    (forall f, interpolates D f -> total_kink D <= path_cost (tasks D) f) /\
    interpolates D (connect_the_dots D) /\
    path_cost (tasks D) (connect_the_dots D) = total_kink D.

(** A for weight decay: the same value, attained by a network of N-2 neurons that computes connect-the-dots. *)
Definition optimal_weight_decay_statement : Prop :=
  forall D, valid D ->
    (forall f, interpolates D f -> total_kink D <= weight_decay (tasks D) f) /\
    exists f, interpolates D f /\ weight_decay (tasks D) f = total_kink D /\
      width f = (size D - 2)%nat /\ forall x, agree_at D f (connect_the_dots D) x.

(** Weight decay is at least the path cost, with equality exactly for balanced networks; every network can be
    balanced without changing its function, its width or its path cost. *)
Definition balancing_statement : Prop :=
  forall T f,
    path_cost T f <= weight_decay T f /\
    (path_cost T f = weight_decay T f <-> balanced T f) /\
    exists g, balanced T g /\ width g = width f /\ path_cost T g = path_cost T f /\
      forall x, equal T (value g x) (value f x).

(** B, one half. Without two neighbouring aligned kinks every optimum equals connect-the-dots at every real x. *)
Definition uniqueness_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D -> (forall j, ~ aligned_gap D j) ->
    forall f, optimal cost D f -> forall x, agree_at D f (connect_the_dots D) x.

(** B, other half. Two neighbouring aligned kinks give infinitely many optima, pairwise different functions, of N-2
    neurons each, and each different from connect-the-dots at every point between the two kinks. *)
Definition non_uniqueness_statement (cost : nat -> network -> R) : Prop :=
  forall D j, valid D -> aligned_gap D j ->
    exists family : R -> network,
      (forall r, 0 < r <= 1 ->
         optimal cost D (family r) /\ width (family r) = (size D - 2)%nat /\
         forall x, strictly_inside D j x -> differ_at D (family r) (connect_the_dots D) x) /\
      (forall r r', 0 < r <= 1 -> 0 < r' <= 1 -> r <> r' -> exists x, differ_at D (family r) (family r') x).

(** B. All optima equal connect-the-dots at every real x iff no two neighbouring kinks are aligned. *)
Definition unique (cost : nat -> network -> R) (D : dataset) : Prop :=
  forall f, optimal cost D f -> forall x, agree_at D f (connect_the_dots D) x.

Definition unique_iff_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D -> unique cost D <-> forall j, ~ aligned_gap D j.

(** B, pointwise. All optima agree at x iff x is not strictly between two neighbouring aligned kinks. *)
Definition all_optima_agree_at (cost : nat -> network -> R) (D : dataset) (x : R) : Prop :=
  forall f g, optimal cost D f -> optimal cost D g -> agree_at D f g x.

Definition pointwise_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D -> forall x,
    all_optima_agree_at cost D x <-> ~ exists j, aligned_gap D j /\ strictly_inside D j x.

(** B and V, where neurons can be. A neuron is well placed if it bends at an interior data point with nonzero kink or
    strictly between two aligned neighbours, and |w| v is a positive multiple of the kink there. *)
Definition well_placed (D : dataset) (f : network) (k : nat) : Prop :=
  exists j, positive_multiple (tasks D) (kink D j) (neuron_kink f k) /\
    (interior D j /\ ~ zero (tasks D) (kink D j) /\ knot f k = point D j \/
     aligned_gap D j /\ strictly_inside D j (knot f k)).

Definition neurons_statement : Prop :=
  forall D, valid D -> forall f,
    optimal path_cost D f <->
    interpolates D f /\ forall k, active (tasks D) f k -> well_placed D f k.

Definition neurons_weight_decay_statement : Prop :=
  forall D, valid D -> forall f,
    optimal weight_decay D f <->
    interpolates D f /\ balanced (tasks D) f /\ forall k, active (tasks D) f k -> well_placed D f k.

(** ** J and K: the fewest neurons *)

(** Two neighbouring kinks d and c d can share one neuron, at the point between them that they pull to. [fewest D j n]
    counts from the interior point j to the right: a zero kink needs no neuron, two aligned neighbours share one, and
    every other kink needs one of its own. *)
Inductive fewest (D : dataset) : nat -> nat -> Prop :=
  | no_point_left : forall j, (size D <= S j)%nat -> fewest D j 0
  | no_kink : forall j n, interior D j -> zero (tasks D) (kink D j) -> fewest D (S j) n -> fewest D j n
  | one_for_one : forall j n, interior D j -> ~ zero (tasks D) (kink D j) -> ~ aligned_gap D j ->
      fewest D (S j) n -> fewest D j (S n)
  | one_for_two : forall j n, aligned_gap D j -> fewest D (S (S j)) n -> fewest D j (S n).

(** The same count in the words of the notes: over all runs, half the length m of the run, rounded up. A run is a
    maximal row of points j, ..., j+m-1 with nonzero kinks, each aligned with the next. *)
Inductive over_runs (D : dataset) : nat -> nat -> Prop :=
  | no_run_left : forall j, (size D <= S j)%nat -> over_runs D j 0
  | between_runs : forall j n, interior D j -> zero (tasks D) (kink D j) -> over_runs D (S j) n -> over_runs D j n
  | one_run : forall j m n, (1 <= m)%nat ->
      (forall i, (i < m)%nat -> interior D (j + i) /\ ~ zero (tasks D) (kink D (j + i))) ->
      (forall i, (S i < m)%nat -> aligned_gap D (j + i)) -> ~ aligned_gap D (j + pred m) ->
      over_runs D (j + m) n -> over_runs D j ((m + 1) / 2 + n)%nat.

Definition fewest_over_runs_statement : Prop := forall D n, fewest D 1 n <-> over_runs D 1 n.

Definition has_active (T : nat) (f : network) (n : nat) : Prop :=
  exists neurons : list nat, NoDup neurons /\ length neurons = n /\ forall k, In k neurons -> active T f k.

(** Every optimum has n active neurons at least, and one optimum has no more neurons than these. *)
Definition sparsest_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D -> exists n, fewest D 1 n /\
    (forall f, optimal cost D f -> has_active (tasks D) f n) /\
    exists f, optimal cost D f /\ width f = n.

(** ** M: what a dual certificate proves *)

(** Vectors u_j of length at most 1 at the interior points bound the cost of every interpolating network from below, so
    a network whose cost is that bound is optimal; and for some u_j the bound is the optimal value. *)
Definition dual_value (D : dataset) (u : nat -> vector) : R :=
  sum (size D - 2) (fun i => dot (tasks D) (u (S i)) (kink D (S i))).

Definition dual_feasible (D : dataset) (u : nat -> vector) : Prop :=
  forall j, interior D j -> norm (tasks D) (u j) <= 1.

Definition certificate_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D ->
    (forall u, dual_feasible D u -> forall f, interpolates D f ->
       dual_value D u <= cost (tasks D) f /\ (cost (tasks D) f = dual_value D u -> optimal cost D f)) /\
    exists u, dual_feasible D u /\ dual_value D u = total_kink D.

(** ** S: uniqueness with a number, and G: convexity *)

(** The cosine of the angle between two kinks. *)
Definition cosine (T : nat) (u v : vector) : R := dot T u v / (norm T u * norm T v).

(** Between two interior points with nonzero kinks at the angle theta, an interpolating network of excess e is no
    farther from connect-the-dots than h e / (1 - cos theta), h the length of the gap; if theta = 0, nothing is said. *)
Definition stability_statement (cost : nat -> network -> R) : Prop :=
  forall D j, valid D -> interior D j -> interior D (S j) ->
    ~ zero (tasks D) (kink D j) -> ~ zero (tasks D) (kink D (S j)) ->
    forall f, interpolates D f -> forall x, point D j <= x <= point D (S j) ->
      (1 - cosine (tasks D) (kink D j) (kink D (S j)))
        * norm (tasks D) (fun t => value f x t - value (connect_the_dots D) x t)
      <= (point D (S j) - point D j) * (cost (tasks D) f - total_kink D).

(** Every convex combination of two optimal functions is an optimal function. *)
Definition convexity_statement (cost : nat -> network -> R) : Prop :=
  forall D f g s, valid D -> optimal cost D f -> optimal cost D g -> 0 <= s <= 1 ->
    exists h, optimal cost D h /\
      forall x, equal (tasks D) (value h x) (fun t => (1 - s) * value f x t + s * value g x t).

(** ** The decision procedure: rational data, run by [Compute] *)

(** One pair (x_i, [y_i0; ...; y_i(T-1)]) per point. *)
Definition rational_dataset := list (Q * list Q).

Definition rational_tasks (d : rational_dataset) : nat := length (snd (nth 0 d (0%Q, []))).
Definition rational_point (d : rational_dataset) (i : nat) : Q := fst (nth i d (0%Q, [])).
Definition rational_label (d : rational_dataset) (i t : nat) : Q := nth t (snd (nth i d (0%Q, []))) 0%Q.

(** The same data as real numbers. *)
Definition real_dataset (d : rational_dataset) : dataset := {|
  tasks := rational_tasks d;
  size := length d;
  point := fun i => Q2R (rational_point d i);
  label := fun i t => Q2R (rational_label d i t)
|}.

Definition rational_less (p q : Q) : bool := negb (Qle_bool q p).

Definition rectangular (d : rational_dataset) : bool :=
  forallb (fun row => length (snd row) =? rational_tasks d)%nat d.

Definition well_formed (d : rational_dataset) : bool :=
  (2 <=? length d)%nat && rectangular d &&
  forallb (fun i => rational_less (rational_point d i) (rational_point d (S i))) (seq 0 (length d - 1)).

Definition rational_slope (d : rational_dataset) (i t : nat) : Q :=
  Qred ((rational_label d (S i) t - rational_label d i t) / (rational_point d (S i) - rational_point d i)).

Definition rational_kink (d : rational_dataset) (j t : nat) : Q :=
  Qred (rational_slope d j t - rational_slope d (pred j) t).

Fixpoint rational_sum (n : nat) (f : nat -> Q) : Q :=
  match n with
  | O => 0%Q
  | S m => Qred (rational_sum m f + f m)
  end.

Definition rational_dot (d : rational_dataset) (i j : nat) : Q :=
  rational_sum (rational_tasks d) (fun t => rational_kink d i t * rational_kink d j t)%Q.

(** Equality in the Cauchy-Schwarz inequality, with a positive product: aligned. *)
Definition gap_test (d : rational_dataset) (j : nat) : bool :=
  let product := rational_dot d j (S j) in
  rational_less 0 product && Qeq_bool (product * product) (rational_dot d j j * rational_dot d (S j) (S j)).

(** All aligned gaps, each named by its left end, or [None] if the input is no dataset. *)
Definition decide (d : rational_dataset) : option (list nat) :=
  if well_formed d then Some (filter (gap_test d) (seq 1 (length d - 3))) else None.

Definition decision_statement (cost : nat -> network -> R) : Prop :=
  forall d,
    match decide d with
    | None => ~ (valid (real_dataset d) /\ rectangular d = true)
    | Some gaps =>
        let D := real_dataset d in
        valid D /\
        (forall j, In j gaps <-> aligned_gap D j) /\
        (forall x, all_optima_agree_at cost D x <-> forall j, In j gaps -> ~ strictly_inside D j x) /\
        (gaps = [] <-> unique cost D)
    end.

(** The count of [fewest], run by [Compute]: [room] is how many interior points there are from j on. *)
Definition zero_test (d : rational_dataset) (j : nat) : bool := Qeq_bool (rational_dot d j j) 0.

Fixpoint count_fewest (d : rational_dataset) (room j : nat) : nat :=
  match room with
  | O => 0
  | S further =>
      if zero_test d j then count_fewest d further (S j)
      else match further with
           | O => 1
           | S beyond => S (if gap_test d j then count_fewest d beyond (S (S j)) else count_fewest d further (S j))
           end
  end.

Definition decide_fewest (d : rational_dataset) : option nat :=
  if well_formed d then Some (count_fewest d (length d - 2) 1) else None.

Definition count_statement : Prop :=
  forall d,
    match decide_fewest d with
    | None => ~ (valid (real_dataset d) /\ rectangular d = true)
    | Some n => valid (real_dataset d) /\ fewest (real_dataset d) 1 n
    end.
