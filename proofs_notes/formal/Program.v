(** The decision procedure as a program: one walk from left to right, linear in the number of points, that is extracted
    and compiled. Nothing here has to be read to know what it computes: Statements.v says that it is [decide] and
    [decide_fewest], LinearDecision.v proves it. Every walk is tail-recursive, so that long data need no deep stack. *)

From Coq Require Import QArith ZArith NArith List Bool.
Import ListNotations.
Open Scope Q_scope.

(** A point and its labels. *)
Definition row : Type := (Q * list Q)%type.

(** ** Rational arithmetic that is quick where denominators are equal *)

Definition minus (p q : Q) : Q :=
  if (Qden p =? Qden q)%positive then Qmake (Qnum p - Qnum q) (Qden p) else p - q.

Definition less (p q : Q) : bool :=
  if (Qden p =? Qden q)%positive then (Qnum p <? Qnum q)%Z
  else (Qnum p * QDen q <? Qnum q * QDen p)%Z.

Definition same (p q : Q) : bool :=
  if (Qden p =? Qden q)%positive then (Qnum p =? Qnum q)%Z
  else (Qnum p * QDen q =? Qnum q * QDen p)%Z.

Definition vanishes (p : Q) : bool := (Qnum p =? 0)%Z.

Definition same_sign (p q : Q) : bool :=
  match Qnum p, Qnum q with
  | Z0, Z0 | Zpos _, Zpos _ | Zneg _, Zneg _ => true
  | _, _ => false
  end.

(** ** The dataset has to be one *)

Fixpoint same_length (u v : list Q) : bool :=
  match u, v with
  | [], [] => true
  | _ :: u, _ :: v => same_length u v
  | _, _ => false
  end.

(** The points increase and every row has as many labels as the row before it. *)
Fixpoint in_order (previous : row) (rest : list row) : bool :=
  match rest with
  | [] => true
  | next :: rest =>
      less (fst previous) (fst next) && same_length (snd previous) (snd next) && in_order next rest
  end.

Definition is_dataset (rows : list row) : bool :=
  match rows with
  | first :: (_ :: _) as rest => in_order first rest
  | _ => false
  end.

(** ** Each column times a constant: integers, where the denominators of a column have a short common multiple *)

Definition longest : positive := 128.  (* bits *)

(** The least common multiple of [known] and [q], or [None] from where it is too long on. *)
Definition common_multiple (known : option positive) (q : positive) : option positive :=
  match known with
  | None => None
  | Some c =>
      if (q =? c)%positive then known
      else match (Z.pos c mod Z.pos q)%Z with
           | Z0 => known
           | _ => let multiple := Z.to_pos (Z.lcm (Z.pos c) (Z.pos q)) in
                  if (longest <? Pos.size multiple)%positive then None else Some multiple
           end
  end.

Fixpoint common_multiples (known : list (option positive)) (labels : list Q) : list (option positive) :=
  match known, labels with
  | c :: known, q :: labels => common_multiple c (Qden q) :: common_multiples known labels
  | _, _ => known
  end.

(** The multiples for the points and for each label. *)
Fixpoint factors (points : option positive) (labels : list (option positive)) (rows : list row)
  : option positive * list (option positive) :=
  match rows with
  | [] => (points, labels)
  | (x, y) :: rest => factors (common_multiple points (Qden x)) (common_multiples labels y) rest
  end.

Definition times (c : positive) (q : Q) : Q :=
  match Z.div_eucl (Z.pos c) (QDen q) with
  | (share, Z0) => inject_Z (Qnum q * share)
  | _ => Qmake (Qnum q * Z.pos c) (Qden q)
  end.

Definition scaled (factor : option positive) (q : Q) : Q :=
  match factor with
  | None => q
  | Some c => times c q
  end.

Fixpoint scaled_labels (known : list (option positive)) (labels : list Q) : list Q :=
  match known, labels with
  | c :: known, q :: labels => scaled c q :: scaled_labels known labels
  | _, _ => labels
  end.

Fixpoint scaled_rows (points : option positive) (labels : list (option positive)) (rows done : list row) : list row :=
  match rows with
  | [] => rev_append done []
  | (x, y) :: rest => scaled_rows points labels rest ((scaled points x, scaled_labels labels y) :: done)
  end.

Definition cleared (rows : list row) : list row :=
  match rows with
  | [] => []
  | first :: _ =>
      let (points, labels) := factors (Some 1%positive) (map (fun _ => Some 1%positive) (snd first)) rows in
      scaled_rows points labels rows []
  end.

