// What an op costs in a generated program, in nanoseconds for each element that it makes (reductions: reads; products: for each multiplication). These are the
// rates of src/compile/script/estimate.ts. Processor time, the best of five. Run `npm run build` first.
import { toScriptProgram } from "../dist/src/compile/script/program.js";
import { find } from "../dist/src/op/apply.js";
import "../dist/src/op/methods.js";

const n = 4000;
const [x, y] = [input("x", [n]), input("y", [n])];
const matrix = input("matrix", [100, 40]);
const rows = input("rows", [100], "int32");
const places = input("places", [100, 40], "int32");
const image = input("image", [4, 8, 16, 16]);
const same = { kernel: [3, 3], stride: [1, 1], dilation: [1, 1], padding: [1, 1, 1, 1], groups: 1 };
const pool = { kernel: [2, 2], stride: [2, 2], dilation: [1, 1], padding: [0, 0, 0, 0], groups: 1 };
const pooled = input("pooled", [4, 8, 8, 8]);

const plain = time(op("add", [x, y]), n);
const unary =
  "neg abs sign exp expm1 log log1p sqrt reciprocal sin cos tanh sigmoid softplus erf relu floor ceil round isNaN not".split(
    " ",
  );
for (const name of unary) print(`${name}, in a loop with others`, time(op("add", [op(name, [x]), y]), n) - plain);
for (const name of "add mul div pow maximum less and".split(" ")) print(`${name}, alone`, time(op(name, [x, y]), n));
for (const axes of [[0], [1], [0, 1]])
  for (const name of ["sum", "max", "logSumExp"])
    print(`${name} over ${axes}`, time(op(name, [matrix], { axes, keepDims: false }), n));
for (const axis of [0, 1]) print(`argmax over ${axis}`, time(op("argmax", [matrix], { axis }), n));
print("cumsum", time(op("cumsum", [matrix], { axis: 1, reverse: false }), n));
print("argsort", time(op("argsort", [matrix], { axis: 1, descending: false }), n));
print("permute", time(op("permute", [matrix], { order: [1, 0] }), n));
print("concat", time(op("concat", [matrix, matrix], { axis: 1 }), 2 * n));
print("pad", time(op("pad", [matrix], { start: [1, 1], step: [1, 1], shape: [102, 42], value: 0 }), n));
print("take", time(op("take", [matrix, rows], { axis: 0 }), n));
print("indexAdd", time(op("indexAdd", [matrix, rows], { axis: 0, size: 100 }), n));
print("gather", time(op("gather", [matrix, places], { axis: 1 }), n));
print("scatterAdd", time(op("scatterAdd", [matrix, places], { axis: 1, size: 40, shape: [100, 40] }), n));
for (const [M, K, N] of [
  [100, 2, 1],
  [2, 100, 1],
  [32, 2, 16],
  [16, 16, 16],
  [20, 20, 20],
  [21, 21, 21],
  [32, 32, 32],
  [64, 64, 64],
  [128, 128, 128],
  [1, 256, 64],
  [256, 64, 1],
]) {
  const product = op("matmul", [input("a", [M, K]), input("b", [K, N])], { transposeA: false, transposeB: false });
  print(`matmul ${M} × ${K} × ${N}`, time(product, M * K * N));
}
const weight = input("weight", [16, 8, 3, 3]);
const wide = input("wide", [4, 16, 16, 16]);
const taps = 4 * 16 * 256 * 72;
print("conv2d", time(op("conv2d", [image, weight], { window: same }), taps));
print("convInput", time(op("convInput", [wide, weight], { window: same, size: [16, 16] }), taps));
print("convWeight", time(op("convWeight", [image, wide], { window: same }), taps));
const pixels = 4 * 8 * 256;
print("maxPool", time(op("maxPool", [image], { window: pool }), pixels));
print("maxUnpool", time(op("maxUnpool", [pooled, image], { window: pool }), pixels));
print("avgPool", time(op("avgPool", [image], { window: pool, countIncludePad: true }), pixels));
print("avgUnpool", time(op("avgUnpool", [pooled], { window: pool, countIncludePad: true, size: [16, 16] }), pixels));

function input(name, shape, dtype = "float32") {
  return { kind: "input", name, shape, dtype };
}

function op(name, inputs, attrs = {}) {
  return { kind: "op", op: name, inputs, attrs, ...find(name).shape(inputs, attrs) };
}

/** Nanoseconds per unit of a program of one op, or of one op on another. */
function time(node, units) {
  const inputs = [
    ...new Set(node.inputs.flatMap((each) => (each.kind === "op" ? each.inputs : [each])).concat(node.inputs)),
  ].filter(({ kind }) => kind === "input");
  const program = toScriptProgram({ inputs, outputs: [node] });
  const given = inputs.map(({ shape, dtype }) => {
    const kind = dtype === "int32" ? Int32Array : Float32Array;
    return kind.from({ length: shape.reduce((a, b) => a * b, 1) }, () =>
      dtype === "int32" ? Math.random() * 40 : 0.1 + 0.8 * Math.random(),
    );
  });
  const outputs = program.runNow(given);
  const rate = (milliseconds) => {
    const [used, start] = [process.cpuUsage(), performance.now()];
    let runs = 0;
    do for (let i = 0; i < 20; i++, runs++) program.runInto(given, outputs);
    while (performance.now() - start < milliseconds);
    return (process.cpuUsage(used).user * 1000) / runs / units;
  };
  rate(100);
  return Math.min(...Array.from({ length: 5 }, () => rate(60)));
}

function print(name, rate) {
  console.log(`${name.padEnd(32)} ${rate.toFixed(2)} ns`);
}
