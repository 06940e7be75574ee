"""The fields of `execute_request`, the order of what is published, and what an error does to the queue."""

from __future__ import annotations

import pytest

FAIL = ("throw new RangeError('one mistake')", "raise ValueError('one mistake')")
PRINT = ("console.log('said')", "print('said')")


def test_messages_come_in_order(kernel, say):
    cell = kernel.ok(say("console.log('a'); 6 * 7", "print('a'); 6 * 7"))
    assert cell.kinds == ["busy", "execute_input", "stream", "execute_result", "idle"]
    assert cell.stdout == "a\n"
    assert cell.result == "42"


def test_execute_input_repeats_the_code_and_its_number(kernel, say):
    code = say("1 + 1 // größer 😀", "1 + 1 # größer 😀")
    cell = kernel.ok(code)
    given = cell.heard("execute_input")[0].content
    assert given == {"code": code, "execution_count": cell.content["execution_count"]}
    assert cell.heard("execute_result")[0].content["execution_count"] == cell.content["execution_count"]


def test_execution_count_counts_by_one(kernel, say):
    counts = [kernel.run(say(*code)).content["execution_count"] for code in [("1", "1"), FAIL, ("2", "2")]]
    assert counts == [counts[0], counts[0] + 1, counts[0] + 2]


def test_reply_is_ok_and_complete(kernel):
    content = kernel.ok("1").content
    assert content["status"] == "ok"
    assert content["user_expressions"] == {}
    assert content["payload"] == []
    assert isinstance(content["execution_count"], int)


def test_empty_cell(kernel):
    for code in ("", "  \n\n"):
        cell = kernel.ok(code)
        assert cell.kinds[0] == "busy" and cell.kinds[-1] == "idle"
        assert not cell.heard("execute_result", "stream", "error")


def test_silent_publishes_no_input_and_no_result(kernel, say):
    before = kernel.ok("1").content["execution_count"]
    cell = kernel.ok(say("var quiet = 5; 99", "quiet = 5; 99"), silent=True)
    assert cell.kinds == ["busy", "idle"]
    after = kernel.ok("quiet")
    assert after.result == "5"
    assert after.content["execution_count"] == before + 1


def test_silent_failure_is_an_error_reply(kernel, say):
    cell = kernel.run(say(*FAIL), silent=True, stop_on_error=False)
    assert cell.status == "error"
    assert cell.kinds[-1] == "idle"
    assert not cell.heard("execute_input")


def test_store_history_false_does_not_count(kernel, say):
    before = kernel.ok("1").content["execution_count"]
    secret = say("'not to be kept'", "'not to be kept'")
    cell = kernel.ok(secret, store_history=False)
    assert cell.result is not None
    assert "execute_input" in cell.kinds
    assert kernel.ok("2").content["execution_count"] == before + 1
    assert secret not in [entry[2] for entry in kernel.history("tail", n=5)]


def test_user_expressions(kernel, say):
    kernel.ok(say("let base: number = 20", "base = 20"))
    cell = kernel.ok(say("base += 1", "base += 1"), user_expressions={"double": "base * 2", "text": "'a' + 'b'"})
    found = cell.content["user_expressions"]
    assert found["double"]["status"] == "ok"
    assert found["double"]["data"]["text/plain"] == "42"
    assert isinstance(found["double"]["metadata"], dict)
    assert "ab" in found["text"]["data"]["text/plain"]


def test_user_expression_that_fails_leaves_the_cell_ok(kernel):
    cell = kernel.ok("1", user_expressions={"bad": "nothingOfThatName", "good": "2 + 2", "worse": "2 +"})
    found = cell.content["user_expressions"]
    for name in ("bad", "worse"):
        assert found[name]["status"] == "error"
        assert found[name]["ename"] and isinstance(found[name]["evalue"], str)
        assert isinstance(found[name]["traceback"], list)
    assert found["good"]["data"]["text/plain"] == "4"


def test_user_expressions_of_a_silent_cell(kernel):
    cell = kernel.ok("", silent=True, user_expressions={"sum": "40 + 2"})
    assert cell.content["user_expressions"]["sum"]["data"]["text/plain"] == "42"
    assert cell.kinds == ["busy", "idle"]


def test_error_is_published_and_replied_alike(kernel, say):
    cell = kernel.run(say(*FAIL))
    content = cell.content
    assert cell.kinds == ["busy", "execute_input", "error", "idle"]
    assert content["status"] == "error"
    assert content["evalue"] == "one mistake"
    for name in ("ename", "evalue", "traceback"):
        assert content[name] == cell.error[name]
    assert isinstance(content["execution_count"], int)


