"""Where answers go: files are never spoiled, and what cannot be printed is said."""

import array
import fcntl
import os
import re
import signal
import subprocess
import sys
import termios
import threading
import time
from pathlib import Path

import numpy
import pytest
from reluproof.verify.commands.termination import Terminated, terminable
from reluproof.verify.reading.source import InputError
from reluproof.verify.whole_file import refuse_same_file, write_whole

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "reluproof.verify.cli"]
NON_UNIQUE = "0,0\n1,0\n2,1\n3,3\n"


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text(NON_UNIQUE)
    return path


def shell(script, **variables):
    """Runs a line of bash with the command as $R."""
    given = {name: str(value) for name, value in variables.items()}
    environment = {**os.environ, "R": " ".join(COMMAND), **given, "PYTHONUNBUFFERED": ""}
    return subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, env=environment, timeout=60
    )


@pytest.fixture(autouse=True)
def _heeded_interrupts():
    """Ctrl-C counts in children, also where whoever runs the tests ignores it (as background jobs of a shell do)."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_links_are_followed(tmp_path):
    """The file behind a link is written; the link stays one."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("older")
    link.symlink_to(real)
    write_whole(link, ["new\n"])
    assert link.is_symlink()
    assert real.read_text() == "new\n"


def test_pipes_are_written_to(tmp_path):
    """A named pipe is not replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        write_whole(pipe, ["a\n", "b\n"])
        assert reader.communicate(timeout=30)[0] == "a\nb\n"
    assert pipe.is_fifo()


@pytest.mark.parametrize("option", ["check --certificate", "nearest --output"])
def test_the_data_are_not_overwritten(data, option):
    """One line, status 2, and the data as they were."""
    command, flag = option.split()
    answer = subprocess.run(
        [*COMMAND, command, str(data), flag, str(data)], capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert data.read_text() == NON_UNIQUE


def test_same_file_by_another_name(data, tmp_path):
    """Links count; files that do not exist yet do not."""
    link = tmp_path / "link"
    link.symlink_to(data)
    with pytest.raises(InputError, match="the file with the data"):
        refuse_same_file("--output", str(link), str(data))
    refuse_same_file("--output", str(tmp_path / "new"), str(data))
    refuse_same_file("--output", str(tmp_path / "new"), "-")


def test_a_reader_that_goes_away_changes_no_verdict(data):
    """The status is still 1 where the requirement is not met."""
    answer = shell("$R check --require unique $DATA | true; echo ${PIPESTATUS[0]}", DATA=data)
    assert answer.stdout == "1\n"
    assert "Traceback" not in answer.stderr


def test_a_full_disk(data, tmp_path):
    """One line and status 2, for the program and for the checker, which must not seem to reject."""
    if not Path("/dev/full").is_char_device():
        pytest.skip("this system has no /dev/full")
    answer = shell("$R check $DATA > /dev/full; echo $? >&2", DATA=data)
    assert answer.stderr == "reluproof: the answer cannot be printed: No space left on device\n2\n"
    certificate = tmp_path / "c.jsonl"
    shell("$R check $DATA --certificate $C", DATA=data, C=certificate)
    checker = ROOT / "verify" / "checker.py"
    answer = shell("python3 -I -S $K $C > /dev/full; echo $? >&2", K=checker, C=certificate)
    assert answer.stderr.endswith("\n2\n")
    assert "Traceback" not in answer.stderr
    assert shell("python3 -I -S $K $C | true; echo ${PIPESTATUS[0]}", K=checker, C=certificate).stdout == "0\n"


def test_closed_standard_output(data):
    """One line and status 2."""
    answer = shell("$R check $DATA >&-; echo $? >&2", DATA=data)
    assert answer.stderr.splitlines()[-1] == "2"
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("command", "status"),
    [("check $DATA", 0), ("check $DATA nowhere.csv", 2), ("solve $DATA", 0), ("hunt B --examples 3", 0), ("check", 2)],
)
def test_closed_standard_error(data, command, status):
    """Nobody hears what is said there, and the answer is what it is."""
    assert shell(f"$R {command} 2>&-; echo $?", DATA=data).stdout.endswith(f"{status}\n")


def test_standard_input_beside_files_checked_at_a_time(data):
    """The processes of --jobs have none: it is read where the command runs, in its place."""
    answer = shell("$R check $DATA - $DATA --jobs 2 -q < $DATA", DATA=data)
    assert [line.partition(":")[0] for line in answer.stdout.splitlines()[:3]] == [str(data), "-", str(data)]
    assert (answer.returncode, answer.stderr) == (0, "")


def default_signals():
    """As in a terminal: a shell starts background jobs with SIGINT ignored, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def test_what_nohup_ignores_stays_ignored():
    """Inside a command as outside."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with terminable():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            with pytest.raises(Terminated) as ended:
                signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
    assert ended.value.status == 143


@pytest.mark.parametrize(
    ("number", "status", "word", "workers"),
    [
        (signal.SIGINT, 130, "interrupted", "1"),
        (signal.SIGINT, 130, "interrupted", "2"),
        (signal.SIGTERM, 143, "terminated", "1"),
        (signal.SIGTERM, 143, "terminated", "2"),
        (signal.SIGHUP, 129, "terminated", "2"),
    ],
)
def test_interruption(number, status, word, workers):
    """Ctrl-C, SIGTERM or SIGHUP in the middle of a long run: a status of its own, one line, no process is left."""
    arguments = ["probe", "--samples", "1000000000", "-N", "8", "-T", "1", "--workers", workers]
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=default_signals,  # noqa: PLW1509
    ) as process:  # fmt: skip
        process.stdout.readline()  # the head line: the run has begun
        time.sleep(1)
        if number == signal.SIGINT:
            os.killpg(process.pid, number)  # a terminal sends it to all
        else:
            process.send_signal(number)
        _, err = process.communicate(timeout=30)  # workers that are left would hold the pipe open
    assert process.returncode == status
    assert err == f"reluproof: {word}; what was printed before is complete\n"


INTERRUPTED_IMPORT = """
import os, sys

