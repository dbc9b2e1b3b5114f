"""The tables that the tasks are about, as people have them: their own names, marks, dates, packing and faults."""

import bz2
import gzip
import io
import lzma
import zipfile
from pathlib import Path

COUNTED = 'id,year,gdp,"rate, real"\n0,2000,1.5,3\n1,2001,2.5,3\n2,2002,2.1,4\n3,2003,2,2\n'
TITLED = "Exports\nprinted on Monday\nt;value\n0;1,5\n1;2,5\n2;1.000,25\n3;7\n"
DATED = "day,price\n2020-01-01,1\n2020-01-02,2\n2020-01-04,1\n2020-01-07,1\n"
REPEATED = "x,a\n0,0\n1,1\n1,3\n2,5\n3,9\n"
RUN = "t,a,b\n0,0,0\n1,0,0\n2,1,7\n3,3,21\n"
NO_NUMBER = "t,a\n0,1\n1,two\n2,3\n"


def zipped(text):
    """The table as the one file of an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("run.csv", text)
    return stream.getvalue()


def write_tables(folder: Path) -> None:
    """All text tables, packed ones, and a folder of three of which one is bad."""
    texts = {"counted": COUNTED, "titled": TITLED, "dated": DATED, "repeated": REPEATED, "run": RUN}
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text)
    packed = {"gz": gzip.compress, "xz": lzma.compress, "bz2": bz2.compress}
    for suffix, pack in packed.items():
        (folder / f"run.csv.{suffix}").write_bytes(pack(RUN.encode()))
    (folder / "run.zip").write_bytes(zipped(RUN))
    many = folder / "results"
    many.mkdir()
    (many / "a.csv").write_text(RUN)
    (many / "b.csv").write_text(NO_NUMBER)
    (many / "c.csv").write_text("x,y\n0,0\n1,1\n2,0\n3,5\n")


def write_frames(folder: Path) -> None:
    """The same run as Parquet, Feather and on the second sheet of a workbook; needs reluproof[tables]."""
    import openpyxl
    import pyarrow
    from pyarrow import feather, parquet

    rows = [[float(cell) for cell in line.split(",")] for line in RUN.splitlines()[1:]]
    table = pyarrow.table({name: [row[k] for row in rows] for k, name in enumerate("tab")})
    parquet.write_table(table, folder / "run.parquet")
    feather.write_feather(table, str(folder / "run.feather"))
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Data")
    for row in [["t", "a", "b"], *rows]:
        sheet.append(row)
    book.save(folder / "run.xlsx")
    del book["Read me"]
    book.save(folder / "one_sheet.xlsx")
