(** An optimum is no steeper than the data: on an aligned gap it is affine plus a convex multiple of the direction, so
  its
    slope there lies between the slopes of the data before and after the gap. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsOptima StatementsBounds Sums Ramps ConnectTheDots Optimum Uniqueness
  Agreement Sparsest Rows Shape.
Open Scope R_scope.

(** ** Slopes of a convex function increase *)

Lemma neighbouring_slopes p q phi a b c : convex_between p q phi -> p <= a -> a < b -> b < c -> c <= q ->
  (phi b - phi a) / (b - a) <= (phi c - phi b) / (c - b).
Proof.
  intros convex low first second high.
  pose proof (convex a c ((b - a) / (c - a)) ltac:(lra) ltac:(lra)) as between.
  assert (range : 0 <= (b - a) / (c - a) <= 1).
  { split; [apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat; lra] |].
    apply Rmult_le_reg_r with (c - a); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  specialize (between range).
  replace ((1 - (b - a) / (c - a)) * a + (b - a) / (c - a) * c) with b in between by (field; lra).
  assert (cleared : (c - a) * phi b <= (c - b) * phi a + (b - a) * phi c).
  { replace ((c - b) * phi a + (b - a) * phi c)
      with ((c - a) * ((1 - (b - a) / (c - a)) * phi a + (b - a) / (c - a) * phi c)) by (field; lra).
    apply Rmult_le_compat_l; lra. }
  apply Rmult_le_reg_r with ((b - a) * (c - b)); [apply Rmult_lt_0_compat; lra |].
  replace ((phi b - phi a) / (b - a) * ((b - a) * (c - b))) with ((phi b - phi a) * (c - b)) by (field; lra).
  replace ((phi c - phi b) / (c - b) * ((b - a) * (c - b))) with ((phi c - phi b) * (b - a)) by (field; lra). lra.
Qed.

Lemma later_slope p q phi a b c d : convex_between p q phi -> p <= a -> a < b -> b <= c -> c < d -> d <= q ->
  (phi b - phi a) / (b - a) <= (phi d - phi c) / (d - c).
Proof.
  intros convex low first [second | same] third high; [| subst; apply (neighbouring_slopes p q); assumption].
  apply Rle_trans with ((phi c - phi b) / (c - b)); apply (neighbouring_slopes p q); assumption || lra.
Qed.

(** ** Norms *)

Section Norm.
Variable T : nat.
Variable nu : vector -> R.
Hypothesis nu_norm : is_norm T nu.

Lemma nu_ext u v : equal T u v -> nu u = nu v.
Proof. apply nu_norm. Qed.

Lemma nu_mix u v s L : 0 <= s <= 1 -> nu u <= L -> nu v <= L -> nu (fun t => (1 - s) * u t + s * v t) <= L.
Proof.
  intros range small_u small_v. destruct nu_norm as (_ & triangle & scaled).
  eapply Rle_trans; [apply (triangle (scale (1 - s) u) (scale s v)) |]. rewrite !scaled, !Rabs_right by lra.
  assert ((1 - s) * nu u <= (1 - s) * L) by (apply Rmult_le_compat_l; lra).
  assert (s * nu v <= s * L) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma norm_is_norm : is_norm T (norm T).
Proof.
  split; [| split].
  - apply norm_ext.
  - intros u v. pose proof (norm_sum_le T 2 (fun _ => 1) (fun k => match k with O => u | _ => v end)) as bound.
    simpl in bound. specialize (bound ltac:(intros; lra)).
    rewrite (norm_ext T (fun t => u t + v t) (fun t => 0 + 1 * u t + 1 * v t)) by (intros t _; ring). lra.
  - apply norm_scale.
Qed.

(** ** From the pieces to the line *)

Variable D : dataset.
Hypothesis D_valid : valid D.

Lemma lipschitz_from_pieces g L :
  (forall i x y, on_piece D i x -> on_piece D i y -> x <= y -> nu (fun t => g y t - g x t) <= L * (y - x)) ->
  lipschitz nu L g.
Proof.
  intros on_pieces. destruct nu_norm as (extensional & triangle & scaled).
  assert (joint : forall x y z, nu (fun t => g y t - g x t) <= L * (y - x) -> nu (fun t => g z t - g y t)
    <= L * (z - y) ->
    nu (fun t => g z t - g x t) <= L * (z - x)).
  { intros x y z first second. eapply Rle_trans; [| apply Rle_trans with (L * (y - x) + L * (z - y)); [| lra]].
    - rewrite (extensional (fun t => g z t - g x t) (fun t => (g y t - g x t) + (g z t - g y t))) by (intros t _; ring).
      apply (triangle (fun t => g y t - g x t) (fun t => g z t - g y t)).
    - lra. }
  assert (up_to : forall n, (n < size D)%nat -> forall x y, x <= y -> y <= point D n ->
    nu (fun t => g y t - g x t) <= L * (y - x)).
  { pose proof D_valid as [many _].
    induction n as [| n IH]; intros bound x y order before.
    - assert (point D 0 < point D 1) by (apply points_increase; assumption || lia).
      apply (on_pieces 0%nat); try assumption; repeat split; try lia; try (left; reflexivity); right; lra.
    - assert (step : point D n < point D (S n)) by (apply points_increase; assumption || lia).
      destruct (Rle_or_lt y (point D n)) as [early | late]; [apply IH; lia || assumption |].
      assert (piece_y : on_piece D n y) by (repeat split; [lia | right; lra | right; lra]).
      destruct (Rle_or_lt (point D n) x) as [same | earlier].
      + apply (on_pieces n); try assumption. repeat split; [lia | right; lra | right; lra].
      + apply (joint x (point D n) y).
        * apply IH; lra || lia.
        * apply (on_pieces n); [repeat split; [lia | right; lra | right; lra] | assumption | lra]. }
  assert (ordered : forall x y, x <= y -> nu (fun t => g y t - g x t) <= L * (y - x)).
  { pose proof D_valid as [many _]. intros x y order. set (n := (size D - 2)%nat).
    destruct (Rle_or_lt y (point D n)) as [early | late]; [apply (up_to n); unfold n; lia || assumption |].
    assert (piece_y : on_piece D n y) by (repeat split; [unfold n; lia | right; lra | left; unfold n; lia]).
    destruct (Rle_or_lt (point D n) x) as [same | earlier].
    - apply (on_pieces n); try assumption. repeat split; [unfold n; lia | right; lra | left; unfold n; lia].
    - apply (joint x (point D n) y).
      + apply (up_to n); lra || (unfold n; lia).
      + apply (on_pieces n); [repeat split; [unfold n; lia | right; lra | left; unfold n; lia] | assumption | lra]. }
  intros x y. destruct (Rle_or_lt x y) as [order | order].
  - rewrite Rabs_right by lra. apply ordered. assumption.
  - rewrite Rabs_left by lra. rewrite (extensional _ (scale (-1) (fun t => g x t - g y t))).
    + rewrite scaled, (Rabs_left (-1)) by lra. pose proof (ordered y x ltac:(lra)). lra.
    + intros t _. unfold scale. ring.
Qed.

(** ** The slopes of an optimum *)

Hypothesis T_is : T = tasks D.

Section Optimal.
Variable f : network.
Hypothesis best : optimal path_cost D f.

(** Between two places of an aligned gap the slope is a mixture of the slopes of the data around it. *)
Lemma slope_is_mixed i x y : aligned_gap D i -> point D i <= x -> x < y -> y <= point D (S i) ->
  exists s, 0 <= s <= 1 /\ forall t, (t < T)%nat ->
    value f y t - value f x t = (y - x) * ((1 - s) * slope D (pred i) t + s * slope D (S i) t).
Proof.
  intros gap low order high. subst T. pose proof gap as ([first _] & [_ last] & _).
  destruct (gap_in_run D i gap) as (j & m & in_run & start & stop).
  pose proof (run_last D j m in_run) as [_ last_j]. pose proof (run_first D j m in_run) as [first_j _].
  pose proof in_run as (some & _).
  destruct (optimum_on_run D D_valid f best j m in_run) as (a & b & phi & convex & formula).
  assert (before : point D (pred i) < point D i) by (apply points_increase; assumption || lia).
  assert (after : point D (S i) < point D (S (S i))) by (apply points_increase; assumption || lia).
  assert (point D (pred j) <= point D (pred i)) by (apply points_ordered; assumption || lia).
  assert (point D (S (S i)) <= point D (j + m)) by (apply points_ordered; assumption || lia).
  set (left_slope := (phi (point D i) - phi (point D (pred i))) / (point D i - point D (pred i))).
  set (right_slope := (phi (point D (S (S i))) - phi (point D (S i))) / (point D (S (S i)) - point D (S i))).
  set (here := (phi y - phi x) / (y - x)).
  assert (at_least : left_slope <= here) by (apply (later_slope (point D (pred j)) (point D (j + m)));
    assumption || lra).
  assert (at_most : here <= right_slope) by (apply (later_slope (point D (pred j)) (point D (j + m)));
    assumption || lra).
  assert (data_left : forall t, (t < tasks D)%nat -> slope D (pred i) t = b t + left_slope * kink D j t).
  { intros t below. unfold slope. replace (S (pred i)) with i by lia.
    rewrite <- (proj1 best i ltac:(lia) t below), <- (proj1 best (pred i) ltac:(lia) t below).
    rewrite !formula by (assumption || lra). unfold left_slope. field. lra. }
  assert (data_right : forall t, (t < tasks D)%nat -> slope D (S i) t = b t + right_slope * kink D j t).
  { intros t below. unfold slope.
    rewrite <- (proj1 best (S i) ltac:(lia) t below), <- (proj1 best (S (S i)) ltac:(lia) t below).
    rewrite !formula by (assumption || lra). unfold right_slope. field. lra. }
  assert (secant : forall t, (t < tasks D)%nat -> value f y t - value f x t = (y - x) * (b t + here * kink D j t)).
  { intros t below. rewrite !formula by (assumption || lra). unfold here. field. lra. }
  destruct (Req_dec left_slope right_slope) as [flat | steep].
  - exists 0. split; [lra |]. intros t below. rewrite secant, data_left by assumption.
    replace here with left_slope by lra. ring.
  - exists ((here - left_slope) / (right_slope - left_slope)). split.
    + split; [apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat; lra] |].
      apply Rmult_le_reg_r with (right_slope - left_slope); [lra |].
      unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
    + intros t below. rewrite secant, data_left, data_right by assumption. field. lra.
