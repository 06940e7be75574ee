"""metric.json: sklearn.metrics on small labels and scores with ties, weights and missing classes; calibration error, BLEU and perplexity from torchmetrics' definitions."""

import math
import warnings
from collections import Counter

import numpy as np
import torch
from sklearn import metrics as sk

from table import Table, chances, indices, numbers, to_snake, vector

warnings.filterwarnings("ignore")

TRUE = torch.tensor([0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 1])
GUESS = torch.tensor([0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1])
SCORES = vector(0.1, 0.4, 0.35, 0.8, 0.4, 0.4, 0.9, 0.05, 0.8, 0.8, 0.2, 0.3)
CONFIDENCES = torch.round(SCORES * 0.95 + 0.011, decimals=4)  # off the edges of 15 bins, which rounding moves
WEIGHTS = vector(1, 2, 0.5, 1, 1, 3, 0.25, 1, 0, 2, 1, 1.5)
MANY = torch.tensor([0, 1, 2, 2, 3, 0, 1, 2, 2, 0, 1, 1, 2, 0, 2])
MANY_GUESS = torch.tensor([0, 2, 2, 2, 0, 0, 1, 1, 2, 1, 1, 1, 2, 0, 0])
MANY_WEIGHTS = numbers("metric/weights", 15, low=0, high=2)


def make():
    table = Table("scikit-learn 1.9.1", "arguments are (target, prediction); calibrationError, bleu and perplexity follow torchmetrics' definitions")
    for family in (add_counts, add_averages, add_reports, add_curves, add_calibration, add_regression, add_language):
        family(table)
    return table


def add(table, name, function, compute, arguments, options=None):
    options = options or {}
    value = compute(*arguments, **{to_sklearn(k): plain(v) for k, v in options.items()})
    table.append({"name": name, "function": function, "arguments": arguments, "options": options, "value": value})


def to_sklearn(name):
    return {"k": "k"}.get(name, to_snake(name))


def plain(value):
    if value == "none":
        return None
    return {"rawValues": "raw_values", "uniformAverage": "uniform_average", "varianceWeighted": "variance_weighted"}.get(value, value) if isinstance(value, str) else value


def on_arrays(function):
    """scikit-learn on NumPy arrays."""
    return lambda *arguments, **options: function(*(np.asarray(a) for a in arguments), **{k: np.asarray(v) if isinstance(v, torch.Tensor) else v for k, v in options.items()})


# ---------------------------------------------------------------------------------------------------------------------------------- labels


