"""
loss.json: every loss, with gradients. What PyTorch has is PyTorch's own function; the rest is the published formula, written here in
PyTorch's operations and differentiated by autograd. README.md has the formulas, the order of the arguments and the sources.
"""

import warnings

import torch
import torch.nn.functional as F

from table import Table, chances, indices, numbers, vector

warnings.filterwarnings("ignore", message="reduction: 'mean' divides")  # PyTorch means to change kl_div's mean one day
REDUCTIONS = ("mean", "sum", "none")


def make():
    table = Table("PyTorch 2.13.0", "float64; what PyTorch lacks is the formula in README.md, differentiated by PyTorch's autograd")
    for family in (
        add_regression,
        add_cross_entropy,
        add_binary,
        add_margins,
        add_divergence,
        add_similarity,
        add_segmentation,
        add_boxes,
        add_sequences,
        add_reinforcement,
        add_adversarial,
        add_several_tasks,
        add_penalties,
    ):
        family(table)
    return table


def add(table, name, function, compute, arguments, options=None, reductions=None, **rest):
    """One case per reduction; with options the sum, which the unreduced case implies, is left out unless asked for."""
    for reduction in reductions or (("mean", "none") if options else REDUCTIONS):
        table.differentiate(f"{name}, {reduction}", function, compute, arguments, {**(options or {}), "reduction": reduction}, **rest)


# ---------------------------------------------------------------------------------------------------------------- reductions and weights


def reduce(elements, reduction="mean", sample_weight=None):
    """With sample weights: sum(w l), and for the mean sum(w l) / sum(w), as scikit-learn. Weights of [N] stand for the whole row."""
    if sample_weight is None:
        return {"mean": elements.mean, "sum": elements.sum, "none": elements.clone}[reduction]()
    weight = sample_weight
    while weight.dim() < elements.dim():
        weight = weight.unsqueeze(-1)
    weight = weight.expand_as(elements)
    weighted = elements * weight
    return {"mean": lambda: weighted.sum() / weight.sum(), "sum": weighted.sum, "none": lambda: weighted}[reduction]()


def with_sample_weight(loss):
    """PyTorch's own reduction where there are no sample weights, ours where there are."""

    def compute(*arguments, reduction="mean", sample_weight=None, **options):
        if sample_weight is None:
            return loss(*arguments, reduction=reduction, **options)
        return reduce(loss(*arguments, reduction="none", **options), reduction, sample_weight)

    return compute


def of_elements(elements):
    """A loss from the formula of its elements."""

    def compute(*arguments, reduction="mean", sample_weight=None, **options):
        return reduce(elements(*arguments, **options), reduction, sample_weight)

    return compute


# ------------------------------------------------------------------------------------------------------------------------------ regression


def log_cosh(input, target):
    d = (input - target).abs()
    return d + F.softplus(-2 * d) - torch.log(vector(2).to(d.dtype))


def quantile(input, target, quantile=0.5):
    d = target - input
    return torch.where(d >= 0, quantile * d, (quantile - 1) * d)


def mape(input, target, eps=2.220446049250313e-16):
    return (input - target).abs() / target.abs().clamp_min(eps)


def msle(input, target):
    return (torch.log1p(input) - torch.log1p(target)) ** 2


def gaussian_nll(input, target, variance, reduction="mean", full=False, eps=1e-6):
    return F.gaussian_nll_loss(input, target, variance, full=full, eps=eps, reduction=reduction)


