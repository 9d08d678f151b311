#!/usr/bin/env python3
"""Fetches a long list of which a fifth of the hosts misbehave, and watches what that costs.

    src/bench/soak.py [--urls N] [--hosts N] [--workers N] [--strategy NAME] [--distribution DIR]
    src/bench/soak.py --https [--urls N] [--workers N] [--strategy NAME] [--distribution DIR]

A fifth of the hosts, all on loopback, refuse connections, hang, reset, drip, or answer a quarter
of the requests with 429 and a Retry-After; the others answer after a tenth of a second, so that it is
the workers that are scarce and not the processors, which the server takes its share of. Runs the list without their entries and then with them, and prints for both how long it
took until the last good entry had its record, memory and open descriptors over the run, and whether
every entry had exactly one record. Exits with 1 when a promise is broken: a record too many or too
few, less than 80% of the speed for the good entries, or memory or descriptors that keep growing.

With --https, the list has one URL for each of 100,000 https hosts, fetched by 64 workers. Samples
memory and descriptors, and then runs a tenth of the list. Exits with 1 when a record is missing or a
URL failed, when resident memory goes over 200 MB or grows by more than a tenth over the second half of
the long list, or when descriptors go over one for each connection that may be open, and 100. Open are 64 in use, 128 idle, and 64 that are about to be closed.

Needs openssl with --https, and nginx with its echo module. Debian: nginx-core libnginx-mod-http-echo.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

PORT = 18092
PROJECT = pathlib.Path(__file__).resolve().parents[2]
os.environ.update(XDG_CONFIG_HOME=str(PROJECT / "target/no-config"), FETCH_OPTS="")  # ignore the user's settings
TROUBLES = ["refuse", "hang", "reset", "drip", "busy"]

MOST_MEGABYTES = 200
IDLE_CONNECTIONS = 128
OTHER_DESCRIPTORS = 100

HTTPS_SERVER = """
worker_processes 1; daemon off; pid {dir}/pid; error_log {dir}/errors crit;
worker_rlimit_nofile 30000;
events {{ worker_connections 25000; multi_accept on; }}
http {{
  access_log off; keepalive_timeout 120; default_type text/plain;
  ssl_certificate {dir}/certificate; ssl_certificate_key {dir}/key;
  server {{
    listen 0.0.0.0:{port} ssl http2 backlog=65535;
    location / {{ return 200 "a small body, as of an API"; }}
  }}
}}
"""

SERVER = """
load_module modules/ngx_http_echo_module.so;
worker_processes 1; daemon off; pid {dir}/pid; error_log {dir}/errors crit;
worker_rlimit_nofile 30000;
events {{ worker_connections 25000; multi_accept on; }}
http {{
  access_log off; keepalive_requests 10000000; default_type text/plain; reset_timedout_connection on;
  split_clients $request_id $busy {{ 25% 1; * ""; }}
  server {{
    listen 0.0.0.0:{port} backlog=65535;
    root {dir};
    location /good/ {{ echo_sleep 0.1; echo "a small body, as of an API"; }}
    location /hang/ {{ echo_sleep 3600; echo late; }}
    location /reset/ {{ return 444; }}
    location /drip/ {{ limit_rate 20; try_files /body =404; }}
    location /busy/ {{ if ($busy) {{ add_header Retry-After 1 always; return 429; }} return 200 "at last"; }}
  }}
}}
"""


def entries(count, hosts):
    """URLs in random order; every fifth host has a trouble of its own."""
    random.seed(4)
    urls = []
    for n in range(count):
        host = n % hosts
        trouble = TROUBLES[host // 5 % len(TROUBLES)] if host % 5 == 0 else "good"
        urls.append(f"http://{address(host)}:{1 if trouble == 'refuse' else PORT}/{trouble}/{n}")
    random.shuffle(urls)
    return urls


def serve(folder, configuration):
    conf = folder / "conf"
    conf.write_text(configuration.format(dir=folder, port=PORT))
    server = subprocess.Popen(["nginx", "-p", "/usr/lib/nginx", "-c", conf], stderr=subprocess.DEVNULL)
    time.sleep(1)
    if server.poll() is not None:
        sys.exit("nginx did not start; is it there, with its echo module?")
    return server


def sample(pid, start, samples):
    """Appends (seconds, resident MB, descriptors) until the process has ended."""
    try:
        while True:
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
            resident = int(status.split("VmRSS:")[1].split()[0]) // 1024
            samples.append((time.monotonic() - start, resident, len(os.listdir(f"/proc/{pid}/fd"))))
            time.sleep(0.25)
    except (OSError, IndexError):
        pass


def run(folder, urls, given):
    plain = folder / "list"
    plain.write_text("".join(f"{url}\n" for url in urls))
    command = [
        f"{given.distribution}/bin/fetch", "-s", given.strategy, "-w", str(given.workers), "--per-host=2",
        "-m2", "-fcsv", "--fields=urlnum,error", "--summary=json", plain]
    start = time.monotonic()
    fetch = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=1 << 16)
    samples, ends, last_good = [], [], 0.0
    watch = threading.Thread(target=sample, args=(fetch.pid, start, samples))
    watch.start()
    fetch.stdout.readline()
    for line in fetch.stdout:
        number, error = line.decode().rstrip().split(",")
        ends.append((int(number), error))
        if "/good/" in urls[int(number)]:
            last_good = time.monotonic() - start
    summary = json.loads(fetch.stderr.read().splitlines()[-1])
    fetch.wait()
    elapsed = time.monotonic() - start
    watch.join()
    return last_good, elapsed, samples, ends, summary


def growth(samples, column):
    """The most in the second quarter and in the last half of the run."""
    values = [sample[column] for sample in samples]
    quarter = len(values) // 4
    return max(values[quarter : 2 * quarter] or [0]), max(values[2 * quarter :] or [0])


def report(name, urls, result):
    """Prints the figures of one run and says whether the promises were kept."""
    last_good, elapsed, samples, ends, summary = result
    good = sum("/good/" in url for url in urls)
    complete = sorted(number for number, _ in ends) == list(range(len(urls)))
    failed = sum(1 for number, error in ends if error and "/good/" in urls[number])
    memory, descriptors = growth(samples, 1), growth(samples, 2)
    print(f"{name}: {good} good of {len(urls)} entries; the last good one after {last_good:.1f} s"
          f" ({good / last_good:.0f}/s), all after {elapsed:.1f} s; {summary['retries']} retries")
    print(f"  one record each: {complete}; good entries that failed: {failed}; errors: {summary['errors']}")
    print(f"  most in the second quarter and in the last half: {memory[0]} and {memory[1]} MB,"
          f" {descriptors[0]} and {descriptors[1]} descriptors")
    by_trouble = collections.Counter(
        (urls[number].split("/")[3], error or "ok") for number, error in ends)
    print("  " + ", ".join(f"{t} {e} {n}" for (t, e), n in sorted(by_trouble.items())), flush=True)
    flat = memory[1] <= 1.25 * memory[0] + 32 and descriptors[1] <= 1.25 * descriptors[0] + 64
    return complete and failed == 0 and flat


def address(host):
    return f"127.{1 + host // 60000}.{host // 250 % 240}.{1 + host % 250}"


def certify(folder):
    """Makes a key and a certificate that no name is checked against."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-subj", "/CN=loopback", "-keyout", folder / "key", "-out", folder / "certificate"],
        check=True, stderr=subprocess.DEVNULL)


