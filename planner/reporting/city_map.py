"""A map of the locations from their coordinates alone: no tiles, no borders, no network.

Districts show as pale shapes around their own locations; a location's shape tells its area,
its colour and symbol its verdict.  Labels are placed greedily where they hide nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from planner.reporting.material import Place
from planner.reporting.verdicts import SYMBOLS

WIDTH, HEIGHT = 900.0, 620.0
_MARGIN = 70.0
_RADIUS = 9.0
_TEXT_HEIGHT = 13.0
_LETTER, _CAPITAL = 6.6, 10.2
#: Kilometres per degree of latitude (WGS 84, mean).
_KM_PER_DEGREE = 111.2
#: Length of the scale bar [km].
SCALE_KILOMETRES = 5


@dataclass(frozen=True, slots=True)
class Marker:
    """A location on the map; ``x``, ``y`` in SVG units."""

    place: Place
    verdict: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def hits(self, other: _Box) -> bool:
        """Tell whether the boxes overlap."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)


def city_map(places: Iterable[Place], verdicts: dict[str, str], texts: MapTexts) -> str:
    """Return the map as SVG text; empty with fewer than two mapped locations."""
    mapped = [p for p in places if p.kind != "phone"]
    if len({(p.latitude, p.longitude) for p in mapped}) < 2:
        return ""
    projection = _Projection.around(mapped)
    markers = _spread([_marker(p, verdicts.get(p.id, ""), projection) for p in mapped])
    gap = _RADIUS + 2
    taken = [_Box(m.x - gap, m.y - gap, m.x + gap, m.y + gap) for m in markers]
    body = [*_districts(markers), *_marks(markers, texts), *_labels(markers, taken)]
    body += [*_district_labels(markers, texts.districts, taken)]
    body += [_scale_bar(projection, texts.scale)]
    size = f"0 0 {WIDTH:.0f} {projection.height:.0f}"
    label = escape(texts.label, quote=True)
    return (
        f'<svg viewBox="{size}" role="img" aria-label="{label}" class="map">{"".join(body)}</svg>'
    )


def map_areas(places: Iterable[Place]) -> list[str]:
    """Return the fields of work on the map, the one with most locations first."""
    sizes = Counter(place.area for place in places)
    return sorted(sizes, key=lambda area: (-sizes[area], area))


def shape_of(place: Place, areas: list[str]) -> str:
    """Return a circle for the first field of work, a square for others, a diamond for mobile."""
    if place.kind == "mobile":
        return "diamond"
    return "circle" if areas.index(place.area) == 0 else "square"


@dataclass(frozen=True, slots=True)
class MapTexts:
    """Words on the map: its label, district names by id, verdicts by id, and ``5 km``."""

    label: str
    districts: dict[str, str]
    verdicts: dict[str, str]
    scale: str


@dataclass(frozen=True, slots=True)
class _Projection:
    """Equirectangular around the mean latitude: true to scale within a city."""

    west: float
    north: float
    per_degree: float
    squeeze: float
    height: float

    @staticmethod
    def around(places: list[Place]) -> _Projection:
        """Return the projection that fits ``places`` into the picture."""
        latitudes = [p.latitude for p in places]
        longitudes = [p.longitude for p in places]
        squeeze = math.cos(math.radians(sum(latitudes) / len(latitudes)))
        wide = max((max(longitudes) - min(longitudes)) * squeeze, 1e-3)
        high = max(max(latitudes) - min(latitudes), 1e-3)
        scale = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high)
        left = (WIDTH - wide * scale) / 2
        west = min(longitudes) - left / scale / squeeze
        north = max(latitudes) + _MARGIN / scale
        return _Projection(west, north, scale, squeeze, high * scale + 2 * _MARGIN)

    def point(self, place: Place) -> tuple[float, float]:
        """Return SVG coordinates."""
        x = (place.longitude - self.west) * self.squeeze * self.per_degree
        return x, (self.north - place.latitude) * self.per_degree

    def length(self, kilometres: float) -> float:
        """Return a distance in SVG units."""
        return kilometres / _KM_PER_DEGREE * self.per_degree


def _marker(place: Place, verdict: str, projection: _Projection) -> Marker:
    return Marker(place, verdict, *projection.point(place))


def _spread(markers: list[Marker]) -> list[Marker]:
    """Set markers apart that would cover each other, side by side in their order."""
    placed: list[Marker] = []
    step = 2 * _RADIUS + 3
    for marker in markers:
        x, y = marker.x, marker.y
        while any(math.hypot(x - o.x, y - o.y) < step - 1 for o in placed):
            x += step
        placed.append(Marker(marker.place, marker.verdict, x, y))
    return placed


def _districts(markers: list[Marker]) -> Iterator[str]:
    groups: dict[str, list[Marker]] = {}
    for marker in markers:
        groups.setdefault(marker.place.district, []).append(marker)
    for _, group in sorted(groups.items()):
        points = "L".join(f"{x:.0f} {y:.0f}" for x, y in hull([(m.x, m.y) for m in group]))
        yield f'<path class="dist" d="M{points}z"/>'


