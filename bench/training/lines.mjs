/** What is measured. A line's `quantity` is what peers have to agree on before anything is timed. */
export const LINES = {
  a: { name: "linear regression", title: "linear regression 100×2, full-batch step, SGD", quantity: "losses" },
  b: { name: "logistic regression", title: "logistic regression 10,000×30, full-batch step, SGD", quantity: "losses" },
  c: { name: "MLP", title: "MLP 784-128-10, batch 128, Adam", quantity: "losses", firstStep: true },
  d: { name: "CNN", title: "CNN 3→32→64, 64×3×32×32, Adam", quantity: "losses", firstStep: true },
  e: { name: "attention block", title: "attention block 32×32×64, Adam", quantity: "losses" },
  f: { name: "GRU", title: "GRU, 32 steps, width 64, batch 32, Adam", quantity: "losses" },
  g: { name: "matmul", title: "matmul 1024", quantity: "the first row of the product" },
  h: { name: "ridge", title: "ridge 10,000×200, closed form", quantity: "the coefficients" },
};

/** The line (i) of a training line: a fresh process up to its first loss. */
export const FIRST_STEP = Object.entries(LINES)
  .filter(([, { firstStep }]) => firstStep)
  .map(([key]) => key);
