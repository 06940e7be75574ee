"""nn.json: layers and activations by torch.nn.functional: outputs, and gradients of sum(output * cotangent) for the inputs and all parameters."""

import torch
import torch.nn.functional as F

from table import Table, indices, numbers, to_snake, vector


def make():
    table = Table("PyTorch 2.13.0", "float64; where a layer has parameters they are the first argument, a tree")
    for family in (
        add_activations,
        add_linear,
        add_convolutions,
        add_transposed,
        add_pooling,
        add_normalization,
        add_embedding,
        add_recurrent,
        add_attention,
        add_composed,
    ):
        family(table)
    return table


def tree(name, **shapes):
    return {key: numbers(f"nn/{name}/{key}", *shape, scale=0.6) for key, shape in shapes.items()}


def x(name, *shape):
    return numbers(f"nn/{name}/input", *shape)


# ---------------------------------------------------------------------------------------------------------------------------- activations

ACTIVATIONS = {
    "relu": (F.relu, [{}]),
    "relu6": (F.relu6, [{}]),
    "leakyRelu": (F.leaky_relu, [{}, {"negativeSlope": 0.2}]),
    "elu": (F.elu, [{}, {"alpha": 0.5}]),
    "celu": (F.celu, [{}, {"alpha": 0.5}]),
    "selu": (F.selu, [{}]),
    "gelu": (F.gelu, [{}, {"approximate": "tanh"}]),
    "silu": (F.silu, [{}]),
    "mish": (F.mish, [{}]),
    "softplus": (F.softplus, [{}, {"beta": 2}, {"beta": 3, "threshold": 5}]),
    "softsign": (F.softsign, [{}]),
    "sigmoid": (torch.sigmoid, [{}]),
    "logSigmoid": (F.logsigmoid, [{}]),
    "hardSigmoid": (F.hardsigmoid, [{}]),
    "hardSwish": (F.hardswish, [{}]),
    "tanh": (torch.tanh, [{}]),
    "hardTanh": (F.hardtanh, [{}]),
}


def add_activations(table):
    points = vector(-6.5, -2.9, -1.2, -0.4, -0.05, 0.03, 0.6, 1.7, 3.1, 7.3)
    for function, (activation, lists) in ACTIVATIONS.items():
        for options in lists:
            label = "".join(f", {k} {v}" for k, v in options.items())
            smooth = "threshold" not in options
            table.differentiate(f"from -6.5 to 7.3{label}", function, activation, [points], options, smooth=smooth)
            table.differentiate(f"0 and ±1e4{label}", function, activation, [vector(0, 1e4, -1e4)], options, smooth=False)
        table.differentiate("matrix", function, activation, [x(function, 2, 3)])
    for function, activation in (("softmax", F.softmax), ("logSoftmax", F.log_softmax)):
        for dim in (-1, 0, 1):
            table.differentiate(f"dim {dim}", function, activation, [x(function, 2, 3, 2)], {"dim": dim})
        table.differentiate("logits of ±1e4", function, activation, [vector(1e4, -1e4, 1e4, 0)], {"dim": -1}, smooth=False)
    table.differentiate("halves of the last axis", "glu", F.glu, [x("glu", 3, 4)], {"dim": -1})
    table.differentiate("one slope a channel", "prelu", lambda p, x: F.prelu(x, p["weight"]), [{"weight": vector(0.1, 0.3, -0.2)}, x("prelu", 2, 3, 2)])
    mask = torch.tensor([[True, False, True], [True, True, False]])
    table.differentiate("with a given mask", "dropout", dropout, [x("dropout", 2, 3)], {"p": 0.25, "mask": mask})


def dropout(x, p, mask):
    return x * mask / (1 - p)


# --------------------------------------------------------------------------------------------------------------- linear and convolutions


def linear(p, x):
    return F.linear(x, p["weight"], p.get("bias"))


