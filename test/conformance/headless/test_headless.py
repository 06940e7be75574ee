"""Programs that run notebooks without a front end, each as a user would call it: no options of ours.

`house-prices-mse.ipynb` is the notebook of the README; until it is there, a small one made here stands in.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from client import KERNEL
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).resolve().parents[3]
HOUSES = ROOT / "notebooks" / "house-prices-mse.ipynb"
LIMIT = 240

pytestmark = pytest.mark.timeout(300)


def notebook(*cells: Any) -> nbformat.NotebookNode:
    language = "python" if KERNEL == "python3" else "typescript"
    made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    kernelspec = {"name": KERNEL, "display_name": KERNEL, "language": language}
    return new_notebook(cells=made, metadata={"kernelspec": kernelspec, "language_info": {"name": language}})


def write(path: Path, content: nbformat.NotebookNode) -> Path:
    nbformat.validate(content)
    nbformat.write(content, path)
    return path


@pytest.fixture
def good(tmp_path: Path, say) -> Path:
    return write(
        tmp_path / "good.ipynb",
        notebook(
            new_markdown_cell("# A house"),
            say(
                "const size: number = 100;\nconst truth = 2.0, predicted = 1.8;",
                "size, truth, predicted = 100, 2.0, 1.8",
            ),
            say(
                "const loss = (truth - predicted) ** 2;\nconsole.log(loss.toFixed(4));",
                "loss = (truth - predicted) ** 2; print(f'{loss:.4f}')",
            ),
            say("for (let i = 0; i < 20; i++) console.log(i);", "for i in range(20): print(i)"),
            say("size * 2", "size * 2"),
        ),
    )


@pytest.fixture
def bad(tmp_path: Path, say) -> Path:
    fail = say("throw new Error('this cell fails')", "raise ValueError('this cell fails')")
    return write(tmp_path / "bad.ipynb", notebook("1 + 1", fail, "3 + 3"))


@pytest.fixture
def ill_typed(tmp_path: Path, say) -> Path:
    return write(tmp_path / "bad.ipynb", notebook("1 + 1", say("const size: number = 'large'"), "3 + 3"))


def call(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """`python -m …` in the environment of these tests, as from a shell."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "LOSSBOOK_"))}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    command = [sys.executable, "-m", *map(str, args)]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=LIMIT)


def assert_executed(path: Path) -> nbformat.NotebookNode:
    """Every cell ran, no cell failed, and the file is a valid notebook."""
    executed = nbformat.read(path, as_version=4)
    nbformat.validate(executed)
    assert (executed.nbformat, executed.nbformat_minor) >= (4, 5)
    cells = [cell for cell in executed.cells if cell.cell_type == "code" and cell.source.strip()]
    numbers = [cell.execution_count for cell in cells]
    assert numbers == sorted(numbers) and None not in numbers
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    return executed


def assert_good(path: Path) -> None:
    cells = [cell for cell in assert_executed(path).cells if cell.cell_type == "code"]
    assert cells[0].outputs == []
    assert [(o.name, o.text) for o in cells[1].outputs] == [("stdout", "0.0400\n")]
    assert "".join(o.text for o in cells[2].outputs) == "".join(f"{i}\n" for i in range(20))
    assert cells[3].outputs[0].data["text/plain"] == "200"


# -- nbclient ---------------------------------------------------------------------------------------------------------


def run_nbclient(path: Path) -> None:
    content = nbformat.read(path, as_version=4)
    try:
        NotebookClient(content, timeout=LIMIT, resources={"metadata": {"path": str(path.parent)}}).execute()
    finally:
        nbformat.write(content, path)


def test_nbclient(good):
    run_nbclient(good)
    assert_good(good)


def test_nbclient_fails(bad):
    with pytest.raises(CellExecutionError, match="this cell fails"):
        run_nbclient(bad)
    cells = nbformat.read(bad, as_version=4).cells
    assert [o.output_type for o in cells[1].outputs] == ["error"]
    assert cells[2].execution_count is None


def test_nbclient_fails_at_a_type_error(ill_typed):
    with pytest.raises(CellExecutionError, match="TS2322"):
        run_nbclient(ill_typed)


def test_output_of_every_cell_is_its_own(tmp_path, say):
    """What Deno loses: under nbclient, twenty lines of each of twenty cells."""
    cells = [
        say(f"for (let i = 0; i < 20; i++) console.log({n} * 100 + i)", f"for i in range(20): print({n} * 100 + i)")
        for n in range(20)
    ]
    path = write(tmp_path / "lines.ipynb", notebook(*cells))
    run_nbclient(path)
    for n, cell in enumerate(nbformat.read(path, as_version=4).cells):
        assert "".join(o.text for o in cell.outputs) == "".join(f"{n * 100 + i}\n" for i in range(20))


def test_display_update_reaches_the_earlier_cell(tmp_path, say):
    path = write(
        tmp_path / "update.ipynb",
        notebook(
            say("display('before', { id: 'spot' }); undefined", "_ = display('before', display_id='spot')"),
            say(
                "display('after', { id: 'spot', update: true }); undefined",
                "_ = display('after', display_id='spot', update=True)",
            ),
        ),
    )
    run_nbclient(path)
    cells = nbformat.read(path, as_version=4).cells
    assert "after" in cells[0].outputs[0].data["text/plain"]
    assert cells[1].outputs == []


