(** What the extracted program does, in the words of Statements.v. Definitions and statements only;
  what is said there of
    reading them holds here too. *)

From Coq Require Import Reals QArith Qreals NArith List Bool Arith.
From ReluProof Require Import Statements.
From ReluProof Require Program.
Import ListNotations.
Open Scope R_scope.

(** ** The program: what is extracted, compiled and run on data of any length *)

(** [Program.linear_decide] walks over the data once and answers, with binary numbers, what [decide] and
    [decide_fewest] answer, and at which interior points the kink is zero. *)
Definition program_statement : Prop :=
  forall d : rational_dataset,
    Program.linear_decide d =
    match decide d, decide_fewest d with
    | Some gaps, Some n =>
        let zeros := filter (zero_test d) (seq 1 (length d - 2)) in
        Some (Program.Answer (map N.of_nat gaps) (map N.of_nat zeros) (N.of_nat n))
    | _, _ => None
    end.

(** So its answers are about optimal networks: *)
Definition program_answers_statement (cost : nat -> network -> R) : Prop :=
  forall d : rational_dataset,
    let D := real_dataset d in
    match Program.linear_decide d with
    | None => ~ (valid D /\ rectangular d = true)
    | Some answer =>
        valid D /\
        (forall j, In (N.of_nat j) (Program.gaps answer) <-> aligned_gap D j) /\
        (forall j, In (N.of_nat j) (Program.zeros answer) <-> interior D j /\ zero (tasks D) (kink D j)) /\
        (Program.gaps answer = [] <-> unique cost D) /\
        fewest D 1 (N.to_nat (Program.neurons answer))
    end.

(** The numbers that it reads: digits before and behind the point times a power of ten, or a fraction. *)
Definition sign (negative : bool) : R := if negative then -1 else 1.

Definition numerals_statement : Prop :=
  (forall negative whole part exponent,
     Q2R (Program.decimal negative whole part exponent) =
     sign negative * IZR (Z.of_uint (Decimal.app whole part))
       * powerRZ 10 (exponent - Z.of_nat (Decimal.nb_digits part))) /\
  (forall negative numerator denominator,
     match Program.fraction negative numerator denominator with
     | None => Z.of_uint denominator = 0%Z
     | Some q => Z.of_uint denominator <> 0%Z /\
         Q2R q = sign negative * IZR (Z.of_uint numerator) / IZR (Z.of_uint denominator)
     end).
