"""Rosters of plain shifts by a programme without names."""
