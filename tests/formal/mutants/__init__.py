"""Single edits to the definitions and statements, each of which must break a proof or be explained.

An edit of a definition is noticed when some module no longer compiles, an edit of a statement when the theorem is no
longer a proof of it. `explained` says of an edit that breaks nothing why it should not.
"""

from formal.mutants import bounds, changes, core, elsewhere, noise, optima, sobolev, statements_program
from formal.mutants.mutant import Mutant

PARTS = (core, optima, bounds, changes, noise, elsewhere, sobolev, statements_program)
DEFINITIONS: list[Mutant] = [mutant for part in PARTS for mutant in part.DEFINITIONS]
STATEMENTS: list[Mutant] = [mutant for part in PARTS for mutant in part.STATEMENTS]

__all__ = ["DEFINITIONS", "STATEMENTS", "Mutant"]
