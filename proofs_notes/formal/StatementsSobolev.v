(** The comparison with a Sobolev norm (statement F of the notes), in the words of Statements.v. Definitions and
    statements only. Integrals are Riemann integrals of Coq's standard library. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements.
Open Scope R_scope.

(** phi has an integral from a to b, and it is v. *)
Definition integral (phi : R -> R) (a b v : R) : Prop := exists here : Riemann_integrable phi a b, RiemannInt here = v.

(** On [a, b] the function f is its first value plus the integral of df. So it is for every f that is piecewise
    continuously differentiable, df its derivative. *)
Definition primitive (f df : R -> R) (a b : R) : Prop := forall x, a <= x <= b -> integral df a x (f x - f a).

(** y_0^2 plus the sum of h_i s_i^2, for the task t. *)
Definition least_norm (D : dataset) (t : nat) : R :=
  label D 0%nat t ^ 2 + sum (size D - 1) (fun i => (point D (S i) - point D i) * slope D i t ^ 2).

(** In every task: connect-the-dots has the squared norm f(x_0)^2 + int f'^2 that is called least, and every other
    function through the data with such an integral has a greater one. *)
Definition sobolev_statement : Prop :=
  forall D t, valid D -> (t < tasks D)%nat ->
    let first := point D 0 in
    let last := point D (size D - 1) in
    let dots := fun x => value (connect_the_dots D) x t in
    (exists slopes, primitive dots slopes first last /\
       integral (fun x => slopes x ^ 2) first last (least_norm D t - dots first ^ 2)) /\
    forall f df e, primitive f df first last -> integral (fun x => df x ^ 2) first last e ->
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
