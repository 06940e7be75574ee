"""PyTorch as a peer: `pytorch.py <numbers> <line> <settings>`; the requests and answers are those of serve.mjs."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional

Tensors = dict[str, torch.Tensor]
Settings = dict[str, object]
# what is timed, and the numbers of its result
Steps = tuple[Callable[[], torch.Tensor], Callable[[torch.Tensor], list[float]]]

CHUNKS = 15
DTYPES = {"F32": torch.float32, "I32": torch.int32}


def read_numbers(path: str) -> Tensors:
    file = bytearray(Path(path).read_bytes())
    length = int.from_bytes(file[:8], "little")
    tensors = {}
    for name, entry in json.loads(file[8 : 8 + length]).items():
        begin, end = (8 + length + at for at in entry["data_offsets"])
        tensors[name] = torch.frombuffer(file[begin:end], dtype=DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def make_optimizer(kind: type, parameters: list[nn.Parameter], lr: float, settings: Settings) -> torch.optim.Optimizer:
    flags = {"single": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}
    return kind(parameters, lr=lr, **flags[settings["optimizer"]])


def training(
    objective: Callable[[], torch.Tensor], parameters: list[nn.Parameter], kind: type, lr: float, settings: Settings
) -> Steps:
    optimizer = make_optimizer(kind, parameters, lr, settings)
    loss_of = torch.compile(objective) if settings.get("compile") else objective

    def step() -> torch.Tensor:
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of()
        loss.backward()
        optimizer.step()
        return loss

    return step, lambda loss: [loss.item()]


def fill(module: nn.Module, numbers: Tensors, names: dict[str, str]) -> nn.Module:
    module.load_state_dict({theirs: numbers[ours] for theirs, ours in names.items()})
    return module


def layers(pairs: dict[str, str]) -> dict[str, str]:
    return {f"{theirs}.{part}": f"{ours}.{part}" for theirs, ours in pairs.items() for part in ("weight", "bias")}


def linear_regression(n: Tensors, settings: Settings) -> Steps:
    w = nn.Parameter(n["w"])
    return training(lambda: functional.mse_loss(n["x"] @ w, n["y"]), [w], torch.optim.SGD, 0.1, settings)


def logistic_regression(n: Tensors, settings: Settings) -> Steps:
    model = fill(nn.Linear(30, 1), n, {"weight": "weight", "bias": "bias"})
    loss = functional.binary_cross_entropy_with_logits
    return training(lambda: loss(model(n["x"]), n["y"]), list(model.parameters()), torch.optim.SGD, 0.5, settings)


def classifier(model: nn.Module, n: Tensors, settings: Settings) -> Steps:
    x, y = n["x"], n["y"].long()
    return training(
        lambda: functional.cross_entropy(model(x), y), list(model.parameters()), torch.optim.Adam, 1e-3, settings
    )


def mlp(n: Tensors, settings: Settings) -> Steps:
    model = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    return classifier(fill(model, n, layers({"0": "0", "2": "2"})), n, settings)


def cnn(n: Tensors, settings: Settings) -> Steps:
    model = nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(4096, 10),
    )
    return classifier(fill(model, n, layers({"0": "conv1", "3": "conv2", "7": "linear"})), n, settings)


def attention(n: Tensors, settings: Settings) -> Steps:
    block = nn.TransformerEncoderLayer(64, 4, 256, dropout=0.0, batch_first=True)
    names = layers({"self_attn.out_proj": "projection"} | {part: part for part in ("norm1", "linear1", "linear2", "norm2")})
    names |= {"self_attn.in_proj_weight": "attention.weight", "self_attn.in_proj_bias": "attention.bias"}
    fill(block, n, names)
    return training(
        lambda: functional.mse_loss(block(n["x"]), n["y"]), list(block.parameters()), torch.optim.Adam, 1e-3, settings
    )


class Recurrent(nn.Module):
    """Classes from the last step of a GRU."""

    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRU(64, 64)
        self.linear = nn.Linear(64, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(self.gru(x)[1][0])


def gru(n: Tensors, settings: Settings) -> Steps:
    names = layers({"linear": "linear"})
    for theirs, ours in (("ih", "input"), ("hh", "hidden")):
        names |= {f"gru.weight_{theirs}_l0": f"{ours}.weight", f"gru.bias_{theirs}_l0": f"{ours}.bias"}
    return classifier(fill(Recurrent(), n, names), n, settings)


def matmul(n: Tensors, _: Settings) -> Steps:
    return lambda: n["x"] @ n["y"], lambda product: product[0].tolist()


def ridge(n: Tensors, _: Settings) -> Steps:
    x, y, eye = n["x"], n["y"], torch.eye(200)
    return lambda: torch.linalg.solve(x.T @ x + eye, x.T @ y), lambda w: w.flatten().tolist()


LINES: dict[str, Callable[[Tensors, Settings], Steps]] = {
    "a": linear_regression,
    "b": logistic_regression,
    "c": mlp,
    "d": cnn,
    "e": attention,
    "f": gru,
    "g": matmul,
    "h": ridge,
}


def run(steps: Steps, count: int) -> float:
    """Milliseconds of a step; the block is closed by reading its last result."""
    step, read = steps
    start = time.perf_counter()
    for _ in range(count):
        last = step()
    read(last)
    return (time.perf_counter() - start) * 1000 / count


def time_block(steps: Steps, count: int) -> float:
    if count >= 10:
        run(steps, math.ceil(count / 10))
    times = sorted(run(steps, math.ceil(count / CHUNKS)) for _ in range(min(CHUNKS, count)))
    return times[len(times) // 2]


def main() -> None:
    numbers, line, text = sys.argv[1:]
    settings = json.loads(text)
    torch.set_num_threads(settings["threads"])
    steps = LINES[line](read_numbers(numbers), settings)
    for request in map(json.loads, sys.stdin):
        if request["do"] == "values":
            step, read = steps
            answer: dict[str, object] = {"values": [value for _ in range(request["steps"]) for value in read(step())]}
        else:
            answer = {"ms": time_block(steps, request["steps"])}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
