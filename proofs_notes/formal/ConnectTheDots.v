(** Connect-the-dots is straight on every piece, interpolates, and costs the sum of |d_j|. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps.
Open Scope R_scope.

Section ConnectTheDots.
Variable D : dataset.
Hypothesis D_valid : valid D.

Lemma label_step i t : (S i < size D)%nat ->
  label D (S i) t = label D i t + slope D i t * (point D (S i) - point D i).
Proof.
  intros bound. unfold slope. assert (point D i < point D (S i)) by (apply points_increase; (assumption || lia)).
  field. lra.
Qed.

(** The first i kinks turn the first line into the line of piece i. *)
Lemma kinks_turn_line i x t : (S i < size D)%nat ->
  sum i (fun k => kink D (S k) t * (x - point D (S k)))
  = label D i t + slope D i t * (x - point D i) - (label D 0%nat t + slope D 0 t * (x - point D 0%nat)).
Proof.
  induction i as [| i IH]; intros bound; simpl; [ring |].
  rewrite IH, label_step by lia. unfold kink; simpl pred. ring.
Qed.

Lemma connect_the_dots_value x t :
  value (connect_the_dots D) x t
  = sum (size D - 2) (fun k => relu (x - point D (S k)) * kink D (S k) t)
    + label D 0%nat t + slope D 0 t * (x - point D 0%nat).
Proof.
  unfold value, connect_the_dots; simpl.
  rewrite (sum_ext _ _ (fun k => relu (x - point D (S k)) * kink D (S k) t)); [ring |].
  intros k _. replace (1 * x + - point D (S k)) with (x - point D (S k)) by ring. ring.
Qed.

Lemma connect_the_dots_on_piece i x t : on_piece D i x ->
  value (connect_the_dots D) x t = label D i t + slope D i t * (x - point D i).
Proof.
  intros (bound & left_end & right_end). rewrite connect_the_dots_value.
  rewrite (sum_truncate i); [| lia |].
  - rewrite (sum_ext _ _ (fun k => kink D (S k) t * (x - point D (S k)))).
    + rewrite kinks_turn_line by assumption. ring.
    + intros k before. destruct left_end as [| after]; [lia |].
      assert (point D (S k) <= point D i) by (apply points_ordered; (assumption || lia)).
      rewrite relu_right by lra. ring.
  - intros k [after last]. destruct right_end as [| before]; [lia |].
    assert (point D (S i) <= point D (S k)) by (apply points_ordered; (assumption || lia)).
    rewrite relu_left by lra. ring.
Qed.

Lemma connect_the_dots_interpolates : interpolates D (connect_the_dots D).
Proof.
  intros i bound t _. destruct D_valid as [many _].
  destruct (Nat.eq_dec (S i) (size D)) as [last | inner].
  - destruct i as [| i]; [lia |].
    rewrite (connect_the_dots_on_piece i); [rewrite label_step by lia; reflexivity |].
    repeat split; [lia | right; apply points_ordered; (assumption || lia) | right; lra].
  - rewrite (connect_the_dots_on_piece i); [ring |].
    repeat split; [lia | right; lra | right; apply points_ordered; (assumption || lia)].
Qed.

Lemma connect_the_dots_cost : path_cost (tasks D) (connect_the_dots D) = total_kink D.
Proof.
  unfold path_cost, total_kink; simpl. apply sum_ext. intros k _. rewrite Rabs_R1. ring.
Qed.

End ConnectTheDots.
