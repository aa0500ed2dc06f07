"""Names of a case's settings for people: ``choice.attempts`` is *searches per request*."""

from __future__ import annotations

from planner.reporting.material import Material
from planner.reporting.words import Words

#: Stands for any service, area or location in the middle of a path.
_ANY = "*"


def setting_name(path: str, material: Material, words: Words) -> str:
    """Return the name of the setting at ``path``; the path itself where it has no name."""
    exact = words.name("setting", path)
    if exact != path and "{of}" not in exact:
        return exact
    parts = path.split(".")
    general = ".".join((parts[0], _ANY, *parts[2:]))
    name = words.name("setting", general)
    if len(parts) < 2 or name == general:
        return path
    return name.format(of=_owner(parts[1], material, words))


def _owner(identifier: str, material: Material, words: Words) -> str:
    """Return the name of a service, an area or a location, whichever has this identifier."""
    if identifier == _ANY:
        return words("setting.all")
    names = (
        material.area_name(identifier, words),
        material.service_name(identifier, words),
        material.place_names.get(identifier, identifier),
    )
    return next((name for name in names if name != identifier), identifier)
