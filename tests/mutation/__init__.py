"""Mutation tests of rules and postings: every small change must make some test fail."""
