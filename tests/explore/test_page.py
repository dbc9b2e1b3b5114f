"""The page decides as Python does, and does what a person asks of it."""

import json
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from itertools import pairwise

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
from reluproof.verify.reading.source import printable
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


@pytest.fixture(scope="module")
def window(browser, page_file):
    """One window for all tests: a new one takes longer than what most of them do."""
    return Watched(browser, page_file)


@pytest.fixture
def watched(window, page_file):
    """The page, opened anew, with the whole of its width; it says nothing on its console until the test is over."""
    window.page.set_viewport_size(WIDE)
    window.open(page_file)
    yield window
    assert window.quiet, (window.said, window.asked)


@pytest.fixture
def opened(window, tmp_path):
    """How a test opens the page of data of its own, in the same window."""

    def open_page(data, width=WIDE["width"], **names):
        path = tmp_path / "page.html"
        path.write_text(explore_page(data, **names), encoding="utf-8")
        window.page.set_viewport_size({"width": width, "height": 800})
        window.open(path)
        return window

    return open_page


@pytest.fixture(scope="module")
def shared(browser, page_file):
    """A page whose arithmetic is asked about many datasets."""
    return Watched(browser, page_file).page


WIDE = {"width": 1200, "height": 800}


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


DIGITS = """([kind, parts]) => {
  const [a, b] = parts.map(parseRational);
  if (kind === "number") return about(a);
  if (kind === "root") return aboutRoot(a);
  if (kind === "sum") return aboutSum({ rational: a, roots: [b, b] });
  return aboutNestedRoot({ rational: a, root: b });
}"""


def to_six_digits(value):
    """As JavaScript's toPrecision(6) writes it, from more digits than decide the rounding."""
    sign, digits, exponent = Context(prec=6, rounding=ROUND_HALF_UP).plus(value).as_tuple()
    text = "".join(map(str, digits)).ljust(6, "0")
    leading = exponent + len(digits) - 1
    minus = "-" if sign else ""
    if leading < -6 or leading >= 6:
        return f"{minus}{text[0]}.{text[1:]}e{leading:+d}"
    if leading < 0:
        return f"{minus}0.{'0' * (-leading - 1)}{text}"
    return f"{minus}{text[: leading + 1]}{'.' if leading < 5 else ''}{text[leading + 1 :]}"


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("number", ["1/3"]), ("number", ["-2/3000"]), ("number", ["999999.5"]), ("number", ["999999.4"]),
        ("number", ["1e400"]), ("number", ["-7e-400"]), ("number", ["123456"]), ("number", ["0.0000012345678"]),
        ("root", ["2"]), ("root", ["2e-30"]), ("root", ["3e901"]), ("sum", ["1/7", "2"]), ("sum", ["1e30", "1e-30"]),
        ("nested", ["3/2", "2"]), ("nested", ["1e40", f"{10**80 - 1}"]), ("nested", ["1", f"{10**90 - 1}/{10**90}"]),
    ],
)  # fmt: skip
def test_digits_are_right(shared, kind, parts):
    """However large, small or near to nothing: floats have none of the digits of the last two."""
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 1200, 10**6, -(10**6)
        a, b = [Decimal(str(n.p)) / Decimal(str(n.q)) for n in map(parse_rational, (parts * 2)[:2])]
        value = {
            "number": a,
            "root": abs(a).sqrt(),
            "sum": a + 2 * abs(b).sqrt(),
            "nested": abs(a - abs(b).sqrt()).sqrt(),
        }
        assert shared.evaluate(DIGITS, [kind, parts]) == to_six_digits(value[kind])


HARD = {
    "large": (["0", "1", "2", "3"], ["0", "1e400", "-1e400", "3"]),
    "far away": ([str(10**20 + i) for i in range(5)], ["0", "1e-40", "3e-40", "0", "1e-40"]),
    "all one": (["-1/3", "0", "5"], ["7", "7", "7"]),
    "two points": (["0", "1e-30"], ["0", "1"]),
    "long fractions": ([f"{i}/{10**60 + 7}" for i in range(4)], [f"{7**i}/{11**40}" for i in range(4)]),
}


