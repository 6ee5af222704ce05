"""The activities of the coming weeks, and the regular ones whose days are not known."""

from datetime import timedelta
from typing import Any

from directory.activities import Activity
from directory.calendar import occurrences
from geo.errors import N_
from layers.layer import Features, Layer, LegendEntry, Scene, collection, feature
from layers.places import area_point

COMING = timedelta(weeks=4)
"""How far ahead an activity is shown: a market stand every fortnight comes twice."""


def coming(scene: Scene) -> list[Activity]:
    """List the activities that take place within the coming weeks, the dateless ones last."""
    dated: list[tuple[Any, Activity]] = []
    dateless: list[Activity] = []
    for activity in scene.atlas.activities.values():
        if activity.schedule is None:
            dateless.append(activity)
        elif found := occurrences(activity, scene.at, scene.at + COMING):
            dated.append((found[0].start, activity))
    return [activity for _, activity in sorted(dated, key=lambda pair: pair[0])] + dateless


def features(scene: Scene) -> Features:
    """Draw each coming activity where it takes place; without a known spot it has no geometry."""
    return collection([_feature(scene, activity) for activity in coming(scene)])


def _feature(scene: Scene, activity: Activity) -> dict[str, Any]:
    where = scene.atlas.activity_whereabouts[activity.id]
    atlas = scene.atlas
    properties = {
        "id": activity.id,
        "name": activity.titles.best(scene.language),
        "group": "activity",
        "icon": "maki:star",
        "sub": atlas.neighbourhood_name(where.neighbourhood, scene.language)
        or atlas.municipality_name(where.municipality, scene.language),
        "precision": "address",
    }
    if activity.place and activity.place.point:
        return feature(activity.place.point.lon, activity.place.point.lat, properties)
    properties["precision"] = "area"
    point = area_point(scene, activity.place)
    if point is None:
        return {"type": "Feature", "properties": properties, "geometry": None}
    return feature(*point, properties)


LAYER = Layer(
    name="activities",
    kind="signs",
    title=N_("Activities of the coming weeks"),
    version=lambda scene: (
        f"{scene.atlas.directory.revision}-{scene.atlas.territory.fingerprint}-{scene.at:%Y%m%d%H}"
    ),
    features=features,
    style=lambda _: {"cluster": True},
    legend=lambda scene: [
        LegendEntry(
            symbol="sign",
            label=scene.translate("Activity"),
            color=scene.palette.roles["activity"],
            group="activity",
        )
    ],
)
