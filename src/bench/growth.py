#!/usr/bin/env python3
"""Measures how fetch, curl and wget2 do as the work grows, and draws it.

    src/bench/growth.py [--longest N] [--runs N] [--curl PATH] [--tools NAME,...]

Two series, against one nginx on loopback: lists of 10 URLs, ten times as many at each step up to --longest
(1,000,000; 10,000,000 takes half an hour), with 64 workers; and 20,000 URLs with 1 to 10,000 workers. Prints
both as Markdown tables, wall seconds / processor seconds / peak megabytes, medians, and draws URLs per second,
processor time per URL and peak memory into src/site/markdown/growth-length.svg and growth-workers.svg.

Needs what peers.py needs.
"""

import argparse
import math
import statistics

import peers

WORKERS = (1, 4, 16, 64, 256, 1000, 4000, 10_000)
SERIES_URLS = 20_000
COLOURS = {"fetch": "#d7301f", "curl": "#2166ac", "wget2": "#5aae61"}
SITE = peers.PROJECT / "src/site/markdown"
# Title of a panel, and its figure of (URLs, wall seconds, processor seconds, megabytes).
PANELS = (
    ("URLs per second", lambda n, wall, cpu, mb: n / wall),
    ("processor ms per URL", lambda n, wall, cpu, mb: 1000 * max(cpu, 0.005) / n),  # GNU time rounds to 10 ms
    ("peak memory, MB", lambda n, wall, cpu, mb: mb),
)
WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 200, 58, 40, 52


def measure(tools, urls, workers, times):
    """Tool -> medians of wall, processor seconds and megabytes; none for a tool that lost URLs."""
    commands = tools.fetching(urls, workers)
    runs = {tool: [] for tool in commands}
    for _ in range(times if len(urls) <= 100_000 else 1):
        for tool, command in commands.items():
            runs[tool].append(peers.run(tools.folder, tools.saved, command))
    return {tool: [statistics.median(column) for column in list(zip(*lines))[:3]]
            for tool, lines in runs.items() if all(line[3] == len(urls) for line in lines)}


def series(name, steps, wanted, given_tools, times):
    """Measures each (label, URLs, workers), prints a row for it, and returns the points."""
    print(f"\n| {name} | {' | '.join(wanted)} |\n|---:|{'---:|' * len(wanted)}")
    points = []
    for label, urls, workers in steps:
        found = measure(given_tools, urls, workers, times)
        cells = [" / ".join((f"{found[t][0]:.2f}", f"{found[t][1]:.2f}", f"{found[t][2]:.0f}"))
                 if t in found else "" for t in wanted]
        print(f"| {label:,} | {' | '.join(cells)} |", flush=True)
        points.append((label, len(urls), found))
    return points


def ticks(low, high):
    """The powers of ten that hold low and high."""
    return [10.0**e for e in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]


def label(value):
    """A power of ten as people write it."""
    for size, letter in ((1_000_000, "M"), (1000, "k")):
        if value >= size:
            return f"{value / size:g}{letter}"
    return f"{value:g}"


def panel(left, title, x_title, points, figure):
    """One chart with both axes logarithmic, as lines of SVG."""
    values = {tool: [(x, figure(n, *found[tool])) for x, n, found in points if tool in found]
              for tool in COLOURS}
    ys = [y for line in values.values() for _, y in line]
    x_ticks, y_ticks = ticks(points[0][0], points[-1][0]), ticks(min(ys), max(ys))

    def at(value, marks, length):
        low, high = math.log10(marks[0]), math.log10(marks[-1])
        return length * (math.log10(value) - low) / max(high - low, 1)

    def x_at(value):
        return left + at(value, x_ticks, WIDTH)

    def y_at(value):
        return TOP + HEIGHT - at(value, y_ticks, HEIGHT)

    yield f'<text x="{left}" y="{TOP - 14}" class="title">{title}</text>'
    for y in y_ticks:
        yield f'<line x1="{left}" x2="{left + WIDTH}" y1="{y_at(y):.1f}" y2="{y_at(y):.1f}" class="grid"/>'
        yield f'<text x="{left - 6}" y="{y_at(y) + 4:.1f}" text-anchor="end">{label(y)}</text>'
    for x in x_ticks:
        yield f'<text x="{x_at(x):.1f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{label(x)}</text>'
    yield (f'<text x="{left + WIDTH / 2}" y="{TOP + HEIGHT + 36}" text-anchor="middle">{x_title}</text>')
    for tool, line in values.items():
        path = " ".join(f"{x_at(x):.1f},{y_at(y):.1f}" for x, y in line)
        yield f'<polyline points="{path}" stroke="{COLOURS[tool]}"/>'
        for x, y in line:
            yield f'<circle cx="{x_at(x):.1f}" cy="{y_at(y):.1f}" r="2.5" fill="{COLOURS[tool]}"/>'


def draw(file, x_title, points):
    width = 3 * (LEFT + WIDTH) + GAP
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 76}">',
        "<style>text{font:12px sans-serif;fill:#333}.title{font-weight:bold}.grid{stroke:#ddd}"
        "polyline{fill:none;stroke-width:2}</style>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for i, (title, figure) in enumerate(PANELS):
        lines += panel(LEFT + i * (WIDTH + LEFT), title, x_title, points, figure)
    for i, (tool, colour) in enumerate(COLOURS.items()):
        x, y = LEFT + 90 * i, TOP + HEIGHT + 60
        lines.append(f'<line x1="{x}" x2="{x + 24}" y1="{y - 4}" y2="{y - 4}" stroke="{colour}" stroke-width="3"/>')
        lines.append(f'<text x="{x + 30}" y="{y}">{tool}</text>')
    file.write_text("\n".join([*lines, "</svg>", ""]))


def parse():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--longest", type=int, default=1_000_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--curl", default="curl", metavar="PATH")
    options.add_argument("--tools", default="fetch,curl,wget2")
    return options.parse_args()


def main():
    given = parse()
    wanted = given.tools.split(",")
    base = f"http://127.0.0.1:{peers.HTTP_PORT}/small"
    lengths = [10**e for e in range(1, 9) if 10**e <= given.longest]
    with peers.served(wanted, given.curl) as tools:
        by_length = series(
            "URLs", ((n, [f"{base}/{i}" for i in range(n)], 64) for n in lengths), wanted, tools, given.runs)
        urls = [f"{base}/{i}" for i in range(SERIES_URLS)]
        by_workers = series("workers", ((w, urls, w) for w in WORKERS), wanted, tools, given.runs)
    draw(SITE / "growth-length.svg", "URLs in the list", by_length)
    draw(SITE / "growth-workers.svg", "workers", by_workers)


if __name__ == "__main__":
    main()