def add_regression(table):
    x, y = numbers("regression/input", 3, 4, scale=1.5), numbers("regression/target", 3, 4, scale=1.5)
    x1, y1 = numbers("regression/input, one axis", 5, scale=2), numbers("regression/target, one axis", 5, scale=2)
    x3, y3 = numbers("regression/input, three axes", 2, 2, 3), numbers("regression/target, three axes", 2, 2, 3)
    rows, everything = vector(0.5, 2, 1.25), numbers("regression/weights", 3, 4, low=0, high=2)
    plain = [
        ("mse", F.mse_loss, {}),
        ("mae", F.l1_loss, {}),
        ("huber", F.huber_loss, {}),
        ("huber", F.huber_loss, {"delta": 0.5}),
        ("huber", F.huber_loss, {"delta": 2.5}),
        ("smoothL1", F.smooth_l1_loss, {}),
        ("smoothL1", F.smooth_l1_loss, {"beta": 0.5}),
        ("smoothL1", F.smooth_l1_loss, {"beta": 2}),
        ("smoothL1", F.smooth_l1_loss, {"beta": 0}),
        ("logCosh", of_elements(log_cosh), {}),
        ("quantile", of_elements(quantile), {}),
        ("quantile", of_elements(quantile), {"quantile": 0.9}),
        ("quantile", of_elements(quantile), {"quantile": 0.05}),
        ("mape", of_elements(mape), {}),
    ]
    for function, loss, options in plain:
        loss = with_sample_weight(loss)
        suffix = "".join(f", {k} {v}" for k, v in options.items())
        add(table, f"matrix{suffix}", function, loss, [x, y], options)
        if options:
            continue
        add(table, "vector", function, loss, [x1, y1], options, ["mean"])
        add(table, "three axes", function, loss, [x3, y3], options, ["mean"])
        add(table, "one number", function, loss, [vector(0.3), vector(-0.4)], options, ["mean"])
        add(table, "sample weight by row", function, loss, [x, y], {**options, "sampleWeight": rows})
        add(table, "sample weight by element", function, loss, [x, y], {**options, "sampleWeight": everything}, ["mean", "sum"])
        far = [vector(1e4, -1e4, 3e3, 0), vector(-1e4, 1e4, 2e3, 1e4)]
        add(table, "differences up to 2e4", function, loss, far, options, ["mean", "none"], smooth=function == "mse")
    same = [vector(1, -2, 0.5), vector(1, -2, 0.75)]
    for function, loss in (("mse", F.mse_loss), ("mae", F.l1_loss), ("huber", F.huber_loss), ("smoothL1", F.smooth_l1_loss)):
        add(table, "ties: input equals target", function, loss, same, {}, ["mean", "sum"], smooth=False)
    add(table, "ties: input equals target", "logCosh", of_elements(log_cosh), same, {}, ["sum"], smooth=False)
    edge = [vector(1, -1, 0.5, 3), vector(0, 0, 0, 0)]
    for delta in (1, 0.5, 3):
        add(table, f"differences of exactly delta {delta}", "huber", F.huber_loss, edge, {"delta": delta}, ["none"], smooth=False)
        add(table, f"differences of exactly beta {delta}", "smoothL1", F.smooth_l1_loss, edge, {"beta": delta}, ["none"], smooth=False)
    add(table, "targets near 0 are divided by eps", "mape", of_elements(mape), [vector(0.2, 1.5), vector(0.01, 2)], {"eps": 0.1})
    p, q = numbers("msle/input", 3, 3, low=0, high=6), numbers("msle/target", 3, 3, low=0, high=6)
    add(table, "matrix", "msle", of_elements(msle), [p, q])
    add(table, "zeros", "msle", of_elements(msle), [vector(0, 2, 0, 1e4), vector(1, 0, 0, 10)], {}, ["mean"])
    add(table, "sample weight by row", "msle", of_elements(msle), [p, q], {"sampleWeight": rows})

    poisson = with_sample_weight(F.poisson_nll_loss)
    counts = vector(0, 1, 2, 5, 0, 3).reshape(2, 3)
    add(table, "log input", "poissonNll", poisson, [numbers("poisson/log", 2, 3), counts], wrt=[True, False])
    add(table, "log input, full", "poissonNll", poisson, [numbers("poisson/log", 2, 3), counts], {"full": True}, wrt=[True, False])
    rates = numbers("poisson/rate", 2, 3, low=0.1, high=4)
    add(table, "rate", "poissonNll", poisson, [rates, counts], {"logInput": False}, wrt=[True, False])
    add(table, "rate, full, eps", "poissonNll", poisson, [rates, counts], {"logInput": False, "full": True, "eps": 0.01}, wrt=[True, False])
    zero = [vector(0, 1, 2), vector(0, 0, 2)]
    add(table, "rate 0", "poissonNll", poisson, zero, {"logInput": False}, ["mean"], wrt=[True, False], smooth=False)
    add(table, "sample weight", "poissonNll", poisson, [rates, counts], {"logInput": False, "sampleWeight": vector(2, 0.5)}, ["mean"], wrt=[True, False])

    gaussian = with_sample_weight(gaussian_nll)
    mean, target, variance = numbers("gaussian/mean", 2, 3), numbers("gaussian/target", 2, 3), numbers("gaussian/variance", 2, 3, low=0.2, high=3)
    add(table, "matrix", "gaussianNll", gaussian, [mean, target, variance])
    add(table, "full", "gaussianNll", gaussian, [mean, target, variance], {"full": True})
    add(table, "one variance a row", "gaussianNll", gaussian, [mean, target, vector(0.5, 2).reshape(2, 1)], {}, ["mean", "none"])
    small = [vector(0.1, 0.2, 0.3), vector(0.1001, 0.2, 1), vector(0, 1e-8, 0.05)]
    add(table, "the gradient ignores the clamp of the variance", "gaussianNll", gaussian, small, {"eps": 0.1}, ["mean", "none"], smooth=False)
    add(table, "sample weight", "gaussianNll", gaussian, [mean, target, variance], {"sampleWeight": vector(2, 0.5)}, ["mean", "sum"])


# ---------------------------------------------------------------------------------------------------------------------------- crossEntropy


def cross_entropy(input, target, reduction="mean", sample_weight=None, weight=None, ignore_index=-100, label_smoothing=0.0):
    """PyTorch's; with sample weights the mean is sum(s w l) / sum(s w), where w is the class weight of the target (1 for probabilities)."""
    options = {"weight": weight, "ignore_index": ignore_index, "label_smoothing": label_smoothing}
    if sample_weight is None:
        return F.cross_entropy(input, target, reduction=reduction, **options)
    return average(F.cross_entropy(input, target, reduction="none", **options), target, weight, ignore_index, reduction, sample_weight)


def nll(input, target, reduction="mean", sample_weight=None, weight=None, ignore_index=-100):
    if sample_weight is None:
        return F.nll_loss(input, target, weight=weight, ignore_index=ignore_index, reduction=reduction)
    return average(F.nll_loss(input, target, weight=weight, ignore_index=ignore_index, reduction="none"), target, weight, ignore_index, reduction, sample_weight)


def average(elements, target, weight, ignore_index, reduction, sample_weight):
    weighted = sample_weight * elements
    if reduction != "mean":
        return weighted.sum() if reduction == "sum" else weighted
    counted = sample_weight
    if not target.is_floating_point():
        kept = target != ignore_index
        counted = counted * kept * (1 if weight is None else weight[target.where(kept, 0)])
    return weighted.sum() / counted.sum()


