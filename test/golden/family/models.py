"""
model.json: linear models by scikit-learn on three of its data sets and on small made-up ones. Iterative solvers stop early, so each of their solutions is finished
here (active set or Newton), checked against the conditions of optimality and against scikit-learn's; what is written is exact to rounding.
"""

import warnings

import numpy as np
from scipy.optimize import lsq_linear
from sklearn import datasets
from sklearn.linear_model import ElasticNet, Lasso, LinearRegression, LogisticRegression, Ridge, lasso_path
from sklearn.svm import LinearSVC

from table import Table, numbers

warnings.filterwarnings("ignore")

SETS = {"iris": datasets.load_iris, "wine": datasets.load_wine, "breastCancer": datasets.load_breast_cancer}


def make():
    table = Table("scikit-learn 1.9.1", "data: a set by name (columns, target, rows; standardized with the deviation of the population), or x and y")
    for family in (add_least_squares, add_ridge, add_sparse, add_paths, add_logistic, add_svm):
        family(table)
    return table


# ------------------------------------------------------------------------------------------------------------------------------------- data


def load(name, features=None, target=None, classes=None, standardized=True):
    """Rows of a set; `target` is a column to be predicted from the other ones, without it the class is."""
    found = SETS[name]()
    x, y = found.data, found.target
    recipe = {"set": name}
    if target is not None:
        features = [i for i in range(x.shape[1]) if i != target] if features is None else features
        recipe.update(features=features, target=target)
        x, y = x[:, features], x[:, target]
    if classes is not None:
        recipe["classes"] = classes
        kept = np.isin(y, classes)
        x, y = x[kept], y[kept]
    if standardized:
        recipe["standardized"] = True
        x = (x - x.mean(0)) / x.std(0)
    return recipe, x, y


def invent(name, rows, columns, noise=0.5):
    x = numbers(f"model/{name}/x", rows, columns).numpy()
    slope = numbers(f"model/{name}/slope", columns, scale=2).numpy()
    y = np.round(x @ slope + 1.5 + noise * numbers(f"model/{name}/noise", rows).numpy(), 3)
    return {"x": x, "y": y}, x, y


def invent_classes(name, rows, columns, classes):
    x = numbers(f"model/{name}/x", rows, columns).numpy()
    scores = x @ numbers(f"model/{name}/slopes", columns, classes).numpy() + 0.8 * numbers(f"model/{name}/noise", rows, classes).numpy()
    y = scores.argmax(1)
    return {"x": x, "y": y}, x, y


def describe(name, function, recipe, options, **value):
    return {"name": name, "function": function, "data": recipe, "options": options, "value": value}


def label(recipe, options):
    data = recipe.get("set", "made up")
    if "classes" in recipe or np.issubdtype(np.asarray(recipe.get("y", 0.5)).dtype, np.integer):
        data += f" of {len(recipe.get('classes', np.unique(recipe.get('y'))))} classes"
    return ", ".join([data, *(f"{k} {'…' if isinstance(v, np.ndarray) else v}" for k, v in options.items())])


def weights(name, rows):
    return numbers(f"model/{name}/weights", rows, low=0.2, high=2).numpy()


def predict(x, coef, intercept, rows=6):
    return x[:rows] @ coef.T + intercept


# -------------------------------------------------------------------------------------------------------------------------- least squares


def regressions():
    return [invent("regression", 12, 3), load("iris", target=3), load("wine", target=0), load("iris", target=3, standardized=False)]


def add_least_squares(table):
    for recipe, x, y in regressions():
        add_linear(table, label(recipe, {"standardized": recipe.get("standardized", False)}), recipe, x, y, {})
    recipe, x, y = invent("regression", 12, 3)
    add_linear(table, "made up, no intercept", recipe, x, y, {"fitIntercept": False})
    add_linear(table, "made up, sample weight", recipe, x, y, {"sampleWeight": weights("regression", 12)})
    twin = np.c_[x, x[:, :1]]
    add_linear(table, "a column twice: the shortest solution", {"x": twin, "y": y}, twin, y, {})
    wide = numbers("model/wide/x", 4, 6).numpy()
    add_linear(table, "more columns than rows: the shortest solution", {"x": wide, "y": y[:4]}, wide, y[:4], {})
    both = np.c_[y, np.round(x[:, 0] * 2 - y, 3)]
    add_linear(table, "two outputs", {"x": x, "y": both}, x, both, {})


