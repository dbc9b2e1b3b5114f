(** The set of all optima (statements I, L, K, J, C and W of the notes), in the words of Statements.v. Definitions and
    statements only; what is said there of reading them holds here too. *)

From Coq Require Import Reals List Arith.
From ReluProof Require Import Statements.
Import ListNotations.
Open Scope R_scope.

(** ** I: which functions are optimal *)

(** The networks that have, at every x, the values of an optimum. (Such a network may cost more than the optimum: two of
    its neurons may cancel.) *)
Definition optimal_function (cost : nat -> network -> R) (D : dataset) (f : network) : Prop :=
  exists g, optimal cost D g /\ forall x, agree_at D f g x.

(** A run of length m from the interior point j on: the points j, ..., j+m-1 have nonzero kinks, each aligned with the
    next, and the row goes on neither to the left nor to the right. *)
Definition run (D : dataset) (j m : nat) : Prop :=
  (1 <= m)%nat /\
  (forall i, (i < m)%nat -> interior D (j + i) /\ ~ zero (tasks D) (kink D (j + i))) /\
  (forall i, (S i < m)%nat -> aligned_gap D (j + i)) /\
  ~ aligned_gap D (pred j) /\ ~ aligned_gap D (j + pred m).

(** x lies strictly between the first and the last point of a run. *)
Definition inside_a_run (D : dataset) (x : R) : Prop :=
  exists j m, run D j m /\ point D j < x < point D (j + pred m).

Definition convex_between (p q : R) (phi : R -> R) : Prop :=
  forall x y s, p <= x <= q -> p <= y <= q -> 0 <= s <= 1 ->
    phi ((1 - s) * x + s * y) <= (1 - s) * phi x + s * phi y.

(** A network computes an optimal function iff it interpolates, equals connect-the-dots outside the runs, and on each
    run, from the data point before it to the data point after it, is an affine function plus phi times the common
    direction, with phi convex. (On the first and the last gap of that stretch the function is connect-the-dots by the
    second condition, so phi has the slopes of the data there.) *)
Definition all_optima_statement (cost : nat -> network -> R) : Prop :=
  forall D f, valid D ->
    optimal_function cost D f <->
    interpolates D f /\
    (forall x, ~ inside_a_run D x -> agree_at D f (connect_the_dots D) x) /\
    (forall j m, run D j m ->
       exists (a b : vector) (phi : R -> R),
         convex_between (point D (pred j)) (point D (j + m)) phi /\
         forall x, point D (pred j) <= x <= point D (j + m) ->
           equal (tasks D) (value f x) (fun t => a t + b t * x + phi x * kink D j t)).

(** ** L: the values of all optima at x *)

(** How far the optima reach from connect-the-dots in the aligned gap j: a tent, 0 at both ends of the gap. *)
Definition reach (D : dataset) (j : nat) (x : R) : R :=
  Rmin (norm (tasks D) (kink D j) * (x - point D j)) (norm (tasks D) (kink D (S j)) * (point D (S j) - x)).

(** The direction of the kink at the point j, a vector of length 1. *)
Definition direction (D : dataset) (j : nat) : vector := scale (/ norm (tasks D) (kink D j)) (kink D j).

(** Inside the aligned gap j the optima take at x exactly the values of the segment from connect-the-dots to the vector
    that lies [reach D j x] from it, against the direction of the two kinks; and at an x inside no aligned gap they
    take only the value of connect-the-dots. *)
Definition envelope_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D ->
    (forall j x z, aligned_gap D j -> strictly_inside D j x ->
       (exists f, optimal cost D f /\ equal (tasks D) (value f x) z) <->
       exists s, 0 <= s <= 1 /\
         equal (tasks D) z (fun t => value (connect_the_dots D) x t - s * reach D j x * direction D j t)) /\
    (forall x z, ~ (exists j, aligned_gap D j /\ strictly_inside D j x) ->
       (exists f, optimal cost D f /\ equal (tasks D) (value f x) z) <->
       equal (tasks D) z (value (connect_the_dots D) x)).

(** The tent has its top where the merged neuron bends, at the height h |d_j| |d_(j+1)| / (|d_j| + |d_(j+1)|). *)
Definition tent_height_statement : Prop :=
  forall D j, valid D -> aligned_gap D j ->
    let p := norm (tasks D) (kink D j) in
    let q := norm (tasks D) (kink D (S j)) in
    let height := (point D (S j) - point D j) * (p * q) / (p + q) in
    let top := (p * point D j + q * point D (S j)) / (p + q) in
    strictly_inside D j top /\ reach D j top = height /\ forall x, reach D j x <= height.

(** ** J: two aligned neighbours as one neuron *)

(** If d_(j+1) = c d_j with c > 0, one neuron at (x_j + c x_(j+1)) / (1 + c) with the kink d_j + d_(j+1) can stand for
    the two neurons of connect-the-dots at the points j and j+1: the network is optimal, and one neuron smaller. *)
Definition merging_statement (cost : nat -> network -> R) : Prop :=
  forall D j c, valid D -> aligned_gap D j -> 0 < c -> equal (tasks D) (kink D (S j)) (scale c (kink D j)) ->
    exists f, optimal cost D f /\ width f = (size D - 3)%nat /\
      forall x, equal (tasks D) (value f x) (fun t =>
        value (connect_the_dots D) x t
        - kink D j t * relu (x - point D j) - kink D (S j) t * relu (x - point D (S j))
        + (kink D j t + kink D (S j) t) * relu (x - (point D j + c * point D (S j)) / (1 + c))).

(** ** K: which sparsest optimum is the only one *)