def add_cross_entropy(table):
    f, cross = "crossEntropy", cross_entropy
    x, t = numbers("crossEntropy/logits", 4, 5, scale=2), torch.tensor([1, 0, 4, 1])
    w = vector(1, 2, 0.5, 3, 0.25)
    add(table, "index targets", f, cross, [x, t])
    add(table, "index targets, weight", f, cross, [x, t], {"weight": w})
    add(table, "index targets, ignoreIndex", f, cross, [x, t], {"ignoreIndex": 1})
    add(table, "index targets, -100 is ignored", f, cross, [x, torch.tensor([1, -100, 4, -100])])
    add(table, "index targets, labelSmoothing", f, cross, [x, t], {"labelSmoothing": 0.1})
    add(table, "index targets, weight, labelSmoothing", f, cross, [x, t], {"weight": w, "labelSmoothing": 0.3})
    everything = {"weight": w, "ignoreIndex": 0, "labelSmoothing": 0.2}
    add(table, "index targets, weight, ignoreIndex, labelSmoothing", f, cross, [x, t], everything)
    add(table, "a weight of 0", f, cross, [x, t], {"weight": vector(0, 1, 1, 1, 2)})
    add(table, "all ignored: the mean is NaN", f, cross, [x[:2], torch.tensor([-100, -100])], {}, smooth=False)
    add(table, "all weights 0: the mean is NaN", f, cross, [x[:2], torch.tensor([0, 0])], {"weight": vector(0, 1, 1, 1, 1)}, ["mean"], smooth=False)
    add(table, "one sample without a batch axis", f, cross, [x[0], torch.tensor(3)])
    add(table, "two classes", f, cross, [numbers("crossEntropy/two", 3, 2), torch.tensor([0, 1, 1])], {}, ["mean"])
    big = vector(1e4, -1e4, 0, 3, -1e4, 1e4, 1e4, 1e4, -1e4, -1e4, -1e4, -9990).reshape(3, 4)
    add(table, "logits of ±1e4", f, cross, [big, torch.tensor([1, 2, 3])], {}, ["mean", "none"])
    add(table, "logits of ±1e4, labelSmoothing", f, cross, [big, torch.tensor([1, 2, 3])], {"labelSmoothing": 0.1}, ["mean"])
    add(table, "equal logits", f, cross, [torch.zeros(2, 3, dtype=torch.float64), torch.tensor([0, 2])], {}, ["mean"])
    add(table, "sample weight", f, cross, [x, t], {"sampleWeight": vector(0.5, 2, 1, 0)})
    add(table, "sample weight, weight, ignoreIndex", f, cross, [x, t], {"sampleWeight": vector(0.5, 2, 1, 3), "weight": w, "ignoreIndex": 0})

    p = chances("crossEntropy/probabilities", 4, 5)
    add(table, "probability targets", f, cross, [x, p])
    add(table, "probability targets, weight: the mean divides by N", f, cross, [x, p], {"weight": w})
    add(table, "probability targets, labelSmoothing", f, cross, [x, p], {"labelSmoothing": 0.2})
    add(table, "probability targets, weight, labelSmoothing", f, cross, [x, p], {"weight": w, "labelSmoothing": 0.2})
    add(table, "probability targets, sample weight", f, cross, [x, p], {"sampleWeight": vector(0.5, 2, 1, 0)}, ["mean", "sum"])
    add(table, "one-hot targets", f, cross, [x, F.one_hot(t, 5).double()], {}, ["mean", "none"])
    add(table, "probability targets, logits of ±1e4", f, cross, [big, chances("crossEntropy/big", 3, 4)], {}, ["mean"])

    deep, places = numbers("crossEntropy/deep", 2, 3, 4), torch.tensor([[0, 2, 1, 1], [2, 2, 0, 1]])
    w3 = vector(1, 2, 0.5)
    add(table, "(N, C, T)", f, cross, [deep, places])
    add(table, "(N, C, T), weight, ignoreIndex", f, cross, [deep, places], {"weight": w3, "ignoreIndex": 2})
    add(table, "(N, C, T), labelSmoothing, weight", f, cross, [deep, places], {"labelSmoothing": 0.1, "weight": w3}, ["mean", "none"])
    add(table, "(N, C, T), sample weight by place", f, cross, [deep, places], {"sampleWeight": numbers("crossEntropy/places", 2, 4, low=0, high=2)})
    soft = torch.softmax(numbers("crossEntropy/deep targets", 2, 3, 4), 1)
    add(table, "(N, C, T), probability targets", f, cross, [deep, soft])
    add(table, "(N, C, T), probability targets, weight, labelSmoothing", f, cross, [deep, soft], {"weight": w3, "labelSmoothing": 0.1}, ["mean"])
    image = numbers("crossEntropy/image", 2, 3, 2, 2)
    add(table, "(N, C, H, W)", f, cross, [image, torch.tensor([[[0, 2], [1, 1]], [[2, -100], [0, 1]]])])

    logs = torch.log_softmax(x, 1)
    add(table, "index targets", "nll", nll, [logs, t])
    add(table, "weight", "nll", nll, [logs, t], {"weight": w})
    add(table, "weight, ignoreIndex", "nll", nll, [logs, t], {"weight": w, "ignoreIndex": 1})
    add(table, "all ignored: the mean is NaN", "nll", nll, [logs[:2], torch.tensor([-100, -100])], {}, smooth=False)
    add(table, "(N, C, T)", "nll", nll, [torch.log_softmax(deep, 1), places], {"weight": w3})
    add(table, "sample weight", "nll", nll, [logs, t], {"sampleWeight": vector(0.5, 2, 1, 0)})


# --------------------------------------------------------------------------------------------------------------------------- two classes


def focal(input, target, reduction="mean", sample_weight=None, gamma=2, alpha=None):
    elements = focal_of_index if not target.is_floating_point() else focal_of_logits
    return reduce(elements(input, target, gamma, alpha), reduction, sample_weight)


def focal_of_logits(input, target, gamma, alpha):
    """torchvision.ops.sigmoid_focal_loss, whose alpha is 0.25 unless told otherwise and off below 0."""
    alpha = 0.25 if alpha is None else alpha
    p = torch.sigmoid(input)
    p_t = p * target + (1 - p) * (1 - target)
    loss = F.binary_cross_entropy_with_logits(input, target, reduction="none") * (1 - p_t) ** gamma
    return loss if alpha < 0 else (alpha * target + (1 - alpha) * (1 - target)) * loss


def focal_of_index(input, target, gamma, alpha):
    log_p = torch.log_softmax(input, 1).gather(1, target.unsqueeze(1)).squeeze(1)
    loss = -((1 - log_p.exp()) ** gamma) * log_p
    return loss if alpha is None else alpha[target] * loss


