"""Capacity over months: posts, hires, absence, season and the appointment book, as MIP."""