@pytest.mark.parametrize("name", HARD)
def test_every_dataset_can_be_drawn(opened, name):
    """Points stand in the picture, in their order, and the numbers on its axes differ; nothing is complained of."""
    watched = opened(Dataset.from_text(*HARD[name]))
    page = watched.page
    (width, height) = map(float, page.get_attribute("svg.plot", "viewBox").split()[2:])
    places = page.locator("svg.plot circle").evaluate_all(
        "all => all.map((c) => [+c.getAttribute('cx'), +c.getAttribute('cy')])"
    )
    assert all(0 < x < width and 0 < y < height for x, y in places)
    assert all(right - left > 20 for (left, _), (right, _) in pairwise(places))
    for axis in ("middle", "end"):
        ticks = page.locator(f'svg.plot text[text-anchor="{axis}"]').all_text_contents()
        assert len(set(ticks)) == len(ticks) >= 1
    page.locator("circle").first.focus()
    page.keyboard.press("ArrowUp")
    assert "NaN" not in page.content()
    assert "Infinity" not in page.inner_text("#findings")
    assert watched.quiet, watched.said


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
    assert "2,3;" in address_of(page)
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


def data_of(page):
    """The data that a page shows."""
    return page.evaluate("[state.x.map(String), state.y.map((row) => row.map(String))]")


def address_of(page):
    """The address as soon as it is that of the data."""
    until(page, "location.hash === toHash()")
    return page.url


def until(page, holds):
    """Wait until an expression is true, 10 s at most; the policy of the page lets no waiting script in."""
    for _ in range(200):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    raise AssertionError(holds)


COUNTED = """() => {
  const [real, start] = [history.replaceState.bind(history), performance.now()];
  window.calls = 0;
  history.replaceState = (...given) => { window.calls++; real(...given); };
  for (let k = 1; k <= 400; k++) move(3, parseRational('3'), [whole(k)]);
  return performance.now() - start;
}"""


def test_an_address_may_change_often(watched):
    """No browser refuses the address of a long drag: 100 changes in 30 s are allowed."""
    page = watched.page
    lasted = page.evaluate(COUNTED)
    assert "3,400;" in address_of(page)
    assert page.evaluate("calls") <= 2 + lasted / 300


def test_the_address_keeps_the_state(watched):
    """The same address opens the same data with the same grid."""
    page = watched.page
    page.select_option("#tasks", "2")
    page.select_option("#step", "1/10")
    page.evaluate("move(3, parseRational('3'), [parseRational('1/3'), parseRational('2')])")
    data, address = data_of(page), address_of(page)
    page.goto("about:blank")
    page.goto(address)
    assert data_of(page) == data
    assert data[1][3] == ["1/3", "2"]
    assert page.input_value("#step") == "1/10"


BROKEN = {
    "#data=1,2;x,3": '"x" in the address is not a number',
    "#data=1,2;1,3": "two points of the address have the same x",
    "#data=1,2;2/2,3": "two points of the address have the same x",
    "#data=1,2": "the address has 1 points: 2 to 200 are shown",
    "#data=": "the address has 1 points",
    "#data=" + ";".join(f"{x},0" for x in range(201)): "the address has 201 points",
    "#data=1,2;2,3,4": "do not have one x and one or two labels each",
    "#data=1,2,3,4;2,3,4,5": "do not have one x and one or two labels each",
    "#data=1;2": "do not have one x and one or two labels each",
    "#data=1,2;2,1/0": '"1/0" in the address is not a number',
    "#data=1,2;2,<script>document.title='caught'</script>": '"<script>document.title=',
    "#step=7&data=1,2;2,3": "the grid of the address is none of 1, 1/2, 1/4, 1/10, 1/100",
    "#data=1,%E0%A4%A;2,3": "in the address is not a number",
    "#elsewhere": "no data are in the address",
}


@pytest.mark.parametrize("hash_", BROKEN, ids=lambda text: text[:24])
def test_a_broken_address_is_said(watched, hash_):
    """By what is wrong with it; the data stay, and so does the address that belongs to them."""
    page = watched.page
    page.evaluate("move(3, parseRational('3'), [parseRational('7')])")
    before, address = data_of(page), address_of(page)
    page.evaluate("(text) => { location.hash = text; }", hash_)
    until(page, "document.getElementById('message').textContent !== ''")
    assert BROKEN[hash_] in page.inner_text("#message")
    assert page.inner_text("#message").endswith("the data stay as they were")
    assert (data_of(page), address_of(page)) == (before, address)


