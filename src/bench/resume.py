#!/usr/bin/env python3
"""Measures what it takes to go on with a long list that is half done: time and memory.

    src/bench/resume.py [--entries N] [--format jsonl|csv|tsv] [--order done|shuffled] [--distribution DIR]

Writes a list and the results of a run that was stopped half-way: of its first half in the order in which
answers come (done), or of every entry by the toss of a coin (shuffled), which is the worst case for the
memory. Then runs fetch --resume until it asks for the first URL that has no record, and prints how long that
took and the most memory it had by then. The files are read from memory if there is enough: run it twice.
"""

import argparse
import os
import pathlib
import random
import socket
import subprocess
import tempfile
import time

PROJECT = pathlib.Path(__file__).resolve().parents[2]
FIELDS = (
    "urlnum input url url_effective method ok response_code error errormsg exitcode num_redirects num_retries http_version"
    " content_type size_download size_delivered remote_ip remote_port time_start time_queue time_namelookup time_connect"
    " time_appconnect time_starttransfer time_total"
).split()


def record(kind, number, url):
    """A record as fetch writes it of an answer that has nothing special."""
    values = [number, url, url, url, "GET", True, 200, None, None, 0, 0, 0, "1.1", "text/html; charset=utf-8", 18034, 18034,
              "127.0.0.1", 8080, "2026-11-01T12:00:00.000Z"] + [f"{n}.034512" for n in range(6)]
    if kind == "jsonl":
        texts = {1, 2, 3, 4, 12, 13, 16, 18}
        words = {True: "true", None: "null"}
        pairs = (
            f'"{field}":' + (f'"{value}"' if n in texts else words.get(value, str(value)) if n in (5, 7, 8) else str(value))
            for n, (field, value) in enumerate(zip(FIELDS, values)))
        return "{" + ",".join(pairs) + "}\n"
    words = ["" if value is None else "true" if value is True else str(value) for value in values]
    if kind == "csv":
        words[13] = f'"{words[13]}"'
    return ("," if kind == "csv" else "\t").join(words) + "\n"


def write(arguments, directory, port):
    """The list and the results; how many records these are."""
    def url(number):
        return f"http://127.0.0.1:{port}/articles/{number:09d}/index.html"

    with open(directory / "list", "w") as urls:
        urls.writelines(url(n) + "\n" for n in range(arguments.entries))
    random.seed(5)
    before, after = record(arguments.format, "@NUMBER@", "@URL@").split("@NUMBER@")
    records = 0
    with open(directory / "results", "w") as results:
        if arguments.format != "jsonl":
            results.write(("," if arguments.format == "csv" else "\t").join(FIELDS) + "\n")
        window = []
        for number in range(arguments.entries):
            if arguments.order == "done":
                if number == arguments.entries // 2:
                    break
            elif random.getrandbits(1):
                continue
            window.append(number)
            if len(window) == 64:
                random.shuffle(window)
                results.writelines(before + str(n) + after.replace("@URL@", url(n)) for n in window)
                records += len(window)
                window = []
    return records


def peak(pid):
    """The most memory the process has had, in megabytes."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def measure(arguments, directory, port):
    """Seconds to the first request, and megabytes until then."""
    fetch = pathlib.Path(arguments.distribution) / "bin" / "fetch"
    command = [fetch, "-q", "-f", arguments.format, "-o", directory / "results", "--resume", directory / "list"]
    with socket.create_server(("127.0.0.1", port)) as server:
        start = time.monotonic()
        process = subprocess.Popen(command)
        server.accept()
        seconds = time.monotonic() - start
        megabytes = peak(process.pid)
        process.kill()
        process.wait()
    return seconds, megabytes


def unused_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--format", choices=["jsonl", "csv", "tsv"], default="jsonl")
    parser.add_argument("--order", choices=["done", "shuffled"], default="done")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--distribution", default=PROJECT / "target" / "fetch")
    arguments = parser.parse_args()
    port = unused_port()
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        records = write(arguments, directory, port)
        size = os.path.getsize(directory / "results")
        for _ in range(arguments.runs):
            seconds, megabytes = measure(arguments, directory, port)
            print(f"{records} records, {size / 1e6:.0f} MB: {seconds:.2f} s, {records / seconds:.0f} records/s,"
                  f" {size / 1e6 / seconds:.0f} MB/s; {megabytes} MB of memory", flush=True)


if __name__ == "__main__":
    main()
