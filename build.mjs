/**
 * `npm run build`: TypeScript → `dist/`.
 *
 *   1. compile   one JavaScript and one declaration file per source; mistakes are printed, and fail the build with `--strict`
 *   2. bundle    the two things whose loading time somebody waits for: the kernel process, and the runtime that cells find preloaded
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { build } from "esbuild";

const ROOT = import.meta.dirname;
const DIST = resolve(ROOT, "dist");

const { status } = compile();
if (status !== 0 && process.argv.includes("--strict")) process.exit(1);
const made = [
  await bundle("kernel/main.ts"),
  await bundle("src/index.ts"),
  await bundle("src/notebook.ts", ["./index.ts"]),
].flat();
for (const chunk of findChunks()) if (!made.includes(chunk)) rmSync(chunk, { force: true });

function compile() {
  const compiler = resolve(ROOT, "node_modules/typescript/bin/tsc");
  const check = process.argv.includes("--strict") ? [] : ["--noCheck"];
  return spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json", ...check], {
    cwd: ROOT,
    stdio: "inherit",
  });
}

/**
 * One file instead of a hundred: loading them one by one takes three to four times as long. What is imported late stays apart, as
 * a chunk beside the bundle. Gives the files that it wrote.
 */
async function bundle(entry, apart = []) {
  const outfile = resolve(DIST, entry.replace(/\.ts$/, ".js"));
  const { metafile } = await build({
    entryPoints: [resolve(ROOT, entry)],
    outdir: dirname(outfile),
    splitting: true,
    chunkNames: "[name]-[hash].chunk",
    metafile: true,
    allowOverwrite: true,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
    plugins: [keepPlaces(outfile), leaveApart(apart)],
  });
  return Object.keys(metafile.outputs).map((file) => resolve(file));
}

/** Chunks of this build and of earlier ones. */
function findChunks() {
  const files = readdirSync(DIST, { recursive: true });
  return files.filter((file) => file.endsWith(".chunk.js")).map((file) => resolve(DIST, file));
}

/** A source that looks for a file beside itself finds it from the bundle too: its own address is spelled out. */
function keepPlaces(outfile) {
  return {
    name: "keep places",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        const compiled = resolve(DIST, relative(ROOT, path)).replace(/\.ts$/, ".js");
        const place = relative(dirname(outfile), compiled);
        return {
          loader: "ts",
          contents: text.replaceAll("import.meta.url", `new URL("./${place}", import.meta.url).href`),
        };
      });
    },
  };
}

/** Modules that stay files of their own, because others import the same instance. */
function leaveApart(specifiers) {
  return {
    name: "leave apart",
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path }) =>
        specifiers.includes(path) ? { path: path.replace(/\.ts$/, ".js"), external: true } : undefined,
      );
    },
  };
}
