"""A Jupyter client that remembers everything it hears, in order.

    with start() as kernel:
        cell = kernel.run("1 + 1")
        cell.status, cell.result, cell.stdout

It uses jupyter_client's own codec (`Session`), so that a mistake of ours on the wire is not hidden by the same mistake
here, and checks every message against jupyter_kernel_test's schema. Nothing sleeps: `until` waits for an event, and a wait
that ends without it fails with what was heard so far.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import psutil
import schema
import zmq
from jupyter_client.manager import KernelManager

KERNEL = os.environ.get("LOSSBOOK_TEST_KERNEL", "lossbook")
LIMIT = 30.0
CHANNELS = ("shell", "control", "stdin", "iopub")

Content = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Heard:
    """One message from the kernel, and the channel it came on."""

    channel: str
    message: dict[str, Any]

    @property
    def type(self) -> str:
        return self.message["header"]["msg_type"]

    @property
    def content(self) -> Content:
        return self.message["content"]

    @property
    def parent(self) -> str | None:
        return self.message["parent_header"].get("msg_id")

    def __repr__(self) -> str:
        return f"{self.channel}:{self.type}({str(self.content)[:120]})<-{str(self.parent)[-6:]}"


@dataclass
class Request:
    """A message we sent, and everything that names it as its parent."""

    client: Client
    channel: str
    header: dict[str, Any]
    message: dict[str, Any] = field(repr=False)

    @property
    def id(self) -> str:
        return self.header["msg_id"]

    def heard(self, *types: str, channel: str | None = None) -> list[Heard]:
        return [
            h
            for h in self.client.log
            if h.parent == self.id and (not types or h.type in types) and channel in (None, h.channel)
        ]

    @property
    def published(self) -> list[Heard]:
        return self.heard(channel="iopub")

    @property
    def kinds(self) -> list[str]:
        """Types of what was published, `status` as its state: `busy, execute_input, stream, idle`."""
        return [h.content["execution_state"] if h.type == "status" else h.type for h in self.published]

    def reply(self, timeout: float = LIMIT) -> Heard:
        wanted = self.header["msg_type"].replace("_request", "_reply")
        return self.client.until(lambda: next(iter(self.heard(wanted, channel=self.channel)), None), timeout, self)

    @property
    def replied(self) -> bool:
        return any(h.channel == self.channel for h in self.heard())

    def idle(self, timeout: float = LIMIT) -> Request:
        self.client.until(lambda: "idle" in self.kinds, timeout, self)
        return self

    def finish(self, timeout: float = LIMIT) -> Request:
        """Waits for the reply and for idle."""
        self.reply(timeout)
        return self.idle(timeout)

    def until_output(self, text: str, timeout: float = LIMIT) -> Request:
        """Waits until the cell has written this: it is running."""
        self.client.until(lambda: text in self.stdout + self.stderr, timeout, self)
        return self

    @property
    def content(self) -> Content:
        return self.reply().content

    @property
    def status(self) -> str:
        return self.content["status"]

    @property
    def stdout(self) -> str:
        return self.text_of("stdout")

    @property
    def stderr(self) -> str:
        return self.text_of("stderr")

    def text_of(self, stream: str) -> str:
        return "".join(h.content["text"] for h in self.heard("stream") if h.content["name"] == stream)

    @property
    def result(self) -> str | None:
        """The `text/plain` of the last expression."""
        shown = self.heard("execute_result")
        return shown[0].content["data"].get("text/plain") if shown else None

    @property
    def error(self) -> Content:
        errors = self.heard("error")
        assert len(errors) == 1, f"one error was expected, not {len(errors)}: {self.published}"
        return errors[0].content


class Client:
    """One front end: its own session and sockets. A kernel may have several."""

    def __init__(self, manager: KernelManager, session: Any = None) -> None:
        self.manager = manager
        self.session = session or manager.session.clone()
        if session is None:
            self.session.session = f"client-{os.urandom(6).hex()}"
            self.session.digest_history = set()
        identity = self.session.bsession
        self.sockets: dict[str, zmq.Socket[bytes]] = {
            "shell": manager.connect_shell(identity=identity),
            "control": manager.connect_control(identity=identity),
            "stdin": manager.connect_stdin(identity=identity),
            "iopub": manager.connect_iopub(),
        }
        self.sockets["iopub"].set_hwm(0)
        self.poller = zmq.Poller()
        for socket in self.sockets.values():
            socket.linger = 0
            self.poller.register(socket, zmq.POLLIN)
        self.names = {socket: name for name, socket in self.sockets.items()}
        self.log: list[Heard] = []
        self.answered: set[str] = set()
        self.check_schema = KERNEL != "tslab"  # which breaks it in every message

    # -- saying -------------------------------------------------------------------------------------------------

    def send(
        self,
        channel: str,
        type: str,
        content: Content | None = None,
        *,
        subshell: str | None = None,
        metadata: Content | None = None,
        buffers: list[bytes] | None = None,
        parent: dict[str, Any] | None = None,
    ) -> Request:
        message = self.session.msg(type, content or {}, parent=parent, metadata=metadata)
        if subshell is not None:
            message["header"]["subshell_id"] = subshell
        self.session.send(self.sockets[channel], message, buffers=buffers)
        return Request(self, channel, message["header"], message)

    def execute(self, code: str, *, subshell: str | None = None, **fields: Any) -> Request:
        content = {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
            **fields,
        }
        return self.send("shell", "execute_request", content, subshell=subshell)

    def run(self, code: str, *, timeout: float = LIMIT, **fields: Any) -> Request:
        return self.execute(code, **fields).finish(timeout)

    def ok(self, code: str, **fields: Any) -> Request:
        """Runs a cell that must succeed."""
        cell = self.run(code, **fields)
        assert cell.status == "ok", f"{cell.content.get('ename')}: {cell.content.get('evalue')}\n{cell.stderr}"
        return cell

    def ask(self, channel: str, type: str, content: Content | None = None, **options: Any) -> Content:
        return self.send(channel, type, content, **options).finish().content

    def complete(self, code: str, cursor_pos: int | None = None, **options: Any) -> Content:
        position = len(code) if cursor_pos is None else cursor_pos
        return self.ask("shell", "complete_request", {"code": code, "cursor_pos": position}, **options)

    def inspect(self, code: str, cursor_pos: int | None = None, detail_level: int = 0) -> Content:
        position = len(code) if cursor_pos is None else cursor_pos
        content = {"code": code, "cursor_pos": position, "detail_level": detail_level}
        return self.ask("shell", "inspect_request", content)

    def history(self, access: str, **fields: Any) -> list[list[Any]]:
        content = {"hist_access_type": access, "output": False, "raw": True, **fields}
        return self.ask("shell", "history_request", content)["history"]

    def interrupt(self) -> Content:
        return self.ask("control", "interrupt_request")

    def answer(self, question: Heard, value: str) -> None:
        """Types a line for an `input_request`."""
        self.answered.add(question.message["header"]["msg_id"])
        self.session.send(self.sockets["stdin"], "input_reply", {"value": value}, parent=question.message)

    # -- hearing ------------------------------------------------------------------------------------------------

    def pump(self, milliseconds: float) -> None:
        for socket, _ in self.poller.poll(milliseconds):
            name = self.names[socket]
            while True:
                try:
                    frames = socket.recv_multipart(zmq.NOBLOCK)
                except zmq.Again:
                    break
                _, frames = self.session.feed_identities(frames)
                message = self.session.deserialize(frames)
                if self.check_schema:
                    schema.check(message)
                self.log.append(Heard(name, message))

    def until(self, found: Callable[[], T | None], timeout: float = LIMIT, about: Any = None) -> T:
        """What `found` returns as soon as that is something."""
        deadline = time.monotonic() + timeout
        while True:
            if value := found():
                return value
            left = deadline - time.monotonic()
            if left <= 0:
                what = about.message["content"] if isinstance(about, Request) else about
                raise AssertionError(f"nothing within {timeout} s for {what}; last heard: {self.log[-12:]}")
            self.pump(min(left, 0.5) * 1000)

    def question(self, cell: Request, timeout: float = LIMIT) -> Heard:
        """The `input_request` of a cell that has not been answered yet."""

        def unanswered() -> Heard | None:
            asked = (h for h in cell.heard("input_request") if h.message["header"]["msg_id"] not in self.answered)
            return next(asked, None)

        return self.until(unanswered, timeout, cell)

    def beat(self, timeout: float = 5.0) -> bool:
        """Whether the heartbeat answers."""
        socket = self.manager.connect_hb()
        socket.linger = 0
        try:
            socket.send(b"ping")
            return bool(socket.poll(timeout * 1000)) and socket.recv() == b"ping"
        finally:
            socket.close()

    def wait_for_ready(self, timeout: float = 60.0) -> None:
        """Until a reply and its idle both came: then the subscription stands, too."""
        deadline = time.monotonic() + timeout
        while True:
            request = self.send("shell", "kernel_info_request")
            with contextlib.suppress(AssertionError):
                request.finish(1.0)
                return
            assert time.monotonic() < deadline, f"no kernel_info_reply within {timeout} s; heard: {self.log[-8:]}"
            assert self.manager.is_alive(), "the kernel process has ended"

    def close(self) -> None:
        for socket in self.sockets.values():
            socket.close()


class Kernel(Client):
    """A kernel process and its first client."""

    def __init__(self, manager: KernelManager) -> None:
        super().__init__(manager, manager.session)
        self.others: list[Client] = []

    @property
    def pid(self) -> int:
        return self.manager.provisioner.process.pid

    @property
    def process(self) -> psutil.Process:
        return psutil.Process(self.pid)

    def tree(self) -> list[psutil.Process]:
        """The kernel's process and everything below it."""
        return [self.process, *self.process.children(recursive=True)]

    def other_client(self) -> Client:
        client = Client(self.manager)
        self.others.append(client)
        client.wait_for_ready()
        return client

    def ended(self, timeout: float = LIMIT) -> bool:
        """Whether the kernel's process ends by itself."""
        return wait_until(lambda: self.manager.provisioner.process.poll() is not None, timeout)

    def close(self) -> None:
        for client in self.others:
            client.close()
        super().close()
        self.manager.shutdown_kernel(now=True)


