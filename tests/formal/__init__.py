"""The formal proofs: what the check refuses, the decision procedure run inside Coq, and edits that break the proofs."""
