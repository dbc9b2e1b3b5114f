(** Which functions are optimal. An optimum bends inside a run only along the common direction, so there it is affine
    plus a convex multiple of it. Conversely, bends put together can be read off the values of the function, and the
    values say that each of them is well placed. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima Sums Ramps ConnectTheDots Optimum Uniqueness Agreement
  Sparsest Runs
  Bends Rows.
Import ListNotations.
Open Scope R_scope.

(** ** Convex functions *)

Lemma ramp_convex p q t : convex_between p q (fun x => relu (x - t)).
Proof.
  intros x y s _ _ [low high].
  assert (bound : forall z, z <= relu z /\ 0 <= relu z)
    by (intros z; unfold relu; split; [apply Rmax_r | apply Rmax_l]).
  destruct (bound (x - t)) as [above_x positive_x]. destruct (bound (y - t)) as [above_y positive_y].
  assert ((1 - s) * (x - t) <= (1 - s) * relu (x - t)) by (apply Rmult_le_compat_l; lra).
  assert (s * (y - t) <= s * relu (y - t)) by (apply Rmult_le_compat_l; lra).
  assert (0 <= (1 - s) * relu (x - t)) by (apply Rmult_le_pos; lra).
  assert (0 <= s * relu (y - t)) by (apply Rmult_le_pos; lra).
  unfold relu at 1. apply Rmax_lub; lra.
Qed.

Lemma sum_convex p q n (c : nat -> R) (phi : nat -> R -> R) :
  (forall k, (k < n)%nat -> 0 <= c k) -> (forall k, (k < n)%nat -> convex_between p q (phi k)) ->
  convex_between p q (fun x => sum n (fun k => c k * phi k x)).
Proof.
  intros nonneg convex x y s in_x in_y range. rewrite <- !sum_factor, <- sum_add. apply sum_le. intros k below.
  pose proof (convex k below x y s in_x in_y range). pose proof (nonneg k below).
  replace ((1 - s) * (c k * phi k x) + s * (c k * phi k y)) with (c k * ((1 - s) * phi k x + s * phi k y)) by ring.
  apply Rmult_le_compat_l; assumption.
Qed.

Lemma convex_second_difference p q phi x e : convex_between p q phi -> 0 <= e -> p <= x - e -> x + e <= q ->
  0 <= second_difference phi x e.
Proof.
  intros convex nonneg low high. pose proof (convex (x - e) (x + e) (1 / 2) ltac:(lra) ltac:(lra) ltac:(lra)) as middle.
  replace ((1 - 1 / 2) * (x - e) + 1 / 2 * (x + e)) with x in middle by lra. unfold second_difference. lra.
Qed.

Section Shape.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** ** An optimum on a run *)

Section OnRun.
Variable f : network.
Hypothesis best : optimal path_cost D f.
Variables j m : nat.
Hypothesis in_run : run D j m.

Let p := point D (pred j).
Let q := point D (j + m).
Let u := kink D j.

(** The part of a neuron that bends inside the stretch, as a multiple of u; the rest is affine there. *)
Let inner (k : nat) : bool :=
  if Rlt_dec p (knot f k) then if Rlt_dec (knot f k) q then true else false else false.
Let share (k : nat) : R := if inner k then norm T (neuron_kink f k) / norm T u else 0.
Let steep (k : nat) : R := if inner k then 0 else if Rle_dec (knot f k) p then 1 else 0.

Let length_u : 0 < norm T u.
Proof. apply nonzero_norm. apply (run_start D j m in_run). Qed.

