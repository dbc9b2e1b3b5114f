"""Files of every kind with bytes changed, put in, taken out: read, or refused in one short line, and nothing else."""

import bz2
import gzip
import io
import lzma
import random
import zipfile
from collections import Counter
from functools import partial

import numpy
import pytest
from reluproof.verify.reading import Choices, InputError
from reluproof.verify.reading.read import read_content

gzipped = partial(gzip.compress, mtime=0)
"""Without the time of packing: workers must agree on what the tests are."""

openpyxl = pytest.importorskip("openpyxl")
pyarrow = pytest.importorskip("pyarrow")

TABLE = b"t,a,b\n0,0.1,1\n1,0.7,3\n2,2.1,0\n3,0.3,1\n"
CHOICES = (
    Choices(),
    Choices(floats="shortest"),
    Choices(x=1, y=("2",)),
    Choices(x="t"),
    Choices(duplicates="mean"),
    Choices(x_dates=True),
    Choices(decimal=",", thousands="."),
)


def saved(save):
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()


def zipped(stream):
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", TABLE)


def workbook(stream):
    book = openpyxl.Workbook()
    for row in (["t", "a"], [0, 0.1], [1, 0.2], [2, 5]):
        book.active.append(row)
    book.save(stream)


def originals():
    """One good file of every kind."""
    from pyarrow import feather, parquet

    table = pyarrow.table({"t": [0, 1, 2, 3], "a": [0.1, 0.7, 2.1, 0.3], "name": list("wxyz")})
    return {
        "a.csv": TABLE,
        "a.json": b'{"x": [0, 1, 2], "y": [[1], [2], ["1/3"]]}',
        "a.gz": gzipped(TABLE),
        "a.xz": lzma.compress(TABLE),
        "a.bz2": bz2.compress(TABLE),
        "a.zip": saved(zipped),
        "a.npy": saved(lambda stream: numpy.save(stream, numpy.array([[0, 1.0], [1, 2], [2, 5]]))),
        "a.npz": saved(lambda stream: numpy.savez(stream, x=[0, 1, 2], y=[1.0, 2, 3])),
        "a.xlsx": saved(workbook),
        "a.parquet": saved(lambda stream: parquet.write_table(table, stream)),
        "a.feather": saved(lambda stream: feather.write_feather(table, stream)),
    }


def mutated(source, content):
    """The content with a few bytes changed, put in or taken out, or cut off."""
    found = bytearray(content)
    for _ in range(source.choice((1, 1, 2, 3, 8))):
        place = source.randrange(len(found) + 1)
        change = source.randrange(4)
        if change == 0:
            found[place : place + 1] = bytes([source.randrange(256)])
        elif change == 1:
            found[place:place] = bytes([source.randrange(256)])
        elif change == 2:
            del found[place : place + source.randint(1, 4)]
        elif source.random() < 0.2:
            del found[place:]
    return bytes(found)


@pytest.mark.parametrize("count", [4000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_nothing_but_a_dataset_or_a_refusal(count):
    """Every kind is both read and refused, and no library's own exception comes through."""
    source, files, seen, refusals = random.Random(17), originals(), Counter(), set()
    for _ in range(count):
        kind = source.choice(list(files))
        try:
            read_content(source.choice((kind, kind, "data")), mutated(source, files[kind]), source.choice(CHOICES))
        except InputError as error:
            refusals.add(str(error))
            seen[kind, "refused"] += 1
        else:
            seen[kind, "read"] += 1
    assert all([text.isprintable() and len(text) < 400 for text in refusals])
    assert all([seen[kind, "refused"] for kind in files])
    assert sum(number for (_, what), number in seen.items() if what == "read") * 50 > count
