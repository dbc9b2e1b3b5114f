"""A mutant: one small edit of the source of one function, planted for a while in the running program.

The code of the function object is exchanged, so the edit reaches every module that has imported the function by name.
"""

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from types import CodeType, FunctionType


@dataclass(frozen=True, slots=True)
class Mutant:
    """`old` becomes `new` in the function `place`, "theory.stencil:kink" or "theory.network:Neuron.kink".

    words: what is wrong then. of: the letter of the statement whose mathematics it breaks. exact, search, symbolic: the
    letters of claims whose check of that way must refute; whatever other checks notice is a bonus.
    """

    words: str
    of: str
    place: str
    old: str
    new: str
    exact: str = ""
    search: str = ""
    symbolic: str = ""

    def function(self) -> FunctionType:
        """The function object that the program runs; for a property its getter."""
        module, _, path = self.place.partition(":")
        found = import_module(f"reluproof.{module}")
        for name in path.split("."):
            found = inspect.getattr_static(found, name)
        found = getattr(found, "fget", None) or getattr(found, "__func__", found)
        assert isinstance(found, FunctionType)
        return found

    def code(self) -> CodeType:
        """The code of the function after the edit."""
        function = self.function()
        source = textwrap.dedent(inspect.getsource(function))
        assert source.count(self.old) == 1, f"{self.place}: {self.old!r} occurs {source.count(self.old)} times"
        compiled = compile(source.replace(self.old, self.new), f"<mutant of {self.place}>", "exec")
        return next(
            part for part in compiled.co_consts if isinstance(part, CodeType) and part.co_name == function.__name__
        )


@contextmanager
def planted(mutant: Mutant | None) -> Iterator[None]:
    """The program with the mutant in it; None: the program as it is."""
    if mutant is None:
        yield
        return
    function, broken = mutant.function(), mutant.code()
    sound = function.__code__
    function.__code__ = broken
    try:
        yield
    finally:
        function.__code__ = sound