def add_linear(table, name, recipe, x, y, options):
    model = LinearRegression(fit_intercept=options.get("fitIntercept", True), tol=1e-15).fit(x, y, options.get("sampleWeight"))
    coef, intercept = model.coef_, model.intercept_
    residual = y - x @ coef.T - intercept
    total = (np.expand_dims(options.get("sampleWeight", np.ones(len(y))), tuple(range(1, y.ndim))) * residual**2).sum()
    score = model.score(x, y, options.get("sampleWeight"))
    table.append(describe(name, "linearRegression", recipe, options, coef=coef, intercept=intercept, prediction=predict(x, coef, intercept), objective=total, r2=score))


def add_ridge(table):
    for recipe, x, y in regressions():
        for alpha in (0.01, 1, 10, 1000):
            add_one_ridge(table, label(recipe, {"alpha": alpha, "standardized": recipe.get("standardized", False)}), recipe, x, y, {"alpha": alpha})
    recipe, x, y = invent("regression", 12, 3)
    add_one_ridge(table, "made up, no intercept", recipe, x, y, {"alpha": 0.5, "fitIntercept": False})
    add_one_ridge(table, "made up, sample weight", recipe, x, y, {"alpha": 0.5, "sampleWeight": weights("regression", 12)})
    wide = numbers("model/wide/x", 4, 6).numpy()
    add_one_ridge(table, "more columns than rows", {"x": wide, "y": y[:4]}, wide, y[:4], {"alpha": 0.3})


def add_one_ridge(table, name, recipe, x, y, options):
    sample_weight = options.get("sampleWeight", np.ones(len(y)))
    model = Ridge(options["alpha"], fit_intercept=options.get("fitIntercept", True), solver="cholesky").fit(x, y, options.get("sampleWeight"))
    coef, intercept = model.coef_, model.intercept_
    residual = y - x @ coef - intercept
    objective = (sample_weight * residual**2).sum() + options["alpha"] * (coef**2).sum()
    slope = -2 * x.T @ (sample_weight * residual) + 2 * options["alpha"] * coef
    assert np.abs(slope).max() < 1e-9 * max(1, np.abs(x.T @ y).max()), (name, slope)
    table.append(describe(name, "ridge", recipe, options, coef=coef, intercept=intercept, prediction=predict(x, coef, intercept), objective=objective))


# --------------------------------------------------------------------------------------------------------------------- lasso, elastic net


def add_sparse(table):
    for recipe, x, y in regressions():
        tiny = {"made up": 0.05, "iris": 0.01, "wine": 0.01}[recipe.get("set", "made up")]
        for alpha in (tiny, 0.1, 0.3, 100):
            suffix = label(recipe, {"alpha": alpha, "standardized": recipe.get("standardized", False)})
            add_one_sparse(table, suffix, "lasso", recipe, x, y, {"alpha": alpha})
            for ratio in (0.5, 0.1):
                add_one_sparse(table, f"{suffix}, l1Ratio {ratio}", "elasticNet", recipe, x, y, {"alpha": alpha, "l1Ratio": ratio})
    recipe, x, y = invent("regression", 12, 3)
    add_one_sparse(table, "made up, no intercept", "lasso", recipe, x, y, {"alpha": 0.2, "fitIntercept": False})
    add_one_sparse(table, "made up, no intercept", "elasticNet", recipe, x, y, {"alpha": 0.2, "l1Ratio": 0.7, "fitIntercept": False})


