"""The weekly roster: rules posted as arrays, exact pricing, proven bound, search, and rosters out."""
