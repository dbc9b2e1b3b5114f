(** How far a function with Lipschitz constant L can be from an optimum through its values: the two ends of a gap bound
    its value to two balls, and Stewart's identity says how far the point between the centres is from a common point. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsOptima StatementsBounds Sums Ramps ConnectTheDots Optimum Uniqueness
  Agreement Certificate Stability StabilityTable Sharpness Steepness.
Open Scope R_scope.

(** ** Stewart's identity *)

Lemma stewart T a b s : dot T (fun t => (1 - s) * a t + s * b t) (fun t => (1 - s) * a t + s * b t)
  = (1 - s) * dot T a a + s * dot T b b - s * (1 - s) * dot T (fun t => b t - a t) (fun t => b t - a t).
Proof.
  rewrite (dot_ext T (fun t => (1 - s) * a t + s * b t) (fun t => (1 - s) * a t + s * b t)
    (fun t => scale (1 - s) a t - scale (- s) b t) (fun t => scale (1 - s) a t - scale (- s) b t))
    by (intros t _; unfold scale; ring).
  rewrite !dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym T b a). ring.
Qed.

Lemma norm_squared T v : norm T v ^ 2 = dot T v v.
Proof. rewrite <- norm_square. ring. Qed.

Lemma square_bound a b : 0 <= a -> a <= b -> a ^ 2 <= b ^ 2.
Proof. intros nonneg below. apply pow_incr. lra. Qed.

Lemma norm_swap T u v : norm T (fun t => u t - v t) = norm T (fun t => v t - u t).
Proof.
  rewrite (norm_ext T (fun t => u t - v t) (scale (-1) (fun t => v t - u t))) by (intros t _; unfold scale; ring).
  rewrite norm_scale, Rabs_left by lra. ring.
Qed.

Lemma norm_between T u v w : norm T (fun t => u t - w t) <= norm T (fun t => u t - v t) + norm T (fun t => v t - w t).
Proof.
  rewrite (norm_ext T (fun t => u t - w t) (fun t => (u t - v t) + (v t - w t))) by (intros t _; ring).
  apply (norm_is_norm T).
Qed.

Section Generalisation.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

Lemma gap_positive i : (S i < size D)%nat -> 0 < gap_length D i.
Proof. intros bound. unfold gap_length. assert (point D i < point D (S i)) by (apply points_increase;
  assumption || lia). lra. Qed.

Lemma part_on_piece i tau : (S i < size D)%nat -> 0 <= tau <= 1 ->
  point D i <= part_of_gap D i tau <= point D (S i) /\ on_piece D i (part_of_gap D i tau).
Proof.
  intros bound range. pose proof (gap_positive i bound) as positive. unfold part_of_gap.
  assert (between : point D i <= point D i + tau * gap_length D i <= point D (S i)).
  { assert (0 <= tau * gap_length D i) by (apply Rmult_le_pos; lra).
    assert (tau * gap_length D i <= 1 * gap_length D i) by (apply Rmult_le_compat_r; lra). unfold gap_length in *.
    lra. }
  split; [assumption | apply in_gap_on_piece; assumption].
Qed.

Section Function.
Variable g : R -> vector.
Variable L : R.
Hypothesis labelled : labels_of D g L.

(** ** Connect-the-dots *)

Lemma constant_nonneg : 0 <= L.
Proof.
  destruct labelled as [steady _]. pose proof D_valid as [many _].
  assert (order : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  pose proof (steady (point D 0) (point D 1)) as at_data. rewrite Rabs_right in at_data by lra.
  pose proof (norm_nonneg (tasks D) (fun t => g (point D 1) t - g (point D 0) t)). nra.
Qed.

Lemma slopes_at_most i : (S i < size D)%nat -> norm T (slope D i) <= L.
Proof.
  destruct labelled as [steady through].
  apply (data_slopes_bounded T (norm T) (norm_is_norm T) D D_valid eq_refl g L steady). exact through.
Qed.

Definition allowed (i : nat) (tau : R) : R := (L ^ 2 - norm T (slope D i) ^ 2) * (tau * (1 - tau)) * gap_length D i ^ 2.

Lemma dots_error i tau : (S i < size D)%nat -> 0 <= tau <= 1 ->
  error D (connect_the_dots D) g (part_of_gap D i tau) ^ 2 <= allowed i tau.
Proof.
  intros bound range. pose proof (gap_positive i bound) as positive.
  destruct (part_on_piece i tau bound range) as [between piece]. set (x := part_of_gap D i tau) in *.
  destruct labelled as [steady through]. pose proof constant_nonneg as nonneg. set (h := gap_length D i) in *.
  set (a := fun t => label D i t - g x t). set (b := fun t => label D (S i) t - g x t).
  assert (near_a : norm T a <= L * (tau * h)).
  { pose proof (steady x (point D i)) as at_left. rewrite Rabs_left1 in at_left by lra.
    rewrite (norm_ext T a (fun t => g (point D i) t - g x t)).
    - replace (tau * h) with (- (point D i - x)); [assumption |]. unfold x, part_of_gap. fold h. ring.
    - intros t below. unfold a. rewrite (through i ltac:(lia) t below). reflexivity. }
  assert (near_b : norm T b <= L * ((1 - tau) * h)).
  { pose proof (steady x (point D (S i))) as at_right. rewrite Rabs_right in at_right by lra.
    rewrite (norm_ext T b (fun t => g (point D (S i)) t - g x t)).
    - replace ((1 - tau) * h) with (point D (S i) - x); [assumption |]. unfold x, part_of_gap. fold h.
      unfold h, gap_length. ring.
    - intros t below. unfold b. rewrite (through (S i) bound t below). reflexivity. }
  assert (apart : dot T (fun t => b t - a t) (fun t => b t - a t) = h ^ 2 * norm T (slope D i) ^ 2).
  { rewrite (norm_squared T (slope D i)).
    rewrite (dot_ext T (fun t => b t - a t) (fun t => b t - a t) (scale h (slope D i)) (scale h (slope D i)))
      by (intros t _; unfold a, b, scale, h, gap_length; rewrite label_step by assumption; ring).
    rewrite dot_scale_l, dot_scale_r. ring. }
  unfold error. fold T. rewrite norm_squared.
  rewrite (dot_ext T _ _ (fun t => (1 - tau) * a t + tau * b t) (fun t => (1 - tau) * a t + tau * b t)).
  - rewrite stewart, apart, <- !norm_squared. unfold allowed. fold h.
    pose proof (square_bound _ _ (norm_nonneg T a) near_a). pose proof (square_bound _ _ (norm_nonneg T b) near_b).
    assert ((1 - tau) * norm T a ^ 2 <= (1 - tau) * (L * (tau * h)) ^ 2) by (apply Rmult_le_compat_l; lra).
    assert (tau * norm T b ^ 2 <= tau * (L * ((1 - tau) * h)) ^ 2) by (apply Rmult_le_compat_l; lra). lra.
  - intros t below. rewrite (connect_the_dots_on_piece D D_valid i x t piece). unfold a, b.
    rewrite label_step by assumption. unfold x, part_of_gap. fold h. unfold h, gap_length. ring.
  - intros t below. rewrite (connect_the_dots_on_piece D D_valid i x t piece). unfold a, b.
    rewrite label_step by assumption. unfold x, part_of_gap. fold h. unfold h, gap_length. ring.
Qed.

Lemma dots_error_root i tau : (S i < size D)%nat -> 0 <= tau <= 1 ->
  error D (connect_the_dots D) g (part_of_gap D i tau) <= sqrt (allowed i tau).
Proof.
  intros bound range. pose proof (dots_error i tau bound range) as square.
  pose proof (norm_nonneg T (fun t => value (connect_the_dots D) (part_of_gap D i tau) t - g (part_of_gap D i tau) t))
    as nonneg.
  rewrite <- (sqrt_pow2 (error D (connect_the_dots D) g (part_of_gap D i tau))) by exact nonneg.
  apply sqrt_le_1_alt. assumption.
Qed.

End Function.

(** An optimum is itself a function with that Lipschitz constant. *)
Lemma optimum_labels f g L : optimal path_cost D f -> labels_of D g L -> labels_of D (value f) L.
Proof.
  intros best labelled. split; [| apply best].
  apply (optimum_is_lipschitz T (norm T) (norm_is_norm T) D D_valid eq_refl f best L).
  intros i bound. apply (slopes_at_most g L labelled i bound).
Qed.

Lemma optimum_error f g L i tau : optimal path_cost D f -> labels_of D g L -> (S i < size D)%nat -> 0 <= tau <= 1 ->
  error D f g (part_of_gap D i tau) <= 2 * sqrt (allowed L i tau).
Proof.
  intros best labelled bound range. set (x := part_of_gap D i tau).
  pose proof (dots_error_root g L labelled i tau bound range) as of_g.
  pose proof (dots_error_root (value f) L (optimum_labels f g L best labelled) i tau bound range) as of_f.
  fold x in of_f, of_g. unfold error in *. fold T in of_f, of_g |- *.
  pose proof (norm_between T (value f x) (value (connect_the_dots D) x) (g x)) as triangle.
  rewrite (norm_swap T (value f x) (value (connect_the_dots D) x)) in triangle. lra.
Qed.

Lemma outside_error f g L x : optimal path_cost D f -> labels_of D g L ->
  (x <= point D 0 -> error D f g x <= (L + norm T (slope D 0)) * (point D 0 - x)) /\
  (point D (size D - 1) <= x -> error D f g x <= (L + norm T (slope D (size D - 2))) * (x - point D (size D - 1))).
Proof.
  intros best labelled. pose proof labelled as [steady through]. pose proof D_valid as [many _].
  assert (order : point D 0 < point D 1) by (apply points_increase; assumption || lia).
  assert (last_order : point D (size D - 2) < point D (size D - 1)) by (apply points_increase; assumption || lia).
  assert (from : forall i p c, on_piece D i x -> (p = i \/ p = S i) -> ~ aligned_gap D i -> Rabs (x - point D p) = c ->
    error D f g x <= (L + norm T (slope D i)) * c).
  { intros i p c piece which not_aligned far. pose proof piece as (bound & _).
    pose proof (norm_between T (value f x) (label D p) (g x)) as triangle.
    assert (first : norm T (fun t => value f x t - label D p t) = norm T (slope D i) * c).
    { rewrite (norm_ext T _ (scale (x - point D p) (slope D i))).
      - rewrite norm_scale, far. ring.
      - intros t below. rewrite (optimum_on_piece D D_valid f i x best piece not_aligned t below).
        rewrite (connect_the_dots_on_piece D D_valid i x t piece). unfold scale.
        destruct which as [-> | ->]; [ring | rewrite label_step by assumption; ring]. }
    assert (second : norm T (fun t => label D p t - g x t) <= L * c).
    { rewrite norm_swap, (norm_ext T _ (fun t => g x t - g (point D p) t)).
      - pose proof (steady (point D p) x) as near. rewrite far in near. assumption.
      - intros t below. rewrite (through p ltac:(destruct which; lia) t below). reflexivity. }
    unfold error. fold T. lra. }
  split; intros side.
  - apply (from 0%nat 0%nat); [repeat split; [lia | auto | right; lra] | auto | intros ([this _] & _); lia |].
    rewrite Rabs_left1 by lra. ring.
  - apply (from (size D - 2)%nat (size D - 1)%nat).
    + repeat split; [lia | right; lra | left; lia].
    + right. lia.
    + intros (_ & [_ this] & _). lia.
    + apply Rabs_right. lra.
Qed.

(** ** Attained by a function with a tent in one gap *)

(** A tent of the two slopes alpha and beta over the gap, 0 outside. *)
Definition tent (i : nat) (alpha beta x : R) : R :=
  Rmax 0 (Rmin (alpha * (x - point D i)) (beta * (point D (S i) - x))).

Lemma min_steps low high a b a' b' : low <= a' - a <= high -> low <= b' - b <= high ->
  low <= Rmin a' b' - Rmin a b <= high.
Proof. unfold Rmin. destruct (Rle_dec a b), (Rle_dec a' b'); lra. Qed.

Lemma max_steps low high a b a' b' : low <= a' - a <= high -> low <= b' - b <= high ->
  low <= Rmax a' b' - Rmax a b <= high.
Proof. unfold Rmax. destruct (Rle_dec a b), (Rle_dec a' b'); lra. Qed.

Lemma tent_steps i alpha beta x y : 0 <= alpha -> 0 <= beta -> x <= y ->
  - (beta * (y - x)) <= tent i alpha beta y - tent i alpha beta x <= alpha * (y - x).
Proof.
  intros up down order.
  assert (0 <= alpha * (y - x)) by (apply Rmult_le_pos; lra). assert (0 <= beta * (y - x)) by (apply Rmult_le_pos; lra).
  unfold tent. apply max_steps; [lra |]. apply min_steps; lra.
Qed.

Lemma tent_elsewhere i alpha beta x : 0 <= alpha -> 0 <= beta -> x <= point D i \/ point D (S i) <= x ->
  tent i alpha beta x = 0.
Proof.
  intros up down [before | after]; unfold tent; apply Rmax_left.
  - eapply Rle_trans; [apply Rmin_l |]. assert (0 <= alpha * (point D i - x)) by (apply Rmult_le_pos; lra). lra.
  - eapply Rle_trans; [apply Rmin_r |]. assert (0 <= beta * (x - point D (S i))) by (apply Rmult_le_pos; lra). lra.
Qed.

Definition with_tent (i : nat) (alpha beta : R) (v : vector) (x : R) : vector := fun t =>
  value (connect_the_dots D) x t + tent i alpha beta x * v t.

Lemma with_tent_labels i alpha beta v L : 0 <= alpha -> 0 <= beta -> (S i < size D)%nat ->
  (forall k, (S k < size D)%nat -> norm T (slope D k) <= L) ->
  (forall x y, x <= y -> norm T (fun t => (y - x) * slope D i t + (tent i alpha beta y - tent i alpha beta x) * v t)
     <= L * (y - x)) ->
  labels_of D (with_tent i alpha beta v) L.
Proof.
  intros up down bound slopes in_gap. split.
  - apply (lipschitz_from_pieces T (norm T) (norm_is_norm T) D D_valid). intros k x y piece_x piece_y order.
    pose proof piece_x as (bound_k & left_x & right_x). pose proof piece_y as (_ & left_y & right_y).
    rewrite (norm_ext T _ (fun t => (y - x) * slope D k t + (tent i alpha beta y - tent i alpha beta x) * v t)).
    + destruct (Nat.eq_dec k i) as [-> | other]; [apply in_gap; assumption |].
      assert (outside : forall z, on_piece D k z -> z <= point D i \/ point D (S i) <= z).
      { intros z (_ & left_z & right_z). destruct (Nat.lt_ge_cases k i) as [before | after].
        - left. destruct right_z as [last | high]; [lia |].
          assert (point D (S k) <= point D i) by (apply points_ordered; assumption || lia). lra.
        - right. destruct left_z as [first | low]; [lia |].
          assert (point D (S i) <= point D k) by (apply points_ordered; assumption || lia). lra. }
      rewrite !(tent_elsewhere i) by (assumption || (apply outside; assumption)).
      rewrite (norm_ext T _ (scale (y - x) (slope D k))) by (intros t _; unfold scale; ring).
      rewrite norm_scale, Rabs_right, Rmult_comm by lra. apply Rmult_le_compat_r; [lra |]. apply slopes. assumption.
    + intros t below. unfold with_tent. rewrite !(connect_the_dots_on_piece D D_valid k) by assumption. ring.
  - intros k bound_k t below. unfold with_tent. rewrite tent_elsewhere; try assumption.
    + rewrite (connect_the_dots_interpolates D D_valid k bound_k t below). ring.
    + destruct (Nat.le_gt_cases k i); [left | right]; apply points_ordered; assumption || lia.
Qed.

(** A unit vector at a right angle to a given one, for two tasks or more. *)
Lemma orthogonal_unit s : (2 <= T)%nat -> exists v, dot T v v = 1 /\ dot T s v = 0.
Proof.
  intros two.
  assert (pair : forall p q u, dot T u (fun t => match t with O => p | S O => q | _ => 0 end)
    = u 0%nat * p + u 1%nat * q).
  { intros p q u. unfold dot. replace T with (S (S (T - 2))) by lia. rewrite !sum_first, sum_zero; [ring |].
    intros t _. ring. }
  set (n := sqrt (s 0%nat * s 0%nat + s 1%nat * s 1%nat)).
  assert (nonneg : 0 <= s 0%nat * s 0%nat + s 1%nat * s 1%nat)
    by (pose proof (Rle_0_sqr (s 0%nat)) as a; pose proof (Rle_0_sqr (s 1%nat)) as b; unfold Rsqr in a, b; lra).
  assert (square : n * n = s 0%nat * s 0%nat + s 1%nat * s 1%nat) by (apply sqrt_sqrt; assumption).
  destruct (Req_dec n 0) as [none | some].
  - exists (fun t => match t with O => 1 | S O => 0 | _ => 0 end). rewrite !pair. rewrite none in square.
    assert (vanish : s 0%nat = 0).
    { apply Rsqr_0_uniq. pose proof (Rle_0_sqr (s 0%nat)) as a. pose proof (Rle_0_sqr (s 1%nat)) as b.
      unfold Rsqr in *. lra. }
    rewrite vanish. split; ring.
  - exists (fun t => match t with O => - s 1%nat / n | S O => s 0%nat / n | _ => 0 end). rewrite !pair. split.
    + replace (- s 1%nat / n * (- s 1%nat / n) + s 0%nat / n * (s 0%nat / n))
        with ((s 0%nat * s 0%nat + s 1%nat * s 1%nat) / (n * n)) by (field; assumption).
      rewrite <- square. field. assumption.
    + field. assumption.
Qed.

Lemma middle_attained L i : (2 <= T)%nat -> (S i < size D)%nat ->
  (forall k, (S k < size D)%nat -> norm T (slope D k) <= L) ->
  exists g, labels_of D g L /\ error D (connect_the_dots D) g (part_of_gap D i (1 / 2))
    = gap_length D i / 2 * sqrt (L ^ 2 - norm T (slope D i) ^ 2).
Proof.
  intros two bound slopes. destruct (orthogonal_unit (slope D i) two) as (v & unit_v & across).
  pose proof (gap_positive i bound) as positive. pose proof (slopes i bound) as at_most.
  pose proof (norm_nonneg T (slope D i)) as nonneg. set (rest := L ^ 2 - norm T (slope D i) ^ 2).
  assert (rest_nonneg : 0 <= rest) by (unfold rest; pose proof (square_bound _ _ nonneg at_most); lra).
  assert (square : sqrt rest * sqrt rest = rest) by (apply sqrt_sqrt; assumption).
  exists (with_tent i (sqrt rest) (sqrt rest) v). split.
  - apply with_tent_labels; try assumption; try apply sqrt_pos. intros x y order.
    set (c := tent i (sqrt rest) (sqrt rest) y - tent i (sqrt rest) (sqrt rest) x).
    pose proof (tent_steps i (sqrt rest) (sqrt rest) x y (sqrt_pos _) (sqrt_pos _) order) as steps. fold c in steps.
    assert (0 <= L) by lra.
    assert (goal_nonneg : 0 <= L * (y - x)) by (apply Rmult_le_pos; lra).
    rewrite <- (sqrt_pow2 (L * (y - x))) by assumption. unfold norm. apply sqrt_le_1_alt.
    rewrite (dot_ext T _ _ (fun t => scale (y - x) (slope D i) t - scale (- c) v t)
      (fun t => scale (y - x) (slope D i) t - scale (- c) v t)) by (intros t _; unfold scale; ring).
    rewrite !dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym T v), across, unit_v.
    rewrite <- norm_squared.
    assert (c * c <= rest * ((y - x) * (y - x))).
    { rewrite <- square. assert (Rabs c <= sqrt rest * (y - x)) by (apply Rabs_le; lra).
      assert (squares : Rsqr (Rabs c) <= Rsqr (sqrt rest * (y - x))).
      { apply Rsqr_incr_1; [assumption | apply Rabs_pos | apply Rmult_le_pos; [apply sqrt_pos | lra]]. }
      rewrite <- Rsqr_abs in squares. unfold Rsqr in squares. lra. }
    unfold rest in *. lra.
  - destruct (part_on_piece i (1 / 2) bound ltac:(lra)) as [between piece].
    unfold error. fold T. rewrite (norm_ext T _ (scale (- (gap_length D i / 2 * sqrt rest)) v)).
    + rewrite norm_scale, Rabs_Ropp, Rabs_right.
      * unfold norm. rewrite unit_v, sqrt_1. ring.
      * apply Rle_ge, Rmult_le_pos; [lra | apply sqrt_pos].
    + intros t _. unfold with_tent, scale, tent, part_of_gap.
      assert (0 <= sqrt rest * (gap_length D i / 2)) by (apply Rmult_le_pos; [apply sqrt_pos | lra]).
      replace (point D i + 1 / 2 * gap_length D i - point D i) with (gap_length D i / 2) by field.
      replace (point D (S i) - (point D i + 1 / 2 * gap_length D i)) with (gap_length D i / 2)
        by (unfold gap_length; field).
      rewrite Rmin_left, Rmax_right by lra. ring.
Qed.

(** ** One task *)

Section OneTask.
Hypothesis one : T = 1%nat.

Lemma norm_one v : norm T v = Rabs (v 0%nat).
Proof. rewrite one. unfold norm, dot. simpl. rewrite Rplus_0_l. apply sqrt_Rsqr_abs. Qed.

Lemma one_task_error g L i tau : labels_of D g L -> 0 < L -> (S i < size D)%nat -> 0 <= tau <= 1 ->
  error D (connect_the_dots D) g (part_of_gap D i tau) <= gap_length D i * (L ^ 2 - slope D i 0%nat ^ 2) / (2 * L).
Proof.
  intros labelled L_positive bound range. pose proof (gap_positive i bound) as positive.
  destruct (part_on_piece i tau bound range) as [between piece].
  destruct labelled as [steady through]. pose proof (slopes_at_most g L (conj steady through) i bound) as at_most.
  rewrite norm_one in at_most.
  assert (slope_range : - L <= slope D i 0%nat <= L) by (split; [| eapply Rle_trans; [apply Rle_abs | assumption]];
    pose proof (Rle_abs (- slope D i 0%nat)) as other; rewrite Rabs_Ropp in other; lra).
  pose proof (steady (point D i) (part_of_gap D i tau)) as from_left.
  pose proof (steady (part_of_gap D i tau) (point D (S i))) as to_right.
  rewrite Rabs_right in from_left, to_right by lra. fold T in from_left, to_right.
  rewrite norm_one in from_left, to_right.
  rewrite (through i ltac:(lia) 0%nat ltac:(fold T; lia)) in from_left.
  rewrite (through (S i) bound 0%nat ltac:(fold T; lia)) in to_right.
  unfold error. fold T. rewrite norm_one, (connect_the_dots_on_piece D D_valid i) by assumption.
  rewrite label_step in to_right by assumption.
  set (s := slope D i 0%nat) in *. set (gx := g (part_of_gap D i tau) 0%nat) in *. set (y := label D i 0%nat) in *.
  replace (part_of_gap D i tau - point D i) with (tau * gap_length D i) in * by (unfold part_of_gap; ring).
  replace (point D (S i) - part_of_gap D i tau) with ((1 - tau) * gap_length D i) in to_right
    by (unfold part_of_gap, gap_length; ring).
  replace (point D (S i) - point D i) with (gap_length D i) in to_right by reflexivity.
  set (h := gap_length D i) in *.
  pose proof (Rle_abs (gx - y)) as a1. pose proof (Rle_abs (- (gx - y))) as a2. rewrite Rabs_Ropp in a2.
  pose proof (Rle_abs (y + s * h - gx)) as b1. pose proof (Rle_abs (- (y + s * h - gx))) as b2. rewrite Rabs_Ropp in b2.
  assert (up : 0 <= L - s) by lra. assert (down : 0 <= L + s) by lra.
  assert (scaled : forall z, z <= tau * h * (L - s) -> z <= (1 - tau) * h * (L + s) -> z <= h * (L ^ 2 - s ^ 2)
    / (2 * L)).
  { intros z first second. apply Rmult_le_reg_r with (2 * L); [lra |].
    replace (h * (L ^ 2 - s ^ 2) / (2 * L) * (2 * L)) with (h * (L ^ 2 - s ^ 2)) by (field; lra).
    assert (z * (L + s) <= tau * h * (L - s) * (L + s)) by (apply Rmult_le_compat_r; assumption).
    assert (z * (L - s) <= (1 - tau) * h * (L + s) * (L - s)) by (apply Rmult_le_compat_r; assumption). lra. }
  assert (scaled' : forall z, z <= tau * h * (L + s) -> z <= (1 - tau) * h * (L - s) -> z <= h * (L ^ 2 - s ^ 2)
    / (2 * L)).
  { intros z first second. apply Rmult_le_reg_r with (2 * L); [lra |].
    replace (h * (L ^ 2 - s ^ 2) / (2 * L) * (2 * L)) with (h * (L ^ 2 - s ^ 2)) by (field; lra).
    assert (z * (L - s) <= tau * h * (L + s) * (L - s)) by (apply Rmult_le_compat_r; assumption).
    assert (z * (L + s) <= (1 - tau) * h * (L - s) * (L + s)) by (apply Rmult_le_compat_r; assumption). lra. }
  apply Rabs_le. split.
  - assert (gx - (y + s * (tau * h)) <= h * (L ^ 2 - s ^ 2) / (2 * L)) by (apply scaled; lra). lra.
  - apply scaled'; lra.
Qed.

Lemma one_task_attained L i : 0 < L -> (S i < size D)%nat ->
  (forall k, (S k < size D)%nat -> Rabs (slope D k 0%nat) <= L) ->
  exists g tau, labels_of D g L /\ 0 <= tau <= 1 /\
    error D (connect_the_dots D) g (part_of_gap D i tau) = gap_length D i * (L ^ 2 - slope D i 0%nat ^ 2) / (2 * L).
Proof.
  intros L_positive bound slopes. pose proof (gap_positive i bound) as positive.
  set (s := slope D i 0%nat). pose proof (slopes i bound) as at_most. fold s in at_most.
  assert (slope_range : - L <= s <= L) by (split; [| eapply Rle_trans; [apply Rle_abs | assumption]];
    pose proof (Rle_abs (- s)) as other; rewrite Rabs_Ropp in other; lra).
  assert (fraction : forall z, 0 <= z -> z <= 2 * L -> 0 <= z / (2 * L) <= 1).
  { intros z low high. split; [apply Rmult_le_pos; [assumption | left; apply Rinv_0_lt_compat; lra] |].
    apply Rmult_le_reg_r with (2 * L); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  exists (with_tent i (L - s) (L + s) (fun _ => 1)), ((L + s) / (2 * L)).
  split; [| split; [apply fraction; lra |]].
  - apply with_tent_labels; try assumption; try lra.
    + intros k bound_k. rewrite norm_one. apply slopes. assumption.
    + intros x y order. rewrite norm_one. fold s.
      pose proof (tent_steps i (L - s) (L + s) x y ltac:(lra) ltac:(lra) order). apply Rabs_le. split; lra.
  - unfold error. fold T. rewrite norm_one. unfold with_tent, tent, part_of_gap. fold s.
    set (h := gap_length D i) in *.
    replace (point D i + (L + s) / (2 * L) * h - point D i) with ((L + s) / (2 * L) * h) by ring.
    replace (point D (S i) - (point D i + (L + s) / (2 * L) * h)) with ((L - s) / (2 * L) * h)
      by (unfold h, gap_length; field; lra).
    replace ((L - s) * ((L + s) / (2 * L) * h)) with (h * (L ^ 2 - s ^ 2) / (2 * L)) by (field; lra).
    replace ((L + s) * ((L - s) / (2 * L) * h)) with (h * (L ^ 2 - s ^ 2) / (2 * L)) by (field; lra).
    assert (nonneg : 0 <= h * (L ^ 2 - s ^ 2) / (2 * L)).
    { apply Rmult_le_pos; [apply Rmult_le_pos; [lra | nra] | left; apply Rinv_0_lt_compat; lra]. }
    rewrite Rmin_left, Rmax_right by lra.
    match goal with |- Rabs (?v - (?v + ?e * 1)) = _ => replace (v - (v + e * 1)) with (- e) by ring end.
    rewrite Rabs_Ropp, Rabs_right by lra. reflexivity.
Qed.

End OneTask.

End Generalisation.

Lemma generalisation_for_cost cost adjust : same_optima cost adjust -> generalisation_statement cost.
Proof.
  intros same D g L D_valid labelled. split.
  - intros i tau bound range. cbv zeta. split; [apply dots_error; assumption |].
    intros f best. apply (same D D_valid f) in best. apply optimum_error; assumption.
  - intros f x best. apply (same D D_valid f) in best. apply outside_error; assumption.
Qed.

Lemma generalisation_is_attained : generalisation_attained_statement.
Proof. intros D L i D_valid two bound slopes. apply middle_attained; assumption. Qed.

Lemma one_task_is_sharp : one_task_statement.
Proof.
  intros D L i D_valid one positive bound. cbv zeta. split.
  - intros g tau labelled range. apply one_task_error; assumption.
  - intros slopes. apply one_task_attained; assumption.
Qed.
