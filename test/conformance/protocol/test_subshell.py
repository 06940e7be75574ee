"""Subshells (JEP 91): further queues of cells, beside the main one."""

from __future__ import annotations

import pytest


@pytest.fixture
def subshell(kernel):
    """The id of a new subshell, which is deleted at the end."""
    created = []

    def create() -> str:
        reply = kernel.ask("control", "create_subshell_request")
        assert reply["status"] == "ok"
        created.append(reply["subshell_id"])
        return reply["subshell_id"]

    yield create
    for id in created:
        if id in listed(kernel):
            assert kernel.ask("control", "delete_subshell_request", {"subshell_id": id})["status"] == "ok"


def listed(kernel) -> list[str]:
    return kernel.ask("control", "list_subshell_request")["subshell_id"]


# Two cells that wait for each other: neither ends unless both run.
MEET = (
    "meeting.{me}(); await meeting.{other}Came; console.log('{me} met {other}')",
    "meeting['{me}'].set(); print('{me} met {other}' if meeting['{other}'].wait(20) else 'alone')",
)
MEETING = (
    "var meeting = (() => { let a!: () => void, b!: () => void;\n"
    "  const aCame = new Promise<void>((r) => (a = r)), bCame = new Promise<void>((r) => (b = r));\n"
    "  return { aCame, bCame, a: () => a(), b: () => b() }; })(); undefined",
    "import threading; meeting = {'a': threading.Event(), 'b': threading.Event()}",
)


def meet(say, me: str, other: str) -> str:
    return say(*MEET).replace("{me}", me).replace("{other}", other)


def test_supported(kernel):
    assert "kernel subshells" in kernel.ask("shell", "kernel_info_request")["supported_features"]


def test_create_list_delete(kernel, subshell):
    assert listed(kernel) == []
    first, second = subshell(), subshell()
    assert first != second
    assert sorted(listed(kernel)) == sorted([first, second])
    assert kernel.ask("control", "delete_subshell_request", {"subshell_id": first})["status"] == "ok"
    assert listed(kernel) == [second]
    assert kernel.ask("control", "delete_subshell_request", {"subshell_id": second})["status"] == "ok"
    assert listed(kernel) == []


def test_ids_are_not_reused(kernel, subshell):
    ids = []
    for _ in range(5):
        ids.append(subshell())
        kernel.ask("control", "delete_subshell_request", {"subshell_id": ids[-1]})
    assert len(set(ids)) == 5


def test_deleting_what_is_not_there_is_an_error(kernel):
    reply = kernel.ask("control", "delete_subshell_request", {"subshell_id": "never-made"})
    assert reply["status"] == "error"


def test_a_cell_in_a_subshell(kernel, subshell, say):
    cell = kernel.execute(say("console.log('here'); 2 + 3", "print('here'); 2 + 3"), subshell=subshell()).finish()
    assert cell.status == "ok"
    assert (cell.stdout, cell.result) == ("here\n", "5")
    assert cell.kinds == ["busy", "execute_input", "stream", "execute_result", "idle"]


def test_subshells_share_the_variables(kernel, subshell, say):
    kernel.ok(say("var shared = 1", "shared = 1"))
    kernel.execute(say("shared += 1", "shared += 1"), subshell=subshell()).finish()
    kernel.execute(say("shared += 1", "shared += 1"), subshell=subshell()).finish()
    assert kernel.ok("shared").result == "3"


def test_parent_headers_name_the_subshell(kernel, subshell, say):
    id = subshell()
    cell = kernel.execute(say("console.log(1); 2", "print(1); 2"), subshell=id).finish()
    for heard in cell.heard():
        assert heard.message["parent_header"].get("subshell_id") == id, heard
    main = kernel.ok("1")
    for heard in main.heard():
        assert heard.message["parent_header"].get("subshell_id") is None, heard


def test_main_shell_and_subshell_run_at_once(kernel, subshell, say):
    kernel.ok(say(*MEETING))
    id = subshell()
    one = kernel.execute(meet(say, "a", "b"))
    two = kernel.execute(meet(say, "b", "a"), subshell=id)
    assert one.finish().stdout == "a met b\n"
    assert two.finish().stdout == "b met a\n"


def test_two_subshells_run_at_once(kernel, subshell, say):
    kernel.ok(say(*MEETING))
    one = kernel.execute(meet(say, "a", "b"), subshell=subshell())
    two = kernel.execute(meet(say, "b", "a"), subshell=subshell())
    assert one.finish().stdout == "a met b\n"
    assert two.finish().stdout == "b met a\n"


