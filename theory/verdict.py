"""What a check can say: four verdicts, none of which can be mistaken for another."""

from dataclasses import dataclass
from typing import Any, Literal, NoReturn

Word = Literal["holds", "refuted", "does_not_apply", "undecided"]


class ClaimRefuted(AssertionError):
    """Raised by `raise_if_refuted`; its message pastes back as the witness."""


class _Answer:
    """Shared by the verdicts: no truth value, because two of the four are neither true nor false."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict has no truth value: match on Holds, Refuted, DoesNotApply, Undecided")

    def raise_if_refuted(self) -> None:
        """Raise `ClaimRefuted` with the witness if this verdict is a refutation; otherwise do nothing."""


@dataclass(frozen=True, slots=True)
class Holds(_Answer):
    """The claim was decided and is true here; `evidence` says what decided it."""

    evidence: str

    @property
    def word(self) -> Word:
        """The verdict's name in outputs."""
        return "holds"

    @property
    def reason(self) -> str:
        """What decided it."""
        return self.evidence


@dataclass(frozen=True, slots=True)
class Refuted(_Answer):
    """The claim was decided and is false here: `witness` is what refutes it, and why."""

    witness: Any
    reason: str

    @property
    def word(self) -> Word:
        """The verdict's name in outputs."""
        return "refuted"

    def raise_if_refuted(self) -> None:
        """Raise `ClaimRefuted`, naming the reason and the witness as Python source."""
        raise ClaimRefuted(f"{self.reason}\nwitness: {self.witness!r}")


@dataclass(frozen=True, slots=True)
class DoesNotApply(_Answer):
    """A hypothesis of the claim is not met here; `hypothesis` names it."""

    hypothesis: str

    @property
    def word(self) -> Word:
        """The verdict's name in outputs."""
        return "does_not_apply"

    @property
    def reason(self) -> str:
        """The hypothesis that is not met."""
        return self.hypothesis


@dataclass(frozen=True, slots=True)
class Undecided(_Answer):
    """The check ran and could not settle the claim; `reason` says why."""

    reason: str

    @property
    def word(self) -> Word:
        """The verdict's name in outputs."""
        return "undecided"


Verdict = Holds | Refuted | DoesNotApply | Undecided
