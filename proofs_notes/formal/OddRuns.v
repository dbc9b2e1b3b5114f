(** A run of odd length three or more has a kink to share: two neurons serve its first three points, and any part of the
    middle kink may go to the first of them. The rest of the run is served pair by pair. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima Sums Ramps ConnectTheDots Optimum Family Agreement Sparsest
  Runs
  Rows Bends Merging LoneNeurons.
Import ListNotations.
Open Scope R_scope.

(** ** What is as sparse as can be *)

Lemma first_part_distinct (A : Type) (first last : list A) : NoDup (first ++ last) -> NoDup first.
Proof.
  induction first as [| a rest IH]; intros distinct; [constructor |]. inversion distinct as [| ? ? fresh others]. subst.
  constructor; [| auto]. intros member. apply fresh, in_or_app. auto.
Qed.

Lemma has_active_fewer T f n m : has_active T f n -> (m <= n)%nat -> has_active T f m.
Proof.
  intros (neurons & distinct & many & all) fewer. exists (firstn m neurons). split; [| split].
  - rewrite <- (firstn_skipn m neurons) in distinct. apply first_part_distinct in distinct. assumption.
  - rewrite firstn_length. lia.
  - intros k member. apply all. rewrite <- (firstn_skipn m neurons). apply in_or_app. auto.
Qed.

Lemma has_active_width T f n : has_active T f n -> (n <= width f)%nat.
Proof.
  intros (neurons & distinct & <- & all). rewrite <- (seq_length (width f) 0).
  apply NoDup_incl_length; [assumption |]. intros k member. apply in_seq. destruct (all k member). lia.
Qed.

Section ForCost.
Variable cost : nat -> network -> R.
Variable adjust : nat -> network -> network.
Hypothesis same : same_optima cost adjust.
Variable D : dataset.
Hypothesis D_valid : valid D.

(** An optimum of the width that is counted is sparsest, and a sparsest optimum has no more active neurons. *)
Lemma narrow_is_sparsest f n : fewest D 1 n -> optimal path_cost D f -> width f = n ->
  sparsest_optimum cost D (adjust (tasks D) f).
Proof.
  intros counted best narrow. destruct (same D D_valid f) as (_ & to_cost & same_width & _).
  split; [apply to_cost; assumption |]. intros g m best_g many. apply has_active_width in many.
  apply (same D D_valid g) in best_g.
  destruct (active_from D D_valid g 1 n best_g counted) as (neurons & distinct & length_n & all).
  apply has_active_fewer with n; [| lia]. exists neurons. split; [assumption | split; [assumption |]].
  intros k member. apply all. assumption.
Qed.

Lemma sparsest_is_settled f n : fewest D 1 n -> sparsest_optimum cost D f ->
  optimal path_cost D f /\ settled D f 1 n.
Proof.
  intros counted [best_cost few]. pose proof best_cost as best. apply (same D D_valid f) in best.
  split; [assumption |]. split; [assumption |].
  destruct (optimum_with_fewest D D_valid n counted) as (g & best_g & narrow).
  destruct (same D D_valid g) as (_ & to_cost & same_width & _).
  assert (many : has_active (tasks D) (adjust (tasks D) g) (length (beyond (tasks D) f (point D (pred 1))))).
  { apply few; [apply to_cost; assumption |]. exists (beyond (tasks D) f (point D (pred 1))).
    split; [apply beyond_distinct | split; [reflexivity |]]. intros k member. apply in_beyond in member. apply member. }
  apply has_active_width in many. lia.
Qed.

End ForCost.

Section OddRun.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** Bends that stand for connect-the-dots from the start of a run on can be continued to the left. *)
Lemma prefix_for i n : fewest D i n -> forall j, (i <= j)%nat -> (j < size D)%nat -> ~ aligned_gap D (pred j) ->
  exists prefix n_j, fewest D j n_j /\ (length prefix + n_j = n)%nat /\
    forall bends, stand_for D bends j -> stand_for D (prefix ++ bends) i.
