"""Comms: opened by either side, messages and buffers both ways, found by their target."""

from __future__ import annotations

import uuid

# Answers every message with its double; a buffer comes back reversed.
ECHO = """
comm.registerTarget('echo', (channel, opened) => {
  channel.send({ opened: opened.data });
  channel.onMessage((message) => {
    const buffers = message.buffers.map((buffer) => Uint8Array.from(buffer).reverse());
    channel.send({ echo: message.data }, { buffers });
  });
});
undefined
"""
PYTHON_ECHO = """
from comm import get_comm_manager
def opened(channel, open_message):
    channel.send({'opened': open_message['content']['data']})
    @channel.on_msg
    def received(message):
        buffers = [bytes(reversed(bytes(buffer))) for buffer in message['buffers']]
        channel.send({'echo': message['content']['data']}, buffers=buffers)
get_comm_manager().register_target('echo', opened)
"""


def open_comm(kernel, target: str, data: dict) -> tuple[str, object]:
    id = uuid.uuid4().hex
    request = kernel.send("shell", "comm_open", {"comm_id": id, "target_name": target, "data": data}).idle()
    return id, request


def test_front_end_opens_and_both_sides_talk(kernel, say):
    kernel.ok(say(ECHO, PYTHON_ECHO))
    id, opening = open_comm(kernel, "echo", {"hello": 1})
    assert opening.heard("comm_msg")[0].content == {"comm_id": id, "data": {"opened": {"hello": 1}}}
    message = kernel.send("shell", "comm_msg", {"comm_id": id, "data": {"n": [1, "ü😀"]}}).idle()
    assert message.heard("comm_msg")[0].content == {"comm_id": id, "data": {"echo": {"n": [1, "ü😀"]}}}
    assert message.kinds == ["busy", "comm_msg", "idle"]


def test_buffers_pass_both_ways(kernel, say):
    kernel.ok(say(ECHO, PYTHON_ECHO))
    id, _ = open_comm(kernel, "echo", {})
    sent = [b"\x00\x01\xff", b"", bytes(range(256)) * 1000]
    message = kernel.send("shell", "comm_msg", {"comm_id": id, "data": {}}, buffers=sent).idle()
    received = message.heard("comm_msg")[0].message["buffers"]
    assert [bytes(buffer) for buffer in received] == [bytes(reversed(buffer)) for buffer in sent]


def test_unknown_target_is_closed_on_iopub(kernel):
    id, opening = open_comm(kernel, "nobody", {})
    closed = opening.heard("comm_close")
    assert [(h.channel, h.content["comm_id"]) for h in closed] == [("iopub", id)]
    assert id not in kernel.ask("shell", "comm_info_request")["comms"]


def test_comm_info_and_its_filter(kernel, say):
    kernel.ok(say(ECHO, PYTHON_ECHO))
    kernel.ok(
        say(
            "comm.registerTarget('other', () => {}); undefined",
            "from comm import get_comm_manager; get_comm_manager().register_target('other', lambda c, m: None)",
        )
    )
    echo, _ = open_comm(kernel, "echo", {})
    other, _ = open_comm(kernel, "other", {})
    every = kernel.ask("shell", "comm_info_request")["comms"]
    assert every[echo] == {"target_name": "echo"}
    assert every[other] == {"target_name": "other"}
    filtered = kernel.ask("shell", "comm_info_request", {"target_name": "other"})["comms"]
    assert other in filtered and echo not in filtered
    assert kernel.ask("shell", "comm_info_request", {"target_name": "nothing"})["comms"] == {}


def test_kernel_opens_and_front_end_answers(kernel, say):
    cell = kernel.ok(
        say(
            "var mine = comm.open('front', { from: 'kernel' }); var heard: unknown[] = [];\n"
            "mine.onMessage((message) => { heard.push(message.data) }); undefined",
            "from comm import create_comm\nmine = create_comm(target_name='front', data={'from': 'kernel'})\n"
            "heard = []\nmine.on_msg(lambda message: heard.append(message['content']['data']))",
        )
    )
    opened = cell.heard("comm_open")[0].content
    assert (opened["target_name"], opened["data"]) == ("front", {"from": "kernel"})
    id = opened["comm_id"]
    assert kernel.ask("shell", "comm_info_request", {"target_name": "front"})["comms"] == {id: {"target_name": "front"}}
    kernel.send("shell", "comm_msg", {"comm_id": id, "data": {"n": 1}}).idle()
    assert kernel.ok(say("JSON.stringify(heard)", "heard")).result.replace(" ", "").replace('"', "'").strip("'") in (
        "[{'n':1}]"
    )


