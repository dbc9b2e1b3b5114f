"""The theory put to the test. What a user imports from here or from `reluproof`: `check` and what goes with it.

What takes long to import is imported when it is asked for.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

from .answers.findings import VIEWS, Findings
from .check import check
from .drawing import PLOTS
from .reading import InputError, read, read_arrays

if TYPE_CHECKING:
    from .certify import CertificateError as CertificateError
    from .certify import write_certificate as write_certificate
    from .claims.claim import Claim as Claim
    from .claims.registry import REGISTRY as REGISTRY

_HOMES = {
    "CertificateError": ".certify",
    "Claim": ".claims.claim",
    "REGISTRY": ".claims.registry",
    "write_certificate": ".certify",
}

__all__ = ["Findings", "InputError", "check", "read", "read_arrays", *_HOMES]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)


def _text(findings: Findings) -> str:
    from .report.text import text_report

    return text_report(findings)


def _json(findings: Findings) -> dict[str, Any]:
    from .report.as_json import findings_to_json

    return findings_to_json(findings)


def _certificate(findings: Findings) -> Iterator[str]:
    from .certify import certificate_lines

    return certificate_lines(findings)


def _plot(room: str, name: str) -> Callable[..., Any]:
    """The function of a room of pictures, imported when it is called."""

    def drawn(*arguments: Any, **choices: Any) -> Any:
        return getattr(import_module(f".pictures.{room}", __name__), name)(*arguments, **choices)

    return drawn


def _latex(findings: Findings) -> str:
    from .report.latex import latex_report

    return latex_report(findings)


def _html(findings: Findings) -> str:
    from .report.card import html_card

    return html_card(findings)


def _line(findings: Findings) -> str:
    from .report.short import verdict_line

    return verdict_line(findings)


VIEWS.update(html=_html, latex=_latex, line=_line)
VIEWS.update(text=_text, json=_json, certificate=_certificate)
PLOTS.update(
    findings=_plot("findings", "plot_findings"),
    fit=_plot("fit", "plot_fit"),
    judgement=_plot("judgement", "plot_judgement"),
    kernel=_plot("kernel", "plot_kernel"),
    nearest=_plot("nearest", "plot_nearest"),
)
