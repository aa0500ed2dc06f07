"""Explanations: whether a person could be somewhere at a time, and what keeps them from it."""
