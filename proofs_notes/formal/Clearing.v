(** Clearing denominators is multiplying columns by positive constants, whichever they are, and this changes neither
    which kinks are zero nor which are aligned. *)

From Coq Require Import Reals Lra Lia Arith ZArith NArith QArith Qreals List Bool.
From ReluProof Require Import Program Statements Sums Directions.
Import ListNotations.
Open Scope R_scope.

(** ** A column times a positive constant *)

Definition factor (known : option positive) : R :=
  match known with
  | None => 1
  | Some c => IZR (Z.pos c)
  end.

Lemma factor_positive known : 0 < factor known.
Proof. destruct known as [c |]; simpl; [apply IZR_lt; reflexivity | lra]. Qed.

Lemma scaled_correct known q : Q2R (scaled known q) = factor known * Q2R q.
Proof.
  destruct known as [c |]; simpl scaled; simpl factor; [| ring]. unfold times.
  pose proof (Z.div_eucl_eq (Z.pos c) (QDen q) ltac:(discriminate)) as division.
  pose proof (denominator_positive q) as positive.
  destruct (Z.div_eucl (Z.pos c) (QDen q)) as [share [| rest | rest]].
  - rewrite division, Z.add_0_r, (Q2R_parts (inject_Z _)), (Q2R_parts q), !mult_IZR.
    simpl Qnum. simpl Qden. rewrite mult_IZR. field. lra.
  - rewrite !Q2R_parts. simpl Qnum. simpl Qden. rewrite mult_IZR. field. lra.
  - rewrite !Q2R_parts. simpl Qnum. simpl Qden. rewrite mult_IZR. field. lra.
Qed.

Lemma scaled_labels_length known : forall labels, length (scaled_labels known labels) = length labels.
Proof. induction known as [| c known IH]; intros [| q labels]; simpl; congruence. Qed.

Lemma scaled_labels_correct known : forall labels t,
  reals (scaled_labels known labels) t = factor (nth t known None) * reals labels t.
Proof.
  induction known as [| c known IH]; intros labels t.
  - replace (nth t [] None) with (@None positive) by (destruct t; reflexivity). simpl. ring.
  - destruct labels as [| q labels]; simpl scaled_labels.
    + unfold reals. replace (nth t [] 0%Q) with 0%Q by (destruct t; reflexivity).
      unfold Q2R. simpl. ring.
    + destruct t as [| t]; unfold reals in *; simpl nth; [apply scaled_correct | apply IH].
Qed.

Definition scaled_row (points : option positive) (labels : list (option positive)) (r : Q * list Q) : Q * list Q :=
  (scaled points (fst r), scaled_labels labels (snd r)).

Lemma scaled_rows_correct points labels rows : forall done,
  scaled_rows points labels rows done = rev done ++ map (scaled_row points labels) rows.
Proof.
  induction rows as [| [x y] rest IH]; intros done; simpl.
  - apply rev_append_rev.
  - rewrite IH. simpl. rewrite <- app_assoc. reflexivity.
Qed.

(** Whatever the multiples are, clearing the denominators is scaling columns. *)
Lemma cleared_scales rows : exists points labels, cleared rows = map (scaled_row points labels) rows.
Proof.
  destruct rows as [| first rest]; [exists None, []; reflexivity |]. unfold cleared.
  destruct (factors _ _ (first :: rest)) as [points labels]. exists points, labels. apply scaled_rows_correct.
Qed.

Section Scaling.
Variables (points : option positive) (labels : list (option positive)) (rows : rational_dataset).
Let scaled_data := map (scaled_row points labels) rows.

Lemma scaled_size : length scaled_data = length rows.
Proof. apply map_length. Qed.

Lemma row_of_scaled i : (i < length rows)%nat ->
  nth i scaled_data (0%Q, []) = scaled_row points labels (nth i rows (0%Q, [])).
Proof.
  intros below. unfold scaled_data.
  rewrite (nth_indep _ _ (scaled_row points labels (0%Q, []))) by (rewrite map_length; assumption). apply map_nth.
Qed.

Lemma scaled_tasks : (0 < length rows)%nat -> rational_tasks scaled_data = rational_tasks rows.
Proof. intros some. unfold rational_tasks. rewrite row_of_scaled by assumption. apply scaled_labels_length. Qed.

Lemma scaled_point i : (i < length rows)%nat ->
  point (real_dataset scaled_data) i = factor points * point (real_dataset rows) i.
Proof. intros below. simpl. unfold rational_point. rewrite row_of_scaled by assumption. apply scaled_correct. Qed.

Lemma scaled_label i t : (i < length rows)%nat ->
  label (real_dataset scaled_data) i t = factor (nth t labels None) * label (real_dataset rows) i t.
Proof.
  intros below. simpl. unfold rational_label. rewrite row_of_scaled by assumption. apply scaled_labels_correct.
Qed.

Lemma scaled_valid : valid (real_dataset rows) -> valid (real_dataset scaled_data).
Proof.
  intros [many increasing]. unfold valid. change (size (real_dataset scaled_data)) with (length scaled_data).
  rewrite scaled_size. split; [assumption |]. intros i below. rewrite !scaled_point by lia.
  apply Rmult_lt_compat_l; [apply factor_positive | apply increasing; assumption].
Qed.

Lemma scaled_kink j t : valid (real_dataset rows) -> interior (real_dataset rows) j ->
  kink (real_dataset scaled_data) j t = factor (nth t labels None) / factor points * kink (real_dataset rows) j t.
Proof.
  intros [_ increasing] [first last]. simpl size in last. pose proof (factor_positive points) as positive.
  pose proof (increasing j last) as after. pose proof (increasing (pred j) ltac:(simpl; lia)) as before.
  unfold kink, slope. replace (S (pred j)) with j in * by lia.
  rewrite !scaled_point, !scaled_label by lia. field. repeat split; try lra; nra.
Qed.

End Scaling.

(** Two vectors multiplied by the same positive constants, coordinate by coordinate. *)
Lemma aligned_coordinates T u v u' v' (c : vector) : (forall t, 0 < c t) ->
  equal T u' (fun t => c t * u t) -> equal T v' (fun t => c t * v t) -> aligned T u v <-> aligned T u' v'.
Proof.
  intros positive first second. unfold aligned, positive_multiple.
  assert (both_zero : zero T u <-> zero T u').
  { split; intros all t below.
    - rewrite first, (all t below) by assumption. ring.
    - pose proof (all t below) as vanish. rewrite first in vanish by assumption.
      apply Rmult_integral in vanish. specialize (positive t). destruct vanish; lra. }
  rewrite both_zero. apply and_iff_compat_l.
  split; intros (k & k_positive & multiple); exists k; (split; [assumption |]); intros t below;
    specialize (multiple t below); unfold scale in *.
  - rewrite first, second, multiple by assumption. ring.
  - rewrite first, second in multiple by assumption. specialize (positive t).
    apply (Rmult_eq_reg_l (c t)); [rewrite multiple; ring | lra].
Qed.