def add_linear(table):
    p = tree("linear", weight=(4, 3), bias=(4,))
    table.differentiate("matrix", "linear", linear, [p, x("linear", 5, 3)])
    table.differentiate("without bias", "linear", linear, [{"weight": p["weight"]}, x("linear", 5, 3)])
    table.differentiate("vector", "linear", linear, [p, x("linear/vector", 3)])
    table.differentiate("three axes", "linear", linear, [p, x("linear/three axes", 2, 2, 3)])
    bilinear = lambda p, a, b: F.bilinear(a, b, p["weight"], p["bias"])
    table.differentiate("two inputs", "bilinear", bilinear, [tree("bilinear", weight=(2, 3, 2), bias=(2,)), x("bilinear/1", 4, 3), x("bilinear/2", 4, 2)])


def of_weights(function):
    return lambda p, x, **options: function(x, p["weight"], p.get("bias"), **options)


def add_convolutions(table):
    conv1, conv2 = of_weights(F.conv1d), of_weights(F.conv2d)
    p = tree("conv1d", weight=(3, 2, 3), bias=(3,))
    for label, options in (
        ("plain", {}),
        ("stride 2", {"stride": 2}),
        ("padding 2", {"padding": 2}),
        ("dilation 2", {"dilation": 2}),
        ("stride 2, padding 1, dilation 2", {"stride": 2, "padding": 1, "dilation": 2}),
        ("padding same", {"padding": "same"}),
    ):
        table.differentiate(label, "conv1d", conv1, [p, x("conv1d", 2, 2, 8)], options)
    grouped = tree("conv1d/groups", weight=(4, 1, 3), bias=(4,))
    table.differentiate("groups 2", "conv1d", conv1, [grouped, x("conv1d", 2, 2, 8)], {"groups": 2})

    p = tree("conv2d", weight=(3, 2, 3, 3), bias=(3,))
    image = x("conv2d", 1, 2, 5, 5)
    for label, options in (
        ("plain", {}),
        ("stride 2", {"stride": 2}),
        ("stride 2 that leaves a row over", {"stride": 2, "padding": 1, "dilation": 1}),
        ("padding 1", {"padding": 1}),
        ("stride [2, 1], padding [0, 2]", {"stride": [2, 1], "padding": [0, 2]}),
        ("dilation 2", {"dilation": 2}),
        ("stride 2, padding 2, dilation [1, 2]", {"stride": 2, "padding": 2, "dilation": [1, 2]}),
        ("padding same", {"padding": "same"}),
    ):
        table.differentiate(label, "conv2d", conv2, [p, image], options)
    table.differentiate("stride 3 on 6 × 7", "conv2d", conv2, [tree("conv2d/3", weight=(2, 1, 2, 2)), x("conv2d/6 × 7", 1, 1, 6, 7)], {"stride": 3})
    table.differentiate("batch of 3, kernel 1 × 2", "conv2d", conv2, [tree("conv2d/1 × 2", weight=(2, 2, 1, 2), bias=(2,)), x("conv2d/batch", 3, 2, 2, 3)])
    wide = x("conv2d/groups", 1, 4, 3, 4)
    table.differentiate("groups 2", "conv2d", conv2, [tree("conv2d/groups 2", weight=(4, 2, 2, 2), bias=(4,)), wide], {"groups": 2, "padding": 1})
    table.differentiate("depthwise, two outputs a channel", "conv2d", conv2, [tree("conv2d/depthwise", weight=(8, 1, 2, 2)), wide], {"groups": 4, "stride": 2})


