(** The price of a neuron. Every admissible choice of unit vectors at the zero kinks gives each neuron a price, its cost
    minus what the choice sees of it; prices are not negative and add up to the excess; inside a gap only the hats of
    its two ends count. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Certificate Sparsest.
Open Scope R_scope.

Section Price.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** ** Sums over the hats inside a gap *)

(** [c j] if j is an interior point, else 0. *)
Definition at_interior (c : nat -> R) (j : nat) : R := if andb (1 <=? j)%nat (S j <? size D)%nat then c j else 0.

Lemma at_interior_inside c j : interior D j -> at_interior c j = c j.
Proof.
  intros [first last]. unfold at_interior. destruct (Nat.leb_spec 1 j); [| lia].
  destruct (Nat.ltb_spec (S j) (size D)); [reflexivity | lia].
Qed.

Lemma at_interior_outside c j : ~ interior D j -> at_interior c j = 0.
Proof.
  intros outside. unfold at_interior. destruct (Nat.leb_spec 1 j); [| reflexivity].
  destruct (Nat.ltb_spec (S j) (size D)); [| reflexivity]. exfalso. apply outside. split; assumption.
Qed.

Lemma sum_at_interior (c : nat -> R) j : sum (size D - 2) (fun k => if (S k =? j)%nat then c (S k) else 0)
  = at_interior c j.
Proof.
  destruct (Sparsest.interior_or_not D j) as [inside | outside].
  - rewrite at_interior_inside by assumption. destruct inside. rewrite (sum_single _ _ (pred j)).
    + replace (S (pred j)) with j by lia. rewrite Nat.eqb_refl. reflexivity.
    + lia.
    + intros k _ other. destruct (Nat.eqb_spec (S k) j); [lia | reflexivity].
  - rewrite at_interior_outside by assumption. apply sum_zero. intros k below.
    destruct (Nat.eqb_spec (S k) j) as [<- |]; [| reflexivity]. exfalso. apply outside. split; lia.
Qed.

(** Inside the gap i only the hats of its two ends count, with the weights r and 1 - r. *)
Lemma hats_weigh_ends (c : nat -> R) i t : (S i < size D)%nat -> point D i < t < point D (S i) ->
  sum (size D - 2) (fun k => hat D (S k) t * c (S k))
  = rise D i t * at_interior c i + (1 - rise D i t) * at_interior c (S i).
Proof.
  intros bound [low high]. rewrite <- !sum_at_interior, <- !sum_factor, <- sum_add. apply sum_ext. intros k below.
  assert (inside_k : interior D (S k)) by (split; lia).
  destruct (rise_cases D D_valid i t bound) as [[] | [(_ & share & _) | []]]; [lra | | lra].
  destruct (Nat.eqb_spec (S k) i) as [<- | not_left].
  - destruct (Nat.eqb_spec (S k) (S (S k))); [lia |].
    rewrite (hat_falling D D_valid (S k) t inside_k) by (split; assumption). rewrite share. ring.
  - destruct (Nat.eqb_spec (S k) (S i)) as [same | not_right].
    + injection same as ->. rewrite (hat_rising D D_valid i t inside_k) by (split; assumption).
      rewrite share. field. lra.
    + destruct (hat_nonneg D D_valid (S k) t inside_k) as [seen | unseen]; [| rewrite <- unseen; ring].
      apply hat_positive in seen; [| assumption ..]. simpl pred in seen. exfalso.
      assert (point D k < point D (S i)) as one by lra. assert (point D i < point D (S (S k))) as two by lra.
      apply points_numbered in one; [| assumption | lia]. apply points_numbered in two; [| assumption | lia]. lia.
Qed.

(** ** The price of a neuron under an admissible choice *)

Definition admissible (u : nat -> vector) : Prop :=
  forall j, interior D j -> dot T (u j) (u j) <= 1 /\ dot T (u j) (kink D j) = norm T (kink D j).

Definition price (u : nat -> vector) (t : R) (m : vector) : R :=
  norm T m - sum (size D - 2) (fun i => hat D (S i) t * dot T (u (S i)) m).

Section Prices.
Variable u : nat -> vector.
Hypothesis fair : admissible u.

Lemma admissible_feasible : dual_feasible D u.
Proof. intros j inside. apply norm_short, fair. assumption. Qed.

Lemma price_nonneg t m : 0 <= price u t m.
Proof. unfold price. pose proof (seen_at_most D D_valid u admissible_feasible m t) as at_most.
  fold T in at_most. lra. Qed.

Lemma prices_are_excess f : interpolates D f ->
  path_cost T f - total_kink D = sum (width f) (fun k => price u (knot f k) (neuron_kink f k)).
Proof.
  intros through. unfold price. rewrite sum_minus, <- path_cost_as_kinks. f_equal. f_equal.
  pose proof (dual_value_of_neurons D D_valid u f through) as value_seen. fold T in value_seen. rewrite <- value_seen.
  unfold dual_value, total_kink. symmetry. apply sum_ext. intros i below. apply fair. split; lia.
Qed.

(** The price is at least what falls outside the hats. *)
Lemma price_outside_hats t m : (1 - hats D t) * norm T m <= price u t m.
Proof.
  unfold price, hats. rewrite Rmult_minus_distr_r, Rmult_1_l, Rmult_comm, <- sum_factor.
  assert (sum (size D - 2) (fun i => hat D (S i) t * dot T (u (S i)) m)
    <= sum (size D - 2) (fun i => norm T m * hat D (S i) t)); [| lra].
  apply sum_le. intros i below. assert (inside : interior D (S i)) by (split; lia).
  rewrite (Rmult_comm (norm T m)). apply Rmult_le_compat_l; [apply hat_nonneg; assumption |].
  apply dot_le_norm, fair. assumption.
Qed.

Lemma price_in_gap i t m : (S i < size D)%nat -> point D i < t < point D (S i) ->
  price u t m = norm T m - (rise D i t * at_interior (fun j => dot T (u j) m) i
    + (1 - rise D i t) * at_interior (fun j => dot T (u j) m) (S i)).
Proof. intros bound between. unfold price. rewrite (hats_weigh_ends (fun j => dot T (u j) m) i t bound between).
reflexivity. Qed.

End Prices.

End Price.
