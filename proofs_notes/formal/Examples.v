(** Worked examples: no hypothesis of a theorem is vacuous. The datasets are rational, [decide] is run on them inside
    Coq, and [decision] turns its answer into a statement about networks with real weights. *)

From Coq Require Import Reals Lra Lia Arith QArith Qreals List Bool.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Agreement Decision Theorems.
Import ListNotations.
Open Scope R_scope.

(** ** The datasets *)

(** Kinks (1, 2) and (2, 4): a run of two, two tasks. *)
Definition run_of_two : rational_dataset := [(0, [0; 0]); (1, [0; 0]); (2, [1; 2]); (3, [4; 8])]%Q.

(** Kinks (1, 0), (0, 1), (-1, 0): the first two are orthogonal, and so are the last two. *)
Definition not_aligned : rational_dataset := [(0, [0; 0]); (1, [0; 0]); (2, [1; 0]); (3, [2; 1]); (4, [2; 2])]%Q.

(** Labels 0, 1, 1, 1: a zero kink is aligned with nothing, whatever the task. *)
Definition zero_kink : rational_dataset := [(0, [0]); (1, [1]); (2, [1]); (3, [1])]%Q.

(** Kinks 1 and -1: a negative multiple is not aligned. *)
Definition opposite : rational_dataset := [(0, [0]); (1, [0]); (2, [1]); (3, [1])]%Q.