(** ** Kinks, each a positive multiple of the kink of the data *)

Fixpoint zip_with (f : Q -> Q -> Q) (u v : list Q) : list Q :=
  match u, v with
  | p :: u, q :: v => f p q :: zip_with f u v
  | _, _ => []
  end.

(** Length of a gap, and how much each label rises across it. *)
Definition rise (left right : row) : row := (minus (fst right) (fst left), zip_with minus (snd right) (snd left)).

(** The kink between two gaps times both their lengths: no division. *)
Definition bend (left right : row) : list Q :=
  zip_with (fun after before => minus (after * fst left) (before * fst right)) (snd right) (snd left).

Fixpoint all_vanish (u : list Q) : bool :=
  match u with
  | [] => true
  | p :: u => vanishes p && all_vanish u
  end.

(** [p : q] is the ratio of all entries. *)
Fixpoint in_ratio (p q : Q) (u v : list Q) : bool :=
  match u, v with
  | [], [] => true
  | a :: u, b :: v => same_sign a b && same (p * b) (a * q) && in_ratio p q u v
  | _, _ => false
  end.

(** Aligned: the first entries that do not vanish have one sign, and their ratio is that of all others. *)
Fixpoint one_direction (u v : list Q) : bool :=
  match u, v with
  | a :: u, b :: v =>
      if vanishes a then vanishes b && one_direction u v
      else same_sign a b && in_ratio a b u v
  | _, _ => false
  end.

(** ** The walk *)

(** What is known of an interior point: its kink is zero; its kink is aligned with the one before. *)
Definition seen : Type := (bool * bool)%type.

(** [before] is the row before [rest], [gap] the gap that ends there, [kink] the kink that it starts with. *)
Fixpoint walk (before : row) (gap : row) (kink : list Q) (rest : list row) (done : list seen) : list seen :=
  match rest with
  | [] => rev_append done []
  | next :: rest =>
      let next_gap := rise before next in
      let next_kink := bend gap next_gap in
      walk next next_gap next_kink rest ((all_vanish next_kink, one_direction kink next_kink) :: done)
  end.

(** The first interior point has no kink before it: the empty list is aligned with none. *)
Definition points_seen (rows : list row) : list seen :=
  match rows with
  | first :: second :: rest => walk second (rise first second) [] rest []
  | _ => []
  end.

Record answer := Answer {
  gaps : list N;      (* the aligned gaps, each named by its left end *)
  zeros : list N;     (* the interior points whose kink is zero *)
  neurons : N         (* the fewest neurons *)
}.

(** [previous] is the number of the point before; [open]: one neuron serves that point and could serve one more. *)
Fixpoint collect (previous : N) (open : bool) (points : list seen) (gaps zeros : list N) (neurons : N) : answer :=
  match points with
  | [] => Answer (rev_append gaps []) (rev_append zeros []) neurons
  | (zero, aligned) :: points =>
      let j := N.succ previous in
      let gaps := if aligned then previous :: gaps else gaps in
      if zero then collect j false points gaps (j :: zeros) neurons
      else if open && aligned then collect j false points gaps zeros neurons
      else collect j true points gaps zeros (N.succ neurons)
  end.

(** Points are counted from 0; [None]: this is no dataset. *)
Definition linear_decide (rows : list row) : option answer :=
  if is_dataset rows then Some (collect 0 false (points_seen (cleared rows)) [] [] 0) else None.

(** ** Numbers as they are written *)

Definition signed (negative : bool) (digits : Decimal.uint) : Z :=
  if negative then (- Z.of_uint digits)%Z else Z.of_uint digits.

(** The digits before and behind the point, times ten to the exponent. *)
Definition decimal (negative : bool) (whole part : Decimal.uint) (exponent : Z) : Q :=
  let n := signed negative (Decimal.app whole part) in
  match (exponent - Z.of_nat (Decimal.nb_digits part))%Z with
  | Z0 => inject_Z n
  | Zpos e => inject_Z (n * 10 ^ Zpos e)
  | Zneg e => Qmake n (10 ^ e)
  end.

(** [None]: the denominator is zero. *)
Definition fraction (negative : bool) (numerator denominator : Decimal.uint) : option Q :=
  match Z.of_uint denominator with
  | Zpos d => Some (Qmake (signed negative numerator) d)
  | _ => None
  end.
