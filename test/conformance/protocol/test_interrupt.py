"""Stop stops, at once and whatever the cell does, and keeps the variables and the process."""

from __future__ import annotations

import os
import signal

import pytest

CELLS = {
    "loop": ("while (true) {}", "while True: pass"),
    "loop that catches everything": (
        "for (;;) { try { for (;;) {} } catch {} finally { for (let i = 0; i < 10; i++); } }",
        None,
    ),
    "await of nothing": ("await new Promise(() => {})", None),
    "await of a timer": ("await new Promise((r) => setTimeout(r, 600_000))", "import time; time.sleep(600)"),
    "loop of awaits": ("for (;;) await null", None),
    "loop in a microtask": ("await Promise.resolve().then(() => { for (;;) {} })", None),
    "regular expression": ("/^(a+)+$/.test('a'.repeat(60) + 'b')", None),
    "Atomics.wait": ("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)", None),
    "execSync": (
        "const { execSync } = await import('node:child_process'); console.log('ready'); execSync('sleep 600')",
        "import subprocess; print('ready'); _ = subprocess.run(['sleep', '600'])",
    ),
    "child process": (
        "const { spawn } = await import('node:child_process'); console.log('ready');\n"
        "await new Promise((done) => spawn('sleep', ['600']).on('close', done))",
        None,
    ),
    "compiled function": (
        "const x = random(1).normal([512, 512]); const step = compile((a: Tensor) => a.matmul(a).mul(0.01));\n"
        "await step(x); console.log('ready'); for (;;) await step(x)",
        None,
    ),
    "training": (
        "const rows = random(1).normal([512, 64]); console.log('ready');\n"
        "await train.fit(nn.linear(64, 64), { data: [rows, rows], loss: loss.mse, epochs: 1e6 })",
        None,
    ),
    "worker": (
        "const { Worker } = await import('node:worker_threads');\n"
        "const worker = new Worker('require(\"node:worker_threads\").parentPort.postMessage(1); for (;;) {}', { eval: true });\n"
        "await new Promise((r) => worker.once('message', r)); console.log('ready');\n"
        "try { await new Promise((done) => worker.on('exit', done)) } finally { void worker.terminate() }",
        None,
    ),
}


@pytest.mark.parametrize("how", ["message", "signal"])
@pytest.mark.parametrize("what", CELLS)
def test_interrupt(kernel, say, what, how):
    pid = kernel.ok(say("var kept = 'kept'; process.pid", "import os; kept = 'kept'; os.getpid()")).result
    typescript, python = CELLS[what]
    body = say(typescript, python)
    begin = "" if "'ready'" in body else say("console.log('ready'); ", "print('ready'); ")
    if body.startswith(("while", "for")) and kernel.manager.kernel_spec.language == "python":
        begin = "print('ready')\n"
    cell = kernel.execute(begin + body, stop_on_error=False).until_output("ready\n")

    if how == "message":
        assert kernel.interrupt()["status"] == "ok"
    else:
        os.kill(kernel.pid, signal.SIGINT)

    assert cell.finish(20).status == "error"
    assert cell.content["ename"] == "KeyboardInterrupt"
    assert cell.error["ename"] == "KeyboardInterrupt"
    assert "kept" in (kernel.ok("kept").result or "")
    assert kernel.ok(say("process.pid", "os.getpid()")).result == pid


def test_interrupt_of_an_idle_kernel_changes_nothing(kernel, say):
    kernel.ok(say("var calm = 'calm'", "calm = 'calm'"))
    for _ in range(3):
        assert kernel.interrupt()["status"] == "ok"
        os.kill(kernel.pid, signal.SIGINT)
    assert kernel.ask("control", "kernel_info_request")["status"] == "ok"
    assert "calm" in (kernel.ok("calm").result or "")


def test_interrupt_aborts_the_queue(kernel, say):
    loop = say("console.log('ready'); while (true) {}", "print('ready', flush=True)\nwhile True: pass")
    cell = kernel.execute(loop)
    queued = [kernel.execute("1"), kernel.execute("2")]
    cell.until_output("ready\n")
    kernel.interrupt()
    assert cell.finish().status == "error"
    assert [request.finish().status for request in queued] == ["aborted", "aborted"]
    assert kernel.ok("1 + 1").result == "2"


