"""What should be done: optimisation models of requirement, roster and capacity."""
