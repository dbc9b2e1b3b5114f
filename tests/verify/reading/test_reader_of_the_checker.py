"""The checker's reader of DATA shares no code with the exact one, and reads the same numbers or refuses too."""

import hashlib
import importlib.util
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from reluproof.verify.reading import InputError, read
from reluproof.verify.reading.source import MAX_BYTES

from .mutated_texts import mutated_text

COUNTS = pytest.mark.parametrize("count", [3000, pytest.param(100_000, marks=pytest.mark.slow)])
READER = Path(__file__).parents[3] / "verify" / "data_sha256.py"

NUMBERS = (
    *("0", "1", "-2", "3.5", "1e3", "-1.5E-2", "2e+1", "007", "1.", ".5", "+1", "1/2", "nan", "NaN", "Infinity"),
    *("1e1000", "1e1001", "1e-0001000", "1e1_0", "0x1", "true", "null", "--1", "1/0", " 1", "٣", "[1]", "{}", "1 2"),
)


def _load():
    # By path, not as a module of the package: it must work alone.
    spec = importlib.util.spec_from_file_location("lone_reader", READER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


lone = _load()


def exact(path):
    """The points and labels that `check` reads, as numerals; None if it refuses."""
    try:
        data = read(path).dataset
    except InputError:
        return None
    return [[str(x), *map(str, label)] for x, label in zip(data.points, data.labels, strict=True)]


def of_checker(path):
    """The same by the checker's reader."""
    try:
        return [list(map(str, row)) for row in lone.dataset(path.read_bytes(), path.suffix == ".json")]
    except lone.Unreadable:
        return None


def agreement(path, contents):
    """How often both accept and both refuse; a difference is an error that shows the text."""
    seen = Counter()
    for content in contents:
        path.write_bytes(content)
        ours, theirs = exact(path), of_checker(path)
        assert ours == theirs, content
        seen[ours is not None] += 1
    return seen


@COUNTS
def test_tables(count, tmp_path):
    """Mutated tables of all kinds."""
    source = random.Random(29)
    seen = agreement(tmp_path / "data.csv", (mutated_text(source).encode() for _ in range(count)))
    assert min(seen.values()) * 10 > count, "texts of both kinds are drawn"


def mutated_json(source):
    """A small dataset as JSON with odd numbers, lists of odd lengths and a few characters exchanged."""

    def cell():
        text = source.choice(NUMBERS[:12]) if source.random() < 0.93 else source.choice(NUMBERS)
        return f'"{text}"' if source.random() < 0.3 or text in ("+1", "1/2", ".5", "1.", "007") else text

    size = source.randint(2, 4)
    width = source.choice((None, None, 1, 2))
    points = [f'"{i}"' if source.random() < 0.2 else f"{i}{source.choice(('', '.0', 'e0'))}" for i in range(size)]
    source.shuffle(points)
    labels = [cell() if width is None else f"[{', '.join([cell() for _ in range(width)])}]" for _ in points]
    text = f'{{"x": [{", ".join(points)}], "y": [{", ".join(labels)}]}}'
    for _ in range(source.choice((0, 0, 0, 1, 2))):
        place = source.randrange(len(text) + 1)
        text = (
            text[:place] + source.choice(("", *'{}[]:,"xy01 \t\n\r\f\x00\ufeff')) + text[place + source.randrange(2) :]
        )
    return source.choice(("", "", "\ufeff", "\n ", "\f")) + text


@COUNTS
def test_json(count, tmp_path):
    """Mutated JSON, by its name and by its content."""
    source = random.Random(31)
    for name in ("data.json", "data"):
        seen = agreement(tmp_path / name, (mutated_json(source).encode() for _ in range(count // 2)))
        assert min(seen.values()) * 20 > count, "texts of both kinds are drawn"


@pytest.mark.parametrize(
    "cell",
    [
        *("1" * 1200, "1" * 1201, "0" * 1200, "1e1000", "1e1001", "1e-1000", "1e-1001", "1e" + "0" * 1190 + "9"),
        *("1e+01000", "1e99999999999", "1" * 600 + "/" + "3" * 599, "1" * 600 + "/" + "3" * 600, "0." + "1" * 1198),
        *(
            "1/" + "0" * 50,
            "1/" + "0" * 50 + "7",
            "\u0661",
            "1\u00a0",
            "\u22121",
            "1_0",
            "1,5",
            "0x10",
            "1e",
            "e1",
            ".",
        ),
        *("+", "-", "+-1", "++9", "1e5.5", "nan", "-inf", "1.#INF", "#N/A", "", '"1"', '" 1 "', '""', '"1""', "'1'"),
    ],
)
def test_limits_and_oddities(cell, tmp_path):
    """One cell in three places of a table, and as a string in JSON."""
    tables = [f"0;{cell}\n1;2\n", f"0;2\n1;{cell}\n", f"x;y\n0;1\n{cell};5\n", f"0\t{cell}\n1\t1\n", f"0 {cell}\n1 1\n"]
    json = f'{{"x": [0, 1], "y": ["{cell}", 1]}}'
    agreement(tmp_path / "data.csv", [table.encode() for table in tables])
    agreement(tmp_path / "data.json", [json.encode()])


BREAKS = ["\n", "\r", "\r\n", "\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\0"]


@pytest.mark.parametrize("mark", BREAKS, ids=repr)
@pytest.mark.parametrize(
    "text", ["0,0\n1,0\n2,1\n3,3 # n{}4,99\n", "x,y{}0,0\n1,1\n", "0,0{}1,1\n2,0", "0,0\n#{}1,1\n"]
)
def test_what_ends_a_line(text, mark, tmp_path):
    """LF, CR and CR LF, and nothing else that some program takes for the end of a line."""
    agreement(tmp_path / "data.csv", [text.format(mark).encode()])


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"\n", b"#\n", b"1,2", b"1,2\n", b"x,y\n1,2\n", b"\xff\xfe0\x00", b"0,0\n1,\xe9\n", b"\xef\xbb\xbf" * 2),
        *(
            b"[" * 100_000,
            b'{"x":' * 100_000,
            b'{"x": [1, 2]}',
            b'{"x": [1], "x": [2], "y": [1]}',
            b"\x93NUMPY\x01\x00",
        ),
        *(
            b'{"x": [1, 2], "y": ["12", [3, 4]]}',
            b'{"x": [1, 2], "y": [[1, 2], "34"]}',
            b'{"x": [1, 2], "y": ["a", "b"]}',
        ),
        *(
            b'{"x": "12", "y": [1, 2]}',
            b'{"x": [1, 2], "y": {"1": 2}}',
            b'{"x": [1, 2], "y": [[], []]}',
            b"++9,++9\n1,1\n",
        ),
        *(
            b"0,0\n1,1\n1.0,1\n",
            b"0,0\n1,1\n2/2,1\n",
            b"SEP=;\n0;1\n1;2\n",
            b'"sep=|"\n0|1\n1|2\n',
            b"sep=;;\n0;1\n1;2\n",
        ),
    ],
)
def test_what_is_no_dataset(content, tmp_path):
    """Texts that end early, other encodings, JSON of other shapes, equal points."""
    for name in ("data.csv", "data.txt", "data"):
        agreement(tmp_path / name, [content])


def test_numbers_that_grow_are_counted(monkeypatch, tmp_path):
    """Short cells can stand for long numbers: what they make is counted, before the memory is gone."""
    path = tmp_path / "data"
    path.write_text("".join(f"{i},1e1000\n" for i in range(200)))
    assert of_checker(path) == exact(path)
    monkeypatch.setattr(lone, "LONGEST_DATA", 100_000)
    assert of_checker(path) is None
    path.write_text("".join(f"{i},1e10\n" for i in range(200)))
    assert of_checker(path) == exact(path)


def test_the_limit_is_that_of_the_exact_reader():
    """256 MiB, as the specification of certificates says."""
    assert lone.LONGEST_DATA == MAX_BYTES == 256 * 2**20


def test_data_at_the_limit_are_read_whole_and_longer_ones_not_at_all(monkeypatch, tmp_path):
    """Nothing is cut: one byte more than the limit is refused, though its beginning would be a dataset."""
    path = tmp_path / "data"
    path.write_bytes(b"0,1\n1,2\n2,3\n")
    whole = lone.data_sha256(str(path))
    assert whole == hashlib.sha256(b"0 1\n1 2\n2 3\n").hexdigest()
    monkeypatch.setattr(lone, "LONGEST_DATA", 12)
    assert lone.data_sha256(str(path)) == whole
    path.write_bytes(b"0,1\n1,2\n2,34\n")
    with pytest.raises(lone.Unreadable):
        lone.data_sha256(str(path))


def test_equal_points_are_refused_unless_they_may_repeat():
    """Observations may; their rows are then in order of labels. Data may not."""
    content = b"1,3\n0,1\n1,2\n"
    with pytest.raises(lone.Unreadable):
        lone.dataset(content)
    assert lone.dataset(content, repeated=True) == [[0, 1], [1, 2], [1, 3]]


@pytest.mark.parametrize("word", ["#N/A", "#NV", "#DIV/0!", "#VALUE!", "#NAME?"])
@pytest.mark.parametrize("text", ["0,0\n{},5\n1,1\n", "{},5\n0,0\n1,1\n", "x;y\n0;0\n{};5\n1;1\n", "0 0\n1 1\n{} 5\n"])
def test_rows_that_begin_with_an_error_word_are_refused(text, word, tmp_path):
    """They are no comments: a spreadsheet had no point there. With another word they are."""
    path = tmp_path / "data.csv"
    path.write_text(text.format(word))
    assert exact(path) is of_checker(path) is None
    path.write_text(re.sub(r"\{\}.5", "# a note", text))
    assert of_checker(path) == exact(path) == [["0", "0"], ["1", "1"]]
