"""`input()` and `prompt()`: questions to the front end that runs the cell."""

from __future__ import annotations

import pytest

ASK = ("await input('name? ')", "input('name? ')")


def test_input_asks_and_gets_the_line(kernel, say):
    cell = kernel.execute(
        say("const line = await input('name? '); console.log(`<${line}>`)", "print(f\"<{input('name? ')}>\")"),
        allow_stdin=True,
    )
    question = kernel.question(cell)
    assert question.channel == "stdin"
    assert question.content == {"prompt": "name? ", "password": False}
    kernel.answer(question, "Zoë 😀")
    assert cell.finish().stdout == "<Zoë 😀>\n"


def test_password(kernel, say):
    cell = kernel.execute(
        say("await input('secret: ', { password: true })", "import getpass; getpass.getpass('secret: ')"),
        allow_stdin=True,
    )
    question = kernel.question(cell)
    assert question.content["password"] is True
    kernel.answer(question, "hunter2")
    assert cell.finish().status == "ok"


def test_questions_come_one_after_the_other(kernel, say):
    code = say(
        "const got: string[] = []; for (const q of ['a', 'b', 'c']) got.push(await input(q)); got.join()",
        "','.join([input(q) for q in 'abc'])",
    )
    cell = kernel.execute(code, allow_stdin=True)
    for name in "abc":
        question = kernel.question(cell)
        assert question.content["prompt"] == name
        kernel.answer(question, name.upper())
    assert "A,B,C" in (cell.finish().result or "")


def test_prompt_waits_without_await(kernel, say):
    cell = kernel.execute(say("const name = prompt('name? '); `hello ${name}`"), allow_stdin=True)
    kernel.answer(kernel.question(cell), "Ada")
    assert "hello Ada" in (cell.finish().result or "")


def test_prompt_shows_what_came_before_it(kernel, say):
    cell = kernel.execute(
        say(
            "console.log('first'); prompt('? '); console.log('last')",
            "print('first', flush=True); input('? '); print('last')",
        ),
        allow_stdin=True,
    )
    question = kernel.question(cell)
    cell.until_output("first\n")
    kernel.answer(question, "")
    assert cell.finish().stdout == "first\nlast\n"


@pytest.mark.parametrize("code", [ASK, ("prompt('name? ')", "input('name? ')")])
def test_without_allow_stdin_it_is_an_error_at_once(kernel, say, code):
    cell = kernel.run(say(*code), allow_stdin=False)
    assert cell.status == "error"
    assert not cell.heard("input_request")
    assert "input" in cell.content["evalue"].lower() + cell.content["ename"].lower()


def test_the_question_goes_to_who_asked(kernel, say):
    other = kernel.other_client()
    cell = other.execute(say(*ASK), allow_stdin=True)
    question = other.question(cell)
    other.answer(question, "mine")
    cell.finish()
    kernel.ok("1")
    assert not [h for h in kernel.log if h.type == "input_request"]


def test_interrupt_while_waiting(kernel, say):
    for code in [ASK, ("prompt('name? ')", "input('name? ')")]:
        cell = kernel.execute(say(*code), allow_stdin=True, stop_on_error=False)
        kernel.question(cell)
        assert kernel.interrupt()["status"] == "ok"
        assert cell.finish().content["ename"] == "KeyboardInterrupt"
        assert kernel.ok("1 + 1").result == "2"


@pytest.mark.unlike_ipykernel("reads a reply that nobody asked for as the next answer, or drops it, by chance")
def test_an_answer_after_the_interrupt_is_not_the_next_answer(kernel, say):
    cell = kernel.execute(say(*ASK), allow_stdin=True)
    late = kernel.question(cell)
    kernel.interrupt()
    cell.finish()
    kernel.answer(late, "too late")
    following = kernel.execute(say(*ASK), allow_stdin=True)
    kernel.answer(kernel.question(following), "in time")
    assert "in time" in (following.finish().result or "")


def test_heartbeat_and_control_answer_while_waiting(kernel, say):
    cell = kernel.execute(say(*ASK), allow_stdin=True)
    question = kernel.question(cell)
    assert kernel.beat()
    assert kernel.ask("control", "kernel_info_request")["status"] == "ok"
    kernel.answer(question, "x")
    assert cell.finish().status == "ok"
