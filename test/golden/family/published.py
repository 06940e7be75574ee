"""published.json: numbers that documentation, test suites and papers print, each compared here with the functions that make the other tables."""

import math

import torch
import torch.nn.functional as F

import losses
import metrics
import models
import optimizers
from table import Table, to_snake, vector

PAIR = [vector(2.5, 0, 2, 8), vector(3, -0.5, 2, 7)]
KERAS = [vector(-18.6, 0.51, 2.94, -12.8), vector(0, 1, 0, 0)]
SQUARE = [t.reshape(2, 2) for t in KERAS]
LOGITS = vector(1.1050, 0.3013, -1.5394, -2.1528, -0.8634, 1.0730, -0.9419, -0.1670, -0.6582, 0.5061, 0.8318, 1.1154, -0.3610, 0.5351, 1.0830).reshape(3, 5)
TARGETS = torch.tensor([1, 0, 4])
MASKS = [
    vector(2.3611, -0.8813, -0.5006, -0.2178, 0.0419, 0.0763, -1.0457, -1.6692, -1.0494, 0.8111, 1.5723, 1.2315, 1.3081, 0.6641, 1.1802, -0.2547, 0.5292, 0.7636, 0.3692, -0.8318).reshape(5, 4),
    vector(0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0).reshape(5, 4),
]
CHANCES = vector(math.log(0.05), math.log(0.95), -100, math.log(0.1), math.log(0.8), math.log(0.1)).reshape(2, 3)
DISTANCES = [vector(0.4, 0.2, 0.5, 0.5, 0.1, 0.3).reshape(6, 1), torch.zeros(6, 1).double(), 1 - vector(1, 0, 0, 0, 0, 1)]
DICE = [vector(0, 1, 0, 1, 0.4, 0, 0, 0.9).reshape(2, 2, 2), vector(1, 1, 0, 0, 1, 1, 0, 0).reshape(2, 2, 2)]
FLUX_MASKS = [vector(0, 1.4, 0.5, 1.2).reshape(1, 4), vector(1, 0.5, 0.3, 2.4).reshape(1, 4)]
FLUX_CHANCES = torch.log(vector(0.4, 0.5, 0.1, 0.2, 0.5, 0.3).reshape(2, 3))

COMPUTE = {
    "mse": losses.with_sample_weight(F.mse_loss),
    "mae": losses.with_sample_weight(F.l1_loss),
    "huber": F.huber_loss,
    "smoothL1": F.smooth_l1_loss,
    "logCosh": losses.of_elements(losses.log_cosh),
    "mape": losses.of_elements(losses.mape),
    "poissonNll": F.poisson_nll_loss,
    "gaussianNll": losses.gaussian_nll,
    "crossEntropy": losses.cross_entropy,
    "binaryCrossEntropyWithLogits": losses.with_sample_weight(F.binary_cross_entropy_with_logits),
    "focal": losses.focal,
    "hinge": losses.of_elements(losses.hinge),
    "squaredHinge": losses.of_elements(losses.squared_hinge),
    "multiMargin": F.multi_margin_loss,
    "klDivergence": losses.kl_divergence,
    "contrastive": losses.of_elements(losses.contrastive),
    "marginRanking": F.margin_ranking_loss,
    "dice": losses.of_elements(losses.dice),
    "tversky": losses.of_elements(losses.tversky),
    "minimaxDiscriminator": losses.minimax_discriminator,
    "nonSaturatingGenerator": losses.non_saturating_generator,
    "semanticExactlyOne": losses.of_elements(losses.semantic_exactly_one),
    "metric.r2": metrics.on_arrays(metrics.sk.r2_score),
    "metric.mse": metrics.on_arrays(metrics.sk.mean_squared_error),
    "metric.mae": metrics.on_arrays(metrics.sk.mean_absolute_error),
    "metric.bleu": metrics.bleu,
}


def make():
    table = Table("as each case says", "published = times * ours (times 1 unless given), within tolerance")
    add_losses(table)
    add_optimizers(table)
    add_models(table)
    return table


