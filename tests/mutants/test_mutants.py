"""The tests of the tests: broken mathematics is noticed, by each way of testing that looks at it."""

from importlib import import_module

import pytest
from hypothesis import settings
from reluproof.theory import optimum
from reluproof.theory.stencil import kink
from reluproof.verify.claims.registry import REGISTRY

from mutants.listed import MUTANTS
from mutants.mutant import Mutant, planted
from mutants.watch import WAYS, has, notices, uses

LETTERS = "".join(REGISTRY)

TIGHT = "the interpolants of the exact check are not tight there; the search draws some that are"
RARE = "the functions drawn at random that show it are too rare"

SURVIVORS = {
    ("a factor 2 for N = 2", "exact"): TIGHT,
    ("a factor 2 in the outer gaps", "exact"): TIGHT,
    ("a factor 2 beside one zero kink", "search"): RARE,
    ("a factor 2 between zero kinks", "search"): RARE,
    ("the right end of a gap forgotten", "search"): RARE,
    ("w for |w| in the kink", "search"): RARE,
}
"""What a way of testing runs and yet does not notice, and why."""


def table() -> str:
    """The mutants with who killed each."""
    width = max(len(mutant.words) for mutant in MUTANTS)
    head = f"{'mutant':{width}}  of  {'exact':14}  {'search':14}  symbolic"
    return "\n".join(
        [
            head,
            *[
                f"{m.words:{width}}  {m.of}   {m.exact or '-':14}  {m.search or '-':14}  {m.symbolic or '-'}"
                for m in MUTANTS
            ],
        ]
    )


def by_words(mutant: Mutant) -> str:
    """The name of a mutant in the output of pytest."""
    return mutant.words


@pytest.mark.parametrize("mutant", MUTANTS, ids=by_words)
def test_a_mutant_is_killed_by_all_that_are_listed(mutant):
    """Each check refutes: it does not crash, and it does not stay undecided."""
    with planted(mutant):
        silent = [f"{way} {letter}" for way in WAYS for letter in getattr(mutant, way) if not notices(way, letter)]
    assert silent == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=by_words)
def test_each_way_that_can_notice_does(mutant):
    """A way without a killer never runs the broken function, or the mutant is one of the known survivors."""
    for way in WAYS:
        if not getattr(mutant, way) and has(mutant.of, way) and (mutant.words, way) not in SURVIVORS:
            assert not uses(way, mutant, mutant.of)


@pytest.mark.parametrize("way", WAYS)
def test_every_check_kills(way):
    """No check of any claim is one that cannot fail."""
    killers = {letter for mutant in MUTANTS for letter in getattr(mutant, way)}
    assert killers == {letter for letter in LETTERS if has(letter, way)}


def test_the_table_is_complete(capsys):
    """Every mutant has its line; each breaks a statement of the registry and is listed once."""
    print(table())
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(MUTANTS) + 1 == len({mutant.words for mutant in MUTANTS}) + 1
    assert {mutant.of for mutant in MUTANTS} <= set(LETTERS)
    listed = {(mutant.words, way) for mutant in MUTANTS for way in WAYS if not getattr(mutant, way)}
    assert set(SURVIVORS) <= listed


@pytest.mark.parametrize("letter", LETTERS)
def test_nothing_is_killed_in_the_sound_program(letter):
    """The same checks, the same datasets and the same examples, unbroken."""
    assert [way for way in WAYS if has(letter, way) and notices(way, letter, examples=60)] == []


@pytest.mark.slow
@pytest.mark.parametrize(("words", "way"), [key for key, reason in SURVIVORS.items() if reason != RARE])
def test_the_survivors_survive(words, way):
    """No claim notices them: as soon as one does, it belongs into the list."""
    (mutant,) = [mutant for mutant in MUTANTS if mutant.words == words]
    with planted(mutant):
        assert [letter for letter in LETTERS if has(letter, way) and notices(way, letter)] == []


@pytest.mark.slow
@pytest.mark.parametrize("letter", LETTERS)
def test_nothing_is_killed_in_the_sound_program_either_way(letter):
    """With as many examples as for the mutants, and as the profile asks."""
    examples = max(600, settings.default.max_examples)
    assert [way for way in WAYS if has(letter, way) and notices(way, letter, examples)] == []


def test_a_mutant_reaches_what_was_imported_by_name_and_goes_again():
    """The edited function is the same object everywhere; afterwards it is as before."""
    mutant = Mutant("", "A", "theory.stencil:kink", "slope_right - slope_left", "slope_left - slope_right")
    alias = import_module("reluproof.theory.stencil").kink
    assert kink is alias
    with planted(mutant):
        assert (kink(1, 3), alias(1, 3), optimum.changes([(1,), (3,)])) == (-2, -2, ((-2,),))
    assert (kink(1, 3), optimum.changes([(1,), (3,)])) == (2, ((2,),))


def test_an_edit_that_is_not_there_is_an_error():
    """A mutant that changes nothing, or two places, is noticed at once."""
    for old in ("nothing of the kind", "slope"):
        with pytest.raises(AssertionError, match="occurs"):
            Mutant("", "A", "theory.stencil:kink", old, "").code()
