"""Mutation tests of the rules: every small change of a rule must make some test fail."""
