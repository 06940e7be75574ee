"""
A small file by Hugging Face's safetensors, and what it holds, for our reader; and the answer to whether Python reads ours.

python safetensors.py write      makes hugging.safetensors and hugging.json
python safetensors.py read FILE  prints what Python finds in FILE, and whether its own writer makes the same bytes
"""

import hashlib
import json
import os
import sys

sys.path.pop(0)  # this file has the name of the package
import numpy as np
from safetensors import safe_open
from safetensors.numpy import save

FOLDER = os.path.dirname(os.path.abspath(__file__))


def write():
    tensors = {
        "0.weight": np.array([[1.5, -2.25, 3e-8], [0.1, -0.0, 65504]], dtype=np.float32),
        "0.bias": np.array([1e-300, -np.inf, np.pi], dtype=np.float64),
        "2.weight": np.array([-1, 2**31 - 1, -(2**31)], dtype=np.int32),
        "mask": np.array([[True], [False]]),
        "half": np.array([1, -0.5, 65504, 6e-8, np.inf], dtype=np.float16),
        "labels": np.array([0, 5, -3], dtype=np.int64),
        "bytes": np.array([0, 255], dtype=np.uint8),
        "scalar": np.array(7.5, dtype=np.float32),
        "empty": np.zeros((0, 3), dtype=np.float32),
        "größe": np.array([1], dtype=np.int16),
    }
    with open(os.path.join(FOLDER, "hugging.safetensors"), "wb") as file:
        file.write(save(tensors, metadata={"made by": "safetensors 0.8.0"}))
    found = {k: {"shape": list(v.shape), "dtype": str(v.dtype), "data": [str(n) for n in v.reshape(-1).tolist()]} for k, v in tensors.items()}
    with open(os.path.join(FOLDER, "hugging.json"), "w") as file:
        json.dump(found, file, indent=1)


def read(path):
    with safe_open(path, framework="np") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    for name, value in sorted(tensors.items()):
        print(name, value.dtype, list(value.shape), value.reshape(-1).tolist())
    print("metadata", metadata)
    with open(path, "rb") as file:
        ours = file.read()
    print("same bytes as safetensors.numpy.save:", save(tensors, metadata=metadata) == ours)
    print("sha256", hashlib.sha256(ours).hexdigest())


if __name__ == "__main__":
    write() if sys.argv[1:] == ["write"] else read(sys.argv[2])
