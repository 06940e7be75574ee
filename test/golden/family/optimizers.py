"""optim.json: twenty steps of every optimizer by torch.optim on problems whose gradients have closed forms, and clipping."""

import torch

from table import Table, encode, numbers, to_snake, vector

STEPS = 20
LBFGS_STEPS = 6
CURVATURE, CENTRE = vector(1, 10, 0.1, 4), vector(0.5, -1, 2, 0)
POINTS, LABELS = numbers("optim/points", 6, 3), vector(1, 0, 1, 1, 0, 0)
SLOPES = numbers("optim/slopes", STEPS, 3, scale=2)
SLOPES[:, 2] = 0  # a coordinate whose gradient is always 0
SLOPES[4:9, 1] = 0  # and one that pauses

START = {
    "quadratic": {"w": vector(1, 1, -1, 0.3)},
    "logistic": {"weight": vector(0.1, -0.2, 0.3), "bias": vector(0.5)},
    "slopes": {"w": vector(1, -1, 0.5)},
    "rosenbrock": {"w": vector(-1.2, 1)},
}


def loss(problem, p, step):
    if problem == "quadratic":
        return (CURVATURE * (p["w"] - CENTRE) ** 2).sum() / 2
    if problem == "logistic":
        scores = POINTS @ p["weight"] + p["bias"]
        return torch.nn.functional.binary_cross_entropy_with_logits(scores, LABELS) + 0.05 * (p["weight"] ** 2).sum()
    if problem == "slopes":
        return (SLOPES[step] * p["w"]).sum()
    return (1 - p["w"][0]) ** 2 + 100 * (p["w"][1] - p["w"][0] ** 2) ** 2


class Lion(torch.optim.Optimizer):
    """Chen et al. 2023, algorithm 2: u = sign(β1 m + (1-β1) g); w -= lr (u + λ w); m = β2 m + (1-β2) g."""

    def __init__(self, params, lr=1e-4, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                update = torch.sign(first * m + (1 - first) * p.grad)
                p.sub_(group["lr"] * (update + group["weight_decay"] * p))
                m.mul_(second).add_(p.grad, alpha=1 - second)


OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adadelta": torch.optim.Adadelta,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "nadam": torch.optim.NAdam,
    "radam": torch.optim.RAdam,
    "adamax": torch.optim.Adamax,
    "lion": Lion,
}
# Each option list runs on the first three problems; a learning rate is always given.
CASES = {
    "sgd": [
        {"lr": 0.05},
        {"lr": 0.05, "momentum": 0.9},
        {"lr": 0.05, "momentum": 0.9, "dampening": 0.3},
        {"lr": 0.05, "momentum": 0.9, "nesterov": True},
        {"lr": 0.05, "weightDecay": 0.1},
        {"lr": 0.02, "momentum": 0.8, "nesterov": True, "weightDecay": 0.1},
    ],
    "adagrad": [
        {"lr": 0.5},
        {"lr": 0.5, "lrDecay": 0.1},
        {"lr": 0.5, "initialAccumulatorValue": 0.1, "weightDecay": 0.1, "eps": 1e-3},
    ],
    "rmsprop": [
        {"lr": 0.05},
        {"lr": 0.05, "alpha": 0.9},
        {"lr": 0.05, "centered": True},
        {"lr": 0.02, "momentum": 0.9},
        {"lr": 0.02, "alpha": 0.9, "centered": True, "momentum": 0.5, "weightDecay": 0.1, "eps": 1e-3},
    ],
    "adadelta": [
        {"lr": 1},
        {"lr": 0.5, "rho": 0.8, "eps": 1e-3, "weightDecay": 0.1},
    ],
    "adam": [
        {"lr": 0.1},
        {"lr": 0.1, "betas": [0.5, 0.7]},
        {"lr": 0.1, "amsgrad": True},
        {"lr": 0.1, "weightDecay": 0.1},
        {"lr": 0.1, "betas": [0.8, 0.9], "eps": 1e-2, "amsgrad": True, "weightDecay": 0.1},
    ],
    "adamw": [
        {"lr": 0.1},
        {"lr": 0.1, "weightDecay": 0.5},
        {"lr": 0.1, "weightDecay": 0},
        {"lr": 0.1, "betas": [0.8, 0.9], "eps": 1e-2, "amsgrad": True, "weightDecay": 0.1},
    ],
    "nadam": [
        {"lr": 0.1},
        {"lr": 0.1, "momentumDecay": 0.05, "weightDecay": 0.1},
        {"lr": 0.1, "weightDecay": 0.1, "decoupledWeightDecay": True},
    ],
    "radam": [
        {"lr": 0.1},
        {"lr": 0.1, "weightDecay": 0.1},
        {"lr": 0.1, "betas": [0.8, 0.9], "weightDecay": 0.1, "decoupledWeightDecay": True},
    ],
    "adamax": [
        {"lr": 0.1},
        {"lr": 0.1, "betas": [0.8, 0.9], "eps": 1e-2, "weightDecay": 0.1},
    ],
    "lion": [
        {"lr": 0.05},
        {"lr": 0.05, "betas": [0.8, 0.9], "weightDecay": 0.5},
    ],
}
LBFGS = [
    {"lr": 1, "maxIter": 4},
    {"lr": 0.1, "maxIter": 20},
    {"lr": 1, "maxIter": 4, "lineSearchFn": "strongWolfe"},
    {"lr": 1, "maxIter": 20, "lineSearchFn": "strongWolfe"},
    {"lr": 0.5, "maxIter": 5, "historySize": 2, "lineSearchFn": "strongWolfe"},
]