Lemma inner_kink k t : (k < width f)%nat -> (t < T)%nat -> inner k = true -> neuron_kink f k t = share k * u t.
Proof.
  intros bound below. unfold share, inner.
  destruct (Rlt_dec p (knot f k)) as [low |]; [| discriminate].
  destruct (Rlt_dec (knot f k) q) as [high |]; [| discriminate]. intros _.
  destruct (norm_nonneg T (neuron_kink f k)) as [nonzero | vanish].
  - assert (placed : well_placed D f k).
    { apply optimal_iff_well_placed in best; [| assumption]. destruct best as [_ all]. apply all, active_iff_kink.
      auto. }
    assert (multiple : positive_multiple T u (neuron_kink f k)).
    { destruct placed as (i & multiple & where_i). apply positive_multiple_trans with (kink D i); [| assumption].
      pose proof (run_last D j m in_run) as [_ last]. pose proof (run_first D j m in_run) as [first _].
      pose proof in_run as (some & _).
      assert (inside_i : (j <= i)%nat /\ (i < j + m)%nat).
      { destruct where_i as [([first_i last_i] & _ & here) | (gap & between)].
        - unfold p, q in *. rewrite here in low, high. apply points_numbered in low; [| assumption | lia].
          apply points_numbered in high; [lia | assumption | lia].
        - destruct between as [after before]. pose proof gap as ([first_i _] & [_ last_i] & _).
          assert (point D (pred j) < point D (S i)) as one by (unfold p in low; lra).
          assert (point D i < point D (j + m)) as two by (unfold q in high; lra).
          apply points_numbered in one; [| assumption | lia]. apply points_numbered in two; [| assumption | lia].
          destruct (Nat.eq_dec i (pred j)) as [before_run |]; [| lia].
          destruct in_run as (_ & _ & _ & not_before & _). congruence. }
      replace i with (j + (i - j))%nat by lia. apply (run_kinks D j m); [assumption | lia]. }
    destruct multiple as (c & positive & same).
    rewrite (norm_ext T _ _ same), norm_scale, Rabs_right by lra. rewrite (same t below). unfold scale. field. lra.
  - rewrite (norm_zero T (neuron_kink f k)) by (congruence || assumption). rewrite <- vanish. field. lra.
Qed.

Lemma share_nonneg k : 0 <= share k.
Proof.
  unfold share. destruct (inner k); [| lra]. apply Rmult_le_pos; [apply norm_nonneg |].
  left. apply Rinv_0_lt_compat. assumption.
Qed.

Lemma optimum_on_run : exists (a b : vector) (phi : R -> R), convex_between p q phi /\
  forall x, p <= x <= q -> equal T (value f x) (fun t => a t + b t * x + phi x * u t).
Proof.
  exists (fun t => ramp_offset f t - sum (width f) (fun k => steep k * knot f k * neuron_kink f k t)).
  exists (fun t => ramp_slope f t + sum (width f) (fun k => steep k * neuron_kink f k t)).
  exists (fun x => sum (width f) (fun k => share k * relu (x - knot f k))). split.
  - apply sum_convex; [intros; apply share_nonneg | intros; apply ramp_convex].
  - intros x [low high] t below. rewrite value_as_ramps, (Rmult_comm _ (u t)), <- sum_factor.
    rewrite (sum_ext (width f) (fun k => relu (x - knot f k) * neuron_kink f k t) (fun k =>
      x * (steep k * neuron_kink f k t) - steep k * knot f k * neuron_kink f k t
      + u t * (share k * relu (x - knot f k)))).
    + rewrite sum_add, sum_minus, sum_factor. ring.
    + intros k bound. pose proof (inner_kink k t bound below) as as_share. unfold steep.
      destruct (inner k) eqn:bends_here; [rewrite (as_share eq_refl); ring |].
      unfold share. rewrite bends_here. unfold inner in bends_here.
      destruct (Rle_dec (knot f k) p) as [before | not_before].
      * rewrite relu_right by lra. ring.
      * destruct (Rlt_dec p (knot f k)) as [after |]; [| exfalso; lra].
        destruct (Rlt_dec (knot f k) q); [discriminate |]. rewrite relu_left by lra. ring.
Qed.

End OnRun.

(** ** A function of the stated shape *)

