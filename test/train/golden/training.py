"""
Trainings by PyTorch 2.13, batches in order: the loss of each epoch (the mean over rows while training), the validation loss, the learning rate of the last
step and the last parameters. Run: python test/train/golden/training.py > test/train/golden/training.json
"""

import json

import numpy as np
import torch
from sklearn.datasets import load_iris
from torch import nn

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
cases = []


def numbers(seed, *shape, scale=0.5):
    return torch.tensor(np.round(np.random.default_rng(seed).normal(size=shape) * scale, 3))


def pack(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def draw(model, seed):
    for i, parameter in enumerate(model.parameters()):
        parameter.data = numbers(seed + i, *parameter.shape).to(parameter.dtype)


def run(name, make, x, y, loss, optimizer, epochs, batch, scheduler=None, per="step", clip=None, held=None, seed=0):
    case = {"name": name, "epochs": epochs, "batchSize": batch}
    if x is not None:
        case |= {"x": pack(x), "y": pack(y)}
    for dtype in [torch.float64, torch.float32]:
        rows, targets = features(x, y, dtype)
        model = make().to(dtype)
        draw(model, seed)
        if dtype == torch.float64:
            case["initial"] = {k: pack(v) for k, v in model.named_parameters()}
        update = optimizer(model.parameters())
        schedule = scheduler(update) if scheduler else None
        train, validation, rates = [], [], []
        for _ in range(epochs):
            model.train()
            total = 0
            for at in range(0, len(rows), batch):
                a, b = rows[at : at + batch], targets[at : at + batch]
                update.zero_grad()
                value = loss(model(a), b)
                value.backward()
                if clip:
                    nn.utils.clip_grad_norm_(model.parameters(), clip)
                rate = update.param_groups[0]["lr"]
                update.step()
                if schedule and per == "step":
                    schedule.step()
                total += value.item() * len(a)
            train.append(total / len(rows))
            rates.append(rate)
            if held:
                model.eval()
                with torch.no_grad():
                    validation.append(loss(model(rows[held:]), targets[held:]).item())
            if schedule and per == "epoch":
                schedule.step()
        key = str(dtype)[6:]
        case[key] = {"train": train, "validation": validation, "learningRate": rates, "params": {k: pack(v) for k, v in model.named_parameters()}}
    cases.append(case)


def features(x, y, dtype):
    if x is not None:
        return x.to(dtype), y.to(dtype)
    a, b = load_iris(return_X_y=True)
    return torch.tensor(a).to(dtype), torch.tensor(b)


x = numbers(1, 50, 3, scale=1)
y = x @ torch.tensor([[1.5], [-2.0], [0.5]]) + 0.7 + numbers(2, 50, 1, scale=0.1)
run("linear regression", lambda: nn.Linear(3, 1), x, y, nn.MSELoss(), lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), 15, 16, held=40)

mlp = lambda: nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
run("iris", mlp, None, None, nn.CrossEntropyLoss(), lambda p: torch.optim.Adam(p, lr=0.01), 12, 32, seed=10, held=120)
run(
    "iris, schedule by step, clipped",
    mlp,
    None,
    None,
    nn.CrossEntropyLoss(),
    lambda p: torch.optim.AdamW(p, lr=0.05),
    8,
    50,
    scheduler=lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, T_max=24),
    clip=0.5,
    seed=20,
)
run(
    "iris, schedule by epoch",
    mlp,
    None,
    None,
    nn.CrossEntropyLoss(),
    lambda p: torch.optim.SGD(p, lr=0.1),
    8,
    50,
    scheduler=lambda o: torch.optim.lr_scheduler.StepLR(o, step_size=3, gamma=0.5),
    per="epoch",
    seed=30,
)
# a bias before a norm has no gradient but rounding, which RMSprop or Adam would make large: plain descent
normed = lambda: nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Tanh(), nn.Linear(6, 3))
run("iris, batch norm", normed, None, None, nn.CrossEntropyLoss(), lambda p: torch.optim.SGD(p, lr=0.1), 6, 30, seed=40, held=100)

print(json.dumps({"source": f"PyTorch {torch.__version__.split('+')[0]}", "cases": cases}, separators=(",", ":")))