def test_one_subshell_runs_its_cells_in_order(kernel, subshell, say):
    id = subshell()
    kernel.ok(say("var order: number[] = []", "order = []"))
    code = say("await new Promise(setImmediate); order.push({n})", "order.append({n})")
    cells = [kernel.execute(code.replace("{n}", str(n)), subshell=id) for n in range(5)]
    for cell in cells:
        assert cell.finish().status == "ok"
    assert "0,1,2,3,4" in kernel.ok(say("order.join()", "','.join(map(str, order))")).result


def test_create_while_a_cell_runs(kernel, subshell, say):
    """A cell that only a subshell, made meanwhile, can end."""
    kernel.ok(say(*MEETING))
    waiting = kernel.execute(meet(say, "a", "b"))
    assert not waiting.replied
    helper = kernel.execute(meet(say, "b", "a"), subshell=subshell())
    assert helper.finish().status == "ok"
    assert waiting.finish().stdout == "a met b\n"


def test_requests_to_a_subshell_while_the_main_shell_spins(kernel, subshell, say):
    id = subshell()
    cell = kernel.execute(
        say("console.log('ready'); while (true) {}", "print('ready', flush=True)\nwhile True: pass"),
        stop_on_error=False,
    )
    cell.until_output("ready\n")
    for kind in ("kernel_info_request", "comm_info_request"):
        assert kernel.ask("shell", kind, subshell=id)["status"] == "ok"
    assert not cell.replied
    kernel.interrupt()
    cell.finish()


def test_stop_on_error_is_the_subshell_s_own(kernel, subshell, say):
    """What waits behind the failing cell is aborted; the other queue is not."""
    id = subshell()
    kernel.ok(say(*MEETING))
    fail = say("await meeting.bCame; throw new Error('x')", "meeting['b'].wait(20); raise ValueError('x')")
    failing = kernel.execute(fail, subshell=id)
    behind = [kernel.execute("1", subshell=id), kernel.execute("2", subshell=id)]
    beside = [kernel.execute(say("meeting.b()", "meeting['b'].set()")), kernel.execute("3")]
    assert failing.finish().status == "error"
    assert [cell.finish().status for cell in behind] == ["aborted", "aborted"]
    assert [cell.finish().status for cell in beside] == ["ok", "ok"]
    assert kernel.execute("4", subshell=id).finish().status == "ok"


def test_error_in_the_main_shell_leaves_subshells_running(kernel, subshell, say):
    id = subshell()
    kernel.ok(say(*MEETING))
    inside = [
        kernel.execute(say("await meeting.bCame; 1", "meeting['b'].wait(20); 1"), subshell=id),
        kernel.execute("2", subshell=id),
    ]
    failing = kernel.execute(say("meeting.b(); throw new Error('x')", "meeting['b'].set(); raise ValueError('x')"))
    assert failing.finish().status == "error"
    assert [cell.finish().status for cell in inside] == ["ok", "ok"]


def test_silent_cell_in_a_subshell(kernel, subshell, say):
    cell = kernel.execute(say("1 + 1", "1 + 1"), subshell=subshell(), silent=True).finish()
    assert cell.kinds == ["busy", "idle"]
    assert cell.status == "ok"


def test_input_in_a_subshell(kernel, subshell, say):
    cell = kernel.execute(say("await input('? ')"), subshell=subshell(), allow_stdin=True)
    kernel.answer(kernel.question(cell), "from a subshell")
    assert "from a subshell" in (cell.finish().result or "")


def test_output_of_cells_that_run_at_once_is_kept_apart(kernel, subshell, say):
    kernel.ok(say("var turns = 0", "turns = 0"))
    code = say(
        "for (let i = 0; i < 50; i++) { console.log('{me}' + i); await new Promise(setImmediate); }",
        "for i in range(50): print('{me}' + str(i))",
    )
    ids = {"a": None, "b": subshell(), "c": subshell()}
    cells = {me: kernel.execute(code.replace("{me}", me), subshell=id) for me, id in ids.items()}
    for me, cell in cells.items():
        assert cell.finish().stdout == "".join(f"{me}{i}\n" for i in range(50))


def test_unknown_subshell_leaves_the_kernel_well(kernel):
    kernel.execute("1", subshell="never-made")
    assert kernel.ok("1 + 1").result == "2"


def test_shutdown_with_a_subshell(fresh_kernel, say):
    id = fresh_kernel.ask("control", "create_subshell_request")["subshell_id"]
    busy = say("console.log('ready'); await new Promise(() => {})", "print('ready', flush=True)")
    fresh_kernel.execute(busy, subshell=id).until_output("ready\n")
    reply = fresh_kernel.send("control", "shutdown_request", {"restart": False}).reply()
    assert reply.content == {"status": "ok", "restart": False}
    assert fresh_kernel.ended()
