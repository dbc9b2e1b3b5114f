(** Networks with several inputs. Output weights lose what is orthogonal to the labels at no cost; and two optima in
    the plane, with a certificate that bounds the cost for all directions and biases at once. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements StatementsPlane Sums Ramps Certificate.
Open Scope R_scope.

(** ** Leverage *)

Lemma dot_plus_r T u v w : dot T u (fun t => v t + w t) = dot T u v + dot T u w.
Proof. unfold dot. rewrite <- sum_add. apply sum_ext. intros t _. ring. Qed.

Section Leverage.
Variable D : data_in.
Variable f : network_in.
Hypothesis best : optimal_in D f.
Let T := tasks_in D.
Let d := inputs D.

Section Combination.
Variable e : vector.
Hypothesis some : 0 < dot T e e.
Variable a : vector.
Variable c : R.
Hypothesis affine : forall i, (i < size_in D)%nat -> dot T e (label_in D i) = dot d a (point_in D i) + c.

(** The part of a vector along e. *)
Let along (v : vector) : R := dot T e v / dot T e e.

(** The same network, with that part of its outputs replaced by the affine function. *)
Definition projected : network_in := {|
  neurons_in := neurons_in f;
  weight_in := weight_in f;
  bias_in := bias_in f;
  output_in := fun k t => output_in f k t - along (output_in f k) * e t;
  linear_in := fun t s => linear_in f t s - (sum T (fun r => e r * linear_in f r s) - a s) / dot T e e * e t;
  constant_in := fun t => constant_in f t - (dot T e (constant_in f) - c) / dot T e e * e t
|}.

Lemma projected_value x t :
  value_in d projected x t = value_in d f x t - (dot T e (value_in d f x) - (dot d a x + c)) / dot T e e * e t.
Proof.
  unfold value_in. cbn [neurons_in weight_in bias_in output_in linear_in constant_in projected].
  assert (neurons : sum (neurons_in f) (fun k => (output_in f k t - along (output_in f k) * e t)
    * relu (dot d (weight_in f k) x + bias_in f k))
    = sum (neurons_in f) (fun k => output_in f k t * relu (dot d (weight_in f k) x + bias_in f k))
      - e t / dot T e e * sum (neurons_in f) (fun k => relu (dot d (weight_in f k) x + bias_in f k)
          * dot T e (output_in f k))).
  { rewrite <- sum_factor, <- sum_minus. apply sum_ext. intros k _. unfold along. field. lra. }
  assert (slopes : dot d (fun s => linear_in f t s - (sum T (fun r => e r * linear_in f r s) - a s) / dot T e e * e t) x
    = dot d (linear_in f t) x - e t / dot T e e * (sum T (fun r => e r * dot d (linear_in f r) x) - dot d a x)).
  { assert (swap : sum T (fun r => e r * dot d (linear_in f r) x)
      = sum d (fun s => sum T (fun r => e r * linear_in f r s) * x s)).
    { unfold dot. rewrite (sum_ext T _ (fun r => sum d (fun s => x s * (e r * linear_in f r s)))).
      - rewrite sum_swap. apply sum_ext. intros s _. rewrite sum_factor. ring.
      - intros r _. rewrite <- sum_factor. apply sum_ext. intros; ring. }
    rewrite swap. unfold dot at 1 3 5. rewrite <- sum_minus, <- sum_factor, <- sum_minus.
    apply sum_ext. intros s _. field. lra. }
  assert (seen : dot T e (fun t => sum (neurons_in f) (fun k => output_in f k t * relu (dot d (weight_in f k)
    x + bias_in f k)) + dot d (linear_in f t) x + constant_in f t)
    = sum (neurons_in f) (fun k => relu (dot d (weight_in f k) x + bias_in f k) * dot T e (output_in f k))
      + sum T (fun r => e r * dot d (linear_in f r) x)
      + dot T e (constant_in f)).
  { rewrite <- (dot_sum_r T (neurons_in f) e (fun k => relu (dot d (weight_in f k) x + bias_in f k)) (output_in f)).
    change (sum T (fun r => e r * dot d (linear_in f r) x)) with (dot T e (fun r => dot d (linear_in f r) x)).
    rewrite <- !dot_plus_r. apply dot_ext; intros r _; [reflexivity |]. f_equal. f_equal.
    apply sum_ext. intros k _. ring. }
  rewrite neurons, slopes, seen. field. lra.
Qed.

Lemma projected_interpolates : interpolates_in D projected.
Proof.
  intros i bound t below. fold d. rewrite projected_value. destruct best as [through _].
  fold T in below. pose proof (through i bound t below) as here. fold d in here. rewrite here.
  rewrite (dot_ext T e (value_in d f (point_in D i)) e (label_in D i));
    [| intros s _; reflexivity | exact (through i bound)].
  rewrite (affine i bound). field. lra.
Qed.

Lemma projected_square k : dot T (output_in projected k) (output_in projected k)
  = dot T (output_in f k) (output_in f k) - dot T e (output_in f k) * dot T e (output_in f k) / dot T e e.
Proof.
  cbn [output_in projected]. set (v := output_in f k).
  rewrite (dot_ext T _ _ (fun t => v t - scale (along v) e t) (fun t => v t - scale (along v) e t))
    by (intros t _; reflexivity).
  rewrite !dot_minus_r, !dot_minus_l, !dot_scale_l, !dot_scale_r, (dot_sym T v e). unfold along. field. lra.
Qed.

Lemma projected_shorter k : norm T (output_in projected k) <= norm T (output_in f k).
Proof.
  unfold norm. apply sqrt_le_1_alt. rewrite projected_square.
  assert (0 <= dot T e (output_in f k) * dot T e (output_in f k) / dot T e e)
    by (apply Rmult_le_pos; [apply Rle_0_sqr | left; apply Rinv_0_lt_compat; assumption]). lra.
Qed.

Lemma orthogonal k : (k < neurons_in f)%nat -> 0 < norm d (weight_in f k) -> dot T e (output_in f k) = 0.
Proof.
  intros bound positive. destruct best as [_ cheap]. pose proof (cheap projected projected_interpolates) as at_most.
  fold T d in at_most.
  assert (terms : norm T (output_in f k) * norm d (weight_in f k)
    - norm T (output_in projected k) * norm d (weight_in f k) = 0).
  { apply (sum_zero_terms (neurons_in f) (fun k => norm T (output_in f k) * norm d (weight_in f k)
      - norm T (output_in projected k) * norm d (weight_in f k))); [| | assumption].
    - intros l _. pose proof (projected_shorter l). pose proof (norm_nonneg d (weight_in f l)).
      assert (norm T (output_in projected l) * norm d (weight_in f l) <= norm T (output_in f l)
        * norm d (weight_in f l))
        by (apply Rmult_le_compat_r; assumption). lra.
    - rewrite sum_minus. unfold cost_in in at_most. cbn [neurons_in weight_in projected] in at_most. lra. }
  assert (same : norm T (output_in projected k) = norm T (output_in f k))
    by (apply Rmult_eq_reg_r with (norm d (weight_in f k)); lra).
  pose proof (norm_square T (output_in projected k)) as square. rewrite same, norm_square, projected_square in square.
  assert (product : dot T e (output_in f k) * dot T e (output_in f k) = 0).
  { apply Rmult_eq_reg_r with (/ dot T e e); [| apply Rinv_neq_0_compat; lra].
    unfold Rdiv in square. lra. }
  apply Rmult_integral in product. tauto.
Qed.

End Combination.

Lemma orthogonal_to_affine k e : (k < neurons_in f)%nat -> 0 < norm d (weight_in f k) -> affine_combination D e ->
  dot T e (output_in f k) = 0.
Proof.
  intros bound positive (a & c & affine). destruct (Rle_lt_or_eq_dec 0 (dot T e e) (dot_self_nonneg T e))
    as [some | none].
  - apply (orthogonal e some a c affine); assumption.
  - apply dot_zero_l, dot_self_zero. lra.
Qed.

Lemma cauchy_schwarz u v : Rabs (dot T u v) <= norm T u * norm T v.
Proof.
  assert (one_side : forall w, dot T w v <= norm T w * norm T v).
  { intros w. destruct (Req_dec (norm T w) 0) as [none | some].
    - rewrite dot_zero_l by (apply norm_zero; assumption). rewrite none. lra.
    - pose proof (norm_nonneg T w). pose proof (dot_le_norm T (unit T w) v (unit_short T w)) as bound.
      unfold unit in bound. rewrite dot_scale_l in bound. apply Rmult_le_reg_l with (/ norm T w);
        [apply Rinv_0_lt_compat; lra |]. rewrite <- Rmult_assoc, Rinv_l by assumption. lra. }
  apply Rabs_le. split; [| apply one_side].
  pose proof (one_side (scale (-1) u)) as other. rewrite dot_scale_l, norm_scale, Rabs_left in other by lra. lra.
Qed.

Lemma entry s v : (s < T)%nat -> dot T (one_at s) v = v s.
Proof.
  intros below. unfold dot. rewrite (sum_single T _ s below).
  - unfold one_at. rewrite Nat.eqb_refl. ring.
  - intros t _ other. unfold one_at. destruct (Nat.eqb_spec t s); [contradiction | ring].
Qed.

Lemma entry_at_most k s p : (k < neurons_in f)%nat -> 0 < norm d (weight_in f k) -> (s < T)%nat ->
  affine_combination D (fun t => one_at s t - p t) ->
  Rabs (output_in f k s) <= norm T p * norm T (output_in f k).
Proof.
  intros bound positive below affine. pose proof (orthogonal_to_affine k _ bound positive affine) as none.
  rewrite dot_minus_l, entry in none by assumption. replace (output_in f k s) with (dot T p (output_in f k)) by lra.
  apply cauchy_schwarz.
Qed.

End Leverage.

Lemma leverage_bound : leverage_statement.
Proof.
  intros D f k best bound positive. split.
  - intros e affine. apply (orthogonal_to_affine D f best k e bound positive affine).
  - intros s p below affine. apply (entry_at_most D f best k s p bound positive below affine).
Qed.

(** ** Two optima *)

(** The dual certificate: one vector for every data point. *)
Definition certificate_vector (i : nat) : vector :=
  match i with
  | 0 => pair_of 0 (-2) | 1 => pair_of 1 1 | 2 => pair_of (-1) 1 | 3 => pair_of (-1) 0 | _ => pair_of 1 0
  end%nat.

(** Between t - |b| and t + |b|: the function psi t = (t + b)_+ - (t - b)_+ moves no faster than t. *)
Definition psi (b t : R) : R := relu (t + b) - relu (t - b).

Lemma psi_steps b t a : Rabs (psi b (t + a) - psi b t) <= Rabs a.
Proof.
  unfold psi. unfold Rabs at 2. destruct (Rcase_abs a); apply Rabs_le; relu_cases; lra.
Qed.

Lemma tent_at_most b t : 0 <= relu (t - b) + relu (t + b) - 2 * relu t <= Rabs b.
Proof. unfold Rabs. destruct (Rcase_abs b); relu_cases; lra. Qed.

(** For every direction and every bias the certificate sees no more of a neuron than the length of its direction. *)
Lemma certificate_short (w : vector) (b : R) :
  norm 2 (fun t => sum 5 (fun i => certificate_vector i t * relu (dot 2 w (point_in five_points i) + b))) <= norm 2 w.
Proof.
  unfold norm. apply sqrt_le_1_alt. unfold dot, five_points, certificate_vector, pair_of. simpl.
  set (p := w 0%nat). set (q := w 1%nat).
  replace (0 + p * 0 + q * 0 + b) with b by ring. replace (0 + p * 0 + q * -1 + b) with (b - q) by ring.
  replace (0 + p * 0 + q * 1 + b) with (b + q) by ring. replace (0 + p * 1 + q * -1 + b) with (b + p - q) by ring.
  replace (0 + p * 1 + q * 1 + b) with (b + p + q) by ring.
  pose proof (psi_steps q b p) as first. unfold psi in first.
  pose proof (tent_at_most q b) as second.
  set (u := relu (b + p + q) - relu (b + p - q) - (relu (b + q) - relu (b - q))) in *.
  set (s := relu (b - q) + relu (b + q) - 2 * relu b) in *.
  assert (square_u : u * u <= p * p).
  { pose proof (Rsqr_le_abs_1 u p first) as squares. unfold Rsqr in squares. assumption. }
  assert (square_s : s * s <= q * q).
  { assert (small : Rabs s <= Rabs q) by (rewrite (Rabs_right s) by lra; lra).
    pose proof (Rsqr_le_abs_1 s q small) as squares. unfold Rsqr in squares. assumption. }
  match goal with |- 0 + ?x * ?x + ?y * ?y <= _ => replace x with u by (unfold u; ring);
    replace y with s by (unfold s; ring) end.
  lra.
Qed.

(** The certificate on the labels of an interpolating network is at most its cost. *)
Lemma plane_lower_bound f : interpolates_in five_points f -> 3 <= cost_in 2 2 f.
Proof.
  intros through.
  assert (on_labels : sum 5 (fun i => dot 2 (certificate_vector i) (label_in five_points i)) = 3).
  { unfold dot, certificate_vector, five_points, pair_of. simpl. ring. }
  rewrite <- on_labels.
  rewrite (sum_ext 5 _ (fun i => dot 2 (certificate_vector i) (value_in 2 f (point_in five_points i)))).
  2: { intros i bound. apply dot_ext; [intros t _; reflexivity |]. intros t below. symmetry.
  apply (through i bound t below). }
  assert (split_up : sum 5 (fun i => dot 2 (certificate_vector i) (value_in 2 f (point_in five_points i)))
    = sum (neurons_in f) (fun k => dot 2 (fun t => sum 5 (fun i => certificate_vector i t
        * relu (dot 2 (weight_in f k) (point_in five_points i) + bias_in f k))) (output_in f k))).
  { set (z := fun k i => relu (dot 2 (weight_in f k) (point_in five_points i) + bias_in f k)).
    assert (entries : forall t, (t < 2)%nat ->
      sum 5 (fun i => certificate_vector i t * value_in 2 f (point_in five_points i) t)
      = sum (neurons_in f) (fun k => sum 5 (fun i => certificate_vector i t * z k i) * output_in f k t)).
    { intros t below.
      assert (affine_part : sum 5 (fun i => certificate_vector i t * (dot 2 (linear_in f t) (point_in five_points i)
        + constant_in f t)) = 0).
      { unfold dot, certificate_vector, five_points, pair_of. destruct t as [| [| t]]; [simpl; ring | simpl;
          ring | lia]. }
      transitivity (sum 5 (fun i => sum (neurons_in f) (fun k => certificate_vector i t * (output_in f k t * z k i)))
        + sum 5 (fun i => certificate_vector i t * (dot 2 (linear_in f t) (point_in five_points i) + constant_in f t))).
      - rewrite <- sum_add. apply sum_ext. intros i _. rewrite sum_factor. unfold value_in. fold (z 0%nat).
        rewrite (sum_ext (neurons_in f) (fun k => output_in f k t * relu (dot 2 (weight_in f k)
          (point_in five_points i) + bias_in f k))
          (fun k => output_in f k t * z k i)) by (intros; reflexivity). ring.
      - rewrite affine_part, Rplus_0_r, sum_swap. apply sum_ext. intros k _.
        rewrite Rmult_comm, <- sum_factor. apply sum_ext. intros i _. ring. }
    unfold dot at 1. rewrite sum_swap. rewrite (sum_ext 2 _ _ entries).
    unfold dot at 1. rewrite sum_swap. apply sum_ext. intros k _. reflexivity. }
  rewrite split_up. apply sum_le. intros k _.
  eapply Rle_trans; [apply Rle_abs |].
  eapply Rle_trans; [apply (cauchy_schwarz five_points) |]. simpl tasks_in. rewrite Rmult_comm.
  apply Rmult_le_compat_l; [apply norm_nonneg | apply certificate_short].
Qed.

Lemma pair_norm p q n : 0 <= n -> p * p + q * q = n * n -> norm 2 (pair_of p q) = n.
Proof.
  intros nonneg square. unfold norm, dot, pair_of. simpl. rewrite Rplus_0_l, square. apply sqrt_square. assumption.
Qed.

(** |c v| |w| = c |v|^2 for w = v, without the root. *)
Lemma aligned_product p q p' q' c : 0 <= c -> p' = c * p -> q' = c * q ->
  norm 2 (pair_of p' q') * norm 2 (pair_of p q) = c * (p * p + q * q).
Proof.
  intros nonneg -> ->. rewrite (norm_ext 2 (pair_of (c * p) (c * q)) (scale c (pair_of p q))).
  - rewrite norm_scale, Rabs_right, Rmult_assoc, norm_square by lra. unfold dot, pair_of. simpl. ring.
  - intros t below. unfold scale, pair_of. destruct t as [| [| t]]; [ring | ring | lia].
Qed.

Lemma two_optima_in_the_plane : two_optima_statement.
Proof.
  assert (cost3 : cost_in 2 2 three_neurons = 3).
  { unfold cost_in, three_neurons. cbn [sum neurons_in output_in weight_in].
    rewrite (aligned_product 1 1 (1 / 2) (1 / 2) (1 / 2)), (aligned_product (-1) 1 (- 1 / 2) (1 / 2) (1 / 2)),
      (aligned_product 0 1 0 1 1); lra. }
  assert (cost5 : cost_in 2 2 five_neurons = 3).
  { unfold cost_in, five_neurons. cbn [sum neurons_in output_in weight_in].
    rewrite (aligned_product 1 2 (1 / 8) (2 / 8) (1 / 8)), (aligned_product (-1) 2 (- 1 / 8) (2 / 8) (1 / 8)),
      (aligned_product 1 1 (3 / 8) (3 / 8) (3 / 8)), (aligned_product (-1) 1 (- 3 / 8) (3 / 8) (3 / 8)),
      (aligned_product 0 1 0 (1 / 4) (1 / 4)); lra. }
  assert (through3 : interpolates_in five_points three_neurons).
  { intros i bound t below. simpl in bound, below. unfold value_in, dot, three_neurons, five_points, pair_of.
    destruct t as [| [| t]]; [| | lia]; destruct i as [| [| [| [| [| i]]]]]; try lia; simpl; relu_cases; lra. }
  assert (through5 : interpolates_in five_points five_neurons).
  { intros i bound t below. simpl in bound, below. unfold value_in, dot, five_neurons, five_points, pair_of.
    destruct t as [| [| t]]; [| | lia]; destruct i as [| [| [| [| [| i]]]]]; try lia; simpl; relu_cases; lra. }
  split; [split; [assumption |] | split; [split; [assumption |] | split; [assumption | split; [assumption | split]]]].
  - intros g through. simpl inputs. simpl tasks_in. rewrite cost3. apply plane_lower_bound. assumption.
  - intros g through. simpl inputs. simpl tasks_in. rewrite cost5. apply plane_lower_bound. assumption.
  - intros t below. unfold value_in, dot, three_neurons, pair_of.
    destruct t as [| [| t]]; [| | lia]; simpl; relu_cases; lra.
  - intros t below. unfold value_in, dot, five_neurons, pair_of.
    destruct t as [| [| t]]; [| | lia]; simpl; relu_cases; lra.
Qed.
