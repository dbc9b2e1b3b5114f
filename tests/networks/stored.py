"""The stored trained networks, with the data they were trained on."""

from pathlib import Path

FOLDER = Path(__file__).parents[2] / "examples" / "paper" / "one_input"
STORED = [(FOLDER / f"{path.stem[:-2]}.csv", path) for path in sorted((FOLDER / "networks").glob("*.npz"))]
NAMES = [path.stem for _, path in STORED]
