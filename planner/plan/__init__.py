"""Strategies that join simulation and optimisation."""
