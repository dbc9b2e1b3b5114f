(** The comparison with a Sobolev norm (statement F of the notes), in the words of Statements.v. Definitions and
    statements only. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements.
Open Scope R_scope.

(** [integral phi a b v] says that phi has an integral from a to b, and that it is v. What follows holds for every
    notion of integral with these properties, such as Riemann's and Lebesgue's: it has one value; it can be split at a
    point between, and joined; it is linear; it is not negative for functions that are not negative; and a function
    with the value c between a and b (whatever it is at the ends) has the integral c (b - a). *)
Definition is_integral (integral : (R -> R) -> R -> R -> R -> Prop) : Prop :=
  (forall phi a b u v, integral phi a b u -> integral phi a b v -> u = v) /\
  (forall phi a b c v, a <= b -> b <= c -> integral phi a c v ->
     exists u w, integral phi a b u /\ integral phi b c w /\ u + w = v) /\
  (forall phi a b c u w, integral phi a b u -> integral phi b c w -> integral phi a c (u + w)) /\
  (forall phi psi a b u v l, integral phi a b u -> integral psi a b v ->
     integral (fun x => phi x + l * psi x) a b (u + l * v)) /\
  (forall phi a b v, a <= b -> integral phi a b v -> (forall x, 0 <= phi x) -> 0 <= v) /\
  (forall phi c a b, a <= b -> (forall x, a < x < b -> phi x = c) -> integral phi a b (c * (b - a))).

(** On [a, b] the function f is its first value plus the integral of df. So it is for every f that is piecewise
    continuously differentiable, df its derivative. *)
Definition primitive (integral : (R -> R) -> R -> R -> R -> Prop) (f df : R -> R) (a b : R) : Prop :=
  forall x, a <= x <= b -> integral df a x (f x - f a).

(** y_0^2 plus the sum of h_i s_i^2, for the task t. *)
Definition least_norm (D : dataset) (t : nat) : R :=
  label D 0%nat t ^ 2 + sum (size D - 1) (fun i => (point D (S i) - point D i) * slope D i t ^ 2).

(** In every task: connect-the-dots has the squared norm f(x_0)^2 + int f'^2 that is called least, and every other
    function through the data with such an integral has a greater one. *)
Definition sobolev_statement : Prop :=
  forall integral, is_integral integral -> forall D t, valid D -> (t < tasks D)%nat ->
    let first := point D 0 in
    let last := point D (size D - 1) in
    let dots := fun x => value (connect_the_dots D) x t in
    (exists slopes, primitive integral dots slopes first last /\
       integral (fun x => slopes x ^ 2) first last (least_norm D t - dots first ^ 2)) /\
    forall f df e, primitive integral f df first last -> integral (fun x => df x ^ 2) first last e ->
      (forall i, (i < size D)%nat -> f (point D i) = label D i t) ->
      least_norm D t <= f first ^ 2 + e /\
      (f first ^ 2 + e = least_norm D t -> forall x, first <= x <= last -> f x = dots x).

(** The kernel of this norm, and the coefficients of connect-the-dots: y_0 - s_0, minus the kinks, the last slope. *)
Definition kernel (D : dataset) (x y : R) : R := 1 + Rmin x y - point D 0.

Definition coefficient (D : dataset) (i t : nat) : R :=
  if (i =? 0)%nat then label D 0%nat t - slope D 0 t
  else if (S i =? size D)%nat then slope D (i - 1) t else - kink D i t.

Definition kernel_coefficients_statement : Prop :=
  forall D t x, valid D -> (t < tasks D)%nat -> point D 0 <= x <= point D (size D - 1) ->
    value (connect_the_dots D) x t = sum (size D) (fun i => coefficient D i t * kernel D x (point D i)).
