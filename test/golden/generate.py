"""Makes every table of this folder: `python generate.py`, or `python generate.py loss optim` for some. Twice gives the same bytes."""

import importlib
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")

FOLDER = os.path.dirname(os.path.abspath(__file__))
FAMILIES = {
    "loss": "losses",
    "optim": "optimizers",
    "schedule": "schedules",
    "nn": "layers",
    "init": "initializers",
    "metric": "metrics",
    "model": "models",
    "published": "published",
}

if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.path[0] = os.path.join(FOLDER, "family")  # not this folder: a random.py here would hide Python's own
    for family in sys.argv[1:] or FAMILIES:
        importlib.import_module(FAMILIES[family]).make().write(os.path.join(FOLDER, f"{family}.json"))
