import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { toKernelspec } from "./kernelspec.ts";

const LOGO_SIZES = [32, 64] as const;

/** Writes the kernelspec and its logos to `<folder>/kernels/<name>` and returns that path. */
export function installKernelspec(folder: string, name: string, displayName?: string): string {
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    throw new Error(`--name ${JSON.stringify(name)}: a kernel's name consists of letters, digits, ".", "_" and "-".`);
  const target = join(folder, "kernels", name.toLowerCase());
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "kernel.json"), `${JSON.stringify(toKernelspec(displayName), null, 2)}\n`);
  const logo = findLogo();
  copyFileSync(logo, join(target, "logo-svg.svg"));
  for (const size of LOGO_SIZES) {
    const picture = new Resvg(readFileSync(logo), { fitTo: { mode: "width", value: size } }).render().asPng();
    writeFileSync(join(target, `logo-${size}x${size}.png`), picture);
  }
  return target;
}

/** The sources' logo, seen from the compiled file and from the source. */
function findLogo(): string {
  const candidates = ["../../../kernel/kernelspec/logo-svg.svg", "./logo-svg.svg"];
  const found = candidates
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
  if (!found) throw new Error("The logo is missing from this installation of Lossbook.");
  return found;
}
