(** How rare non-uniqueness is. The labels of a spline with chosen kinks at the data points have these kinks; kinks
    depend continuously on labels; and kinks can be chosen one after another so that no two neighbours are dependent. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima StatementsChanges Sums Ramps ConnectTheDots Optimum Agreement
  Sparsest Descent.
Import ListNotations.
Open Scope R_scope.

(** ** Aligned kinks, and the minors that vanish *)

Lemma some_gap_or_none D : (exists j, aligned_gap D j) \/ forall j, ~ aligned_gap D j.
Proof.
  assert (search : forall n, (exists j, aligned_gap D j) \/ forall j, (j < n)%nat -> ~ aligned_gap D j).
  { induction n as [| n [found | none]]; [right; intros; lia | auto |].
    destruct (aligned_gap_or_not D n) as [gap | not_aligned]; [left; exists n; assumption | right].
    intros j below. destruct (Nat.eq_dec j n) as [-> |]; [assumption | apply none; lia]. }
  destruct (search (size D)) as [found | none]; [auto | right].
  intros j gap. apply (none j); [destruct gap as ([_ last] & _); lia | assumption].
Qed.

Lemma aligned_minor T u v s t : aligned T u v -> (s < T)%nat -> (t < T)%nat -> u s * v t = u t * v s.
Proof.
  intros (_ & c & _ & multiple) below_s below_t. rewrite (multiple s below_s), (multiple t below_t).
  unfold scale. ring.
Qed.

Lemma minors_for_cost cost adjust : same_optima cost adjust -> minors_statement cost.
Proof.
  intros same D D_valid not_unique. destruct (some_gap_or_none D) as [(j & gap) | none].
  - exists j. pose proof gap as (inside & inside_next & both). split; [assumption | split; [assumption |]].
    intros s t below_s below_t. apply (aligned_minor (tasks D)); assumption.
  - exfalso. apply not_unique, (unique_iff_for_cost cost adjust same D D_valid). assumption.
Qed.

(** ** Labels with chosen kinks *)

Section Chosen.
Variable D : dataset.
Hypothesis D_valid : valid D.
Variable T : nat.
Variable e : nat -> vector.

Let turned : spline := Spline (slope D 0) (label D 0) e [].

Definition with_kinks : dataset := Dataset T (size D) (point D) (fun i => spline_value D turned (point D i)).

Lemma with_kinks_valid : valid with_kinks.
Proof. exact D_valid. Qed.

Lemma with_kinks_kink j : interior D j -> equal T (kink with_kinks j) (e j).
Proof.
  intros inside. destruct (nothing_further with_kinks with_kinks_valid turned) as [_ kinks].
  - intros i bound t below. reflexivity.
  - reflexivity.
  - intros t below. symmetry. apply (kinks j inside). assumption.
Qed.

(** Kinks near those of the data come from labels near those of the data. *)
Lemma with_kinks_near eta i t : (forall j t, Rabs (e j t - kink D j t) <= eta) -> (i < size D)%nat ->
  (t < tasks D)%nat ->
  Rabs (label with_kinks i t - label D i t) <= INR (size D) * eta * (point D (size D - 1) - point D 0).
Proof.
  intros close bound below. pose proof D_valid as [many _]. simpl label. unfold spline_value, turned.
  cbn [start_slope start_value kink_at further ramps].
  rewrite <- (connect_the_dots_interpolates D D_valid i bound t below), connect_the_dots_value.
  set (w := point D (size D - 1) - point D 0).
  assert (eta_nonneg : 0 <= eta) by (eapply Rle_trans; [apply Rabs_pos | apply (close 0%nat 0%nat)]).
  assert (w_nonneg : 0 <= w) by (unfold w; assert (point D 0 <= point D (size D - 1)) by
    (apply points_ordered; assumption || lia); lra).
  assert (terms : forall n, (n <= size D - 2)%nat -> Rabs (sum n (fun k => e (S k) t * relu (point D i - point D (S k)))
    - sum n (fun k => relu (point D i - point D (S k)) * kink D (S k) t)) <= INR n * eta * w).
  { induction n as [| n IH]; intros inside; [simpl; rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; lra |].
    rewrite S_INR. simpl.
    match goal with |- Rabs (?a + ?b - (?c + ?d)) <= _ => replace (a + b - (c + d)) with ((a - c) + (b - d))
      by ring end.
    eapply Rle_trans; [apply Rabs_triang |].
    assert (last : Rabs (e (S n) t * relu (point D i - point D (S n)) - relu (point D i - point D (S n))
      * kink D (S n) t)
      <= eta * w).
    { replace (e (S n) t * relu (point D i - point D (S n)) - relu (point D i - point D (S n)) * kink D (S n) t)
        with ((e (S n) t - kink D (S n) t) * relu (point D i - point D (S n))) by ring.
      rewrite Rabs_mult. apply Rmult_le_compat; [apply Rabs_pos | apply Rabs_pos | apply close |].
      assert (point D 0 <= point D (S n)) by (apply points_ordered; assumption || lia).
      assert (point D i <= point D (size D - 1)) by (apply points_ordered; assumption || lia).
      rewrite Rabs_right by (apply Rle_ge; apply Rmax_l). unfold relu, w in *. apply Rmax_lub; lra. }
    specialize (IH ltac:(lia)). lra. }
  specialize (terms (size D - 2)%nat (le_n _)).
  match goal with |- Rabs (?a + ?b + ?c + 0 - (?d + ?a + ?b)) <= _ =>
    replace (a + b + c + 0 - (d + a + b)) with (c - d) by ring end.
  eapply Rle_trans; [exact terms |]. rewrite !Rmult_assoc. apply Rmult_le_compat_r; [apply Rmult_le_pos; assumption |].
  apply le_INR. lia.
Qed.

End Chosen.

(** ** Kinks depend continuously on labels *)

Definition sensitivity (D : dataset) (j : nat) : R :=
  2 * / (point D (S j) - point D j) + 2 * / (point D j - point D (pred j)).

Lemma kink_near D F delta j t : valid D -> near D delta F -> 0 < delta -> interior D j -> (t < tasks D)%nat ->
  Rabs (kink F j t - kink D j t) <= sensitivity D j * delta.
Proof.
  intros D_valid (_ & _ & same_points & close) positive [first last] below.
  assert (before : point D (pred j) < point D j) by (apply points_increase; assumption || lia).
  assert (after : point D j < point D (S j)) by (apply points_increase; assumption || lia).
  unfold kink, slope, sensitivity. replace (S (pred j)) with j by lia. rewrite !same_points.
  pose proof (close (pred j) t ltac:(lia) below) as one. pose proof (close j t ltac:(lia) below) as two.
  pose proof (close (S j) t ltac:(lia) below) as three.
  apply Rabs_def2 in one. apply Rabs_def2 in two. apply Rabs_def2 in three.
  pose proof (Rinv_0_lt_compat (point D (S j) - point D j) ltac:(lra)) as r.
  pose proof (Rinv_0_lt_compat (point D j - point D (pred j)) ltac:(lra)) as l.
  set (u := / (point D (S j) - point D j)) in *. set (v := / (point D j - point D (pred j))) in *.
  unfold Rdiv. fold u v.
  set (d1 := label F (pred j) t - label D (pred j) t) in *. set (d2 := label F j t - label D j t) in *.
  set (d3 := label F (S j) t - label D (S j) t) in *.
  replace ((label F (S j) t - label F j t) * u - (label F j t - label F (pred j) t) * v
    - ((label D (S j) t - label D j t) * u - (label D j t - label D (pred j) t) * v))
    with (u * (d3 - d2) - v * (d2 - d1)) by (unfold d1, d2, d3; ring).
  assert (u * (d3 - d2) <= u * (2 * delta)) by (apply Rmult_le_compat_l; lra).
  assert (u * (-2 * delta) <= u * (d3 - d2)) by (apply Rmult_le_compat_l; lra).
  assert (v * (d2 - d1) <= v * (2 * delta)) by (apply Rmult_le_compat_l; lra).
  assert (v * (-2 * delta) <= v * (d2 - d1)) by (apply Rmult_le_compat_l; lra).
  apply Rabs_le. lra.
Qed.

(** One bound for all interior points. *)
Lemma sensitivity_bound D : valid D -> exists C, 0 < C /\ forall j, interior D j -> sensitivity D j <= C.
Proof.
  intros D_valid.
  assert (search : forall n, exists C, 0 < C /\ forall j, (j < n)%nat -> sensitivity D j <= C).
  { induction n as [| n (C & positive & all)]; [exists 1; split; [lra | intros; lia] |].
    exists (Rmax C (sensitivity D n)). split; [apply Rlt_le_trans with C; [assumption | apply Rmax_l] |].
    intros j below. destruct (Nat.eq_dec j n) as [-> |]; [apply Rmax_r |].
    eapply Rle_trans; [apply all; lia | apply Rmax_l]. }
  destruct (search (size D)) as (C & positive & all). exists C. split; [assumption |].
  intros j [_ last]. apply all. lia.
Qed.

(** ** One task *)

Section OneTask.
Variable cost : nat -> network -> R.
Variable adjust : nat -> network -> network.
Hypothesis same : same_optima cost adjust.

(** Kinks 1 or -1 that keep their signs in a ball. *)
Lemma signs_in_ball D (e : nat -> vector) : valid D -> (forall j t, e j t = 1 \/ e j t = -1) ->
  exists epsilon, 0 < epsilon /\ forall F, near (with_kinks D 1 e) epsilon F ->
    forall j, interior D j -> 0 < e j 0%nat * kink F j 0%nat.
Proof.
  intros D_valid signs. destruct (sensitivity_bound D D_valid) as (C & positive & all).
  exists (/ (2 * C)). split; [apply Rinv_0_lt_compat; lra |]. intros F close j inside.
  assert (some : 0 < / (2 * C)) by (apply Rinv_0_lt_compat; lra).
  pose proof (kink_near (with_kinks D 1 e) F (/ (2 * C)) j 0 (with_kinks_valid D D_valid 1 e) close some inside
    ltac:(simpl; lia)) as moved.
  change (sensitivity (with_kinks D 1 e) j) with (sensitivity D j) in moved.
  rewrite (with_kinks_kink D D_valid 1 e j inside 0%nat ltac:(lia)) in moved.
  assert (small : sensitivity D j * / (2 * C) <= / 2).
  { apply Rle_trans with (C * / (2 * C)); [apply Rmult_le_compat_r; [lra | apply all; assumption] |].
    right. field. lra. }
  assert (bound : Rabs (kink F j 0%nat - e j 0%nat) < 1) by lra. apply Rabs_def2 in bound.
  destruct (signs j 0%nat) as [sign | sign]; rewrite sign in *; lra.
Qed.

Lemma near_valid D epsilon F : valid D -> near D epsilon F -> valid F.
Proof.
  intros [many steps] (_ & same_size & same_points & _). split; rewrite same_size; [assumption |].
  intros i bound. rewrite !same_points. apply steps. assumption.
Qed.

Lemma one_task_balls_for_cost : one_task_balls_statement cost.
Proof.
  intros D D_valid four one. split.
  - destruct (signs_in_ball D (fun _ _ => 1) D_valid) as (epsilon & positive & signs); [auto |].
    exists (with_kinks D 1 (fun _ _ => 1)), epsilon. repeat split; try assumption.
    intros F close. pose proof (near_valid _ _ _ (with_kinks_valid D D_valid 1 _) close) as F_valid.
    rewrite (unique_iff_for_cost cost adjust same F F_valid). intros none.
    pose proof close as (tasks_F & size_F & _). simpl in tasks_F, size_F.
    assert (inside : interior D 1 /\ interior D 2) by (unfold interior; lia). destruct inside as [inside inside_next].
    pose proof (signs F close 1%nat inside) as first. pose proof (signs F close 2%nat inside_next) as second.
    apply (none 1%nat). split; [| split; [| split]]; try (unfold interior; rewrite size_F; unfold interior in *; lia).
    + intros vanish. rewrite tasks_F in vanish. rewrite (vanish 0%nat ltac:(lia)) in first. lra.
    + exists (kink F 2 0%nat / kink F 1 0%nat). split; [apply Rdiv_lt_0_compat; lra |].
      intros t below. rewrite tasks_F in below. replace t with 0%nat by lia. unfold scale. field. lra.
  - set (e := fun (j : nat) (_ : nat) => if Nat.even j then 1 else -1).
    assert (plus_minus : forall j t, e j t = 1 \/ e j t = -1) by (intros j t; unfold e; destruct (Nat.even j); auto).
    destruct (signs_in_ball D e D_valid plus_minus) as (epsilon & positive & signs).
    exists (with_kinks D 1 e), epsilon. repeat split; try assumption.
    intros F close. pose proof (near_valid _ _ _ (with_kinks_valid D D_valid 1 _) close) as F_valid.
    apply (unique_iff_for_cost cost adjust same F F_valid).
    pose proof close as (tasks_F & size_F & _). simpl in tasks_F, size_F.
    intros j (inside & inside_next & _ & c & positive_c & multiple). unfold interior in inside, inside_next.
    rewrite size_F in inside, inside_next.
    pose proof (signs F close j inside) as first. pose proof (signs F close (S j) inside_next) as second.
    rewrite (multiple 0%nat ltac:(rewrite tasks_F; lia)) in second. unfold scale, e in first, second.
    rewrite Nat.even_succ, <- Nat.negb_even in second. destruct (Nat.even j); simpl in second; nra.
Qed.

(** ** Two tasks or more *)

(** Kinks chosen one after another: d, or d moved by eta in one of its first two entries, so that the minor of these two
    entries with the kink before does not vanish. *)
Definition pushed (d : vector) (entry : nat) (eta : R) : vector := fun t => d t + (if (t =? entry)%nat then eta else 0).

Definition next (u d : vector) (eta : R) : vector :=
  if Req_EM_T (u 0%nat * d 1%nat - u 1%nat * d 0%nat) 0
  then (if Req_EM_T (u 1%nat) 0 then pushed d 1 eta else pushed d 0 eta) else d.

Fixpoint chosen (D : dataset) (eta : R) (j : nat) : vector :=
  match j with
  | O => if Req_EM_T (kink D 0 0%nat) 0 then pushed (kink D 0) 0 eta else kink D 0
  | S i => next (chosen D eta i) (kink D (S i)) eta
  end.

Lemma pushed_near d entry eta t : 0 < eta -> Rabs (pushed d entry eta t - d t) <= eta.
Proof.
  intros positive. unfold pushed. destruct (t =? entry)%nat.
  - replace (d t + eta - d t) with eta by ring. rewrite Rabs_right; lra.
  - replace (d t + 0 - d t) with 0 by ring. rewrite Rabs_R0. lra.
Qed.

Lemma chosen_near D eta j t : 0 < eta -> Rabs (chosen D eta j t - kink D j t) <= eta.
Proof.
  intros positive.
  assert (still : forall v : vector, Rabs (v t - v t) <= eta)
    by (intros v; replace (v t - v t) with 0 by ring; rewrite Rabs_R0; lra).
  destruct j as [| i]; simpl.
  - destruct (Req_EM_T (kink D 0 0%nat) 0); [apply pushed_near; assumption | apply still].
  - unfold next. destruct (Req_EM_T _ 0); [| apply still].
    destruct (Req_EM_T (chosen D eta i 1%nat) 0); apply pushed_near; assumption.
Qed.

Lemma next_independent u d eta : 0 < eta -> u 0%nat <> 0 \/ u 1%nat <> 0 ->
  u 0%nat * next u d eta 1%nat - u 1%nat * next u d eta 0%nat <> 0.
Proof.
  intros positive nonzero. unfold next.
  destruct (Req_EM_T (u 0%nat * d 1%nat - u 1%nat * d 0%nat) 0) as [vanish |]; [| assumption].
  destruct (Req_EM_T (u 1%nat) 0) as [none | some]; unfold pushed; simpl; intros product.
  - assert (u 0%nat * eta = 0) as zero_product by lra. apply Rmult_integral in zero_product.
    destruct zero_product; [| lra]. destruct nonzero; contradiction.
  - assert (u 1%nat * eta = 0) as zero_product by lra. apply Rmult_integral in zero_product.
    destruct zero_product; [contradiction | lra].
Qed.

Lemma chosen_nonzero D eta j : 0 < eta -> chosen D eta j 0%nat <> 0 \/ chosen D eta j 1%nat <> 0.
Proof.
  intros positive. induction j as [| j IH].
  - left. simpl. destruct (Req_EM_T (kink D 0 0%nat) 0) as [vanish |]; [| assumption].
    unfold pushed. simpl. lra.
  - pose proof (next_independent _ (kink D (S j)) eta positive IH) as independent.
    change (next (chosen D eta j) (kink D (S j)) eta) with (chosen D eta (S j)) in independent.
    destruct (Req_dec (chosen D eta (S j) 0%nat) 0) as [first |]; [| auto].
    destruct (Req_dec (chosen D eta (S j) 1%nat) 0) as [second |]; [| auto].
    exfalso. apply independent. rewrite first, second. ring.
Qed.

Definition minor (u v : vector) : R := u 0%nat * v 1%nat - u 1%nat * v 0%nat.

(** A minor that does not vanish does not vanish nearby. *)
Lemma minor_stays u v : minor u v <> 0 -> exists rho, 0 < rho /\ forall u' v',
  (forall t, (t < 2)%nat -> Rabs (u' t - u t) <= rho) -> (forall t, (t < 2)%nat -> Rabs (v' t - v t) <= rho) ->
  minor u' v' <> 0.
Proof.
  intros nonzero. set (mu := Rabs (minor u v)). assert (mu_positive : 0 < mu) by (apply Rabs_pos_lt; assumption).
  set (K := 2 + Rabs (u 0%nat) + Rabs (u 1%nat) + Rabs (v 0%nat) + Rabs (v 1%nat)).
  pose proof (Rabs_pos (u 0%nat)). pose proof (Rabs_pos (u 1%nat)). pose proof (Rabs_pos (v 0%nat)).
  pose proof (Rabs_pos (v 1%nat)).
  exists (Rmin 1 (mu / (4 * K))).
  assert (rho_positive : 0 < Rmin 1 (mu / (4 * K))) by (apply Rmin_pos; [lra | apply Rdiv_lt_0_compat; unfold K; lra]).
  split; [assumption |]. intros u' v' close_u close_v. set (rho := Rmin 1 (mu / (4 * K))) in *.
  assert (rho_one : rho <= 1) by apply Rmin_l.
  assert (rho_small : rho * (4 * K) <= mu).
  { apply Rle_trans with (mu / (4 * K) * (4 * K)); [apply Rmult_le_compat_r; [unfold K; lra | apply Rmin_r] |].
    right. field. unfold K. lra. }
  assert (products : forall a b a' b', Rabs (a' - a) <= rho -> Rabs (b' - b) <= rho ->
    Rabs (a' * b' - a * b) <= rho * (Rabs a + Rabs b + 1)).
  { intros a b a' b' near_a near_b. replace (a' * b' - a * b) with (a * (b' - b) + (a' - a) * b + (a' - a) * (b' - b))
      by ring.
    eapply Rle_trans; [apply Rabs_triang |].
    eapply Rle_trans; [apply Rplus_le_compat_r, Rabs_triang |]. rewrite !Rabs_mult.
    pose proof (Rabs_pos a). pose proof (Rabs_pos b). pose proof (Rabs_pos (a' - a)). pose proof (Rabs_pos (b' - b)).
    assert (Rabs a * Rabs (b' - b) <= Rabs a * rho) by (apply Rmult_le_compat_l; assumption).
    assert (Rabs (a' - a) * Rabs b <= rho * Rabs b) by (apply Rmult_le_compat_r; assumption).
    assert (Rabs (a' - a) * Rabs (b' - b) <= rho * 1) by (apply Rmult_le_compat; lra). lra. }
  pose proof (products (u 0%nat) (v 1%nat) (u' 0%nat) (v' 1%nat) (close_u 0%nat ltac:(lia))
    (close_v 1%nat ltac:(lia))) as one.
  pose proof (products (u 1%nat) (v 0%nat) (u' 1%nat) (v' 0%nat) (close_u 1%nat ltac:(lia))
    (close_v 0%nat ltac:(lia))) as two.
  intros vanish. unfold minor in vanish.
  assert (large : mu <= Rabs (u' 0%nat * v' 1%nat - u 0%nat * v 1%nat)
    + Rabs (u' 1%nat * v' 0%nat - u 1%nat * v 0%nat)).
  { unfold mu, minor.
    replace (u 0%nat * v 1%nat - u 1%nat * v 0%nat)
      with (- (u' 0%nat * v' 1%nat - u 0%nat * v 1%nat) + (u' 1%nat * v' 0%nat - u 1%nat * v 0%nat)) by lra.
    eapply Rle_trans; [apply Rabs_triang |]. rewrite Rabs_Ropp. lra. }
  assert (rho * (Rabs (u 0%nat) + Rabs (v 1%nat) + 1) + rho * (Rabs (u 1%nat) + Rabs (v 0%nat) + 1) = rho * K)
    by (unfold K; ring).
  assert (0 < rho * K) by (apply Rmult_lt_0_compat; [assumption | unfold K; lra]). lra.
Qed.

Lemma minors_stay D (e : nat -> vector) : (forall j, minor (e j) (e (S j)) <> 0) -> exists rho, 0 < rho /\
  forall k : nat -> vector, (forall j t, interior D j -> (t < 2)%nat -> Rabs (k j t - e j t) <= rho) ->
    forall j, interior D j -> interior D (S j) -> minor (k j) (k (S j)) <> 0.
Proof.
  intros nonzero.
  assert (search : forall n, exists rho, 0 < rho /\ forall k : nat -> vector,
    (forall j t, interior D j -> (t < 2)%nat -> Rabs (k j t - e j t) <= rho) ->
    forall j, (j < n)%nat -> interior D j -> interior D (S j) -> minor (k j) (k (S j)) <> 0).
  { induction n as [| n (rho & positive & all)]; [exists 1; split; [lra | intros; lia] |].
    destruct (minor_stays _ _ (nonzero n)) as (rho' & positive' & stays).
    exists (Rmin rho rho'). split; [apply Rmin_pos; assumption |]. intros k close j below inside inside_next.
    destruct (Nat.eq_dec j n) as [-> |].
    - apply stays; intros t two; (eapply Rle_trans; [apply close; assumption | apply Rmin_r]).
    - apply all; try lia; try assumption. intros i t inside_i two.
      eapply Rle_trans; [apply close; assumption | apply Rmin_l]. }
  destruct (search (size D)) as (rho & positive & all). exists rho. split; [assumption |].
  intros k close j inside inside_next. apply all; try assumption. destruct inside. lia.
Qed.

Lemma nowhere_dense_for_cost : nowhere_dense_statement cost.
Proof.
  intros D epsilon D_valid two positive. pose proof D_valid as [many _].
  set (w := INR (size D) * (point D (size D - 1) - point D 0)).
  assert (w_positive : 0 < w).
  { unfold w. apply Rmult_lt_0_compat; [apply lt_0_INR; lia |].
    assert (point D 0 < point D (size D - 1)) by (apply points_increase; assumption || lia). lra. }
  set (eta := epsilon / (2 * w)). assert (eta_positive : 0 < eta) by (apply Rdiv_lt_0_compat; lra).
  set (e := chosen D eta). set (E := with_kinks D (tasks D) e).
  assert (E_valid : valid E) by exact D_valid.
  assert (close : near D epsilon E).
  { repeat split. intros i t bound below. unfold E. eapply Rle_lt_trans.
    - apply (with_kinks_near D D_valid (tasks D) e eta); try assumption. intros. apply chosen_near. assumption.
    - replace (INR (size D) * eta * (point D (size D - 1) - point D 0)) with (eta * w) by (unfold w; ring).
      replace (eta * w) with (epsilon / 2) by (unfold eta; field; lra). lra. }
  exists E. split; [assumption |].
  destruct (minors_stay D e) as (rho & rho_positive & stay).
  { intros j. apply next_independent; [assumption | apply chosen_nonzero; assumption]. }
  destruct (sensitivity_bound D D_valid) as (C & C_positive & all).
  exists (rho / C). split; [apply Rdiv_lt_0_compat; assumption |]. intros F near_E.
  pose proof (near_valid E _ F E_valid near_E) as F_valid. pose proof near_E as (tasks_F & size_F & _).
  apply (unique_iff_for_cost cost adjust same F F_valid). intros j (inside & inside_next & both).
  unfold interior in inside, inside_next. rewrite size_F in inside, inside_next.
  assert (moved : forall j t, interior D j -> (t < 2)%nat -> Rabs (kink F j t - e j t) <= rho).
  { intros i t inside_i below. assert (rate : 0 < rho / C) by (apply Rdiv_lt_0_compat; assumption).
    rewrite <- (with_kinks_kink D D_valid (tasks D) e i inside_i t ltac:(lia)). fold E.
    eapply Rle_trans; [apply (kink_near E F (rho / C) i t E_valid near_E rate inside_i); simpl; lia |].
    change (sensitivity E i) with (sensitivity D i).
    apply Rle_trans with (C * (rho / C)); [apply Rmult_le_compat_r; [lra | apply all; assumption] |].
    right. field. lra. }
  apply (stay (fun j => kink F j) moved j inside inside_next). unfold minor.
  rewrite (aligned_minor (tasks F) _ _ 0 1 both) by (rewrite tasks_F; simpl; lia). ring.
Qed.

(** ** a, b, b, a *)

Lemma abba_for_cost : abba_statement cost.
Proof.
  intros D i a b D_valid bound first second third fourth different.
  assert (order1 : point D i < point D (S i)) by (apply points_increase; assumption || lia).
  assert (order3 : point D (S (S i)) < point D (S (S (S i)))) by (apply points_increase; assumption || lia).
  assert (order2 : point D (S i) < point D (S (S i))) by (apply points_increase; assumption || lia).
  assert (one : forall t, (t < tasks D)%nat -> kink D (S i) t = (a t - b t) / (point D (S i) - point D i)).
  { intros t below. unfold kink, slope. simpl pred.
    rewrite (first t below), (second t below), (third t below). field. lra. }
  assert (two : forall t, (t < tasks D)%nat ->
    kink D (S (S i)) t = (a t - b t) / (point D (S (S (S i))) - point D (S (S i)))).
  { intros t below. unfold kink, slope. simpl pred.
    rewrite (second t below), (third t below), (fourth t below). field. lra. }
  assert (gap : aligned_gap D (S i)).
  { split; [split; lia | split; [split; lia |]]. split.
    - intros vanish. apply different. intros t below. pose proof (vanish t below) as none.
      rewrite one in none by assumption.
      apply Rmult_eq_reg_r with (/ (point D (S i) - point D i)); [| apply Rinv_neq_0_compat; lra].
      unfold Rdiv in none. lra.
    - exists ((point D (S i) - point D i) / (point D (S (S (S i))) - point D (S (S i)))).
      split; [apply Rdiv_lt_0_compat; lra |]. intros t below. unfold scale. rewrite one, two by assumption. field.
      lra. }
  split; [assumption |]. rewrite (unique_iff_for_cost cost adjust same D D_valid). intros none. exact (none _ gap).
Qed.

End OneTask.
