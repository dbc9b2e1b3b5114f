(** Two neighbouring aligned kinks d and c d can be moved towards each other without any change at the data points: the
    knot of the first by c times as much as the knot of the second, until they meet at the point
    (x_j + c x_(j+1)) / (1 + c). Every position on the way is an optimum of N-2 neurons, and no two are the same. *)

From Coq Require Import Reals Lra Lia Arith.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum.
Open Scope R_scope.

(** ** The dent: what moving the two knots adds, as a multiple of d. It is zero outside (p, q), negative inside. *)

Definition dent (p q c s x : R) : R :=
  relu (x - (p + s * c)) - relu (x - p) + c * (relu (x - (q - s)) - relu (x - q)).

Section Dent.
Variables p q c s : R.
Hypothesis c_positive : 0 < c.
Hypothesis s_positive : 0 < s.
Hypothesis not_past : p + s * c <= q - s.

Let step_positive : 0 < s * c.
Proof. apply Rmult_lt_0_compat; assumption. Qed.

Lemma dent_outside x : x <= p \/ q <= x -> dent p q c s x = 0.
Proof.
  intros [before | after]; unfold dent.
  - rewrite !relu_left by lra. ring.
  - rewrite !relu_right by lra. ring.
Qed.

Lemma dent_inside x : p < x < q -> dent p q c s x < 0.
Proof.
  intros [low high]. unfold dent. rewrite (relu_left (x - q)), (relu_right (x - p)) by lra.
  destruct (Rle_or_lt x (q - s)) as [first | last].
  - rewrite (relu_left (x - (q - s))) by lra.
    destruct (Rle_or_lt x (p + s * c)); [rewrite relu_left by lra | rewrite relu_right by lra]; lra.
  - rewrite !relu_right by lra. assert (0 < c * (q - x)) by (apply Rmult_lt_0_compat; lra). lra.
Qed.

(** Between the two knots the dent is flat, and its depth tells how far they moved. *)
Lemma dent_between x : p + s * c <= x <= q - s -> dent p q c s x = - (s * c).
Proof.
  intros [low high]. unfold dent.
  rewrite (relu_right (x - (p + s * c))), (relu_right (x - p)) by lra.
  rewrite (relu_left (x - (q - s))), (relu_left (x - q)) by lra. ring.
Qed.

End Dent.

Section Family.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.
Variable j : nat.
Hypothesis gap : aligned_gap D j.

(** The kinks are d and c d. *)
Variable c : R.
Hypothesis c_positive : 0 < c.
Hypothesis multiple : equal T (kink D (S j)) (scale c (kink D j)).

Let p := point D j.
Let q := point D (S j).

Let order : p < q.
Proof. destruct gap as (_ & [_ last] & _). apply points_increase; assumption || lia. Qed.

(** Where the two knots meet. *)
Definition meeting : R := (p + c * q) / (1 + c).

(** At r = 0 nothing has moved, at r = 1 the two knots have met. *)
Definition travel (r : R) : R := r * ((q - p) / (1 + c)).

Lemma travel_positive r : 0 < r -> 0 < travel r.
Proof. intros positive. unfold travel. apply Rmult_lt_0_compat; [assumption |]. apply Rdiv_lt_0_compat; lra. Qed.

Lemma travel_up_to_meeting r : r <= 1 -> p + travel r * c <= meeting <= q - travel r.
Proof.
  intros short. assert (unit_step : 0 < (q - p) / (1 + c)) by (apply Rdiv_lt_0_compat; lra).
  assert (at_most : travel r <= (q - p) / (1 + c)).
  { unfold travel. rewrite <- (Rmult_1_l ((q - p) / (1 + c))) at 2. apply Rmult_le_compat_r; lra. }
  assert (scaled : travel r * c <= (q - p) / (1 + c) * c) by (apply Rmult_le_compat_r; lra).
  replace meeting with (p + (q - p) / (1 + c) * c) at 1 by (unfold meeting; field; lra).
  replace meeting with (q - (q - p) / (1 + c)) by (unfold meeting; field; lra). lra.
Qed.

(** Connect-the-dots with the knots of the interior points j and j+1, its neurons j-1 and j, moved. *)
Definition moved_knot (r : R) (k : nat) : R :=
  if (k =? pred j)%nat then p + travel r * c else if (k =? j)%nat then q - travel r else point D (S k).

Definition moved (r : R) : network := {|
  width := size D - 2;
  input_weight := fun _ => 1;
  bias := fun k => - moved_knot r k;
  output_weight := fun k => kink D (S k);
  linear := slope D 0;
  constant := fun t => label D 0%nat t - slope D 0 t * point D 0%nat
|}.

