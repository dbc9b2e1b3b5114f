"""A linear program in fractions: the simplex method with Bland's rule, exact and finite."""

from fractions import Fraction

from .kinks import Vector


class Infeasible(ArithmeticError):
    """No nonnegative solution of the equations."""


class Unbounded(ArithmeticError):
    """The objective has no minimum."""


class Program:
    """All z >= 0 with `equations` z = `values`, and a basis of them from which objectives are minimised."""

    def __init__(self, equations: list[Vector], values: Vector) -> None:
        self.width = len(equations[0])
        signs = [-1 if value < 0 else 1 for value in values]
        self.rows = [
            [sign * entry for entry in row] + [Fraction(i == k) for k in range(len(values))] + [sign * value]
            for i, (row, value, sign) in enumerate(zip(equations, values, signs, strict=True))
        ]
        self.basis = [self.width + i for i in range(len(values))]
        self.allowed = list(range(self.width))
        self._find_a_basis()

    def _find_a_basis(self) -> None:
        """Minimise the sum of artificial variables, then drive them out or drop their rows."""
        artificial = [Fraction(0)] * self.width + [Fraction(1)] * len(self.rows)
        if self._descend(artificial) != 0:
            raise Infeasible
        for index in reversed(range(len(self.rows))):
            if self.basis[index] >= self.width:
                entering = next((k for k in self.allowed if self.rows[index][k]), None)
                if entering is None:
                    del self.rows[index], self.basis[index]
                else:
                    self._pivot(index, entering)
        self.rows = [row[: self.width] + row[-1:] for row in self.rows]

    def minimum(self, objective: Vector) -> Fraction:
        """The least value of the objective; the basis stays at a minimiser."""
        return self._descend(objective)

    def keep_only_minimisers(self, objective: Vector) -> Fraction:
        """Minimise and restrict the program to all minimisers: what has a positive reduced cost must stay 0."""
        least = self._descend(objective)
        self.allowed = [k for k in self.allowed if self._reduced_cost(objective, k) == 0]
        return least

    def _reduced_cost(self, objective: Vector, column: int) -> Fraction:
        return objective[column] - sum(
            (objective[b] * row[column] for b, row in zip(self.basis, self.rows, strict=True) if row[column]),
            Fraction(0),
        )

    def _descend(self, objective: Vector) -> Fraction:
        while True:
            entering = next((k for k in self.allowed if self._reduced_cost(objective, k) < 0), None)
            if entering is None:
                break
            ratios = [
                (row[-1] / row[entering], self.basis[i], i) for i, row in enumerate(self.rows) if row[entering] > 0
            ]
            if not ratios:
                raise Unbounded
            self._pivot(min(ratios)[2], entering)
        return sum((objective[b] * row[-1] for b, row in zip(self.basis, self.rows, strict=True)), Fraction(0))

    def _pivot(self, index: int, entering: int) -> None:
        pivot = self.rows[index][entering]
        self.rows[index] = chosen = [entry / pivot if entry else entry for entry in self.rows[index]]
        for other, row in enumerate(self.rows):
            if other != index and (factor := row[entering]):
                self.rows[other] = [a - factor * b if b else a for a, b in zip(row, chosen, strict=True)]
        self.basis[index] = entering