def add_counts(table):
    for function, compute in (
        ("accuracy", sk.accuracy_score),
        ("balancedAccuracy", sk.balanced_accuracy_score),
        ("matthews", sk.matthews_corrcoef),
        ("cohenKappa", sk.cohen_kappa_score),
    ):
        compute = on_arrays(compute)
        add(table, "two classes", function, compute, [TRUE, GUESS])
        add(table, "two classes, sample weight", function, compute, [TRUE, GUESS], {"sampleWeight": WEIGHTS})
        add(table, "four classes, one never guessed", function, compute, [MANY, MANY_GUESS])
        add(table, "four classes, sample weight", function, compute, [MANY, MANY_GUESS], {"sampleWeight": MANY_WEIGHTS})
        add(table, "everything right", function, compute, [MANY, MANY.clone()])
        add(table, "everything wrong", function, compute, [TRUE, 1 - TRUE])
        add(table, "always the same guess", function, compute, [TRUE, torch.zeros_like(TRUE)])
        add(table, "a guess that is no target", function, compute, [torch.tensor([0, 0, 1]), torch.tensor([0, 2, 1])])
    add(table, "one class only", "accuracy", on_arrays(sk.accuracy_score), [torch.ones(4).long(), torch.ones(4).long()])
    add(table, "count instead of share", "accuracy", on_arrays(sk.accuracy_score), [TRUE, GUESS], {"normalize": False})
    for target, guess in ((TRUE, GUESS), (MANY, MANY_GUESS)):
        name = f"{len(target.unique())} classes, adjusted"
        add(table, name, "balancedAccuracy", on_arrays(sk.balanced_accuracy_score), [target, guess], {"adjusted": True})

    compute = on_arrays(sk.top_k_accuracy_score)
    target, scores = torch.tensor([0, 1, 2, 3, 2, 1]), numbers("metric/top-k", 6, 4)
    for k in (1, 2, 3, 4):
        add(table, f"k {k}", "topKAccuracy", compute, [target, scores], {"k": k})
    add(table, "k 2, sample weight", "topKAccuracy", compute, [target, scores], {"k": 2, "sampleWeight": vector(1, 2, 0.5, 1, 3, 1)})
    add(table, "k 2, ties: of equal scores the last class comes first", "topKAccuracy", compute, [torch.tensor([0, 1, 2, 3]), torch.ones(4, 4).double()], {"k": 2})

    compute = on_arrays(sk.confusion_matrix)
    for label, target, guess, weight in (("two classes", TRUE, GUESS, WEIGHTS), ("four classes", MANY, MANY_GUESS, MANY_WEIGHTS)):
        add(table, label, "confusionMatrix", compute, [target, guess])
        add(table, f"{label}, sample weight", "confusionMatrix", compute, [target, guess], {"sampleWeight": weight})
        for normalize in ("true", "pred", "all"):
            add(table, f"{label}, normalize {normalize}", "confusionMatrix", compute, [target, guess], {"normalize": normalize})
    add(table, "chosen labels, in their order", "confusionMatrix", compute, [MANY, MANY_GUESS], {"labels": [2, 0]})
    add(table, "labels that do not occur", "confusionMatrix", compute, [TRUE, GUESS], {"labels": [0, 1, 2], "normalize": "true"})


def add_averages(table):
    families = (("precision", sk.precision_score, {}), ("recall", sk.recall_score, {}), ("f1", sk.f1_score, {}), ("fBeta", sk.fbeta_score, {"beta": 2}), ("fBeta", sk.fbeta_score, {"beta": 0.5}))
    for function, compute, rest in families:
        compute = on_arrays(compute)
        label = "".join(f", {k} {v}" for k, v in rest.items())
        add(table, f"two classes{label}", function, compute, [TRUE, GUESS], rest)
        add(table, f"two classes, posLabel 0{label}", function, compute, [TRUE, GUESS], {**rest, "posLabel": 0})
        add(table, f"two classes, sample weight{label}", function, compute, [TRUE, GUESS], {**rest, "sampleWeight": WEIGHTS})
        for average in ("micro", "macro", "weighted", "none"):
            options = {**rest, "average": average}
            add(table, f"four classes, {average}{label}", function, compute, [MANY, MANY_GUESS], options)
            add(table, f"four classes, {average}, sample weight{label}", function, compute, [MANY, MANY_GUESS], {**options, "sampleWeight": MANY_WEIGHTS})
        add(table, f"some labels, micro{label}", function, compute, [MANY, MANY_GUESS], {**rest, "average": "micro", "labels": [0, 2]})
        for zero in (0, 1, math.nan):
            options = {**rest, "zeroDivision": zero}
            add(table, f"nothing guessed, zeroDivision {zero}{label}", function, compute, [torch.tensor([0, 1, 1]), torch.tensor([0, 0, 0])], options)
            add(table, f"nothing there, zeroDivision {zero}{label}", function, compute, [torch.tensor([0, 0, 0]), torch.tensor([0, 1, 0])], options)
            add(table, f"neither, zeroDivision {zero}{label}", function, compute, [torch.tensor([0, 0]), torch.tensor([0, 0])], options)
            add(table, f"a class never guessed, macro, zeroDivision {zero}{label}", function, compute, [MANY, MANY_GUESS], {**options, "average": "macro"})


