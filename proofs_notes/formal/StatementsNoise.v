(** Noisy data (statements H, M and R of the notes), in the words of Statements.v. Definitions and statements only. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements.
Open Scope R_scope.

(** ** H: a regularised fit *)

Definition outputs (D : dataset) (f : network) : nat -> vector := fun i => value f (point D i).

(** The same points with other labels. *)
Definition with_labels (D : dataset) (Z : nat -> vector) : dataset := {|
  tasks := tasks D; size := size D; point := point D; label := Z
|}.

(** Any function of the outputs at the data points. *)
Definition is_loss (D : dataset) (loss : (nat -> vector) -> R) : Prop :=
  forall Z Z', (forall i, (i < size D)%nat -> equal (tasks D) (Z i) (Z' i)) -> loss Z = loss Z'.

Definition minimiser (cost : nat -> network -> R) (D : dataset) (loss : (nat -> vector) -> R) (lambda : R)
    (f : network) : Prop :=
  forall g, loss (outputs D f) + lambda * cost (tasks D) f <= loss (outputs D g) + lambda * cost (tasks D) g.

(** Whatever the loss, a minimiser of loss + lambda cost is an optimum through its own outputs. *)
Definition regularised_fit_statement (cost : nat -> network -> R) : Prop :=
  forall D loss lambda f, is_loss D loss -> 0 < lambda -> minimiser cost D loss lambda f ->
    optimal cost (with_labels D (outputs D f)) f.

(** ** M: vectors at the interior points as vectors at the data points *)

(** u_j at the interior points, 0 at the first and the last. *)
Definition with_zero_ends (D : dataset) (u : nat -> vector) (j : nat) : vector := fun t =>
  if ((1 <=? j) && (S j <? size D))%bool%nat then u j t else 0.

(** The slope of the line through these vectors in the gap i; 0 if there is no such gap. *)
Definition slope_of (D : dataset) (u : nat -> vector) (i : nat) : vector := fun t =>
  if (S i <? size D)%nat
  then (with_zero_ends D u (S i) t - with_zero_ends D u i t) / (point D (S i) - point D i) else 0.

(** The change of that slope at the data point i. *)
Definition functional (D : dataset) (u : nat -> vector) (i : nat) : vector := fun t =>
  match i with
  | O => slope_of D u 0 t
  | S k => slope_of D u (S k) t - slope_of D u k t
  end.

(** These vectors l_i see of the labels what the u_j see of the kinks, and nothing of constants and lines. *)
Definition functionals_statement : Prop :=
  forall D u, valid D ->
    sum (size D) (fun i => dot (tasks D) (functional D u i) (label D i)) = dual_value D u /\
    forall t, sum (size D) (fun i => functional D u i t) = 0 /\
      sum (size D) (fun i => functional D u i t * point D i) = 0.

(** ** R: the squared loss, weak duality and the gap *)

Definition difference (Y Z : nat -> vector) : nat -> vector := fun i t => Y i t - Z i t.

(** The sum of all squared entries. *)
Definition square (D : dataset) (Z : nat -> vector) : R := sum (size D) (fun i => dot (tasks D) (Z i) (Z i)).

(** The regularised problem for outputs Z: half the squared distance from the labels plus lambda times their kinks. *)
Definition primal (D : dataset) (lambda : R) (Z : nat -> vector) : R :=
  1 / 2 * square D (difference (label D) Z) + lambda * total_kink (with_labels D Z).

Definition dual (D : dataset) (v : nat -> vector) : R :=
  1 / 2 * square D (label D) - 1 / 2 * square D (difference (label D) (functional D v)).

(** What the vectors v_j do not see of the kinks of Z. *)
Definition unseen (D : dataset) (lambda : R) (v Z : nat -> vector) : R :=
  sum (size D - 2) (fun i => let d := kink (with_labels D Z) (S i) in
    lambda * norm (tasks D) d - dot (tasks D) (v (S i)) d).

Definition admits (D : dataset) (lambda : R) (v : nat -> vector) : Prop :=
  forall j, interior D j -> norm (tasks D) (v j) <= lambda.

(** The gap is half the square of Z - (Y - D'v) plus what is unseen, and this is not negative: weak duality. *)
Definition gap_statement : Prop :=
  forall D lambda v Z, valid D -> admits D lambda v ->
    primal D lambda Z - dual D v
    = 1 / 2 * square D (difference Z (difference (label D) (functional D v))) + unseen D lambda v Z /\
    0 <= unseen D lambda v Z /\ dual D v <= primal D lambda Z.

(** A dual value bounds the objective of every network; a network that attains it is a minimiser; and then every other
    one is worse by half the squared distance of the outputs plus what is unseen of its kinks, at least. *)
Definition duality_statement (cost : nat -> network -> R) : Prop :=
  forall D lambda v, valid D -> 0 <= lambda -> admits D lambda v ->
    let objective f := 1 / 2 * square D (difference (label D) (outputs D f)) + lambda * cost (tasks D) f in
    (forall f, dual D v <= objective f) /\
    forall f, objective f = dual D v ->
      minimiser cost D (fun Z => 1 / 2 * square D (difference (label D) Z)) lambda f /\
      forall g, 1 / 2 * square D (difference (outputs D g) (outputs D f)) + unseen D lambda v (outputs D g)
        <= objective g - objective f.