def add_binary(table):
    f, loss = "binaryCrossEntropy", with_sample_weight(F.binary_cross_entropy)
    p, y = numbers("binary/probabilities", 3, 4, low=0.02, high=0.98), torch.tensor([[0, 1, 1, 0], [1, 1, 0, 0], [0, 1, 0, 1]]).double()
    soft = numbers("binary/soft targets", 3, 4, low=0, high=1)
    w = numbers("binary/weights", 3, 4, low=0, high=2)
    add(table, "matrix", f, loss, [p, y], wrt=[True, False])
    add(table, "soft targets", f, loss, [p, soft])
    add(table, "weight: the mean divides by the count", f, loss, [p, y], {"weight": w}, wrt=[True, False])
    add(table, "one weight a column", f, loss, [p, y], {"weight": vector(1, 2, 0.5, 3)}, ["mean", "none"], wrt=[True, False])
    add(table, "sample weight", f, loss, [p, y], {"sampleWeight": vector(0.5, 2, 1)}, wrt=[True, False])
    certain = [vector(0, 1, 1, 0, 1e-50), vector(0, 1, 0, 1, 1)]
    add(table, "probabilities of 0 and 1: logarithms stop at -100", f, loss, certain, {}, ["mean", "none"], wrt=[True, False], smooth=False)

    f, loss = "binaryCrossEntropyWithLogits", with_sample_weight(F.binary_cross_entropy_with_logits)
    x = numbers("binary/logits", 3, 4, scale=2)
    add(table, "matrix", f, loss, [x, y])
    add(table, "soft targets", f, loss, [x, soft])
    add(table, "posWeight", f, loss, [x, y], {"posWeight": vector(3, 1, 0.5, 2)})
    add(table, "posWeight, one for all", f, loss, [x, y], {"posWeight": vector(3)}, ["mean"])
    add(table, "weight: the mean divides by the count", f, loss, [x, y], {"weight": w})
    add(table, "posWeight, weight, soft targets", f, loss, [x, soft], {"posWeight": vector(3, 1, 0.5, 2), "weight": w})
    add(table, "sample weight", f, loss, [x, y], {"sampleWeight": vector(0.5, 2, 1)})
    add(table, "sample weight, posWeight", f, loss, [x, y], {"sampleWeight": vector(0.5, 2, 1), "posWeight": vector(3, 1, 0.5, 2)}, ["mean"])
    big = [vector(1e4, -1e4, 1e4, -1e4, 40, -40, 0), vector(1, 0, 0, 1, 0, 1, 0.5)]
    add(table, "logits of ±1e4", f, loss, big, {}, ["mean", "none"])
    add(table, "logits of ±1e4, posWeight", f, loss, big, {"posWeight": vector(5)}, ["none"])

    first = {"wrt": [True, False]}
    add(table, "binary", "focal", focal, [x, y], **first)
    add(table, "binary, gamma 0 without alpha is the cross-entropy", "focal", focal, [x, y], {"gamma": 0, "alpha": -1}, ["mean"], **first)
    add(table, "binary, without alpha", "focal", focal, [x, y], {"alpha": -1}, **first)
    add(table, "binary, gamma 0.5, alpha 0.75", "focal", focal, [x, y], {"gamma": 0.5, "alpha": 0.75}, **first)
    add(table, "binary, gamma 5", "focal", focal, [x, y], {"gamma": 5}, ["mean"], **first)
    add(table, "binary, soft targets", "focal", focal, [x, soft], {"gamma": 2}, ["mean"], **first)
    add(table, "binary, sample weight", "focal", focal, [x, y], {"sampleWeight": vector(0.5, 2, 1)}, ["mean", "sum"], **first)
    add(table, "binary, logits of ±1e4", "focal", focal, [vector(1e4, -1e4, 1e4, -1e4), vector(1, 0, 0, 1)], {}, ["mean", "none"], **first)
    z, t = numbers("focal/logits", 4, 3, scale=1.5), torch.tensor([0, 2, 1, 1])
    add(table, "index targets", "focal", focal, [z, t])
    add(table, "index targets, alpha: the mean divides by N", "focal", focal, [z, t], {"alpha": vector(0.25, 0.5, 1)})
    add(table, "index targets, gamma 0 is the cross-entropy", "focal", focal, [z, t], {"gamma": 0}, ["mean"])
    add(table, "index targets, gamma 3.5", "focal", focal, [z, t], {"gamma": 3.5})
    add(table, "index targets, sample weight", "focal", focal, [z, t], {"sampleWeight": vector(1, 2, 0, 0.5)}, ["mean"])
    far = vector(1e4, -1e4, 0, -1e4, 0, 1e4).reshape(2, 3)
    add(table, "index targets, logits of ±1e4", "focal", focal, [far, torch.tensor([0, 0])], {}, ["mean", "none"])


# -------------------------------------------------------------------------------------------------------------------------------- margins


def hinge(input, target):
    return torch.relu(1 - input * target)


def squared_hinge(input, target):
    return torch.relu(1 - input * target) ** 2


def add_margins(table):
    x, y = numbers("margins/scores", 2, 4, scale=1.5), vector(1, -1, -1, 1, 1, 1, -1, -1).reshape(2, 4)
    first = {"wrt": [True, False]}
    tie = [vector(1, -1, 0, 2), vector(1, -1, 1, -1)]
    far = [vector(1e4, -1e4, 1e4, -1e4), vector(1, -1, -1, 1)]
    for function, loss in (
        ("hinge", of_elements(hinge)),
        ("squaredHinge", of_elements(squared_hinge)),
        ("softMargin", with_sample_weight(F.soft_margin_loss)),
    ):
        add(table, "matrix", function, loss, [x, y], **first)
        add(table, "sample weight", function, loss, [x, y], {"sampleWeight": vector(0.5, 3)}, **first)
        add(table, "scores of exactly 1: no gradient at the corner", function, loss, tie, {}, ["mean", "none"], smooth=False, **first)
        stable = of_elements(lambda x, y: F.softplus(-x * y)) if function == "softMargin" else loss  # PyTorch's own is infinite here
        add(table, "scores of ±1e4", function, stable, far, {}, ["mean", "none"], smooth=False, **first)

    f, loss = "multiMargin", with_sample_weight(F.multi_margin_loss)
    z, t = numbers("multiMargin/scores", 3, 4), torch.tensor([3, 0, 2])
    add(table, "index targets", f, loss, [z, t])
    add(table, "p 2", f, loss, [z, t], {"p": 2})
    add(table, "margin 0.5", f, loss, [z, t], {"margin": 0.5}, ["mean"])
    add(table, "weight, p 2, margin 2", f, loss, [z, t], {"weight": vector(1, 2, 0.5, 3), "p": 2, "margin": 2})
    add(table, "one sample without a batch axis", f, loss, [vector(0.1, 0.2, 0.4, 0.8), torch.tensor(3)], {}, ["mean"])
    add(table, "sample weight", f, loss, [z, t], {"sampleWeight": vector(0.5, 2, 1)}, ["mean", "sum"])


