"""Streams, displays and payloads: complete, in order, in the cell that made them."""

from __future__ import annotations


def texts(cell) -> str:
    """What a cell wrote, streams and displays in one sequence."""
    parts = []
    for heard in cell.heard("stream", "display_data", "execute_result"):
        content = heard.content
        parts.append(content["text"].strip() if heard.type == "stream" else content["data"]["text/plain"].strip("'\""))
    return " ".join(" ".join(parts).split())


def test_streams_and_displays_keep_their_order(kernel, say):
    cell = kernel.ok(
        say(
            "for (const i of [1, 2, 3]) { console.log('o' + i); console.error('e' + i); display('d' + i); }\n'end'",
            "import sys\nfor i in (1, 2, 3):\n  print(f'o{i}')\n  print(f'e{i}', file=sys.stderr)\n  display(f'd{i}')\n'end'",
        )
    )
    assert texts(cell) == "o1 e1 d1 o2 e2 d2 o3 e3 d3 end"


def test_stdout_and_stderr_are_apart(kernel, say):
    cell = kernel.ok(say("console.log('o'); console.error('e')", "import sys; print('o'); print('e', file=sys.stderr)"))
    assert (cell.stdout, cell.stderr) == ("o\n", "e\n")


def test_20000_lines_arrive_in_few_messages(kernel, say):
    cell = kernel.ok(say("for (let i = 0; i < 20000; i++) console.log(i)", "for i in range(20000): print(i)"))
    assert cell.stdout == "".join(f"{i}\n" for i in range(20000))
    assert len(cell.heard("stream")) <= 100


def test_output_while_the_cell_runs(kernel, say):
    """Not all at the end: the first line is there while the cell waits for an answer."""
    cell = kernel.execute(
        say(
            "console.log('first'); await input('? '); console.log('second')",
            "print('first'); input('? '); print('second')",
        ),
        allow_stdin=True,
    )
    cell.until_output("first\n")
    assert not cell.replied
    kernel.answer(kernel.question(cell), "")
    assert cell.finish().stdout == "first\nsecond\n"


def test_unicode_is_not_cut(kernel, say):
    cell = kernel.ok(say("for (let i = 0; i < 5000; i++) process.stdout.write('ü€😀')", "print('ü€😀' * 5000, end='')"))
    assert cell.stdout == "ü€😀" * 5000


def test_timer_writes_to_the_cell_that_made_it(kernel, say):
    maker = kernel.ok(
        say(
            "var go = false; var rung = new Promise<void>((done) => {\n"
            "  const timer = setInterval(() => { if (go) { clearInterval(timer); console.log('from the timer'); done(); } }, 5);\n});",
            "import asyncio\ngo = False\nasync def late():\n  while not go: await asyncio.sleep(0.005)\n  print('from the timer')\n"
            "rung = asyncio.create_task(late())",
        )
    )
    later = kernel.ok(
        say(
            "console.log('mine'); go = true; await rung; console.log('mine, too')",
            "print('mine'); go = True; await rung; print('mine, too')",
        )
    )
    maker.until_output("from the timer\n")
    assert later.stdout == "mine\nmine, too\n"


def test_promise_writes_to_the_cell_that_made_it(kernel, say):
    maker = kernel.ok(
        say(
            "var open!: () => void; const gate = new Promise<void>((r) => (open = r));\n"
            "var told = gate.then(() => { console.log('from the promise'); display('shown') });\nundefined",
            "import asyncio\ngate = asyncio.Event()\nasync def wait():\n  await gate.wait(); print('from the promise'); display('shown')\n"
            "told = asyncio.create_task(wait())\nNone",
        )
    )
    later = kernel.ok(say("open(); await told; console.log('mine')", "gate.set(); await told; print('mine')"))
    maker.until_output("from the promise\n")
    assert later.stdout == "mine\n"


def test_async_function_left_behind_writes_to_its_cell(kernel, say):
    maker = kernel.ok(
        say(
            "var next: () => void = () => {};\n"
            "var walk = (async () => { for (let i = 0; i < 3; i++) { await new Promise<void>((r) => (next = r)); console.log('step ' + i); } })();\nundefined"
        )
    )
    later = kernel.ok(
        say(
            "for (let i = 0; i < 3; i++) { next(); await Promise.resolve(); await new Promise(setImmediate); }\nawait walk; console.log('done')"
        )
    )
    maker.until_output("step 2\n")
    assert maker.stdout == "step 0\nstep 1\nstep 2\n"
    assert later.stdout == "done\n"


