"""init.json: what an initializer's numbers must obey – bounds, moments, fans, gains. The numbers themselves are another generator's."""

import math

import torch
from scipy.stats import truncnorm
from torch.nn import init

from table import Table

SHAPES = ([30, 20], [16, 8, 3, 3], [64, 1, 5])
GAINS = [("linear", None), ("sigmoid", None), ("conv2d", None), ("tanh", None), ("relu", None), ("leakyRelu", None), ("leakyRelu", 0.2), ("selu", None)]


def make():
    table = Table("PyTorch 2.13.0", "distribution: uniform in [low, high], or normal with mean and standardDeviation, cut at low and high where they are given")
    for shape in SHAPES:
        fan_in, fan_out = init._calculate_fan_in_and_fan_out(torch.empty(shape))
        table.append({"name": str(shape), "function": "fans", "arguments": [shape], "value": {"fanIn": fan_in, "fanOut": fan_out}})
    for nonlinearity, slope in GAINS:
        options = {"nonlinearity": nonlinearity, **({"a": slope} if slope is not None else {})}
        table.append({"name": str(options), "function": "gain", "options": options, "value": gain(nonlinearity, slope)})
    for shape in SHAPES:
        add_fan_based(table, shape)
    add_others(table)
    return table


def gain(nonlinearity, slope=None):
    return init.calculate_gain({"leakyRelu": "leaky_relu"}.get(nonlinearity, nonlinearity), slope)


def add_fan_based(table, shape):
    fan_in, fan_out = init._calculate_fan_in_and_fan_out(torch.empty(shape))
    for factor in (1, 2):
        options = {"gain": factor} if factor != 1 else {}
        deviation = factor * math.sqrt(2 / (fan_in + fan_out))
        add(table, "xavierUniform", shape, options, uniform(math.sqrt(3) * deviation), lambda w: init.xavier_uniform_(w, factor))
        add(table, "xavierNormal", shape, options, normal(deviation), lambda w: init.xavier_normal_(w, factor))
    for options in ({}, {"mode": "fanOut"}, {"nonlinearity": "relu"}, {"a": math.sqrt(5)}, {"mode": "fanOut", "nonlinearity": "tanh"}):
        fan = fan_out if options.get("mode") == "fanOut" else fan_in
        nonlinearity = options.get("nonlinearity", "leakyRelu")
        a = options.get("a", 0)
        deviation = gain(nonlinearity, a) / math.sqrt(fan)
        given = {"a": a, "mode": "fan_out" if fan is fan_out else "fan_in", "nonlinearity": {"leakyRelu": "leaky_relu"}.get(nonlinearity, nonlinearity)}
        add(table, "kaimingUniform", shape, options, uniform(math.sqrt(3) * deviation), lambda w: init.kaiming_uniform_(w, **given))
        add(table, "kaimingNormal", shape, options, normal(deviation), lambda w: init.kaiming_normal_(w, **given))
    if len(shape) == 2:
        bound = 1 / math.sqrt(fan_in)
        add(table, "linear", shape, {}, uniform(bound), lambda w: w.copy_(torch.nn.Linear(shape[1], shape[0]).weight))


def add_others(table):
    shape = [30, 20]
    add(table, "uniform", shape, {"low": -0.5, "high": 2}, {"low": -0.5, "high": 2, "mean": 0.75, "standardDeviation": 2.5 / math.sqrt(12)}, lambda w: init.uniform_(w, -0.5, 2))
    add(table, "normal", shape, {"mean": 1, "standardDeviation": 0.5}, {"mean": 1, "standardDeviation": 0.5}, lambda w: init.normal_(w, 1, 0.5))
    for mean, deviation, low, high in ((0, 1, -2, 2), (0.5, 2, -1, 1), (0, 0.02, -2, 2)):
        cut = truncnorm((low - mean) / deviation, (high - mean) / deviation, mean, deviation)
        found = {"low": low, "high": high, "mean": cut.mean(), "standardDeviation": cut.std()}
        options = {"mean": mean, "standardDeviation": deviation, "low": low, "high": high}
        add(table, "truncatedNormal", shape, options, found, lambda w: init.trunc_normal_(w, mean, deviation, low, high))
    for shape in ([4, 6], [6, 4], [3, 2, 2]):
        for factor in (1, 2):
            rows = shape[0] <= math.prod(shape[1:])
            w = init.orthogonal_(torch.empty(shape, dtype=torch.float64), factor).flatten(1)
            product = w @ w.T if rows else w.T @ w
            assert torch.allclose(product, factor**2 * torch.eye(len(product), dtype=torch.float64), atol=1e-12)
            value = {"product": "W Wᵀ" if rows else "Wᵀ W", "diagonal": factor**2}
            table.append({"name": f"{shape}, gain {factor}", "function": "orthogonal", "arguments": [shape], "options": {"gain": factor}, "value": value})


def uniform(bound):
    return {"low": -bound, "high": bound, "mean": 0, "standardDeviation": bound / math.sqrt(3)}


def normal(deviation):
    return {"mean": 0, "standardDeviation": deviation}


@torch.no_grad()
def add(table, function, shape, options, expected, fill):
    """Asserts on a large draw of PyTorch's own that the expectations are right."""
    torch.manual_seed(0)
    drawn = torch.cat([fill(torch.empty(shape, dtype=torch.float64)).flatten() for _ in range(400)])
    spread = expected["standardDeviation"]
    assert abs(drawn.mean().item() - expected["mean"]) < 0.02 * spread, (function, shape, options)
    assert abs(drawn.std().item() / spread - 1) < 0.02, (function, shape, options)
    assert drawn.min() >= expected.get("low", -math.inf) - 1e-6 and drawn.max() <= expected.get("high", math.inf) + 1e-6
    label = ", ".join([str(shape), *(f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in options.items())])
    table.append({"name": label, "function": function, "arguments": [shape], "options": options, "value": expected})