Lemma moved_value r x t : (t < T)%nat ->
  value (moved r) x t = value (connect_the_dots D) x t + dent p q c (travel r) x * kink D j t.
Proof.
  intros below. destruct gap as ([first _] & [_ last] & _).
  set (ramp := fun knot k => kink D (S k) t * relu (1 * x + - knot k)).
  assert (two : sum (size D - 2) (ramp (moved_knot r)) - sum (size D - 2) (ramp (fun k => point D (S k)))
    = (ramp (moved_knot r) (pred j) - ramp (fun k => point D (S k)) (pred j))
      + (ramp (moved_knot r) j - ramp (fun k => point D (S k)) j)).
  { apply sum_two_terms; [lia .. |]. intros k _ not_first not_second. unfold ramp, moved_knot.
    destruct (Nat.eqb_spec k (pred j)); [contradiction |].
    destruct (Nat.eqb_spec k j); [contradiction | reflexivity]. }
  unfold ramp at 3 4 5 6, moved_knot at 2 3 in two. rewrite !Nat.eqb_refl in two.
  destruct (Nat.eqb_spec j (pred j)); [lia |]. replace (S (pred j)) with j in two by lia. fold p q in two.
  rewrite (multiple t below) in two. unfold scale in two.
  replace (1 * x + - (p + travel r * c)) with (x - (p + travel r * c)) in two by ring.
  replace (1 * x + - p) with (x - p) in two by ring.
  replace (1 * x + - (q - travel r)) with (x - (q - travel r)) in two by ring.
  replace (1 * x + - q) with (x - q) in two by ring.
  unfold value, dent, connect_the_dots, moved. cbn [width input_weight bias output_weight linear constant].
  fold (ramp (moved_knot r)). fold (ramp (fun k => point D (S k))). lra.
Qed.

Lemma moved_interpolates r : 0 < r <= 1 -> interpolates D (moved r).
Proof.
  intros [positive short] i bound t below. destruct gap as ([first _] & [_ last] & _).
  rewrite moved_value, (connect_the_dots_interpolates D D_valid i bound t below) by assumption.
  pose proof (travel_positive r positive). pose proof (travel_up_to_meeting r short).
  rewrite dent_outside; [ring | lra .. |].
  destruct (Nat.le_gt_cases i j) as [before | after].
  - left. apply points_ordered; assumption || lia.
  - right. apply points_ordered; assumption || lia.
Qed.

Lemma moved_cost r : path_cost T (moved r) = path_cost T (connect_the_dots D).
Proof. reflexivity. Qed.

Lemma moved_optimal r : 0 < r <= 1 -> optimal path_cost D (moved r).
Proof.
  intros range. apply optimal_iff_cost; [assumption |].
  split; [apply moved_interpolates; assumption |]. fold T. rewrite moved_cost. apply connect_the_dots_cost.
Qed.

(** The task in which d is not zero tells the functions apart. *)
Lemma visible_task : exists t, (t < T)%nat /\ kink D j t <> 0.
Proof. destruct gap as (_ & _ & nonzero & _). apply nonzero_has_entry. assumption. Qed.

Lemma moved_differs r x : 0 < r <= 1 -> strictly_inside D j x -> differ_at D (moved r) (connect_the_dots D) x.
Proof.
  intros [positive short] between. destruct visible_task as (t & below & visible). exists t. split; [assumption |].
  rewrite moved_value by assumption.
  pose proof (travel_positive r positive). pose proof (travel_up_to_meeting r short).
  assert (deep : dent p q c (travel r) x < 0) by (apply dent_inside; (assumption || lra)).
  intros same. assert (product : dent p q c (travel r) x * kink D j t = 0) by lra.
  apply Rmult_integral in product. destruct product; [lra | contradiction].
Qed.

Lemma moved_pairwise r r' : 0 < r <= 1 -> 0 < r' <= 1 -> r <> r' -> differ_at D (moved r) (moved r') meeting.
Proof.
  intros [positive short] [positive' short'] other. destruct visible_task as (t & below & visible).
  exists t. split; [assumption |]. rewrite !moved_value by assumption.
  rewrite !dent_between by (auto using travel_positive, travel_up_to_meeting).
  intros same. assert (product : (travel r - travel r') * (c * kink D j t) = 0) by lra.
  assert (unit_step : 0 < (q - p) / (1 + c)) by (apply Rdiv_lt_0_compat; lra).
  apply Rmult_integral in product. destruct product as [equal_travel | vanish].
  - apply other. unfold travel in equal_travel.
    apply Rmult_eq_reg_r with ((q - p) / (1 + c)); lra.
  - apply Rmult_integral in vanish. destruct vanish; [lra | contradiction].
Qed.

End Family.
