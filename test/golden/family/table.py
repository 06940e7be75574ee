"""A table of cases: how values are written, how gradients are taken, and the finite differences that every gradient must agree with."""

import json
import math
import os
import re
import zlib

import numpy as np
import torch

torch.set_num_threads(1)
FLOAT32_TOLERANCE = 1e-5


class Table:
    def __init__(self, source, note=None):
        self.head = {"source": source, **({"note": note} if note else {})}
        self.cases = []
        self.names = set()

    def append(self, case):
        """Adds a finished case, its values encoded."""
        key = case["function"] + "/" + case["name"]
        assert key not in self.names, f"two cases are called {key}"
        self.names.add(key)
        self.cases.append(encode(case))

    def differentiate(self, name, function, compute, arguments, options=None, wrt=None, smooth=True, extra=None):
        """
        Adds `compute(*arguments, **options)` with its gradients.

        `wrt` says by argument whether there is a gradient (default: every floating argument). A result that is not a number gets a random
        `cotangent`, and the gradients are those of sum(value * cotangent). `smooth=False` leaves out the finite differences: at a kink, or
        where autograd is meant to differ from them.
        """
        options = options or {}
        wrt = wrt or [is_differentiable(a) for a in arguments]
        keywords = {to_snake(k): v for k, v in options.items()}
        cotangents = {}

        def run(tensors, dtype=torch.float64):
            value = compute(*tensors, **convert(keywords, dtype))
            return value, weigh(value, cotangents, f"{function}/{name}")

        leaves = [clone(a, needs) for a, needs in zip(arguments, wrt)]
        value, total = run(leaves)
        wanted = [leaf for leaf, needs in zip(leaves, wrt) if needs]
        found = iter(torch.autograd.grad(total, flatten(wanted), allow_unused=True) if wanted else [])
        gradients = [collect(leaf, found) if needs else None for leaf, needs in zip(leaves, wrt)]
        if smooth:
            check_gradients(f"{function}/{name}", lambda tensors: run(tensors)[1], arguments, wrt, gradients)
        single = [convert(clone(a, needs), torch.float32, needs) for a, needs in zip(arguments, wrt)]
        value32, total32 = run(single, torch.float32)
        found32 = torch.autograd.grad(total32, flatten([s for s, n in zip(single, wrt) if n]), allow_unused=True) if wanted else []
        pairs = list(zip(flatten([value]), flatten([value32]))) + list(zip(flatten([g for g in gradients if g is not None]), found32))
        self.append(
            {
                "name": name,
                "function": function,
                "arguments": arguments,
                "options": options,
                "value": value,
                **({"cotangent": cotangents.get("value", cotangents)} if cotangents else {}),
                "gradients": gradients,
                **({} if all(is_close32(a, b) for a, b in pairs) else {"float32": False}),
                **(extra or {}),
            }
        )

    def write(self, file):
        lines = ",\n".join(dump(case) for case in self.cases)
        head = dump(self.head)[1:-1]
        text = "{" + head + ',"cases":[\n' + lines + "\n]}\n"
        json.loads(text, parse_constant=lambda word: 1 / 0)
        with open(file, "w") as out:
            out.write(text)
        print(f"{os.path.basename(file)}: {len(self.cases)} cases, {len(text) / 1024:.0f} KB")


def numbers(name, *shape, low=None, high=None, digits=3, scale=1.0):
    """Random numbers that depend on `name` alone, with few digits, so that a new case changes no other and the files stay small."""
    generator = np.random.default_rng(zlib.crc32(name.encode()))
    data = generator.normal(size=shape) * scale if low is None else generator.uniform(low, high, size=shape)
    return torch.tensor(np.round(data, digits), dtype=torch.float64)


def indices(name, count, *shape):
    generator = np.random.default_rng(zlib.crc32(name.encode()))
    return torch.tensor(generator.integers(0, count, size=shape))


def chances(name, *shape):
    """Rows of probabilities: they sum to 1 on the last axis."""
    return torch.softmax(numbers(name, *shape), -1)