(** Labels a, b, b, a as one-hot vectors over unequal gaps. *)
Definition abba : rational_dataset := [(0, [1; 0]); (1, [0; 1]); (5 # 2, [0; 1]); (3, [1; 0])]%Q.

(** The fewest points that a dataset may have. *)
Definition two_points : rational_dataset := [(0, [0]); (1, [1])]%Q.

Example decide_run_of_two : decide run_of_two = Some [1%nat].
Proof. reflexivity. Qed.

Example decide_not_aligned : decide not_aligned = Some [].
Proof. reflexivity. Qed.

Example decide_zero_kink : decide zero_kink = Some [].
Proof. reflexivity. Qed.

Example decide_opposite : decide opposite = Some [].
Proof. reflexivity. Qed.

Example decide_abba : decide abba = Some [1%nat].
Proof. reflexivity. Qed.

Example decide_two_points : decide two_points = Some [].
Proof. reflexivity. Qed.

(** The run of two shares one neuron; kinks that are not aligned have one each; a zero kink needs none. *)

Example count_run_of_two : decide_fewest run_of_two = Some 1%nat.
Proof. reflexivity. Qed.

Example count_not_aligned : decide_fewest not_aligned = Some 3%nat.
Proof. reflexivity. Qed.

Example count_zero_kink : decide_fewest zero_kink = Some 1%nat.
Proof. reflexivity. Qed.

(** Kinks 1, 2, 1: a run of three needs two. *)
Example count_run_of_three : decide_fewest [(0, [0]); (1, [0]); (2, [1]); (3, [4]); (4, [8])]%Q = Some 2%nat.
Proof. reflexivity. Qed.

(** ** What is no dataset: points out of order, a ragged table, one point *)

Example decide_out_of_order : decide [(0, [0]); (0, [1])]%Q = None.
Proof. reflexivity. Qed.

Example decide_ragged : decide [(0, [0; 1]); (1, [1])]%Q = None.
Proof. reflexivity. Qed.

Example decide_one_point : decide [(0, [0])]%Q = None.
Proof. reflexivity. Qed.

(** ** What the theorems say of them *)

Lemma decided d gaps : decide d = Some gaps ->
  valid (real_dataset d) /\ (forall j, In j gaps <-> aligned_gap (real_dataset d) j) /\
  (gaps = [] <-> unique path_cost (real_dataset d)).
Proof.
  intros answer. pose proof (decision d) as correct. rewrite answer in correct.
  destruct correct as (D_valid & all & _ & none). auto.
Qed.

(** The hypotheses of [non_uniqueness] hold together ... *)
Example run_of_two_has_an_aligned_gap : valid (real_dataset run_of_two) /\ aligned_gap (real_dataset run_of_two) 1.
Proof.
  destruct (decided run_of_two [1%nat] decide_run_of_two) as (D_valid & all & _).
  split; [assumption |]. apply all. left. reflexivity.
Qed.

(** ... and so do those of [uniqueness], on a dataset with interior points and nonzero kinks. *)
Example not_aligned_is_unique : unique path_cost (real_dataset not_aligned).
Proof. apply (decided not_aligned [] decide_not_aligned). reflexivity. Qed.

Example zero_kink_is_unique : unique path_cost (real_dataset zero_kink).
Proof. apply (decided zero_kink [] decide_zero_kink). reflexivity. Qed.

Example opposite_is_unique : unique path_cost (real_dataset opposite).
Proof. apply (decided opposite [] decide_opposite). reflexivity. Qed.

(** Optima exist, for both costs: "every optimum" is never said of none. *)
Example optima_exist D : valid D -> exists f, optimal path_cost D f.
Proof. intros D_valid. exists (connect_the_dots D). apply connect_the_dots_optimal. assumption. Qed.

Example weight_decay_optima_exist D : valid D -> exists f, optimal weight_decay D f.
Proof.
  intros D_valid. destruct (optimal_weight_decay D D_valid) as (least & f & through & cheap & _).
  exists f. split; [assumption |]. intros g through_g. rewrite cheap. apply least. assumption.
Qed.

(** ** One network, by hand: for the run of two a single neuron at 5/3 with kink (3, 6) is optimal, and is another
    function than connect-the-dots. Its only neuron is active, and well placed in the aligned gap. *)

Definition one_neuron : network := {|
  width := 1;
  input_weight := fun _ => 3;
  bias := fun _ => - 5;
  output_weight := fun _ t => match t with O => 1 | _ => 2 end;
  linear := fun _ => 0;
  constant := fun _ => 0
|}.

(** Splits an index below a number into its cases. *)
Ltac each_index :=
  repeat match goal with
  | below : (_ < 0)%nat |- _ => apply Nat.nlt_0_r in below; contradiction
  | below : (?i < _)%nat |- _ => is_var i; destruct i as [| i]; [clear below | apply Nat.succ_lt_mono in below]
  end.

Lemma one_neuron_interpolates : interpolates (real_dataset run_of_two) one_neuron.
Proof.
  intros i bound t below. simpl in bound, below. unfold value. simpl width. unfold one_neuron, real_dataset, Q2R. simpl.
  each_index; simpl; relu_cases; lra.
Qed.

Lemma one_neuron_optimal : optimal path_cost (real_dataset run_of_two) one_neuron.
Proof.
  destruct run_of_two_has_an_aligned_gap as (D_valid & gap).
  apply neurons; [assumption |]. split; [exact one_neuron_interpolates |].
  intros k _. exists 1%nat. split.
  - exists 3. split; [lra |]. intros t below. simpl in below.
    unfold neuron_kink, kink, slope, scale, one_neuron, real_dataset, Q2R. simpl.
    rewrite Rabs_right by lra. each_index; simpl; field.
  - right. split; [assumption |]. unfold strictly_inside, knot, one_neuron, real_dataset, Q2R. simpl. lra.
Qed.

Example one_neuron_is_another_optimum :
  optimal path_cost (real_dataset run_of_two) one_neuron /\
  active 2 one_neuron 0 /\
  differ_at (real_dataset run_of_two) one_neuron (connect_the_dots (real_dataset run_of_two)) (5 / 3).
Proof.
  destruct run_of_two_has_an_aligned_gap as (D_valid & _).
  split; [exact one_neuron_optimal | split].
  - split; [simpl; lia |]. apply Rmult_lt_0_compat; [| simpl; rewrite Rabs_right by lra; lra].
    apply nonzero_norm. intros vanish. specialize (vanish 0%nat ltac:(lia)). simpl in vanish. lra.
  - exists 0%nat. split; [apply Nat.lt_0_2 |].
    rewrite (connect_the_dots_on_piece _ D_valid 1).
    + unfold value, one_neuron, slope, real_dataset, Q2R. simpl. relu_cases; lra.
    + unfold on_piece, real_dataset, Q2R. simpl. repeat split; [lia | right; lra | right; lra].
Qed.

(** It is not balanced (|v| is the root of 5 and |w| is 3), so weight decay does not call it optimal. *)
Example one_neuron_is_no_weight_decay_optimum : ~ optimal weight_decay (real_dataset run_of_two) one_neuron.
Proof.
  destruct run_of_two_has_an_aligned_gap as (D_valid & _).
  intros best. apply neurons_weight_decay in best; [| assumption]. destruct best as (_ & even & _).
  specialize (even 0%nat ltac:(simpl; lia)). change (tasks (real_dataset run_of_two)) with 2%nat in even.
  pose proof (norm_square 2 (output_weight one_neuron 0)) as square. rewrite even in square.
  unfold dot in square. simpl in square. rewrite Rabs_right in square by lra. lra.
Qed.

(** ** Not every interpolating network is optimal: a detour through two points costs 2 where a line costs nothing *)

Definition detour : network := {|
  width := 1;
  input_weight := fun _ => 2;
  bias := fun _ => - 1;
  output_weight := fun _ _ => 1;
  linear := fun _ => 0;
  constant := fun _ => 0
|}.

Example detour_is_not_optimal :
  interpolates (real_dataset two_points) detour /\ ~ optimal path_cost (real_dataset two_points) detour.
Proof.
  destruct (decided two_points [] decide_two_points) as (D_valid & _).
  split.
  - intros i bound t below. simpl in bound, below. unfold value, detour, real_dataset, Q2R. simpl.
    each_index; simpl; relu_cases; lra.
  - intros best. apply optimal_iff_cost in best; [| assumption]. destruct best as [_ cost].
    change (sum 1 (fun k => norm 1 (output_weight detour k) * Rabs (input_weight detour k)) = 0) in cost.
    simpl in cost. rewrite (Rabs_right 2) in cost by lra.
    pose proof (norm_square 1 (fun _ => 1)) as square. unfold dot in square. simpl in square.
    assert (none : norm 1 (fun _ => 1) = 0) by lra. rewrite none in square. lra.
Qed.
