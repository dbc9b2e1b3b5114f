"""What tests ask of figures: the artists by their labels and ids, and the texts in the SVG; no pixels."""

from xml.etree import ElementTree

import numpy
from reluproof.verify.pictures.file import picture_bytes


def svg(figure):
    """The root of the figure's SVG."""
    return ElementTree.fromstring(picture_bytes(figure, ".svg"))


def identifiers(root):
    """The ids of the groups in an SVG that name what they draw."""
    return {node.get("id") for node in root.iter() if node.get("id")}


def texts(root):
    """All texts of an SVG."""
    return ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]


def titles(figure):
    """The names of the panels, from above."""
    return [ax.get_title(loc="left") for ax in figure.axes]


def lines_named(figure, label):
    """The lines with this label, over all panels."""
    return [line for ax in figure.axes for line in ax.lines if line.get_label() == label]


def line(figure, gid):
    """The only line with this id."""
    (found,) = [line for ax in figure.axes for line in ax.lines if line.get_gid() == gid]
    return found


def corners(figure, gid):
    """The corners of the only shade with this id, without repetition."""
    (found,) = [shade for ax in figure.axes for shade in ax.collections if shade.get_gid() == gid]
    return {tuple(map(float, corner)) for path in found.get_paths() for corner in path.vertices}


def points(line):
    """The places of a line's marks."""
    return list(zip(map(float, line.get_xdata()), map(float, line.get_ydata()), strict=True))


def boxes_of_texts(figure):
    """Panel by panel, the names and the legend as boxes in pixels; what is empty is left out."""
    figure.draw_without_rendering()
    found = []
    for ax in figure.axes:
        boxes = [ax.title.get_window_extent(), ax._left_title.get_window_extent()]
        if ax.get_legend() is not None:
            boxes.append(ax.get_legend().get_window_extent())
        found.append([box for box in boxes if box.width > 1 and box.height > 1])
    return found


def long_data(size, tasks, seed=0):
    """Integer walks, which have aligned kinks here and there."""
    source = numpy.random.default_rng(seed)
    return numpy.arange(float(size)), numpy.cumsum(source.integers(-2, 3, (size, tasks)), axis=0)
