"""How a plan is drawn: ground, border, grid, names, leaders and signs, in this order."""

from string import ascii_uppercase
from typing import Any, Final

import numpy as np
import shapely

from exchange.paper.fonts import width_pt
from exchange.paper.frame import KILOMETRE_M
from exchange.paper.text import Style, draw_line, wrap
from exchange.poster.blocks import INK, SOFT
from exchange.poster.chips import draw_sign, readable
from exchange.poster.land import path_of
from exchange.poster.plan import RULER_PT, Plan

GRID: Final = "#8c8372"
OUTSIDE: Final = "#efeadf"
DOOR: Final = "#1c2b2e"
STOPS: Final = {"tram": "T", "subway": "M", "metro": "M", "bus": "B", "rail": "R", "train": "R"}


def draw_plan(pen: Any, plan: Plan, words: str, scale_words: str) -> None:
    """Draw a plan; `words` tell a reader what the figure shows."""
    canvas = pen.canvas
    frame = plan.frame
    with pen.decoration():
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(frame.x, frame.y, frame.width, frame.height)
        canvas.clipPath(clip, stroke=0, fill=0)
        plan.land.draw(canvas)
        _draw_border(canvas, plan)
        _draw_grid(canvas, plan)
        for name in plan.names:
            name.draw(canvas, halo="#ffffff")
        canvas.restoreState()
    with pen.element("Figure", words=words):
        for name in plan.names:
            name.draw(canvas)
        _draw_stops(canvas, plan)
        _draw_signs(canvas, plan)
        _draw_corner(canvas, plan, scale_words)
        _draw_ruler(canvas, plan)


def _draw_border(canvas: Any, plan: Plan) -> None:
    frame = plan.frame
    around = shapely.box(
        frame.x - 5, frame.y - 5, frame.x + frame.width + 5, frame.y + frame.height + 5
    )
    canvas.saveState()
    canvas.setFillColor(OUTSIDE)
    canvas.setFillAlpha(0.62)
    canvas.drawPath(path_of(canvas, around.difference(plan.border)), stroke=0, fill=1, fillMode=0)
    canvas.setFillAlpha(1)
    canvas.setLineJoin(1)
    edge = path_of(canvas, plan.border)
    canvas.setStrokeColor("#ffffff")
    canvas.setLineWidth(4.2 * plan.times)
    canvas.drawPath(edge, stroke=1, fill=0)
    canvas.setStrokeColor(readable(plan.poster.accent))
    canvas.setLineWidth(2.2 * plan.times)
    canvas.setDash(7 * plan.times, 2.6 * plan.times)
    canvas.drawPath(edge, stroke=1, fill=0)
    canvas.restoreState()


def _draw_grid(canvas: Any, plan: Plan) -> None:
    frame, (across, up) = plan.frame, plan.squares
    canvas.saveState()
    canvas.setStrokeColor(GRID)
    canvas.setStrokeAlpha(0.4)
    canvas.setLineWidth(0.4)
    for n in range(1, across):
        x = frame.x + frame.width * n / across
        canvas.line(x, frame.y, x, frame.y + frame.height)
    for n in range(1, up):
        y = frame.y + frame.height * n / up
        canvas.line(frame.x, y, frame.x + frame.width, y)
    canvas.restoreState()


def _draw_signs(canvas: Any, plan: Plan) -> None:
    placed, times = plan.placed, plan.times
    canvas.setLineCap(1)
    # They end under their sign: only a square fills its box.
    moved = np.hstack([plan.doors, placed.boxes[:, :2]])[placed.moved].tolist()
    for colour, wide, dot in (("#ffffff", 2.0, 2.3), (DOOR, 0.8, 1.5)):  # first all the light
        canvas.setStrokeColor(colour)
        canvas.setFillColor(colour)
        canvas.setLineWidth(wide * times)
        for x, y, to_x, to_y in moved:
            canvas.line(x, y, to_x, to_y)
            canvas.circle(x, y, dot * times, stroke=0, fill=1)
    for sign, (x, y, *_) in zip(plan.signs, placed.boxes.tolist(), strict=True):
        draw_sign(canvas, sign.chips, x, y, sign.side)


