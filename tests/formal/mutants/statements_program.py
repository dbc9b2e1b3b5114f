"""Edits to StatementsProgram.v."""

from formal.mutants.mutant import Mutant

DEFINITIONS = [Mutant("sign", "then -1", "then 1")]

STATEMENTS = [
    Mutant("program_statement", "(length d - 2)", "(length d - 3)"),
    Mutant("program_statement", "map N.of_nat gaps", "[]"),
    Mutant("program_statement", "N.of_nat n", "N.of_nat (S n)"),
    Mutant("program_answers_statement", "<-> aligned_gap D j", "<-> ~ aligned_gap D j"),
    Mutant("program_answers_statement", "interior D j /\\ zero", "zero"),
    Mutant("program_answers_statement", "Program.gaps answer = []", "Program.zeros answer = []"),
    Mutant("program_answers_statement", "fewest D 1", "fewest D 2"),
    Mutant("numerals_statement", "exponent - Z.of_nat", "exponent + Z.of_nat"),
    Mutant("numerals_statement", "/ IZR (Z.of_uint denominator)", "* IZR (Z.of_uint denominator)"),
    Mutant("numerals_statement", "Z.of_uint denominator <> 0%Z /\\", "Z.of_uint denominator = 0%Z /\\"),
]
