"""How every statement stands: its note, symbolic identities, exact checks, searches and machine-checked proofs."""