def test_kernel_sends_and_closes(kernel, say):
    kernel.ok(
        say(
            "var line = comm.open('front', {}); undefined",
            "from comm import create_comm; line = create_comm(target_name='front', data={})",
        )
    )
    cell = kernel.ok(
        say(
            "line.send({ n: 1 }); line.send({ n: 2 }); line.close({ bye: true })",
            "line.send({'n': 1}); line.send({'n': 2}); line.close({'bye': True})",
        )
    )
    said = [(h.type, h.content["data"]) for h in cell.heard("comm_msg", "comm_close")]
    assert said == [("comm_msg", {"n": 1}), ("comm_msg", {"n": 2}), ("comm_close", {"bye": True})]
    id = cell.heard("comm_close")[0].content["comm_id"]
    assert id not in kernel.ask("shell", "comm_info_request")["comms"]


def test_front_end_closes(kernel, say):
    kernel.ok(
        say(
            "var ended: unknown; comm.registerTarget('ending', (channel) => { channel.onClose((message) => { ended = message.data }) }); undefined",
            "from comm import get_comm_manager\nended = None\ndef on_close(message):\n    global ended\n    ended = message['content']['data']\n"
            "get_comm_manager().register_target('ending', lambda channel, message: channel.on_close(on_close))",
        )
    )
    id, _ = open_comm(kernel, "ending", {})
    kernel.send("shell", "comm_close", {"comm_id": id, "data": {"why": "done"}}).idle()
    assert "done" in (kernel.ok("ended").result or "")
    assert id not in kernel.ask("shell", "comm_info_request")["comms"]


def test_messages_to_an_unknown_comm_are_ignored(kernel):
    kernel.send("shell", "comm_msg", {"comm_id": "never-opened", "data": {}}).idle()
    kernel.send("shell", "comm_close", {"comm_id": "never-opened", "data": {}}).idle()
    assert kernel.ok("1 + 1").result == "2"


def test_output_of_a_callback_goes_to_its_message(kernel, say):
    kernel.ok(
        say(
            "comm.registerTarget('loud', (channel) => { channel.onMessage(() => console.log('in the callback')) }); undefined",
            "from comm import get_comm_manager\nget_comm_manager().register_target('loud', lambda channel, message: channel.on_msg(lambda m: print('in the callback')))",
        )
    )
    id, _ = open_comm(kernel, "loud", {})
    message = kernel.send("shell", "comm_msg", {"comm_id": id, "data": {}}).idle()
    assert message.stdout == "in the callback\n"


def test_error_in_a_callback_leaves_the_kernel_well(kernel, say):
    kernel.ok(
        say(
            "comm.registerTarget('bad', () => { throw new Error('not today') }); undefined",
            "from comm import get_comm_manager\ndef bad(channel, message): raise ValueError('not today')\nget_comm_manager().register_target('bad', bad)",
        )
    )
    open_comm(kernel, "bad", {})
    assert kernel.ok("1 + 1").result == "2"


def test_comm_messages_come_in_order(kernel, say):
    kernel.ok(say(ECHO, PYTHON_ECHO))
    id, _ = open_comm(kernel, "echo", {})
    sent = [kernel.send("shell", "comm_msg", {"comm_id": id, "data": {"n": n}}) for n in range(50)]
    for n, message in enumerate(sent):
        assert message.idle().heard("comm_msg")[0].content["data"] == {"echo": {"n": n}}
    got = [h.content["data"]["echo"]["n"] for h in kernel.log if h.type == "comm_msg" and "echo" in h.content["data"]]
    assert got == list(range(50))
