"""Sampled frequencies: how often uniqueness fails for random datasets, each decided exactly (statements D, E, O, Q)."""

from .frequency import Frequency, exact_interval, probe
from .laws import LabelLaw, Law, PointLaw
from .tube import TubeLaw, tube_exponent

__all__ = ["Frequency", "LabelLaw", "Law", "PointLaw", "TubeLaw", "exact_interval", "probe", "tube_exponent"]