def test_child_process_callback_writes_to_its_cell(kernel, say):
    maker = kernel.ok(
        say(
            "import { spawn } from 'node:child_process';\n"
            "var child = spawn('sh', ['-c', 'read line; echo \"child $line\"'], { stdio: ['pipe', 'pipe', 'inherit'] });\n"
            "child.stdout!.on('data', (data: Buffer) => console.log(String(data).trim()));\n"
            "var closed = new Promise((done) => child.on('close', done));\nundefined",
        )
    )
    later = kernel.ok(say("child.stdin!.end('answers\\n'); await closed; console.log('mine')"))
    maker.until_output("child answers\n")
    assert later.stdout == "mine\n"


def test_subprocess_that_inherits_stdout(kernel, say):
    cell = kernel.ok(
        say(
            "import { execFileSync, spawn } from 'node:child_process';\n"
            "execFileSync('sh', ['-c', 'echo out; echo err >&2'], { stdio: 'inherit' });\n"
            "await new Promise((done) => spawn('echo', ['spawned'], { stdio: 'inherit' }).on('close', done));",
            "import subprocess\nsubprocess.run(['sh', '-c', 'echo out; echo err >&2']); _ = subprocess.run(['echo', 'spawned'])",
        )
    )
    # ipykernel reads the file descriptors in a thread of its own, which may still be at it when the cell is idle.
    kernel.until(lambda: cell.stdout.count("\n") == 2 and cell.stderr, 10, cell)
    assert (cell.stdout, cell.stderr) == ("out\nspawned\n", "err\n")


def test_raw_file_descriptors(kernel, say):
    cell = kernel.ok(
        say(
            "import { writeSync } from 'node:fs'; writeSync(1, 'raw out\\n'); writeSync(2, 'raw err\\n');",
            "import os; _ = os.write(1, b'raw out\\n'), os.write(2, b'raw err\\n')",
        )
    )
    kernel.until(lambda: cell.stdout and cell.stderr, 10, cell)
    assert (cell.stdout, cell.stderr) == ("raw out\n", "raw err\n")


def test_raw_output_comes_before_idle_and_in_its_place(kernel, say):
    code = say(
        "import { execFileSync } from 'node:child_process';\n"
        "for (let i = 0; i < 5; i++) { console.log(`js ${i}`); execFileSync('echo', [`sh ${i}`], { stdio: 'inherit' }); }"
    )
    cell = kernel.ok(code)
    assert cell.stdout == "".join(f"js {i}\nsh {i}\n" for i in range(5))


def test_subprocess_that_writes_nothing(kernel, say):
    code = say(
        "import { execFileSync } from 'node:child_process'; execFileSync('true', { stdio: 'inherit' }); undefined",
        "import subprocess; _ = subprocess.run(['true'])",
    )
    assert kernel.ok(code).kinds == ["busy", "execute_input", "idle"]


def test_process_stdout_write(kernel, say):
    cell = kernel.ok(
        say(
            "process.stdout.write('no '); process.stdout.write('newline'); undefined",
            "import sys; sys.stdout.write('no '); _ = sys.stdout.write('newline')",
        )
    )
    assert cell.stdout == "no newline"


def test_display_and_its_update_in_another_cell(kernel, say):
    first = kernel.ok(say("display('one', { id: 'spot' }); undefined", "_ = display('one', display_id='spot')"))
    shown = first.heard("display_data")[0].content
    assert shown["transient"]["display_id"] == "spot"
    assert "one" in shown["data"]["text/plain"]
    second = kernel.ok(
        say("display('two', { id: 'spot', update: true }); undefined", "display('two', display_id='spot', update=True)")
    )
    assert not second.heard("display_data")
    update = second.heard("update_display_data")[0].content
    assert update["transient"]["display_id"] == "spot"
    assert "two" in update["data"]["text/plain"]


