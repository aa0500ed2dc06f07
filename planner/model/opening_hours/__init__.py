"""Opening hours as a decision: the problem, its integer model, and the set of best plans."""
