"""The rules of the roster as the case has them: everybody's, and those of contract groups."""

from __future__ import annotations

from pathlib import PurePath

from planner.domain.rule import GroupRule, RosterRule, RuleOrigin
from planner.rules.permitted import may_differ_by_group
from planner.rules.registry import RULES, default_rules
from planner.scenario.draft import Draft
from planner.scenario.rule_settings import group_model, rule_model, set_rule


def case_rules(draft: Draft) -> tuple[RosterRule, ...]:
    """Return every rule with the settings that hold for everybody."""
    found = []
    for rule in default_rules():
        entry = draft.one(rule_model(type(rule)))
        found.append(set_rule(rule, entry.value) if entry else rule)
    return tuple(found)


def group_rules(draft: Draft, rules: tuple[RosterRule, ...]) -> tuple[GroupRule, ...]:
    """Return the rules that contract groups have otherwise; what they leave out is as in ``rules``.

    Sorted by group, then as the rules are.
    """
    found = [
        GroupRule(entry.path.rsplit(".", 1)[1], set_rule(rule, entry.value))
        for rule in rules
        if may_differ_by_group(type(rule))
        for entry in draft.all(group_model(type(rule)))
    ]
    return tuple(sorted(found, key=lambda own: own.group))


def rule_origins(draft: Draft) -> tuple[RuleOrigin, ...]:
    """Return where the settings of rules stand that are no defaults, as ``file:line``."""
    found = []
    for rule in RULES:
        models = [rule_model(rule)]
        models += [group_model(rule)] if may_differ_by_group(rule) else []
        for model in models:
            for entry in draft.all(model):
                if not entry.node.entries:
                    continue
                origin = entry.node.origin
                name = PurePath(origin.file).name if origin.line else origin.file
                group = entry.path.rsplit(".", 1)[1] if model is not models[0] else ""
                place = f"{name}:{origin.line}" if origin.line else name
                found.append(RuleOrigin(rule.id, group, place))
    return tuple(found)
