"""Processes: how a kernel ends, what ends with it, and what it survives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from client import Kernel, assert_all_end, is_gone, start, wait_until

# A child with a grandchild, both of which would outlive their parent.
FAMILY = (
    "import { spawn } from 'node:child_process';\n"
    "var family = spawn('sh', ['-c', 'sleep 601 & sleep 602 & echo born; wait'], { stdio: ['ignore', 'inherit', 'inherit'] }); undefined",
    "import subprocess; family = subprocess.Popen(['sh', '-c', 'sleep 601 & sleep 602 & echo born; wait'])",
)


@pytest.mark.parametrize("channel", ["control", "shell"])
@pytest.mark.parametrize("restart", [False, True])
def test_shutdown(fresh_kernel, channel, restart):
    processes = fresh_kernel.tree()
    request = fresh_kernel.send(channel, "shutdown_request", {"restart": restart})
    assert request.reply().content == {"status": "ok", "restart": restart}
    assert fresh_kernel.ended()
    assert fresh_kernel.manager.provisioner.process.poll() == 0
    assert_all_end(processes)


def test_shutdown_while_a_cell_spins(fresh_kernel, say):
    code = say(
        "console.log('ready'); while (true) {}", "print('ready', flush=True)\nimport asyncio; await asyncio.sleep(600)"
    )
    fresh_kernel.execute(code).until_output("ready\n")
    processes = fresh_kernel.tree()
    assert fresh_kernel.send("control", "shutdown_request", {"restart": False}).reply().content["status"] == "ok"
    assert fresh_kernel.ended()
    assert_all_end(processes)


def test_shutdown_ends_children_and_grandchildren(fresh_kernel, say):
    cell = fresh_kernel.ok(say(*FAMILY))
    cell.until_output("born\n")
    # The shell has said so before its children have become what they shall be.
    assert wait_until(lambda: sum("sleep" in p.name() for p in fresh_kernel.tree()) == 2)
    processes = fresh_kernel.tree()
    fresh_kernel.send("control", "shutdown_request", {"restart": False}).reply()
    assert fresh_kernel.ended()
    assert_all_end(processes)


@pytest.mark.unlike_ipykernel("needs the kernel's parent to end what a killed kernel leaves")
def test_kill_of_the_kernel_ends_its_processes(fresh_kernel):
    fresh_kernel.ok("1 + 1")
    processes = fresh_kernel.tree()
    assert len(processes) >= 2
    fresh_kernel.process.kill()
    assert_all_end(processes)


def test_kill_of_the_kernel_while_a_cell_spins(fresh_kernel, say):
    fresh_kernel.execute(
        say("console.log('ready'); while (true) {}", "print('ready', flush=True)\nwhile True: pass")
    ).until_output("ready\n")
    processes = fresh_kernel.tree()
    fresh_kernel.process.kill()
    assert_all_end(processes)


def test_terminate_ends_the_kernel(fresh_kernel, say):
    fresh_kernel.ok("1 + 1")
    processes = fresh_kernel.tree()
    fresh_kernel.process.terminate()
    assert_all_end(processes)


# A front end in a process of its own: starts the kernel, waits for an answer, then waits to be killed.
FRONT_END = """
import sys
sys.path.insert(0, {here!r})
from client import start
with start(cwd={cwd!r}) as kernel:
    kernel.ok({code!r})
    print(*[p.pid for p in kernel.tree()], flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("spinning", [False, True])
def test_kernel_ends_when_its_front_end_is_killed(tmp_path, say, spinning):
    here = str(Path(__file__).resolve().parents[1])
    code = say("1 + 1", "1 + 1")
    script = FRONT_END.format(here=here, cwd=str(tmp_path), code=code)
    if spinning:
        loop = say("console.log('ready'); while (true) {}", "print('ready', flush=True)\nimport time; time.sleep(600)")
        script = script.replace("    print(*[", f"    kernel.execute({loop!r}).until_output('ready')\n    print(*[")
    front_end = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        line = front_end.stdout.readline()
        assert line, "the front end could not start a kernel"
        processes = [psutil.Process(int(pid)) for pid in line.split()]
        front_end.kill()
        front_end.wait()
        assert_all_end(processes)
    finally:
        front_end.kill()
        front_end.stdin.close()
        front_end.stdout.close()


# -- what a cell can do to its session --------------------------------------------------------------------------------


def test_restart_forgets_and_answers(kernel: Kernel):
    """jupyter_client restarts by ending and starting anew; the connection file is the same."""
    with start() as restarted:
        restarted.ok("1 + 1")
        restarted.manager.restart_kernel(newports=False)
        restarted.wait_for_ready()
        cell = restarted.ok("1 + 1")
        assert cell.result == "2"
        assert cell.content["execution_count"] == 1


DEATHS = {
    "exit": ("process.exit(3)", "3"),
    "exit in a timer": ("setTimeout(() => process.exit(4), 1); await new Promise(() => {})", "4"),
    "abort": ("process.abort()", "SIGABRT"),
    "segmentation fault": ("process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {})", "SIGSEGV"),
    "kill -9": ("process.kill(process.pid, 'SIGKILL'); await new Promise(() => {})", "SIGKILL"),
}


@pytest.mark.parametrize("how", DEATHS)
def test_death_of_the_session_is_an_error_of_the_cell(kernel, say, how):
    code, cause = DEATHS[how]
    kernel.ok(say("var gone = 'gone'"))
    before = kernel.ok("process.pid")
    cell = kernel.run("console.log('last words'); " + code)
    assert cell.status == "error"
    assert cell.content["ename"] == "SessionEnded"
    assert cause in cell.content["evalue"]
    assert cell.error["ename"] == "SessionEnded"
    assert cell.stdout.startswith("last words\n")
    assert "variables" in cell.stderr + cell.content["evalue"], "it must say that the variables are gone"
    after = kernel.ok("process.pid")
    assert after.result != before.result
    assert after.content["execution_count"] == cell.content["execution_count"] + 1
    assert kernel.ok("typeof (globalThis as any).gone").result.strip("'\"") == "undefined"
    assert kernel.run("gone").status == "error"
    assert kernel.beat()


def test_death_aborts_the_queue(kernel, say):
    cell = kernel.execute(say("console.log('ready'); await new Promise((r) => setTimeout(r, 300)); process.exit(1)"))
    queued = kernel.execute("1 + 1")
    assert cell.finish().content["ename"] == "SessionEnded"
    assert queued.finish().status == "aborted"
    assert kernel.ok("1 + 1").result == "2"


def test_death_between_cells(kernel, say):
    """Nothing runs when the session ends: the next cell runs in a new one, and somebody says so."""
    pid = int(kernel.ok(say("var lost = 1; setTimeout(() => process.exit(5), 200); process.pid")).result)
    session = psutil.Process(pid)
    assert wait_until(lambda: is_gone(session))
    assert kernel.ok("1 + 1").result == "2"
    assert kernel.run("lost").status == "error"


def test_a_kernel_outlives_many_sessions(kernel, say):
    for n in range(5):
        assert kernel.run(say(f"process.exit({n})")).content["ename"] == "SessionEnded"
    assert kernel.ok("1 + 1").result == "2"


@pytest.mark.timeout(180)
def test_out_of_memory(tmp_path, say):
    code = say("const hoard: number[][] = []; for (;;) hoard.push(Array.from({ length: 100_000 }, Math.random))")
    (tmp_path / "lossbook.json").write_text(json.dumps({"memory": 128}))
    with start(cwd=str(tmp_path)) as kernel:
        kernel.ok("const before = 1")
        cell = kernel.run(code, timeout=120)
        assert cell.status == "error"
        assert cell.content["ename"] == "SessionEnded"
        assert "memory" in cell.content["evalue"]
        assert kernel.ok("1 + 1").result == "2"
        assert kernel.run("before").status == "error"
        assert kernel.beat()


def test_memory_outside_the_heap(tmp_path, say):
    """A typed array that cannot be had is an error of the cell, not of the session."""
    code = say("new Float64Array(2 ** 40)")
    with start(cwd=str(tmp_path)) as kernel:
        cell = kernel.run(code)
        assert cell.content["ename"] == "RangeError"
        assert kernel.ok("1 + 1").result == "2"


def test_deep_recursion_is_an_error_of_the_cell(kernel, say):
    cell = kernel.run(
        say("function deep(): number { return 1 + deep() }\ndeep()", "def deep(): return 1 + deep()\ndeep()")
    )
    assert cell.content["ename"] == say("RangeError", "RecursionError")
    assert kernel.ok("1 + 1").result == "2"
