"""The weekly roster: rules as arrays, exact pricing, a proven bound, search, and rosters out."""
