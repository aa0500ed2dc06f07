"""A workforce in steady state: hires that replace those who leave, with time to learn."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SteadyWorkforce:
    """Hires and heads that sustain a number of fully productive posts.

    Attributes
    ----------
    gross_fte : float
        Productive posts needed, absence included (net need over 1 - shrinkage).
    attrition : float
        Share of heads who leave in a month.
    productivity : tuple of float
        Productivity in the first months since the start; 1 afterwards.
    """

    gross_fte: float
    attrition: float
    productivity: tuple[float, ...] = ()

    @property
    def hires(self) -> float:
        """Hires a month."""
        stay = 1.0 - self.attrition
        # Each hire contributes sum over k of r_k (1 - a)^k; months beyond the ramp sum to a
        # geometric series (Gans and Zhou 2002, Oper. Res. 50, 991-1006, in the mean).
        ramp = sum(rate * stay**month for month, rate in enumerate(self.productivity))
        later = stay ** len(self.productivity) / self.attrition
        return self.gross_fte / (ramp + later)

    @property
    def headcount(self) -> float:
        """Heads employed, those who learn included."""
        return self.hires / self.attrition
