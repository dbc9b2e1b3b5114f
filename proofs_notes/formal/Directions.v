(** The program's quick arithmetic is arithmetic, and its test for one direction, on lists of rationals, is [aligned].
  *)

From Coq Require Import Reals Lra Lia Arith ZArith NArith QArith Qreals List Bool.
From ReluProof Require Import Program Statements Sums.
Import ListNotations.
Open Scope R_scope.

(** ** Quick arithmetic is arithmetic *)

Lemma Q2R_parts p : Q2R p = IZR (Qnum p) / IZR (QDen p).
Proof. reflexivity. Qed.

Lemma denominator_positive p : 0 < IZR (QDen p).
Proof. apply IZR_lt. reflexivity. Qed.

Lemma minus_correct p q : Q2R (minus p q) = Q2R p - Q2R q.
Proof.
  unfold minus. destruct (Pos.eqb_spec (Qden p) (Qden q)) as [equal_parts |]; [| apply Q2R_minus].
  unfold Q2R. simpl Qnum. simpl Qden. rewrite <- equal_parts, minus_IZR. ring.
Qed.

Lemma less_correct p q : less p q = true <-> Q2R p < Q2R q.
Proof.
  transitivity (Qlt p q); [| split; [apply Qlt_Rlt | apply Rlt_Qlt]]. unfold less, Qlt.
  destruct (Pos.eqb_spec (Qden p) (Qden q)) as [-> |]; rewrite Z.ltb_lt; [| reflexivity].
  apply Z.mul_lt_mono_pos_r. reflexivity.
Qed.

Lemma same_correct p q : same p q = true <-> Q2R p = Q2R q.
Proof.
  transitivity (Qeq p q); [| split; [apply Qeq_eqR | apply eqR_Qeq]]. unfold same, Qeq.
  destruct (Pos.eqb_spec (Qden p) (Qden q)) as [-> |]; rewrite Z.eqb_eq; [| reflexivity].
  symmetry. apply Z.mul_cancel_r. discriminate.
Qed.

Lemma vanishes_correct p : vanishes p = true <-> Q2R p = 0.
Proof.
  unfold vanishes. rewrite Z.eqb_eq, Q2R_parts. pose proof (denominator_positive p). split.
  - intros ->. lra.
  - intros vanish. apply eq_IZR. apply (Rmult_eq_reg_r (/ IZR (QDen p))); [unfold Rdiv in vanish; lra |].
    apply Rinv_neq_0_compat. lra.
Qed.

Lemma sign_of_number p : (Q2R p < 0 /\ (Qnum p < 0)%Z) \/ (Q2R p = 0 /\ Qnum p = 0%Z) \/ (0 < Q2R p /\ (0 < Qnum p)%Z).
Proof.
  pose proof (Rinv_0_lt_compat _ (denominator_positive p)) as share. rewrite Q2R_parts. unfold Rdiv.
  destruct (Z.lt_trichotomy (Qnum p) 0) as [sign | [sign | sign]].
  - left. split; [| assumption]. apply IZR_lt in sign. nra.
  - right. left. rewrite sign. split; [lra | reflexivity].
  - right. right. split; [| assumption]. apply IZR_lt in sign. nra.
Qed.

Lemma same_sign_correct p q :
  same_sign p q = true <-> Q2R p = 0 /\ Q2R q = 0 \/ 0 < Q2R p * Q2R q.
Proof.
  unfold same_sign. destruct (sign_of_number p) as [[p_sign p_num] | [[p_sign p_num] | [p_sign p_num]]];
  destruct (sign_of_number q) as [[q_sign q_num] | [[q_sign q_num] | [q_sign q_num]]];
  destruct (Qnum p), (Qnum q); try lia; split;
  try discriminate; try reflexivity; intros cases;
  first [left; lra | right; nra | exfalso; destruct cases as [[] |]; [lra | nra]].
Qed.

(** ** Vectors as lists *)

Definition reals (u : list Q) : vector := fun t => Q2R (nth t u 0%Q).

Lemma all_vanish_correct u : all_vanish u = true <-> zero (length u) (reals u).
Proof.
  induction u as [| p u IH]; simpl; [split; [intros _ t below; lia | reflexivity] |].
  rewrite andb_true_iff, vanishes_correct, IH. unfold zero, reals. split.
  - intros [first others] [| t] below; [assumption | apply others; lia].
  - intros vanish. split; [apply (vanish 0%nat); lia |]. intros t below. apply (vanish (S t)). lia.
Qed.

Lemma in_ratio_correct p q (positive : 0 < Q2R p * Q2R q) u : forall v, length u = length v ->
  in_ratio p q u v = true <-> forall t, (t < length u)%nat -> Q2R p * reals v t = reals u t * Q2R q.