def test_ten_interrupts_one_after_the_other(kernel, say):
    code = say("console.log('ready'); while (true) {}", "print('ready', flush=True)\nwhile True: pass")
    for _ in range(10):
        cell = kernel.execute(code, stop_on_error=False).until_output("ready\n")
        kernel.interrupt()
        assert cell.finish().content["ename"] == "KeyboardInterrupt"
    assert kernel.ok("1 + 1").result == "2"


def test_output_before_the_interrupt_is_kept(kernel, say):
    code = say(
        "for (let i = 0; i < 1000; i++) console.log(i);\nconsole.log('ready'); while (true) {}",
        "for i in range(1000): print(i)\nprint('ready', flush=True)\nwhile True: pass",
    )
    cell = kernel.execute(code).until_output("ready\n")
    kernel.interrupt()
    cell.finish()
    assert cell.stdout == "".join(f"{i}\n" for i in range(1000)) + "ready\n"


def test_names_of_an_interrupted_cell(kernel, say):
    code = say(
        "const first = 'first';\nconsole.log('ready'); while (true) {}",
        "first = 'first'\nprint('ready', flush=True)\nwhile True: pass",
    )
    cell = kernel.execute(code, stop_on_error=False).until_output("ready\n")
    kernel.interrupt()
    cell.finish()
    assert "first" in (kernel.ok("first").result or "")


def test_nothing_goes_on_after_an_interrupted_await(kernel, say):
    code = say(
        "var steps = 0;\nconsole.log('ready'); await new Promise<void>((r) => (globalThis as any).wake = r); steps = 1; console.log('went on')"
    )
    cell = kernel.execute(code, stop_on_error=False).until_output("ready\n")
    kernel.interrupt()
    cell.finish()
    assert kernel.ok("(globalThis as any).wake(); await new Promise(setImmediate); undefined").status == "ok"
    assert cell.stdout == "ready\n"


def test_control_answers_while_a_cell_spins(kernel, say):
    cell = kernel.execute(
        say("console.log('ready'); while (true) {}", "print('ready', flush=True)\nwhile True: pass"),
        stop_on_error=False,
    )
    cell.until_output("ready\n")
    assert kernel.beat()
    assert kernel.ask("control", "kernel_info_request")["status"] == "ok"
    assert not cell.replied
    kernel.interrupt()
    assert cell.finish().content["ename"] == "KeyboardInterrupt"


def test_completion_and_inspection_answer_while_a_cell_spins(kernel, say):
    kernel.ok(say("const basket: string[] = ['apple']"))
    cell = kernel.execute(say("console.log('ready'); while (true) {}"), stop_on_error=False).until_output("ready\n")
    assert "toUpperCase" in kernel.complete("basket[0]!.toUpp")["matches"]
    assert kernel.inspect("basket")["found"]
    assert kernel.ask("shell", "is_complete_request", {"code": "1"})["status"] == "complete"
    assert not cell.replied
    kernel.interrupt()
    assert cell.finish().content["ename"] == "KeyboardInterrupt"


def test_control_messages_are_answered_in_order(kernel, say):
    cell = kernel.execute(
        say("console.log('ready'); while (true) {}", "print('ready', flush=True)\nwhile True: pass"),
        stop_on_error=False,
    )
    cell.until_output("ready\n")
    requests = [kernel.send("control", "kernel_info_request") for _ in range(10)]
    for request in requests:
        request.finish()
    replies = [h.parent for h in kernel.log if h.channel == "control" and h.type == "kernel_info_reply"]
    assert replies[-10:] == [request.id for request in requests]
    states = [h.parent for h in kernel.log if h.type == "status" and h.parent in {r.id for r in requests}]
    assert states == [id for request in requests for id in (request.id, request.id)], "busy and idle interleave"
    kernel.interrupt()
    cell.finish()
