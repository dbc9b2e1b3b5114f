(** Splines as lists of bends, a bend being a knot with its kink: their values and costs, bends at the same knot put
    together, and a kink read off the values near its knot. Every network has the values of such a list with an affine
    function added. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import Statements Sums Ramps.
Import ListNotations.
Open Scope R_scope.

Definition bend : Type := (R * vector)%type.

(** The list as a network, with the affine function a x + c. *)
Definition network_of (bends : list bend) (a c : vector) : network := {|
  width := length bends;
  input_weight := fun _ => 1;
  bias := fun k => - fst (nth k bends (0, fun _ => 0));
  output_weight := fun k => snd (nth k bends (0, fun _ => 0));
  linear := a;
  constant := c
|}.

Fixpoint bends_value (bends : list bend) (x : R) (t : nat) : R :=
  match bends with
  | [] => 0
  | (knot, kink) :: rest => kink t * relu (x - knot) + bends_value rest x t
  end.

Fixpoint bends_cost (T : nat) (bends : list bend) : R :=
  match bends with
  | [] => 0
  | (_, kink) :: rest => norm T kink + bends_cost T rest
  end.

Lemma network_of_value bends a c x t : value (network_of bends a c) x t = bends_value bends x t + (a t * x + c t).
Proof.
  unfold value, network_of. cbn [width input_weight bias output_weight linear constant].
  assert (neurons : sum (length bends) (fun k => snd (nth k bends (0, fun _ => 0)) t
      * relu (1 * x + - fst (nth k bends (0, fun _ => 0)))) = bends_value bends x t).
  { induction bends as [| [knot kink] rest IH]; [reflexivity |].
    change (length ((knot, kink) :: rest)) with (S (length rest)). rewrite sum_first. simpl nth. simpl fst. simpl snd.
    rewrite IH. simpl. replace (1 * x + - knot) with (x - knot) by ring. ring. }
  rewrite neurons. ring.
Qed.

Lemma network_of_cost T bends a c : path_cost T (network_of bends a c) = bends_cost T bends.
Proof.
  unfold path_cost, network_of. cbn [width input_weight output_weight].
  induction bends as [| [knot kink] rest IH]; [reflexivity |].
  change (length ((knot, kink) :: rest)) with (S (length rest)). rewrite sum_first. simpl nth. simpl snd.
  rewrite IH, Rabs_R1. simpl. ring.
Qed.

Lemma bends_value_app first last x t :
  bends_value (first ++ last) x t = bends_value first x t + bends_value last x t.
Proof. induction first as [| [knot kink] rest IH]; simpl; [| rewrite IH]; ring. Qed.

Lemma bends_cost_app T first last : bends_cost T (first ++ last) = bends_cost T first + bends_cost T last.
Proof. induction first as [| [knot kink] rest IH]; simpl; [| rewrite IH]; ring. Qed.

(** ** The neurons of a network as a list *)

Definition bends_of (f : network) : list bend := map (fun k => (knot f k, neuron_kink f k)) (seq 0 (width f)).

Lemma bends_value_seq (place : nat -> R) (turn : nat -> vector) n : forall from x t,
  bends_value (map (fun k => (place k, turn k)) (seq from n)) x t
  = sum n (fun k => relu (x - place (from + k)%nat) * turn (from + k)%nat t).
Proof.
  induction n as [| n IH]; intros from x t; [reflexivity |].
  simpl seq. simpl map. simpl bends_value. rewrite IH, sum_first, Nat.add_0_r. f_equal; [ring |].
  apply sum_ext. intros k _. replace (from + S k)%nat with (S from + k)%nat by lia. reflexivity.
Qed.

Lemma bends_cost_seq T (place : nat -> R) (turn : nat -> vector) n : forall from,
  bends_cost T (map (fun k => (place k, turn k)) (seq from n)) = sum n (fun k => norm T (turn (from + k)%nat)).
Proof.
  induction n as [| n IH]; intros from; [reflexivity |].
  simpl seq. simpl map. simpl bends_cost. rewrite IH, sum_first, Nat.add_0_r. f_equal.
  apply sum_ext. intros k _. replace (from + S k)%nat with (S from + k)%nat by lia. reflexivity.
Qed.

Lemma bends_of_value f x t :
  value f x t = bends_value (bends_of f) x t + ramp_slope f t * x + ramp_offset f t.
Proof. unfold bends_of. rewrite bends_value_seq, value_as_ramps. reflexivity. Qed.

Lemma bends_of_cost T f : bends_cost T (bends_of f) = path_cost T f.
Proof. unfold bends_of. rewrite bends_cost_seq, path_cost_as_kinks. reflexivity. Qed.

(** ** Bends at the same knot together *)

Fixpoint join (knot : R) (kink : vector) (bends : list bend) : list bend :=
  match bends with
  | [] => [(knot, kink)]
  | (other, its_kink) :: rest =>
      if Req_EM_T knot other then (other, fun t => kink t + its_kink t) :: rest
      else (other, its_kink) :: join knot kink rest
  end.

Fixpoint joined (bends : list bend) : list bend :=
  match bends with
  | [] => []
  | (knot, kink) :: rest => join knot kink (joined rest)
  end.

Lemma join_value knot kink bends x t :
  bends_value (join knot kink bends) x t = kink t * relu (x - knot) + bends_value bends x t.
Proof.
  induction bends as [| [other its_kink] rest IH]; simpl; [ring |].
  destruct (Req_EM_T knot other) as [-> |]; simpl; [| rewrite IH]; ring.
Qed.

Lemma joined_value bends x t : bends_value (joined bends) x t = bends_value bends x t.
Proof. induction bends as [| [knot kink] rest IH]; simpl; [| rewrite join_value, IH]; reflexivity. Qed.

Lemma join_knots knot kink bends other :
  In other (map fst (join knot kink bends)) -> other = knot \/ In other (map fst bends).
Proof.
  induction bends as [| [first its_kink] rest IH]; simpl; [intros [<- | []]; auto |].
  destruct (Req_EM_T knot first); simpl; intros [<- | member]; auto. destruct (IH member); auto.
Qed.

Lemma join_distinct knot kink bends : NoDup (map fst bends) -> NoDup (map fst (join knot kink bends)).
Proof.
  induction bends as [| [other its_kink] rest IH]; simpl; intros distinct; [repeat constructor; auto |].
  inversion distinct as [| ? ? fresh rest_distinct]. subst.
  destruct (Req_EM_T knot other) as [| different]; simpl; constructor; auto.
  intros member. apply join_knots in member. destruct member; [congruence | auto].
Qed.

Lemma joined_distinct bends : NoDup (map fst (joined bends)).
Proof. induction bends as [| [knot kink] rest IH]; simpl; [constructor | apply join_distinct, IH]. Qed.

(** ** The kink of a bend, read off the values near its knot *)

Definition second_difference (phi : R -> R) (x e : R) : R := phi (x + e) - 2 * phi x + phi (x - e).

Lemma ramp_here knot e : 0 < e -> second_difference (fun x => relu (x - knot)) knot e = e.
Proof. intros positive. unfold second_difference. rewrite relu_right, relu_left, relu_left by lra. ring. Qed.

Lemma ramp_elsewhere knot x e : 0 < e <= Rabs (x - knot) ->
  second_difference (fun x => relu (x - knot)) x e = 0.
Proof.
  intros [positive near]. unfold second_difference. destruct (Rle_or_lt knot x) as [after | before].
  - rewrite Rabs_right in near by lra. rewrite !relu_right by lra. ring.
  - rewrite Rabs_left in near by lra. rewrite !relu_left by lra. ring.
Qed.

Lemma bends_elsewhere bends x : ~ In x (map fst bends) ->
  exists room, 0 < room /\ forall e t, 0 < e <= room -> second_difference (fun x => bends_value bends x t) x e = 0.
Proof.
  induction bends as [| [knot kink] rest IH]; intros absent.
  - exists 1. split; [lra |]. intros e t _. unfold second_difference. simpl. ring.
  - destruct IH as (room & positive & straight); [intros member; apply absent; right; assumption |].
    assert (apart : 0 < Rabs (x - knot)) by (apply Rabs_pos_lt; intros same; apply absent; left; simpl; lra).
    exists (Rmin room (Rabs (x - knot))). split; [apply Rmin_pos; assumption |].
    intros e t [some near]. pose proof (Rmin_l room (Rabs (x - knot))). pose proof (Rmin_r room (Rabs (x - knot))).
    pose proof (straight e t ltac:(lra)) as of_rest. pose proof (ramp_elsewhere knot x e ltac:(lra)) as of_first.
    unfold second_difference in *. simpl. nra.
Qed.

Lemma kink_from_values bends knot kink : NoDup (map fst bends) -> In (knot, kink) bends ->
  exists room, 0 < room /\
    forall e t, 0 < e <= room -> second_difference (fun x => bends_value bends x t) knot e = e * kink t.
Proof.
  induction bends as [| [other its_kink] rest IH]; intros distinct member; [contradiction |].
  simpl in distinct. inversion distinct as [| ? ? fresh rest_distinct]. subst.
  destruct member as [here | later].
  - injection here as -> ->. destruct (bends_elsewhere rest knot fresh) as (room & positive & straight).
    exists room. split; [assumption |]. intros e t near. pose proof (straight e t near) as of_rest.
    pose proof (ramp_here knot e ltac:(lra)) as of_first. unfold second_difference in *. simpl. nra.
  - destruct (IH rest_distinct later) as (room & positive & bent).
    assert (apart : 0 < Rabs (knot - other)).
    { apply Rabs_pos_lt. intros same. apply fresh. apply in_map_iff. exists (knot, kink). simpl.
      split; [lra | assumption]. }
    exists (Rmin room (Rabs (knot - other))). split; [apply Rmin_pos; assumption |].
    intros e t [some near]. pose proof (Rmin_l room (Rabs (knot - other))).
    pose proof (Rmin_r room (Rabs (knot - other))).
    pose proof (bent e t ltac:(lra)) as of_rest. pose proof (ramp_elsewhere other knot e ltac:(lra)) as of_first.
    unfold second_difference in *. simpl. nra.
Qed.
