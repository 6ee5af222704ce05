"""A local map on the web: a page at its own address, the same for an iframe, and one file.

- `telling.plan_of(local_map, atlas, language, at) -> dict`: everything the page tells, pure.
- `file.plan_file(local_map, atlas, ground, at, languages=(), edition="", address="") -> str`: the
  whole map as one HTML page. No clock and no chance in it: the same arguments and the same bundle
  give the same bytes, so an edition may freeze it. `ground` is `exchange.basemap_ground.
  read_ground(home, area)`; `languages` are the map's own where none are given; `edition` is the
  day of an edition (ISO 8601), empty for the map of the day; `address` that of the live map.
- `snippet.iframe_of(address, title) -> str`: what a partner pastes in its own page.
- `routes.routes()`: /plan/<id>, /plan/<id>/embed, /plan/<id>/file.html and what they fetch.
"""
