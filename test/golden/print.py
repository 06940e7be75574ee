"""Arrays as NumPy 2 prints them. Run: python test/golden/print.py > test/golden/print.json"""

import json
import numpy as np

rows = []


def row(values, dtype="float32", shape=None):
    array = np.array(values, dtype=dtype)
    if shape:
        array = array.reshape(shape)
    rows.append({"values": [str(v) if isinstance(v, float) and not np.isfinite(v) else v for v in array.reshape(-1).tolist()], "shape": list(array.shape), "dtype": str(array.dtype), "text": str(array)})


row([1, 2, 3])
row([[1.5, 2], [3, -4.25]])
row(3.5)
row(7)
row([0.1, 0.2, 0.3])
row([0.1, 0.2, 0.3], "float64")
row([1 / 3, 2 / 3, 1e-3], "float64")
row([1e10, 1])
row([1e-5, 1])
row([1000.5, 0.25])
row([123456.789, 1.5], "float64")
row([np.nan, 1, np.inf, -np.inf])
row([1, -2, 300], "int32")
row([[True, False], [False, False]], "bool")
row(list(range(24)), "float32", (2, 3, 4))
row(list(range(40)))
row([0, -0.0, 1e-8])
row(list(range(2000)), "int32")
row(list(range(2000)), "float32", (40, 50))
row([12345678.0, 2])
row([1e8, 2e8])
row([[0.001, 1000], [2, 3]])
row([], "float32")
print(json.dumps(rows, separators=(",", ":")))
