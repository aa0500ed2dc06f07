"""What was: published staffing over the years as monthly series, and what a model makes of it."""