MODULE, NUMBER, sys.argv = sys.argv[1], int(sys.argv[2]), ["reluproof", *sys.argv[3:]]

class Impatient:
    def find_spec(self, name, *_):
        if name == MODULE:
            os.kill(os.getpid(), NUMBER)

sys.meta_path.insert(0, Impatient())
from reluproof.__main__ import main
sys.exit(main())
"""


@pytest.mark.parametrize("ignored", [False, True])
@pytest.mark.parametrize(
    "module", ["reluproof.verify", "flint", "reluproof.verify.commands.census", "reluproof.verify.check"]
)
@pytest.mark.parametrize(("number", "statuses"), [(signal.SIGINT, {130}), (signal.SIGTERM, {-15, 143})])
def test_interruption_of_the_imports(data, module, number, statuses, ignored):
    """From the first import of the command to those that it makes while it works: one line at most, no answer.

    A signal that is ignored, as nohup and a shell's & do, stays so.
    """

    def signals():
        default_signals()
        if ignored:
            signal.signal(number, signal.SIG_IGN)

    command = [sys.executable, "-c", INTERRUPTED_IMPORT, module, str(int(number)), "check", str(data)]
    answer = subprocess.run(command, check=False, capture_output=True, text=True, preexec_fn=signals)
    if ignored:
        assert (answer.returncode, answer.stderr) == (0, "")
        return
    assert answer.returncode in statuses
    assert answer.stdout == ""
    assert answer.stderr == "" if answer.returncode < 0 else re.fullmatch("reluproof: .*\n", answer.stderr)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_half_written_is_left(tmp_path, number):
    """A certificate interrupted while it is written: the folder holds the data alone."""
    data = tmp_path / "data.npy"
    numpy.save(data, numpy.column_stack([numpy.arange(200_000.0), numpy.arange(200_000.0) ** 2 % 7]))
    arguments = ["decide", str(data), "--certificate", str(tmp_path / "c.jsonl")]
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=default_signals,  # noqa: PLW1509
    ) as process:  # fmt: skip
        while process.poll() is None and len(list(tmp_path.iterdir())) < 2:
            time.sleep(0.01)
        process.send_signal(number)
        process.communicate(timeout=60)
    assert process.returncode in (130, 143)
    assert list(tmp_path.iterdir()) == [data]


def test_certificates_from_standard_input_and_substitution(data, tmp_path):
    """`recheck` takes - and what a shell substitutes."""
    certificate = tmp_path / "c.jsonl"
    shell("$R check $DATA --certificate $C", DATA=data, C=certificate)
    assert shell("cat $C | $R recheck -", C=certificate).returncode == 0
    assert shell("$R recheck <(cat $C)", C=certificate).returncode == 0


def test_the_data_on_standard_input_are_not_overwritten(data):
    """`check - --certificate v.csv < v.csv`: refused, under any name of the file; the data stay as they were."""
    link = data.with_name("link")
    link.hardlink_to(data)
    for name in (data, link):
        answer = shell("$R check - --certificate $C < $DATA; echo $?", DATA=data, C=name)
        assert answer.stdout == "2\n"
        assert "that is the file with the data" in answer.stderr
        assert data.read_text() == NON_UNIQUE


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/proc/self/fd/1"])
def test_certificates_go_to_standard_output(name, data, tmp_path):
    """In a pipe and into a file the certificate is all that stands there; the report is on standard error."""
    answer = shell(f"$R check $DATA --certificate {name} | $R recheck - $DATA", DATA=data)
    assert answer.stdout.startswith("accepted: ")
    assert "only optimum" in answer.stderr
    target = tmp_path / "redirected"
    assert shell(f"$R check $DATA --certificate {name} > $C", DATA=data, C=target).returncode == 0
    assert shell("$R recheck $C $DATA", DATA=data, C=target).stdout.startswith("accepted: ")
    assert shell(f"$R check $DATA --certificate {name} | true; echo ${{PIPESTATUS[0]}}", DATA=data).stdout in (
        "0\n",
        "141\n",
    )


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, -15), (signal.SIGHUP, -1), (signal.SIGINT, 7)])
def test_no_part_is_left_when_the_program_is_ended(number, status, tmp_path):
    """SIGTERM and SIGHUP in the middle of writing: the program ends by them, and the temporary file is gone."""
    script = (
        "import sys, time\nfrom reluproof.verify.whole_file import write_whole\n"
        "def lines():\n    yield 'a\\n'\n    print('writing', flush=True)\n    time.sleep(60)\n"
        "try:\n    write_whole(sys.argv[1], lines())\nexcept KeyboardInterrupt:\n    sys.exit(7)\n"
    )
    target = tmp_path / "answer"
    target.write_text("older")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(target)],
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout.readline() == b"writing\n"
        assert len(list(tmp_path.iterdir())) == 2
        process.send_signal(number)
        assert process.wait(timeout=30) == status
    assert [path.name for path in tmp_path.iterdir()] == ["answer"]
    assert target.read_text() == "older"


def test_handlers_are_as_before(tmp_path):
    """Writing a file changes no signal handler for good, and works in other threads."""
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)]
    write_whole(tmp_path / "a", ["1\n"])
    worker = threading.Thread(target=write_whole, args=(tmp_path / "b", ["2\n"]))
    worker.start()
    worker.join()
    assert (tmp_path / "b").read_text() == "2\n"
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)] == before


def _wait_until_all_is_read(process, seconds=60):
    """Until somebody has taken everything out of the pipe: the command runs by then, and waits for more."""
    unread, deadline = array.array("i", [1]), time.monotonic() + seconds
    while unread[0]:
        assert process.poll() is None, "the command ended before it was interrupted"
        assert time.monotonic() < deadline, "nobody reads the certificate"
        time.sleep(0.02)
        fcntl.ioctl(process.stdin.fileno(), termios.FIONREAD, unread)


def test_interrupting_recheck(data, tmp_path):
    """Ctrl-C while the checker waits for the rest of a certificate: status 130, one line, no traceback of either."""
    certificate = tmp_path / "c.jsonl"
    shell("$R check $DATA --certificate $C", DATA=data, C=certificate)
    with subprocess.Popen(
        [*COMMAND, "recheck", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        process.stdin.write(certificate.read_bytes()[:-20])
        process.stdin.flush()
        _wait_until_all_is_read(process)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, b"")
    assert err == b"reluproof: interrupted; what was printed before is complete\n"
