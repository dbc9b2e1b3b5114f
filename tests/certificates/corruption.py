"""Corruptions of certificates, in every way that the format allows, and the account of what became of them.

`python tests/certificates/corruption.py 100000` runs that many and prints the table.
"""

import copy
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from hashlib import sha256
from typing import Any

from families import few_directions

from certificates.judges import ACCEPTED, first_verdict, second_verdict
from certificates.samples import Records, certificate, encoded
from certificates.truth import falsehood

Slot = tuple[Any, Any]  # container and key of a value inside a record
Corruption = Callable[[random.Random, Records, Records], Records | list[bytes] | None]


def _slots(value: Any) -> Iterator[Slot]:
    """All places inside a record, at any depth."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from _slots(value[key])


def _pick(rng: random.Random, records: Records, wanted: Callable[[Any], bool]) -> Slot | None:
    record = rng.choice(records)
    slots = [(box, key) for box, key in _slots(record) if wanted(box[key])]
    return rng.choice(slots) if slots else None


def _number(value: Any) -> Fraction | None:
    try:
        return Fraction(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_number(value: Any) -> bool:
    return _number(value) is not None


def _is_count(value: Any) -> bool:
    return type(value) is int


def _text(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}" if value.denominator > 1 else str(value.numerator)


def _change_number(change: Callable[[random.Random, Fraction], Fraction]) -> Corruption:
    def corrupt(rng: random.Random, records: Records, _: Records) -> Records | None:
        slot = _pick(rng, records, _is_number)
        if slot is None:
            return None
        box, key = slot
        value = change(rng, Fraction(box[key]))
        # Bounds are decimals: a changed bound stays one where it can.
        box[key] = _decimal(value) if str(key).endswith(("lower", "upper")) else _text(value)
        return records

    return corrupt


def _decimal(value: Fraction) -> str:
    for places in range(60):
        if (value * 10**places).denominator == 1:
            return f"{int(value * 10**places)}e-{places}"
    return _text(value)


def _index(rng: random.Random, records: Records, _: Records) -> Records | None:
    """A count or an index off by one."""
    slot = _pick(rng, records, _is_count)
    if slot is None:
        return None
    box, key = slot
    box[key] = max(0, box[key] + rng.choice([-1, 1]))
    return records


def _flag(rng: random.Random, records: Records, _: Records) -> Records | None:
    slot = _pick(rng, records[:1], lambda value: isinstance(value, bool))
    if slot is None:
        return None
    box, key = slot
    box[key] = not box[key]
    return records


def _other_type(rng: random.Random, records: Records, _: Records) -> Records | None:
    """Another JSON type with the same meaning, or none."""
    slot = _pick(rng, records, lambda value: True)
    if slot is None:
        return None
    box, key = slot
    value = box[key]
    others: list[Any] = [None, [value], {"value": value}, str(value), "", [], True, float("nan")]
    if _is_count(value):
        others += [float(value), bool(value)]
    elif _is_number(value):
        others += [float(Fraction(value)), int(Fraction(value))]
    box[key] = rng.choice(others)
    return records


def _drop_key(rng: random.Random, records: Records, _: Records) -> Records | None:
    slot = _pick(rng, records, lambda value: True)
    if slot is None:
        return None
    box, key = slot
    del box[key]
    return records


def _add_key(rng: random.Random, records: Records, _: Records) -> Records | None:
    boxes = [*records] + [box[key] for record in records for box, key in _slots(record)]
    box = rng.choice([box for box in boxes if isinstance(box, dict)])
    key = rng.choice(["certified", "kink", "root", "zero", "comment", "knot", "minor", "aligned", "gap"])
    if key in box:
        return None
    box[key] = rng.choice([True, "0", 0, None, [0, 1]])
    return records


def _swap_values(rng: random.Random, records: Records, _: Records) -> Records | None:
    """Two values of one kind exchanged, anywhere in the file."""
    kind = rng.choice([_is_number, _is_count])
    first, second = _pick(rng, records, kind), _pick(rng, records, kind)
    if first is None or second is None:
        return None
    (box, key), (other, other_key) = first, second
    box[key], other[other_key] = other[other_key], box[key]
    return records


def _swap_claims(rng: random.Random, records: Records, _: Records) -> Records:
    """Two parts of the statement exchanged."""
    statement = records[0]["statement"]
    first, second = rng.sample(sorted(statement), 2)
    statement[first], statement[second] = statement[second], statement[first]
    return records


def _swap_evidence(rng: random.Random, records: Records, _: Records) -> Records | None:
    """The evidence of a pair replaced by another kind of evidence."""
    pairs = [record for record in records if "pair" in record]
    if not pairs:
        return None
    pair = rng.choice(pairs)
    left = pair["pair"][0]
    others: list[dict[str, Any]] = [{"zero": left}, {"zero": left + 1}, {"minor": [0, 1]}, {"minor": [1, 2]}]
    others += [{"product": "0"}, {"product": "-1"}, {"aligned": "1", "merged": _text(Fraction(left * 2 + 1, 2))}]
    evidence = rng.choice(others)
    for key in set(pair) - {"pair"}:
        del pair[key]
    pair.update(evidence)
    return records


def _drop_record(rng: random.Random, records: Records, _: Records) -> Records:
    del records[rng.randrange(len(records))]
    return records


def _repeat_record(rng: random.Random, records: Records, _: Records) -> Records:
    place = rng.randrange(len(records))
    records.insert(place, copy.deepcopy(records[place]))
    return records


def _swap_records(rng: random.Random, records: Records, _: Records) -> Records:
    i, j = rng.sample(range(len(records)), 2)
    records[i], records[j] = records[j], records[i]
    return records


def _reverse(_rng: random.Random, records: Records, _: Records) -> Records:
    return [records[0], *records[-2:0:-1], records[-1]]


def _foreign_record(rng: random.Random, records: Records, other: Records) -> Records:
    """A record of another dataset's certificate in the place of one of these."""
    place = rng.randrange(len(records))
    records[place] = other[min(place, len(other) - 1)]
    return records