Proof.
  assert (nonzero : Q2R p <> 0 /\ Q2R q <> 0) by (split; intros vanish; rewrite vanish in positive; lra).
  induction u as [| a u IH]; intros [| b v] lengths; try discriminate; simpl.
  - split; [intros _ t below; lia | reflexivity].
  - rewrite !andb_true_iff, same_sign_correct, same_correct, !Q2R_mult, IH by (simpl in lengths; lia). split.
    + intros [[_ ratio] others] [| t] below; [assumption | apply others; lia].
    + intros ratios. pose proof (ratios 0%nat ltac:(lia)) as ratio. unfold reals in ratio. simpl in ratio.
      split; [split |]; [| assumption |].
      * destruct (Req_dec (Q2R a) 0) as [vanish | visible].
        -- left. split; [assumption |]. rewrite vanish, Rmult_0_l in ratio.
           apply Rmult_integral in ratio. tauto.
        -- right. assert (square : 0 < Q2R a * Q2R a) by nra.
           replace (Q2R b) with (Q2R a * Q2R q / Q2R p) by (rewrite <- ratio; field; tauto).
           replace (Q2R a * (Q2R a * Q2R q / Q2R p)) with (Q2R a * Q2R a * (Q2R p * Q2R q) / (Q2R p * Q2R p))
             by (field; tauto).
           apply Rdiv_lt_0_compat; [apply Rmult_lt_0_compat; assumption | nra].
      * intros t below. apply (ratios (S t)). lia.
Qed.

Lemma aligned_cons a u b v : length u = length v ->
  aligned (S (length u)) (reals (a :: u)) (reals (b :: v)) <->
  Q2R a = 0 /\ Q2R b = 0 /\ aligned (length u) (reals u) (reals v) \/
  0 < Q2R a * Q2R b /\ forall t, (t < length u)%nat -> Q2R a * reals v t = reals u t * Q2R b.
Proof.
  intros lengths. unfold aligned, positive_multiple, equal, zero, scale. split.
  - intros (nonzero & c & positive & multiple). pose proof (multiple 0%nat ltac:(lia)) as first.
    unfold reals in first. simpl in first. destruct (Req_dec (Q2R a) 0) as [vanish | visible].
    + left. rewrite first, vanish, Rmult_0_r. split; [| split]; try reflexivity. split.
      * intros all. apply nonzero. intros [| t] below; [assumption | apply all; lia].
      * exists c. split; [assumption |]. intros t below. apply (multiple (S t)). lia.
    + right. rewrite first. split; [assert (0 < Q2R a * Q2R a) by nra; nra |].
      intros t below. pose proof (multiple (S t) ltac:(lia)) as other. unfold reals in *. simpl in other.
      rewrite other. ring.
  - intros [(a_zero & b_zero & nonzero & c & positive & multiple) | [positive ratios]].
    + split; [intros all; apply nonzero; intros t below; apply (all (S t)); lia |].
      exists c. split; [assumption |]. intros [| t] below; [unfold reals; simpl; rewrite a_zero, b_zero; ring |].
      apply multiple. lia.
    + assert (visible : Q2R a <> 0) by (intros vanish; rewrite vanish in positive; lra).
      split; [intros all; apply visible; apply (all 0%nat); lia |].
      exists (Q2R b / Q2R a). split.
      * replace (Q2R b / Q2R a) with (Q2R a * Q2R b / (Q2R a * Q2R a)) by (field; assumption).
        apply Rdiv_lt_0_compat; [assumption | nra].
      * intros [| t] below; unfold reals; simpl; [field; assumption |].
        specialize (ratios t ltac:(lia)). unfold reals in ratios.
        apply (Rmult_eq_reg_l (Q2R a)); [| assumption]. rewrite ratios. field. assumption.
Qed.

Lemma one_direction_correct u : forall v, length u = length v ->
  one_direction u v = true <-> aligned (length u) (reals u) (reals v).
Proof.
  induction u as [| a u IH]; intros [| b v] lengths; try discriminate; simpl in lengths.
  - simpl. split; [discriminate |]. intros [nonzero _]. exfalso. apply nonzero. intros t below. simpl in below. lia.
  - assert (shorter : length u = length v) by lia. simpl length. rewrite (aligned_cons a u b v shorter). simpl.
    destruct (vanishes a) eqn:first.
    + apply vanishes_correct in first. rewrite andb_true_iff, vanishes_correct, (IH v shorter), first.
      rewrite Rmult_0_l. split; [tauto |]. intros [all | [impossible _]]; [tauto | lra].
    + assert (visible : Q2R a <> 0) by (intros vanish; apply vanishes_correct in vanish; congruence).
      rewrite andb_true_iff, same_sign_correct. split.
      * intros [[[vanish _] | positive] ratios]; [contradiction |].
        right. split; [assumption | apply in_ratio_correct; assumption].
      * intros [[vanish _] | [positive ratios]]; [contradiction |].
        split; [tauto | apply in_ratio_correct; assumption].
Qed.
