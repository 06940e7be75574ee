"""schedule.json: the learning rate at steps 0, 1, 2, … by torch.optim.lr_scheduler; inverse time from its formula."""

import math
import warnings

import torch
from torch.optim import lr_scheduler as torch_schedules

from table import Table, to_snake

warnings.filterwarnings("ignore")


def make():
    table = Table("PyTorch 2.13.0")
    for rate in (0.1, 1):
        add(table, "constant", rate, {}, lambda o: torch_schedules.LambdaLR(o, lambda step: 1), 8)
    add(table, "step", 0.1, {"stepSize": 3}, lambda o: torch_schedules.StepLR(o, 3), 14)
    add(table, "step", 0.5, {"stepSize": 4, "gamma": 0.5}, lambda o: torch_schedules.StepLR(o, 4, 0.5), 17)
    add(table, "multiStep", 0.5, {"milestones": [2, 5, 9], "gamma": 0.3}, lambda o: torch_schedules.MultiStepLR(o, [2, 5, 9], 0.3), 12)
    add(table, "exponential", 0.1, {"gamma": 0.9}, lambda o: torch_schedules.ExponentialLR(o, 0.9), 20)
    add(table, "exponential", 2, {"gamma": 0.5}, lambda o: torch_schedules.ExponentialLR(o, 0.5), 10)
    for decay in (0.1, 1):
        values = [0.5 / (1 + decay * i) for i in range(20)]
        add_values(table, f"decay {decay}", "inverseTime", [0.5], {"decay": decay}, values)
    add(table, "polynomial", 0.1, {"totalIters": 10}, lambda o: torch_schedules.PolynomialLR(o, 10), 14)
    add(table, "polynomial", 0.1, {"totalIters": 10, "power": 2}, lambda o: torch_schedules.PolynomialLR(o, 10, 2), 14)
    add(table, "polynomial", 1, {"totalIters": 7, "power": 0.5}, lambda o: torch_schedules.PolynomialLR(o, 7, 0.5), 9)
    for floor in (0, 0.01):
        options = {"tMax": 10, **({"etaMin": floor} if floor else {})}
        add(table, "cosine", 0.1, options, lambda o: torch_schedules.CosineAnnealingLR(o, 10, floor), 11)
    add_values(
        table,
        "past tMax PyTorch's closed form rises again",
        "cosine",
        [0.1],
        {"tMax": 10},
        [0.1 * (1 + math.cos(math.pi * i / 10)) / 2 for i in range(26)],
    )
    add(table, "warmRestarts", 0.1, {"t0": 5}, lambda o: torch_schedules.CosineAnnealingWarmRestarts(o, 5), 17)
    add(
        table,
        "warmRestarts",
        0.1,
        {"t0": 3, "tMult": 2, "etaMin": 0.01},
        lambda o: torch_schedules.CosineAnnealingWarmRestarts(o, 3, 2, 0.01),
        30,
    )
    for options in (
        {},
        {"pctStart": 0.5, "divFactor": 10, "finalDivFactor": 100},
        {"annealStrategy": "linear"},
        {"threePhase": True},
        {"threePhase": True, "annealStrategy": "linear", "pctStart": 0.25},
    ):
        add_one_cycle(table, options)
    add(table, "linearWarmup", 0.1, {"totalIters": 5}, lambda o: torch_schedules.LinearLR(o), 9)
    add(
        table,
        "linearWarmup",
        0.1,
        {"totalIters": 8, "startFactor": 0.1, "endFactor": 0.8},
        lambda o: torch_schedules.LinearLR(o, 0.1, 0.8, 8),
        12,
    )
    add(table, "linearWarmupThenCosine", 0.1, {"totalIters": 4, "startFactor": 0.25, "then": {"tMax": 10}}, warm_up_then_cosine, 15)
    add_plateaus(table)
    return table


def warm_up_then_cosine(optimizer):
    parts = [torch_schedules.LinearLR(optimizer, 0.25, 1, 4), torch_schedules.CosineAnnealingLR(optimizer, 10)]
    return torch_schedules.SequentialLR(optimizer, parts, milestones=[4])


def add_one_cycle(table, options):
    given = {to_snake(k): v for k, v in options.items()}
    for total in (20, 13):
        add(
            table,
            "oneCycle",
            0.4,
            {"totalSteps": total, **options},
            lambda o: torch_schedules.OneCycleLR(o, 0.4, total_steps=total, **given),
            total,
            "maxLr",
        )


def add_plateaus(table):
    metric = [1.0, 0.8, 0.79999, 0.8, 0.81, 0.7, 0.7, 0.7, 0.7, 0.69, 0.69, 0.69, 0.69, 0.69, 0.68995, 0.6, 0.6, 0.6, 0.6, 0.6]
    rising = [round(1 - m, 5) for m in metric]
    short = {"patience": 2}
    for label, series, options in (
        ("falling metric", metric, {}),
        ("falling metric, patience 2", metric, short),
        ("patience 0, factor 0.5", metric, {"patience": 0, "factor": 0.5}),
        ("cooldown 3", metric, {"patience": 1, "cooldown": 3, "factor": 0.5}),
        ("minLr", metric, {**short, "minLr": 0.005}),
        ("absolute threshold", metric, {**short, "threshold": 0.05, "thresholdMode": "abs"}),
        ("rising metric", rising, {**short, "mode": "max"}),
        ("rising metric, absolute threshold", rising, {**short, "mode": "max", "threshold": 0.05, "thresholdMode": "abs"}),
        ("eps: a change below it does not happen", metric, {**short, "eps": 0.02}),
    ):
        given = {to_snake(k): v for k, v in options.items()}
        optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)
        schedule = torch_schedules.ReduceLROnPlateau(optimizer, **given)
        rates = []
        for value in series:
            schedule.step(value)
            rates.append(optimizer.param_groups[0]["lr"])
        table.append({"name": label, "function": "reduceOnPlateau", "arguments": [0.1], "options": options, "metric": series, "value": rates})


def add(table, function, rate, options, make_schedule, count, argument="lr"):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    schedule = make_schedule(optimizer)
    values = []
    for _ in range(count):
        values.append(optimizer.param_groups[0]["lr"])
        if len(values) < count:
            optimizer.step()
            schedule.step()
    label = ", ".join([f"{argument} {rate}", *(f"{k} {v}" for k, v in options.items())])
    add_values(table, label, function, [rate], options, values)


def add_values(table, name, function, arguments, options, values):
    table.append({"name": name, "function": function, "arguments": arguments, "options": options, "value": values})