Qed.

Lemma optimum_is_lipschitz L : (forall i, (S i < size D)%nat -> nu (slope D i) <= L) -> lipschitz nu L (value f).
Proof.
  intros bounded. pose proof nu_norm as (extensional & _ & scaled).
  apply lipschitz_from_pieces. intros i x y piece_x piece_y [order | same].
  - destruct (aligned_gap_or_not D i) as [gap | not_aligned].
    + destruct piece_x as (bound & left_x & _). destruct piece_y as (_ & _ & right_y).
      pose proof gap as ([first _] & [_ last] & _).
      destruct left_x as [| low]; [lia |]. destruct right_y as [| high]; [lia |].
      destruct (slope_is_mixed i x y gap low order high) as (s & range & mixed).
      rewrite (extensional _ (scale (y - x) (fun t => (1 - s) * slope D (pred i) t + s * slope D (S i) t)))
        by (intros t below; apply mixed; assumption).
      rewrite scaled, Rabs_right, Rmult_comm by lra. apply Rmult_le_compat_r; [lra |].
      apply nu_mix; [assumption | apply bounded; lia | apply bounded; lia].
    + pose proof piece_x as (bound & _).
      rewrite (extensional _ (scale (y - x) (slope D i))).
      * rewrite scaled, Rabs_right, Rmult_comm by lra. apply Rmult_le_compat_r; [lra |]. apply bounded. assumption.
      * intros t below. subst T.
        rewrite (optimum_on_piece D D_valid f i x best piece_x not_aligned t below).
        rewrite (optimum_on_piece D D_valid f i y best piece_y not_aligned t below).
        rewrite !(connect_the_dots_on_piece D D_valid i) by assumption. unfold scale. ring.
  - subst y. rewrite (extensional _ (scale 0 (slope D i))) by (intros t _; unfold scale; ring).
    rewrite scaled, Rabs_R0. lra.
Qed.

End Optimal.

Lemma data_slopes_bounded g L : lipschitz nu L g -> (forall i, (i < size D)%nat -> equal T (g (point D i))
  (label D i)) ->
  forall i, (S i < size D)%nat -> nu (slope D i) <= L.
Proof.
  intros steady through i bound. pose proof nu_norm as (extensional & _ & scaled).
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  pose proof (steady (point D i) (point D (S i))) as at_data.
  rewrite (extensional _ (scale (point D (S i) - point D i) (slope D i))) in at_data.
  - rewrite scaled, Rabs_right in at_data by lra. apply Rmult_le_reg_l with (point D (S i) - point D i); lra.
  - intros t below. rewrite !through by (assumption || lia). unfold scale, slope. field. lra.
Qed.

End Norm.

Lemma steepness_for_cost cost adjust : same_optima cost adjust -> steepness_statement cost.
Proof.
  intros same D f nu L D_valid best nu_norm. apply (same D D_valid f) in best. split.
  - intros steady. apply (data_slopes_bounded (tasks D) nu nu_norm D D_valid eq_refl (value f) L steady). apply best.
  - apply (optimum_is_lipschitz (tasks D) nu nu_norm D D_valid eq_refl f best L).
Qed.
