"""Rosters of plain shifts by a programme without names, for weeks that are only that.

A week is *plain* where a shift is an interval and nothing else: no break, no rule between two
days, no price of a day.  Then what a group of people give on a day is known from how many have
started and how many have ended by each cell, whoever they are (implicit shift modelling: Moondra
1976, J. Bank Research 7, 299-301; Thompson 1995, Management Science 41, 595-607), and people matter
only by the days and groups in which they work and by the cells they owe.

Order of reading: ``plain_week`` (what is asked), ``programme``, ``block`` and ``plan`` (the model),
``decide`` (who works where), ``settle`` (starts, ends, whole times), ``naming`` and
``compiled_exchange`` (whose shift is whose), ``unnamed_roster`` (the recipe).
"""
