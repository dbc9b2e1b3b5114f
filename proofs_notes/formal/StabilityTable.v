(** The table of stability. The distance to connect-the-dots, seen in its own direction, is a sum of Green functions; so
    a line of the table holds as soon as its Green function is at most its constant times the price of the neuron. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsBounds Sums Ramps ConnectTheDots Optimum Certificate Stability
  Sparsest
  Envelope Decision Prices.
Open Scope R_scope.

Lemma quarter r : r * (1 - r) <= 1 / 4.
Proof. pose proof (Rle_0_sqr (r - 1 / 2)) as square. unfold Rsqr in square. lra. Qed.

Section Table.
Variable D : dataset.
Hypothesis D_valid : valid D.

(** ** From prices to distances *)

Lemma bound_by_prices f i x C : interpolates D f -> (S i < size D)%nat -> point D i <= x <= point D (S i) -> 0 <= C ->
  (forall z, dot (tasks D) z z <= 1 -> exists u, admissible D u /\ forall t m, point D i < t < point D (S i) ->
     - green (point D i) (point D (S i)) x t * dot (tasks D) z m <= C * price D u t m) ->
  distance D f x <= C * (path_cost (tasks D) f - total_kink D).
Proof.
  intros through bound between nonneg bounds.
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  set (away := fun t => value f x t - value (connect_the_dots D) x t).
  destruct (bounds (unit (tasks D) away) (unit_short (tasks D) away)) as (u & fair & by_price).
  unfold distance. fold away. rewrite <- unit_dot.
  rewrite (dot_ext (tasks D) (unit (tasks D) away) away (unit (tasks D) away) (fun t => sum (width f) (fun k =>
    - green (point D i) (point D (S i)) x (knot f k) * neuron_kink f k t))).
  - rewrite dot_sum_r, (prices_are_excess D D_valid u fair f through), <- sum_factor. apply sum_le. intros k _.
    pose proof (price_nonneg D D_valid u fair (knot f k) (neuron_kink f k)) as positive.
    assert (0 <= C * price D u (knot f k) (neuron_kink f k)) by (apply Rmult_le_pos; assumption).
    destruct (Rle_or_lt (knot f k) (point D i));
      [rewrite (green_outside _ _ x (knot f k)) by (assumption || auto); lra |].
    destruct (Rle_or_lt (point D (S i)) (knot f k));
      [rewrite (green_outside _ _ x (knot f k)) by (assumption || auto); lra |].
    apply by_price. split; assumption.
  - intros t _. reflexivity.
  - intros t below. unfold away.
    rewrite (distance_through_green D D_valid f i) by (assumption || (apply in_gap_on_piece; assumption)).
    apply sum_ext. intros k _. ring.
Qed.

(** In its gap the Green function is at most h r (1 - r). *)
Lemma green_at_most i x t : (S i < size D)%nat -> point D i <= x <= point D (S i) ->
  0 <= green (point D i) (point D (S i)) x t <= gap_length D i * (rise D i t * (1 - rise D i t)).
Proof.
  intros bound between. apply green_bounds; [apply points_increase; assumption || lia | assumption].
Qed.

(** ** The choices *)

(** The unit vectors of the kinks, and z wherever the kink is zero. *)
Definition units_or (z : nat -> vector) (j : nat) : vector :=
  if Req_EM_T (norm (tasks D) (kink D j)) 0 then z j else unit (tasks D) (kink D j).

Lemma units_or_zero z j : zero (tasks D) (kink D j) -> units_or z j = z j.
Proof.
  intros vanish. unfold units_or. destruct (Req_EM_T (norm (tasks D) (kink D j)) 0) as [| nonzero]; [reflexivity |].
  exfalso. apply nonzero, zero_norm. assumption.
Qed.

Lemma units_or_kink z j : ~ zero (tasks D) (kink D j) -> units_or z j = unit (tasks D) (kink D j).
Proof.
  intros nonzero. unfold units_or. destruct (Req_EM_T (norm (tasks D) (kink D j)) 0) as [vanish |]; [| reflexivity].
  exfalso. apply nonzero, norm_zero. assumption.
Qed.

Lemma units_or_admissible z : (forall j, dot (tasks D) (z j) (z j) <= 1) -> admissible D (units_or z).
Proof.
  intros short j _. unfold units_or. destruct (Req_EM_T (norm (tasks D) (kink D j)) 0) as [vanish |].
  - split; [apply short |]. rewrite vanish, dot_sym, dot_zero_l by (apply norm_zero; assumption). reflexivity.
  - split; [apply unit_short | apply unit_dot].
Qed.

Lemma dot_between z m : dot (tasks D) z z <= 1 -> - norm (tasks D) m <= dot (tasks D) z m <= norm (tasks D) m.
Proof.
  intros short. split; [| apply dot_le_norm; assumption].
  pose proof (dot_le_norm (tasks D) (scale (-1) z) m) as other. rewrite !dot_scale_l, dot_scale_r in other.
  specialize (other ltac:(lra)). lra.
Qed.

Lemma short_zero : dot (tasks D) (fun _ => 0) (fun _ => 0) <= 1.
Proof. rewrite dot_zero_l by (intros t _; reflexivity). lra. Qed.

(** ** The lines *)

Section Line.
Variable f : network.
Hypothesis through : interpolates D f.
Variable i : nat.
Variable x : R.
Hypothesis bound : (S i < size D)%nat.
Hypothesis between : point D i <= x <= point D (S i).

Let h := gap_length D i.
Let e := path_cost (tasks D) f - total_kink D.

Let h_positive : 0 < h.
Proof. unfold h, gap_length. assert (point D i < point D (S i)) by (apply points_increase; assumption || lia). lra. Qed.

Let r_range t : 0 <= rise D i t <= 1.
Proof. destruct (rise_cases D D_valid i t bound) as [[_ ->] | [(_ & _ & ?) | [_ ->]]]; lra. Qed.

(** Each line needs only a bound in terms of the share r, the length n of the kink and its product s with z. *)
Let line_by C : 0 <= C ->
  (forall z, dot (tasks D) z z <= 1 -> exists u, admissible D u /\ forall t m, point D i < t < point D (S i) ->
     forall g, 0 <= g <= h * (rise D i t * (1 - rise D i t)) -> - g * dot (tasks D) z m <= C * price D u t m) ->
  distance D f x <= C * e.
Proof.
  intros nonneg bounds. apply (bound_by_prices f i x C); try assumption. intros z short.
  destruct (bounds z short) as (u & fair & by_price). exists u. split; [assumption |]. intros t m inside.
  apply by_price; [assumption |]. apply green_at_most; assumption.
Qed.

Lemma line_only_gap : size D = 2%nat -> distance D f x <= 1 / 4 * h * e.
Proof.
  intros two. apply line_by; [lra |]. intros z short. exists (units_or (fun _ _ => 0)).
  pose proof (units_or_admissible (fun _ _ => 0) (fun _ => short_zero)) as fair. split; [assumption |].
  intros t m inside g [low high]. pose proof (price_outside_hats D D_valid _ fair t m) as at_least.
  assert (none : hats D t = 0) by (unfold hats; rewrite two; reflexivity). rewrite none in at_least.
  pose proof (dot_between z m short). pose proof (norm_nonneg (tasks D) m). pose proof (r_range t).
  set (r := rise D i t) in *. pose proof (quarter r).
  assert (h * (r * (1 - r)) <= h * (1 / 4)) by (apply Rmult_le_compat_l; lra).
  apply Rle_trans with (g * norm (tasks D) m); [nra |].
  apply Rle_trans with (h * (1 / 4) * norm (tasks D) m); [apply Rmult_le_compat_r; lra |].
  assert (0 <= h * (price D (units_or (fun _ _ => 0)) t m - norm (tasks D) m)) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma line_no_kinks : interior D i -> zero (tasks D) (kink D i) -> interior D (S i) -> zero (tasks D) (kink D (S i)) ->
  distance D f x <= 1 / 8 * h * e.
Proof.
  intros inside zero_left inside_next zero_right. apply line_by; [lra |]. intros z short.
  exists (units_or (fun _ => z)). pose proof (units_or_admissible (fun _ => z) (fun _ => short)) as fair.
  split; [assumption |]. intros t m in_gap g [low high].
  rewrite (price_in_gap D D_valid _ i t m bound in_gap), !at_interior_inside, !units_or_zero by assumption.
  pose proof (dot_between z m short). pose proof (r_range t). set (r := rise D i t) in *. set (s := dot (tasks D) z m)
    in *.
  pose proof (quarter r).
  assert (h * (r * (1 - r)) <= h * (1 / 4)) by (apply Rmult_le_compat_l; lra).
  replace (norm (tasks D) m - (r * s + (1 - r) * s)) with (norm (tasks D) m - s) by ring.
  destruct (Rle_or_lt 0 s).
  - assert (0 <= g * s) by (apply Rmult_le_pos; lra).
    assert (0 <= h * (norm (tasks D) m - s)) by (apply Rmult_le_pos; lra). lra.
  - assert (g * - s <= h * (1 / 4) * - s) by (apply Rmult_le_compat_r; lra).
    assert (0 <= h * (norm (tasks D) m + s)) by (apply Rmult_le_pos; lra). lra.
Qed.

(** One end has the unit vector v, the other minus v. *)
Lemma line_one_kink : interior D i -> interior D (S i) ->
  (~ zero (tasks D) (kink D i) /\ zero (tasks D) (kink D (S i)) \/ zero (tasks D) (kink D i) /\ ~ zero (tasks D)
    (kink D (S i))) ->
  distance D f x <= 1 / 2 * h * e.
Proof.
  intros inside inside_next one_of_two.
  assert (choice : exists u v, admissible D u /\ dot (tasks D) v v <= 1 /\ forall m,
    (dot (tasks D) (u i) m = dot (tasks D) v m /\ dot (tasks D) (u (S i)) m = - dot (tasks D) v m)).
  { destruct one_of_two as [[nonzero vanish] | [vanish nonzero]].
    - set (v := unit (tasks D) (kink D i)). exists (units_or (fun _ => scale (-1) v)), v.
      assert (short : dot (tasks D) v v <= 1) by apply unit_short. split; [| split; [assumption |]].
      + apply units_or_admissible. intros _. rewrite dot_scale_l, dot_scale_r. lra.
      + intros m. rewrite (units_or_kink _ i nonzero), (units_or_zero _ (S i) vanish), dot_scale_l. split;
          [reflexivity | ring].
    - set (v := unit (tasks D) (kink D (S i))). exists (units_or (fun _ => scale (-1) v)), (scale (-1) v).
      assert (short : dot (tasks D) v v <= 1) by apply unit_short. split; [| split].
      + apply units_or_admissible. intros _. rewrite dot_scale_l, dot_scale_r. lra.
      + rewrite dot_scale_l, dot_scale_r. lra.
      + intros m. rewrite (units_or_kink _ (S i) nonzero), (units_or_zero _ i vanish), !dot_scale_l. fold v.
        split; [reflexivity | ring]. }
  destruct choice as (u & v & fair & short_v & products). apply line_by; [lra |]. intros z short. exists u.
  split; [assumption |]. intros t m in_gap g [low high].
  rewrite (price_in_gap D D_valid _ i t m bound in_gap), !at_interior_inside by assumption.
  destruct (products m) as [-> ->]. pose proof (dot_between z m short). pose proof (dot_between v m short_v) as range.
  pose proof (r_range t). set (r := rise D i t) in *. set (s := dot (tasks D) v m) in *. set (n := norm (tasks D) m)
    in *.
  assert (at_least : 2 * (r * (1 - r)) * n <= n - (r * s + (1 - r) * - s)).
  { assert (0 <= (n + s) * ((1 - r) * (1 - r))) by (apply Rmult_le_pos; [lra | apply Rle_0_sqr]).
    assert (0 <= (n - s) * (r * r)) by (apply Rmult_le_pos; [lra | apply Rle_0_sqr]). lra. }
  assert (0 <= n) by lra.
  apply Rle_trans with (g * n); [nra |].
  apply Rle_trans with (h * (r * (1 - r)) * n); [apply Rmult_le_compat_r; lra |].
  assert (0 <= h * (n - (r * s + (1 - r) * - s) - 2 * (r * (1 - r)) * n)) by (apply Rmult_le_pos; lra). lra.
Qed.

(** In an outer gap one of the two weights falls on no interior point. *)
Lemma line_outer_with_kink : i = 0%nat \/ S (S i) = size D -> distance D f x <= 1 * h * e.
Proof.
  intros outer. rewrite Rmult_1_l. apply line_by; [lra |]. intros z short.
  exists (units_or (fun _ _ => 0)).
  pose proof (units_or_admissible (fun _ _ => 0) (fun _ => short_zero)) as fair. split; [assumption |].
  intros t m in_gap g [low high]. rewrite (price_in_gap D D_valid _ i t m bound in_gap).
  set (u := units_or (fun _ _ => 0)) in *.
  pose proof (dot_between z m short). pose proof (r_range t). set (r := rise D i t) in *. set (n := norm (tasks D) m)
    in *.
  assert (ends : forall j, at_interior D (fun j => dot (tasks D) (u j) m) j <= n).
  { intros j. destruct (Sparsest.interior_or_not D j) as [inside_j | outside_j].
    - rewrite at_interior_inside by assumption. apply dot_le_norm, fair. assumption.
    - rewrite at_interior_outside by assumption. apply norm_nonneg. }
  assert (nonneg : 0 <= n) by apply norm_nonneg.
  assert (at_least : r * (1 - r) * n <= n - (r * at_interior D (fun j => dot (tasks D) (u j) m) i
    + (1 - r) * at_interior D (fun j => dot (tasks D) (u j) m) (S i))).
  { pose proof (ends i) as left_end. pose proof (ends (S i)) as right_end.
    assert (0 <= r * n) by (apply Rmult_le_pos; lra). assert (0 <= (1 - r) * n) by (apply Rmult_le_pos; lra).
    assert (0 <= r * (r * n)) by (apply Rmult_le_pos; lra).
    assert (r * ((1 - r) * n) <= 1 * ((1 - r) * n)) by (apply Rmult_le_compat_r; lra).
    destruct outer as [first | last].
    - rewrite (at_interior_outside D _ i) by (intros [this _]; lia).
      assert ((1 - r) * at_interior D (fun j => dot (tasks D) (u j) m) (S i) <= (1 - r) * n)
        by (apply Rmult_le_compat_l; lra).
      lra.
    - rewrite (at_interior_outside D _ (S i)) by (intros [_ this]; lia).
      assert (r * at_interior D (fun j => dot (tasks D) (u j) m) i <= r * n) by (apply Rmult_le_compat_l; lra). lra. }
  apply Rle_trans with (g * n); [nra |].
  apply Rle_trans with (h * (r * (1 - r)) * n); [apply Rmult_le_compat_r; lra |].
  rewrite Rmult_assoc. apply Rmult_le_compat_l; lra.
Qed.

Lemma golden tau : 0 <= tau <= 1 -> tau * (1 - tau) <= (3 - 2 * sqrt 2) * (1 + tau).
Proof.
  intros [low high]. pose proof (sqrt_sqrt 2 ltac:(lra)) as square. set (a := sqrt 2) in *.
  pose proof (Rle_0_sqr (tau - (a - 1))) as nonneg. unfold Rsqr in nonneg. lra.
Qed.

Lemma golden_nonneg : 0 <= 3 - 2 * sqrt 2.
Proof. pose proof (golden (1 / 2) ltac:(lra)). lra. Qed.

Lemma line_outer_no_kink :
  (i = 0%nat /\ interior D (S i) /\ zero (tasks D) (kink D (S i)) \/ S (S i)
    = size D /\ interior D i /\ zero (tasks D) (kink D i)) ->
  distance D f x <= (3 - 2 * sqrt 2) * h * e.
Proof.
  intros outer. pose proof golden_nonneg as small.
  apply line_by; [apply Rmult_le_pos; lra |]. intros z short.
  exists (units_or (fun _ => z)). pose proof (units_or_admissible (fun _ => z) (fun _ => short)) as fair.
  split; [assumption |]. intros t m in_gap g [low high]. rewrite (price_in_gap D D_valid _ i t m bound in_gap).
  pose proof (dot_between z m short). pose proof (r_range t). set (r := rise D i t) in *. set (n := norm (tasks D) m)
    in *.
  set (s := dot (tasks D) z m) in *.
  assert (weight : exists tau, 0 <= tau <= 1 /\ r * (1 - r) = tau * (1 - tau) /\
    r * at_interior D (fun j => dot (tasks D) (units_or (fun _ => z) j) m) i
      + (1 - r) * at_interior D (fun j => dot (tasks D) (units_or (fun _ => z) j) m) (S i) = tau * s).
  { destruct outer as [(first & inside & vanish) | (last & inside & vanish)].
    - exists (1 - r). split; [lra | split; [ring |]].
      rewrite (at_interior_outside D _ i) by (intros [this _]; lia).
      rewrite (at_interior_inside D _ (S i) inside), (units_or_zero _ (S i) vanish). fold s. ring.
    - exists r. split; [lra | split; [ring |]].
      rewrite (at_interior_outside D _ (S i)) by (intros [_ this]; lia).
      rewrite (at_interior_inside D _ i inside), (units_or_zero _ i vanish). fold s. ring. }
  destruct weight as (tau & range & same & ->). rewrite same in high.
  pose proof (golden tau range) as bound_tau. set (c := 3 - 2 * sqrt 2) in *.
  assert (0 <= tau * n) by (apply Rmult_le_pos; lra).
  assert (tau * s <= tau * n) by (apply Rmult_le_compat_l; lra).
  assert (tau * n <= 1 * n) by (apply Rmult_le_compat_r; lra).
  destruct (Rle_or_lt 0 s).
  - assert (0 <= g * s) by (apply Rmult_le_pos; lra).
    assert (0 <= c * h * (n - tau * s)) by (apply Rmult_le_pos; [apply Rmult_le_pos |]; lra). lra.
  - assert (g * - s <= h * (tau * (1 - tau)) * - s) by (apply Rmult_le_compat_r; lra).
    assert (tau * (1 - tau) * - s <= c * (1 + tau) * - s) by (apply Rmult_le_compat_r; lra).
    assert (0 <= c * (n + s)) by (apply Rmult_le_pos; lra).
    assert (h * (tau * (1 - tau) * - s) <= h * (c * (n - tau * s))) by (apply Rmult_le_compat_l; lra). lra.
Qed.

Lemma line_two_kinks : interior D i -> ~ zero (tasks D) (kink D i) -> interior D (S i) -> ~ zero (tasks D)
  (kink D (S i)) ->
  0 < 1 - cosine (tasks D) (kink D i) (kink D (S i)) ->
  distance D f x <= / (1 - cosine (tasks D) (kink D i) (kink D (S i))) * h * e.
Proof.
  intros inside nonzero inside_next nonzero_next apart.
  pose proof (stable D D_valid i inside inside_next nonzero nonzero_next f x through between) as bound_here.
  rewrite <- cosine_of_units in bound_here by assumption. fold (distance D f x) in bound_here.
  apply Rmult_le_reg_l with (1 - cosine (tasks D) (kink D i) (kink D (S i))); [assumption |].
  rewrite <- !Rmult_assoc, Rinv_r by lra. unfold h, e, gap_length. lra.
Qed.

End Line.

(** ** Not aligned means that the cosine is below 1 *)

Lemma cosine_below_1 i : interior D i -> ~ zero (tasks D) (kink D i) -> interior D (S i) -> ~ zero (tasks D)
  (kink D (S i)) ->
  ~ aligned_gap D i -> 0 < 1 - cosine (tasks D) (kink D i) (kink D (S i)).
Proof.
  intros inside nonzero inside_next nonzero_next not_aligned.
  pose proof (nonzero_norm (tasks D) _ nonzero) as long. pose proof (nonzero_norm (tasks D) _ nonzero_next)
    as long_next.
  set (d := kink D i) in *. set (d' := kink D (S i)) in *.
  assert (not_one : dot (tasks D) d d' < norm (tasks D) d * norm (tasks D) d').
  { pose proof (dot_le_norm (tasks D) (unit (tasks D) d) d' (unit_short (tasks D) d)) as at_most.
    unfold unit in at_most.
    rewrite dot_scale_l in at_most.
    assert (at_most' : dot (tasks D) d d' <= norm (tasks D) d * norm (tasks D) d').
    { apply Rmult_le_reg_l with (/ norm (tasks D) d); [apply Rinv_0_lt_compat; assumption |].
      rewrite <- Rmult_assoc, Rinv_l by lra. lra. }
    destruct at_most' as [| equal_products]; [assumption |].
    exfalso. apply not_aligned. split; [assumption | split; [assumption |]].
    apply aligned_iff_products. fold d d' (tasks D). rewrite equal_products, <- !norm_square.
    split; [apply Rmult_lt_0_compat; assumption | ring]. }
  unfold cosine. assert (positive : 0 < norm (tasks D) d * norm (tasks D) d') by (apply Rmult_lt_0_compat; assumption).
  apply Rmult_lt_reg_r with (norm (tasks D) d * norm (tasks D) d'); [assumption |].
  unfold Rdiv. rewrite Rmult_0_l, Rmult_minus_distr_r, Rmult_assoc, Rinv_l by lra. lra.
Qed.

Lemma applies_bound l i : applies l D i -> (S i < size D)%nat.
Proof.
  pose proof D_valid as [many _].
  destruct l; simpl; unfold interior; intuition lia.
Qed.

Lemma table f l i x : interpolates D f -> applies l D i -> point D i <= x <= point D (S i) ->
  distance D f x <= constant_of l D i * gap_length D i * (path_cost (tasks D) f - total_kink D).
Proof.
  intros through here between. pose proof (applies_bound l i here) as bound.
  destruct l; simpl in here |- *.
  - destruct here as ((inside & nonzero) & (inside_next & nonzero_next) & not_aligned).
    apply line_two_kinks; try assumption. apply cosine_below_1; assumption.
  - apply line_one_kink; try assumption; tauto.
  - apply line_no_kinks; try assumption; tauto.
  - apply line_outer_with_kink; try assumption; tauto.
  - apply line_outer_no_kink; try assumption; tauto.
  - apply line_only_gap; try assumption. lia.
Qed.

(** ** Outside the data *)

Lemma outside_by_hats f i x c : interpolates D f -> on_piece D i x ->
  (forall t, Rabs (green (point D i) (point D (S i)) x t) <= c * (1 - hats D t)) -> 0 <= c ->
  distance D f x <= (path_cost (tasks D) f - total_kink D) * c.
Proof.
  intros through piece weight nonneg.
  set (away := fun t => value f x t - value (connect_the_dots D) x t).
  unfold distance. fold away. rewrite <- unit_dot.
  rewrite (dot_ext (tasks D) (unit (tasks D) away) away (unit (tasks D) away) (fun t => sum (width f) (fun k =>
    - green (point D i) (point D (S i)) x (knot f k) * neuron_kink f k t))).
  - pose proof (units_or_admissible (fun _ _ => 0) (fun _ => short_zero)) as fair.
    rewrite dot_sum_r, (prices_are_excess D D_valid _ fair f through), Rmult_comm, <- sum_factor. apply sum_le.
    intros k _.
    pose proof (price_outside_hats D D_valid _ fair (knot f k) (neuron_kink f k)) as at_least.
    pose proof (weight (knot f k)) as small. pose proof (dot_between _ (neuron_kink f k) (unit_short (tasks D) away))
      as range.
    set (g := green (point D i) (point D (S i)) x (knot f k)) in *.
    set (s := dot (tasks D) (unit (tasks D) away) (neuron_kink f k)) in *. set (n := norm (tasks D) (neuron_kink f k))
      in *.
    assert (- g * s <= Rabs g * n).
    { unfold Rabs. destruct (Rcase_abs g); nra. }
    assert (Rabs g * n <= c * (1 - hats D (knot f k)) * n) by (apply Rmult_le_compat_r; lra).
    assert (c * ((1 - hats D (knot f k)) * n) <= c * price D (units_or (fun _ _ => 0)) (knot f k) (neuron_kink f k))
      by (apply Rmult_le_compat_l; assumption). lra.
  - intros t _. reflexivity.
  - intros t below. unfold away. rewrite (distance_through_green D D_valid f i) by assumption.
    apply sum_ext. intros k _. ring.
Qed.

Lemma outside_left f x : interpolates D f -> x <= point D 0 ->
  distance D f x <= (path_cost (tasks D) f - total_kink D) * (point D 0 - x).
Proof.
  intros through before. pose proof D_valid as [many _].
  assert (order : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  apply (outside_by_hats f 0); [assumption | repeat split; [lia | auto | right; lra] | | lra].
  intros t. rewrite hats_telescope.
  pose proof (rise_cases D D_valid (size D - 2) t ltac:(lia)) as last_rise.
  assert (rest : 0 <= 1 - rise D (size D - 2) t)
    by (destruct last_rise as [[_ ->] | [(_ & _ & ?) | [_ ->]]]; lra).
  assert (small : Rabs (green (point D 0) (point D 1) x t) <= (point D 0 - x) * rise D 0 t).
  { unfold green. fold (rise D 0 t).
    destruct (rise_cases D D_valid 0 t ltac:(lia)) as [(low & ->) | [(inside & share & range) | (high & ->)]].
    - rewrite (relu_right (point D 0 - t)) by lra. destruct (Rle_or_lt t x).
      + rewrite relu_right by lra. rewrite Rabs_right; lra.
      + rewrite relu_left by lra. rewrite Rabs_left1; lra.
    - rewrite !relu_left by lra. rewrite Rabs_left1; [lra | nra].
    - rewrite !relu_left by lra. rewrite Rabs_right; lra. }
  assert (0 <= (point D 0 - x) * (1 - rise D (size D - 2) t)) by (apply Rmult_le_pos; lra). lra.
Qed.

Lemma outside_right f x : interpolates D f -> point D (size D - 1) <= x ->
  distance D f x <= (path_cost (tasks D) f - total_kink D) * (x - point D (size D - 1)).
Proof.
  intros through after. pose proof D_valid as [many _]. set (i := (size D - 2)%nat).
  assert (last : (size D - 1)%nat = S i) by (unfold i; lia). rewrite last in *.
  assert (order : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  apply (outside_by_hats f i); [assumption | | | lra].
  { repeat split; [lia | right; lra | left; lia]. }
  intros t. rewrite hats_telescope. fold i.
  pose proof (rise_cases D D_valid 0 t ltac:(lia)) as first_rise.
  assert (rest : 0 <= rise D 0 t) by (destruct first_rise as [[_ ->] | [(_ & _ & ?) | [_ ->]]]; lra).
  assert (small : Rabs (green (point D i) (point D (S i)) x t) <= (x - point D (S i)) * (1 - rise D i t)).
  { unfold green. fold (rise D i t).
    destruct (rise_cases D D_valid i t ltac:(lia)) as [(low & ->) | [(inside & share & range) | (high & ->)]].
    - rewrite !relu_right by lra. rewrite Rabs_right; lra.
    - rewrite (relu_left (point D i - t)), (relu_right (x - t)) by lra.
      assert (at_end : rise D i t * (point D (S i) - point D i) = point D (S i) - t) by (rewrite share; field; lra).
      rewrite Rabs_left1; nra.
    - rewrite (relu_left (point D i - t)) by lra. destruct (Rle_or_lt t x).
      + rewrite relu_right by lra. rewrite Rabs_left1; lra.
      + rewrite relu_left by lra. rewrite Rabs_right; lra. }
  assert (0 <= (x - point D (S i)) * rise D 0 t) by (apply Rmult_le_pos; lra). lra.
Qed.

End Table.

Lemma stability_table_for_cost cost : (forall T f, path_cost T f <= cost T f) -> stability_table_statement cost.
Proof.
  intros dearer l D i D_valid here f x through between.
  pose proof (table D D_valid f l i x through here between) as bound.
  assert (nonneg : 0 <= constant_of l D i * gap_length D i).
  { pose proof (applies_bound D D_valid l i here).
    assert (point D i < point D (S i)) by (apply points_increase; assumption || lia).
    apply Rmult_le_pos; [| unfold gap_length; lra].
    destruct l; simpl in here |- *; try lra; [| apply golden_nonneg].
    left. apply Rinv_0_lt_compat. apply cosine_below_1; tauto. }
  pose proof (dearer (tasks D) f). unfold excess.
  apply Rle_trans with (constant_of l D i * gap_length D i * (path_cost (tasks D) f - total_kink D)); [assumption |].
  apply Rmult_le_compat_l; lra.
Qed.
