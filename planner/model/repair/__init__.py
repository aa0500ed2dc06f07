"""Repair of a roster: as little as possible is changed, by exact pricing of single lines."""
