"""Rosters as one line per employee: column generation, dive and neighbourhood search.

A *line* is everything one employee does over the horizon; lines of different employees meet in
*cover rows* only (so many people here, then).  The linear relaxation over all lines is solved by
column generation (Lübbecke and Desrosiers 2005, doi 10.1287/opre.1050.0234), and its Lagrangian
bound holds at every round; whole rosters come from a dive and a neighbourhood search in the manner
of Strandmark, Qu and Curtois (2020, doi 10.1016/j.cor.2020.104945).

Reading order: ``problem`` (nouns), ``pricing`` (what a caller supplies), ``master``, ``generate``,
``dive``, ``improve``, ``search`` (the whole).
"""