Proof.
  induction 1 as [i none | i n inside vanish rest IH | i n inside nonzero not_aligned rest IH | i n gap rest IH];
    intros j order bound not_before; (destruct (Nat.eq_dec i j) as [<- | other];
    [eexists [], _; split; [econstructor; eassumption | split; [reflexivity | auto]] |]).
  - exists [], 0%nat. split; [constructor; lia | split; [reflexivity |]]. intros bends stand.
    simpl. unfold stand_for in *. replace (size D - 1 - i)%nat with 0%nat by lia.
    replace (size D - 1 - j)%nat with 0%nat in stand by lia. exact stand.
  - destruct (IH j ltac:(lia) bound not_before) as (prefix & n_j & counted & many & continue).
    exists prefix, n_j. split; [assumption | split; [assumption |]]. intros bends stand.
    apply stand_for_zero; auto.
  - destruct (IH j ltac:(lia) bound not_before) as (prefix & n_j & counted & many & continue).
    exists ((point D i, kink D i) :: prefix), n_j. split; [assumption | split; [simpl; lia |]]. intros bends stand.
    simpl. apply stand_for_one; auto.
  - assert (not_next : j <> S i) by (intros ->; contradiction).
    destruct (IH j ltac:(lia) bound not_before) as (prefix & n_j & counted & many & continue).
    pose proof gap as (_ & _ & _ & c & positive & multiple).
    exists ((meeting D i c, fun t => kink D i t + kink D (S i) t) :: prefix), n_j.
    split; [assumption | split; [simpl; lia |]]. intros bends stand. simpl. apply stand_for_pair; auto.
Qed.

Variables j m : nat.
Hypothesis in_run : run D j m.
Hypothesis odd : Nat.Odd m.
Hypothesis long : (3 <= m)%nat.

Let d := kink D j.
Variables c1 c2 : R.
Hypothesis c1_positive : 0 < c1.
Hypothesis c2_positive : 0 < c2.
Hypothesis second : equal T (kink D (S j)) (scale c1 d).
Hypothesis third : equal T (kink D (S (S j))) (scale c2 d).

Lemma three_inside : interior D j /\ interior D (S j) /\ interior D (S (S j)).
Proof.
  pose proof (run_inside D j m 0 in_run ltac:(lia)) as one. pose proof (run_inside D j m 1 in_run ltac:(lia)) as two.
  pose proof (run_inside D j m 2 in_run ltac:(lia)) as three.
  rewrite Nat.add_0_r in one. rewrite Nat.add_1_r in two. replace (j + 2)%nat with (S (S j)) in three by lia. auto.
Qed.

Let x1 := point D j.
Let x2 := point D (S j).
Let x3 := point D (S (S j)).

Lemma three_points : x1 < x2 < x3.
Proof.
  destruct three_inside as (one & two & three). destruct one, two, three. unfold x1, x2, x3.
  split; apply points_increase; assumption || lia.
Qed.

(** The part r of the middle kink goes to the first neuron. *)
Let knot1 (r : R) : R := x1 + (x2 - x1) * (r * c1 / (1 + r * c1)).
Let knot2 (r : R) : R := x2 + (x3 - x2) * (c2 / ((1 - r) * c1 + c2)).
Definition shared (r : R) : list bend := [(knot1 r, scale (1 + r * c1) d); (knot2 r, scale ((1 - r) * c1 + c2) d)].

Lemma shares r : 0 <= r <= 1 -> 0 <= r * c1 /\ 0 <= (1 - r) * c1.
Proof. intros [low high]. split; apply Rmult_le_pos; lra. Qed.

Lemma first_knot r : 0 <= r <= 1 -> x1 <= knot1 r < x2 /\ (1 + r * c1) * knot1 r = x1 + r * c1 * x2.
Proof.
  intros range. destruct (shares r range). pose proof three_points.
  assert (product : (1 + r * c1) * knot1 r = x1 + r * c1 * x2) by (unfold knot1; field; lra).
  split; [| exact product]. split; apply Rmult_le_reg_l with (1 + r * c1) || apply Rmult_lt_reg_l with (1 + r * c1);
    try lra; rewrite product; nra.