(** An optimum such that every optimum has at least as many active neurons. *)
Definition sparsest_optimum (cost : nat -> network -> R) (D : dataset) (f : network) : Prop :=
  optimal cost D f /\
  forall g n, optimal cost D g -> has_active (tasks D) f n -> has_active (tasks D) g n.

(** All sparsest optima are one function iff every run has length 1 or even length ... *)
Definition unique_sparsest_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D ->
    (forall f g, sparsest_optimum cost D f -> sparsest_optimum cost D g -> forall x, agree_at D f g x) <->
    (forall j m, run D j m -> m = 1%nat \/ Nat.Even m).

(** ... and every other run has one sparsest optimum for each r from 0 to 1, all equal outside the run, no two equal in
    its first gap. *)
Definition odd_run_statement (cost : nat -> network -> R) : Prop :=
  forall D j m, valid D -> run D j m -> Nat.Odd m -> (3 <= m)%nat ->
    exists family : R -> network,
      (forall r, 0 <= r <= 1 -> sparsest_optimum cost D (family r)) /\
      (forall r r', 0 <= r <= 1 -> 0 <= r' <= 1 -> r <> r' ->
         exists x, strictly_inside D j x /\ differ_at D (family r) (family r') x) /\
      (forall r r' x, 0 <= r <= 1 -> 0 <= r' <= 1 -> x <= point D j \/ point D (j + pred m) <= x ->
         agree_at D (family r) (family r') x).

(** ** C: the descent to connect-the-dots, knot by knot *)

(** The hat of the interior point j: 1 at x_j, 0 at all other data points, straight between them. *)
Definition hat_at (D : dataset) (j : nat) (t : R) : R :=
  Rmax 0 (Rmin ((t - point D (pred j)) / (point D j - point D (pred j)))
               ((point D (S j) - t) / (point D (S j) - point D j))).

(** A spline: a straight line, a kink at every interior data point (it may be zero), and further knots anywhere, each
    with its kink. *)
Record spline := Spline {
  start_slope : vector;
  start_value : vector;                (* of the line, at the first data point *)
  kink_at : nat -> vector;             (* at the interior points 1, ..., N-2 *)
  further : list (R * vector)          (* knots with their kinks *)
}.

Fixpoint ramps (knots : list (R * vector)) (x : R) : vector := fun t =>
  match knots with
  | [] => 0
  | (knot, kink) :: rest => kink t * relu (x - knot) + ramps rest x t
  end.

Definition spline_value (D : dataset) (s : spline) (x : R) : vector := fun t =>
  start_value s t + start_slope s t * (x - point D 0)
  + sum (size D - 2) (fun i => kink_at s (S i) t * relu (x - point D (S i))) + ramps (further s) x t.

Fixpoint lengths (T : nat) (knots : list (R * vector)) : R :=
  match knots with
  | [] => 0
  | (_, kink) :: rest => norm T kink + lengths T rest
  end.

Definition spline_cost (D : dataset) (s : spline) : R :=
  sum (size D - 2) (fun i => norm (tasks D) (kink_at s (S i))) + lengths (tasks D) (further s).

(** One step moves the first further knot t to the data points: of its kink m every interior point j gets hat_j(t) m.
    (Only the ends of the gap of t get anything; what falls on the first or the last point or beyond them is on the
    data a straight line, which joins the line.) *)
Definition step (D : dataset) (s : spline) : spline :=
  match further s with
  | [] => s
  | (t, m) :: rest => {|
      start_slope := fun i => start_slope s i
        + m i * ((relu (point D 1 - t) - relu (point D 0 - t)) / (point D 1 - point D 0));
      start_value := fun i => start_value s i + m i * relu (point D 0 - t);
      kink_at := fun j i => kink_at s j i + hat_at D j t * m i;
      further := rest
    |}
  end.

Fixpoint steps (D : dataset) (n : nat) (s : spline) : spline :=
  match n with
  | O => s
  | S k => steps D k (step D s)
  end.

(** A step keeps the values at the data and never raises the cost. The cost stays iff the kink is zero, or the knot lies
    between the first and the last interior point and the kink is aligned with those that it joins (as far as these are
    not zero). *)
Definition moving_a_knot_statement : Prop :=
  forall D s t m rest, valid D -> further s = (t, m) :: rest ->
    (forall i, (i < size D)%nat ->
       equal (tasks D) (spline_value D (step D s) (point D i)) (spline_value D s (point D i))) /\
    spline_cost D (step D s) <= spline_cost D s /\
    (spline_cost D (step D s) = spline_cost D s <->
     zero (tasks D) m \/
     point D 1 <= t <= point D (size D - 2) /\
     forall j, interior D j -> 0 < hat_at D j t ->
       zero (tasks D) (kink_at s j) \/ aligned (tasks D) (kink_at s j) m).

(** Every network is a spline of the same cost, and an interpolating spline has walked down to connect-the-dots when its
    further knots are used up. *)
Definition descent_statement : Prop :=
  (forall D f, valid D -> exists s,
     length (further s) = width f /\ spline_cost D s = path_cost (tasks D) f /\
     forall x, equal (tasks D) (spline_value D s x) (value f x)) /\
  (forall D s, valid D ->
     (forall i, (i < size D)%nat -> equal (tasks D) (spline_value D s (point D i)) (label D i)) ->
     let last := steps D (length (further s)) s in
     (forall x, equal (tasks D) (spline_value D last x) (value (connect_the_dots D) x)) /\
     further last = [] /\ forall j, interior D j -> equal (tasks D) (kink_at last j) (kink D j)).