def add_one_sparse(table, name, function, recipe, x, y, options):
    alpha, ratio, fit_intercept = options["alpha"], options.get("l1Ratio", 1.0), options.get("fitIntercept", True)
    strict = {"tol": 1e-13, "max_iter": 1_000_000, "fit_intercept": fit_intercept}
    model = (Lasso(alpha, **strict) if function == "lasso" else ElasticNet(alpha, l1_ratio=ratio, **strict)).fit(x, y)
    x_mean, y_mean = (x.mean(0), y.mean()) if fit_intercept else (np.zeros(x.shape[1]), 0.0)
    coef = finish_sparse(x - x_mean, y - y_mean, model.coef_, alpha, ratio)
    intercept = y_mean - x_mean @ coef
    residual = y - x @ coef - intercept
    objective = (residual**2).sum() / (2 * len(y)) + alpha * ratio * np.abs(coef).sum() + alpha * (1 - ratio) / 2 * (coef**2).sum()
    table.append(describe(name, function, recipe, options, coef=coef, intercept=intercept, prediction=predict(x, coef, intercept), objective=objective))


def finish_sparse(x, y, start, alpha, ratio):
    """The exact solution on the active set of `start`: (XᵀX/n + α(1-ρ)) w = Xᵀy/n - αρ sign(w)."""
    active, coef = np.abs(start) > 1e-9, np.zeros_like(start)
    if active.any():
        part, n = x[:, active], len(y)
        square = part.T @ part / n + alpha * (1 - ratio) * np.eye(active.sum())
        coef[active] = np.linalg.solve(square, part.T @ y / n - alpha * ratio * np.sign(start[active]))
    pull = x.T @ (y - x @ coef) / len(y) - alpha * (1 - ratio) * coef
    assert np.array_equal(np.sign(coef), np.where(active, np.sign(start), 0))
    assert np.abs(pull[~active]).max(initial=0) <= alpha * ratio + 1e-12 and np.allclose(coef, start, atol=1e-6)
    return coef


def add_paths(table):
    for recipe, x, y in (invent("regression", 12, 3), load("wine", target=0)):
        alphas = np.array([100, 30, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0])
        models = [Ridge(a, solver="cholesky").fit(x, y) if a else LinearRegression(tol=1e-15).fit(x, y) for a in alphas]
        coef, intercept = np.array([m.coef_ for m in models]), np.array([m.intercept_ for m in models])
        table.append(describe(f"{label(recipe, {})}, given alphas", "ridgePath", recipe, {"alphas": alphas}, alphas=alphas, coef=coef, intercept=intercept))
        centred, middle = x - x.mean(0), y - y.mean()
        for options in ({"count": 12, "eps": 0.01}, {"alphas": np.array([0.5, 0.2, 0.1, 0.05, 0.01])}):
            given = options.get("alphas", options.get("count"))
            found, coefs, _ = lasso_path(centred, middle, alphas=given, eps=options.get("eps", 1e-3), tol=1e-13, max_iter=1_000_000)
            coef = np.array([finish_sparse(centred, middle, c, a, 1.0) if a < found[0] * (1 - 1e-12) or "alphas" in options else np.zeros_like(c) for a, c in zip(found, coefs.T)])
            intercept = y.mean() - coef @ x.mean(0)
            table.append(describe(label(recipe, options), "lassoPath", recipe, options, alphas=found, coef=coef, intercept=intercept))


# ------------------------------------------------------------------------------------------------------------------- logistic regression


def add_logistic(table):
    two = [invent_classes("two classes", 14, 2, 2), load("breastCancer"), load("iris", classes=[1, 2])]
    three = [invent_classes("three classes", 18, 2, 3), load("iris"), load("wine")]
    for recipe, x, y in two + three:
        for c in (0.01, 1, 100):
            add_one_logistic(table, recipe, x, y, {"C": c})
    for recipe, x, y in (two[0], three[0]):
        add_one_logistic(table, recipe, x, y, {"C": 1, "fitIntercept": False})
        add_one_logistic(table, recipe, x, y, {"C": 1, "classWeight": "balanced"})
        add_one_logistic(table, recipe, x, y, {"C": 1, "sampleWeight": weights("classes", len(y))})
    add_one_logistic(table, *three[1], {"C": 1, "classWeight": "balanced"})


