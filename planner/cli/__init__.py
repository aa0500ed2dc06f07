"""Thin: parse, call a verb, show."""
