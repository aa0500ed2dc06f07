"""The law of the roster: a statement and a check per rule, and the audit."""
