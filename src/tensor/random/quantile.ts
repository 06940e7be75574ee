/**
 * The quantile of the normal distribution, to about 1 part in 10¹⁶: the number below which a normal number falls with probability `p`.
 * Made of +, –, ×, / and √ only, which every machine rounds alike; `Math.log` and its like may differ in the last digit.
 *
 * Wichura, Algorithm AS 241, Applied Statistics 37 (1988), PPND16.
 */
export function quantile(p: number): number {
  if (p <= 0 || p >= 1) return p <= 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreAbove, r)) / polynomial(centreBelow, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const x =
    r <= 5
      ? polynomial(shoulderAbove, r - 1.6) / polynomial(shoulderBelow, r - 1.6)
      : polynomial(tailAbove, r - 5) / polynomial(tailBelow, r - 5);
  return q < 0 ? -x : x;
}

/** The probability to be below `x`: where the quantile is `x`, by bisection. */
export function probabilityBelow(x: number): number {
  if (x <= -38) return 0;
  if (x >= 8.3) return 1;
  if (x > 0) return 1 - probabilityBelow(-x);
  let [low, high] = [0, 0.5];
  for (let i = 0; i < 1100; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (quantile(middle) < x) low = middle;
    else high = middle;
  }
  return high;
}

/** The natural logarithm: halved or doubled into [√½, √2], then `2 artanh((m – 1) / (m + 1))`. */
export function log(x: number): number {
  let [m, e] = [x, 0];
  for (; m < Math.SQRT1_2; m *= 2) e--;
  for (; m > Math.SQRT2; m /= 2) e++;
  const z = (m - 1) / (m + 1);
  const z2 = z * z;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * z2 + 1 / k;
  return e * Math.LN2 + 2 * z * sum;
}

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + coefficients[i]!;
  return sum;
}

const centreAbove = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const centreBelow = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852546,
];
const shoulderAbove = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const shoulderBelow = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const tailAbove = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const tailBelow = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
];
