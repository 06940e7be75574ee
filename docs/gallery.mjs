/**
 * `npm run docs`: the gallery's specifications → one page on which every chart can be touched, `out/gallery.html` or the file that is named.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { toHtml } from "../dist/src/chart/html.js";

const ROOT = resolve(import.meta.dirname, "..");
const GALLERY = join(ROOT, "test/chart/gallery");
const OUT = resolve(process.argv[2] ?? join(ROOT, "out/gallery.html"));

const figures = readdirSync(GALLERY)
  .filter((file) => file.endsWith(".vl.json"))
  .map((file) => {
    const spec = JSON.parse(readFileSync(join(GALLERY, file), "utf8"));
    return { heading: file.replace(".vl.json", ""), description: spec.description, spec };
  });

mkdirSync(dirname(OUT), { recursive: true });
writeFileSync(OUT, await toHtml("Lossbook's charts", figures));
console.log(`${figures.length} charts in ${relative(process.cwd(), OUT)}`);
