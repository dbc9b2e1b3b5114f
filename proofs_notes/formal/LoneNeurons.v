(** Which sparsest optimum is the only one. The count from left to right fits every start of a pair, so in an optimum
    with no more neurons than are counted every pair has a neuron of its own inside its gap and no other; that neuron
    is determined by the two kinks it serves. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements StatementsOptima Sums Ramps ConnectTheDots Optimum Uniqueness Agreement
  Stability
  Sparsest Runs Rows Envelope.
Import ListNotations.
Open Scope R_scope.

(** ** Active neurons counted by the place of their knots *)

Section Count.
Variable T : nat.
Variable f : network.

Definition is_beyond (y : R) (k : nat) : bool :=
  if Rlt_dec 0 (norm T (output_weight f k) * Rabs (input_weight f k))
  then if Rlt_dec y (knot f k) then true else false else false.

Definition beyond (y : R) : list nat := filter (is_beyond y) (seq 0 (width f)).

Lemma in_beyond y k : In k (beyond y) <-> active T f k /\ y < knot f k.
Proof.
  unfold beyond, active, is_beyond. rewrite filter_In, in_seq.
  destruct (Rlt_dec 0 (norm T (output_weight f k) * Rabs (input_weight f k))) as [positive | not_positive];
    [destruct (Rlt_dec y (knot f k)) as [later | earlier] |];
    split; intros H; repeat match goal with H : _ /\ _ |- _ => destruct H end;
    try discriminate; try contradiction; repeat split; try assumption; lia.
Qed.

Lemma beyond_distinct y : NoDup (beyond y).
Proof. apply NoDup_filter, seq_NoDup. Qed.

Lemma at_most_beyond y neurons : NoDup neurons -> (forall k, In k neurons -> active T f k /\ y < knot f k) ->
  (length neurons <= length (beyond y))%nat.
Proof. intros distinct all. apply NoDup_incl_length; [assumption |]. intros k member. apply in_beyond, all, member. Qed.

(** Neurons with knots after y and not after y' are counted at y and no longer at y'. *)
Lemma beyond_between y y' neurons : y <= y' -> NoDup neurons ->
  (forall k, In k neurons -> active T f k /\ y < knot f k <= y') ->
  (length neurons + length (beyond y') <= length (beyond y))%nat.
Proof.
  intros order distinct all. rewrite <- app_length. apply at_most_beyond.
  - assert (disjoint : forall k, In k neurons -> ~ In k (beyond y')).
    { intros k member later. apply in_beyond in later. destruct (all k member). lra. }
    clear all. induction neurons as [| k rest IH]; simpl; [apply beyond_distinct |].
    inversion distinct. subst. constructor.
    + rewrite in_app_iff. intros [member | later]; [contradiction |]. apply (disjoint k); [left |]; auto.
    + apply IH; [assumption |]. intros l member. apply disjoint. right. assumption.
  - intros k member. apply in_app_iff in member. destruct member as [member | later].
    + destruct (all k member). split; [assumption | lra].
    + apply in_beyond in later. destruct later. split; [assumption | lra].
Qed.

End Count.

Section Lone.
Variable D : dataset.
Hypothesis D_valid : valid D.
Let T := tasks D.

(** Counting fits at j: as many active neurons bend after the point before j as are counted from j on. *)
Definition settled (f : network) (j n : nat) : Prop :=
  fewest D j n /\ (length (beyond T f (point D (pred j))) <= n)%nat.

Lemma at_least_counted f j n : optimal path_cost D f -> fewest D j n ->
  (n <= length (beyond T f (point D (pred j))))%nat.
Proof.
  intros best counted. destruct (active_from D D_valid f j n best counted) as (neurons & distinct & <- & all).
  apply at_most_beyond; assumption.
Qed.

Definition none_inside (f : network) (i : nat) : Prop :=
  forall k, active T f k -> ~ strictly_inside D i (knot f k).

(** Exactly one active neuron bends under the hats of the points i and i+1, and it bends between them. *)
Definition lone (f : network) (i : nat) : Prop :=
  exists k, active T f k /\ strictly_inside D i (knot f k) /\
    forall k', active T f k' -> point D (pred i) < knot f k' < point D (S (S i)) -> k' = k.

Lemma none_unless_aligned f i : optimal path_cost D f -> ~ aligned_gap D i -> (S i < size D)%nat -> none_inside f i.
Proof.
  intros best not_aligned bound k now_active [low high].
  apply optimal_iff_well_placed in best; [| assumption]. destruct best as [_ placed].
  destruct (placed k now_active) as (l & _ & [([first last] & _ & here) | (gap & low_l & high_l)]).
  - rewrite here in *. apply points_numbered in low; [| assumption | lia].
    apply points_numbered in high; [lia | assumption | lia].
  - pose proof gap as (_ & [_ last] & _).
    assert (point D l < point D (S i)) as one by lra. assert (point D i < point D (S l)) as two by lra.
    apply points_numbered in one; [| assumption | lia]. apply points_numbered in two; [| assumption | lia].
    replace l with i in gap by lia. contradiction.
Qed.

(** What is left of the run from j on is even, or it is a run of one. *)
Definition good (j : nat) : Prop :=
  forall m, (1 <= m)%nat -> row D j m -> ~ aligned_gap D (j + pred m) ->
    Nat.Even m \/ m = 1%nat /\ ~ aligned_gap D (pred j).

Hypothesis runs_good : forall j m, run D j m -> m = 1%nat \/ Nat.Even m.

Lemma good_at_start j : ~ aligned_gap D (pred j) -> good j.
Proof.
  intros not_before m some [points gaps] ends.
  destruct (runs_good j m) as [one | even]; [| right; auto | left; assumption].
  split; [assumption | split; [exact points | split; [exact gaps | auto]]].
Qed.

Lemma row_exists j : aligned_gap D j -> exists m, (2 <= m)%nat /\ row D j m /\ ~ aligned_gap D (j + pred m).
Proof.
  intros gap. destruct (run_from D (size D) j ltac:(lia)) as (m & some & in_row & ends); [apply gap | apply gap |].
  exists m. split; [| auto]. destruct (Nat.eq_dec m 1) as [-> |]; [| lia].
  exfalso. apply ends. simpl. rewrite Nat.add_0_r. assumption.
Qed.

Lemma good_after_pair j : good j -> aligned_gap D j -> good (S (S j)).
Proof.
  intros fine gap. destruct (aligned_gap_or_not D (S j)) as [next | not_next].
  - intros m some [points gaps] ends. left.
    assert (longer : row D j (S (S m))).
    { split.
      - intros [| [| i]] below.
        + rewrite Nat.add_0_r. split; apply gap.
        + rewrite Nat.add_1_r. split; apply next.
        + replace (j + S (S i))%nat with (S (S j) + i)%nat by lia. apply points. lia.
      - intros [| [| i]] below.
        + rewrite Nat.add_0_r. assumption.
        + rewrite Nat.add_1_r. assumption.
        + replace (j + S (S i))%nat with (S (S j) + i)%nat by lia. apply gaps. lia. }
    destruct (fine (S (S m))) as [even | [one _]]; [lia | assumption | | | lia].
    + replace (j + pred (S (S m)))%nat with (S (S j) + pred m)%nat by lia. assumption.
    + destruct even as (h & same). exists (pred h). lia.
  - apply good_at_start. assumption.
Qed.

(** Inside an even row the count is the same from its first and from its second point. *)
Lemma count_from_second j n : good j -> aligned_gap D j -> fewest D (S (S j)) n -> fewest D (S j) (S n).
Proof.
  intros fine gap counted. destruct (row_exists j gap) as (m & some & in_row & ends).
  destruct (fine m ltac:(lia) in_row ends) as [(h & even) | [one _]]; [| lia].
  destruct (over_runs_exists D (size D) (j + m) ltac:(lia) ltac:(lia)) as (rest & over).
  apply over_runs_is_fewest in over.
  assert (from_second : fewest D (S j) ((m - 1 + 1) / 2 + rest)).
  { replace (S j) with (j + 1)%nat by lia. apply run_two_by_two.
    - apply rest_of_row. replace (1 + (m - 1))%nat with m by lia. assumption.
    - intros _. replace (j + 1 + pred (m - 1))%nat with (j + pred m)%nat by lia. assumption.
    - replace (j + 1 + (m - 1))%nat with (j + m)%nat by lia. assumption. }
  assert (from_third : fewest D (S (S j)) ((m - 2 + 1) / 2 + rest)).
  { replace (S (S j)) with (j + 2)%nat by lia. apply run_two_by_two.
    - apply rest_of_row. replace (2 + (m - 2))%nat with m by lia. assumption.
    - intros more. replace (j + 2 + pred (m - 2))%nat with (j + pred m)%nat by lia. assumption.
    - replace (j + 2 + (m - 2))%nat with (j + m)%nat by lia. assumption. }
  rewrite (fewest_one_value D _ _ counted _ from_third).
  replace (S ((m - 2 + 1) / 2 + rest))%nat with ((m - 1 + 1) / 2 + rest)%nat; [assumption |].
  subst m. replace (2 * h - 1 + 1)%nat with (h * 2)%nat by lia. rewrite Nat.div_mul by lia.
  replace (2 * h - 2 + 1)%nat with (1 + (h - 1) * 2)%nat by lia. rewrite Nat.div_add by lia. simpl. lia.
Qed.

Lemma none_between f y y' : y <= y' -> (length (beyond T f y) <= length (beyond T f y'))%nat ->
  forall k, active T f k -> ~ (y < knot f k <= y').
Proof.
  intros order few k now_active between.
  pose proof (beyond_between T f y y' [k] order) as more. simpl in more.
  assert (distinct : NoDup [k]) by (repeat constructor; auto).
  specialize (more distinct ltac:(intros l [<- | []]; auto)). lia.
Qed.

(** One step of the count, for one network. *)
Lemma settled_zero f j n : optimal path_cost D f -> interior D j -> zero T (kink D j) -> fewest D (S j) n ->
  settled f j n -> settled f (S j) n.
Proof.
  intros best inside vanish rest [_ few]. split; [assumption |]. simpl pred.
  destruct inside as [first last].
  assert (point D (pred j) < point D j) by (apply points_increase; assumption || lia).
  pose proof (beyond_between T f (point D (pred j)) (point D j) [] ltac:(lra)) as fewer. simpl in fewer.
  specialize (fewer ltac:(constructor) ltac:(intros k [])). lia.
Qed.

Lemma settled_alone f j n : optimal path_cost D f -> interior D j -> ~ zero T (kink D j) -> ~ aligned_gap D j ->
  fewest D (S j) n -> settled f j (S n) -> settled f (S j) n.
Proof.
  intros best inside nonzero not_aligned rest [_ few]. split; [assumption |]. simpl pred.
  destruct (kink_is_served D D_valid f j (proj1 best) inside nonzero) as (k & now_active & seen).
  pose proof (alone_is_served_before D D_valid f k j best inside not_aligned now_active seen) as before.
  apply hat_positive in seen; [| assumption ..]. destruct inside as [first last].
  assert (point D (pred j) < point D j) by (apply points_increase; assumption || lia).
  pose proof (beyond_between T f (point D (pred j)) (point D j) [k] ltac:(lra)) as fewer. simpl in fewer.
  specialize (fewer ltac:(repeat constructor; auto) ltac:(intros l [<- | []]; split; [assumption | lra])). lia.
Qed.

(** At a pair: nothing bends before its first point, one neuron bends in its gap, and the count goes on after it. *)
Lemma settled_pair f j n : optimal path_cost D f -> good j -> aligned_gap D j -> fewest D (S (S j)) n ->
  settled f j (S n) ->
  settled f (S (S j)) n /\ (forall k, active T f k -> ~ (point D (pred j) < knot f k <= point D j)) /\
  exists k, active T f k /\ strictly_inside D j (knot f k) /\
    forall k', active T f k' -> point D (pred j) < knot f k' <= point D (S j) -> k' = k.
Proof.
  intros best fine gap rest [_ few]. pose proof gap as (inside & inside_next & nonzero & _).
  pose proof inside as [first _]. pose proof inside_next as [_ last].
  assert (before : point D (pred j) < point D j) by (apply points_increase; assumption || lia).
  assert (after : point D j < point D (S j)) by (apply points_increase; assumption || lia).
  pose proof (at_least_counted f (S j) (S n) best (count_from_second j n fine gap rest)) as from_second.
  simpl pred in from_second.
  assert (none : forall k, active T f k -> ~ (point D (pred j) < knot f k <= point D j))
    by (apply none_between; lra || lia).
  destruct (kink_is_served D D_valid f j (proj1 best) inside nonzero) as (k & now_active & seen).
  apply hat_positive in seen; [| assumption ..].
  assert (within : point D j < knot f k < point D (S j)).
  { split; [| lra]. destruct (Rlt_or_le (point D j) (knot f k)); [assumption |].
    exfalso. apply (none k now_active). lra. }
  split; [| split; [exact none |]].
  - split; [assumption |]. simpl pred.
    pose proof (beyond_between T f (point D (pred j)) (point D (S j)) [k] ltac:(lra)) as fewer. simpl in fewer.
    specialize (fewer ltac:(repeat constructor; auto) ltac:(intros l [<- | []]; split; [assumption | lra])). lia.
  - exists k. split; [assumption | split; [split; apply within |]]. intros k' active' between'.
    destruct (Nat.eq_dec k' k) as [| other]; [assumption | exfalso].
    pose proof (beyond_between T f (point D (pred j)) (point D (S j)) [k'; k] ltac:(lra)) as fewer. simpl in fewer.
    specialize (fewer ltac:(repeat constructor; simpl; intuition) ltac:(intros l [<- | [<- | []]]; split;
      (assumption || lra))).
    pose proof (at_least_counted f (S (S j)) n best rest) as at_least. simpl pred in at_least. lia.
Qed.

(** Two optima for which the count fits bend in the same gaps. *)
Lemma same_gaps f g j n : optimal path_cost D f -> optimal path_cost D g -> (1 <= j)%nat ->
  fewest D j n -> good j -> settled f j n -> settled g j n ->
  ((j < size D)%nat -> none_inside f (pred j) /\ none_inside g (pred j)) /\
  forall i, (j <= i)%nat -> aligned_gap D i -> none_inside f i /\ none_inside g i \/ lone f i /\ lone g i.
Proof.
  intros best_f best_g start counted. revert start.
  induction counted as [j none | j n inside vanish rest IH | j n inside nonzero not_aligned rest IH | j n gap rest IH];
    intros start fine settled_f settled_g.
  - split.
    + intros bound. assert (not_aligned : ~ aligned_gap D (pred j)) by (intros (_ & [_ last] & _); lia).
      split; apply none_unless_aligned; assumption || lia.
    + intros i later ([_ last] & _). lia.
  - assert (not_here : ~ aligned_gap D j) by (intros (_ & _ & this & _); contradiction).
    assert (not_before : ~ aligned_gap D (pred j)).
    { intros gap. pose proof (aligned_nonzero_next D _ gap) as next. replace (S (pred j)) with j in next by lia.
      contradiction. }
    split; [intros bound; split; apply none_unless_aligned; assumption || lia |].
    intros i later gap. destruct (Nat.eq_dec i j) as [-> |]; [contradiction |].
    apply IH; try lia; try assumption.
    + apply good_at_start. assumption.
    + apply settled_zero; assumption.
    + apply settled_zero; assumption.
  - assert (alone : row D j 1).
    { split; intros i below; [| lia]. replace i with 0%nat by lia. rewrite Nat.add_0_r. auto. }
    destruct (fine 1%nat ltac:(lia) alone) as [(h & odd) | [_ not_before]];
      [simpl; rewrite Nat.add_0_r; assumption | lia |].
    split; [intros bound; split; apply none_unless_aligned; assumption || lia |].
    intros i later gap. destruct (Nat.eq_dec i j) as [-> |]; [contradiction |].
    apply IH; try lia; try assumption.
    + apply good_at_start. assumption.
    + apply settled_alone; assumption.
    + apply settled_alone; assumption.
  - destruct (settled_pair f j n best_f fine gap rest settled_f) as (next_f & none_f & k_f & lone_f).
    destruct (settled_pair g j n best_g fine gap rest settled_g) as (next_g & none_g & k_g & lone_g).
    destruct IH as [none_next further]; [lia | apply good_after_pair; assumption | assumption .. |].
    pose proof gap as (_ & [_ last] & _).
    split.
    + intros bound. split; intros k now_active [low high]; [apply (none_f k now_active) | apply (none_g k now_active)];
        replace (S (pred j)) with j in high by lia; lra.
    + intros i later gap_i. destruct (Nat.eq_dec i j) as [-> |].
      * right. simpl pred in none_next.
        destruct (none_next ltac:(lia)) as [next_none_f next_none_g].
        destruct lone_f as (active_f & inside_f & only_f). destruct lone_g as (active_g & inside_g & only_g).
        split; [exists k_f | exists k_g]; (split; [assumption | split; [assumption |]]);
          intros k' active' [low high].
        -- apply only_f; [assumption |]. split; [assumption |].
           destruct (Rle_or_lt (knot f k') (point D (S j))); [assumption |].
           exfalso. apply (next_none_f k' active'). split; assumption.
        -- apply only_g; [assumption |]. split; [assumption |].
           destruct (Rle_or_lt (knot g k') (point D (S j))); [assumption |].
           exfalso. apply (next_none_g k' active'). split; assumption.
      * destruct (Nat.eq_dec i (S j)) as [-> |].
        -- left. apply none_next. lia.
        -- apply further; [lia | assumption].
Qed.

(** ** A lone neuron is determined by the two kinks *)

Lemma lone_neuron f i x : optimal path_cost D f -> aligned_gap D i -> lone f i ->
  point D i <= x <= point D (S i) ->
  exists r m, 0 < m /\ norm T (kink D i) = r * m /\ norm T (kink D (S i)) = (1 - r) * m /\
    depth D i f x = (r * (x - point D i) - relu (x - (point D (S i) - r * (point D (S i) - point D i)))) * m.
Proof.
  intros best gap (k & now_active & within & only) between.
  pose proof gap as (inside & inside_next & _). pose proof (gap_order D D_valid i gap) as order.
  pose proof (proj1 (active_iff_kink D f k) now_active) as [bound positive].
  exists (ramp_rise (point D i) (point D (S i)) (knot f k)), (norm T (neuron_kink f k)).
  destruct within as [low high].
  assert (silent : forall l, (l < width f)%nat -> l <> k ->
    norm T (neuron_kink f l) = 0 \/ knot f l <= point D (pred i) \/ point D (S (S i)) <= knot f l).
  { intros l bound_l other. destruct (norm_nonneg T (neuron_kink f l)) as [nonzero |]; [right | auto].
    destruct (Rle_or_lt (knot f l) (point D (pred i))); [auto |].
    destruct (Rle_or_lt (point D (S (S i))) (knot f l)); [auto |].
    exfalso. apply other, only; [apply active_iff_kink; auto | lra]. }
  destruct inside as [first last]. destruct inside_next as [first' last'].
  assert (before : point D (pred i) < point D i) by (apply points_increase; assumption || lia).
  assert (after : point D (S i) < point D (S (S i))) by (apply points_increase; assumption || lia).
  assert (hats_elsewhere : forall h, interior D h -> (h = i \/ h = S i) -> forall l, (l < width f)%nat -> l <> k ->
    hat D h (knot f l) * norm T (neuron_kink f l) = 0).
  { intros h inside_h which l bound_l other. destruct (silent l bound_l other) as [vanish | far]; [rewrite vanish;
      ring |].
    assert (unseen : hat D h (knot f l) = 0).
    { destruct (hat_nonneg D D_valid h (knot f l) inside_h) as [seen |]; [| auto].
      apply hat_positive in seen; [| assumption ..]. destruct which; subst h; simpl pred in seen; exfalso; lra. }
    rewrite unseen. ring. }
  destruct (ramp_rise_cases (point D i) (point D (S i)) (knot f k) order)
    as [[] | [(_ & share & _) | []]]; [exfalso; lra | | exfalso; lra].
  split; [assumption | split; [| split]].
  - unfold T. rewrite (kink_length D D_valid f i best) by (split; assumption).
    rewrite (sum_single _ _ k bound) by (apply hats_elsewhere; [split; assumption | auto]).
    rewrite (hat_falling D D_valid i) by (split; assumption). rewrite share. reflexivity.
  - unfold T. rewrite (kink_length D D_valid f (S i) best) by (split; assumption).
    rewrite (sum_single _ _ k bound) by (apply hats_elsewhere; [split; assumption | auto]).
    rewrite (hat_rising D D_valid i) by (split; assumption). rewrite share. field. lra.
  - unfold depth. fold T. rewrite (sum_single _ _ k bound).
    + f_equal. unfold green. rewrite (relu_left (point D i - knot f k)) by lra.
      assert (here : point D (S i) - ramp_rise (point D i) (point D (S i)) (knot f k) * (point D (S i) - point D i)
        = knot f k) by (rewrite share; field; lra).
      rewrite here. ring.
    + intros l bound_l other. destruct (silent l bound_l other) as [vanish | far]; [rewrite vanish; ring |].
      rewrite green_outside by (assumption || lra). ring.
Qed.

Lemma lone_agree f g i x : optimal path_cost D f -> optimal path_cost D g -> aligned_gap D i ->
  lone f i -> lone g i -> point D i <= x <= point D (S i) -> depth D i f x = depth D i g x.
Proof.
  intros best_f best_g gap lone_f lone_g between.
  destruct (lone_neuron f i x best_f gap lone_f between) as (r & m & positive & first & second & ->).
  destruct (lone_neuron g i x best_g gap lone_g between) as (r' & m' & positive' & first' & second' & ->).
  assert (same_m : m = m') by lra. subst m'.
  assert (same_r : r = r') by (apply Rmult_eq_reg_r with m; lra). subst r'. reflexivity.
Qed.

Lemma straight_without_neurons f i x : interpolates D f -> (S i < size D)%nat -> none_inside f i ->
  point D i <= x <= point D (S i) -> agree_at D f (connect_the_dots D) x.
Proof.
  intros through bound none [low high] t below.
  rewrite (connect_the_dots_on_piece D D_valid i) by (repeat split; [assumption | right; assumption ..]).
  apply (straight_on_piece D D_valid f i x through bound); [| assumption].
  intros k now_active. unfold steady. destruct (Rle_or_lt (knot f k) (point D i)); [left; lra |].
  destruct (Rle_or_lt (point D (S i)) (knot f k)); [right; lra |].
  exfalso. apply (none k now_active). split; assumption.
Qed.

Lemma settled_agree f g n : optimal path_cost D f -> optimal path_cost D g -> settled f 1 n -> settled g 1 n ->
  forall x, agree_at D f g x.
Proof.
  intros best_f best_g settled_f settled_g x. destruct (some_piece D D_valid x) as (i & piece).
  destruct (aligned_gap_or_not D i) as [gap | not_aligned].
  - destruct piece as (bound & left_end & right_end). pose proof gap as ([first _] & [_ last] & _).
    destruct left_end as [| low]; [lia |]. destruct right_end as [| high]; [lia |].
    assert (no_run_before : ~ aligned_gap D (pred 1)) by (intros ([this _] & _); simpl in this; lia).
    destruct (same_gaps f g 1 n best_f best_g ltac:(lia) (proj1 settled_f) (good_at_start 1 no_run_before) settled_f
      settled_g) as [_ by_gap].
    destruct (by_gap i first gap) as [[none_f none_g] | [lone_f lone_g]].
    + apply agree_trans with (connect_the_dots D);
        [| apply agree_sym]; apply (straight_without_neurons _ i);
        try assumption; try (split; assumption); [apply best_f | apply best_g].
    + intros t below. rewrite (optimum_in_gap D D_valid i gap f x t) by (assumption || (split; assumption)).
      rewrite (optimum_in_gap D D_valid i gap g x t) by (assumption || (split; assumption)).
      rewrite (lone_agree f g i x) by (assumption || (split; assumption)). reflexivity.
  - apply agree_trans with (connect_the_dots D); [| apply agree_sym]; apply (optimum_on_piece D D_valid _ i);
      assumption.
Qed.

End Lone.