Qed.

Lemma second_knot r : 0 <= r <= 1 ->
  x2 <= knot2 r <= x3 /\ ((1 - r) * c1 + c2) * knot2 r = (1 - r) * c1 * x2 + c2 * x3.
Proof.
  intros range. destruct (shares r range). pose proof three_points.
  assert (product : ((1 - r) * c1 + c2) * knot2 r = (1 - r) * c1 * x2 + c2 * x3) by (unfold knot2; field; lra).
  split; [| exact product]. split; apply Rmult_le_reg_l with ((1 - r) * c1 + c2); try lra; rewrite product; nra.
Qed.

(** Outside the open gap of its knot a shared bend is what its two ends would be. *)
Lemma shared_value r x t : 0 <= r <= 1 -> (x <= x1 \/ x2 <= x) -> (x <= x2 \/ x3 <= x) ->
  bends_value (shared r) x t = d t * (relu (x - x1) + c1 * relu (x - x2) + c2 * relu (x - x3)).
Proof.
  intros range not_first not_second. destruct (first_knot r range) as [bounds1 product1].
  destruct (second_knot r range) as [bounds2 product2]. pose proof three_points.
  simpl. unfold scale. unfold Rminus in product1, product2. destruct not_first as [before | after].
  - rewrite !relu_left by lra. ring.
  - destruct not_second as [before2 | after2].
    + rewrite (relu_right (x - knot1 r)), (relu_left (x - knot2 r)), (relu_right (x - x1)) by lra.
      rewrite (relu_right (x - x2)), (relu_left (x - x3)) by lra.
      replace x with x2 by lra. nra.
    + rewrite !relu_right by lra.
      assert (same : (1 + r * c1) * (x - knot1 r) + ((1 - r) * c1 + c2) * (x - knot2 r)
        = (x - x1) + c1 * (x - x2) + c2 * (x - x3)) by lra.
      rewrite <- same. ring.
Qed.

Lemma shared_stands r rest : 0 <= r <= 1 -> stand_for D rest (j + 3) -> stand_for D (shared r ++ rest) j.
Proof.
  intros range [same_value same_cost]. destruct three_inside as (one & two & three).
  destruct (shares r range).
  assert (count : (size D - 1 - j)%nat = S (S (S (size D - 1 - (j + 3))))) by (destruct one, two, three; lia).
  unfold stand_for. rewrite count. split.
  - intros i t bound below. rewrite !dots_value_first. replace (S (S (S j))) with (j + 3)%nat by lia.
    rewrite bends_value_app, same_value by assumption. rewrite shared_value.
    + rewrite (second t below), (third t below). unfold scale. fold d x1 x2 x3. ring.
    + assumption.
    + destruct one, two. destruct (Nat.le_gt_cases i j); [left | right]; apply points_ordered; assumption || lia.
    + destruct two, three. destruct (Nat.le_gt_cases i (S j)); [left | right]; apply points_ordered; assumption || lia.
  - rewrite !dots_cost_first. replace (S (S (S j))) with (j + 3)%nat by lia. rewrite bends_cost_app, same_cost.
    fold T. simpl. rewrite (norm_ext T _ _ second), (norm_ext T _ _ third), !norm_scale, !Rabs_right by lra.
    fold d. ring.
Qed.