def add_reports(table):
    compute = on_arrays(lambda target, guess, **options: rename(sk.classification_report(target, guess, output_dict=True, **options)))
    for label, target, guess, weight in (("two classes", TRUE, GUESS, WEIGHTS), ("four classes", MANY, MANY_GUESS, MANY_WEIGHTS)):
        add(table, label, "classificationReport", compute, [target, guess])
        add(table, f"{label}, sample weight", "classificationReport", compute, [target, guess], {"sampleWeight": weight})
    add(table, "names", "classificationReport", compute, [TRUE, GUESS], {"targetNames": ["no", "yes"]})
    add(table, "some labels: a micro average", "classificationReport", compute, [MANY, MANY_GUESS], {"labels": [0, 1, 2]})


def rename(report):
    words = {"f1-score": "f1", "macro avg": "macroAverage", "weighted avg": "weightedAverage", "micro avg": "microAverage"}
    return {words.get(k, k): rename(v) if isinstance(v, dict) else v for k, v in report.items()}


# ---------------------------------------------------------------------------------------------------------------------------------- scores


def add_curves(table):
    def roc(target, scores, **options):
        return dict(zip(("falsePositiveRate", "truePositiveRate", "thresholds"), sk.roc_curve(target, scores, **options)))

    def precision_recall(target, scores, **options):
        return dict(zip(("precision", "recall", "thresholds"), sk.precision_recall_curve(target, scores, **options)))

    smooth = numbers("metric/scores", 12)
    for function, compute in (
        ("rocCurve", roc),
        ("precisionRecallCurve", precision_recall),
        ("rocAuc", sk.roc_auc_score),
        ("averagePrecision", sk.average_precision_score),
    ):
        compute = on_arrays(compute)
        add(table, "ties", function, compute, [TRUE, SCORES])
        add(table, "no ties", function, compute, [TRUE, smooth])
        add(table, "sample weight", function, compute, [TRUE, SCORES], {"sampleWeight": WEIGHTS})
        add(table, "separated", function, compute, [torch.tensor([0, 0, 1, 1]), vector(0.1, 0.2, 0.7, 0.9)])
        add(table, "the wrong way round", function, compute, [torch.tensor([1, 1, 0, 0]), vector(0.1, 0.2, 0.7, 0.9)])
        add(table, "all scores equal", function, compute, [TRUE, torch.full((12,), 0.5).double()])
        add(table, "no positive", function, compute, [torch.zeros(4).long(), vector(0.1, 0.2, 0.7, 0.9)])
        add(table, "no negative", function, compute, [torch.ones(4).long(), vector(0.1, 0.2, 0.7, 0.9)])
    for function, compute in (("rocCurve", roc), ("precisionRecallCurve", precision_recall)):
        for drop in (True, False):
            add(table, f"dropIntermediate {str(drop).lower()}", function, on_arrays(compute), [TRUE, smooth], {"dropIntermediate": drop})
    p = chances("metric/chances", 15, 4)
    for options in ({"multiClass": "ovr"}, {"multiClass": "ovo"}, {"multiClass": "ovr", "average": "weighted"}, {"multiClass": "ovo", "average": "weighted"}, {"multiClass": "ovr", "average": "none"}):
        label = ", ".join(options.values())
        add(table, f"four classes, {label}", "rocAuc", on_arrays(sk.roc_auc_score), [MANY, p], options)
    add(table, "a polygon", "auc", on_arrays(sk.auc), [vector(0, 0.2, 0.5, 1), vector(0, 0.6, 0.7, 1)])
    add(table, "falling x", "auc", on_arrays(sk.auc), [vector(1, 0.5, 0.2, 0), vector(1, 0.7, 0.6, 0)])
    add(table, "a step", "auc", on_arrays(sk.auc), [vector(0, 0, 1), vector(0, 1, 1)])