def _district_labels(
    markers: list[Marker], names: dict[str, str], taken: list[_Box]
) -> Iterator[str]:
    """Place each district's name above, below or beside its locations, where it hides least."""
    groups: dict[str, list[Marker]] = {}
    for marker in markers:
        groups.setdefault(marker.place.district, []).append(marker)
    for district, group in sorted(groups.items()):
        name = names.get(district, district)
        boxes = list(_district_positions(group, len(name) * _CAPITAL))
        box = min(boxes, key=lambda b: sum(b.hits(other) for other in taken))
        taken.append(box)
        x, y = (box.left + box.right) / 2, box.bottom - 3
        yield f'<text class="dn" x="{x:.0f}" y="{y:.0f}">{escape(name)}</text>'


def _district_positions(group: list[Marker], width: float) -> Iterator[_Box]:
    half = width / 2
    left, right = min(m.x for m in group), max(m.x for m in group)
    top, bottom = min(m.y for m in group), max(m.y for m in group)
    for x in ((left + right) / 2, right, left):
        x = min(max(x, half), WIDTH - half)
        for y in (top - 2.6 * _RADIUS, bottom + 4.2 * _RADIUS):
            yield _Box(x - half, y - _TEXT_HEIGHT, x + half, y)
    middle = (top + bottom) / 2
    yield _Box(right + 3 * _RADIUS, middle - 20, right + 3 * _RADIUS + width, middle - 7)
    yield _Box(left - 3 * _RADIUS - width, middle - 20, left - 3 * _RADIUS, middle - 7)


def _marks(markers: list[Marker], texts: MapTexts) -> Iterator[str]:
    areas = map_areas(marker.place for marker in markers)
    for m in markers:
        verdict = texts.verdicts.get(m.verdict, "")
        title = escape(f"{m.place.name}: {verdict}")
        shape = _shape(m, shape_of(m.place, areas))
        sign = f'<text class="sy" x="{m.x:.1f}" y="{m.y + 4:.1f}">{SYMBOLS[m.verdict]}</text>'
        yield f'<g class="m {m.verdict or "none"}"><title>{title}</title>{shape}{sign}</g>'


def _shape(marker: Marker, shape: str) -> str:
    x, y, r = marker.x, marker.y, _RADIUS
    if shape == "diamond":
        d = r * 1.3
        return f'<path d="M{x:.1f} {y - d:.1f}l{d} {d}l-{d} {d}l-{d} -{d}z"/>'
    if shape == "square":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r}" height="{2 * r}" rx="2"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}"/>'


def _labels(markers: list[Marker], taken: list[_Box]) -> Iterator[str]:
    """Place each name at the first of six positions around its marker that is free."""
    for m in sorted(markers, key=lambda m: (-m.place.desks, m.place.id)):
        boxes = list(_positions(m, len(m.place.name) * _LETTER))
        free = (b for b in boxes if b.right < WIDTH and b.left > 0)
        box = next((b for b in free if not any(b.hits(o) for o in taken)), None)
        if box is not None:
            taken.append(box)
            yield _label(m, box)


def _label(marker: Marker, box: _Box) -> str:
    """Return the name, tied to the side of the box that faces the marker."""
    anchor, x = "middle", (box.left + box.right) / 2
    if box.left > marker.x:
        anchor, x = "start", box.left
    elif box.right < marker.x:
        anchor, x = "end", box.right
    place = f'class="pn" text-anchor="{anchor}" x="{x:.0f}" y="{box.bottom - 3:.0f}"'
    return f"<text {place}>{escape(marker.place.name)}</text>"


def _positions(marker: Marker, width: float) -> Iterator[_Box]:
    x, y, gap, h = marker.x, marker.y, _RADIUS + 4, _TEXT_HEIGHT
    yield _Box(x + gap, y - h / 2, x + gap + width, y + h / 2)
    yield _Box(x - gap - width, y - h / 2, x - gap, y + h / 2)
    yield _Box(x - width / 2, y + gap, x + width / 2, y + gap + h)
    yield _Box(x - width / 2, y - gap - h, x + width / 2, y - gap)
    yield _Box(x + gap, y + gap - 2, x + gap + width, y + gap - 2 + h)
    yield _Box(x - gap - width, y + gap - 2, x - gap, y + gap - 2 + h)


def _scale_bar(projection: _Projection, text: str) -> str:
    length = projection.length(SCALE_KILOMETRES)
    x, y = WIDTH - 30 - length, projection.height - 18
    return (
        f'<path class="sc" d="M{x:.0f} {y - 5:.0f}v5h{length:.0f}v-5"/>'
        f'<text class="sct" x="{x + length / 2:.0f}" y="{y - 7:.0f}">{escape(text)}</text>'
    )


def hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the convex hull, counter-clockwise (Andrew 1979, monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return _half(ordered)[:-1] + _half(ordered[::-1])[:-1]


def _half(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for point in points:
        while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