def add_transposed(table):
    transposed2, transposed1 = of_weights(F.conv_transpose2d), of_weights(F.conv_transpose1d)
    p = tree("convTranspose2d", weight=(2, 3, 3, 3), bias=(3,))
    image = x("convTranspose2d", 1, 2, 3, 3)
    for label, options in (
        ("plain", {}),
        ("stride 2", {"stride": 2}),
        ("padding 1", {"padding": 1}),
        ("stride 2, padding 1, outputPadding 1", {"stride": 2, "padding": 1, "outputPadding": 1}),
        ("dilation 2, padding 2", {"dilation": 2, "padding": 2}),
        ("stride [2, 1], outputPadding [1, 0]", {"stride": [2, 1], "outputPadding": [1, 0]}),
    ):
        table.differentiate(label, "convTranspose2d", transposed2, [p, image], options)
    grouped = tree("convTranspose2d/groups", weight=(4, 2, 2, 2), bias=(4,))
    table.differentiate("groups 2", "convTranspose2d", transposed2, [grouped, x("convTranspose2d/groups", 1, 4, 2, 3)], {"groups": 2, "stride": 2})
    line = tree("convTranspose1d", weight=(2, 3, 3), bias=(3,))
    options = {"stride": 2, "padding": 1, "outputPadding": 1}
    table.differentiate("stride 2, padding 1, outputPadding 1", "convTranspose1d", transposed1, [line, x("convTranspose1d", 2, 2, 4)], options)


def add_pooling(table):
    image = x("pooling", 1, 2, 5, 5)
    for label, options in (
        ("kernel 2", {"kernelSize": 2}),
        ("overlapping: kernel 3, stride 1", {"kernelSize": 3, "stride": 1}),
        ("overlapping: kernel 3, stride 2, padding 1", {"kernelSize": 3, "stride": 2, "padding": 1}),
        ("kernel [2, 3], stride [1, 2]", {"kernelSize": [2, 3], "stride": [1, 2]}),
        ("ceilMode", {"kernelSize": 2, "stride": 2, "ceilMode": True}),
    ):
        table.differentiate(label, "maxPool2d", F.max_pool2d, [image], options)
        table.differentiate(label, "avgPool2d", F.avg_pool2d, [image], options)
    table.differentiate("dilation 2", "maxPool2d", F.max_pool2d, [image], {"kernelSize": 2, "stride": 1, "dilation": 2})
    options = {"kernelSize": 3, "stride": 2, "padding": 1, "countIncludePad": False}
    table.differentiate("countIncludePad false", "avgPool2d", F.avg_pool2d, [image], options)
    ties = vector(1, 1, 0, 1, 1, 2, 2, 0, 2).reshape(1, 1, 3, 3)
    table.differentiate("ties go to the first", "maxPool2d", F.max_pool2d, [ties], {"kernelSize": 2, "stride": 1}, smooth=False)
    line = x("pooling/line", 2, 2, 7)
    for options in ({"kernelSize": 3}, {"kernelSize": 3, "stride": 2, "padding": 1}):
        label = ", ".join(f"{k} {v}" for k, v in options.items())
        table.differentiate(label, "maxPool1d", F.max_pool1d, [line], options)
        table.differentiate(label, "avgPool1d", F.avg_pool1d, [line], options)
    table.differentiate("one number a channel", "adaptiveAvgPool2d", F.adaptive_avg_pool2d, [image], {"outputSize": 1})
    table.differentiate("5 to [2, 3]: windows overlap", "adaptiveAvgPool2d", F.adaptive_avg_pool2d, [image], {"outputSize": [2, 3]})


# -------------------------------------------------------------------------------------------------------------------------- normalization