def add(table, source, function, arguments, value, options=None, times=1, tolerance=None):
    """`tolerance` is half of the last printed digit and what single precision adds; by default 1e-9, for numbers recomputed to ten digits."""
    options, tolerance = options or {}, tolerance or 1e-9
    found = COMPUTE[function](*arguments, **{to_snake(k): v for k, v in options.items()})
    expected = torch.as_tensor(value, dtype=torch.float64)
    worst = (times * torch.as_tensor(found, dtype=torch.float64) - expected).abs().max().item()
    assert worst <= tolerance, (source, function, found, value, worst)
    count = sum(case["function"] == function for case in table.cases) + 1
    case = {"name": f"{source} {count}", "function": function, "arguments": arguments, "options": options, "value": value}
    table.append({**case, **({"times": times} if times != 1 else {}), "tolerance": tolerance, "source": source})


def add_losses(table):
    docs = "scikit-learn, documentation of the metrics"
    reverse = PAIR[::-1]
    add(table, docs, "metric.mse", reverse, 0.375)
    add(table, docs, "metric.mae", reverse, 0.5)
    add(table, docs, "metric.r2", reverse, 0.948608137, tolerance=1e-9)
    add(table, docs, "mse", PAIR, 0.375)
    add(table, docs, "mae", PAIR, 0.5)
    recomputed = "recomputed in plain Python from the definition"
    add(table, recomputed, "logCosh", PAIR, 0.1685024611)
    add(table, recomputed, "huber", PAIR, 0.1875)
    add(table, recomputed, "huber", PAIR, 0.15625, {"delta": 0.5})
    add(table, recomputed, "smoothL1", PAIR, 0.3125, {"beta": 0.5})

    keras = "Keras 3, docstrings of the losses"
    add(table, keras, "mse", [vector(0.9, 0.1, 0.8), vector(1, 0, 1)], 0.02)
    add(table, keras, "mae", [vector(1.9, 0.3, 1.8), vector(1, 0.3, 1)], 0.5666667, tolerance=1e-7)
    add(table, keras, "mape", [vector(90, 210, 310), vector(100, 200, 300)], 6.111111, times=100, tolerance=1e-6)
    f = "binaryCrossEntropyWithLogits"
    add(table, keras, f, KERAS, [8.35839e-9, 0.470313318, 2.991515712, 2.760769e-6], {"reduction": "none"})
    add(table, keras, f, KERAS, 0.8654579498)
    weighted = {"sampleWeight": vector(0.8, 0.2)}
    add(table, keras + " (which divide by the count; by the weights it is twice that)", f, SQUARE, 0.2436385889, weighted, times=0.5)
    add(table, recomputed, f, SQUARE, 0.4872771778, weighted)
    for gamma, plain, balanced in ((2, 0.6912120758, 0.5101332955), (3, 0.647, 0.482)):
        near = 1e-9 if gamma == 2 else 6e-4
        add(table, keras, "focal", KERAS, plain, {"gamma": gamma, "alpha": -1}, tolerance=near)
        add(table, keras, "focal", KERAS, balanced, {"gamma": gamma, "alpha": 0.25}, tolerance=near)
    for alpha, printed in ((-1, 1.222), (0.25, 0.914)):
        add(table, keras + " (sum over the batch of row means: half the sum)", "focal", SQUARE, printed, {"gamma": 4, "alpha": alpha, "reduction": "sum"}, times=0.5, tolerance=6e-4)
    ids = torch.tensor([1, 2])
    add(table, keras, "crossEntropy", [CHANCES, ids], [0.0512932944, 2.302585093], {"reduction": "none"})
    add(table, keras, "crossEntropy", [CHANCES, ids], 1.1769391937)
    weighted = {"sampleWeight": vector(0.3, 0.7)}
    add(table, keras + " (which divide by the count)", "crossEntropy", [CHANCES, ids], 0.8135987767, weighted, times=0.5)
    add(table, recomputed, "crossEntropy", [CHANCES, ids], 1.6271975534, weighted)
    quarter = vector(0.25, 0.25, 0.25)
    add(table, keras, "focal", [CHANCES, ids], [3.2058309e-5, 0.4662734813], {"alpha": quarter, "reduction": "none"})
    add(table, keras, "focal", [CHANCES, ids], 0.2331527698, {"alpha": quarter})
    add(table, keras, "dice", DICE, [0.5, 0.75757575], {"smooth": 1e-7, "reduction": "none"}, tolerance=1e-7)
    add(table, keras + " (the whole batch as one)", "dice", [t.reshape(1, 8) for t in DICE], 0.6164384, {"smooth": 1e-7}, tolerance=1e-7)

    candle = "candle, tests of the losses (made by PyTorch); further digits recomputed"
    add(table, candle, "crossEntropy", [LOGITS, TARGETS], [1.332485731, 0.7733765037, 1.2878382871], {"reduction": "none"})
    add(table, candle, "crossEntropy", [LOGITS, TARGETS], 1.1312335073)
    add(table, candle, "crossEntropy", [LOGITS, TARGETS], 1.2346924252, {"weight": vector(1, 2, 3, 4, 5)})
    add(table, candle, "crossEntropy", [LOGITS, TARGETS], 1.214030174, {"labelSmoothing": 0.1})
    add(table, candle, "crossEntropy", [LOGITS, TARGETS], 1.3101620091, {"ignoreIndex": 0})
    add(table, candle, f, MASKS, 0.8224430962)
    add(table, candle, f, MASKS, 1.1128898668, {"posWeight": vector(3)})
    add(table, candle, "huber", MASKS, 0.4734, tolerance=5e-5)
    add(table, candle, "huber", MASKS, 0.4483, {"delta": 0.88}, tolerance=5e-5)

    mlx, two = "MLX, tests of the losses", vector(2, -1, -1, 2).reshape(2, 2)
    for offset in (0, 1e4, 1e6):
        add(table, mlx, "crossEntropy", [two + offset, torch.tensor([0, 1])], 0.04858735, tolerance=1e-8)
    add(table, mlx, "crossEntropy", [two, torch.tensor([0, 1])], 0.498587, {"labelSmoothing": 0.3}, tolerance=1e-6)

    optax = "optax, docstring of softmax_cross_entropy"
    one_hot = vector(0, 1, 0, 1, 0, 0).reshape(2, 3)
    add(table, optax, "crossEntropy", [vector(10, 1, -2, 1, 4, 0.2).reshape(2, 3), one_hot], [9.00013, 3.0696733], {"reduction": "none"}, tolerance=6e-6)

    torch_docs = "PyTorch, documentation of the losses"
    add(table, torch_docs, f, [vector(1.5), vector(1)], 0.201413278)
    add(table, torch_docs, "multiMargin", [vector(0.1, 0.2, 0.4, 0.8).reshape(1, 4), torch.tensor([3])], 0.325)

    flux = "Flux, tests of the losses"
    add(table, flux, "mse", [vector(0.9, 0.1, 0.1, 0.9), vector(1, 1, 0, 0)], 0.41)
    add(table, flux, "huber", [vector(0.9, 0.1, 0.1, 0.9), vector(1, 1, 0, 0)], 0.205)
    odds = torch.log(vector(0.1, 0.9, 0.9, 0.1, 0.9, 0.1, 0.1, 0.9).reshape(4, 2))
    add(table, flux, "crossEntropy", [odds, torch.tensor([1, 1, 0, 0])], 1.203972804325936)
    add(table, flux, "klDivergence", [torch.log(vector(4, 5, 6)), vector(1, 2, 3)], -1.7661057888493457)
    add(table, flux, "hinge", [vector(1, 2, 3, 4), vector(0.5, 1, 1.5, 2)], 0.125)
    add(table, flux, "squaredHinge", [vector(1, 2, 3, 4), vector(0.5, 1, 1.5, 2)], 0.0625)
    add(table, flux, "poissonNll", [vector(0.4, 0.5, 0.6), vector(0.1, 0.2, 0.3)], 0.6278353988097339, {"logInput": False, "eps": 0})
    add(table, flux, "dice", FLUX_MASKS, 0.28, {"p": 2})
    add(table, flux, "tversky", FLUX_MASKS, -0.06772009029345383, {"alpha": 0.7, "beta": 0.3})
    add(table, flux, "tversky", FLUX_MASKS, -0.09490740740740744, {"alpha": 0.8, "beta": 0.2})
    p, y = vector(0.268941, 0.5, 0.268941, 0.731059, 0.5, 0.731059).reshape(2, 3), vector(0, 1, 0, 1, 0, 1).reshape(2, 3)
    add(table, flux, "focal", [torch.logit(p), y], 0.0728675615927385, {"alpha": -1})
    p, y = vector(0.6, 0.3, 0.4, 0.7).reshape(2, 2), vector(1, 0, 0, 1).reshape(2, 2)
    add(table, flux, "focal", [torch.logit(p), y], 0.05691642237852222, {"alpha": -1})
    add(table, flux, "focal", [torch.arange(-7, 8).double().reshape(5, 3), torch.tensor([0, 1, 2, 1, 0])], 1.1277571935622628, tolerance=1e-6)
    add(table, flux, "focal", [FLUX_CHANCES, torch.tensor([0, 2])], 0.45990566879720157)
    for margin, printed in ((1, 0.2333333333333333), (0.5, 0.1), (1.5, 0.5333333333333333)):
        add(table, flux + " (1 means different there, and there is no half)", "contrastive", DISTANCES, printed, {"margin": margin}, times=2)
    scores = [vector(1.2, 2.3, 3.4), vector(9.8, 8.7, 7.6), vector(1, 1, 1)]
    add(table, flux, "marginRanking", scores, [8.6, 6.4, 4.2], {"reduction": "none"})
    add(table, flux, "marginRanking", scores, 22.2, {"margin": 1, "reduction": "sum"})

    third = torch.full((1, 3), 1 / 3, dtype=torch.float64)
    p = vector(0.36, 0.48, 0.16).reshape(1, 3)
    kl = "Kullback and Leibler's divergence of [9, 12, 4]/25 and the uniform distribution, as printed in encyclopedias"
    add(table, kl, "klDivergence", [torch.log(third), p], 0.0852996013, {"reduction": "batchMean"})
    add(table, kl, "klDivergence", [torch.log(p), third], 0.0974550068, {"reduction": "batchMean"})
    gan = "Goodfellow et al. 2014, theorem 1: the value at equilibrium, log 4"
    add(table, gan, "minimaxDiscriminator", [vector(0), vector(0)], 1.3862943611)
    add(table, gan, "nonSaturatingGenerator", [vector(0)], 0.6931471806)
    gaussian = "closed form: variance 1, error 1"
    add(table, gaussian, "gaussianNll", [vector(1), vector(0), vector(1)], 0.5)
    add(table, gaussian, "gaussianNll", [vector(1), vector(0), vector(1)], 1.4189385332, {"full": True})
    semantic = "Xu et al. 2018, recomputed from the formula"
    for row, printed in (([0.5] * 3, 0.980829253), ([0.1] * 10, 0.9482446409), ([0.9, 0.05, 0.05], 0.1963190664), ([1, 0, 0], 0)):
        add(table, semantic, "semanticExactlyOne", [vector(*row)], printed)
    cat = [[["there is a cat on the mat", "a cat is on the mat"]], ["the cat is on the mat"]]
    add(table, "torchmetrics, documentation of BLEUScore", "metric.bleu", cat, 0.7598356857)