def _foreign_claim(rng: random.Random, records: Records, other: Records) -> Records:
    key = rng.choice(sorted(records[0]["statement"]))
    records[0]["statement"][key] = other[0]["statement"][key]
    return records


def _foreign_body(_rng: random.Random, records: Records, other: Records) -> Records:
    """The statement of one dataset over the evidence of another."""
    return [records[0], *other[1:]]


def _other_data(rng: random.Random, records: Records, _: Records) -> Records:
    """A point or label changed, with the hash made to fit."""
    points = [record for record in records if "point" in record]
    point = rng.choice(points)
    if rng.random() < 0.5:
        point["x"] = _text(Fraction(point["x"]) + Fraction(rng.choice([-1, 1]), rng.choice([1, 7, 10**9])))
    else:
        task = rng.randrange(len(point["y"]))
        point["y"][task] = _text(Fraction(point["y"][task]) + Fraction(rng.choice([-1, 1]), rng.choice([1, 7, 10**9])))
    return _rehashed(records)


def _rescaled(rng: random.Random, records: Records, _: Records) -> Records:
    """All labels, or all points, multiplied by one factor, with the hash made to fit."""
    factor = rng.choice([Fraction(2), Fraction(1, 2), Fraction(-1)])
    key = rng.choice(["x", "y"])
    for record in records:
        if "point" in record:
            values = [_text(factor * Fraction(value)) for value in ([record[key]] if key == "x" else record[key])]
            record[key] = values if key == "y" else values[0]
    return _rehashed(records)


def _rehashed(records: Records) -> Records:
    points = [record for record in records if "point" in record]
    text = "".join(" ".join([p["x"], *p["y"]]) + "\n" for p in points)
    records[0]["data_sha256"] = sha256(text.encode()).hexdigest()
    return records


def _truncate(rng: random.Random, records: Records, _: Records) -> list[bytes]:
    """The file cut off at some byte."""
    whole = b"".join(encoded(records))
    return whole[: rng.randrange(len(whole))].splitlines(keepends=True)


def _flip_byte(rng: random.Random, records: Records, _: Records) -> list[bytes]:
    """One byte of the file replaced by another."""
    whole = bytearray(b"".join(encoded(records)))
    whole[rng.randrange(len(whole))] = rng.choice(b'0123456789-/.,:"[]{}et \n\xff')
    return bytes(whole).splitlines(keepends=True)


