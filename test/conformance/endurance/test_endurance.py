"""Long and crowded: a million lines, five thousand cells, twenty kernels."""

from __future__ import annotations

import contextlib

import pytest
from client import Kernel, rss_mb, start

LINES = 1_000_000
CELLS = 5_000
WARM_UP = 1_500
SAMPLE_EVERY = 100
# What a cell may leave behind for good: its source, its types, its line of history.
KILOBYTES_A_CELL = 16
KERNELS = 20


@pytest.mark.timeout(180)
def test_a_million_lines_arrive(fresh_kernel, say):
    cell = fresh_kernel.run(
        say(f"for (let i = 0; i < {LINES}; i++) console.log(i)", f"for i in range({LINES}): print(i)"), timeout=150
    )
    assert cell.status == "ok"
    lines = cell.stdout.split("\n")
    assert lines.pop() == ""
    assert len(lines) == LINES
    wrong = next((n for n, line in enumerate(lines) if line != str(n)), None)
    assert wrong is None, f"line {wrong} is {lines[wrong]!r}"


@pytest.mark.timeout(300)
def test_memory_of_five_thousand_cells(fresh_kernel, say):
    """After a warm-up, memory does not grow with the number of cells: least squares over the rest of the run."""
    samples: list[tuple[int, float]] = []
    for n in range(CELLS):
        name = f"value{n % 50}"
        code = say(
            f"const {name}: number[] = Array.from({{ length: 1000 }}, (_, i) => i + {n});\nconsole.log({name}.length); {name}.at(-1)",
            f"{name} = [i + {n} for i in range(1000)]\nprint(len({name})); {name}[-1]",
        )
        cell = fresh_kernel.ok(code)
        assert cell.result == str(n + 999)
        fresh_kernel.log.clear()
        if n % SAMPLE_EVERY == 0:
            samples.append((n, rss_mb(fresh_kernel.process)))
    late = [(n, mb) for n, mb in samples if n >= WARM_UP]
    growth = slope(late) * 1024
    seen = ", ".join(f"{n}: {mb:.0f}" for n, mb in samples[::5])
    assert growth < KILOBYTES_A_CELL, f"{growth:.1f} KB a cell stay behind; MB after so many cells: {seen}"
    print(f"{growth:.1f} KB a cell; MB after so many cells: {seen}")


def slope(points: list[tuple[int, float]]) -> float:
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


@pytest.mark.timeout(300)
def test_twenty_kernels_started_at_once(tmp_path, say):
    with contextlib.ExitStack() as stack:
        kernels: list[Kernel] = [stack.enter_context(start(ready=False, cwd=str(tmp_path))) for _ in range(KERNELS)]
        # First a request to each, then the answers: none waits for another one.
        cells = [kernel.execute("1 + 1") for kernel in kernels]
        for cell in cells:
            assert cell.reply(120).content["status"] == "ok"
        for kernel in kernels:
            kernel.wait_for_ready(60)
            assert kernel.ok("1 + 1").result == "2"