(** The first three points of the run take two neurons of the count. *)
Lemma count_of_three n : fewest D (j + 3) n -> fewest D j (S (S n)).
Proof.
  intros counted. pose proof in_run as (some & points & gaps & _ & ends). destruct odd as (h & same).
  assert (in_row : row D j m) by (split; assumption).
  destruct (over_runs_exists D (size D) (j + m) ltac:(lia) ltac:(lia)) as (rest & over).
  apply over_runs_is_fewest in over.
  assert (from_third : fewest D (j + 3) ((m - 3 + 1) / 2 + rest)).
  { apply run_two_by_two.
    - apply rest_of_row. replace (3 + (m - 3))%nat with m by lia. assumption.
    - intros more. replace (j + 3 + pred (m - 3))%nat with (j + pred m)%nat by lia. assumption.
    - replace (j + 3 + (m - 3))%nat with (j + m)%nat by lia. assumption. }
  rewrite (fewest_one_value D _ _ counted _ from_third).
  replace (S (S ((m - 3 + 1) / 2 + rest)))%nat with ((m + 1) / 2 + rest)%nat.
  - apply run_two_by_two; auto.
  - subst m. replace (2 * h + 1 + 1)%nat with ((h + 1) * 2)%nat by lia. rewrite Nat.div_mul by lia.
    replace (2 * h + 1 - 3 + 1)%nat with (1 + (h - 1) * 2)%nat by lia. rewrite Nat.div_add by lia. simpl. lia.
Qed.

Lemma sharing_family : exists n (prefix rest : list bend), fewest D 1 n /\
  forall r, 0 <= r <= 1 ->
    optimal path_cost D (with_bends D (prefix ++ shared r ++ rest)) /\
    length (prefix ++ shared r ++ rest) = n.
Proof.
  destruct (fewest_exists D) as (n & counted). destruct three_inside as (one & two & three).
  destruct (prefix_for 1 n counted j) as (prefix & n_j & counted_j & many & continue);
    [destruct one; lia | destruct one; lia | apply in_run |].
  destruct (over_runs_exists D (size D) (j + 3) ltac:(lia) ltac:(lia)) as (n_3 & over).
  apply over_runs_is_fewest in over.
  destruct (bends_for D D_valid (j + 3) n_3 over) as (rest & length_rest & stand).
  exists n, prefix, rest. split; [assumption |]. intros r range. split.
  - apply stand_for_all_is_optimal; [assumption |]. apply continue, shared_stands; assumption.
  - rewrite !app_length. simpl. rewrite length_rest.
    rewrite <- many, (fewest_one_value D _ _ counted_j _ (count_of_three n_3 over)). lia.
Qed.

Lemma shared_differ r r' : 0 <= r <= 1 -> 0 <= r' <= 1 -> r <> r' -> exists x t, strictly_inside D j x /\ (t < T)%nat /\
  bends_value (shared r) x t <> bends_value (shared r') x t.