Section Conversely.
Variable f : network.
Hypothesis through : interpolates D f.
Hypothesis outside : forall x, ~ inside_a_run D x -> agree_at D f (connect_the_dots D) x.
Hypothesis convex_on_runs : forall j m, run D j m ->
  exists (a b : vector) (phi : R -> R), convex_between (point D (pred j)) (point D (j + m)) phi /\
    forall x, point D (pred j) <= x <= point D (j + m) ->
      equal T (value f x) (fun t => a t + b t * x + phi x * kink D j t).

(** The same function without needless neurons: bends at the same knot are put together. *)
Let bends := joined (bends_of f).
Let thrifty := network_of bends (ramp_slope f) (ramp_offset f).

Lemma thrifty_value x t : value thrifty x t = value f x t.
Proof. unfold thrifty, bends. rewrite network_of_value, joined_value, bends_of_value. ring. Qed.

Lemma thrifty_bend k : (k < width thrifty)%nat -> exists kink, In (knot thrifty k, kink) bends /\
  forall t, neuron_kink thrifty k t = kink t.
Proof.
  intros bound. exists (snd (nth k bends (0, fun _ => 0))). split.
  - unfold knot, thrifty. cbn [bias input_weight network_of].
    replace (- - fst (nth k bends (0, fun _ => 0)) / 1) with (fst (nth k bends (0, fun _ => 0))) by field.
    rewrite <- surjective_pairing. apply nth_In. exact bound.
  - intros t. unfold neuron_kink, thrifty, scale. cbn [output_weight input_weight network_of]. rewrite Rabs_R1. ring.
Qed.

(** The kink, as a second difference of the values of f. *)
Lemma kink_is_visible k : (k < width thrifty)%nat ->
  exists room, 0 < room /\ forall e t, 0 < e <= room ->
    second_difference (fun x => value f x t) (knot thrifty k) e = e * neuron_kink thrifty k t.
Proof.
  intros bound. destruct (thrifty_bend k bound) as (its_kink & member & same).
  destruct (kink_from_values bends _ _ (joined_distinct (bends_of f)) member) as (room & positive & bent).
  exists room. split; [assumption |]. intros e t near. rewrite same, <- (bent e t near).
  unfold second_difference. rewrite <- !thrifty_value. unfold thrifty. rewrite !network_of_value. fold bends. ring.
Qed.

Lemma agrees_outside_gaps i x : on_piece D i x -> ~ aligned_gap D i -> agree_at D f (connect_the_dots D) x.
Proof.
  intros (bound & left_end & right_end) not_aligned. apply outside. apply (not_inside_a_run D D_valid i); assumption.
Qed.

Lemma dots_straight i x e t : on_piece D i (x - e) -> on_piece D i x -> on_piece D i (x + e) ->
  second_difference (fun x => value (connect_the_dots D) x t) x e = 0.
Proof.
  intros left_part here right_part. unfold second_difference.
  rewrite !(connect_the_dots_on_piece D D_valid i) by assumption. ring.
Qed.

(** Inside a piece that is not aligned there is no kink. *)
Lemma no_kink_inside i k e room : (k < width thrifty)%nat -> 0 < e <= room ->
  (forall e t, 0 < e <= room ->
    second_difference (fun x => value f x t) (knot thrifty k) e = e * neuron_kink thrifty k t) ->
  on_piece D i (knot thrifty k - e) -> on_piece D i (knot thrifty k) -> on_piece D i (knot thrifty k + e) ->
  ~ aligned_gap D i -> zero T (neuron_kink thrifty k).
Proof.
  intros bound near visible before here after not_aligned t below.
  pose proof (visible e t near) as seen. unfold second_difference in seen.
  rewrite !(agrees_outside_gaps i _) in seen by assumption.
  pose proof (dots_straight i (knot thrifty k) e t before here after) as straight. unfold second_difference in straight.
  rewrite straight in seen. assert (product : e * neuron_kink thrifty k t = 0) by lra.
  apply Rmult_integral in product. destruct product; [lra | assumption].
