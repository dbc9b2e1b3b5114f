(** The numbers that the program reads are the numbers that are written. *)

From Coq Require Import Reals Lra Lia ZArith QArith Qreals.
From ReluProof Require Import Program Statements StatementsProgram.
Open Scope R_scope.

Lemma signed_correct negative digits : IZR (signed negative digits) = sign negative * IZR (Z.of_uint digits).
Proof. unfold signed, sign. destruct negative; [rewrite opp_IZR |]; ring. Qed.

Lemma power_of_ten e : IZR (10 ^ Z.pos e) = 10 ^ Pos.to_nat e.
Proof. rewrite pow_IZR, positive_nat_Z. reflexivity. Qed.

Lemma numerals_correct : numerals_statement.
Proof.
  split.
  - intros negative whole part exponent. rewrite <- signed_correct. unfold decimal.
    generalize (signed negative (Decimal.app whole part)) as n. intros n.
    destruct (exponent - Z.of_nat (Decimal.nb_digits part))%Z as [| e | e]; unfold Q2R; simpl powerRZ.
    + simpl. lra.
    + rewrite <- power_of_ten. unfold inject_Z, Qnum, Qden. rewrite mult_IZR. lra.
    + rewrite <- power_of_ten. unfold Qnum, Qden. rewrite Pos2Z.inj_pow. reflexivity.
  - intros negative numerator denominator. unfold fraction.
    destruct (Z.of_uint denominator) as [| d | d] eqn:value.
    + reflexivity.
    + split; [discriminate |]. unfold Q2R, Qnum, Qden. rewrite signed_correct. reflexivity.
    + exfalso. unfold Z.of_uint in value. destruct (Pos.of_uint denominator); discriminate.
Qed.