def kl_divergence(input, target, reduction="mean", log_target=False):
    return F.kl_div(input, target, reduction={"batchMean": "batchmean"}.get(reduction, reduction), log_target=log_target)


def add_divergence(table):
    f, four = "klDivergence", (*REDUCTIONS, "batchMean")
    q, p = torch.log(chances("kl/q", 3, 4)), chances("kl/p", 3, 4)
    add(table, "target probabilities", f, kl_divergence, [q, p], {}, four)
    add(table, "log targets", f, kl_divergence, [q, torch.log(p)], {"logTarget": True}, four)
    add(table, "equal distributions", f, kl_divergence, [torch.log(p), p], {}, ["batchMean"])
    zero = vector(0.5, 0.5, 0, 0, 0, 1).reshape(2, 3)
    add(table, "a target of 0 costs nothing", f, kl_divergence, [torch.log(chances("kl/zero", 2, 3)), zero], {}, four, wrt=[True, False])
    three = torch.log(chances("kl/three axes", 2, 2, 3)), chances("kl/three axes, target", 2, 2, 3)
    add(table, "three axes", f, kl_divergence, list(three), {}, ["mean", "batchMean"])


# ----------------------------------------------------------------------------------------------------------------------------- similarity


def contrastive(input1, input2, target, margin=1.0):
    """Hadsell, Chopra, LeCun 2006, eq. 4, with the label turned round: 1 is the same class."""
    distance = torch.linalg.vector_norm(input1 - input2, dim=-1)
    return target * distance**2 / 2 + (1 - target) * torch.relu(margin - distance) ** 2 / 2


def info_nce(query, key, temperature=0.07, negatives="keys"):
    """InfoNCE: -log softmax_j(q_i . k_j / temperature)[i]. NT-Xent (`negatives="all"`): the same over all 2N - 1 other vectors, both ways."""
    q, k = F.normalize(query, dim=-1), F.normalize(key, dim=-1)
    if negatives == "keys":
        return F.cross_entropy(q @ k.T / temperature, torch.arange(len(q)), reduction="none")
    both = torch.cat([q, k])
    scores = (both @ both.T / temperature).masked_fill(torch.eye(len(both), dtype=torch.bool), -torch.inf)
    return F.cross_entropy(scores, (torch.arange(len(both)) + len(q)) % len(both), reduction="none")


def add_similarity(table):
    a, b, c = (numbers(f"similarity/{which}", 4, 3) for which in "abc")
    two, three = [True, True, False], [True, True, True]
    same = vector(1, 0, 1, 0)
    f, loss = "contrastive", of_elements(contrastive)
    add(table, "pairs", f, loss, [a, b, same], {"margin": 3}, wrt=two)
    add(table, "pairs, margin 1", f, loss, [a * 0.4, b * 0.4, same], wrt=two)
    add(table, "identical pairs: gradient 0", f, loss, [a[:2], a[:2].clone(), vector(1, 0)], {}, ["none"], wrt=two, smooth=False)
    add(table, "sample weight", f, loss, [a, b, same], {"margin": 3, "sampleWeight": vector(1, 2, 0.5, 0)}, ["mean"], wrt=two)

    f, loss = "triplet", with_sample_weight(F.triplet_margin_loss)
    add(table, "rows", f, loss, [a, b, c], wrt=three)
    add(table, "margin 3", f, loss, [a, b, c], {"margin": 3}, wrt=three)
    add(table, "p 1", f, loss, [a, b, c], {"p": 1, "margin": 2}, wrt=three)
    add(table, "swap", f, loss, [a, b, c], {"swap": True, "margin": 2}, wrt=three)
    add(table, "eps 0.1", f, loss, [a, b, c], {"eps": 0.1, "margin": 2}, ["mean"], wrt=three)
    add(table, "positive equals anchor", f, loss, [a, a.clone(), c], {"margin": 2}, ["mean"], wrt=three, smooth=False)
    add(table, "sample weight", f, loss, [a, b, c], {"margin": 2, "sampleWeight": vector(1, 2, 0.5, 0)}, ["mean"], wrt=three)

    f, loss = "cosineEmbedding", with_sample_weight(F.cosine_embedding_loss)
    sign = vector(1, -1, 1, -1)
    add(table, "pairs", f, loss, [a, b, sign], wrt=two)
    add(table, "margin -0.5", f, loss, [a, b, sign], {"margin": -0.5}, wrt=two)
    add(table, "a vector of zeros", f, loss, [torch.zeros(2, 3).double(), b[:2], sign[:2]], {}, ["none"], wrt=two, smooth=False)
    add(table, "one pair without a batch axis", f, loss, [a[0], b[0], torch.tensor(1.0).double()], {}, ["mean"], wrt=two)

    f, loss = "marginRanking", with_sample_weight(F.margin_ranking_loss)
    u, v, w = numbers("ranking/first", 6), numbers("ranking/second", 6), vector(1, -1, 1, 1, -1, -1)
    add(table, "scores", f, loss, [u, v, w], wrt=two)
    add(table, "margin 0.7", f, loss, [u, v, w], {"margin": 0.7}, wrt=two)
    add(table, "ties: the gradient of a clamp at its bound is 1", f, loss, [u, u.clone(), w], {}, ["mean"], wrt=two, smooth=False)
    add(table, "sample weight", f, loss, [u, v, w], {"margin": 0.7, "sampleWeight": vector(1, 2, 0.5, 0, 1, 3)}, ["mean"], wrt=two)

    f, loss = "infoNce", of_elements(info_nce)
    add(table, "keys", f, loss, [a, b])
    add(table, "keys, temperature 0.5", f, loss, [a, b], {"temperature": 0.5})
    add(table, "all (NT-Xent)", f, loss, [a, b], {"negatives": "all"})
    add(table, "all (NT-Xent), temperature 0.5", f, loss, [a, b], {"negatives": "all", "temperature": 0.5})
    add(table, "keys, long vectors", f, loss, [a * 1e4, b * 1e-3], {"temperature": 0.5}, ["mean"], smooth=False)


