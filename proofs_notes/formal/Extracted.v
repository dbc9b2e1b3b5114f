(** The program in OCaml: compiling this file writes program.ml and program.mli beside it. Booleans, options, pairs and
    lists become OCaml's own (ExtrOcamlBasic); numbers stay as they are defined here, so no machine integer is
      trusted. *)

From Coq Require Import NArith.
From Coq Require Extraction ExtrOcamlBasic.
From ReluProof Require Program.

Extraction Language OCaml.
Extraction "program.ml" Program.linear_decide Program.decimal Program.fraction Program.signed N.to_uint.
