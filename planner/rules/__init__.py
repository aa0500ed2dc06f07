"""The law of the roster: one file per rule (its statement and its check), and the audit over all."""
