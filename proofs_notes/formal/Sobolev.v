(** The Sobolev norm. On each gap the integral of f' is given, so the integral of f'^2 is least where f' is constant:
  this
    is the integral of (f' - s)^2. Where it vanishes, so does the same integral over any part of the gap. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsSobolev Sums Ramps ConnectTheDots.
Open Scope R_scope.

Section Integral.
Variable integral : (R -> R) -> R -> R -> R -> Prop.
Hypothesis integral_fits : is_integral integral.

Lemma integral_one_value phi a b u v : integral phi a b u -> integral phi a b v -> u = v.
Proof. apply integral_fits. Qed.

Lemma integral_split phi a b c v : a <= b -> b <= c -> integral phi a c v ->
  exists u w, integral phi a b u /\ integral phi b c w /\ u + w = v.
Proof. apply integral_fits. Qed.

Lemma integral_join phi a b c u w : integral phi a b u -> integral phi b c w -> integral phi a c (u + w).
Proof. apply integral_fits. Qed.

Lemma integral_combine phi psi a b u v l : integral phi a b u -> integral psi a b v ->
  integral (fun x => phi x + l * psi x) a b (u + l * v).
Proof. apply integral_fits. Qed.

Lemma integral_nonneg phi a b v : a <= b -> integral phi a b v -> (forall x, 0 <= phi x) -> 0 <= v.
Proof. apply integral_fits. Qed.

Lemma integral_inside phi c a b : a <= b -> (forall x, a < x < b -> phi x = c) -> integral phi a b (c * (b - a)).
Proof. apply integral_fits. Qed.

(** ** The integral of (f' - s)^2 *)

Lemma square_of_difference df a b e i s : a <= b -> integral (fun x => df x ^ 2) a b e -> integral df a b i ->
  exists phi, (forall x, phi x = (df x - s) ^ 2) /\ integral phi a b (e - 2 * s * i + s ^ 2 * (b - a)).
Proof.
  intros order squares values.
  pose proof (integral_combine _ _ _ _ _ _ (-2 * s) squares values) as first.
  pose proof (integral_combine _ _ _ _ _ _ 1 first (integral_inside (fct_cte (s ^ 2)) (s ^ 2)
    a b order (fun _ _ => eq_refl))) as second.
  eexists. split; [| replace (e - 2 * s * i + s ^ 2 * (b - a)) with (e + -2 * s * i + 1 * (s ^ 2 * (b - a))) by ring;
    exact second].
  intros x. cbv beta. unfold fct_cte. ring.
Qed.

Lemma square_of_difference_nonneg df a b e i s : a <= b -> integral (fun x => df x ^ 2) a b e -> integral df a b i ->
  0 <= e - 2 * s * i + s ^ 2 * (b - a).
Proof.
  intros order squares values. destruct (square_of_difference df a b e i s order squares values)
    as (phi & same & total).
  apply (integral_nonneg phi a b); try assumption. intros x. rewrite same. apply pow2_ge_0.
Qed.

(** On one gap: the integral of f'^2 is at least s^2 h, and if it is s^2 h then f is straight. *)
Lemma one_gap f df p q e s : p < q -> integral (fun x => df x ^ 2) p q e ->
  (forall x, p <= x <= q -> integral df p x (f x - f p)) -> f q - f p = s * (q - p) ->
  (q - p) * s ^ 2 <= e /\ (e = (q - p) * s ^ 2 -> forall x, p <= x <= q -> f x = f p + s * (x - p)).
Proof.
  intros order squares values rise. split.
  - pose proof (square_of_difference_nonneg df p q e (f q - f p) s ltac:(lra) squares (values q ltac:(lra))) as nonneg.
    rewrite rise in nonneg. lra.
  - intros tight x [low high].
    destruct low as [low | <-]; [| ring].
    destruct (integral_split _ p x q e ltac:(lra) ltac:(lra) squares) as (e1 & e2 & first & second & total).
    assert (rest : integral df x q (f q - f x)).
    { destruct (integral_split df p x q (f q - f p) ltac:(lra) ltac:(lra) (values q ltac:(lra)))
        as (i1 & i2 & one & two & both).
      rewrite (integral_one_value _ _ _ _ _ one (values x ltac:(lra))) in both.
      replace (f q - f x) with i2 by lra. assumption. }
    pose proof (square_of_difference_nonneg df x q e2 (f q - f x) s high second rest) as rest_nonneg.
    pose proof (square_of_difference_nonneg df p x e1 (f x - f p) s ltac:(lra) first (values x ltac:(lra)))
      as part_nonneg.
    set (i := f x - f p) in *. set (d := x - p) in *. assert (d_positive : 0 < d) by (unfold d; lra).
    assert (none : e1 - 2 * s * i + s ^ 2 * d = 0).
    { assert (f q - f x = s * (q - p) - i) as other by (unfold i; lra). rewrite other in rest_nonneg. unfold d in *.
      lra. }
    pose proof (square_of_difference_nonneg df p x e1 i (i / d) ltac:(lra) first (values x ltac:(lra))) as best.
    fold d in best. replace (e1 - 2 * (i / d) * i + (i / d) ^ 2 * d) with (e1 - i * i / d) in best by (field; lra).
    assert (squared : (i - s * d) * (i - s * d) <= 0).
    { assert (scaled : i * i <= e1 * d).
      { replace (i * i) with (i * i / d * d) by (field; lra). apply Rmult_le_compat_r; lra. }
      replace e1 with (2 * s * i - s ^ 2 * d) in scaled by lra. nra. }
    assert (same : i - s * d = 0) by (apply Rsqr_0_uniq; pose proof (Rle_0_sqr (i - s * d)); unfold Rsqr in *; lra).
    unfold i in same. lra.
Qed.

Section Sobolev.
Variable D : dataset.
Hypothesis D_valid : valid D.
Variable t : nat.
Hypothesis below : (t < tasks D)%nat.

Let dots (x : R) : R := value (connect_the_dots D) x t.

Lemma dots_in_gap i x : (S i < size D)%nat -> point D i <= x <= point D (S i) ->
  dots x = label D i t + slope D i t * (x - point D i).
Proof.
  intros bound [low high]. apply connect_the_dots_on_piece; [assumption |].
  repeat split; [assumption | right; assumption ..].
Qed.

(** ** Every function through the data *)

Section Function.
Variables f df : R -> R.
Hypothesis primitive_f : primitive integral f df (point D 0) (point D (size D - 1)).
Hypothesis through : forall i, (i < size D)%nat -> f (point D i) = label D i t.

Lemma integral_between p x : point D 0 <= p -> p <= x -> x <= point D (size D - 1) -> integral df p x (f x - f p).
Proof.
  intros low order high.
  destruct (integral_split df (point D 0) p x (f x - f (point D 0)) low order (primitive_f x ltac:(lra)))
    as (i1 & i2 & one & two & both).
  rewrite (integral_one_value _ _ _ _ _ one (primitive_f p ltac:(lra))) in both.
  replace (f x - f p) with i2 by lra. assumption.
Qed.

Lemma up_to_point n : (n < size D)%nat -> forall e, integral (fun x => df x ^ 2) (point D 0) (point D n) e ->
  sum n (fun i => (point D (S i) - point D i) * slope D i t ^ 2) <= e /\
  (e = sum n (fun i => (point D (S i) - point D i) * slope D i t ^ 2) ->
     forall x, point D 0 <= x <= point D n -> f x = dots x).
Proof.
  induction n as [| n IH]; intros bound e squares.
  - assert (nothing : e = 0).
    { apply (integral_one_value _ _ _ _ _ squares). replace 0 with (0 * (point D 0 - point D 0)) by ring.
      apply integral_inside; [lra |]. intros; lra. }
    subst e. simpl. split; [lra |]. intros _ x here. replace x with (point D 0) by lra.
    rewrite through by lia. unfold dots. symmetry. apply (connect_the_dots_interpolates D D_valid 0%nat ltac:(lia)
      t below).
  - assert (first : point D 0 <= point D n) by (apply points_ordered; assumption || lia).
    assert (order : point D n < point D (S n)) by (apply points_increase; assumption || lia).
    assert (last : point D (S n) <= point D (size D - 1)) by (apply points_ordered; assumption || lia).
    destruct (integral_split _ _ (point D n) _ e first (Rlt_le _ _ order) squares) as (e1 & e2 & before & here & total).
    destruct (IH ltac:(lia) e1 before) as [at_least straight].
    destruct (one_gap f df (point D n) (point D (S n)) e2 (slope D n t) order here) as [at_least_here straight_here].
    + intros x between. apply integral_between; lra.
    + rewrite !through by lia. unfold slope. field. lra.
    + cbn [sum]. split; [lra |]. intros tight x between. cbn [sum] in tight.
      destruct (Rle_or_lt x (point D n)) as [early | late]; [apply straight; lra |].
      rewrite (straight_here ltac:(lra) x ltac:(lra)), (dots_in_gap n x bound ltac:(lra)), (through n ltac:(lia)).
      reflexivity.
Qed.

End Function.

(** ** Connect-the-dots *)

Definition slopes (x : R) : R :=
  slope D 0 t + sum (size D - 2) (fun k => kink D (S k) t * (if Rle_dec (point D (S k)) x then 1 else 0)).

Lemma slopes_inside i x : (S i < size D)%nat -> point D i < x < point D (S i) -> slopes x = slope D i t.
Proof.
  intros bound [low high]. unfold slopes. rewrite (sum_truncate i); [| lia |].
  - rewrite (sum_ext i _ (fun k => slope D (S k) t - slope D k t)).
    + rewrite (sum_telescope i (fun k => slope D k t)). ring.
    + intros k before. assert (point D (S k) <= point D i) by (apply points_ordered; assumption || lia).
      destruct (Rle_dec (point D (S k)) x); [unfold kink; simpl pred; ring | exfalso; lra].
  - intros k [after last]. assert (point D (S i) <= point D (S k)) by (apply points_ordered; assumption || lia).
    destruct (Rle_dec (point D (S k)) x); [exfalso; lra | ring].
Qed.

Lemma dots_in_gaps n x : (S n < size D)%nat -> point D n <= x <= point D (S n) ->
  integral slopes (point D 0) x (dots x - dots (point D 0)).
Proof.
  revert x. induction n as [| n IH]; intros x bound between.
  - rewrite (dots_in_gap 0 x bound between), (dots_in_gap 0 (point D 0) bound ltac:(lra)).
    replace (label D 0%nat t + slope D 0 t * (x - point D 0) - (label D 0%nat t + slope D 0 t * (point D 0 - point D
      0)))
      with (slope D 0 t * (x - point D 0)) by ring.
    apply integral_inside; [lra |]. intros y inside. apply slopes_inside; [assumption | lra].
  - assert (order : point D n < point D (S n)) by (apply points_increase; assumption || lia).
    pose proof (IH (point D (S n)) ltac:(lia) ltac:(lra)) as before.
    replace (dots x - dots (point D 0)) with (dots (point D (S n)) - dots (point D 0) + slope D (S n)
      t * (x - point D (S n))).
    + apply integral_join with (point D (S n)); [assumption |]. apply integral_inside; [lra |].
      intros y inside. apply slopes_inside; [assumption | lra].
    + rewrite (dots_in_gap (S n) x bound between), (dots_in_gap (S n) (point D (S n)) bound ltac:(lra)). ring.
Qed.

Lemma gap_of x : point D 0 <= x <= point D (size D - 1) ->
  exists n, (S n < size D)%nat /\ point D n <= x <= point D (S n).
Proof.
  intros [low high]. pose proof D_valid as [many _]. destruct (some_piece D D_valid x)
    as (i & bound & left_end & right_end).
  exists i. split; [assumption |]. split.
  - destruct left_end as [-> |]; assumption.
  - destruct right_end as [last |]; [| assumption]. replace (S i) with (size D - 1)%nat by lia. assumption.
Qed.

Lemma squares_up_to n : (n < size D)%nat ->
  integral (fun x => slopes x ^ 2) (point D 0) (point D n)
    (sum n (fun i => (point D (S i) - point D i) * slope D i t ^ 2)).
Proof.
  induction n as [| n IH]; intros bound; cbn [sum].
  - replace 0 with (0 * (point D 0 - point D 0)) by ring. apply integral_inside; [lra |]. intros; lra.
  - assert (order : point D n < point D (S n)) by (apply points_increase; assumption || lia).
    apply integral_join with (point D n); [apply IH; lia |].
    replace ((point D (S n) - point D n) * slope D n t ^ 2)
      with (slope D n t ^ 2 * (point D (S n) - point D n)) by ring.
    apply integral_inside; [lra |]. intros x inside. rewrite (slopes_inside n) by assumption. reflexivity.
Qed.

(** ** The kernel *)

Lemma kernel_as_ramp x y : point D 0 <= x -> kernel D x y = 1 + (x - point D 0) - relu (x - y).
Proof.
  intros low. unfold kernel, relu, Rmin, Rmax. destruct (Rle_dec x y), (Rle_dec 0 (x - y)); lra.
Qed.

Lemma kernel_combination x : point D 0 <= x <= point D (size D - 1) ->
  dots x = sum (size D) (fun i => coefficient D i t * kernel D x (point D i)).
Proof.
  intros [low high]. pose proof D_valid as [many _]. unfold dots. rewrite connect_the_dots_value.
  rewrite (sum_ext (size D) _ (fun i => (1 + (x - point D 0)) * coefficient D i t
    - relu (x - point D i) * coefficient D i t)) by (intros i _; rewrite kernel_as_ramp by assumption; ring).
  rewrite sum_minus, sum_factor.
  assert (inner : forall (h : nat -> R), sum (size D) (fun i => h i * coefficient D i t)
    = h 0%nat * (label D 0%nat t - slope D 0 t) - sum (size D - 2) (fun k => h (S k) * kink D (S k) t)
      + h (size D - 1)%nat * slope D (size D - 2) t).
  { intros h. replace (size D) with (S (S (size D - 2))) at 1 by lia.
    change (sum (S (S (size D - 2))) (fun i => h i * coefficient D i t))
      with (sum (S (size D - 2)) (fun i => h i * coefficient D i t) + h (S (size D - 2))
        * coefficient D (S (size D - 2)) t).
    rewrite sum_first.
    assert (start : coefficient D 0 t = label D 0%nat t - slope D 0 t) by reflexivity.
    assert (finish : coefficient D (S (size D - 2)) t = slope D (size D - 2) t).
    { unfold coefficient. simpl Nat.eqb at 1. destruct (Nat.eqb_spec (S (S (size D - 2))) (size D)); [| lia].
      f_equal. lia. }
    rewrite start, finish. replace (S (size D - 2)) with (size D - 1)%nat by lia.
    rewrite (sum_ext (size D - 2) (fun k => h (S k) * coefficient D (S k) t) (fun k => -1 * (h (S k) * kink D (S k)
      t))).
    - rewrite sum_factor. ring.
    - intros k bound. unfold coefficient. simpl Nat.eqb at 1.
      destruct (Nat.eqb_spec (S (S k)) (size D)); [lia | ring]. }
  rewrite (inner (fun i => relu (x - point D i))).
  rewrite (sum_ext (size D) (fun i => coefficient D i t) (fun i => 1 * coefficient D i t)) by (intros; ring).
  rewrite (inner (fun _ => 1)).
  rewrite (relu_right (x - point D 0)), (relu_left (x - point D (size D - 1))) by lra.
  assert (telescoped : sum (size D - 2) (fun k => 1 * kink D (S k) t) = slope D (size D - 2) t - slope D 0 t).
  { rewrite (sum_ext _ _ (fun k => slope D (S k) t - slope D k t)) by (intros; unfold kink; simpl pred; ring).
    apply (sum_telescope (size D - 2) (fun k => slope D k t)). }
  rewrite telescoped. ring.
Qed.

End Sobolev.

End Integral.

Lemma sobolev_norm : sobolev_statement.
Proof.
  intros integral fits D t D_valid below. cbv zeta. pose proof D_valid as [many _].
  assert (start : value (connect_the_dots D) (point D 0) t = label D 0%nat t)
    by (apply (connect_the_dots_interpolates D D_valid 0%nat ltac:(lia) t below)).
  split.
  - exists (slopes D t). split.
    + intros x inside. destruct (gap_of D D_valid t below x inside) as (n & bound & between).
      apply (dots_in_gaps integral fits D D_valid t below n x bound between).
    + rewrite start. unfold least_norm.
      match goal with |- integral _ _ _ (?a + ?b - ?a) => replace (a + b - a) with b by ring end.
      apply squares_up_to; assumption || lia.
  - intros f df e primitive_f squares through.
    destruct (up_to_point integral fits D D_valid t below f df primitive_f through (size D - 1) ltac:(lia) e squares)
      as [at_least straight].
    rewrite (through 0%nat ltac:(lia)). unfold least_norm. split; [lra |].
    intros tight. apply straight. lra.
Qed.

Lemma kernel_of_dots : kernel_coefficients_statement.
Proof. intros D t x D_valid below inside. apply kernel_combination; assumption. Qed.