def add_normalization(table):
    p = tree("batchNorm", weight=(3,), bias=(3,))
    state = {"runningMean": vector(0.1, -0.2, 0.3), "runningVar": vector(1.5, 0.7, 1)}
    inputs = {"(N, C)": x("batchNorm/matrix", 4, 3), "(N, C, L)": x("batchNorm/line", 2, 3, 4), "(N, C, H, W)": x("batchNorm/image", 2, 3, 2, 3)}
    for label, data in inputs.items():
        for options in ({"training": True}, {"training": False}):
            add_batch_norm(table, f"{label}, {'training' if options['training'] else 'evaluation'}", p, data, options, state)
    data = inputs["(N, C, L)"]
    add_batch_norm(table, "momentum 0.3, eps 0.1", p, data, {"training": True, "momentum": 0.3, "eps": 0.1}, state)
    add_batch_norm(table, "without weight and bias", {}, data, {"training": True}, state)
    add_batch_norm(table, "a constant channel", p, torch.ones(3, 3).double(), {"training": True}, state, smooth=False)

    def layer_norm(p, x, normalized_shape, eps=1e-5):
        return F.layer_norm(x, normalized_shape, p.get("weight"), p.get("bias"), eps)

    data = x("layerNorm", 2, 3, 4)
    table.differentiate("last axis", "layerNorm", layer_norm, [tree("layerNorm", weight=(4,), bias=(4,)), data], {"normalizedShape": [4]})
    table.differentiate("last two axes", "layerNorm", layer_norm, [tree("layerNorm/two", weight=(3, 4), bias=(3, 4)), data], {"normalizedShape": [3, 4]})
    table.differentiate("without weight and bias, eps 0.1", "layerNorm", layer_norm, [{}, data], {"normalizedShape": [4], "eps": 0.1}, [False, True])
    rms = lambda p, x, normalized_shape, eps=None: F.rms_norm(x, normalized_shape, p["weight"], eps)
    table.differentiate("last axis", "rmsNorm", rms, [tree("rmsNorm", weight=(4,)), data], {"normalizedShape": [4], "eps": 1e-5})
    group = lambda p, x, num_groups: F.group_norm(x, num_groups, p["weight"], p["bias"])
    table.differentiate("two groups", "groupNorm", group, [tree("groupNorm", weight=(4,), bias=(4,)), x("groupNorm", 2, 4, 3)], {"numGroups": 2})


def add_batch_norm(table, name, p, data, options, state, smooth=True):
    def batch_norm(p, x, training, momentum=0.1, eps=1e-5):
        mean, variance = (state[k].to(x.dtype, copy=True) for k in ("runningMean", "runningVar"))
        found = F.batch_norm(x, mean, variance, p.get("weight"), p.get("bias"), training, momentum, eps)
        after.update(runningMean=mean, runningVar=variance)
        return found

    after = {}
    batch_norm(p, data, **{to_snake(k): v for k, v in options.items()})
    extra = {"state": state, "nextState": {k: v.clone() for k, v in after.items()}}
    table.differentiate(name, "batchNorm", batch_norm, [p, data], options, [bool(p), True], smooth, extra)


def add_embedding(table):
    def embedding(p, ids, padding_idx=None):
        return F.embedding(ids, p["weight"], padding_idx)

    p, ids = tree("embedding", weight=(5, 3)), torch.tensor([[1, 4, 1], [0, 0, 3]])
    table.differentiate("repeated indices", "embedding", embedding, [p, ids])
    table.differentiate("paddingIdx 0 gets no gradient", "embedding", embedding, [p, ids], {"paddingIdx": 0}, smooth=False)


# ------------------------------------------------------------------------------------------------------------------------------ recurrent

GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def add_recurrent(table):
    for kind in GATES:
        for label, options in (
            ("(T, N, F)", {}),
            ("(N, T, F), batchFirst", {"batchFirst": True}),
            ("two layers", {"numLayers": 2}),
            ("both directions", {"bidirectional": True}),
            ("without bias", {"bias": False}),
        ):
            add_sequence(table, kind, label, options)
        add_sequence(table, kind, "without an initial state", {}, False)
    add_sequence(table, "rnn", "nonlinearity relu", {"nonlinearity": "relu"})


