"""Fixtures: where the kernelspec comes from, a kernel to use, and cells in the language of the kernel under test.

`LOSSBOOK_TEST_KERNEL` names the kernel: `lossbook` (installed from `dist/` into a temporary folder) or another one that is
installed, `python3` above all: what ipykernel passes is a right test of the protocol. `LOSSBOOK_NODE` names the Node that
runs our kernel. `LOSSBOOK_REPORT` is a file descriptor that gets one line of JSON for every event (`suite.ts` reads it).
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from client import KERNEL, Kernel, start

ROOT = Path(__file__).resolve().parents[2]
HOMES = ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
XDG_HOMES = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture(scope="session", autouse=True)
def clean_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of its own, so that histories and settings of whoever runs the tests are neither read nor written."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in HOMES + XDG_HOMES:
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        patch.setenv("JUPYTER_PLATFORM_DIRS", "1")
        if KERNEL == "lossbook":
            prefix = home / "prefix"
            install_kernelspec(prefix)
            patch.setenv("JUPYTER_PATH", str(prefix / "share" / "jupyter"))
        elif KERNEL == "tslab":
            install_tslab(home / "tslab")
            patch.setenv("JUPYTER_PATH", str(home / "tslab"))
        yield home


def install_kernelspec(prefix: Path) -> None:
    node = os.environ.get("LOSSBOOK_NODE", "node")
    main = ROOT / "dist" / "runner" / "main.js"
    done = subprocess.run([node, str(main), "install", "--prefix", str(prefix)], capture_output=True, text=True)
    assert done.returncode == 0, f"the kernelspec could not be installed (npm run build?):\n{done.stdout}{done.stderr}"


def install_tslab(data: Path) -> None:
    """tslab as an oracle of what goes wrong; its own installer needs Jupyter on the PATH."""
    tslab = ROOT / "node_modules" / "tslab" / "bin" / "tslab"
    folder = data / "kernels" / "tslab"
    folder.mkdir(parents=True)
    argv = ["node", str(tslab), "kernel", "--config-path={connection_file}"]
    (folder / "kernel.json").write_text(json.dumps({"argv": argv, "display_name": "tslab", "language": "typescript"}))


@pytest.fixture(scope="module")
def shared_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    with start(cwd=str(tmp_path_factory.mktemp("notebook"))) as kernel:
        yield kernel


@pytest.fixture
def kernel(shared_kernel: Kernel) -> Iterator[Kernel]:
    """A kernel that other tests of the same file also use: for tests that leave it as they found it."""
    shared_kernel.log.clear()
    yield shared_kernel
    assert shared_kernel.manager.is_alive(), "the kernel has ended in this test"


@pytest.fixture
def fresh_kernel(tmp_path: Path) -> Iterator[Kernel]:
    """A kernel of its own: for tests that end, wedge or count something."""
    with start(cwd=str(tmp_path)) as kernel:
        yield kernel


class Say(Protocol):
    def __call__(self, typescript: str, python: str | None = None) -> str: ...


@pytest.fixture
def say() -> Say:
    """A cell in the language of the kernel under test; one that exists in TypeScript only is not run on ipykernel."""

    def choose(typescript: str, python: str | None = None) -> str:
        if KERNEL != "python3":
            return typescript
        if python is None:
            pytest.skip("has no Python form")
        return python

    return choose


def pytest_runtest_setup(item: pytest.Item) -> None:
    marker = item.get_closest_marker("unlike_ipykernel")
    if marker and KERNEL == "python3":
        pytest.skip(f"unlike ipykernel, which {marker.args[0]}")


# -- what suite.ts is told ----------------------------------------------------------------------------------------


def tell(event: dict[str, Any]) -> None:
    descriptor = os.environ.get("LOSSBOOK_REPORT")
    if descriptor:
        os.write(int(descriptor), (json.dumps(event) + "\n").encode())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    tell({"collected": [item.nodeid for item in items]})


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    event: dict[str, Any] = {"test": report.nodeid, "phase": report.when, "outcome": report.outcome}
    if not report.passed:
        event["message"] = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else report.longreprtext
        event["sections"] = [f"{title}\n{text}" for title, text in report.sections]
    tell(event)
