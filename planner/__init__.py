"""planner: capacity planning and staff scheduling for citizen service centres."""
