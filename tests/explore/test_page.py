"""The page decides as Python does, and does what a person asks of it."""

import json

import pytest
from browser import Watched
from flint import fmpq
from hypothesis import given, settings
from reluproof.theory import Dataset, kinks, runs
from reluproof.theory.margin import margin
from reluproof.theory.numeral import parse_rational
from reluproof.theory.optimum import connect_the_dots, cost_squares
from reluproof.theory.solution_set import sparsest_is_unique, sparsest_optimum, tents
from reluproof.verify.claims.without import CHANGED
from reluproof.verify.cli import main
from reluproof.verify.explore import MOST_POINTS, explore_page
from strategies import datasets, tasks

DECIDE = """([x, y]) => {
  const found = decide(x.map(parseRational), y.map((row) => row.map(parseRational)));
  const spline = (s) => [s.slope.map(String), s.offset.map(String), s.knots.map(([t, m]) => [`${t}`, m.map(String)])];
  return {
    unique: found.unique,
    runs: found.runs.map((run) => [run.first, run.last]),
    tents: found.tents.map((t) => [t.gap, `${t.at}`, t.descent.map(String)]),
    squares: found.squares.map(String),
    dots: spline(found.dots),
    sparsest: spline(found.sparsest),
    sparsestUnique: found.sparsestUnique,
    margin: found.margin && [`${found.margin.rational}`, `${found.margin.root}`],
  };
}"""


def texts(values):
    """Numbers as the page writes them."""
    return [str(value) for value in values]


def spline(f):
    """A spline as the page gives it."""
    return [texts(f.slope), texts(f.offset), [[str(t), texts(m)] for t, m in zip(f.knots, f.kinks, strict=True)]]


def expected(data):
    """The same answers from theory/."""
    found, least = runs(data), margin(data)
    return {
        "unique": all(run.length == 1 for run in found),
        "runs": [[run.first, run.last] for run in found],
        "tents": [[tent.gap, str(tent.at), texts(tent.descent)] for tent in tents(data, kinks(data), found)],
        "squares": texts(cost_squares(data)),
        "dots": spline(connect_the_dots(data)),
        "sparsest": spline(sparsest_optimum(data)),
        "sparsestUnique": sparsest_is_unique(found),
        "margin": None if least is None else [str(least.rational), str(least.discriminant)],
    }


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """The page as the command writes it without data."""
    path = tmp_path_factory.mktemp("explore") / "explore.html"
    path.write_text(explore_page(), encoding="utf-8")
    return path


@pytest.fixture
def watched(browser, page_file):
    """A fresh page."""
    found = Watched(browser, page_file)
    yield found
    assert found.quiet, (found.said, found.asked)
    found.page.close()


@pytest.fixture(scope="module")
def shared(browser, page_file):
    """A page whose arithmetic is asked about many datasets."""
    return Watched(browser, page_file).page


def asked(page, data):
    """What the page decides about a dataset."""
    return page.evaluate(DECIDE, [texts(data.points), [texts(label) for label in data.labels]])


@settings(max_examples=300)
@given(datasets(width=tasks(2)))
def test_the_page_decides_as_python_does(shared, data):
    """Every verdict, run, tent, knot, cost and margin, on datasets of every kind."""
    assert asked(shared, data) == expected(data)


@pytest.mark.slow
@settings(max_examples=10_000)
@given(datasets(width=tasks(2)))
def test_the_page_decides_ten_thousand_datasets_as_python_does(shared, data):
    """The same, in the long run."""
    assert asked(shared, data) == expected(data)


@pytest.mark.parametrize("text", ["3", "-7/3", "0.1", ".5", "5.", "1e-3", "+2", "-0.25e2", "007", f"1/{10**25}"])
def test_numbers_mean_the_same(shared, text):
    """The page reads the grammar of one number as Python does."""
    assert shared.evaluate("(text) => `${parseRational(text)}`", text) == str(parse_rational(text))


@pytest.mark.parametrize("text", ["", "x", "1_0", "1/0", "1/-2", "0x10", "1,5", "nan", "1e1001", "١", "1" * 1201])
def test_what_is_no_number(shared, text):
    """Nothing is guessed."""
    assert shared.evaluate("(text) => parseRational(text)", text) is None


def test_margins_are_compared_exactly(shared):
    """Squares that differ by less than a float can tell: 3 - sqrt(2) against sums just beside it."""
    code = """(parts) => {
        const [a, b, c, d] = parts.map(parseRational);
        return compareMargins({ rational: a, root: b }, { rational: c, root: d });
    }"""
    near = str(fmpq(2) + fmpq(1, 10**40))
    assert shared.evaluate(code, ["3", "2", "3", "2"]) == 0
    assert shared.evaluate(code, ["3", "2", "3", near]) == 1
    assert shared.evaluate(code, ["3", near, "3", "2"]) == -1
    assert shared.evaluate(code, ["2", "0", "3", "1"]) == 0
    assert shared.evaluate(code, ["2", "0", "3", "2"]) == 1
    assert shared.evaluate(code, ["5", "8", "4", "2"]) == -1  # 5 - 2.83 = 2.17 against 4 - 1.41 = 2.59
    assert shared.evaluate(code, ["5", "2", "6", "8"]) == 1  # 3.59 against 3.17