def add_optimizers(table):
    """`value` has a row per step: the objective after it (optax), or w (closed forms recomputed in plain Python)."""
    optax = "optax, docstring traces: sum(x²) from [1, 2, 3], five steps"
    for function, options, printed in (
        ("sgd", {"lr": 0.003}, [13.832504, 13.667012, 13.5035, 13.341944, 13.182321]),
        ("adam", {"lr": 0.003}, [13.964027, 13.928109, 13.892248, 13.856444, 13.820698]),
        ("adamw", {"lr": 0.003, "weightDecay": 1e-4}, [13.964019, 13.928093, 13.892223, 13.856411, 13.820657]),
        ("adagrad", {"lr": 1, "initialAccumulatorValue": 0.1}, [5.011927, 2.402696, 1.254827, 0.686096, 0.385194]),
        ("rmsprop", {"lr": 0.003, "alpha": 0.9}, [13.886428, 13.804557, 13.736314, 13.675961, 13.620836]),
    ):
        path = follow(function, options, vector(1, 2, 3), lambda w: (w**2).sum(), 5)
        add_path(table, optax, function, options, {"objective": "sum(w²)", "start": vector(1, 2, 3)}, (path**2).sum(1), printed, 1e-6)
    traces = "closed forms recomputed in plain Python: (w0² + 10 w1²)/2 from [1, 1], three steps"
    for function, options, printed in (
        ("sgd", {}, [[0.95, 0.5], [0.9025, 0.25], [0.857375, 0.125]]),
        ("sgd", {"momentum": 0.9}, [[0.95, 0.5], [0.8575, -0.2], [0.731375, -0.73]]),
        ("sgd", {"momentum": 0.9, "nesterov": True}, [[0.905, 0.05], [0.778525, -0.4025], [0.631462625, -0.404875]]),
        ("adagrad", {}, [[0.95] * 2, [0.9155625269] * 2, [0.8879107575] * 2]),
        ("rmsprop", {}, [[0.50000005, 0.500000005], [0.2754934247, 0.275493365], [0.1548437265, 0.154843668]]),
        ("adam", {}, [[0.95] * 2, [0.9000832438] * 2, [0.8503116972] * 2]),
        ("adamw", {"weightDecay": 0.1}, [[0.945] * 2, [0.8903686593] * 2, [0.8361739422] * 2]),
    ):
        options = {"lr": 0.05, **options}
        start = vector(1, 1)
        path = follow(function, options, start, lambda w: (w[0] ** 2 + 10 * w[1] ** 2) / 2, 3)
        recipe = {"objective": "(w0² + 10 w1²)/2", "start": start}
        add_path(table, traces, function, options, recipe, path, printed, 1e-7 if function in ("rmsprop",) else 2e-9)


