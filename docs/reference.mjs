/**
 * `npm run docs`: compiled declarations → Markdown, `out/reference/` or the folder that is named.
 *
 *   1. find    what `dist/src/index.d.ts` exports, followed through re-exports to the declarations
 *   2. sort    onto pages: one per namespace; what is exported beside them goes by its folder
 *   3. write   signature, comment, options and members of each
 *
 * TypeScript 7 has no API to ask, and typedoc (0.28) needs one; the declarations say everything, and oxc-parser reads them.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { findExports } from "./declarations.mjs";
import { writeIndex, writePage } from "./page.mjs";

const ROOT = resolve(import.meta.dirname, "..");
const SOURCES = join(ROOT, "dist/src");
const OUT = resolve(process.argv[2] ?? join(ROOT, "out/reference"));

/** The page of an export that is no namespace, by where it is declared. The first that fits. */
const HOMES = [
  ["op/function/linear", "linalg"],
  ["tensor/random", "random"],
  ["grad", "grad"],
  ["train", "train"],
  ["", "tensor"],
];

const pages = new Map(["tensor", "random", "linalg", "grad"].map((name) => [name, []]));
for (const entry of findExports(join(SOURCES, "index.d.ts"))) {
  const page = entry.kind === "namespace" ? entry.name : findHome(relative(SOURCES, entry.file));
  if (!pages.has(page)) pages.set(page, []);
  pages.get(page).push(entry);
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
for (const [page, entries] of pages) writeFileSync(join(OUT, `${page}.md`), writePage(page, entries));
writeFileSync(join(OUT, "README.md"), writeIndex(pages));
console.log(`${pages.size} pages in ${relative(process.cwd(), OUT)}`);

function findHome(file) {
  return HOMES.find(([folder]) => file.startsWith(folder))[1];
}
