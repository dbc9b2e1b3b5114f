"""Exact counts: how often uniqueness fails when the labels are drawn from a finite set (statement P)."""

from .count import Census, census
from .label_sets import Box, LabelList, LabelSet, OneHot

__all__ = ["Box", "Census", "LabelList", "LabelSet", "OneHot", "census"]