# ----------------------------------------------------------------------------------------------------------------- segmentation and boxes


def dice(input, target, smooth=1.0, p=1):
    overlap = (input * target).flatten(1).sum(1)
    sizes = (input**p).flatten(1).sum(1) + (target**p).flatten(1).sum(1)
    return 1 - (2 * overlap + smooth) / (sizes + smooth)


def tversky(input, target, alpha=0.5, beta=0.5, smooth=1.0):
    x, y = input.flatten(1), target.flatten(1)
    hits, extra, missed = (x * y).sum(1), (x * (1 - y)).sum(1), ((1 - x) * y).sum(1)
    return 1 - (hits + smooth) / (hits + alpha * extra + beta * missed + smooth)


def add_segmentation(table):
    x, y = numbers("masks/input", 3, 2, 3, low=0.02, high=0.98), torch.tensor([1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1]).double().reshape(3, 2, 3)
    soft = numbers("masks/soft target", 3, 2, 3, low=0, high=1)
    f, loss = "dice", of_elements(dice)
    add(table, "masks", f, loss, [x, y])
    add(table, "masks, smooth 0", f, loss, [x, y], {"smooth": 0})
    add(table, "masks, squares in the denominator", f, loss, [x, y], {"p": 2})
    add(table, "soft targets", f, loss, [x, soft], {}, ["mean"])
    add(table, "empty masks", f, loss, [torch.zeros(2, 4).double(), torch.zeros(2, 4).double()], {}, ["none"])
    add(table, "exact masks", f, loss, [y, y.clone()], {}, ["none"])
    add(table, "sample weight", f, loss, [x, y], {"sampleWeight": vector(1, 2, 0.5)}, ["mean"])
    f, loss = "tversky", of_elements(tversky)
    add(table, "masks", f, loss, [x, y])
    add(table, "alpha 0.3, beta 0.7", f, loss, [x, y], {"alpha": 0.3, "beta": 0.7})
    add(table, "alpha 1, beta 1 is the soft Jaccard", f, loss, [x, y], {"alpha": 1, "beta": 1, "smooth": 0.5}, ["mean"])
    add(table, "soft targets", f, loss, [x, soft], {"alpha": 0.3, "beta": 0.7}, ["mean"])
    add(table, "empty masks", f, loss, [torch.zeros(2, 4).double(), torch.zeros(2, 4).double()], {}, ["none"])


def overlap(boxes1, boxes2):
    """torchvision.ops._utils._loss_inter_union, and the smallest box around both."""
    low1, high1, low2, high2 = boxes1[..., :2], boxes1[..., 2:], boxes2[..., :2], boxes2[..., 2:]
    size = torch.minimum(high1, high2) - torch.maximum(low1, low2)
    inside = torch.where((size > 0).all(-1), size.prod(-1), 0)
    union = (high1 - low1).prod(-1) + (high2 - low2).prod(-1) - inside
    return inside, union, (torch.maximum(high1, high2) - torch.minimum(low1, low2)).prod(-1)


def iou(input, target, eps=1e-7):
    inside, union, _ = overlap(input, target)
    return 1 - inside / (union + eps)


def generalized_iou(input, target, eps=1e-7):
    """torchvision.ops.generalized_box_iou_loss."""
    inside, union, around = overlap(input, target)
    return 1 - (inside / (union + eps) - (around - union) / (around + eps))


def gaussian_box(input, target, variance, eps=1e-9):
    """Choi et al. 2019 (Gaussian YOLOv3), eq. 5, summed over the coordinates of a box; the weights of a box are `sampleWeight`."""
    density = torch.exp(-((target - input) ** 2) / (2 * variance)) / torch.sqrt(2 * torch.pi * variance)
    return -0.5 * torch.log(density + eps).sum(-1)


def add_boxes(table):
    a = vector(0, 0, 2, 2, 1, 1, 4, 3, 0.5, 0.25, 1.5, 2, 0, 0, 1, 1).reshape(4, 4)
    b = vector(1, 0.5, 3, 2.5, 0, 0.5, 2.5, 5, 0.75, 0.5, 1, 1.75, 2, 3, 4, 4).reshape(4, 4)
    for function, loss in (("iou", of_elements(iou)), ("generalizedIou", of_elements(generalized_iou))):
        add(table, "overlapping, inside, apart", function, loss, [a, b])
        add(table, "eps 0.1", function, loss, [a, b], {"eps": 0.1}, ["mean"])
        add(table, "equal boxes", function, loss, [a[:1], a[:1].clone()], {}, ["none"], smooth=False)
        add(table, "touching boxes", function, loss, [vector(0, 0, 1, 1).reshape(1, 4), vector(1, 0, 2, 1).reshape(1, 4)], {}, ["none"], smooth=False)
        add(table, "boxes without area", function, loss, [vector(1, 1, 1, 1).reshape(1, 4), vector(1, 1, 1, 1).reshape(1, 4)], {}, ["none"], smooth=False)
        add(table, "sample weight", function, loss, [a, b], {"sampleWeight": vector(1, 2, 0.5, 0)}, ["mean", "sum"])
    f, loss, two = "gaussianBox", of_elements(gaussian_box), [True, False, True]
    variance = numbers("boxes/variance", 4, 4, low=0.1, high=2)
    add(table, "boxes", f, loss, [a, b, variance], wrt=two)
    add(table, "sample weight", f, loss, [a, b, variance], {"sampleWeight": vector(2, 0, 1.5, 1)}, wrt=two)
    far = [torch.zeros(1, 4).double(), vector(100, 0, 0, 0).reshape(1, 4), torch.full((1, 4), 0.01, dtype=torch.float64)]
    add(table, "far away the density is 0: -log(eps) / 2, no gradient", f, loss, far, {}, ["none"], wrt=two)


# ------------------------------------------------------------------------------------------------------------------------------ sequences


