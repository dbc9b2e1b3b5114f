(** Numbers about networks that interpolate (statements S, Y and Z of the notes), in the words of Statements.v.
    Definitions and statements only. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements.
Open Scope R_scope.

(** ** S: how far from connect-the-dots a network can be that costs e more than the least cost *)

Definition excess (cost : nat -> network -> R) (D : dataset) (f : network) : R := cost (tasks D) f - total_kink D.

Definition distance (D : dataset) (f : network) (x : R) : R :=
  norm (tasks D) (fun t => value f x t - value (connect_the_dots D) x t).

Definition gap_length (D : dataset) (i : nat) : R := point D (S i) - point D i.

(** The lines of the table, each for the gaps of one kind. *)
Inductive line : Set :=
  | two_kinks         (* between two interior points, both kinks nonzero and not aligned *)
  | one_kink          (* between two interior points, exactly one kink zero *)
  | no_kinks          (* between two interior points, both kinks zero *)
  | outer_with_kink   (* the first or the last gap of three points or more, the kink at its inner end nonzero *)
  | outer_no_kink     (* the same, that kink zero *)
  | only_gap.         (* the gap of two points *)

Definition applies (l : line) (D : dataset) (i : nat) : Prop :=
  let has_kink j := interior D j /\ ~ zero (tasks D) (kink D j) in
  let has_none j := interior D j /\ zero (tasks D) (kink D j) in
  let first_gap := i = 0%nat in
  let last_gap := S (S i) = size D in
  match l with
  | two_kinks => has_kink i /\ has_kink (S i) /\ ~ aligned_gap D i
  | one_kink => has_kink i /\ has_none (S i) \/ has_none i /\ has_kink (S i)
  | no_kinks => has_none i /\ has_none (S i)
  | outer_with_kink => first_gap /\ has_kink (S i) \/ has_kink i /\ last_gap
  | outer_no_kink => first_gap /\ has_none (S i) \/ has_none i /\ last_gap
  | only_gap => first_gap /\ last_gap
  end.

Definition constant_of (l : line) (D : dataset) (i : nat) : R :=
  match l with
  | two_kinks => / (1 - cosine (tasks D) (kink D i) (kink D (S i)))
  | one_kink => 1 / 2
  | no_kinks => 1 / 8
  | outer_with_kink => 1
  | outer_no_kink => 3 - 2 * sqrt 2
  | only_gap => 1 / 4
  end.

(** In a gap of length h an interpolating network of excess e is no farther from connect-the-dots than c h e, with the
    constant c of its line. *)
Definition stability_table_statement (cost : nat -> network -> R) : Prop :=
  forall l D i, valid D -> applies l D i ->
    forall f x, interpolates D f -> point D i <= x <= point D (S i) ->
      distance D f x <= constant_of l D i * gap_length D i * excess cost D f.

(** No smaller constant would do, however small the excess; but nothing is said of the line [outer_no_kink]. *)
Definition sharpness_statement (cost : nat -> network -> R) : Prop :=
  forall l D i, valid D -> applies l D i -> l <> outer_no_kink -> (1 <= tasks D)%nat ->
    forall epsilon, 0 < epsilon ->
      exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ 0 < excess cost D f < epsilon /\
        (1 - epsilon) * (constant_of l D i * gap_length D i * excess cost D f) <= distance D f x.

(** Two of the constants are attained, at every excess. *)
Definition attained_statement (cost : nat -> network -> R) : Prop :=
  forall l D i, valid D -> applies l D i -> l = no_kinks \/ l = only_gap -> (1 <= tasks D)%nat ->
    forall e, 0 < e ->
      exists f x, interpolates D f /\ point D i <= x <= point D (S i) /\ excess cost D f = e /\
        distance D f x = constant_of l D i * gap_length D i * e.

(** Outside the data the distance is at most e times the distance from the data; this is attained on either side. *)
Definition outside_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D ->
    (forall f x, interpolates D f ->
       (x <= point D 0 -> distance D f x <= excess cost D f * (point D 0 - x)) /\
       (point D (size D - 1) <= x -> distance D f x <= excess cost D f * (x - point D (size D - 1)))) /\
    ((1 <= tasks D)%nat -> forall e, 0 < e ->
       (exists f, interpolates D f /\ excess cost D f = e /\
          forall x, x <= point D 0 -> distance D f x = e * (point D 0 - x)) /\
       (exists f, interpolates D f /\ excess cost D f = e /\
          forall x, point D (size D - 1) <= x -> distance D f x = e * (x - point D (size D - 1)))).

(** ** Y: no steeper than the data *)

(** nu is a norm on vectors of length T, or a seminorm. *)
Definition is_norm (T : nat) (nu : vector -> R) : Prop :=
  (forall u v, equal T u v -> nu u = nu v) /\
  (forall u v, nu (fun t => u t + v t) <= nu u + nu v) /\
  (forall c v, nu (scale c v) = Rabs c * nu v).

Definition lipschitz (nu : vector -> R) (L : R) (g : R -> vector) : Prop :=
  forall x y, nu (fun t => g y t - g x t) <= L * Rabs (y - x).

(** In every norm, the Lipschitz constants of an optimum are exactly the bounds of the slopes of the data. *)
Definition steepness_statement (cost : nat -> network -> R) : Prop :=
  forall D f nu L, valid D -> optimal cost D f -> is_norm (tasks D) nu ->
    lipschitz nu L (value f) <-> forall i, (S i < size D)%nat -> nu (slope D i) <= L.

(** ** Z: how well optima generalise *)

(** The labels are the values of a function g with Lipschitz constant L. *)
Definition labels_of (D : dataset) (g : R -> vector) (L : R) : Prop :=
  lipschitz (norm (tasks D)) L g /\ forall i, (i < size D)%nat -> equal (tasks D) (g (point D i)) (label D i).

Definition error (D : dataset) (f : network) (g : R -> vector) (x : R) : R :=
  norm (tasks D) (fun t => value f x t - g x t).

(** The place in the gap i at the fraction tau of its length. *)
Definition part_of_gap (D : dataset) (i : nat) (tau : R) : R := point D i + tau * gap_length D i.

(** In a gap of length h and slope s the square of the error of connect-the-dots is at most
    (L^2 - |s|^2) tau (1 - tau) h^2, every optimum has at most twice the error allowed to connect-the-dots, and outside
    the data an optimum errs at most by L plus the length of the nearest slope, times the distance from the data. *)
Definition generalisation_statement (cost : nat -> network -> R) : Prop :=
  forall D g L, valid D -> labels_of D g L ->
    (forall i tau, (S i < size D)%nat -> 0 <= tau <= 1 ->
       let x := part_of_gap D i tau in
       let bound := (L ^ 2 - norm (tasks D) (slope D i) ^ 2) * (tau * (1 - tau)) * gap_length D i ^ 2 in
       error D (connect_the_dots D) g x ^ 2 <= bound /\
       forall f, optimal cost D f -> error D f g x <= 2 * sqrt bound) /\
    (forall f x, optimal cost D f ->
       (x <= point D 0 -> error D f g x <= (L + norm (tasks D) (slope D 0)) * (point D 0 - x)) /\
       (point D (size D - 1) <= x ->
          error D f g x <= (L + norm (tasks D) (slope D (size D - 2))) * (x - point D (size D - 1)))).

(** With two tasks or more the bound is attained at the middle of every gap. *)
Definition generalisation_attained_statement : Prop :=
  forall D L i, valid D -> (2 <= tasks D)%nat -> (S i < size D)%nat ->
    (forall k, (S k < size D)%nat -> norm (tasks D) (slope D k) <= L) ->
    exists g, labels_of D g L /\
      error D (connect_the_dots D) g (part_of_gap D i (1 / 2))
      = gap_length D i / 2 * sqrt (L ^ 2 - norm (tasks D) (slope D i) ^ 2).

(** With one task, of slope s in the gap, the error is at most h (L^2 - s^2) / (2 L), and this is attained. *)
Definition one_task_statement : Prop :=
  forall D L i, valid D -> tasks D = 1%nat -> 0 < L -> (S i < size D)%nat ->
    let bound := gap_length D i * (L ^ 2 - slope D i 0%nat ^ 2) / (2 * L) in
    (forall g tau, labels_of D g L -> 0 <= tau <= 1 ->
       error D (connect_the_dots D) g (part_of_gap D i tau) <= bound) /\
    ((forall k, (S k < size D)%nat -> Rabs (slope D k 0%nat) <= L) ->
       exists g tau, labels_of D g L /\ 0 <= tau <= 1 /\
         error D (connect_the_dots D) g (part_of_gap D i tau) = bound).
