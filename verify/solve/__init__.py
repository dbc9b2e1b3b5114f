"""The finite-dimensional program of the interpolation problem, by textbook methods that do not know the theorem."""