def sequence_cross_entropy(input, target, reduction="mean", mask=None, weight=None, ignore_index=-100, label_smoothing=0.0):
    """F.cross_entropy with the class axis moved to 1; what the mask leaves out counts as ignored."""
    if mask is not None:
        target = target.masked_fill(~mask, ignore_index)
    return F.cross_entropy(input.movedim(-1, 1), target, weight, reduction=reduction, ignore_index=ignore_index, label_smoothing=label_smoothing)


def masked_language_model(input, target, mask, reduction="mean", eps=1e-5):
    """BERT's run_pretraining.py: sum(m l) / (sum(m) + 1e-5)."""
    elements = mask * F.cross_entropy(input.movedim(-1, 1), target, reduction="none")
    if reduction == "mean":
        return elements.sum() / (mask.to(elements.dtype).sum() + eps)
    return elements.sum() if reduction == "sum" else elements


def add_sequences(table):
    f, loss = "sequenceCrossEntropy", sequence_cross_entropy
    x, t = numbers("sequences/logits", 2, 4, 5), torch.tensor([[0, 2, 4, 1], [3, 3, 0, 0]])
    mask = torch.tensor([[True, True, True, False], [True, True, False, False]])
    add(table, "(N, T, C)", f, loss, [x, t])
    add(table, "mask", f, loss, [x, t], {"mask": mask})
    add(table, "ignoreIndex", f, loss, [x, t], {"ignoreIndex": 0})
    add(table, "mask, labelSmoothing", f, loss, [x, t], {"mask": mask, "labelSmoothing": 0.1})
    add(table, "mask, weight", f, loss, [x, t], {"mask": mask, "weight": vector(1, 2, 0.5, 3, 1)})
    add(table, "nothing but padding: the mean is NaN", f, loss, [x, t], {"mask": torch.zeros(2, 4, dtype=torch.bool)}, ["mean", "sum"], smooth=False)
    f, loss = "maskedLanguageModel", masked_language_model
    chosen = torch.tensor([[False, True, False, False], [True, False, True, False]])
    add(table, "(N, T, V)", f, loss, [x, t, chosen])
    add(table, "eps 0", f, loss, [x, t, chosen], {"eps": 0}, ["mean"])
    add(table, "no token chosen: 0", f, loss, [x, t, torch.zeros(2, 4, dtype=torch.bool)], {}, ["mean"])


# -------------------------------------------------------------------------------------------------------------- reinforcement learning


def policy_gradient(log_probability, advantage):
    return -log_probability * advantage.detach()


def ddpg_actor(value):
    return -value


def ddpg_critic(value, reward, done, next_value, discount=0.99):
    return (value - (reward + discount * (1 - done) * next_value).detach()) ** 2


def sac_actor(log_probability, value1, value2, temperature=0.2):
    return temperature * log_probability - torch.minimum(value1, value2)


def sac_critic(value1, value2, reward, done, next_value1, next_value2, next_log_probability, temperature=0.2, discount=0.99):
    soft = torch.minimum(next_value1, next_value2) - temperature * next_log_probability
    backup = (reward + discount * (1 - done) * soft).detach()
    return (value1 - backup) ** 2 + (value2 - backup) ** 2


def sac_temperature(log_temperature, log_probability, target_entropy):
    return -log_temperature.exp() * (log_probability + target_entropy).detach()


def add_reinforcement(table):
    def n(which):
        return numbers(f"reinforcement/{which}", 5)

    done = vector(0, 0, 1, 0, 1)
    logs = -n("log probability").abs()
    first = [True, False, False, False, False, False, False]
    add(table, "steps", "policyGradient", of_elements(policy_gradient), [logs, n("advantage")], wrt=first[:2])
    add(table, "values", "ddpgActor", of_elements(ddpg_actor), [n("value")])
    critic = [n("value"), n("reward"), done, n("next value")]
    add(table, "steps", "ddpgCritic", of_elements(ddpg_critic), critic, wrt=first[:4])
    add(table, "steps, discount 0.5", "ddpgCritic", of_elements(ddpg_critic), critic, {"discount": 0.5}, ["mean"], wrt=first[:4])
    actor = [logs, n("value"), n("value, second")]
    add(table, "steps", "sacActor", of_elements(sac_actor), actor)
    add(table, "steps, temperature 1.5", "sacActor", of_elements(sac_actor), actor, {"temperature": 1.5}, ["mean"])
    critics = [n("value"), n("value, second"), n("reward"), done, n("next value"), n("next value, second"), logs]
    two = [True, True, False, False, False, False, False]
    add(table, "steps", "sacCritic", of_elements(sac_critic), critics, wrt=two)
    add(table, "steps, temperature 1, discount 0.9", "sacCritic", of_elements(sac_critic), critics, {"temperature": 1, "discount": 0.9}, ["mean"], wrt=two)
    alpha = torch.tensor(-0.7, dtype=torch.float64)
    add(table, "steps", "sacTemperature", of_elements(sac_temperature), [alpha, logs], {"targetEntropy": -2}, wrt=first[:2])


# ----------------------------------------------------------------------------------------------------------------------------------- GANs


def minimax_discriminator(real, fake):
    return F.softplus(-real).mean() + F.softplus(fake).mean()


def minimax_generator(fake):
    return -F.softplus(fake).mean()


def non_saturating_generator(fake):
    return F.softplus(-fake).mean()


def least_squares_discriminator(real, fake):
    return ((real - 1) ** 2).mean() / 2 + (fake**2).mean() / 2


def least_squares_generator(fake):
    return ((fake - 1) ** 2).mean() / 2


def wasserstein_critic(real, fake):
    return fake.mean() - real.mean()


def wasserstein_generator(fake):
    return -fake.mean()


def gradient_penalty(critic, real, fake, mix, weight=10):
    """Gulrajani et al. 2017, eq. 3: weight * mean((|d critic(x)/dx| - 1)^2) at x = mix real + (1 - mix) fake."""
    mix = mix.reshape(-1, *[1] * (real.dim() - 1))
    x = (mix * real + (1 - mix) * fake).detach().requires_grad_()
    (slope,) = torch.autograd.grad(critic(x).sum(), x, create_graph=True)
    return weight * ((slope.flatten(1).norm(dim=1) - 1) ** 2).mean()