def test_error_after_output_keeps_the_output(kernel, say):
    cell = kernel.run(
        say("console.log('before'); throw new Error('then')", "print('before'); raise ValueError('then')")
    )
    assert cell.stdout == "before\n"
    assert cell.kinds == ["busy", "execute_input", "stream", "error", "idle"]


def test_names_declared_before_an_error_are_kept(kernel, say):
    kernel.run(say("const early = 'kept'; throw new Error('stop')", "early = 'kept'; raise ValueError('stop')"))
    assert "kept" in (kernel.ok("early").result or "")


@pytest.fixture
def queue(kernel, say):
    """Cells that are certainly in the kernel's queue when the first one fails: it waits for a line of input until then."""

    def fail_with_queue(stop_on_error: bool, *rest):
        first = kernel.execute(
            say("await input('go '); throw new Error('first')", "input('go '); raise ValueError('first')"),
            allow_stdin=True,
            stop_on_error=stop_on_error,
        )
        question = kernel.question(first)
        others = [send() for send in rest]
        kernel.answer(question, "now")
        return first.finish(), [request.finish() for request in others]

    return fail_with_queue


def test_stop_on_error_aborts_what_is_queued(kernel, say, queue):
    more = [lambda n=n: kernel.execute(say(f"console.log({n})", f"print({n})")) for n in (1, 2)]
    first, others = queue(True, *more)
    assert first.status == "error"
    assert [cell.status for cell in others] == ["aborted", "aborted"]
    for cell in others:
        assert cell.stdout == ""
        assert not cell.heard("execute_input", "error")
        assert cell.kinds[-1] == "idle"
    assert kernel.ok(say(*PRINT)).stdout == "said\n"


def test_aborted_cells_are_not_counted(kernel, say, queue):
    first, _ = queue(True, lambda: kernel.execute("1"), lambda: kernel.execute("2"))
    assert kernel.ok("3").content["execution_count"] == first.content["execution_count"] + 1


def test_without_stop_on_error_the_queue_runs(kernel, say, queue):
    more = [lambda n=n: kernel.execute(say(f"console.log({n})", f"print({n})")) for n in (1, 2)]
    first, others = queue(False, *more)
    assert first.status == "error"
    assert [cell.status for cell in others] == ["ok", "ok"]
    assert [cell.stdout for cell in others] == ["1\n", "2\n"]


def test_other_requests_are_answered_after_an_error(kernel, queue):
    requests = {
        "kernel_info_request": {},
        "comm_info_request": {},
        "inspect_request": {"code": "queueMicrotask", "cursor_pos": 3, "detail_level": 0},
        "complete_request": {"code": "1", "cursor_pos": 1},
        "is_complete_request": {"code": "1"},
        "history_request": {"hist_access_type": "tail", "n": 1, "output": False, "raw": True},
    }
    send = [lambda kind=kind, body=body: kernel.send("shell", kind, body) for kind, body in requests.items()]
    first, others = queue(True, *send)
    assert first.status == "error"
    for request in others:
        assert request.status in ("ok", "complete"), request.content


def test_cells_sent_at_once_run_in_order(kernel, say):
    kernel.ok(say("let trail: number[] = []", "trail = []"))
    cells = [
        kernel.execute(say(f"trail.push({n}); console.log({n})", f"trail.append({n}); print({n})")) for n in range(30)
    ]
    for n, cell in enumerate(cells):
        assert cell.finish().stdout == f"{n}\n"
    assert kernel.ok(say("trail.join()", "','.join(map(str, trail))")).result.strip("'\"") == ",".join(
        map(str, range(30))
    )
    states = [h.parent for h in kernel.log if h.type == "status" and h.parent in {c.id for c in cells}]
    assert states == [parent for cell in cells for parent in (cell.id, cell.id)], "busy and idle of cells interleave"


def test_execute_reply_metadata_and_routing(kernel):
    """A reply goes to who asked; what is published goes to everybody."""
    other = kernel.other_client()
    cell = other.execute("1 + 2").finish()
    kernel.until(lambda: any(h.parent == cell.id and h.type == "execute_result" for h in kernel.log))
    assert not [h for h in kernel.log if h.parent == cell.id and h.channel != "iopub"]


def test_a_cell_sent_after_a_failure_was_answered_is_not_aborted(kernel, say):
    """Only what was sent before is: the turn that lets late messages in must come before the answer."""
    for _ in range(50):
        failed = kernel.execute(say("nowhere", "nowhere"))
        failed.finish()
        assert failed.status == "error"
        assert kernel.run("1").status == "ok"
