"""Files in, PlanningCase out: reading, layering, schema, building; problems with file:line."""