def add_calibration(table):
    brier = on_arrays(sk.brier_score_loss)
    add(table, "two classes", "brier", brier, [TRUE, SCORES])
    add(table, "two classes, sample weight", "brier", brier, [TRUE, SCORES], {"sampleWeight": WEIGHTS})
    add(table, "certain and right", "brier", brier, [torch.tensor([0, 1]), vector(0, 1)])
    p = chances("metric/chances", 15, 4)
    add(table, "four classes: the sum over classes", "brier", brier, [MANY, p])
    add(table, "two classes, scaleByHalf false", "brier", brier, [TRUE, SCORES], {"scaleByHalf": False})
    for norm in ("l1", "l2", "max"):
        add(table, f"two classes, {norm}", "calibrationError", calibration_error, [TRUE, CONFIDENCES], {"norm": norm})
        add(table, f"four classes, {norm}", "calibrationError", calibration_error, [MANY, p], {"norm": norm})
    add(table, "15 bins, l1 are the defaults", "calibrationError", calibration_error, [TRUE, CONFIDENCES])
    add(table, "5 bins", "calibrationError", calibration_error, [MANY, p], {"bins": 5})
    add(table, "on the edges: a bin holds its lower one, 1 has a bin of its own", "calibrationError", calibration_error, [torch.tensor([0, 1, 1, 0, 1]), vector(0, 0.5, 0.25, 1, 1)], {"bins": 4})
    for function, compute in (("logLoss", sk.log_loss),):
        add(table, "two classes", function, on_arrays(compute), [TRUE, SCORES])
        add(table, "two classes, sample weight", function, on_arrays(compute), [TRUE, SCORES], {"sampleWeight": WEIGHTS})
        add(table, "four classes", function, on_arrays(compute), [MANY, p])


def calibration_error(target, prediction, bins=15, norm="l1"):
    """torchmetrics functional/classification/calibration_error.py, norm l1 by default, not debiased."""
    if prediction.dim() == 2:
        confidence, guess = prediction.max(1)
        right = (guess == target).double()
    else:
        confidence, right = prediction, target.double()
    edges = torch.linspace(0, 1, bins + 1, dtype=torch.float64)
    place = torch.bucketize(confidence, edges, right=True) - 1
    count, accuracy, mean = (torch.zeros(bins + 1).double().scatter_add(0, place, v) for v in (torch.ones_like(confidence), right, confidence))
    used = count > 0
    gap = (accuracy[used] - mean[used]).abs() / count[used]
    share = count[used] / len(confidence)
    return {"l1": (gap * share).sum(), "l2": (gap**2 * share).sum().sqrt(), "max": gap.max()}[norm]


# ------------------------------------------------------------------------------------------------------------------------------ regression


def add_regression(table):
    y, p = numbers("metric/regression target", 8, scale=3), numbers("metric/regression prediction", 8, scale=3)
    y2, p2, w = y.reshape(4, 2), p.reshape(4, 2), vector(1, 2, 0.5, 1, 0, 3, 1, 0.25)
    for function, compute in (
        ("mse", sk.mean_squared_error),
        ("rmse", sk.root_mean_squared_error),
        ("mae", sk.mean_absolute_error),
        ("mape", sk.mean_absolute_percentage_error),
        ("r2", sk.r2_score),
    ):
        compute = on_arrays(compute)
        add(table, "vector", function, compute, [y, p])
        add(table, "vector, sample weight", function, compute, [y, p], {"sampleWeight": w})
        add(table, "two outputs", function, compute, [y2, p2])
        add(table, "two outputs, sample weight", function, compute, [y2, p2], {"sampleWeight": w[:4]})
        add(table, "two outputs, rawValues", function, compute, [y2, p2], {"multioutput": "rawValues"})
        add(table, "exact", function, compute, [y, y.clone()])
        add(table, "the documentation's example", function, compute, [vector(3, -0.5, 2, 7), vector(2.5, 0, 2, 8)])
    r2 = on_arrays(sk.r2_score)
    add(table, "two outputs, varianceWeighted", "r2", r2, [y2, p2], {"multioutput": "varianceWeighted"})
    add(table, "constant target, missed", "r2", r2, [vector(2, 2, 2), vector(1, 2, 3)])
    add(table, "constant target, hit", "r2", r2, [vector(2, 2, 2), vector(2, 2, 2)])
    add(table, "constant target, missed, forceFinite false", "r2", r2, [vector(2, 2, 2), vector(1, 2, 3)], {"forceFinite": False})
    add(table, "one sample", "r2", r2, [vector(2), vector(1)])
    add(table, "a target of 0 is divided by 2^-52", "mape", on_arrays(sk.mean_absolute_percentage_error), [vector(0, 1), vector(0.5, 2)])


