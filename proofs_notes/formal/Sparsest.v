(** The fewest neurons of an optimum: a nonzero kink needs an active neuron that its hat sees, and going from left to
    right no neuron is counted twice; Merging.v has an optimum with no more neurons than are counted. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements Sums Ramps ConnectTheDots Optimum Agreement Decision Merging.
Import ListNotations.
Open Scope R_scope.

Section Sparsest.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** ** Every nonzero kink needs an active neuron *)

Lemma kink_is_served f j : interpolates D f -> interior D j -> ~ zero T (kink D j) ->
  exists k, active T f k /\ 0 < hat D j (knot f k).
Proof.
  intros through inside nonzero. destruct (nonzero_has_entry T _ nonzero) as (t & below & visible).
  rewrite (kink_of_data D D_valid f j through inside t below) in visible.
  apply nonzero_sum_has_term in visible. destruct visible as (k & bound & contributes).
  exists k. split.
  - apply active_iff_kink. split; [assumption |].
    destruct (norm_nonneg T (neuron_kink f k)) as [| vanish]; [assumption |].
    exfalso. apply contributes. rewrite (norm_zero T (neuron_kink f k)) by (congruence || assumption). ring.
  - destruct (hat_nonneg D D_valid j (knot f k) inside) as [| vanish]; [assumption |].
    exfalso. apply contributes. rewrite <- vanish. ring.
Qed.

(** Without an aligned gap to its right, the neuron that serves the point j bends at or before it. *)
Lemma alone_is_served_before f k j : optimal path_cost D f -> interior D j -> ~ aligned_gap D j ->
  active T f k -> 0 < hat D j (knot f k) -> knot f k <= point D j.
Proof.
  intros best inside not_aligned now_active seen.
  apply optimal_iff_well_placed in best; [| assumption]. destruct best as [_ placed].
  destruct (placed k now_active) as (i & _ & [(inside_i & _ & here) | (gap & between)]).
  - rewrite here in *. apply hats_at_point in seen; [| assumption ..]. subst. lra.
  - pose proof gap as (inside_i & inside_next & _). apply (hats_in_gap D D_valid j i) in seen; [| assumption ..].
    destruct seen as [-> | ->]; [contradiction |]. destruct between. lra.
Qed.

(** ** Counted from left to right *)

(** As many active neurons as are counted from the point j on, all different, all to the right of the point j-1. *)
Lemma active_from f j n : optimal path_cost D f -> fewest D j n ->
  exists neurons, NoDup neurons /\ length neurons = n /\
    forall k, In k neurons -> active T f k /\ point D (pred j) < knot f k.
Proof.
  intros best. pose proof (proj1 best) as through. induction 1 as
    [j none | j n inside vanish rest IH | j n inside nonzero not_aligned rest IH | j n gap rest IH].
  - exists []. split; [constructor | split; [reflexivity | intros k []]].
  - destruct IH as (neurons & distinct & many & all). exists neurons. split; [| split]; try assumption.
    intros k member. destruct (all k member) as [now_active beyond]. split; [assumption |].
    destruct inside. assert (point D (pred j) < point D j) by (apply points_increase; assumption || lia).
    simpl pred in beyond. lra.
  - destruct IH as (neurons & distinct & many & all).
    destruct (kink_is_served f j through inside nonzero) as (k & now_active & seen).
    pose proof (alone_is_served_before f k j best inside not_aligned now_active seen) as before.
    apply hat_positive in seen; [| assumption ..].
    exists (k :: neurons). split; [| split; [simpl; congruence |]].
    + constructor; [| assumption]. intros again. destruct (all k again) as [_ beyond]. simpl pred in beyond. lra.
    + intros l [<- | member]; [split; [assumption | lra] |]. destruct (all l member) as [active_l beyond].
      split; [assumption |]. destruct inside.
      assert (point D (pred j) < point D j) by (apply points_increase; assumption || lia). simpl pred in beyond. lra.
  - destruct IH as (neurons & distinct & many & all). pose proof gap as (inside & inside_next & nonzero & _).
    destruct (kink_is_served f j through inside nonzero) as (k & now_active & seen).
    apply hat_positive in seen; [| assumption ..].
    exists (k :: neurons). split; [| split; [simpl; congruence |]].
    + constructor; [| assumption]. intros again. destruct (all k again) as [_ beyond]. simpl pred in beyond. lra.
    + intros l [<- | member]; [split; [assumption | lra] |]. destruct (all l member) as [active_l beyond].
      split; [assumption |]. destruct inside, inside_next.
      assert (point D (pred j) < point D (S j)) by (apply points_increase; assumption || lia).
      simpl pred in beyond. lra.
Qed.

(** ** The count exists, because zero and aligned are decided on real numbers by their axioms *)

Lemma zero_or_not v : zero T v \/ ~ zero T v.
Proof.
  destruct (Req_dec (norm T v) 0) as [vanish | nonzero]; [left; apply norm_zero; assumption |].
  right. intros vanish. apply nonzero, zero_norm. assumption.
Qed.

Lemma interior_or_not j : interior D j \/ ~ interior D j.
Proof. unfold interior. lia. Qed.

Lemma aligned_gap_or_not j : aligned_gap D j \/ ~ aligned_gap D j.
Proof.
  unfold aligned_gap. rewrite aligned_iff_products.
  destruct (interior_or_not j); [| tauto]. destruct (interior_or_not (S j)); [| tauto].
  destruct (Rlt_dec 0 (dot (tasks D) (kink D j) (kink D (S j)))); [| tauto].
  destruct (Req_dec (dot (tasks D) (kink D j) (kink D (S j)) * dot (tasks D) (kink D j) (kink D (S j)))
    (dot (tasks D) (kink D j) (kink D j) * dot (tasks D) (kink D (S j)) (kink D (S j)))); tauto.
Qed.

Lemma fewest_exists : exists n, fewest D 1 n.
Proof.
  assert (from : forall room j, (1 <= j)%nat -> (size D <= j + S room)%nat -> exists n, fewest D j n).
  { induction room as [room IH] using lt_wf_ind. intros j first bound.
    destruct (Nat.le_gt_cases (size D) (S j)) as [last | inner]; [exists 0%nat; constructor; assumption |].
    assert (inside : interior D j) by (split; assumption).
    destruct (IH (pred room) ltac:(lia) (S j) ltac:(lia) ltac:(lia)) as (n & one_further).
    destruct (zero_or_not (kink D j)) as [vanish | nonzero]; [exists n; apply no_kink; assumption |].
    destruct (aligned_gap_or_not j) as [gap | not_aligned]; [| exists (S n); apply one_for_one; assumption].
    pose proof gap as (_ & [_ next] & _).
    destruct (IH (pred (pred room)) ltac:(lia) (S (S j)) ltac:(lia) ltac:(lia)) as (m & two_further).
    exists (S m). apply one_for_two; assumption. }
  apply (from (size D) 1%nat); lia.
Qed.

End Sparsest.

Lemma sparsest_for_cost cost adjust : same_optima cost adjust -> sparsest_statement cost.
Proof.
  intros same D D_valid. destruct (fewest_exists D) as (n & counted). exists n. split; [assumption | split].
  - intros f best. apply (same D D_valid f) in best.
    destruct (active_from D D_valid f 1 n best counted) as (neurons & distinct & many & all).
    exists neurons. split; [assumption | split; [assumption |]]. intros k member. apply all. assumption.
  - destruct (optimum_with_fewest D D_valid n counted) as (f & best & narrow).
    exists (adjust (tasks D) f). destruct (same D D_valid f) as (_ & adjusted & -> & _). auto.
Qed.
