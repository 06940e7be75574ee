import { chart } from "../../dist/src/index.js";
import { LINES } from "./lines.mjs";
import { median } from "./page.mjs";
import { PEERS } from "./peers.mjs";

/** Okabe and Ito's colours, with a shape each. */
const STYLE = {
  torch: ["#0072b2", "circle"],
  compiled: ["#56b4e9", "triangle-up"],
  tfjs: ["#d55e00", "square"],
  jax: ["#009e73", "diamond"],
};

/** A picture of the table: for each line how many times as long as Lossbook every peer takes, on a logarithmic axis; left of 1 it is faster. As PNG. */
export async function toPicture(results, firstSteps) {
  const rows = [
    ...Object.entries(results).map(([line, found]) => [`(${line}) ${LINES[line].name}`, found]),
    ...Object.entries(firstSteps).map(([line, found]) => [`(i) first step of (${line})`, found]),
  ].flatMap(([line, found]) => {
    const own = median(found.lossbook?.times);
    return Object.entries(found)
      .filter(([name, { times }]) => name !== "lossbook" && times?.length > 0)
      .map(([name, { times }]) => ({ line, peer: PEERS[name].title, factor: median(times) / own }));
  });
  const present = Object.keys(STYLE).filter((name) => rows.some(({ peer }) => peer === PEERS[name].title));
  const scale = (index) => ({
    domain: present.map((name) => PEERS[name].title),
    range: present.map((name) => STYLE[name][index]),
  });
  const spec = {
    width: 520,
    height: { step: 24 },
    layer: [
      {
        data: { values: [{ factor: 1 }] },
        mark: { type: "rule", color: "#555" },
        encoding: { x: { field: "factor", type: "quantitative" } },
      },
      {
        data: { values: rows },
        mark: { type: "point", filled: true, size: 90, opacity: 1 },
        encoding: {
          x: { field: "factor", type: "quantitative", scale: { type: "log" }, title: "times as long as Lossbook" },
          y: { field: "line", type: "nominal", title: null, sort: null },
          color: { field: "peer", type: "nominal", title: null, scale: scale(0) },
          shape: { field: "peer", type: "nominal", title: null, scale: scale(1) },
        },
      },
    ],
  };
  const description = "For each line of the table, how many times as long as Lossbook each peer takes.";
  const bundle = await new chart.Chart(spec, description, rows)[Symbol.for("Jupyter.display")]();
  return Buffer.from(bundle["image/png"], "base64");
}
