"""The third opinion, of the proved program, as text and as JSON."""

from typing import Any

from ..proved_program import ThirdOpinion


def proved_text(opinion: ThirdOpinion) -> str:
    """One line."""
    answer, verdict = opinion.answer, opinion.verdict
    origin = f"Coq {answer.coq}, sources {answer.sources_sha256[:12]}"
    word = "REFUTED: " if verdict.word == "refuted" else ""
    return f"proved program    {word}{verdict.reason} ({answer.program}; {origin})"


def proved_json(opinion: ThirdOpinion) -> dict[str, Any]:
    """The object under the key `verified`; points are counted from 0."""
    answer, verdict = opinion.answer, opinion.verdict
    return {
        "program": answer.program,
        "coq": answer.coq,
        "sources_sha256": answer.sources_sha256,
        "unique": answer.unique,
        "aligned_gaps": list(answer.aligned_gaps),
        "zero_kinks": list(answer.zero_kinks),
        "fewest_neurons": answer.fewest_neurons,
        "verdict": verdict.word,
        "reason": verdict.reason,
    }
