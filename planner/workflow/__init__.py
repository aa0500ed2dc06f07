"""One function per verb: check, simulate, plan, audit, report."""