def run_https(folder, hosts, given):
    """Fetches from so many https hosts, prints what it took, and returns it in MB and descriptors, and whether
    memory was level at the end."""
    plain = folder / "list"
    plain.write_text("".join(f"https://{address(host)}:{PORT}/{host}\n" for host in range(hosts)))
    command = [
        f"{given.distribution}/bin/fetch", "-k", "-s", given.strategy, "-w", str(given.workers), "-fcsv",
        "--fields=urlnum,error", "--summary=json", "-o", folder / "records", plain]
    start = time.monotonic()
    fetch = subprocess.Popen(command, stderr=subprocess.PIPE)
    samples = []
    watch = threading.Thread(target=sample, args=(fetch.pid, start, samples))
    watch.start()
    summary = json.loads(fetch.stderr.read().splitlines()[-1])
    usage = os.wait4(fetch.pid, 0)[2]
    elapsed = time.monotonic() - start
    watch.join()
    records = (folder / "records").read_text().splitlines()[1:]
    complete = sorted(records) == sorted(f"{n}," for n in range(hosts))
    megabytes = usage.ru_maxrss // 1024
    descriptors = max(sample[2] for sample in samples)
    print(f"{hosts} https hosts in {elapsed:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of processor"
          f" time; one good record each: {complete}; errors: {summary['errors']}")
    quarters = [samples[len(samples) * quarter // 4 - 1][1:] for quarter in range(1, 5)]
    print(f"  at most {megabytes} MB and {descriptors} descriptors; after each quarter: "
          + ", ".join(f"{mb} MB and {fds}" for mb, fds in quarters), flush=True)
    return complete, megabytes, descriptors, quarters[3][0] <= 1.1 * quarters[1][0]


def soak_https(given):
    """Says whether memory and descriptors stay level over https hosts that are requested once."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        certify(folder)
        server = serve(folder, HTTPS_SERVER)
        try:
            few = run_https(folder, given.urls // 10, given)
            many = run_https(folder, given.urls, given)
        finally:
            server.terminate()
            server.wait()
    most = 2 * given.workers + IDLE_CONNECTIONS + OTHER_DESCRIPTORS
    return (few[0] and many[0]
            and many[1] <= MOST_MEGABYTES and many[3]
            and few[2] <= most and many[2] <= most)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--https", action="store_true", help="https hosts that are requested once")
    options.add_argument("--urls", type=int, help="200,000, with --https 100,000")
    options.add_argument("--hosts", type=int, default=5000)
    options.add_argument("--workers", type=int, help="600, with --https 64")
    options.add_argument("--strategy", default="virtual")
    options.add_argument("--distribution", default=PROJECT / "target/fetch")
    given = options.parse_args()
    given.urls = given.urls or (100_000 if given.https else 200_000)
    given.workers = given.workers or (64 if given.https else 600)
    if given.https:
        sys.exit(0 if soak_https(given) else 1)
    urls = entries(given.urls, given.hosts)
    calm = [url for url in urls if "/good/" in url]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "body").write_bytes(b"." * 100_000)
        server = serve(folder, SERVER)
        try:
            without = run(folder, calm, given)
            kept = report("without trouble", calm, without)
            mixed = run(folder, urls, given)
            kept = report("with trouble", urls, mixed) and kept
        finally:
            server.terminate()
            server.wait()
    speed = without[0] / mixed[0]
    print(f"good entries run at {speed:.0%} of their speed without trouble")
    sys.exit(0 if kept and speed >= 0.8 else 1)


main()
