"""A local map on the web: a page at its own address, the same for an iframe, and one file.

- `telling.plan_of(local_map, atlas, language, at) -> dict`: everything the page tells, pure.
- `file.plan_file(local_map, atlas, ground, at, languages=(), edition=False, address="", logos={})
  -> str`: the whole map as one HTML page. No clock and no chance in it: the same arguments and the
  same bundle give the same bytes, so an edition may freeze it (as "text/html", under a name such as
  "plan.html"). `ground` is `exchange.basemap_ground.read_ground(home, ground.around(area))`;
  `languages` are the map's own where none are given; `at` is the day of the edition; `address` is
  that of the live map; `logos` the PNG by their SHA-256.
- `snippet.iframe_of(address, title) -> str`: what a partner pastes in its own page; the address
  ends in /embed.
- `routes.routes()`: /plan/<id>, and below it embed, file.html, ground.json,
  editions/<number>/<name> (`kept.edition_address`) and logos/<sha256>.png.
"""