Qed.

(** Inside a run the kink is a positive multiple of the common direction, because phi is convex. *)
Lemma multiple_on_run j m k e room : run D j m -> (k < width thrifty)%nat -> 0 < e <= room ->
  (forall e t, 0 < e <= room ->
    second_difference (fun x => value f x t) (knot thrifty k) e = e * neuron_kink thrifty k t) ->
  point D (pred j) <= knot thrifty k - e -> knot thrifty k + e <= point D (j + m) ->
  ~ zero T (neuron_kink thrifty k) -> positive_multiple T (kink D j) (neuron_kink thrifty k).
Proof.
  intros in_run bound near visible low high nonzero.
  destruct (convex_on_runs j m in_run) as (a & b & phi & convex & formula).
  set (x := knot thrifty k) in *.
  pose proof (convex_second_difference _ _ phi x e convex ltac:(lra) low high) as bent.
  assert (same : forall t, (t < T)%nat -> neuron_kink thrifty k t = second_difference phi x e / e * kink D j t).
  { intros t below. apply Rmult_eq_reg_l with e; [| lra]. rewrite <- (visible e t near). unfold second_difference.
    rewrite !formula by (assumption || lra). field. lra. }
  exists (second_difference phi x e / e). split; [| exact same].
  assert (0 <= second_difference phi x e / e)
    by (apply Rmult_le_pos; [assumption | left; apply Rinv_0_lt_compat; lra]).
  destruct (Req_dec (second_difference phi x e / e) 0) as [none |]; [| lra].
  exfalso. apply nonzero. intros t below. rewrite (same t below), none. ring.
Qed.

Lemma positive_room low high : exists room, 0 < room /\ (low < high -> room <= high - low).
Proof. destruct (Rlt_dec low high); [exists (high - low) | exists 1]; split; lra. Qed.

