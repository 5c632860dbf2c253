"""Draw the use of the bot: `python -m bot.administration.picture FIGURES` takes them as JSON and writes a PNG.

A process of its own draws and ends: matplotlib takes a second to load and 60 MB, which the bot does not keep.
"""

import io
import math
import sys
from datetime import date

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure, SubFigure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator

from bot.administration import record_texts as texts
from bot.administration.display import day, seconds
from bot.administration.figures import FIGURES, Figures

_INCHES = (7.2, 11.2)
_DOTS_PER_INCH = 150
"""Together 1,080 × 1,680 points: as wide as a phone shows, with letters that can be read there."""
_LETTERS = 14
_MOST_DATES = 7
_SHORTEST_MS = 10
"""What is quicker is drawn as this: nobody feels the difference."""
_ANSWERED, _NOT_FOUND, _SAFETY = "#2a9d8f", "#e9a23b", "#c8352b"
_HALF, _MOST = "#264653", "#8d99ae"


def draw(figures: Figures) -> bytes:
    """Return the picture as PNG."""
    margins = ConstrainedLayoutEngine(h_pad=0.08, w_pad=0.12)
    figure = Figure(figsize=_INCHES, dpi=_DOTS_PER_INCH, layout=margins)
    FigureCanvasAgg(figure)
    heights = (4.2, 0.5 * len(figures.kinds) + 0.8, 4)
    parts = figure.subfigures(3, 1, height_ratios=heights, squeeze=False)
    for part, draw_part in zip(parts.flat, (_draw_questions, _draw_kinds, _draw_time), strict=True):
        draw_part(part, figures)
    png = io.BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()


def _draw_questions(part: SubFigure, figures: Figures) -> None:
    axes = _axes(part, texts.PICTURE_QUESTIONS)
    floor = [0] * len(figures.days)
    for counts, name, colour in (
        (figures.answered, texts.PICTURE_ANSWERED, _ANSWERED),
        (figures.not_found, texts.PICTURE_NOT_FOUND, _NOT_FOUND),
        (figures.safety, texts.PICTURE_SAFETY, _SAFETY),
    ):
        axes.bar(range(len(figures.days)), counts, bottom=floor, label=name, color=colour, width=0.8)
        floor = [low + count for low, count in zip(floor, counts, strict=True)]
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.set_ylim(0, max(*floor, 1) * 1.05)
    _write_dates(axes, figures.days)
    _name_colours(part)


def _draw_kinds(part: SubFigure, figures: Figures) -> None:
    axes = _axes(part, texts.PICTURE_KINDS)
    names, counts = [name for name, _ in figures.kinds], [count for _, count in figures.kinds]
    axes.bar_label(axes.barh(range(len(names)), counts, color=_ANSWERED), padding=4, fontsize=_LETTERS)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, max([*counts, 1]) * 1.12)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)


def _draw_time(part: SubFigure, figures: Figures) -> None:
    axes = _axes(part, texts.PICTURE_TIME)
    for name, colour, times in (
        (texts.PICTURE_HALF, _HALF, [each.half if each else math.nan for each in figures.times]),
        (texts.PICTURE_MOST, _MOST, [each.most if each else math.nan for each in figures.times]),
    ):
        shown = [max(took, _SHORTEST_MS) for took in times]
        axes.plot(range(len(figures.days)), shown, label=name, color=colour, marker="o", markersize=5, linewidth=2)
    longest = max((each.most for each in figures.times if each), default=_SHORTEST_MS)
    axes.set_yscale("log")
    axes.set_ylim(_SHORTEST_MS * 0.7, 10 ** math.ceil(math.log10(max(longest, _SHORTEST_MS * 10))) * 1.2)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda took_ms, _: seconds(took_ms)))
    axes.yaxis.set_minor_locator(NullLocator())
    _write_dates(axes, figures.days)
    _name_colours(part)


def _axes(part: SubFigure, title: str) -> Axes:
    """Return the axes of a part, which fill its width under a title."""
    part.suptitle(title, fontsize=_LETTERS + 3, fontweight="bold", x=0.02, horizontalalignment="left")
    axes = part.subplots()
    axes.tick_params(labelsize=_LETTERS, length=0)
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    return axes


def _name_colours(part: SubFigure) -> None:
    part.legend(
        fontsize=_LETTERS,
        ncols=3,
        loc="outside lower center",
        frameon=False,
        columnspacing=1.2,
        handlelength=1.2,
        handletextpad=0.5,
    )


def _write_dates(axes: Axes, days: tuple[date, ...]) -> None:
    """Write some of the dates, the last day's among them."""
    every = -(-len(days) // _MOST_DATES)
    places = range(len(days) - 1, -1, -every)
    axes.set_xticks(list(places), [day(days[place]) for place in places])
    axes.set_xlim(-0.6, len(days) - 0.4)


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(FIGURES.validate_json(sys.argv[1])))
