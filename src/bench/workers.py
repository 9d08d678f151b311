#!/usr/bin/env python3
"""Times fetch -w auto beside fixed numbers of workers, against servers with known limits on loopback.

    src/bench/workers.py [--cases NAME,...] [--workers N,...] [--runs N] [--seconds N]

Prints a table in Markdown, a line for each case: wall seconds / requests in flight on average / refused
requests of each number of workers, medians. The settings take turns. In flight is by Little's law: the sum
of time_total over the wall time. Each list is as long as the best number of workers needs for --seconds.
A run ends after three times --seconds, and counts as longer than that.

The servers are one asyncio program: fixed latency, a capacity (requests wait for a place), and one that
refuses requests beyond a number with 503. Needs Python 3.11.
"""

import argparse
import asyncio
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
FETCH = PROJECT / "target/fetch/bin/fetch"
os.environ.update(XDG_CONFIG_HOME=str(PROJECT / "target/no-config"), FETCH_OPTS="")  # ignore the user's settings

# name: (kind, limit of the server, seconds of a response, requests a second of the best number of workers)
CASES = {
    "latency 100 ms": ("latency", 0, 0.1, 2000),
    "latency 500 ms": ("latency", 0, 0.5, 500),
    "capacity 4": ("capacity", 4, 0.02, 200),
    "capacity 32": ("capacity", 32, 0.05, 640),
    "refuses beyond 10": ("refusing", 10, 0.05, 200),
    "refuses beyond 40": ("refusing", 40, 0.05, 800),
}


class Server:
    """Answers every request on a connection after a time."""

    def __init__(self, kind, limit, seconds):
        self.kind, self.seconds, self.limit, self.busy, self.refused = kind, seconds, limit, 0, 0
        self.places = asyncio.Semaphore(limit) if kind == "capacity" else None

    async def serve(self, reader, writer):
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                status = await self.answer()
                writer.write(b"HTTP/1.1 %s\r\nContent-Length: 2\r\n\r\nok" % status)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self):
        if self.kind == "refusing" and self.busy >= self.limit:
            self.refused += 1
            return b"503 Busy"
        self.busy += 1
        try:
            if self.places is None:
                await asyncio.sleep(self.seconds)
            else:
                async with self.places:
                    await asyncio.sleep(self.seconds)
            return b"200 OK"
        finally:
            self.busy -= 1


def start(case):
    """The port of a server in a thread of its own, and the server."""
    started = threading.Event()
    result = []

    async def run():
        server = Server(*CASES[case][:3])
        listener = await asyncio.start_server(server.serve, "127.0.0.1", 0, backlog=2048)
        result.extend((listener.sockets[0].getsockname()[1], server))
        started.set()
        await listener.serve_forever()

    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    started.wait()
    return result


def run(workers, urls, server, directory, longest):
    refused = server.refused
    begin = time.monotonic()
    done = subprocess.run(
        [FETCH, "-w", workers, f"--deadline={longest}s", "-f", "csv", "--fields=time_total,ok", "--summary=json", "--retry=5",
         "--retry-delay=200ms", "-o", directory / "records", urls],
        stderr=subprocess.PIPE, text=True, check=False)
    wall = time.monotonic() - begin
    rows = [line.split(",") for line in (directory / "records").read_text().splitlines()[1:]]
    in_flight = sum(float(row[0]) for row in rows) / wall
    lost = sum(row[1] != "true" for row in rows)
    used = json.loads(done.stderr.splitlines()[-1]).get("workers")
    return wall, in_flight, server.refused - refused, lost, used


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", default=",".join(CASES))
    parser.add_argument("--workers", default="4,16,64,256,auto")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    settings = options.workers.split(",")
    longest = 3 * options.seconds
    print("| case | " + " | ".join(settings) + " |\n|---|" + "---:|" * len(settings), flush=True)
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        for case in options.cases.split(","):
            port, server = start(case)
            count = CASES[case][3] * options.seconds
            urls = directory / "urls"
            urls.write_text("".join(f"http://127.0.0.1:{port}/{n}\n" for n in range(count)))
            taken = {setting: [] for setting in settings}
            for _ in range(options.runs):
                for setting in settings:
                    taken[setting].append(run(setting, urls, server, directory, longest))
            print(f"| {case} | " + " | ".join(cell(taken[setting], longest) for setting in settings) + " |", flush=True)


def cell(runs, longest):
    """Medians; what auto used in the last run, and how many URLs were lost."""
    wall, in_flight, refused, lost = (statistics.median(run[i] for run in runs) for i in range(4))
    used = runs[-1][4]
    return (">" * (wall >= longest) + f"{wall:.2f} / {in_flight:.0f} / {refused:.0f}"
            + (f" ({used['least']} to {used['most']}, {used['last']})" if used else "")
            + (f" ({lost:.0f} lost)" if lost else ""))


if __name__ == "__main__":
    sys.exit(main())
