(** What happens when the data change (statements W, X, D, E and P of the notes), in the words of Statements.v.
    Definitions and statements only. *)

From Coq Require Import Reals Arith.
From ReluProof Require Import Statements StatementsOptima.
Open Scope R_scope.

(** ** W: one more data point *)

(** E has the points and labels of D and one more: the point x with the label y. *)
Definition adds (D E : dataset) (x : R) (y : vector) : Prop :=
  tasks E = tasks D /\
  (forall i, (i < size D)%nat -> exists k, (k < size E)%nat /\
     point E k = point D i /\ equal (tasks D) (label E k) (label D i)) /\
  (exists k, (k < size E)%nat /\ point E k = x /\ equal (tasks D) (label E k) y) /\
  (forall k, (k < size E)%nat ->
     point E k = x /\ equal (tasks D) (label E k) y \/
     exists i, (i < size D)%nat /\ point E k = point D i /\ equal (tasks D) (label E k) (label D i)).

(** The values that the optima take at x, as statement L has them: a segment inside an aligned gap, one point
  elsewhere. *)
Definition in_envelope (D : dataset) (x : R) (y : vector) : Prop :=
  (exists j s, aligned_gap D j /\ strictly_inside D j x /\ 0 <= s <= 1 /\
     equal (tasks D) y (fun t => value (connect_the_dots D) x t - s * reach D j x * direction D j t)) \/
  ~ (exists j, aligned_gap D j /\ strictly_inside D j x) /\ equal (tasks D) y (value (connect_the_dots D) x).

(** One more point never lowers the least cost; it leaves it iff the label is a value of some optimum; and a point on
    connect-the-dots strictly inside an aligned gap makes all optima one function there. *)
Definition adding_statement (cost : nat -> network -> R) : Prop :=
  forall D E x y, valid D -> valid E -> adds D E x y ->
    total_kink D <= total_kink E /\
    (total_kink E = total_kink D <-> in_envelope D x y) /\
    (forall j, aligned_gap D j -> strictly_inside D j x -> equal (tasks D) y (value (connect_the_dots D) x) ->
       forall z, strictly_inside D j z -> all_optima_agree_at cost E z).

(** Every new point can be added. *)
Definition can_add_statement : Prop :=
  forall D x y, valid D -> (forall i, (i < size D)%nat -> point D i <> x) ->
    exists E, valid E /\ size E = S (size D) /\ adds D E x y.

(** ** X: what does not change *)

(** A y + B x + C in the place of every label y; A is a matrix with n rows. *)
Definition relabelled (D : dataset) (n : nat) (A : nat -> vector) (B C : vector) : dataset := {|
  tasks := n;
  size := size D;
  point := point D;
  label := fun i t => dot (tasks D) (A t) (label D i) + B t * point D i + C t
|}.

Definition injective (T n : nat) (A : nat -> vector) : Prop :=
  forall v, zero n (fun t => dot T (A t) v) -> zero T v.

Definition keeps_lengths (T n : nat) (A : nat -> vector) : Prop :=
  forall v, norm n (fun t => dot T (A t) v) = norm T v.

(** alpha x + beta in the place of every point x, and, if alpha is negative, the order reversed. *)
Definition moved_points (D : dataset) (alpha beta : R) : dataset :=
  let from i := if Rlt_dec alpha 0 then (size D - 1 - i)%nat else i in {|
  tasks := tasks D;
  size := size D;
  point := fun i => alpha * point D (from i) + beta;
  label := fun i => label D (from i)
|}.

(** Runs, uniqueness, the fewest neurons and the place where aligned neighbours meet are those of the old data; a map
    that keeps lengths keeps the cost. *)
Definition relabelling_statement (cost : nat -> network -> R) : Prop :=
  forall D n A B C, valid D -> injective (tasks D) n A ->
    let E := relabelled D n A B C in
    valid E /\
    (forall j, aligned_gap E j <-> aligned_gap D j) /\
    (forall j m, run E j m <-> run D j m) /\
    (unique cost E <-> unique cost D) /\
    (forall m, fewest E 1 m <-> fewest D 1 m) /\
    (forall j c, interior D j -> interior D (S j) ->
       equal n (kink E (S j)) (scale c (kink E j)) <-> equal (tasks D) (kink D (S j)) (scale c (kink D j))) /\
    (keeps_lengths (tasks D) n A -> total_kink E = total_kink D).

(** The same for the points: the network x -> f ((x - beta) / alpha) is optimal for the new data exactly if f is for the
    old, and the least cost is divided by |alpha|. *)
Definition moving_points_statement (cost : nat -> network -> R) : Prop :=
  forall D alpha beta, valid D -> alpha <> 0 ->
    let E := moved_points D alpha beta in
    valid E /\
    total_kink E = total_kink D / Rabs alpha /\
    (forall j, interior D j -> aligned_gap D j <->
       aligned_gap E (if Rlt_dec alpha 0 then size D - 2 - j else j)%nat) /\
    (unique cost E <-> unique cost D) /\
    (forall m, fewest E 1 m <-> fewest D 1 m).

(** ** D and E: how rare non-uniqueness is *)

(** Other labels at the same points, each entry within epsilon of the old. *)
Definition near (D : dataset) (epsilon : R) (E : dataset) : Prop :=
  tasks E = tasks D /\ size E = size D /\ (forall i, point E i = point D i) /\
  forall i t, (i < size D)%nat -> (t < tasks D)%nat -> Rabs (label E i t - label D i t) < epsilon.

(** With two tasks or more, labels that make the optimum unique, and all labels near enough to them too, are as near as
    one likes to any labels: the non-unique ones are nowhere dense. *)
Definition nowhere_dense_statement (cost : nat -> network -> R) : Prop :=
  forall D epsilon, valid D -> (2 <= tasks D)%nat -> 0 < epsilon ->
    exists E, near D epsilon E /\ exists delta, 0 < delta /\ forall F, near E delta F -> unique cost F.

(** Where the optimum is not unique, all two by two minors of two neighbouring kinks vanish. *)
Definition minors_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D -> ~ unique cost D ->
    exists j, interior D j /\ interior D (S j) /\
      forall s t, (s < tasks D)%nat -> (t < tasks D)%nat ->
        kink D j s * kink D (S j) t = kink D j t * kink D (S j) s.

(** With one task and four points or more, at any points, the non-unique labels contain a ball; so do the others. *)
Definition one_task_balls_statement (cost : nat -> network -> R) : Prop :=
  forall D, valid D -> (4 <= size D)%nat -> tasks D = 1%nat ->
    (exists E epsilon, 0 < epsilon /\ tasks E = 1%nat /\ size E = size D /\ (forall i, point E i = point D i) /\
       forall F, near E epsilon F -> ~ unique cost F) /\
    (exists E epsilon, 0 < epsilon /\ tasks E = 1%nat /\ size E = size D /\ (forall i, point E i = point D i) /\
       forall F, near E epsilon F -> unique cost F).

(** ** P: the labels a, b, b, a, for a and b different, at four neighbouring points are never unique. *)
Definition abba_statement (cost : nat -> network -> R) : Prop :=
  forall D i a b, valid D -> (S (S (S i)) < size D)%nat ->
    equal (tasks D) (label D i) a -> equal (tasks D) (label D (S i)) b ->
    equal (tasks D) (label D (S (S i))) b -> equal (tasks D) (label D (S (S (S i)))) a ->
    ~ equal (tasks D) a b ->
    aligned_gap D (S i) /\ ~ unique cost D.