@contextlib.contextmanager
def start(name: str = KERNEL, *, ready: bool = True, **options: Any) -> Iterator[Kernel]:
    manager = KernelManager(kernel_name=name)
    # ipykernel leaves file descriptors alone when it believes that pytest runs inside it.
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "LOSSBOOK_"))}
    manager.start_kernel(env=env | options.pop("env", {}), **options)
    kernel = Kernel(manager)
    try:
        if ready:
            kernel.wait_for_ready()
        yield kernel
    finally:
        kernel.close()


def is_gone(process: psutil.Process) -> bool:
    """A zombie has ended; only its parent has not asked yet."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until(condition: Callable[[], object], timeout: float = LIMIT) -> bool:
    """For what no socket tells, such as the end of a process."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def describe(processes: list[psutil.Process]) -> list[str]:
    lines = []
    for process in processes:
        with contextlib.suppress(psutil.Error):
            lines.append(f"{process.pid}: {' '.join(process.cmdline())[:100]}")
    return lines


def assert_all_end(processes: list[psutil.Process], timeout: float = LIMIT) -> None:
    wait_until(lambda: all(is_gone(p) for p in processes), timeout)
    left = [p for p in processes if not is_gone(p)]
    assert not left, f"still there: {describe(left)}"


def rss_mb(process: psutil.Process) -> float:
    """Resident memory of a process and everything below it."""
    total = 0
    for member in [process, *process.children(recursive=True)]:
        with contextlib.suppress(psutil.Error):
            total += member.memory_info().rss
    return total / 2**20