def penalty_of_two_layers(critic, real, fake, mix, weight=10):
    return gradient_penalty(lambda x: torch.tanh(x @ critic["weight"].T + critic["bias"]) @ critic["output"], real, fake, mix, weight)


def add_adversarial(table):
    real, fake = numbers("adversarial/real", 4, scale=1.5), numbers("adversarial/fake", 6, scale=1.5)
    far = vector(1e4, -1e4, 0)
    for function, compute in (
        ("minimaxDiscriminator", minimax_discriminator),
        ("leastSquaresDiscriminator", least_squares_discriminator),
        ("wassersteinCritic", wasserstein_critic),
    ):
        table.differentiate("scores", function, compute, [real, fake])
        table.differentiate("scores of ±1e4", function, compute, [far, -far], smooth=False)
    for function, compute in (
        ("minimaxGenerator", minimax_generator),
        ("nonSaturatingGenerator", non_saturating_generator),
        ("leastSquaresGenerator", least_squares_generator),
        ("wassersteinGenerator", wasserstein_generator),
    ):
        table.differentiate("scores", function, compute, [fake])
        table.differentiate("scores of ±1e4", function, compute, [far], smooth=False)
    critic = {"weight": numbers("penalty/weight", 3, 2), "bias": numbers("penalty/bias", 3), "output": numbers("penalty/output", 3)}
    images = [numbers("penalty/real", 4, 2), numbers("penalty/fake", 4, 2)]
    options = {"mix": vector(0.1, 0.5, 0.9, 0.25)}
    wrt = [True, False, False]
    for weight in (10, 1):
        table.differentiate(f"critic tanh(x Wᵀ + b)·v, weight {weight}", "gradientPenalty", penalty_of_two_layers, [critic, *images], {**options, "weight": weight}, wrt)


# -------------------------------------------------------------------------------------------------------------------------- several tasks


def weighted_sum(losses, weights):
    return (weights * losses).sum()


def uncertainty_weighting(losses, log_variance, kinds=None):
    factor = torch.tensor([0.5 if kind == "regression" else 1.0 for kind in kinds or ["regression"] * len(losses)], dtype=losses.dtype)
    return (factor * torch.exp(-log_variance) * losses + log_variance / 2).sum()


def min_max(losses, weights=None):
    return (losses if weights is None else weights * losses).amax()


def fed_prox(parameters, global_parameters, mu=0.01):
    return mu / 2 * sum(((parameters[k] - global_parameters[k].detach()) ** 2).sum() for k in parameters)


def semantic_exactly_one(input):
    """Xu et al. 2018: -log sum_i p_i prod_(j != i) (1 - p_j); products without a division, so that p = 1 has a gradient."""
    count = input.shape[-1]
    others = 1 - input.unsqueeze(-2).expand(*input.shape, count)
    others = others.masked_fill(torch.eye(count, dtype=torch.bool), 1)
    return -torch.log((input * others.prod(-1)).sum(-1))


def add_several_tasks(table):
    losses = vector(0.8, 2.5, 0.1)
    table.differentiate("three tasks", "weightedSum", weighted_sum, [losses], {"weights": vector(1, 0.25, 3)})
    s = vector(0.2, -0.5, 1.5)
    table.differentiate("three regressions", "uncertaintyWeighting", uncertainty_weighting, [losses, s])
    kinds = {"kinds": ["regression", "classification", "classification"]}
    table.differentiate("a regression and two classifications", "uncertaintyWeighting", uncertainty_weighting, [losses, s], kinds)
    table.differentiate("three tasks", "minMax", min_max, [losses])
    table.differentiate("weights", "minMax", min_max, [losses], {"weights": vector(5, 1, 1)})
    table.differentiate("ties share the gradient", "minMax", min_max, [vector(2, 1, 2)], smooth=False)
    w = {"weight": numbers("fedProx/weight", 2, 3), "bias": numbers("fedProx/bias", 2)}
    v = {"weight": numbers("fedProx/global weight", 2, 3), "bias": numbers("fedProx/global bias", 2)}
    table.differentiate("a tree", "fedProx", fed_prox, [w, v], {}, [True, False])
    table.differentiate("a tree, mu 1", "fedProx", fed_prox, [w, v], {"mu": 1}, [True, False])
    f, loss = "semanticExactlyOne", of_elements(semantic_exactly_one)
    add(table, "rows", f, loss, [numbers("semantic/rows", 3, 4, low=0.05, high=0.95)])
    add(table, "one row", f, loss, [vector(0.9, 0.05, 0.05)], {}, ["mean"])
    add(table, "a one-hot row costs 0", f, loss, [vector(0, 1, 0).reshape(1, 3)], {}, ["mean"], smooth=False)
    add(table, "nothing chosen costs infinity", f, loss, [torch.zeros(1, 3).double()], {}, ["mean"], smooth=False)


def l1(parameters, alpha=1.0):
    return alpha * sum(p.abs().sum() for p in parameters.values())


def l2(parameters, alpha=1.0):
    return alpha * sum((p**2).sum() for p in parameters.values())


def elastic_net(parameters, alpha=1.0, l1_ratio=0.5):
    return l1(parameters, alpha * l1_ratio) + l2(parameters, alpha * (1 - l1_ratio) / 2)


def add_penalties(table):
    w = {"weight": numbers("penalties/weight", 2, 3), "bias": numbers("penalties/bias", 2)}
    for function, compute in (("l1", l1), ("l2", l2), ("elasticNet", elastic_net)):
        table.differentiate("a tree", function, compute, [w])
        table.differentiate("a tree, alpha 0.1", function, compute, [w], {"alpha": 0.1})
        table.differentiate("zeros", function, compute, [{"weight": vector(0, -1, 0, 2)}], {}, smooth=False)
    table.differentiate("a tree, alpha 0.1, l1Ratio 0.9", "elasticNet", elastic_net, [w], {"alpha": 0.1, "l1Ratio": 0.9})
