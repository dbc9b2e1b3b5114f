(** Finite sums, and the geometry of R^T: the Cauchy-Schwarz inequality through unit vectors, with its case of
    equality. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements.
Open Scope R_scope.

(** ** Finite sums *)

Lemma sum_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
  induction n as [| n IH]; intros same; simpl; [reflexivity |].
  rewrite IH by (intros; apply same; lia). rewrite same by lia. reflexivity.
Qed.

Lemma sum_add n f g : sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n as [| n IH]; simpl; [| rewrite IH]; ring. Qed.

Lemma sum_minus n f g : sum n (fun i => f i - g i) = sum n f - sum n g.
Proof. induction n as [| n IH]; simpl; [| rewrite IH]; ring. Qed.

Lemma sum_factor n c f : sum n (fun i => c * f i) = c * sum n f.
Proof. induction n as [| n IH]; simpl; [| rewrite IH]; ring. Qed.

Lemma sum_zero n f : (forall i, (i < n)%nat -> f i = 0) -> sum n f = 0.
Proof.
  induction n as [| n IH]; intros vanish; simpl; [reflexivity |].
  rewrite IH by (intros; apply vanish; lia). rewrite vanish by lia. ring.
Qed.

Lemma sum_le n f g : (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n as [| n IH]; intros below; simpl; [lra |].
  assert (f n <= g n) by (apply below; lia).
  assert (sum n f <= sum n g) by (apply IH; intros; apply below; lia). lra.
Qed.

Lemma sum_nonneg n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  intros nonneg. rewrite <- (sum_zero n (fun _ => 0)) by reflexivity. apply sum_le, nonneg.
Qed.

Lemma term_le_sum n f i : (forall k, (k < n)%nat -> 0 <= f k) -> (i < n)%nat -> f i <= sum n f.
Proof.
  induction n as [| n IH]; intros nonneg below; simpl; [lia |].
  assert (0 <= f n) by (apply nonneg; lia).
  destruct (Nat.eq_dec i n) as [-> | other].
  - assert (0 <= sum n f) by (apply sum_nonneg; intros; apply nonneg; lia). lra.
  - assert (f i <= sum n f) by (apply IH; [intros; apply nonneg |]; lia). lra.
Qed.

Lemma sum_zero_terms n f i : (forall k, (k < n)%nat -> 0 <= f k) -> sum n f <= 0 -> (i < n)%nat -> f i = 0.
Proof.
  intros nonneg small below.
  pose proof (term_le_sum n f i nonneg below). pose proof (nonneg i below). lra.
Qed.

Lemma sum_swap n m f : sum n (fun i => sum m (fun k => f i k)) = sum m (fun k => sum n (fun i => f i k)).
Proof.
  induction n as [| n IH]; simpl.
  - symmetry. apply sum_zero. reflexivity.
  - rewrite IH, <- sum_add. reflexivity.
Qed.

Lemma sum_telescope n f : sum n (fun i => f (S i) - f i) = f n - f 0%nat.
Proof. induction n as [| n IH]; simpl; [| rewrite IH]; ring. Qed.

Lemma sum_truncate m n f : (m <= n)%nat -> (forall k, (m <= k < n)%nat -> f k = 0) -> sum n f = sum m f.
Proof.
  intros order. induction order as [| n order IH]; intros vanish; simpl; [reflexivity |].
  rewrite IH by (intros; apply vanish; lia). rewrite vanish by lia. ring.
Qed.

Lemma sum_single n f k : (k < n)%nat -> (forall l, (l < n)%nat -> l <> k -> f l = 0) -> sum n f = f k.
Proof.
  intros below others. induction n as [| n IH]; [lia |]. simpl.
  destruct (Nat.eq_dec k n) as [-> | before].
  - rewrite sum_zero by (intros; apply others; lia). ring.
  - rewrite IH by (lia || (intros; apply others; lia)). rewrite (others n) by lia. ring.
Qed.

Lemma sum_first n f : sum (S n) f = f 0%nat + sum n (fun k => f (S k)).
Proof.
  induction n as [| n IH]; [simpl; ring |].
  change (sum (S (S n)) f) with (sum (S n) f + f (S n)). rewrite IH. simpl. ring.
Qed.

Lemma nonzero_sum_has_term n f : sum n f <> 0 -> exists k, (k < n)%nat /\ f k <> 0.
Proof.
  induction n as [| n IH]; simpl; intros nonzero; [contradiction nonzero; reflexivity |].
  destruct (Req_dec (f n) 0) as [vanish | here]; [| exists n; auto].
  destruct IH as (k & below & other); [rewrite vanish in nonzero; lra | exists k; auto].
Qed.

(** Two sums that differ in two terms only. *)
Lemma sum_two_terms n f g i k :
  (i < n)%nat -> (k < n)%nat -> i <> k ->
  (forall l, (l < n)%nat -> l <> i -> l <> k -> f l = g l) ->
  sum n f - sum n g = (f i - g i) + (f k - g k).
Proof.
  assert (one : forall n f g i, (i < n)%nat -> (forall l, (l < n)%nat -> l <> i -> f l = g l) ->
      sum n f - sum n g = f i - g i).
  { clear. induction n as [| n IH]; intros f g i below same; simpl; [lia |].
    destruct (Nat.eq_dec i n) as [-> | other].
    - rewrite (sum_ext n f g) by (intros; apply same; lia). ring.
    - rewrite (same n) by lia.
      assert (sum n f - sum n g = f i - g i) by (apply IH; [lia | intros; apply same; lia]). lra. }
  intros below_i below_k distinct same.
  set (mixed := fun l => if Nat.eqb l i then g l else f l).
  assert (step_i : sum n f - sum n mixed = f i - mixed i).
  { apply one; [assumption |]. intros l _ other. unfold mixed.
    destruct (Nat.eqb_spec l i); [contradiction | reflexivity]. }
  assert (step_k : sum n mixed - sum n g = mixed k - g k).
  { apply one; [assumption |]. intros l bound other. unfold mixed.
    destruct (Nat.eqb_spec l i); [reflexivity | apply same; assumption]. }
  assert (mixed_i : mixed i = g i) by (unfold mixed; rewrite Nat.eqb_refl; reflexivity).
  assert (mixed_k : mixed k = f k) by (unfold mixed; destruct (Nat.eqb_spec k i); [congruence | reflexivity]).
  lra.
Qed.

Lemma nonzero_has_entry n v : ~ zero n v -> exists t, (t < n)%nat /\ v t <> 0.
Proof.
  induction n as [| n IH]; intros nonzero.
  - exfalso. apply nonzero. intros t below. lia.
  - destruct (Req_dec (v n) 0) as [vanish | here]; [| exists n; auto].
    destruct IH as (t & below & other).
    + intros all. apply nonzero. intros t below.
      destruct (Nat.eq_dec t n) as [-> | before]; [assumption | apply all; lia].
    + exists t. auto.
Qed.

(** ** Inner products *)

Section Vectors.
Variable T : nat.
Implicit Types u v w : vector.

Lemma dot_sym u v : dot T u v = dot T v u.
Proof. apply sum_ext. intros; ring. Qed.

Lemma dot_ext u v u' v' : equal T u u' -> equal T v v' -> dot T u v = dot T u' v'.
Proof. intros same_u same_v. apply sum_ext. intros t below. rewrite same_u, same_v by assumption. reflexivity. Qed.

Lemma dot_scale_l c u v : dot T (scale c u) v = c * dot T u v.
Proof. unfold dot, scale. rewrite <- sum_factor. apply sum_ext. intros; ring. Qed.

Lemma dot_scale_r c u v : dot T u (scale c v) = c * dot T u v.
Proof. rewrite dot_sym, dot_scale_l, dot_sym. reflexivity. Qed.

Lemma dot_minus_r u v w : dot T u (fun t => v t - w t) = dot T u v - dot T u w.
Proof. unfold dot. rewrite <- sum_minus. apply sum_ext. intros; ring. Qed.

Lemma dot_minus_l u v w : dot T (fun t => v t - w t) u = dot T v u - dot T w u.
Proof. rewrite dot_sym, dot_minus_r. f_equal; apply dot_sym. Qed.

(** A sum of multiples of vectors, seen through an inner product. *)
Lemma dot_sum_r n u (c : nat -> R) (v : nat -> vector) :
  dot T u (fun t => sum n (fun k => c k * v k t)) = sum n (fun k => c k * dot T u (v k)).
Proof.
  unfold dot. transitivity (sum T (fun t => sum n (fun k => c k * (u t * v k t)))).
  - apply sum_ext. intros t _. rewrite <- sum_factor. apply sum_ext. intros; ring.
  - rewrite sum_swap. apply sum_ext. intros. rewrite <- sum_factor. reflexivity.
Qed.

Lemma dot_self_nonneg v : 0 <= dot T v v.
Proof. apply sum_nonneg. intros t _. pose proof (Rle_0_sqr (v t)) as H. unfold Rsqr in H. exact H. Qed.

Lemma dot_self_zero v : dot T v v <= 0 -> zero T v.
Proof.
  intros small t below. apply Rsqr_0_uniq. unfold Rsqr.
  apply (sum_zero_terms T (fun t => v t * v t)); try assumption.
  intros k _. apply Rle_0_sqr.
Qed.

Lemma dot_zero_l u v : zero T u -> dot T u v = 0.
Proof. intros vanish. apply sum_zero. intros t below. rewrite vanish by assumption. ring. Qed.

(** ** Norms *)

Lemma norm_nonneg v : 0 <= norm T v.
Proof. apply sqrt_pos. Qed.

Lemma norm_square v : norm T v * norm T v = dot T v v.
Proof. apply sqrt_sqrt, dot_self_nonneg. Qed.

Lemma norm_ext u v : equal T u v -> norm T u = norm T v.
Proof. intros same. unfold norm. f_equal. apply dot_ext; assumption. Qed.

Lemma norm_scale c v : norm T (scale c v) = Rabs c * norm T v.
Proof.
  unfold norm. rewrite dot_scale_l, dot_scale_r, <- Rmult_assoc.
  rewrite sqrt_mult; [| apply Rle_0_sqr | apply dot_self_nonneg].
  change (c * c) with (Rsqr c). rewrite sqrt_Rsqr_abs. reflexivity.
Qed.

Lemma zero_norm v : zero T v -> norm T v = 0.
Proof. intros vanish. unfold norm. rewrite dot_zero_l by assumption. apply sqrt_0. Qed.

Lemma norm_zero v : norm T v = 0 -> zero T v.
Proof. intros vanish. apply dot_self_zero. rewrite <- norm_square, vanish. lra. Qed.

Lemma nonzero_norm v : ~ zero T v -> 0 < norm T v.
Proof.
  intros nonzero. destruct (norm_nonneg v) as [| vanish]; [assumption |].
  contradict nonzero. apply norm_zero. congruence.
Qed.

Lemma norm_positive v : 0 < norm T v -> ~ zero T v.
Proof. intros positive vanish. apply zero_norm in vanish. lra. Qed.

(** If |u| <= 1 then <u, v> <= |v|, because |v| times |v - |v| u|^2 is nonnegative. *)
Lemma dot_le_norm u v : dot T u u <= 1 -> dot T u v <= norm T v.
Proof.
  intros short.
  pose proof (norm_nonneg v) as nonneg. pose proof (norm_square v) as square.
  destruct (Req_dec (norm T v) 0) as [vanish | positive].
  - rewrite dot_sym, dot_zero_l by (apply norm_zero; assumption). lra.
  - set (gap := fun t => v t - scale (norm T v) u t).
    pose proof (dot_self_nonneg gap) as apart. unfold gap in apart.
    rewrite dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym v u) in apart.
    apply Rmult_le_reg_l with (norm T v); [lra |].
    assert (norm T v * norm T v * dot T u u <= norm T v * norm T v * 1)
      by (apply Rmult_le_compat_l; [apply Rle_0_sqr | assumption]).
    lra.
Qed.

(** Its case of equality: v is |v| times u. *)
Lemma dot_eq_norm u v : dot T u u <= 1 -> dot T u v = norm T v -> equal T v (scale (norm T v) u).
Proof.
  intros short tight.
  pose proof (norm_square v) as square.
  set (gap := fun t => v t - scale (norm T v) u t).
  assert (together : dot T gap gap <= 0).
  { unfold gap. rewrite dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym v u), tight.
    assert (norm T v * norm T v * dot T u u <= norm T v * norm T v * 1)
      by (apply Rmult_le_compat_l; [apply Rle_0_sqr | assumption]).
    lra. }
  intros t below. pose proof (dot_self_zero gap together t below) as vanish. unfold gap in vanish. lra.