def add_one_logistic(table, recipe, x, y, options):
    c, intercept = options["C"], options.get("fitIntercept", True)
    sample_weight = options.get("sampleWeight", np.ones(len(y)))
    model = LogisticRegression(C=c, fit_intercept=intercept, class_weight=options.get("classWeight"), tol=1e-10, max_iter=100_000).fit(x, y, sample_weight)
    if options.get("classWeight") == "balanced":
        counts = np.bincount(np.searchsorted(model.classes_, y))
        sample_weight = sample_weight * (len(y) / (len(counts) * counts))[np.searchsorted(model.classes_, y)]
    wide = np.c_[x, np.ones(len(x))] if intercept else x
    start = np.c_[model.coef_, model.intercept_] if intercept else model.coef_
    penalty = np.ones(wide.shape[1])
    if intercept:
        penalty[-1] = 0
    finish = finish_binary if len(model.classes_) == 2 else finish_multinomial
    found, objective, probability = finish(wide, np.searchsorted(model.classes_, y), start, c * sample_weight, penalty)
    if intercept and len(found) > 1:
        found[:, -1] -= found[:, -1].mean()  # the softmax does not see what all intercepts share
    assert np.allclose(found, start, atol=2e-4, rtol=1e-4), np.abs(found - start).max()
    coef = found[:, :-1] if intercept else found
    guess = probability.argmax(1)
    accuracy = (model.classes_[guess] == y).mean()
    value = {"coef": coef, "intercept": found[:, -1] if intercept else np.zeros(len(found)), "probability": probability[:: max(1, len(y) // 5)][:5]}
    table.append(describe(label(recipe, options), "logisticRegression", recipe, options, **value, objective=objective, accuracy=accuracy))


def finish_binary(x, y, start, weight, penalty):
    """Newton on sum of weight * log-loss + |w|²/2 from scikit-learn's solution."""
    w, sign = start[0].copy(), 2 * y - 1
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (weight * (p - y)) + penalty * w
        w -= np.linalg.solve((x.T * (weight * p * (1 - p))) @ x + np.diag(penalty), slope)
    p = 1 / (1 + np.exp(-x @ w))
    assert np.abs(x.T @ (weight * (p - y)) + penalty * w).max() < 1e-11 * max(1, (weight[:, None] * np.abs(x)).sum(0).max())
    objective = (weight * np.logaddexp(0, -sign * (x @ w))).sum() + (penalty * w**2).sum() / 2
    return w[None], objective, np.c_[1 - p, p]


def finish_multinomial(x, y, start, weight, penalty):
    """Newton for the softmax; the Hessian has a null direction (all intercepts together), which the pseudo-inverse leaves alone."""
    w, (n, d), k = start.copy(), x.shape, len(start)
    one = np.eye(k)[y]

    def chances(w):
        z = x @ w.T
        e = np.exp(z - z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)

    for _ in range(30):
        p = chances(w)
        slope = (weight[:, None] * (p - one)).T @ x + penalty * w
        blocks = np.einsum("n,na,nab,ni,nj->aibj", weight, p, np.eye(k) - p[:, None, :], x, x, optimize=True)
        hessian = blocks.reshape(k * d, k * d) + np.diag(np.tile(penalty, k))
        w -= (np.linalg.pinv(hessian, rcond=1e-13, hermitian=True) @ slope.ravel()).reshape(k, d)
    p = chances(w)
    slope = (weight[:, None] * (p - one)).T @ x + penalty * w
    assert np.abs(slope).max() < 1e-11 * max(1, (weight[:, None] * np.abs(x)).sum(0).max()), np.abs(slope).max()
    objective = -(weight * np.log(p[np.arange(n), y])).sum() + (penalty * w**2).sum() / 2
    return w, objective, p


# ---------------------------------------------------------------------------------------------------------------- support vector machine


def add_svm(table):
    two = [invent_classes("two classes", 14, 2, 2), load("breastCancer"), load("iris", classes=[1, 2])]
    three = [invent_classes("three classes", 18, 2, 3), load("iris"), load("wine")]
    for recipe, x, y in two + three:
        for c in (0.01, 1):
            for loss in ("squaredHinge", "hinge"):
                add_one_svm(table, recipe, x, y, {"C": c, "loss": loss})
    add_one_svm(table, *two[0], {"C": 1, "loss": "squaredHinge", "fitIntercept": False})
    add_one_svm(table, *two[0], {"C": 1, "loss": "hinge", "fitIntercept": False})
    add_one_svm(table, *two[0], {"C": 1, "loss": "squaredHinge", "interceptScaling": 10})


def add_one_svm(table, recipe, x, y, options):
    c, intercept, scaling = options["C"], options.get("fitIntercept", True), options.get("interceptScaling", 1.0)
    dual = options["loss"] == "hinge"
    rest = {"loss": "hinge" if dual else "squared_hinge", "dual": dual, "tol": 1e-10, "max_iter": 10_000_000, "random_state": 0}
    model = LinearSVC(C=c, fit_intercept=intercept, intercept_scaling=scaling, **rest).fit(x, y)
    wide = np.c_[x, np.full(len(x), scaling)] if intercept else x
    rows, objectives = [], []
    for row, own in enumerate(model.classes_ if len(model.classes_) > 2 else model.classes_[1:]):
        start = np.r_[model.coef_[row], model.intercept_[row] / scaling] if intercept else model.coef_[row]
        w = (finish_hinge if dual else finish_squared_hinge)(wide, np.where(y == own, 1.0, -1.0), start, c)
        lack = np.maximum(0, 1 - np.where(y == own, 1.0, -1.0) * (wide @ w))
        objectives.append((w**2).sum() / 2 + c * (lack if dual else lack**2).sum())
        rows.append(w)
    found = np.array(rows)
    coef, bias = (found[:, :-1], found[:, -1] * scaling) if intercept else (found, np.zeros(len(found)))
    scores = x @ coef.T + bias
    guess = model.classes_[(scores[:, 0] > 0).astype(int) if len(found) == 1 else scores.argmax(1)]
    decision = scores[:: max(1, len(y) // 5)][:5]
    table.append(describe(label(recipe, options), "linearSvm", recipe, options, coef=coef, intercept=bias, decision=decision, objective=np.array(objectives), accuracy=(guess == y).mean()))


def finish_squared_hinge(x, sign, start, c):
    """Newton; the objective is quadratic on each set of rows inside the margin, so it ends exactly."""
    w = start.copy()
    for _ in range(50):
        inside = 1 - sign * (x @ w) > 0
        part = x[inside]
        w = np.linalg.solve(np.eye(len(w)) + 2 * c * part.T @ part, 2 * c * part.T @ sign[inside])
    lack = np.maximum(0, 1 - sign * (x @ w))
    slope = w - 2 * c * x.T @ (sign * lack)
    assert np.abs(slope).max() < 1e-10 and np.allclose(w, start, atol=1e-4), (np.abs(slope).max(), np.abs(w - start).max())
    return w


def finish_hinge(x, sign, start, c, near=1e-5):
    """w = sum of a_i y_i x_i with a = C inside the margin, 0 outside, and what puts the support vectors on it exactly at 1."""
    signed = x * sign[:, None]
    margin = signed @ start
    on, inside = np.abs(margin - 1) < near, margin < 1 - near
    fixed = c * signed[inside].sum(0)
    share = np.linalg.lstsq(signed[on] @ signed[on].T, 1 - signed[on] @ fixed, rcond=None)[0] if on.any() else np.zeros(0)
    w = fixed + share @ signed[on]
    margin = signed @ w
    if on.any():  # more vectors on the margin than dimensions: some choice of a within [0, C] must give the same w
        assert lsq_linear(signed[on].T, w - fixed, (0, c), tol=1e-14).cost < 1e-18
    assert np.abs(margin[on] - 1).max(initial=0) < 1e-9 and (margin[inside] <= 1 + 1e-9).all() and (margin[~on & ~inside] >= 1 - 1e-9).all()
    assert np.allclose(w, start, atol=1e-4), np.abs(w - start).max()
    return w
