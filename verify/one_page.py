"""A page in one file: parts put into a template, and the policy that lets no script run but the page's own."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files


def filled(template: str, parts: Mapping[str, str]) -> str:
    """The template with every {{name}} replaced by the part of that name; KeyError where there is none.

    In one pass, so that nothing in the parts is taken for a place in it.

    >>> filled("<b>{{name}}</b> {{end}}", {"name": "{{end}}", "end": "."})
    '<b>{{end}}</b> .'
    """
    head, *places = template.split("{{")
    found = [head]
    for place in places:
        name, _, text = place.partition("}}")
        found += [parts[name], text]
    return "".join(found)


def policy_hash(script: str) -> str:
    """What the Content-Security-Policy calls this script, and no other."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def own_text(package: str, names: Sequence[str]) -> str:
    """The files of a package's folder, one after the other."""
    return "\n".join([files(package).joinpath(name).read_text(encoding="utf-8") for name in names])