def test_a_page_opened_with_a_broken_address(watched, page_file):
    """Says so, and shows what it begins with."""
    page = watched.page
    page.goto("about:blank")
    page.goto(f"{page_file.as_uri()}#data=1,2;x,3")
    assert page.inner_text("#message").endswith("is not a number; what the page begins with is shown instead")
    assert data_of(page)[0] == texts(range(7))


@pytest.mark.parametrize("changed", [c for c in CHANGED if c.smallest.tasks <= 2], ids=lambda c: c.stem)
def test_stored_counterexamples(watched, changed):
    """Every button loads its dataset and says which hypothesis it breaks."""
    page = watched.page
    page.get_by_text(f"{changed.letter} without “{changed.without}”", exact=True).click()
    assert data_of(page) == [texts(changed.smallest.points), [texts(label) for label in changed.smallest.labels]]
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


EVIL = (
    "<script>document.title='caught'</script>&{{given}}",
    "</script><b>\"'&amp;",
    "\u4e2d\u6587\u5217 \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\u202egnp.exe\x00\x1b[31m",
    "w" * 3000,
)


@pytest.mark.parametrize("evil", EVIL, ids=range(len(EVIL)))
@pytest.mark.parametrize("width", [1200, 400])
def test_names_are_text(opened, evil, width):
    """Nothing in a name is markup, turns the text around it, is cut, or makes the page wider than it is."""
    data = Dataset.from_fractions([0, 1, 2], [[0, 0], [1, 1], [0, 1]])
    watched = opened(data, width, title=evil, point=evil, tasks=[evil, f"{evil}2"])
    page, seen = watched.page, printable(evil)
    assert page.title() == f"{seen}: explore"
    assert page.locator("script").count() == 2
    assert page.locator("b").count() == 0
    assert page.inner_text("#title") == f"reluproof explore: {seen}"
    page.click("summary >> nth=0")
    assert page.locator("#head th").all_inner_texts()[:3] == [seen, seen, f"{seen}2"]
    assert page.locator("figcaption").all_inner_texts() == [f"{seen} over {seen}", f"{seen}2 over {seen}"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.quiet, watched.said


def test_a_script_that_got_in_would_not_run(browser, page_file, tmp_path):
    """The policy of the page allows its own script by its hash, and nothing else."""
    path = tmp_path / "page.html"
    text = page_file.read_text(encoding="utf-8")
    path.write_text(text.replace("<body>", "<body><script>document.title = 'caught'</script>"), encoding="utf-8")
    watched = Watched(browser, path)
    assert watched.page.title() == "reluproof: explore"
    assert any("Content Security Policy" in said for said in watched.said)
    watched.page.close()


def test_names_belong_to_their_data(opened):
    """An example does not have the columns of the file, nor does its address; changed data are said to be."""
    page = opened(Dataset.from_fractions([0, 1, 2], [0, 1, 0]), title="table.csv", point="year", tasks=["gdp"]).page
    assert page.inner_text("figcaption") == "gdp over year"
    assert page.inner_text("#title") == "reluproof explore: table.csv"
    page.evaluate("move(1, ONE, [ZERO])")
    assert page.inner_text("#title") == "reluproof explore: table.csv (changed)"
    assert page.inner_text("figcaption") == "gdp over year"
    page.locator("#examples button").first.click()
    assert page.locator("figcaption").first.inner_text().endswith("over x")
    assert page.inner_text("#title") == "reluproof explore"
    assert "names=no" in address_of(page)
    page.reload()
    assert page.locator("figcaption").first.inner_text().endswith("over x")
    page.click("#again")
    assert page.inner_text("#title") == "reluproof explore: table.csv"


def test_the_keyboard_keeps_its_place(watched):
    """After a number Tab goes to the next field, also where rows change places; after deleting, to the next button."""
    page = watched.page
    page.click("summary >> nth=0")
    page.locator("#rows input").nth(2).fill("9/2")
    page.keyboard.press("Tab")
    assert page.evaluate("[...document.querySelectorAll('#rows input')].indexOf(document.activeElement)") == 3
    assert page.evaluate("`${state.x}`") == "0,2,3,4,9/2,5,6"
    page.locator("#rows input").nth(2).fill("4")
    page.keyboard.press("Tab")
    assert page.inner_text("#message") == "there is a point at x = 4 already"
    assert page.locator("#rows input[aria-invalid=true]").input_value() == "4"
    page.locator("#rows button").nth(6).click()
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "delete the point x = 5"


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
