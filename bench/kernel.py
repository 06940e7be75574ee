"""Measures installed kernels side by side, through one client, and writes the table. `kernel.mjs` prepares and calls it.

Rounds are interleaved (A B C D A B C D …), so that a machine that drifts favours nobody; a figure is the median of the
rounds. A clock runs from the request to the reply and the idle status, or to what the row says.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "test" / "conformance"))

import jupyter_client  # noqa: E402
import psutil  # noqa: E402
from client import Kernel, Request, rss_mb  # noqa: E402
from jupyter_client.manager import KernelManager  # noqa: E402

NAMES = ["lossbook", "deno", "tslab", "ipykernel"]
LINES = 20_000
REPEATS = 40
LIMIT = 30.0

TYPESCRIPT = {
    "typed": "let v{i}: number = {i} * 2; v{i}",
    "wrong": "const wrong{i}: number = 'text'; wrong{i}",
    "member": "v1.toFi",
    "name": "v1",
    "lines": "for (let i = 0; i < {n}; i++) console.log(i)",
    "loop": "while (true) {}",
    "wait": "await new Promise((r) => setTimeout(r, 60_000))",
}
PYTHON = {
    "typed": "v{i} = {i} * 2; v{i}",
    "wrong": "wrong{i} = 'text'; wrong{i}",
    "member": "v1.bit_l",
    "name": "v1",
    "lines": "for i in range({n}): print(i)",
    "loop": "while True: pass",
    "wait": "import time; time.sleep(60)",
}

Figures = dict[str, float | None]

# The rows of the table: key, title, digits.
ROWS: list[tuple[str, str, int]] = [
    ("start", "start: process to `kernel_info_reply`, ms", 0),
    ("first", "first cell `1+1`, ms", 1),
    ("warm", "warm cell `1+1`, ms", 1),
    ("typed", "cell with a typed declaration, ms", 1),
    ("typed_p95", "– 95th percentile, ms", 1),
    ("stops_type_error", "a type error stops the cell", 0),
    ("complete", "completion of a member, ms", 1),
    ("matches", "– matches found", 0),
    ("inspect", "inspection, ms", 1),
    ("found", "– found", 0),
    ("lines", f"{LINES:,} lines of output, ms", 0),
    ("lines_kept", "– of them in the cell, %", 1),
    ("lines_messages", "– messages", 0),
    ("interrupt_loop", "Stop of `while (true) {}`, ms", 1),
    ("interrupt_loop_kept", "– variables kept", 0),
    ("interrupt_wait", "Stop of an `await`, ms", 1),
    ("interrupt_wait_kept", "– variables kept", 0),
    ("rss", "memory of all processes, MB", 0),
]
YES_OR_NO = {"stops_type_error", "found", "interrupt_loop_kept", "interrupt_wait_kept"}


def measure(name: str) -> Figures:
    """One round of one kernel."""
    started = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    kernel = Kernel(manager)
    kernel.check_schema = False
    try:
        wait_for_reply(kernel)
        figures: Figures = {"start": since(started)}
        kernel.wait_for_ready()
        cells = PYTHON if manager.kernel_spec.language == "python" else TYPESCRIPT
        measure_cells(kernel, cells, figures)
        measure_questions(kernel, cells, figures)
        figures["rss"] = rss_mb(kernel.process)
        measure_lines(kernel, cells, figures)
        for what in ("loop", "wait"):
            measure_interrupt(kernel, cells, what, figures)
        return figures
    finally:
        kernel.close()


def since(started: float) -> float:
    return (time.perf_counter() - started) * 1000


def wait_for_reply(kernel: Kernel) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(AssertionError):
            kernel.send("shell", "kernel_info_request").reply(0.5)
            return
    raise AssertionError("no kernel_info_reply")


def timed(kernel: Kernel, code: str) -> float:
    started = time.perf_counter()
    kernel.execute(code).finish(LIMIT)
    elapsed = since(started)
    kernel.log.clear()
    return elapsed


def measure_cells(kernel: Kernel, cells: dict[str, str], figures: Figures) -> None:
    figures["first"] = timed(kernel, "1+1")
    times = sorted(timed(kernel, cells["typed"].format(i=i)) for i in range(REPEATS))
    figures["typed"], figures["typed_p95"] = statistics.median(times), times[int(REPEATS * 0.95) - 1]
    figures["warm"] = statistics.median(timed(kernel, "1+1") for _ in range(REPEATS))
    wrong = kernel.execute(cells["wrong"].format(i=0)).finish(LIMIT)
    figures["stops_type_error"] = float(wrong.status == "error")
    time.sleep(0.5)  # tslab aborts what arrives right after an error


def measure_questions(kernel: Kernel, cells: dict[str, str], figures: Figures) -> None:
    times, reply = [], {}
    for _ in range(10):
        started = time.perf_counter()
        content = {"code": cells["member"], "cursor_pos": len(cells["member"])}
        reply = kernel.send("shell", "complete_request", content).reply(LIMIT).content
        times.append(since(started))
    figures["complete"], figures["matches"] = statistics.median(times), float(len(reply.get("matches", [])))
    times = []
    for _ in range(10):
        started = time.perf_counter()
        content = {"code": cells["name"], "cursor_pos": len(cells["name"]), "detail_level": 0}
        reply = kernel.send("shell", "inspect_request", content).reply(LIMIT).content
        times.append(since(started))
    figures["inspect"], figures["found"] = statistics.median(times), float(bool(reply.get("found")))


def measure_lines(kernel: Kernel, cells: dict[str, str], figures: Figures) -> None:
    started = time.perf_counter()
    cell = kernel.execute(cells["lines"].format(n=LINES))
    try:
        cell.finish(LIMIT)
        figures["lines"] = since(started)
    except AssertionError:
        figures["lines"] = None  # idle never came
    expected = {str(i) for i in range(LINES)}
    figures["lines_kept"] = 100 * len(expected & set(cell.stdout.split("\n"))) / LINES
    figures["lines_messages"] = float(len(cell.heard("stream")))
    kernel.log.clear()


def measure_interrupt(kernel: Kernel, cells: dict[str, str], what: str, figures: Figures) -> None:
    figures[f"interrupt_{what}"], figures[f"interrupt_{what}_kept"] = None, 0.0
    cell = kernel.execute(cells[what])
    time.sleep(0.7)  # Deno and tslab publish nothing while they spin that would say that the cell runs.
    started = time.perf_counter()
    interrupt(kernel)
    try:
        cell.reply(5)
        figures[f"interrupt_{what}"] = since(started)
        time.sleep(0.5)
        after: Request = kernel.execute(cells["name"])
        after.reply(5)
        kernel.until(lambda: after.result or after.stdout, 2)
        figures[f"interrupt_{what}_kept"] = 1.0
    except AssertionError:
        pass  # no reply, or the variables are gone


def interrupt(kernel: Kernel) -> None:
    """As front ends do it: a message where the kernelspec says so, else a signal."""
    if kernel.manager.kernel_spec.interrupt_mode == "message":
        kernel.send("control", "interrupt_request")
    else:
        kernel.manager.interrupt_kernel()


def to_cell(key: str, digits: int, values: list[float | None]) -> str:
    known = [value for value in values if value is not None]
    if key in YES_OR_NO:
        return "yes" if known and all(known) else "no"
    if len(known) * 2 <= len(values):
        return "never"
    return f"{statistics.median(known):,.{digits}f}"


def to_table(rounds: dict[str, list[Figures]]) -> str:
    lines = ["| | " + " | ".join(rounds) + " |", "|---|" + "---:|" * len(rounds)]
    for key, title, digits in ROWS:
        cells = [to_cell(key, digits, [figures.get(key) for figures in runs]) for runs in rounds.values()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def describe_machine() -> str:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
        return f"{model}, {describe_size()}"
    return f"{platform.processor() or platform.machine()}, {describe_size()}"


def describe_size() -> str:
    return f"{os.cpu_count()} cores, {psutil.virtual_memory().total / 2**30:.0f} GB, {platform.system()} {platform.release()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=NAMES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds: dict[str, list[Figures]] = {name: [] for name in options.names}
    for number in range(options.rounds):
        for name in options.names:
            try:
                rounds[name].append(measure(name))
            except Exception as error:  # one kernel's failure is not the others'
                print(f"round {number + 1}, {name}: {error}", file=sys.stderr)
        print(f"round {number + 1} of {options.rounds} is done", file=sys.stderr)

    rounds = {name: runs for name, runs in rounds.items() if runs}
    versions = json.loads(os.environ.get("LOSSBOOK_BENCH_VERSIONS", "{}"))
    versions |= {"ipykernel": importlib.metadata.version("ipykernel"), "Python": platform.python_version()}
    page = f"""# The kernel beside its peers

Medians of {options.rounds} interleaved rounds, one client for all (jupyter_client {jupyter_client.__version__}). Only Lossbook and tslab check types.

{to_table(rounds)}

- Versions: {", ".join(f"{name} {version}" for name, version in versions.items())}.
- Machine: {describe_machine()}.
- Date: {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d}. Command: `npm run bench:kernel`.
- "never": the reply or the idle status did not come within {LIMIT:.0f} s (a Stop: 5 s). Stop is sent as the kernelspec asks, by message or by signal.
"""
    target = HERE / "kernel.md"
    target.write_text(page)
    print(page)


if __name__ == "__main__":
    main()
