"""One edit of one definition or statement."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """The edit of `definition` that replaces `old` by `new`."""

    definition: str
    old: str
    new: str
    explained: str = ""

    @property
    def label(self) -> str:
        return f"{self.definition}: {' '.join(self.old.split())} => {' '.join(self.new.split()) or 'nothing'}"
