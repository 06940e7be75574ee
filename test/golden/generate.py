"""Makes every table of this folder: `python generate.py`, or `python generate.py loss optim` for some. Twice gives the same bytes."""

import importlib
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")

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
    for family in sys.argv[1:] or FAMILIES:
        importlib.import_module(FAMILIES[family]).make().write(f"{family}.json")
