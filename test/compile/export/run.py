"""Runs ONNX files with Python's onnxruntime: cases as JSON on standard input, outputs as JSON on standard output."""

import json
import sys

import numpy
import onnxruntime

DTYPES = {"float32": numpy.float32, "float64": numpy.float64, "int32": numpy.int32, "bool": numpy.bool_}


def decode(tensor):
    return numpy.array(tensor["data"], DTYPES[tensor["dtype"]]).reshape(tensor["shape"])


def run(case):
    session = onnxruntime.InferenceSession(case["path"], providers=["CPUExecutionProvider"])
    feeds = {name: decode(tensor) for name, tensor in case["feeds"].items()}
    names = [output.name for output in session.get_outputs()]
    return {
        "inputs": {each.name: each.shape for each in session.get_inputs()},
        "outputs": {
            name: {"shape": list(value.shape), "dtype": str(value.dtype), "data": value.ravel().tolist()}
            for name, value in zip(names, session.run(names, feeds))
        },
    }


json.dump([run(case) for case in json.load(sys.stdin)], sys.stdout)