def make():
    table = Table("PyTorch 2.13.0", "float64; lion is algorithm 2 of Chen et al. 2023")
    table.head["problems"] = encode({
        "quadratic": {"formula": "sum(curvature (w - centre)²) / 2", "curvature": CURVATURE, "centre": CENTRE},
        "logistic": {"formula": "mean binary cross-entropy of σ(points weight + bias) against labels, + 0.05 ‖weight‖²", "points": POINTS, "labels": LABELS},
        "slopes": {"formula": "the gradient at step i (from 0) is row i, wherever w is", "slopes": SLOPES},
        "rosenbrock": {"formula": "(1 - w0)² + 100 (w1 - w0²)²"},
    })
    for function, lists in CASES.items():
        for options in lists:
            for problem in ("quadratic", "logistic", "slopes"):
                add_steps(table, function, problem, options)
    for options in LBFGS:
        for problem in ("quadratic", "logistic", "rosenbrock"):
            if problem == "rosenbrock" and options.get("lineSearchFn") is None:
                continue  # diverges
            add_lbfgs(table, problem, options)
    add_clipping(table)
    return table


def add_steps(table, function, problem, options):
    path, losses, _ = follow(function, problem, options, START[problem])
    check_stability(function, problem, options, path)
    table.append(describe(function, problem, options, path, losses))


def add_lbfgs(table, problem, options):
    path, losses, evaluations = follow_lbfgs("lbfgs", problem, options, START[problem])
    check_stability("lbfgs", problem, options, path, follow_lbfgs)
    table.append({**describe("lbfgs", problem, options, path, losses), "evaluations": evaluations})


def follow(function, problem, options, start):
    p = {k: v.clone().requires_grad_() for k, v in start.items()}
    optimizer = OPTIMIZERS[function](p.values(), **to_torch(options))
    path, losses = {k: [] for k in p}, []
    for step in range(STEPS):
        optimizer.zero_grad()
        value = loss(problem, p, step)
        value.backward()
        losses.append(value.item())
        optimizer.step()
        for k in p:
            path[k].append(p[k].detach().clone())
    return path, losses, []


def follow_lbfgs(function, problem, options, start):
    p = {k: v.clone().requires_grad_() for k, v in start.items()}
    optimizer = torch.optim.LBFGS(p.values(), **to_torch(options))
    path, losses, evaluations = {k: [] for k in p}, [], []

    def closure():
        optimizer.zero_grad()
        value = loss(problem, p, 0)
        value.backward()
        return value

    for _ in range(LBFGS_STEPS):
        losses.append(optimizer.step(closure).item())
        evaluations.append(optimizer.state_dict()["state"][0]["func_evals"])
        for k in p:
            path[k].append(p[k].detach().clone())
    return path, losses, evaluations


def check_stability(function, problem, options, path, again=follow):
    """A table of a path is only fair if another order of summation stays on it: a start 1e-15 away must."""
    moved, _, _ = again(function, problem, options, {k: v * (1 + 1e-15) + 1e-15 for k, v in START[problem].items()})
    for k, values in path.items():
        worst = (torch.stack(values) - torch.stack(moved[k])).abs().max().item()
        assert worst < 2e-12, f"{function} on {problem} with {options}: {worst}"


def describe(function, problem, options, path, losses):
    name = ", ".join([problem, *(f"{k} {v}" for k, v in options.items())])
    start = START[problem]
    value = {k: torch.stack(v) for k, v in path.items()}
    return {"name": name, "function": function, "problem": problem, "options": options, "start": start, "losses": losses, "value": value}


def to_torch(options):
    return {to_snake(k): {"strongWolfe": "strong_wolfe"}.get(v, v) if isinstance(v, str) else v for k, v in options.items()}


def add_clipping(table):
    tree = {"weight": numbers("clip/weight", 2, 3, scale=2), "bias": numbers("clip/bias", 2, scale=2)}
    small = {"weight": numbers("clip/small", 2, 3, scale=0.01)}
    zero = {"weight": torch.zeros(2, 2, dtype=torch.float64)}
    for label, gradients in (("a tree", tree), ("small", small), ("zeros", zero)):
        for limit in (0.5, 1, 100):
            add_clip(table, "clipByValue", f"{label}, {limit}", gradients, {"limit": limit}, lambda p: torch.nn.utils.clip_grad_value_(p, limit))
            add_clip(table, "clipByGlobalNorm", f"{label}, {limit}", gradients, {"maxNorm": limit}, lambda p: torch.nn.utils.clip_grad_norm_(p, limit))
    for norm in (1, float("inf")):
        options = {"maxNorm": 1, "normType": norm}
        add_clip(table, "clipByGlobalNorm", f"a tree, norm {norm}", tree, options, lambda p: torch.nn.utils.clip_grad_norm_(p, 1, norm_type=norm))


def add_clip(table, function, name, gradients, options, clip):
    parameters = {k: torch.nn.Parameter(torch.zeros_like(v)) for k, v in gradients.items()}
    for k, p in parameters.items():
        p.grad = gradients[k].clone()
    norm = clip(parameters.values())
    found = {"value": {k: p.grad for k, p in parameters.items()}}
    table.append({"name": name, "function": function, "arguments": [gradients], "options": options, **found, **({} if norm is None else {"norm": norm})})
