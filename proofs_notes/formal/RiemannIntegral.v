(** The Riemann integral of Coq's standard library is an integral in the sense of StatementsSobolev.v, so [sobolev]
  speaks
    of it. This is no headline theorem: the library's definition rests on one more axiom, excluded middle. *)

From Coq Require Import Reals Lra Lia Arith List.
From ReluProof Require Import StatementsSobolev.
Open Scope R_scope.

Definition riemann (phi : R -> R) (a b v : R) : Prop := exists here : Riemann_integrable phi a b, RiemannInt here = v.

Lemma riemann_one_value phi a b u v : riemann phi a b u -> riemann phi a b v -> u = v.
Proof. intros (p & <-) (q & <-). apply RiemannInt_P5. Qed.

Lemma riemann_split phi a b c v : a <= b -> b <= c -> riemann phi a c v ->
  exists u w, riemann phi a b u /\ riemann phi b c w /\ u + w = v.
Proof.
  intros first second (here & <-).
  pose proof (RiemannInt_P22 here (conj first second)) as left_part.
  pose proof (RiemannInt_P23 here (conj first second)) as right_part.
  exists (RiemannInt left_part), (RiemannInt right_part).
  split; [exists left_part; reflexivity | split; [exists right_part; reflexivity | apply RiemannInt_P26]].
Qed.

Lemma riemann_join phi a b c u w : riemann phi a b u -> riemann phi b c w -> riemann phi a c (u + w).
Proof.
  intros (left_part & <-) (right_part & <-). exists (RiemannInt_P24 left_part right_part). symmetry.
  apply RiemannInt_P26.
Qed.

Lemma riemann_combine phi psi a b u v l : riemann phi a b u -> riemann psi a b v ->
  riemann (fun x => phi x + l * psi x) a b (u + l * v).
Proof. intros (here & <-) (there & <-). exists (RiemannInt_P10 l here there). apply RiemannInt_P13. Qed.

Lemma riemann_constant c a b : riemann (fct_cte c) a b (c * (b - a)).
Proof. exists (RiemannInt_P14 a b c). apply RiemannInt_P15. Qed.

Lemma riemann_nonneg phi a b v : a <= b -> riemann phi a b v -> (forall x, 0 <= phi x) -> 0 <= v.
Proof.
  intros order (here & <-) nonneg. replace 0 with (0 * (b - a)) by ring.
  rewrite <- (RiemannInt_P15 (RiemannInt_P14 a b 0)).
  apply RiemannInt_P19; [assumption |]. intros x _. unfold fct_cte. apply nonneg.
Qed.

(** A function that is constant inside an interval, whatever it is at the two ends. *)
Lemma riemann_inside phi c a b : a <= b -> (forall x, a < x < b -> phi x = c) -> riemann phi a b (c * (b - a)).
Proof.
  intros [order | ->] constant_inside.
  - assert (stepwise : IsStepFun phi a b).
    { exists (a :: b :: nil), (c :: nil). unfold adapted_couple. repeat split.
      - unfold RList.ordered_Rlist. intros i below. simpl in below. replace i with 0%nat by lia. simpl. lra.
      - simpl. unfold Rmin. destruct (Rle_dec a b); lra.
      - simpl. unfold Rmax. destruct (Rle_dec a b); lra.
      - intros i below. simpl in below. replace i with 0%nat by lia. simpl. intros x inside. apply constant_inside.
        exact inside. }
    assert (here : Riemann_integrable phi a b).
    { intros eps. exists (mkStepFun stepwise), (mkStepFun (StepFun_P4 a b 0)). split.
      - intros x _. simpl. unfold fct_cte. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
      - rewrite StepFun_P18, Rmult_0_l, Rabs_R0. apply cond_pos. }
    exists here. rewrite <- (RiemannInt_P15 (RiemannInt_P14 a b c)). apply RiemannInt_P18; [lra |].
    intros x inside. unfold fct_cte. apply constant_inside. assumption.
  - exists (RiemannInt_P7 phi b). rewrite RiemannInt_P9. ring.
Qed.

Lemma riemann_is_integral : is_integral riemann.
Proof.
  repeat split.
  - exact riemann_one_value.
  - exact riemann_split.
  - exact riemann_join.
  - exact riemann_combine.
  - exact riemann_nonneg.
  - exact riemann_inside.
Qed.
