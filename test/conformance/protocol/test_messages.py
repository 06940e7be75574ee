"""Headers, parents, busy and idle, on every channel; requests that are not cells."""

from __future__ import annotations

import pytest
from client import Client

SHELL = {
    "kernel_info_request": {},
    "connect_request": {},
    "comm_info_request": {},
    "history_request": {"hist_access_type": "tail", "n": 1, "output": False, "raw": True},
    "is_complete_request": {"code": "1"},
    "complete_request": {"code": "1", "cursor_pos": 1},
    "inspect_request": {"code": "1", "cursor_pos": 1, "detail_level": 0},
}
CONTROL = {"kernel_info_request": {}, "list_subshell_request": {}, "interrupt_request": {}}
ALL = [("shell", kind) for kind in SHELL] + [("control", kind) for kind in CONTROL]


@pytest.mark.parametrize(("channel", "kind"), ALL)
def test_busy_reply_idle(kernel, channel, kind):
    request = kernel.send(channel, kind, (SHELL | CONTROL)[kind]).finish()
    assert request.kinds == ["busy", "idle"]
    assert request.reply().channel == channel
    assert request.content["status"] in ("ok", "complete")


@pytest.mark.parametrize(("channel", "kind"), ALL)
def test_parent_header_is_the_request_s_header(kernel, channel, kind):
    request = kernel.send(channel, kind, (SHELL | CONTROL)[kind]).finish()
    for heard in request.heard():
        parent = heard.message["parent_header"]
        for name in ("msg_id", "msg_type", "session", "username", "version"):
            assert parent[name] == request.header[name], heard


def test_headers_are_the_kernel_s_own(kernel, say):
    kernel.ok(say("console.log('x'); 1", "print('x'); 1"))
    kernel.ask("control", "kernel_info_request")
    headers = [h.message["header"] for h in kernel.log]
    assert len({header["session"] for header in headers}) == 1
    assert headers[0]["session"] != kernel.session.session
    assert len({header["msg_id"] for header in headers}) == len(headers)


@pytest.mark.unlike_ipykernel("says 5.3 in kernel_info and 5.4 in headers")
def test_one_protocol_version(kernel):
    info = kernel.ask("shell", "kernel_info_request")
    assert {h.message["header"]["version"] for h in kernel.log} == {info["protocol_version"]}


def test_fields_that_are_unknown_are_ignored(kernel):
    request = kernel.send("shell", "kernel_info_request", {"later": [1, 2]}, metadata={"of": "a newer client"})
    assert request.finish().status == "ok"


def test_metadata_and_buffers_of_a_cell_are_accepted(kernel):
    content = {"code": "1 + 1", "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
    metadata = {"cellId": "a", "deletedCells": [], "recordTiming": True}
    cell = kernel.send("shell", "execute_request", content, metadata=metadata, buffers=[b"\x00\xff"]).finish()
    assert cell.status == "ok" and cell.result == "2"


def test_a_cell_with_its_code_alone_is_accepted(kernel):
    cell = kernel.send("shell", "execute_request", {"code": "1 + 1"}).finish()
    assert cell.status == "ok" and cell.result == "2"


@pytest.mark.parametrize("channel", ["shell", "control"])
def test_unknown_requests_are_ignored(kernel, channel):
    kernel.send(channel, "no_such_request", {"a": 1})
    assert kernel.ask(channel, "kernel_info_request")["status"] == "ok"
    assert kernel.ok("1 + 1").result == "2"


def test_shell_requests_are_taken_on_control(kernel, say):
    assert kernel.ask("control", "kernel_info_request")["status"] == "ok"


def test_kernel_info(kernel, say):
    info = kernel.ask("shell", "kernel_info_request")
    from_control = kernel.ask("control", "kernel_info_request")
    assert info | {"banner": ""} == from_control | {"banner": ""}
    language = info["language_info"]
    assert language["name"] == say("typescript", "python")
    assert language["file_extension"] == say(".ts", ".py")
    assert language["mimetype"] and language["version"]
    assert "kernel subshells" in info["supported_features"]
    assert info["implementation"] and info["implementation_version"] and info["banner"]
    assert all(link["text"] and link["url"] for link in info["help_links"])


def test_kernel_info_is_typescript_s(kernel, say):
    info = kernel.ask("shell", "kernel_info_request")
    assert info["protocol_version"].startswith(say("5.5"))
    assert info["implementation"] == "lossbook"
    assert info["language_info"]["codemirror_mode"] == "typescript", "an object here means JavaScript to JupyterLab"
    assert info["language_info"]["pygments_lexer"] == "typescript"
    assert info["language_info"]["nbconvert_exporter"] == "script"


def test_connect_reply_names_the_ports(kernel):
    reply = kernel.ask("shell", "connect_request")
    expected = kernel.manager.get_connection_info()
    for name in ("shell_port", "iopub_port", "stdin_port", "hb_port", "control_port"):
        assert reply[name] == expected[name]


def test_heartbeat(kernel):
    assert kernel.beat()


@pytest.mark.unlike_ipykernel("welcomes the first subscriber to a topic only")
def test_welcome_for_every_subscriber(kernel):
    for _ in range(2):
        late = Client(kernel.manager)
        try:
            welcome = late.until(lambda late=late: next((h for h in late.log if h.type == "iopub_welcome"), None))
            assert welcome.content == {"subscription": ""}
            assert welcome.message["parent_header"] == {}
            assert late.log[0].type == "iopub_welcome"
        finally:
            late.close()


def test_welcome_names_the_topic(kernel):
    late = Client(kernel.manager)
    try:
        late.sockets["iopub"].subscribe(b"kernel.")
        late.until(lambda: any(h.type == "iopub_welcome" and h.content["subscription"] == "kernel." for h in late.log))
    finally:
        late.close()


def test_starting_is_said_once(fresh_kernel):
    states = [h.content["execution_state"] for h in fresh_kernel.log if h.type == "status"]
    assert states.count("starting") <= 1


@pytest.mark.parametrize(
    ("typescript", "python", "status"),
    [
        ("const a = 1", "a = 1", "complete"),
        ("1 + 1", "1 + 1", "complete"),
        ("const f = (x: number): number => x", "f = lambda x: x", "complete"),
        ("await Promise.resolve(1)", "1", "complete"),
        ("function f() {", "def f():", "incomplete"),
        ("const text = `a", "text = '''a", "incomplete"),
        ("[1, 2,", "[1, 2,", "incomplete"),
        ("f(1,", "f(1,", "incomplete"),
        ("const = ;", "= 1", "invalid"),
        ("let x: number = )", "x = )", "invalid"),
    ],
)
def test_is_complete(kernel, say, typescript, python, status):
    reply = kernel.ask("shell", "is_complete_request", {"code": say(typescript, python)})
    assert reply["status"] == status
    if status == "incomplete":
        assert reply["indent"].strip() == ""
    else:
        assert "indent" not in reply or reply["indent"] == ""


def test_indent_of_an_open_block(kernel, say):
    reply = kernel.ask("shell", "is_complete_request", {"code": say("if (true) {", "if True:")})
    assert reply["status"] == "incomplete"
    assert reply["indent"] in ("  ", "    ", "\t")
