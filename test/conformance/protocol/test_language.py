"""Completion, inspection and history: what a front end asks about code."""

from __future__ import annotations

import pytest
from client import start


def test_completion_of_a_member(kernel, say):
    code = say("'abc'.toUpperC", "'abc'.upp")
    reply = kernel.complete(code)
    assert reply["status"] == "ok"
    assert reply["matches"] == [say("toUpperCase", "'abc'.upper")] or say("toUpperCase", "upper") in reply["matches"][0]
    assert reply["cursor_end"] == len(code)


@pytest.mark.parametrize("before", ["", "const s = '😀😀'; ", "/* 𝒳𝒴 */ ", "const ü = 'é'; "])
def test_positions_are_code_points(kernel, say, before):
    code = f"{say(before, repr(before) + '; ')}" + say("'abc'.toUpperC", "'abc'.upp")
    reply = kernel.complete(code)
    assert reply["cursor_end"] == len(code)
    start, text = reply["cursor_start"], reply["matches"][0]
    completed = code[:start] + text + code[reply["cursor_end"] :]
    assert completed.endswith(say("'abc'.toUpperCase", "'abc'.upper"))
    # A cursor in the middle: what follows it is left alone.
    position = len(code) - 2
    reply = kernel.complete(code + say("; '😀'", "; '😀'"), position)
    assert reply["cursor_end"] >= position
    assert code[reply["cursor_start"] : position] in reply["matches"][0]


def test_completion_knows_types_and_live_values(kernel, say):
    kernel.ok(say("const shelf = { jam: 1, honey: 2 }", "shelf = type('Shelf', (), {'jam': 1, 'honey': 2})()"))
    matches = kernel.complete("shelf.")["matches"]
    assert any("jam" in match for match in matches) and any("honey" in match for match in matches)


def test_completion_metadata(kernel, say):
    code = say("'abc'.toUpperC", "'abc'.upp")
    reply = kernel.complete(code)
    types = reply["metadata"]["_jupyter_types_experimental"]
    assert [entry["text"] for entry in types] == reply["matches"]
    for entry in types:
        assert entry["type"]
        assert (entry["start"], entry["end"]) == (reply["cursor_start"], reply["cursor_end"])


def test_completion_of_nothing(kernel):
    reply = kernel.complete("noNameBeginsLikeThisOne")
    assert reply["status"] == "ok" and reply["matches"] == []


def test_completion_does_not_run_code(kernel, say):
    kernel.ok(say("var touched = 0; const trap = { get bait() { touched++; return { cheese: 1 } } }"))
    kernel.complete("trap.bait.")
    kernel.inspect("trap.bait")
    assert kernel.ok("touched").result == "0"


def test_inspection(kernel, say):
    kernel.ok(say("const answer: number = 42", "answer = 42"))
    reply = kernel.inspect("answer")
    assert reply["status"] == "ok" and reply["found"] is True
    assert say("number", "int") in reply["data"]["text/plain"]
    assert isinstance(reply["metadata"], dict)


def test_inspection_in_the_middle_of_astral_text(kernel, say):
    kernel.ok(say("const needle = 'x'", "needle = 'x'"))
    code = say("'😀😀😀'; needle.length", "'😀😀😀'; needle.upper")
    reply = kernel.inspect(code, code.index("needle") + 3)
    assert reply["found"] and "needle" in reply["data"]["text/plain"] + say("", "needle")


def test_inspection_levels(kernel, say):
    code = say("Math.max", "len")
    for level in (0, 1):
        assert kernel.inspect(code, detail_level=level)["found"]


def test_inspection_of_nothing(kernel):
    for code in ("noSuchNameAnywhere", "", "   "):
        reply = kernel.inspect(code, len(code))
        assert reply["status"] == "ok"
        assert reply["found"] is False and reply["data"] == {}