Lemma thrifty_well_placed k : active T thrifty k -> well_placed D thrifty k.
Proof.
  intros now_active. apply active_iff_kink in now_active. destruct now_active as [bound positive].
  pose proof (norm_positive T _ positive) as nonzero.
  destruct (kink_is_visible k bound) as (room & some_room & visible).
  set (x := knot thrifty k) in *.
  destruct (some_piece D D_valid x) as (i & inside_i & left_end & right_end).
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  (* Either x is an interior data point, or the piece goes on to both sides of it. *)
  assert (where_x : (exists l, interior D l /\ x = point D l) \/
    ((i = 0%nat \/ point D i < x) /\ (S (S i) = size D \/ x < point D (S i)))).
  { destruct left_end as [first | [low | low]].
    - destruct right_end as [last | [high | high]].
      + right. auto.
      + right. auto.
      + destruct (Nat.eq_dec (S (S i)) (size D)); [right; auto |].
        left. exists (S i). split; [split; lia | assumption].
    - destruct right_end as [last | [high | high]].
      + right. auto.
      + right. auto.
      + destruct (Nat.eq_dec (S (S i)) (size D)); [right; auto |].
        left. exists (S i). split; [split; lia | assumption].
    - destruct (Nat.eq_dec i 0) as [first | later].
      + right. split; [auto |]. right. lra.
      + left. exists i. split; [split; lia | lra]. }
  destruct where_x as [(l & inside_l & here) | [left_open right_open]].
  - (* at the interior data point l *)
    destruct inside_l as [first_l last_l].
    assert (before : point D (pred l) < point D l) by (apply points_increase; assumption || lia).
    assert (after : point D l < point D (S l)) by (apply points_increase; assumption || lia).
    set (e := Rmin room (Rmin (point D l - point D (pred l)) (point D (S l) - point D l))).
    assert (small : 0 < e <= room).
    { unfold e. split; [repeat apply Rmin_pos; lra | apply Rmin_l]. }
    assert (fits : e <= point D l - point D (pred l) /\ e <= point D (S l) - point D l).
    { unfold e. pose proof (Rmin_r room (Rmin (point D l - point D (pred l)) (point D (S l) - point D l))).
      pose proof (Rmin_l (point D l - point D (pred l)) (point D (S l) - point D l)).
      pose proof (Rmin_r (point D l - point D (pred l)) (point D (S l) - point D l)). lra. }
    destruct (zero_or_not D (kink D l)) as [vanish | some_kink].
    + exfalso. apply nonzero. intros t below. pose proof (visible e t small) as seen.
      assert (not_left : ~ aligned_gap D (pred l)).
      { intros gap. pose proof (aligned_nonzero_next D _ gap) as next. replace (S (pred l)) with l in next by lia.
        contradiction. }
      assert (not_right : ~ aligned_gap D l) by (intros (_ & _ & this & _); contradiction).
      unfold second_difference in seen. rewrite here in seen.
      rewrite (agrees_outside_gaps l (point D l + e)) in seen;
        [| repeat split; [lia | right; lra | right; lra] | assumption ..].
      rewrite (agrees_outside_gaps l (point D l)) in seen;
        [| repeat split; [lia | right; lra | right; lra] | assumption ..].
      rewrite (agrees_outside_gaps (pred l) (point D l - e)) in seen;
        [| repeat split; [lia | right; lra | right; replace (S (pred l)) with l by lia; lra] | assumption ..].
      rewrite !(connect_the_dots_on_piece D D_valid l) in seen by (repeat split; [lia | right; lra | right; lra]).
      rewrite (connect_the_dots_on_piece D D_valid (pred l)) in seen
        by (repeat split; [lia | right; lra | right; replace (S (pred l)) with l by lia; lra]).
      pose proof (label_step D D_valid (pred l) t ltac:(lia)) as step. replace (S (pred l)) with l in step by lia.
      pose proof (vanish t below) as no_turn. unfold kink in no_turn. fold T in no_turn.
      assert (slope D l t = slope D (pred l) t) as same by lra. rewrite same in seen.
      assert (product : e * neuron_kink thrifty k t = 0) by lra.
      apply Rmult_integral in product. destruct product; [lra | assumption].
    + destruct (point_in_run D l) as (j & m & in_run & first & last); [split; assumption | assumption |].
      exists l. split; [| left; split; [split; assumption | split; assumption]].
      apply positive_multiple_trans with (kink D j).
      * apply positive_multiple_sym. replace l with (j + (l - j))%nat by lia.
        apply (run_kinks D j m); [assumption | lia].
      * pose proof (run_last D j m in_run) as [_ last_j]. pose proof (run_first D j m in_run) as [first_j _].
        pose proof in_run as (some & _).
        assert (point D (pred j) <= point D (pred l)) by (apply points_ordered; assumption || lia).
        assert (point D (S l) <= point D (j + m)) by (apply points_ordered; assumption || lia).
        apply (multiple_on_run j m k e room); try assumption; fold x; lra.
  - (* inside the piece i *)
    destruct (positive_room (point D i) x) as (left_room & left_positive & left_fits).
    destruct (positive_room x (point D (S i))) as (right_room & right_positive & right_fits).
    set (e := Rmin room (Rmin left_room right_room)).
    assert (small : 0 < e <= room) by (split; [repeat apply Rmin_pos; assumption | apply Rmin_l]).
    assert (fits : e <= left_room /\ e <= right_room).
    { unfold e. pose proof (Rmin_r room (Rmin left_room right_room)). pose proof (Rmin_l left_room right_room).
      pose proof (Rmin_r left_room right_room). lra. }
    destruct fits as [fits_left fits_right].
    destruct (aligned_gap_or_not D i) as [gap | not_aligned].
    + pose proof gap as ([first _] & [_ last] & _).
      destruct left_open as [| low]; [lia |]. destruct right_open as [| high]; [lia |].
      specialize (left_fits low). specialize (right_fits high).
      destruct (gap_in_run D i gap) as (j & m & in_run & start & stop).
      pose proof (run_last D j m in_run) as [_ last_j]. pose proof (run_first D j m in_run) as [first_j _].
      pose proof in_run as (some & _).
      exists i. split; [| right; split; [assumption | split; assumption]].
      apply positive_multiple_trans with (kink D j).
      * apply positive_multiple_sym. replace i with (j + (i - j))%nat by lia.
        apply (run_kinks D j m); [assumption | lia].
      * assert (point D (pred j) <= point D i) by (apply points_ordered; assumption || lia).
        assert (point D (S i) <= point D (j + m)) by (apply points_ordered; assumption || lia).
        apply (multiple_on_run j m k e room); try assumption; fold x; lra.
    + exfalso. apply nonzero. apply (no_kink_inside i k e room); try assumption; fold x.
      * repeat split; [assumption | |].
        -- destruct left_open as [| low]; [auto | right]. specialize (left_fits low). lra.
        -- destruct right_open; [auto | right; lra].
      * repeat split; [assumption | destruct left_open; [auto | right; lra] | destruct right_open; [auto | right; lra]].
      * repeat split; [assumption | |].
        -- destruct left_open; [auto | right; lra].
        -- destruct right_open as [| high]; [auto | right]. specialize (right_fits high). lra.
