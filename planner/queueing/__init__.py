"""Formulas of the literature: Erlang B, C and A, offered load, staffing for a target."""
