"""Losses of 200 training steps by PyTorch, float32, on the numbers of curvesNumbers.ts. Run after `npm ci`: python test/golden/curves.py

1. bundle curvesNumbers.ts and let it write its numbers  ->  2. train on them  ->  3. the losses go to curves.json

Training is done three times: in float32 on one thread and on two, and in float64. How far these lie apart is how well the curves are determined; what is
tested is twice as coarse at least.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STEPS = 200
TOLERANCE = 1e-3
# the convolutional curve with 3e-4 is determined to 7e-4 only: Adam makes whole steps from gradients that are nothing but rounding
LR = {"mlp": 1e-3, "cnn": 1e-4}
DTYPES = {"F32": torch.float32, "I32": torch.int32}

Tensors = dict[str, torch.Tensor]


def make_numbers() -> Tensors:
    # inside the repository, so that its packages are found
    cache = ROOT / "node_modules" / ".cache" / "lossbook"
    cache.mkdir(parents=True, exist_ok=True)
    program = cache / "curvesNumbers.mjs"
    options = ["--bundle", "--platform=node", "--format=esm", "--packages=external", f"--outfile={program}"]
    esbuild = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
    subprocess.run([esbuild, HERE / "curvesNumbers.ts", *options], check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers.safetensors"
        subprocess.run(["node", program, path], check=True)
        return read(path)


def read(path: Path) -> Tensors:
    file = bytearray(path.read_bytes())
    length = int.from_bytes(file[:8], "little")
    header = json.loads(file[8 : 8 + length])
    header.pop("__metadata__")
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + at for at in entry["data_offsets"])
        tensors[name] = torch.frombuffer(file[begin:end], dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def make_model(name: str) -> nn.Module:
    if name == "mlp":
        return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    return nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(4096, 10),
    )


def train(name: str, numbers: Tensors, dtype: torch.dtype, threads: int) -> list[float]:
    torch.set_num_threads(threads)
    model = make_model(name)
    start = f"{name}.params."
    model.load_state_dict({key[len(start) :]: value.clone() for key, value in numbers.items() if key.startswith(start)})
    model.to(dtype)
    optimizer = torch.optim.Adam(model.parameters(), lr=LR[name])
    batches = sum(key.startswith(f"{name}.batches.") for key in numbers) // 2
    losses = []
    for step in range(STEPS):
        x, y = (numbers[f"{name}.batches.{step % batches}.{part}"] for part in ("x", "y"))
        optimizer.zero_grad()
        loss = functional.cross_entropy(model(x.to(dtype)), y.long())
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def main() -> None:
    numbers = make_numbers()
    curves = []
    for name in ("mlp", "cnn"):
        losses = train(name, numbers, torch.float32, 1)
        others = [train(name, numbers, torch.float32, 2), train(name, numbers, torch.float64, 2)]
        spread = max(abs(a - b) for other in others for a, b in zip(losses, other))
        print(f"{name}: from {losses[0]:.4f} to {losses[-1]:.4f}, spread {spread:.1e}")
        assert spread < TOLERANCE / 2, f"{name}: the curve is determined to {spread} only"
        curves.append({"name": name, "lr": LR[name], "spread": float(f"{spread:.1e}"), "losses": [round(loss, 6) for loss in losses]})
    head = {"source": f"PyTorch {torch.__version__.split('+')[0]}", "note": "Adam, float32; loss before each step"}
    lines = ",\n".join(json.dumps(curve, separators=(",", ":")) for curve in curves)
    text = f'{json.dumps(head)[:-1]}, "cases": [\n{lines}\n]}}\n'
    (HERE / "curves.json").write_text(text)


if __name__ == "__main__":
    main()