def add_sequence(table, kind, label, options, given=True):
    layers, directions, hidden, features, length, batch = options.get("numLayers", 1), 1 + options.get("bidirectional", False), 2, 3, 3, 2
    shapes = {}
    for layer in range(layers):
        for suffix in ("", "Reverse")[:directions]:
            size = features if layer == 0 else hidden * directions
            shapes[f"weightIhL{layer}{suffix}"] = (GATES[kind] * hidden, size)
            shapes[f"weightHhL{layer}{suffix}"] = (GATES[kind] * hidden, hidden)
            if options.get("bias", True):
                shapes[f"biasIhL{layer}{suffix}"] = shapes[f"biasHhL{layer}{suffix}"] = (GATES[kind] * hidden,)
    p = tree(f"{kind}/{label}", **shapes)
    data = x(f"{kind}/{label}", *((batch, length) if options.get("batchFirst") else (length, batch)), features)
    start = {"hidden": numbers(f"{kind}/{label}/hidden", layers * directions, batch, hidden)}
    if kind == "lstm":
        start["cell"] = numbers(f"{kind}/{label}/cell", layers * directions, batch, hidden)

    def run(p, x, start=None, bias=True, num_layers=1, bidirectional=False, batch_first=False, nonlinearity="tanh"):
        if start is None:
            start = {k: torch.zeros(layers * directions, batch, hidden, dtype=x.dtype) for k in (("hidden", "cell") if kind == "lstm" else ("hidden",))}
        rest = (list(p.values()), bias, num_layers, 0.0, False, bidirectional, batch_first)
        if kind == "lstm":
            output, last, cell = torch.lstm(x, (start["hidden"], start["cell"]), *rest)
            return {"output": output, "hidden": last, "cell": cell}
        output, last = {"rnn": torch.rnn_tanh if nonlinearity == "tanh" else torch.rnn_relu, "gru": torch.gru}[kind](x, start["hidden"], *rest)
        return {"output": output, "hidden": last}

    table.differentiate(label, kind, run, [p, data, start] if given else [p, data], options)


# ------------------------------------------------------------------------------------------------------------------------------ attention


def attention(query, key, value, mask=None, causal=False, scale=None):
    return F.scaled_dot_product_attention(query, key, value, attn_mask=mask, is_causal=causal, scale=scale)


def multi_head_attention(p, query, key, value, heads, mask=None, key_mask=None, causal=False):
    """F.multi_head_attention_forward, whose masks are true where a key is left out: ours are turned round. Batch first."""
    width = query.shape[-1]
    if causal:
        mask = torch.ones(query.shape[1], key.shape[1], dtype=torch.bool).tril()
    separate = "qProjWeight" in p
    output, weights = F.multi_head_attention_forward(
        *(t.transpose(0, 1) for t in (query, key, value)),
        width,
        heads,
        p.get("inProjWeight"),
        p.get("inProjBias"),
        None,
        None,
        False,
        0.0,
        p["outProjWeight"],
        p.get("outProjBias"),
        training=False,
        key_padding_mask=None if key_mask is None else ~key_mask,
        need_weights=True,
        attn_mask=None if mask is None else ~mask,
        use_separate_proj_weight=separate,
        q_proj_weight=p.get("qProjWeight"),
        k_proj_weight=p.get("kProjWeight"),
        v_proj_weight=p.get("vProjWeight"),
    )
    return {"output": output.transpose(0, 1), "weights": weights}


