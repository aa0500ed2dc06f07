"""Consistency checks: one named function per check."""