@pytest.mark.unlike_ipykernel("does not answer a negative position")
def test_positions_outside_the_code_are_harmless(kernel):
    for position in (-1, 0, 99999):
        assert kernel.complete("1", position)["status"] == "ok"
        assert kernel.inspect("1", position)["status"] == "ok"


# -- history --------------------------------------------------------------------------------------------------------


def test_history_tail(fresh_kernel, say):
    cells = [say(f"const tail{n} = {n}", f"tail{n} = {n}") for n in range(4)]
    for code in cells:
        fresh_kernel.ok(code)
    entries = fresh_kernel.history("tail", n=3)
    assert [entry[2] for entry in entries] == cells[1:]
    assert len({entry[0] for entry in entries}) == 1
    assert [entry[1] for entry in entries] == [2, 3, 4]


def test_history_with_output(fresh_kernel):
    fresh_kernel.ok("20 + 1")
    entry = fresh_kernel.history("tail", n=1, output=True)[0]
    assert entry[2][0] == "20 + 1"
    assert entry[2][1] is None or "21" in entry[2][1]


def test_history_range(fresh_kernel, say):
    for n in range(5):
        fresh_kernel.ok(f"{n} + 100")
    session = fresh_kernel.history("tail", n=1)[0][0]
    for number in (0, session):
        entries = fresh_kernel.history("range", session=number, start=2, stop=4)
        assert [entry[1:] for entry in entries] == [[2, "1 + 100"], [3, "2 + 100"]]


def test_history_search(fresh_kernel, say):
    for code in ("1 + 71", "2 + 72", "1 + 71", "3 + 71"):
        fresh_kernel.ok(code)
    found = [entry[2] for entry in fresh_kernel.history("search", pattern="*+ 71", n=10)]
    assert found == ["1 + 71", "1 + 71", "3 + 71"]
    assert [e[2] for e in fresh_kernel.history("search", pattern="*+ 71", n=2)] == ["1 + 71", "3 + 71"]
    unique = [entry[2] for entry in fresh_kernel.history("search", pattern="*+ 71", n=10, unique=True)]
    assert sorted(unique) == ["1 + 71", "3 + 71"]
    assert [e[2] for e in fresh_kernel.history("search", pattern="? + 72", n=10)] == ["2 + 72"]
    assert fresh_kernel.history("search", pattern="nothing like this", n=10) == []


def test_history_across_two_kernels(tmp_path, say):
    """Kept on disk: the second kernel finds what the first one ran, as an earlier session."""
    mark = f"'kept in {tmp_path.name}'"
    with start(cwd=str(tmp_path)) as first:
        first.ok(mark)
        session = first.history("tail", n=1)[0][0]
        first.send("control", "shutdown_request", {"restart": False}).reply()
        assert first.ended()
    with start(cwd=str(tmp_path)) as second:
        second.ok("1")
        entries = second.history("search", pattern=f"*{tmp_path.name}*", n=5)
        assert [entry[2] for entry in entries] == [mark]
        assert entries[0][0] == session
        assert second.history("tail", n=1)[0][0] > session
        assert [e[2] for e in second.history("range", session=-1, start=1, stop=2)] == [mark]


def test_history_of_two_kernels_at_once(tmp_path, say):
    with start(cwd=str(tmp_path)) as one, start(cwd=str(tmp_path)) as two:
        for n in range(5):
            one.ok(f"'one {n}'")
            two.ok(f"'two {n}'")
        sessions = [kernel.history("range", session=0, start=1, stop=6) for kernel in (one, two)]
        assert [e[2] for e in sessions[0]] == [f"'one {n}'" for n in range(5)]
        assert [e[2] for e in sessions[1]] == [f"'two {n}'" for n in range(5)]


def test_failed_cells_are_in_the_history(fresh_kernel, say):
    code = say("throw new Error('remember me')", "raise ValueError('remember me')")
    fresh_kernel.run(code)
    assert fresh_kernel.history("tail", n=1)[0][2] == code
