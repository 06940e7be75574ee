const folder = "src/data/sets";

/**
 * The bytes of a file that ships with the package. Compiled code lies in `dist/src/data/shipped` and the files in `src/data/sets`, so the
 * folders above this one are searched: the package's root is one of them in both cases.
 *
 * @throws Error `iris: src/data/sets/iris.csv is not in the package.`
 */
export function readShipped(name: string, file: string): Buffer {
  const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
  const { dirname, join } = process.getBuiltinModule("node:path");
  const { fileURLToPath } = process.getBuiltinModule("node:url");
  let at = dirname(fileURLToPath(import.meta.url));
  for (let above = dirname(at); above !== at; [at, above] = [above, dirname(above)]) {
    const path = join(at, folder, file);
    if (existsSync(path)) return readFileSync(path);
  }
  throw new Error(`${name}: ${folder}/${file} is not in the package.`);
}