def _glue(rng: random.Random, records: Records, other: Records) -> list[bytes]:
    """The beginning of one certificate and the end of another."""
    first, second = encoded(records), encoded(other)
    return first[: rng.randrange(1, len(first) + 1)] + second[rng.randrange(1, len(second)) :]


_SMALL = [Fraction(1, 10**k) for k in (1, 3, 9, 18)]
CORRUPTIONS: dict[str, Corruption] = {
    "sign": _change_number(lambda rng, value: -value),
    "scale": _change_number(lambda rng, value: value * rng.choice([2, 3, Fraction(1, 2), Fraction(10)])),
    "shift": _change_number(lambda rng, value: value + rng.choice([-1, 1])),
    "nudge": _change_number(lambda rng, value: value + rng.choice([-1, 1]) * rng.choice(_SMALL)),
    "index off by one": _index,
    "flag": _flag,
    "other type": _other_type,
    "key dropped": _drop_key,
    "key added": _add_key,
    "values exchanged": _swap_values,
    "claims exchanged": _swap_claims,
    "other evidence": _swap_evidence,
    "record dropped": _drop_record,
    "record repeated": _repeat_record,
    "records exchanged": _swap_records,
    "order reversed": _reverse,
    "foreign record": _foreign_record,
    "foreign claim": _foreign_claim,
    "foreign body": _foreign_body,
    "other data": _other_data,
    "data rescaled": _rescaled,
    "truncated": _truncate,
    "byte replaced": _flip_byte,
    "two files glued": _glue,
}


class Account:
    """What became of the corruptions: {kind: Counter of "rejected", "unreadable", "still true"}, and the failures."""

    def __init__(self) -> None:
        self.kinds: dict[str, Counter[str]] = {kind: Counter() for kind in CORRUPTIONS}
        self.failures: list[str] = []

    def enter(self, kind: str, lines: list[bytes]) -> None:
        """Judge one corruption by both checkers; what they accept must be true."""
        verdict, second = first_verdict(lines)[0], second_verdict(lines)
        if verdict != second:
            self.failures.append(f"{kind}: the checkers disagree ({verdict}, {second}):\n{b''.join(lines).decode()}")
        if verdict == ACCEPTED:
            false = falsehood([json.loads(line) for line in lines])
            if false is not None:
                self.failures.append(f"{kind}: false accept ({false}):\n{b''.join(lines).decode()}")
        self.kinds[kind][("still true", "rejected", "unreadable")[verdict]] += 1

    def table(self) -> str:
        """One line per kind."""
        words = ("rejected", "unreadable", "still true")
        rows = [f"{kind:20}" + "".join(f"{found[word]:12}" for word in words) for kind, found in self.kinds.items()]
        total = sum((found for found in self.kinds.values()), Counter[str]())
        sums = f"{'all':20}" + "".join(f"{total[word]:12}" for word in words)
        return "\n".join([f"{'':20}" + "".join(f"{word:>12}" for word in words), *rows, sums])


def account(number: int, seed: int) -> Account:
    """`number` corruptions, evenly over the kinds, of certificates of as many datasets as there are rounds."""
    rng, found = random.Random(seed), Account()
    entered, pool = 0, [certificate(few_directions(rng)) for _ in range(20)]
    while entered < number:
        pool[rng.randrange(len(pool))] = certificate(few_directions(rng))
        for kind, corrupt in CORRUPTIONS.items():
            records, other = (copy.deepcopy(rng.choice(pool)) for _ in range(2))
            before = encoded(records)
            changed = corrupt(rng, records, other)
            if changed is None:
                continue
            lines = [line if isinstance(line, bytes) else encoded([line])[0] for line in changed]
            if lines != before:
                found.enter(kind, lines)
                entered += 1
    return found


if __name__ == "__main__":
    result = account(int(sys.argv[1]) if len(sys.argv) > 1 else 5000, seed=1)
    print(result.table())
    print("\n".join(result.failures[:5]) or "no failure: the checkers agree, and whatever they accept is true")
    sys.exit(1 if result.failures else 0)