# -- jupyter execute, nbconvert ------------------------------------------------------------------------------------------


def test_jupyter_execute(good):
    done = call("jupyter", "execute", "--inplace", good.name, cwd=good.parent)
    assert done.returncode == 0, done.stderr
    assert_good(good)


def test_jupyter_execute_fails(bad):
    done = call("jupyter", "execute", "--inplace", bad.name, cwd=bad.parent)
    assert done.returncode != 0
    assert "this cell fails" in done.stderr


def test_nbconvert_execute(good):
    done = call("jupyter", "nbconvert", "--to", "html", "--execute", good.name, cwd=good.parent)
    assert done.returncode == 0, done.stderr
    assert "0.0400" in good.with_suffix(".html").read_text()


def test_nbconvert_script(good, say):
    """The exporter that `language_info` names writes a file of the language."""
    run_nbclient(good)
    done = call("jupyter", "nbconvert", "--to", "script", good.name, cwd=good.parent)
    assert done.returncode == 0, done.stderr
    assert "loss" in good.with_suffix(say(".ts", ".py")).read_text()


# -- papermill -----------------------------------------------------------------------------------------------------------


def test_papermill(good):
    done = call("papermill", good.name, "out.ipynb", cwd=good.parent)
    assert done.returncode == 0, done.stderr
    assert_good(good.parent / "out.ipynb")


def test_papermill_fails(bad):
    done = call("papermill", bad.name, "out.ipynb", cwd=bad.parent)
    assert done.returncode != 0
    assert "this cell fails" in done.stderr


def parameters(tmp_path: Path, say) -> Path:
    cell = new_code_cell(
        say("var rooms = 3; var name = 'plain'; var sold = false", "rooms = 3; name = 'plain'; sold = False")
    )
    cell.metadata["tags"] = ["parameters"]
    show = say("console.log(rooms, name, sold)", "print(rooms, name, str(sold).lower())")
    return write(tmp_path / "parameters.ipynb", notebook(cell, show))


def test_papermill_with_a_parameters_cell(tmp_path, say):
    path = parameters(tmp_path, say)
    done = call("papermill", path.name, "out.ipynb", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert assert_executed(tmp_path / "out.ipynb").cells[1].outputs[0].text == "3 plain false\n"


def test_papermill_with_parameters(tmp_path, say):
    """papermill has no translator for TypeScript; what it writes for C# (`var rooms = 5;`) is TypeScript, too."""
    path = parameters(tmp_path, say)
    language = say("--language=.net-csharp", "--language=python")
    values = ["-p", "rooms", "5", "-p", "name", 'a "quoted" \\ name', "-p", "sold", "true"]
    done = call("papermill", path.name, "out.ipynb", language, *values, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert assert_executed(tmp_path / "out.ipynb").cells[2].outputs[0].text == '5 a "quoted" \\ name true\n'


# -- nbmake, nbval -------------------------------------------------------------------------------------------------------


def test_nbmake(good):
    done = call("pytest", "-p", "no:nbval", "--nbmake", good.name, cwd=good.parent)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_nbmake_fails(bad):
    done = call("pytest", "-p", "no:nbval", "--nbmake", bad.name, cwd=bad.parent)
    assert done.returncode == 1
    assert "this cell fails" in done.stdout


def test_nbval(good):
    """nbval compares what is stored with what comes out: stored by one kernel, verified by the next."""
    run_nbclient(good)
    done = call("pytest", "-p", "no:nbmake", "--nbval", good.name, cwd=good.parent)
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_nbval_fails(bad):
    done = call("pytest", "-p", "no:nbmake", "--nbval-lax", bad.name, cwd=bad.parent)
    assert done.returncode == 1
    assert "this cell fails" in done.stdout


# -- our notebook --------------------------------------------------------------------------------------------------------


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    """The notebook of the README, where its own packages and data are found."""
    copy = tmp_path / "notebooks"
    copy.mkdir()
    for entry in HOUSES.parent.iterdir():
        (copy / entry.name).symlink_to(entry)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    path = copy / HOUSES.name
    path.unlink()
    path.write_bytes(HOUSES.read_bytes())
    return path


COMMANDS = {
    "jupyter execute": ["jupyter", "execute", "--inplace", HOUSES.name],
    "papermill": ["papermill", HOUSES.name, HOUSES.name],
    "nbmake": ["pytest", "-p", "no:nbval", "--nbmake", "--overwrite", HOUSES.name],
}


def assert_chart(path: Path) -> None:
    outputs = [output for cell in assert_executed(path).cells for output in cell.get("outputs", [])]
    charts = [o.data for o in outputs if "application/vnd.vegalite.v5+json" in o.get("data", {})]
    assert charts, "no chart was shown"
    for data in charts:
        assert sorted(data) == ["application/vnd.vegalite.v5+json", "image/png", "text/plain"]


@pytest.mark.parametrize("command", COMMANDS)
def test_house_prices(houses, command):
    done = call(*COMMANDS[command], cwd=houses.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert_chart(houses)


def test_house_prices_nbclient_then_nbval(houses):
    run_nbclient(houses)
    assert_chart(houses)
    done = call("pytest", "-p", "no:nbmake", "--nbval", houses.name, cwd=houses.parent)
    assert done.returncode == 0, done.stdout
    assert json.loads(houses.read_text())["nbformat"] == 4
