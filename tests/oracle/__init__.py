"""An oracle for the answers about one dataset, which shares neither code nor formulas with the package.

Plain `fractions` and `decimal`; scipy where a number is found numerically. Nothing of the package is imported. Points
are a list of N increasing fractions, labels a list of N rows of T fractions; points are counted from 0.
"""
