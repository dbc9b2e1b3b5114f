"""Files that try to mislead or to stall the commands: one line and status 2, or the right answer."""

import io
import json
import os
import subprocess
import sys
import zipfile

import numpy
import pytest

HEADERS = [
    "{'descr': '<f8', 'fortran_order': False, 'shape': (100000000000000000000000, 2)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (True, 2)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2)}",
    "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2)}",
    "{'descr': '|O', 'fortran_order': False, 'shape': (2, 2)}",
]


def run(*arguments, data=None, **environment):
    """The command in a process of its own."""
    command = [sys.executable, "-m", "reluproof.verify.cli", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, input=data, timeout=60, check=False, env={**os.environ, **environment}
    )


def npy(header, body=bytes(range(32))):
    text = header.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + body


def archive(**arrays):
    stream = io.BytesIO()
    numpy.savez(stream, **arrays)
    return stream.getvalue()


def contents():
    """(name, bytes) of files that hold no dataset."""
    for index, header in enumerate(HEADERS):
        yield f"{index}.npy", npy(header)
    yield "zip.npy", archive(a=[1, 2])
    yield "cut.npy", npy(HEADERS[1].replace("True", "2"))[:40]
    yield "short.npy", npy(HEADERS[1].replace("True", "2"))[:-1]


@pytest.mark.parametrize(("name", "content"), [*contents()], ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.parametrize("command", ["check", "decide"])
def test_arrays_that_are_not_what_they_say(tmp_path, command, name, content):
    """Shapes, headers and bytes that contradict each other."""
    path = tmp_path / name
    path.write_bytes(content)
    done = run(command, path)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert name.encode() in done.stderr


def test_a_zip_by_another_name_is_read_as_what_it_is(tmp_path):
    """The content says what it is: decided as the two arrays."""
    path = tmp_path / "data.npy"
    path.write_bytes(archive(x=[0, 1, 2, 3], y=[0, 0, 1, 3]))
    for command in ("check", "decide"):
        assert json.loads(run(command, path, "--json").stdout)["unique"] is False


@pytest.mark.parametrize("command", ["check", "decide", "nearest", "solve"])
def test_a_pipe_without_a_writer_is_not_waited_for(tmp_path, command):
    """A named pipe is refused at once."""
    for name in ("pipe", "pipe.npy", "pipe.csv"):
        os.mkfifo(tmp_path / name)
        done = run(command, tmp_path / name)
        assert (done.returncode, b"not a regular file" in done.stderr) == (2, True)


def test_decide_and_check_see_the_same_rows(tmp_path):
    """A bare CR behind the header once cost `decide` a row, and turned the answer round."""
    path = tmp_path / "data.csv"
    path.write_bytes(b"x,y\r0,0\n1,0\n2,1\n3,3\n")
    for command in ("check", "decide"):
        found = json.loads(run(command, path, "--json").stdout)
        assert (found["points"], found["unique"]) == (4, False)


def test_a_small_archive_of_many_zeros(tmp_path):
    """65 KB that were 64 seconds and gigabytes: refused by their number, before they are made."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        for name, shape in (("x", (2**22,)), ("y", (2**22, 15))):
            member = io.BytesIO()
            numpy.save(member, numpy.zeros(shape, numpy.int8))
            bomb.writestr(f"{name}.npy", member.getvalue())
    path = tmp_path / "bomb.npz"
    path.write_bytes(stream.getvalue())
    assert path.stat().st_size < 70_000
    done = run("check", path)
    assert (done.returncode, b"67108864 numbers" in done.stderr) == (2, True)
    assert run("decide", path).returncode == 2


def test_names_are_printed_on_one_line_in_every_encoding(tmp_path):
    """Line breaks in names are escaped; letters that the terminal cannot show do not end the command."""
    for name in ("a\nb.csv", "größe.csv", os.fsdecode(b"\xff.csv")):
        path = tmp_path / name
        path.write_bytes("x,größe\n0,0\n1,0\n2,1\n3,3\n".encode())
        for command in ("check", "decide", "nearest", "solve"):
            done = run(command, path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
            assert (done.returncode, done.stderr) == (0, b""), (command, name)
            assert done.stdout.isascii()
            assert b".csv: " in done.stdout.split(b"\n")[0]
    assert b"a\\nb.csv: " in run("decide", tmp_path / "a\nb.csv").stdout


@pytest.mark.parametrize("command", ["check", "decide", "nearest"])
def test_short_limits_of_integers_from_text(tmp_path, command):
    """PYTHONINTMAXSTRDIGITS=640 and a number of 700 digits: read and answered all the same."""
    path = tmp_path / "data.csv"
    path.write_text(f"0,0\n1,{'7' * 700}\n2,1/{'3' * 700}\n3,0.{'1' * 700}\n4,3\n")
    done = run(command, path, "--json", PYTHONINTMAXSTRDIGITS="640")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == json.loads(run(command, path, "--json").stdout)
