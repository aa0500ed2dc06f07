"""The law of the roster: one file per rule (its statement and its check), and the audit over all.

A check reads a finished roster like a works-council clerk would: plain loops over one person's
dates.  The postings on the solver (``planner.model``) share no code with it.
"""