Qed.

Lemma thrifty_optimal : optimal path_cost D thrifty.
Proof.
  apply optimal_iff_well_placed; [assumption |]. split; [| exact thrifty_well_placed].
  intros i bound t below. rewrite thrifty_value. apply through; assumption.
Qed.

End Conversely.

Lemma optimal_function_shape f : optimal_function path_cost D f <->
  interpolates D f /\
  (forall x, ~ inside_a_run D x -> agree_at D f (connect_the_dots D) x) /\
  (forall j m, run D j m ->
     exists (a b : vector) (phi : R -> R), convex_between (point D (pred j)) (point D (j + m)) phi /\
       forall x, point D (pred j) <= x <= point D (j + m) ->
         equal T (value f x) (fun t => a t + b t * x + phi x * kink D j t)).
Proof.
  split.
  - intros (g & best & same). split; [| split].
    + intros i bound t below. rewrite (same (point D i) t below). apply best; assumption.
    + intros x not_inside. apply agree_trans with g; [apply same |].
      apply optimum_outside_aligned_gaps; try assumption. intros (i & gap & low & high). apply not_inside.
      destruct (gap_in_run D i gap) as (j & m & in_run & start & stop).
      pose proof (run_last D j m in_run) as [_ last_j]. exists j, m. split; [assumption |].
      assert (point D j <= point D i) by (apply points_ordered; assumption || lia).
      assert (point D (S i) <= point D (j + pred m)) by (apply points_ordered; assumption || lia). lra.
    + intros j m in_run. destruct (optimum_on_run g best j m in_run) as (a & b & phi & convex & formula).
      exists a, b, phi. split; [assumption |]. intros x between t below.
      rewrite (same x t below). apply formula; assumption.
  - intros (through & outside & convex_on_runs).
    exists (network_of (joined (bends_of f)) (ramp_slope f) (ramp_offset f)). split.
    + apply thrifty_optimal; assumption.
    + intros x t _. symmetry. apply thrifty_value.
Qed.

End Shape.

Lemma all_optima_for_cost cost adjust : same_optima cost adjust -> all_optima_statement cost.
Proof.
  intros same D f D_valid. rewrite <- optimal_function_shape by assumption. split; intros (g & best & agrees).
  - exists g. split; [| assumption]. apply (same D D_valid). assumption.
  - exists (adjust (tasks D) g). split; [apply (same D D_valid); assumption |]. intros x.
    apply agree_trans with g; [apply agrees |]. apply agree_sym. apply (same D D_valid).
Qed.
