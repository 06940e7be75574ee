"""Values and gradients of ops by PyTorch 2.13, and printed arrays by NumPy. Run: python test/golden/op.py > test/golden/op.json"""

import json
import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)


def n(*shape):
    return torch.randn(*shape)


def p(*shape):
    return torch.rand(*shape) * 2 + 0.3


cases = {}


def case(name, f, *inputs):
    inputs = [t.clone().requires_grad_() for t in inputs]
    output = f(*inputs)
    weight = torch.cos(torch.arange(output.numel()).reshape(output.shape).to(torch.float64))
    (output * weight).sum().backward()
    zero = lambda t: torch.zeros_like(t) if t.grad is None else t.grad
    pack = lambda t: {"shape": list(t.shape), "data": [float(f"{v:.17g}") for v in t.detach().reshape(-1).tolist()]}
    cases[name] = {"inputs": [pack(t) for t in inputs], "output": pack(output), "gradients": [pack(zero(t)) for t in inputs]}


case("add", torch.add, n(2, 3), n(3))
case("sub", torch.sub, n(2, 1), n(3))
case("mul", torch.mul, n(2, 3), n(2, 1))
case("div", torch.div, n(2, 3), p(3))
case("pow", torch.pow, p(2, 3), n(3))
case("maximum", torch.maximum, torch.tensor([1.0, 2, 3]), torch.tensor([3.0, 2, 1]))
case("minimum", torch.minimum, torch.tensor([1.0, 2, 3]), torch.tensor([3.0, 2, 1]))
for name in ["neg", "abs", "exp", "expm1", "sin", "cos", "tanh", "sigmoid", "erf", "relu", "square"]:
    case(name, getattr(torch, name), n(2, 3))
for name in ["log", "log1p", "sqrt", "reciprocal"]:
    case(name, getattr(torch, name), p(2, 3))
for name in ["softplus", "gelu", "silu", "logsigmoid", "elu", "leaky_relu"]:
    case(name, getattr(F, name), n(2, 5) * 3)
case("round", torch.round, torch.tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.3]))
case("clamp", lambda x: torch.clamp(x, -0.5, 1), torch.tensor([-2.0, -0.5, 0.2, 1, 3]))
case("sum", lambda x: x.sum((0, 2)), n(2, 3, 4))
case("mean", lambda x: x.mean(1, keepdim=True), n(2, 3, 4))
case("prod", lambda x: x.prod(1), n(2, 3))
case("max", lambda x: x.amax((0, 1)), torch.tensor([[1.0, 3, 2], [3.0, 1, 2]]))
case("min", lambda x: x.amin(-1), n(2, 5))
case("var", lambda x: x.var(0), n(5, 2))
case("std", lambda x: x.std((0, 1), correction=0), n(3, 4))
case("logSumExp", lambda x: x.logsumexp(1), n(3, 4) * 100)
case("softmax", lambda x: x.softmax(0), n(3, 4))
case("logSoftmax", lambda x: x.log_softmax(-1), n(3, 4) * 50)
case("cumsum", lambda x: x.cumsum(1), n(2, 4))
case("norm", lambda x: torch.linalg.vector_norm(x, dim=1), torch.cat([n(2, 3), torch.zeros(1, 3)]))
case("matmul", torch.matmul, n(2, 1, 3, 4), n(5, 4, 2))
case("matmulVector", torch.matmul, n(3, 4), n(4))
case("matmulLarge", torch.matmul, n(9, 37), n(37, 21))
case("sort", lambda x: x.sort(1, descending=True).values, n(2, 5))
case("topk", lambda x: x.topk(2, 0).values, n(5, 2))
case("gather", lambda x: x.gather(1, torch.tensor([[0, 0], [2, 1]])), n(2, 3))
case("scatterAdd", lambda x, s: x.scatter_add(1, torch.tensor([[0, 0], [2, 1]]), s), n(2, 3), n(2, 2))
case("take", lambda x: x[:, torch.tensor([[2, 0], [0, 1]])], n(2, 3))
case("flip", lambda x: x.flip(1), n(2, 3))
case("pad", lambda x: F.pad(x, (1, 2, 0, 1), value=0.5), n(2, 3))
case("conv2d", lambda x, w: F.conv2d(x, w, stride=(2, 1), padding=(1, 2), dilation=(1, 2)), n(2, 3, 7, 8), n(4, 3, 3, 3))
case("conv2dGroups", lambda x, w: F.conv2d(x, w, groups=2, padding="same"), n(1, 4, 5, 6), n(6, 2, 3, 2))
case("conv1d", lambda x, w: F.conv1d(x, w, stride=2, padding=1), n(2, 3, 9), n(4, 3, 3))
case("convTranspose2d", lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1, groups=2), n(2, 4, 3, 4), n(4, 3, 3, 3))
case("maxPool2d", lambda x: F.max_pool2d(x, 3, 2, 1), n(2, 2, 6, 7))
case("maxPool2dDilated", lambda x: F.max_pool2d(x, 2, 1, 0, 2), n(1, 2, 6, 5))
case("avgPool2d", lambda x: F.avg_pool2d(x, 3, 2, 1), n(2, 2, 6, 7))
case("avgPool2dInside", lambda x: F.avg_pool2d(x, (2, 3), 2, 1, count_include_pad=False), n(1, 2, 6, 7))
case("where", lambda a, b: torch.where(torch.tensor([True, False, True]), a, b), n(2, 3), n(3))
spd = lambda a: a @ a.mT + torch.eye(4)
case("solve", lambda a, b: torch.linalg.solve(spd(a), b), n(4, 4), n(4, 2))
case("cholesky", lambda a: torch.linalg.cholesky(spd(a)), n(4, 4))
case("inverse", lambda a: torch.linalg.inv(spd(a)), n(4, 4))
case("singularValues", torch.linalg.svdvals, n(4, 3))
case("eigenvalues", lambda a: torch.linalg.eigvalsh(spd(a)), n(4, 4))
case("determinant", torch.linalg.det, n(4, 4))


def qr(a):
    """Rows of R and columns of Q turned so that the diagonal of R is positive: libraries differ in that."""
    q, r = torch.linalg.qr(a)
    signs = torch.sign(torch.diagonal(r)).detach()
    return torch.cat([(q * signs).reshape(-1), (r * signs[:, None]).reshape(-1)])


def svd(a):
    """What does not depend on the signs of the vectors."""
    u, s, vh = torch.linalg.svd(a, full_matrices=False)
    return torch.cat([((u * s**2) @ vh).reshape(-1), u.abs().reshape(-1), vh.abs().reshape(-1), s])


def eigh(a):
    values, vectors = torch.linalg.eigh(a + a.mT)
    return torch.cat([((vectors * values.exp()) @ vectors.mT).reshape(-1), vectors.abs().reshape(-1), values])


case("logDeterminant", lambda a: torch.logdet(spd(a)), n(4, 4))
case("qr", qr, n(4, 3))
case("qrSquare", qr, n(3, 3))
case("qrWide", qr, n(2, 4))
case("svd", svd, n(4, 3))
case("svdWide", svd, n(2, 4))
case("eigh", eigh, n(4, 4))
print(json.dumps(cases, separators=(",", ":")))
