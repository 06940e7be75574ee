"""jupyter_kernel_test with every attribute set, so that none of its tests is skipped."""

from __future__ import annotations

import jupyter_kernel_test
import pytest
from client import KERNEL

pytestmark = pytest.mark.unlike_ipykernel("is written in another language")


class TestLossbook(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('to stderr')"
    completion_samples = [
        {"text": "'abc'.toUpperC", "matches": {"toUpperCase"}},
        {"text": "const zebraStripes = 1; zebraSt", "matches": {"zebraStripes"}},
        {"text": "[1, 2].findLastI", "matches": {"findLastIndex"}},
    ]
    complete_code_samples = [
        "1 + 1",
        "const a: number = 1",
        "function f(x: number) {\n  return x\n}",
        "await Promise.resolve(1)",
        "for await (const x of []) {}",
        "// a comment",
        "const text = `a ${1 + 1}`",
        "export const b = 1",
    ]
    incomplete_code_samples = [
        "function f(x: number) {",
        "const text = `a",
        "if (true) {",
        "[1, 2,",
        "f(1,",
        "class A {\n  b = 1",
        "/* a comment",
        "const f = () =>",
    ]
    invalid_code_samples = ["let x: number = )", "const = 1", "}", "1 +* 2", "const 1a = 2"]
    code_page_something = "page('one page')"
    code_generate_error = "throw new Error('on purpose')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": "[1, 2, 3].map((x) => x * x)", "result": "[ 1, 4, 9 ]"},
        {"code": "await Promise.resolve(true)", "result": "true"},
    ]
    code_display_data = [
        {"code": "display(html('<b>bold</b>'))", "mime": "text/html"},
        {"code": "display(markdown('*a*'))", "mime": "text/markdown"},
        {"code": "display(svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))", "mime": "image/svg+xml"},
        {"code": "display({ a: 1 })", "mime": "text/plain"},
    ]
    code_history_pattern = "1 + ?*3"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.max"
    code_clear_output = "clearOutput()"


class TestWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True


def test_the_list_is_whole() -> None:
    """A new version of jupyter_kernel_test with one more test, or one more attribute, must be looked at."""
    tests = [name for name in dir(jupyter_kernel_test.KernelTests) if name.startswith("test_")]
    assert len(tests) == 12  # IopubWelcomeTests has the thirteenth
    attributes = {
        name
        for name, value in vars(jupyter_kernel_test.KernelTests).items()
        if not name.startswith("_") and not callable(value) and not isinstance(value, classmethod)
    }
    unset = {name for name in attributes if name != "kernel_name" and name not in vars(TestLossbook)}
    assert not unset
