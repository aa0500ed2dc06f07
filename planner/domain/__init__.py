"""The nouns of planner, frozen: places, services, demand, staff, rosters, rules, targets, cases.

Standard library and numpy only.  Nothing here reads a file, draws a number or calls a solver.
"""
