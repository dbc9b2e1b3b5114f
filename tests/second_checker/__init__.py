"""A second checker of certificates, written from the specification alone, in another representation.

Integers only: all denominators are cleared. It reads the whole file into memory, has its own parser, and takes other
roads than `verify/checker.py` wherever there is one: kinks from the labels by scaled differences, the sparsest network
evaluated at every point, the Gram system multiplied out, merging by two lines that meet, the margin by the generalised
eigenvalue. It shares no code with anything in the project.
"""

from .judgement import judge
from .text import Broken, Illegible

__all__ = ["Broken", "Illegible", "judge"]