def test_what_it_says_first(watched):
    """Second differences 1, 1, 0, 1, 1."""
    assert (
        watched.page.inner_text("#verdict") == "Connect-the-dots is not the only optimum: kinks are aligned on 2 runs."
    )
    assert watched.page.get_attribute("#verdict", "data-unique") == "false"
    assert "1/2, reached at x = 3/2" in watched.page.inner_text("#findings")


def test_a_point_is_dragged(watched):
    """The pointer moves a point on the grid; the verdict and the address follow."""
    page = watched.page
    circle = page.locator('circle[data-index="2"]')
    box, target = circle.bounding_box(), page.locator('circle[data-index="3"]').bounding_box()
    page.mouse.move(box["x"] + 7, box["y"] + 7)
    page.mouse.down()
    page.keyboard.down("Shift")
    page.mouse.move(box["x"] + 7, target["y"] + 7, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    assert page.evaluate("`${state.y[2][0]}`") == "3"
    assert "2,3;" in page.url
    assert page.inner_text("#verdict").endswith("aligned on 1 run.")


def test_keys_and_typing(watched):
    """Arrow keys move by one step, Delete removes, fractions can be typed, and what is no number is refused."""
    page = watched.page
    page.locator('circle[data-index="1"]').focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("`${state.y[1][0]}`") == "1/2"
    page.keyboard.press("Delete")
    assert page.evaluate("state.x.length") == 6
    page.click("summary >> nth=0")
    field = page.locator("#rows input").nth(1)
    field.fill("-7/3")
    field.press("Tab")
    assert page.evaluate("`${state.y[0][0]}`") == "-7/3"
    field = page.locator("#rows input").nth(1)
    field.fill("1,5")
    field.press("Tab")
    assert '"1,5" is not a number' in page.inner_text("#message")
    assert page.evaluate("`${state.y[0][0]}`") == "-7/3"


def test_points_are_added(watched):
    """By a double click, and by the button; two at one place are refused."""
    page = watched.page
    box = page.locator(".plot").bounding_box()
    page.mouse.dblclick(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.3)
    assert page.evaluate("state.x.length") == 8
    page.click("#add")
    assert page.evaluate("`${state.x[8]}`") == "13/2"
    page.evaluate("insert(parseRational('0'), [parseRational('1')])")
    assert "already" in page.inner_text("#message")


def test_the_address_keeps_the_state(browser, page_file, watched):
    """The same address opens the same data; a damaged one is said."""
    page = watched.page
    page.select_option("#tasks", "2")
    page.evaluate("move(3, parseRational('3'), [parseRational('1/3'), parseRational('2')])")
    again = browser.new_page()
    again.goto(page.url)
    assert again.evaluate("[state.x.map(String), state.y.map((row) => row.map(String))]") == page.evaluate(
        "[state.x.map(String), state.y.map((row) => row.map(String))]"
    )
    again.goto("about:blank")
    again.goto(f"{page_file.as_uri()}#data=1,2;x,3")
    assert "does not hold a dataset" in again.inner_text("#message")
    again.close()


@pytest.mark.parametrize("changed", [c for c in CHANGED if c.smallest.tasks <= 2], ids=lambda c: c.stem)
def test_stored_counterexamples(watched, changed):
    """Every button loads its dataset and says which hypothesis it breaks."""
    page = watched.page
    page.get_by_text(f"{changed.letter} without “{changed.without}”", exact=True).click()
    assert page.evaluate("[state.x.map(String), state.y.map((row) => row.map(String))]") == [
        texts(changed.smallest.points), [texts(label) for label in changed.smallest.labels]
    ]  # fmt: skip
    assert changed.statement in page.inner_text("#note")


def test_what_is_copied_is_what_the_tools_take(watched, tmp_path, capsys):
    """The table goes into check, the test runs and passes."""
    page = watched.page
    page.click("#csv")
    table = tmp_path / "copied.csv"
    table.write_text(page.input_value("#copied"))
    assert main(["check", str(table), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unique"] is False
    page.click("#test")
    space = {}
    exec(page.input_value("#copied"), space)
    space["test_this_dataset"]()


def test_names_are_text(browser, tmp_path):
    """Nothing in a file name or header is taken for markup."""
    data = Dataset.from_fractions([0, 1, 2], [[0, 0], [1, 1], [0, 1]])
    evil = "<script>document.title='caught'</script>&{{given}}"
    path = tmp_path / "page.html"
    path.write_text(explore_page(data, title=evil, tasks=[evil, "</script>"]), encoding="utf-8")
    watched = Watched(browser, path)
    assert watched.page.title() == "reluproof: explore"
    assert evil in watched.page.inner_text("#title")
    watched.page.click("summary >> nth=0")
    assert "</script>" in watched.page.inner_text("#head")
    assert watched.quiet
    watched.page.close()


def test_the_command(tmp_path, capsys):
    """It writes the page, or refuses what the page cannot show."""
    page = tmp_path / "page.html"
    assert main(["explore", "examples/run_of_two.csv", "-o", str(page)]) == 0
    assert f"written to {page}" in capsys.readouterr().out
    assert len(page.read_bytes()) < 100_000
    long = tmp_path / "long.csv"
    long.write_text("".join(f"{i},0\n" for i in range(MOST_POINTS + 1)))
    assert main(["explore", str(long), "-o", str(page)]) == 2
    assert "at most 200 points" in capsys.readouterr().err