Qed.

(** ** The unit vector v / |v|, which is 0 if v is 0 because then 0 * (/ 0) = 0 *)

Definition unit v : vector := scale (/ norm T v) v.

Lemma unit_of_zero v : zero T v -> zero T (unit v).
Proof. intros vanish t below. unfold unit, scale. rewrite vanish by assumption. ring. Qed.

Lemma unit_dot v : dot T (unit v) v = norm T v.
Proof.
  unfold unit. rewrite dot_scale_l, <- norm_square.
  destruct (Req_dec (norm T v) 0) as [vanish | positive]; [rewrite vanish; ring | field; assumption].
Qed.

Lemma unit_short v : dot T (unit v) (unit v) <= 1.
Proof.
  unfold unit at 2. rewrite dot_scale_r, unit_dot.
  destruct (Req_dec (norm T v) 0) as [vanish | positive].
  - rewrite vanish. lra.
  - rewrite Rinv_l by assumption. lra.
Qed.

Lemma unit_positive_multiple u v : positive_multiple T u v -> equal T (unit v) (unit u).
Proof.
  intros (c & positive & same).
  destruct (Req_dec (norm T u) 0) as [vanish | nonzero].
  - assert (zero_u : zero T u) by (apply norm_zero; assumption).
    intros t below. unfold unit, scale. rewrite same by assumption. unfold scale.
    rewrite zero_u by assumption. ring.
  - assert (length_v : norm T v = c * norm T u).
    { rewrite (norm_ext _ _ same), norm_scale, Rabs_right by lra. reflexivity. }
    intros t below. unfold unit, scale. rewrite length_v, same by assumption. unfold scale. field. lra.
Qed.

(** The triangle inequality for finite sums of multiples, through the unit vector of the sum. *)
Lemma norm_sum_le n (c : nat -> R) (v : nat -> vector) :
  (forall k, (k < n)%nat -> 0 <= c k) ->
  norm T (fun t => sum n (fun k => c k * v k t)) <= sum n (fun k => c k * norm T (v k)).
Proof.
  intros nonneg. rewrite <- unit_dot at 1. rewrite dot_sum_r.
  apply sum_le. intros k below. apply Rmult_le_compat_l; [auto |]. apply dot_le_norm, unit_short.
Qed.

End Vectors.
