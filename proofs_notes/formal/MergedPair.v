(** One neuron in the place of two: connect-the-dots with two aligned neighbours merged is an optimum of N-3 neurons. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima Sums Ramps ConnectTheDots Optimum Family Agreement Bends
  Merging.
Import ListNotations.
Open Scope R_scope.

Section MergedPair.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.
Variable j : nat.
Hypothesis gap : aligned_gap D j.
Variable c : R.
Hypothesis c_positive : 0 < c.
Hypothesis multiple : equal T (kink D (S j)) (scale c (kink D j)).

Let dot_at (i : nat) : bend := (point D i, kink D i).
Let merged_bend : bend := (meeting D j c, fun t => kink D j t + kink D (S j) t).

Let before := map dot_at (seq 1 (pred j)).
Let after := map dot_at (seq (S (S j)) (size D - 3 - j)).

Definition pair_merged : network := with_bends D (before ++ merged_bend :: after).

(** Connect-the-dots in the same words. *)
Lemma all_dots : map dot_at (seq 1 (size D - 2)) = before ++ dot_at j :: dot_at (S j) :: after.
Proof.
  destruct gap as ([first _] & [_ last] & _). unfold before, after.
  replace (size D - 2)%nat with (pred j + (S (S (size D - 3 - j))))%nat by lia.
  rewrite seq_app, map_app. replace (1 + pred j)%nat with j by lia. reflexivity.
Qed.

Lemma dots_as_bends x t : value (connect_the_dots D) x t
  = bends_value (before ++ dot_at j :: dot_at (S j) :: after) x t + (label D 0%nat t + slope D 0 t * (x - point D
    0%nat)).
Proof.
  rewrite <- all_dots. unfold dot_at. rewrite bends_value_seq, connect_the_dots_value.
  rewrite Rplus_assoc. reflexivity.
Qed.

Lemma pair_merged_value x t : value pair_merged x t = value (connect_the_dots D) x t
  - kink D j t * relu (x - point D j) - kink D (S j) t * relu (x - point D (S j))
  + (kink D j t + kink D (S j) t) * relu (x - meeting D j c).
Proof.
  unfold pair_merged. rewrite with_bends_value, dots_as_bends, !bends_value_app. simpl. ring.
Qed.

Lemma pair_merged_width : width pair_merged = (size D - 3)%nat.
Proof.
  destruct gap as ([first _] & [_ last] & _). unfold pair_merged, with_bends, network_of, before, after.
  cbn [width]. rewrite app_length. cbn [length]. rewrite !map_length, !seq_length. lia.
Qed.

Lemma pair_merged_optimal : optimal path_cost D pair_merged.
Proof.
  apply optimal_iff_cost; [assumption |]. split.
  - intros i bound t below. rewrite pair_merged_value, (connect_the_dots_interpolates D D_valid i bound t below).
    rewrite (merged_pair D D_valid j c i t) by assumption. ring.
  - unfold pair_merged. rewrite with_bends_cost, <- connect_the_dots_cost. fold T.
    assert (dots : path_cost T (connect_the_dots D) = bends_cost T (before ++ dot_at j :: dot_at (S j) :: after)).
    { rewrite <- all_dots. unfold dot_at. rewrite bends_cost_seq, path_cost_as_kinks. apply sum_ext. intros k _.
      unfold neuron_kink. cbn [output_weight input_weight connect_the_dots]. rewrite norm_scale, Rabs_R1, Rabs_R1.
      simpl. ring. }
    rewrite dots, !bends_cost_app. simpl.
    rewrite (norm_ext T (fun t => kink D j t + kink D (S j) t) (scale (1 + c) (kink D j))).
    + rewrite (norm_ext T (kink D (S j)) (scale c (kink D j)) multiple), !norm_scale, !Rabs_right by lra. ring.
    + intros t below. rewrite (multiple t below). unfold scale. ring.
Qed.

End MergedPair.

Lemma merging_for_cost cost adjust : same_optima cost adjust -> merging_statement cost.
Proof.
  intros same D j c D_valid gap positive multiple.
  pose proof (pair_merged_optimal D D_valid j gap c positive multiple) as best.
  destruct (same D D_valid (pair_merged D j c)) as (_ & to_cost & same_width & agrees).
  exists (adjust (tasks D) (pair_merged D j c)). split; [apply to_cost; assumption | split].
  - rewrite same_width. apply pair_merged_width. assumption.
  - intros x t below. rewrite (agrees x t below), (pair_merged_value D j gap c). reflexivity.
Qed.