def test_rich_output(kernel, say):
    cell = kernel.ok(
        say(
            "display(html('<b>h</b>')); display(markdown('*m*')); display(svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'));\n"
            "display(latex('$x$')); display(json({ a: [1] })); undefined",
            "from IPython.display import *\ndisplay(HTML('<b>h</b>'), Markdown('*m*'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'), Latex('$x$'), JSON({'a': [1]}))",
        )
    )
    data = [h.content["data"] for h in cell.heard("display_data")]
    wanted = ["text/html", "text/markdown", "image/svg+xml", "text/latex", "application/json"]
    assert [mime in bundle for mime, bundle in zip(wanted, data, strict=True)] == [True] * 5
    assert data[0]["text/html"] == "<b>h</b>"
    assert data[4]["application/json"] == {"a": [1]}


def test_jupyter_display_symbol(kernel, say):
    cell = kernel.ok(
        say("({ [Symbol.for('Jupyter.display')]: () => ({ 'text/plain': 'plain', 'text/html': '<i>rich</i>' }) })")
    )
    assert cell.heard("execute_result")[0].content["data"] == {"text/plain": "plain", "text/html": "<i>rich</i>"}


def test_html_from_values_is_escaped(kernel, say):
    cell = kernel.ok(say("({ text: '<script>alert(1)</script>' })"))
    data = cell.heard("execute_result")[0].content["data"]
    assert "<script>" not in data.get("text/html", "")


def test_plain_text_has_no_colour_codes(kernel, say):
    cell = kernel.ok(
        say(
            "console.log({ a: 1, b: 'x' }, [1], null); console.error(new Map([[1, 2]])); ({ a: 1 })",
            "print({'a': 1}); {'a': 1}",
        )
    )
    assert "\x1b" not in cell.stdout + cell.stderr + (cell.result or "")


def test_the_result_of_nothing_is_not_shown(kernel, say):
    for code in [("undefined", "None"), ("const quiet = 1", "quiet = 1"), ("void 0;", "None")]:
        assert not kernel.ok(say(*code)).heard("execute_result")


def test_a_promise_is_awaited_before_it_is_shown(kernel, say):
    assert kernel.ok(say("Promise.resolve(7)", "7")).result == "7"


def test_clear_output(kernel, say):
    for wait in (True, False):
        typescript = f"console.log('a'); clearOutput({{ wait: {str(wait).lower()} }}); console.log('b')"
        python = f"from IPython.display import clear_output\nprint('a'); clear_output(wait={wait}); print('b')"
        cell = kernel.ok(say(typescript, python))
        assert cell.heard("clear_output")[0].content == {"wait": wait}
        kinds = [k for k in cell.kinds if k != "execute_input"]
        assert kinds == ["busy", "stream", "clear_output", "stream", "idle"]


def test_page_payload(kernel, say):
    payload = kernel.ok(say("page('a long text')", "from IPython.core.page import page; page('a long text')")).content[
        "payload"
    ]
    assert [entry["source"] for entry in payload] == ["page"]
    assert payload[0]["data"]["text/plain"] == "a long text"
    assert isinstance(payload[0]["start"], int)


def test_set_next_input_payload(kernel, say):
    payload = kernel.ok(
        say("setNextInput('next', { replace: true })", "get_ipython().set_next_input('next', replace=True)")
    ).content["payload"]
    assert payload == [{"source": "set_next_input", "text": "next", "replace": True}]


def test_payload_is_not_kept_for_the_next_cell(kernel, say):
    kernel.ok(say("page('once')", "from IPython.core.page import page; page('once')"))
    assert kernel.ok("1").content["payload"] == []


def test_uncaught_error_in_a_timer_leaves_the_kernel_well(kernel, say):
    cell = kernel.ok(say("setTimeout(() => { throw new Error('late trouble') }, 1); undefined"))
    cell.until_output("late trouble")
    assert kernel.ok("1 + 1").result == "2"


def test_unhandled_rejection_leaves_the_kernel_well(kernel, say):
    cell = kernel.ok(say("Promise.reject(new Error('nobody caught this')); undefined"))
    cell.until_output("nobody caught this")
    assert kernel.ok("1 + 1").result == "2"