def vector(*values):
    return torch.tensor(values, dtype=torch.float64)


def encode(value):
    if isinstance(value, torch.Tensor) and value.dtype in (torch.int64, torch.int32):
        return {"shape": list(value.shape), "dtype": "int32", "data": value.flatten().tolist()}
    if isinstance(value, torch.Tensor) and value.dtype == torch.bool:
        return {"shape": list(value.shape), "dtype": "bool", "data": [int(v) for v in value.flatten().tolist()]}
    if isinstance(value, torch.Tensor):
        value = value.detach()
        if value.dim() == 0:
            return encode(value.item())
        return {"shape": list(value.shape), "dtype": str(value.dtype)[6:], "data": [encode(v) for v in value.flatten().tolist()]}
    if isinstance(value, np.ndarray):
        return encode(torch.tensor(value.copy()))
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return int(value) if value == int(value) and abs(value) < 1e15 else value
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(v) for v in value]
    return value


def dump(value):
    return json.dumps(value, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def check_gradients(where, total, arguments, wrt, gradients, step=1e-5, tolerance=2e-6):
    """Central differences in every coordinate."""
    plain = [clone(a, False) for a in arguments]
    for argument, needs, gradient in zip(plain, wrt, gradients):
        if not needs:
            continue
        for tensor, slope in zip(flatten([argument]), flatten([gradient])):
            flat, expected = tensor.view(-1), slope.reshape(-1)
            for i in range(flat.numel()):
                kept = flat[i].item()
                flat[i] = kept + step
                above = total(plain).item()
                flat[i] = kept - step
                below = total(plain).item()
                flat[i] = kept
                difference = (above - below) / (2 * step)
                got = expected[i].item()
                assert abs(difference - got) <= tolerance * max(1, abs(got)), f"{where}: differences {difference}, autograd {got} at {i}"


def weigh(value, cotangents, name):
    """The number that is differentiated: the value itself, or the sum of value * cotangent over every tensor of the result."""
    if isinstance(value, torch.Tensor) and value.dim() == 0:
        return value
    parts = value if isinstance(value, dict) else {"value": value}
    total = 0
    for key, part in parts.items():
        if key not in cotangents:
            cotangents[key] = numbers(f"{name}/{key}/cotangent", *part.shape, digits=2)
        total = total + (part * cotangents[key].to(part.dtype)).sum()
    return total


def is_differentiable(argument):
    return any(t.is_floating_point() for t in flatten([argument]))


def flatten(values):
    """The tensors of a tree, in order."""
    out = []
    for value in values:
        if isinstance(value, torch.Tensor):
            out.append(value)
        elif isinstance(value, dict):
            out.extend(flatten(value.values()))
        elif isinstance(value, (list, tuple)):
            out.extend(flatten(value))
    return out


def clone(value, needs):
    if isinstance(value, torch.Tensor):
        return value.detach().clone().requires_grad_(needs and value.is_floating_point())
    if isinstance(value, dict):
        return {k: clone(v, needs) for k, v in value.items()}
    return value


def convert(value, dtype, needs=None):
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        return value.to(dtype) if needs is None else value.detach().to(dtype).requires_grad_(needs)
    if isinstance(value, dict):
        return {k: convert(v, dtype, needs) for k, v in value.items()}
    return value


def collect(leaf, found):
    """The gradient of a leaf, zeros where the leaf did not take part, in the leaf's own structure."""
    if isinstance(leaf, dict):
        return {k: collect(v, found) for k, v in leaf.items()}
    gradient = next(found)
    return torch.zeros_like(leaf) if gradient is None else gradient


def is_close32(exact, single):
    if single is None:
        return True
    exact, single = exact.detach().double(), single.detach().double()
    return bool(torch.allclose(single, exact, rtol=FLOAT32_TOLERANCE / 2, atol=FLOAT32_TOLERANCE / 2, equal_nan=True))


def to_snake(name):
    return re.sub(r"([A-Z])", lambda m: "_" + m.group(1).lower(), name)