Proof.
  intros range range' other. destruct (nonzero_has_entry T d) as (t & below & visible);
    [apply (run_start D j m in_run) |].
  pose proof three_points as order.
  exists (meeting D j c1), t. split; [| split; [assumption |]].
  - unfold strictly_inside, meeting. fold x1 x2. split.
    + apply Rmult_lt_reg_r with (1 + c1); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra.
    + apply Rmult_lt_reg_r with (1 + c1); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra.
  - set (x := meeting D j c1). assert (product : (1 + c1) * x = x1 + c1 * x2) by (unfold x, meeting, x1, x2; field;
      lra).
    assert (within : x1 < x < x2) by (split; nra).
    assert (at_x : forall r, 0 <= r <= 1 -> bends_value (shared r) x t = d t * ((x - x1) - r * (c1 * (x2 - x)))).
    { intros s in_range. destruct (first_knot s in_range) as [bounds1 product1].
      destruct (second_knot s in_range) as [bounds2 product2]. destruct (shares s in_range).
      simpl. unfold scale. rewrite (relu_left (x - knot2 s)) by lra. rewrite relu_right.
      - assert (at_first : (1 + s * c1) * (x - knot1 s) = (x - x1) - s * (c1 * (x2 - x))) by lra.
        rewrite <- at_first. ring.
      - assert (0 <= (1 + s * c1) * (x - knot1 s)); [| nra].
        assert (at_first : (1 + s * c1) * (x - knot1 s) = (x - x1) - s * (c1 * (x2 - x))) by lra.
        rewrite at_first. assert (c1 * (x2 - x) = x - x1) as same by lra. rewrite same. nra. }
    rewrite !at_x by assumption. intros equal_values.
    assert (positive : 0 < c1 * (x2 - x)) by (apply Rmult_lt_0_compat; lra).
    assert (vanish : (r - r') * (d t * (c1 * (x2 - x))) = 0) by lra.
    apply Rmult_integral in vanish. destruct vanish as [same_r | vanish]; [apply other; lra |].
    apply Rmult_integral in vanish. destruct vanish; [contradiction | lra].
Qed.

End OddRun.

Section Statements.
Variable cost : nat -> network -> R.
Variable adjust : nat -> network -> network.
Hypothesis same : same_optima cost adjust.

Lemma odd_run_for_cost : odd_run_statement cost.
Proof.
  intros D j m D_valid in_run odd long.
  destruct (run_kinks D j m 1 in_run ltac:(lia)) as (c1 & positive1 & second).
  destruct (run_kinks D j m 2 in_run ltac:(lia)) as (c2 & positive2 & third).
  replace (j + 1)%nat with (S j) in second by lia. replace (j + 2)%nat with (S (S j)) in third by lia.
  destruct (sharing_family D D_valid j m in_run odd long c1 c2 positive1 positive2 second third)
    as (n & prefix & rest & counted & family).
  set (member := fun r => with_bends D (prefix ++ shared D j c1 c2 r ++ rest)).
  assert (agrees : forall r x, agree_at D (adjust (tasks D) (member r)) (member r) x)
    by (intros r; apply (same D D_valid (member r))).
  exists (fun r => adjust (tasks D) (member r)). split; [| split].
  - intros r range. destruct (family r range) as [best narrow].
    apply (narrow_is_sparsest cost adjust same D D_valid _ n); assumption.
  - intros r r' range range' other.
    destruct (shared_differ D D_valid j m in_run long c1 c2 positive1 positive2 r r' range range' other)
      as (x & t & between & below & different).
    exists x. split; [assumption |]. exists t. split; [assumption |].
    rewrite (agrees r x t below), (agrees r' x t below). unfold member. rewrite !with_bends_value, !bends_value_app.
    intros equal_values. apply different. lra.
  - intros r r' x range range' outside t below.
    rewrite (agrees r x t below), (agrees r' x t below). unfold member. rewrite !with_bends_value, !bends_value_app.
    pose proof (run_last D j m in_run) as [_ last].
    assert (at_third : x <= point D j \/ point D (S (S j)) <= x).
    { destruct outside as [before | after]; [auto | right].
      assert (point D (S (S j)) <= point D (j + pred m)) by (apply points_ordered; assumption || lia). lra. }
    pose proof (three_points D D_valid j m in_run long) as order.
    rewrite !(shared_value D D_valid j m in_run long c1 c2 positive1 positive2) by (assumption || lra). reflexivity.
Qed.

Lemma unique_sparsest_for_cost : unique_sparsest_statement cost.
Proof.
  intros D D_valid. split.
  - intros all_equal j m in_run. pose proof in_run as (some & _).
    destruct (Nat.Even_or_Odd m) as [even | odd]; [auto |].
    destruct (Nat.eq_dec m 1) as [| more]; [auto |]. exfalso.
    assert (long : (3 <= m)%nat) by (destruct odd; lia).
    destruct (odd_run_for_cost D j m D_valid in_run odd long) as (family & sparse & differ & _).
    destruct (differ 0 1) as (x & _ & different); [lra .. |].
    apply (differ_not_agree D _ _ x different). apply all_equal; apply sparse; lra.
  - intros fine f g sparse_f sparse_g x. destruct (fewest_exists D) as (n & counted).
    destruct (sparsest_is_settled cost adjust same D D_valid f n counted sparse_f) as [best_f settled_f].
    destruct (sparsest_is_settled cost adjust same D D_valid g n counted sparse_g) as [best_g settled_g].
    apply (settled_agree D D_valid fine f g n); assumption.
Qed.

End Statements.