def _draw_stops(canvas: Any, plan: Plan) -> None:
    side = plan.stop_pt
    for stop in plan.land.stops:
        canvas.setFillColor("#ffffff")
        canvas.setStrokeColor(SOFT)
        canvas.setLineWidth(0.8)
        canvas.roundRect(stop.x - side / 2, stop.y - side / 2, side, side, 1.5, stroke=1, fill=1)
        text = STOPS.get(stop.kind, "•")
        style = Style(7 * plan.times, "bold", SOFT)
        wide = width_pt(text, "bold", style.size_pt)
        draw_line(canvas, text, style, stop.x - wide / 2, stop.y - style.size_pt * 0.35)


def _draw_corner(canvas: Any, plan: Plan, scale_words: str) -> None:
    """Draw the scale bar, the scale in words and the arrow to the north on one plate."""
    x, y, half, high, _ = plan.corner
    times = plan.times
    length, long = plan.bar
    canvas.setFillColor("#ffffff")
    canvas.setFillAlpha(0.9)
    canvas.roundRect(x - half, y - high, 2 * half, 2 * high, 3 * times, stroke=0, fill=1)
    canvas.setFillAlpha(1)
    left, low = x - half + 9 * times, y - high + 7 * times
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.7 * times)
    for n in range(4):
        canvas.setFillColor(INK if n % 2 == 0 else "#ffffff")
        canvas.rect(left + long * n / 4, low, long / 4, 3 * times, stroke=1, fill=1)
    style = Style(7 * times, "regular", INK)
    told = f"{length} m" if length < KILOMETRE_M else f"{length // KILOMETRE_M} km"
    draw_line(canvas, "0", style, left - 1.5, low + 5.2 * times)
    wide = width_pt(told, "regular", style.size_pt)
    draw_line(canvas, told, style, left + long - wide / 2, low + 5.2 * times)
    bold = Style(7 * times, "bold", INK)
    for line in wrap(scale_words, bold, 2 * half - 30 * times, most=1):
        draw_line(canvas, line, bold, left, low + 14 * times)
    right = x + half - 13 * times
    canvas.setFillColor(INK)
    arrow = canvas.beginPath()
    arrow.moveTo(right, y + 11 * times)
    arrow.lineTo(right + 5 * times, y - 2 * times)
    arrow.lineTo(right, y + 0.6 * times)
    arrow.lineTo(right - 5 * times, y - 2 * times)
    arrow.close()
    canvas.drawPath(arrow, stroke=0, fill=1)
    bold = Style(7.4 * times, "bold", INK)
    draw_line(canvas, "N", bold, right - width_pt("N", "bold", bold.size_pt) / 2, y - 10 * times)


def _draw_ruler(canvas: Any, plan: Plan) -> None:
    """Draw the strip around the plan with the letters and numbers of its squares."""
    frame, (across, up), times = plan.frame, plan.squares, plan.times
    strip = RULER_PT * times
    x, y, wide, high = plan.outer
    accent = readable(plan.poster.accent)
    ring = shapely.box(x, y, x + wide, y + high).difference(
        shapely.box(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
    )
    canvas.setFillColor(accent)
    canvas.drawPath(path_of(canvas, ring), stroke=0, fill=1, fillMode=0)
    style = Style(7.6 * times, "bold", "#ffffff")
    spots = [
        (ascii_uppercase[n], frame.x + frame.width * (n + 0.5) / across, edge)
        for n in range(across)
        for edge in (y + strip / 2, y + high - strip / 2)
    ]
    spots += [
        (str(n + 1), edge, frame.y + frame.height * (1 - (n + 0.5) / up))
        for n in range(up)
        for edge in (x + strip / 2, x + wide - strip / 2)
    ]
    for text, at, level in spots:
        left = at - width_pt(text, "bold", style.size_pt) / 2
        draw_line(canvas, text, style, left, level - style.size_pt * 0.35)
    canvas.setStrokeColor("#ffffff")
    canvas.setLineWidth(0.6)
    for n in range(1, across):
        at = frame.x + frame.width * n / across
        canvas.line(at, y, at, y + strip)
        canvas.line(at, y + high - strip, at, y + high)
    for n in range(1, up):
        at = frame.y + frame.height * n / up
        canvas.line(x, at, x + strip, at)
        canvas.line(x + wide - strip, at, x + wide, at)