# -------------------------------------------------------------------------------------------------------------------------------- language


def bleu(references, candidates, max_order=4, smooth=False, weights=None):
    """torchmetrics functional/text/bleu.py: sums over the corpus, tokens split at white space, the closest reference's length (the first of two)."""
    weights = weights or [1 / max_order] * max_order
    hits, totals, length, reference_length = [0] * max_order, [0] * max_order, 0, 0
    for options, candidate in zip(references, candidates):
        words, options = candidate.split(), [o.split() for o in options]
        length += len(words)
        reference_length += min((len(o) for o in options), key=lambda size: abs(size - len(words)))
        most = Counter()
        for option in options:
            most |= count_ngrams(option, max_order)
        found = count_ngrams(words, max_order)
        for gram, count in (found & most).items():
            hits[len(gram) - 1] += count
        for gram, count in found.items():
            totals[len(gram) - 1] += count
    if min(hits) == 0:
        return 0.0
    precisions = [(h + 1) / (t + 1) if smooth and order else h / t for order, (h, t) in enumerate(zip(hits, totals))]
    brevity = 1.0 if length > reference_length else math.exp(1 - reference_length / length)
    return brevity * math.exp(sum(w * math.log(p) for w, p in zip(weights, precisions)))


def count_ngrams(words, max_order):
    return Counter(tuple(words[i : i + n]) for n in range(1, max_order + 1) for i in range(len(words) - n + 1))


def perplexity(target, logits, ignore_index=-100):
    return torch.exp(torch.nn.functional.cross_entropy(logits.flatten(0, -2), target.flatten(), ignore_index=ignore_index))


def add_language(table):
    mat = [["there is a cat on the mat", "a cat is on the mat"]], ["the cat is on the mat"]
    assert abs(bleu(*mat) - 0.7598356857) < 1e-10
    add(table, "two references", "bleu", bleu, list(mat))
    add(table, "smooth", "bleu", bleu, list(mat), {"smooth": True})
    for order in (1, 2, 3):
        add(table, f"maxOrder {order}", "bleu", bleu, list(mat), {"maxOrder": order})
    add(table, "weights", "bleu", bleu, list(mat), {"weights": [0.4, 0.3, 0.2, 0.1]})
    corpus = [
        [["it is a guide to action that ensures that the military will forever heed party commands", "it is the guiding principle which guarantees the military forces always being under the command of the party"], ["he was interested in world history because he read the book"]],
        ["it is a guide to action which ensures that the military always obeys the commands of the party", "he read the book because he was interested in world history"],
    ]
    add(table, "a corpus is summed, not averaged", "bleu", bleu, corpus)
    add(table, "a short candidate is punished", "bleu", bleu, [[["the cat sat on the mat today"]], ["the cat sat on the"]])
    add(table, "clipped counts", "bleu", bleu, [[["the cat is on the mat"]], ["the the the the the the the"]], {"maxOrder": 1})
    add(table, "no match of length 4 gives 0", "bleu", bleu, [[["a b c x"]], ["a b c y"]])
    add(table, "between two references as close the first counts", "bleu", bleu, [[["a b c d", "a b c d e f"]], ["a b c d e"]])
    add(table, "between two references as close the first counts, longer first", "bleu", bleu, [[["a b c d e f", "a b c d"]], ["a b c d e"]])
    add(table, "exact", "bleu", bleu, [[["one two three four five"]], ["one two three four five"]])
    logits, target = numbers("perplexity/logits", 2, 3, 5, scale=1.5), torch.tensor([[1, 4, 0], [2, 2, 3]])
    add(table, "(N, T, C) logits", "perplexity", perplexity, [target, logits])
    add(table, "ignoreIndex", "perplexity", perplexity, [torch.tensor([[1, 4, -100], [2, -100, -100]]), logits])
    add(table, "uniform over five is 5", "perplexity", perplexity, [target, torch.zeros(2, 3, 5).double()])