def add_attention(table):
    f = "scaledDotProductAttention"
    q, k, v = (x(f"attention/{which}", 2, *shape) for which, shape in (("query", (3, 4)), ("key", (5, 4)), ("value", (5, 2))))
    mask = torch.tensor([[1, 1, 0, 0, 1], [0, 1, 1, 1, 1], [1, 0, 0, 0, 0]]).bool()
    table.differentiate("plain", f, attention, [q, k, v])
    table.differentiate("mask: true takes part", f, attention, [q, k, v], {"mask": mask})
    table.differentiate("floating mask is added", f, attention, [q, k, v], {"mask": numbers("attention/mask", 3, 5)})
    table.differentiate("scale 0.25", f, attention, [q, k, v], {"scale": 0.25})
    table.differentiate("causal, as many queries as keys", f, attention, [q, k[:, :3], v[:, :3]], {"causal": True})
    table.differentiate("causal, more keys than queries", f, attention, [q, k, v], {"causal": True})
    none = torch.tensor([[1, 1, 1, 1, 1], [0, 0, 0, 0, 0], [1, 0, 0, 0, 0]]).bool()
    table.differentiate("a query that sees nothing gets zeros", f, attention, [q, k, v], {"mask": none}, smooth=False)
    heads = [x(f"attention/heads/{which}", 1, 2, 3, 4) for which in ("query", "key", "value")]
    table.differentiate("(N, heads, T, E)", f, attention, heads, {"causal": True})

    f = "multiHeadAttention"
    p = tree("multiHeadAttention", inProjWeight=(12, 4), inProjBias=(12,), outProjWeight=(4, 4), outProjBias=(4,))
    q, k, v = (x(f"multiHeadAttention/{which}", 2, length, 4) for which, length in (("query", 3), ("key", 4), ("value", 4)))
    table.differentiate("packed weights", f, multi_head_attention, [p, q, k, v], {"heads": 2})
    table.differentiate("mask", f, multi_head_attention, [p, q, k, v], {"heads": 2, "mask": mask[:, :4]})
    padding = torch.tensor([[1, 1, 1, 0], [1, 1, 0, 0]]).bool()
    table.differentiate("keyMask", f, multi_head_attention, [p, q, k, v], {"heads": 2, "keyMask": padding})
    table.differentiate("causal self-attention", f, multi_head_attention, [p, q, q.clone(), q.clone()], {"heads": 4, "causal": True})
    plain = {k: v for k, v in p.items() if "Weight" in k}
    table.differentiate("without bias", f, multi_head_attention, [plain, q, k, v], {"heads": 2})
    shapes = {"qProjWeight": (4, 4), "kProjWeight": (4, 3), "vProjWeight": (4, 2), "inProjBias": (12,), "outProjWeight": (4, 4), "outProjBias": (4,)}
    p = tree("multiHeadAttention/separate", **shapes)
    other = [q, x("multiHeadAttention/narrow key", 2, 4, 3), x("multiHeadAttention/narrow value", 2, 4, 2)]
    table.differentiate("separate weights, keys of 3, values of 2", f, multi_head_attention, [p, *other], {"heads": 2})


# ------------------------------------------------------------------------------------------------------------------------------- composed


def add_composed(table):
    residual = lambda p, x: x + torch.tanh(F.linear(x, p["weight"], p["bias"]))
    table.differentiate("x + tanh(linear(x))", "residual", residual, [tree("residual", weight=(3, 3), bias=(3,)), x("residual", 4, 3)])

    def perceptron(p, x):
        return F.linear(torch.relu(F.linear(x, p["0"]["weight"], p["0"]["bias"])), p["2"]["weight"], p["2"]["bias"])

    p = {"0": tree("mlp/0", weight=(5, 3), bias=(5,)), "2": tree("mlp/2", weight=(2, 5), bias=(2,))}
    table.differentiate("linear, relu, linear", "sequential", perceptron, [p, x("mlp", 4, 3)])
    target = torch.tensor([0, 1, 1, 0])
    loss = lambda p, x, t: F.cross_entropy(perceptron(p, x), t)
    table.differentiate("linear, relu, linear, crossEntropy", "sequential", loss, [p, x("mlp", 4, 3), target])

    def network(p, x, t):
        hidden = F.max_pool2d(torch.relu(F.conv2d(x, p["0"]["weight"], p["0"]["bias"], padding=1)), 2).flatten(1)
        return F.cross_entropy(F.linear(hidden, p["4"]["weight"], p["4"]["bias"]), t)

    p = {"0": tree("cnn/0", weight=(2, 1, 3, 3), bias=(2,)), "4": tree("cnn/4", weight=(3, 8), bias=(3,))}
    name = "conv2d (padding 1), relu, maxPool2d 2, flatten, linear, crossEntropy"
    table.differentiate(name, "sequential", network, [p, x("cnn", 3, 1, 4, 4), torch.tensor([2, 0, 1])])
