"""The eight points of the paper, exactly: one task, 101 tasks, and how the distance to a kernel falls with T.

Run from anywhere: python examples/paper/eight_points/reproduce.py [FOLDER]. It writes eight_points_1.csv and
eight_points_101.csv, distances.csv and surfaces.csv into FOLDER (default: beside this file), prints the tables, and
draws eight_points_1.png and eight_points_101.png if matplotlib is there.
"""

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from flint import fmpq
from reluproof.theory.enclosure import Enclosure
from reluproof.theory.free_functions import Convention
from reluproof.theory.labelled_points import LabelledPoints
from reluproof.theory.numeral import format_rational
from reluproof.theory.ridge_network import RidgeNetwork
from reluproof.verify.many_inputs.answer import KernelAnswer, kernel_answer
from reluproof.verify.many_inputs.distance import distance_l2, distance_others
from reluproof.verify.many_inputs.optimum import Optimum, solve_optimum
from reluproof.verify.pictures.file import save
from reluproof.verify.reading import InputError

CORNERS = ((1, 1), (1, -1), (-1, -1), (-1, 1))
POINTS = (*CORNERS, *[(fmpq(x, 2), fmpq(y, 2)) for x, y in CORNERS])
TASK = (0, 0, 0, 0, 1, 1, 1, 1)
NUMBERS = (2, 6, 11, 31, 101, 301, 1001)
SEEDS = 5
GRID = 41


def data(tasks: int, seed: int) -> LabelledPoints:
    """The paper's task, and tasks - 1 more with labels 0 or 1, each with probability 1/2."""
    rng = random.Random(seed)
    return LabelledPoints(POINTS, tuple([(y, *[rng.randint(0, 1) for _ in range(tasks - 1)]) for y in TASK]))


def solved(points: LabelledPoints) -> Optimum:
    """The certified optimum."""
    found = solve_optimum(points)
    if found is None:
        raise ArithmeticError("no certified optimum was found")
    return found


def distances(tasks: int, seed: int) -> tuple[bool | None, Enclosure | None, Enclosure | None]:
    """(unique, distance to the l2 solution, to the others' kernel solution) of the paper's task, over the box."""
    points = data(tasks, seed)
    found = solved(points)
    others = solved(points.with_tasks(range(1, tasks)))
    l2 = distance_l2(points, found.network, 0, Convention.FREE)
    return found.unique, l2, distance_others(points, found.network, others.network, 0, Convention.FREE)


def table() -> Iterator[str]:
    """tasks, seed, unique, and both distances as lower and upper bounds."""
    yield "tasks,seed,unique,l2_lower,l2_upper,others_lower,others_upper"
    for tasks in NUMBERS:
        for seed in range(SEEDS):
            unique, *found = distances(tasks, seed)
            cells = [",".join(("", "") if d is None else d.decimals(6)) for d in found]
            yield f"{tasks},{seed},{'undecided' if unique is None else str(unique).lower()},{','.join(cells)}"


def csv(points: LabelledPoints) -> Iterator[str]:
    """A table for `reluproof kernel --inputs 2`."""
    yield ",".join(["x1", "x2", "paper", *[f"other_{k}" for k in range(1, points.tasks)]])
    for point, label in zip(points.points, points.labels, strict=True):
        yield ",".join(map(format_rational, (*point, *label)))


def surfaces(networks: dict[str, RidgeNetwork]) -> Iterator[str]:
    """Values of the first task on a grid over the square, one column per network."""
    yield ",".join(["x1", "x2", *networks])
    steps = [fmpq(2 * k, GRID - 1) - 1 for k in range(GRID)]
    for x in steps:
        for y in steps:
            values = [f"{decimal(f((x, y))[0])}" for f in networks.values()]
            yield ",".join([decimal(x), decimal(y), *values])


def decimal(value: fmpq) -> str:
    """Six decimals, for drawing."""
    return f"{int(value.p) / int(value.q):.6f}"


def draw(path: Path, answer: KernelAnswer) -> bool:
    """The surfaces as `reluproof kernel --plot` draws them; False without matplotlib."""
    try:
        figure = answer.plot()
    except InputError:
        return False
    save(figure, str(path))
    return True


def main(folder: Path) -> None:
    """Everything."""
    start = time.process_time()
    one, many = [kernel_answer(data(tasks, 0)) for tasks in (1, 101)]
    for answer in (one, many):
        path = folder / f"eight_points_{answer.data.tasks}.csv"
        path.write_text("\n".join(csv(answer.data)) + "\n")
    single, several = one.optimum, many.optimum
    assert single is not None
    assert single.another is not None
    assert several is not None
    print(f"T = 1:   R = sqrt({single.exact_cost.terms[0] if single.exact_cost else '?'}), unique: {single.unique}")
    lower, upper = several.cost.decimals(15)
    print(f"T = 101: R in [{lower}, {upper}], unique: {several.unique} ({several.reason})")
    rows = list(table())
    (folder / "distances.csv").write_text("\n".join(rows) + "\n")
    print("\n".join(rows))
    networks = {"one_task": single.network, "one_task_another": single.another, "101_tasks": several.network}
    (folder / "surfaces.csv").write_text("\n".join(surfaces(networks)) + "\n")
    drawn = [draw(folder / f"eight_points_{answer.data.tasks}.png", answer) for answer in (one, many)]
    print("pictures drawn" if all(drawn) else "no matplotlib: no pictures")
    print(f"{time.process_time() - start:.1f} s of CPU")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
