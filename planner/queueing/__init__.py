"""Formulas of the literature: Erlang B, C and A, offered load, the finite day, appointment books.

Every formula cites its source at the line.  Rates and times share one unit per call (minutes in
this project); nothing here knows a scenario, a roster or a solver.
"""