def follow(function, options, start, objective, steps):
    w = start.clone().requires_grad_()
    optimizer = optimizers.OPTIMIZERS[function]([w], **optimizers.to_torch(options))
    path = []
    for _ in range(steps):
        optimizer.zero_grad()
        objective(w).backward()
        optimizer.step()
        path.append(w.detach().clone())
    return torch.stack(path)


def add_path(table, source, function, options, recipe, found, printed, tolerance):
    worst = (found - torch.tensor(printed, dtype=torch.float64)).abs().max().item()
    assert worst <= tolerance, (source, function, options, found, worst)
    name = ", ".join([source, *(f"{k} {v}" for k, v in options.items())])
    table.append({"name": name, "function": f"optim.{function}", **recipe, "options": options, "value": printed, "tolerance": tolerance, "source": source})


def add_models(table):
    x, y = vector(0, 0, 1, 1, 2, 2).reshape(3, 2), vector(0, 1, 2)
    add_model(table, "scikit-learn, documentation of Lasso", "lasso", x, y, {"alpha": 0.1}, models.Lasso(0.1, tol=1e-12), {"coef": [0.85, 0], "intercept": 0.15})
    x, y = vector(0, 0, 0, 0, 1, 1).reshape(3, 2), vector(0, 0.1, 1)
    value = {"coef": [0.3454545455, 0.3454545455], "intercept": 0.1363636364}
    add_model(table, "scikit-learn, documentation of Ridge", "ridge", x, y, {"alpha": 0.5}, models.Ridge(0.5), value)


def add_model(table, source, function, x, y, options, model, value):
    model.fit(x.numpy(), y.numpy())
    assert max(abs(model.coef_ - value["coef"])) < 1e-9 and abs(model.intercept_ - value["intercept"]) < 1e-9, (model.coef_, model.intercept_)
    table.append({"name": source, "function": f"model.{function}", "arguments": [x, y], "options": options, "value": value, "tolerance": 1e-9, "source": source})
