"""Simulation cuts: shifts optimised against simulated service levels, with a bound and a claim.

Reading order: ``simulation_cuts`` (the loop of master, evaluator and cuts), ``slope_search`` (what
finds schedules), ``day_windows`` (what bounds them), ``sampled_day`` with ``stacked_weeks`` and
``stacked_people`` (how shifts are played), ``skill_groups`` to ``sparing_skills`` (people who hold
a part of the skills), ``two_step`` (the opponent), ``day`` and ``location`` (a location's days),
``coupled_days`` to ``joint_site`` (sites that share people), ``search`` (all locations, rounds),
``limits`` (what rosters could not fill), ``certificate`` (fresh weeks) and ``cut_plan`` (the end).
"""
