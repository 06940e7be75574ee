"""Ten thousand messages that no client sends, on every socket. The seed is fixed: a failure comes back.

Whoever cannot sign hears nothing, and nothing of what it sent is published; the kernel answers its real client as before.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import socket
import struct
from collections.abc import Iterator

import pytest
import zmq
from client import Kernel

SEED = 20260821
MESSAGES = 10_000
DELIMITER = b"<IDS|MSG>"
REQUESTS = [
    "kernel_info_request",
    "execute_request",
    "complete_request",
    "inspect_request",
    "history_request",
    "is_complete_request",
    "comm_info_request",
    "comm_open",
    "comm_msg",
    "comm_close",
    "shutdown_request",
    "interrupt_request",
    "create_subshell_request",
    "delete_subshell_request",
    "list_subshell_request",
    "debug_request",
    "input_reply",
    "no_such_request",
]


class Fuzzer:
    """A stranger: a socket of every kind, random messages, and everything it heard."""

    def __init__(self, kernel: Kernel, seed: int) -> None:
        self.random = random.Random(seed)
        self.info = kernel.manager.get_connection_info()
        self.key: bytes = self.info["key"]
        self.ids: set[str] = set()
        self.answered: list[str] = []
        self.context = zmq.Context()
        kinds = {"shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "hb": zmq.DEALER, "iopub": zmq.XSUB}
        self.sockets: dict[str, zmq.Socket[bytes]] = {}
        for name, kind in kinds.items():
            sock = self.context.socket(kind)
            sock.linger = 0
            sock.sndhwm = sock.rcvhwm = 0
            sock.connect(f"tcp://{self.info['ip']}:{self.info[f'{name}_port']}")
            self.sockets[name] = sock

    def close(self) -> None:
        for sock in self.sockets.values():
            sock.close()
        self.context.term()

    def settle(self) -> None:
        """Until all that was sent has been read: a true request on the same connection comes last, and is answered."""
        for name in ("shell", "control"):
            request = self.valid("kernel_info_request", {})
            id = json.loads(request[2])["msg_id"]
            self.ids.remove(id)
            self.sockets[name].send_multipart(request)
            while id not in self.hear(name):
                pass
        self.sockets["hb"].send_multipart([b"", b"the last beat"])  # as REQ would
        while self.hear_frames("hb")[-1] != b"the last beat":
            pass

    def hear(self, name: str) -> str:
        """The message that one answer is about; kept in `answered`."""
        frames = self.hear_frames(name)
        parent = json.loads(frames[frames.index(DELIMITER) + 3])
        self.answered.append(parent.get("msg_id", ""))
        return self.answered[-1]

    def hear_frames(self, name: str) -> list[bytes]:
        assert self.sockets[name].poll(30_000), f"{name} does not answer"
        return self.sockets[name].recv_multipart()

    def was_answered(self) -> set[str]:
        """Which of the messages that deserve none had an answer."""
        return self.ids & set(self.answered)

    # -- messages -------------------------------------------------------------------------------------------------

    def sign(self, parts: list[bytes]) -> bytes:
        return hmac.new(self.key, b"".join(parts), hashlib.sha256).hexdigest().encode()

    def valid(self, kind: str | None = None, content: object = None) -> list[bytes]:
        kind = kind or self.random.choice(REQUESTS)
        id = f"fuzz-{self.random.getrandbits(64):x}"
        self.ids.add(id)
        header = {
            "msg_id": id,
            "msg_type": kind,
            "session": "fuzz",
            "username": "fuzz",
            "date": "2026-08-21T00:00:00Z",
            "version": "5.4",
        }
        body = (
            content if content is not None else {"code": "globalThis.fuzzed = true", "cursor_pos": 1, "restart": False}
        )
        parts = [json.dumps(part).encode() for part in (header, {}, {}, body)]
        return [DELIMITER, self.sign(parts), *parts]

    def junk(self, most: int = 200) -> bytes:
        return self.random.randbytes(self.random.randrange(most))

    def unsigned(self) -> list[bytes]:
        """A message whose sender does not have the key."""
        frames = self.valid()
        forge = self.random.choice(
            [
                lambda: [*frames[:1], b"", *frames[2:]],
                lambda: [*frames[:1], b"0" * 64, *frames[2:]],
                lambda: [*frames[:1], frames[1][:-1], *frames[2:]],
                lambda: [*frames[:1], frames[1] + b"0", *frames[2:]],
                lambda: [*frames[:1], frames[1].upper() + b"x", *frames[2:]],
                lambda: [*frames[:1], self.junk(), *frames[2:]],
                lambda: [
                    *frames[:1],
                    hmac.new(b"another key", b"".join(frames[2:]), hashlib.sha256).hexdigest().encode(),
                    *frames[2:],
                ],
                lambda: [*frames[:5], frames[5][:-1] + b" }"],
                lambda: [*frames[:2], self.junk(), *frames[3:]],
                lambda: [*frames[:2], *self.shuffled(frames[2:])],
                lambda: frames[: self.random.randrange(len(frames))],
                lambda: frames[2:],
                lambda: [f for f in frames if f != DELIMITER],
                lambda: [DELIMITER],
                lambda: [DELIMITER, DELIMITER, self.junk(), *frames[2:]],
                lambda: [b""] * self.random.randrange(1, 12),
                lambda: [self.junk() for _ in range(self.random.randrange(1, 12))],
                lambda: [self.junk() for _ in range(200)],
                lambda: [self.junk(), *[b"id"] * 50, *frames[:1], b"f" * 64, *frames[2:]],
                lambda: [*frames[:1], b"f" * 64, *frames[2:], *[self.junk() for _ in range(20)]],
                lambda: [*frames[:1], b"f" * 64, b"[" * 100_000, *frames[3:]],
            ]
        )
        return forge() or [b""]

    def shuffled(self, frames: list[bytes]) -> list[bytes]:
        """The signature covers the order: empty parts may change places, nothing else."""
        rest = frames[1:]
        self.random.shuffle(rest)
        mixed = [*rest, frames[0]]
        return mixed if b"".join(mixed) != b"".join(frames) else [b"x", *mixed]

    def signed(self) -> list[bytes]:
        """A message that is signed, and nonsense: what a broken client could send."""
        odd = [None, True, 0, -1, 1e308, 2**53, "", "\x00", "😀" * 50, [], [[]] * 3, {}, {"a": {"b": {"c": None}}}]
        kind = self.random.choice([k for k in REQUESTS if k not in ("shutdown_request", "interrupt_request")])
        choice = self.random.randrange(5)
        if choice == 0:
            return self.valid(f"odd_{kind}", {})
        if choice == 1:
            fields = (
                "code",
                "cursor_pos",
                "detail_level",
                "hist_access_type",
                "n",
                "session",
                "start",
                "stop",
                "pattern",
            )
            names = (*fields, "comm_id", "target_name", "data", "subshell_id", "user_expressions", "silent", "value")
            body = {name: self.random.choice(odd) for name in self.random.sample(names, 8)}
            # Not a program: a cell of these would run, and a loop would be one's own fault.
            body["code"] = self.random.choice(["", None, 7, [], "(", "'\ud800'", "1"])
            body["stop_on_error"] = False  # else a real cell that waits behind it is aborted, rightly
            return self.valid(kind, body)
        parts = [
            self.random.choice([b"", b"{}", b"[]", b"null", b"7", b'"x"', b"{", b"\xff\xfe", self.junk()])
            for _ in range(4)
        ]
        if choice == 2:
            return [DELIMITER, self.sign(parts), *parts]
        if choice == 3:
            header = {
                "msg_id": self.random.choice(odd),
                "msg_type": self.random.choice([*odd, "__proto__", "constructor"]),
            }
            parts = [json.dumps(header).encode(), b"{}", b"{}", b"{}"]
            return [DELIMITER, self.sign(parts), *parts]
        parts = parts[: self.random.randrange(4)]
        return [DELIMITER, self.sign(parts), *parts]


@pytest.fixture
def fuzzer(fresh_kernel: Kernel) -> Iterator[Fuzzer]:
    stranger = Fuzzer(fresh_kernel, SEED)
    yield stranger
    stranger.close()


def assert_well(kernel: Kernel, fuzzer: Fuzzer, say) -> None:
    """Both the kernel and its session are the ones from before."""
    assert kernel.manager.is_alive()
    assert kernel.beat()
    assert kernel.ask("control", "kernel_info_request")["status"] == "ok"
    assert kernel.ok(say("console.log('here'); 40 + 2", "print('here'); 40 + 2")).result == "42"
    assert "kept" in (kernel.ok("kept").result or "")


@pytest.mark.timeout(240)
def test_unverified_messages_are_met_with_silence(fresh_kernel, fuzzer, say):
    kernel = fresh_kernel
    kernel.ok(say("var kept = 'kept'", "kept = 'kept'"))
    names = list(fuzzer.sockets)
    for n in range(MESSAGES):
        name = names[n % len(names)]
        fuzzer.sockets[name].send_multipart(fuzzer.unsigned())
        if n % 1000 == 999:
            fuzzer.settle()
            assert kernel.ask("shell", "kernel_info_request")["status"] == "ok"
    fuzzer.settle()
    assert_well(kernel, fuzzer, say)
    assert fuzzer.was_answered() == set()
    assert not fuzzer.sockets["stdin"].poll(0)
    ours = [h for h in kernel.log if h.parent in fuzzer.ids]
    assert ours == [], "something was said about a message that cannot be verified"
    assert "true" not in (kernel.ok(say("typeof (globalThis as any).fuzzed", "'fuzzed' in globals()")).result or "")


@pytest.mark.timeout(240)
@pytest.mark.unlike_ipykernel("ends when a signed message is not what it expects")
def test_signed_nonsense_leaves_the_kernel_well(fresh_kernel, fuzzer, say):
    kernel = fresh_kernel
    kernel.check_schema = False
    kernel.ok(say("var kept = 'kept'", "kept = 'kept'"))
    names = ["shell", "control", "stdin", "iopub"]
    for n in range(MESSAGES // 4):
        fuzzer.sockets[names[n % len(names)]].send_multipart(fuzzer.signed())
        if n % 250 == 249:
            fuzzer.settle()
            assert kernel.ask("shell", "kernel_info_request", None)["status"] == "ok"
    fuzzer.settle()
    assert_well(kernel, fuzzer, say)


def test_a_replayed_message_is_not_obeyed(fresh_kernel, fuzzer, say):
    kernel = fresh_kernel
    kernel.ok(say("var kept = 'kept', count = 0", "kept = 'kept'; count = 0"))
    content = {
        "code": "count += 1",
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": False,
    }
    message = fuzzer.valid("execute_request", content)
    shell = fuzzer.sockets["shell"]
    shell.send_multipart(message)
    assert fuzzer.hear("shell") in fuzzer.ids
    fuzzer.answered.clear()
    for name in ("shell", "control") * 50:
        fuzzer.sockets[name].send_multipart(message)
    fuzzer.settle()
    assert_well(kernel, fuzzer, say)
    assert kernel.ok("count").result == "1"
    assert fuzzer.was_answered() == set()


def test_large_messages(fresh_kernel, fuzzer, say):
    """Absurd sizes: unsigned ones are dropped, a signed one of 64 MiB is only a long comment."""
    kernel = fresh_kernel
    kernel.ok(say("var kept = 'kept'", "kept = 'kept'"))
    for name in ("shell", "control", "stdin", "iopub"):
        fuzzer.sockets[name].send_multipart([DELIMITER, b"0" * 64, *[b"\x00" * 2**25] * 4])
    fuzzer.settle()
    assert fuzzer.was_answered() == set()
    long = say("// ", "# ") + "x" * 2**26 + "\n1 + 1"
    assert kernel.send("shell", "is_complete_request", {"code": long}).finish(60).status in ("complete", "unknown")
    assert_well(kernel, fuzzer, say)


GREETING = b"\xff" + b"\x00" * 8 + b"\x7f\x03\x00" + b"NULL".ljust(20, b"\x00") + b"\x00" * 32
READY = b"\x04\x26\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER\x08Identity\x00\x00\x00\x00"


def test_what_is_not_zeromq(fresh_kernel, fuzzer, say):
    """Bytes under the sockets: other protocols, cut greetings, frames that promise more than memory holds."""
    kernel = fresh_kernel
    kernel.ok(say("var kept = 'kept'", "kept = 'kept'"))
    talks = [
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + fuzzer.random.randbytes(64),
        GREETING[:30],
        GREETING + b"\x04\xff" + fuzzer.random.randbytes(255),
        GREETING + READY + b"\x02" + struct.pack(">Q", 2**62),
        GREETING + READY + b"\x02" + struct.pack(">Q", 2**40) + b"x" * 1000,
        GREETING + READY + b"\x01\x05abc",
        *[fuzzer.random.randbytes(fuzzer.random.randrange(1, 2000)) for _ in range(20)],
    ]
    for name in ("shell", "control", "stdin", "iopub", "hb"):
        for talk in talks:
            with socket.create_connection((fuzzer.info["ip"], fuzzer.info[f"{name}_port"]), timeout=10) as raw:
                raw.sendall(talk)
    fuzzer.settle()
    assert_well(kernel, fuzzer, say)
