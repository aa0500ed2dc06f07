"""How derived tables of a case come from published totals: computed, committed and tested.

Nothing of a planning run reads these modules; they write tables that are committed with the case.
"""
