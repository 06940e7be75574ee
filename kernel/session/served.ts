/** Modules that a notebook imports by name and the kernel brings along. */
export function findServed(): Record<string, string> {
  const extension = import.meta.url.slice(-2);
  const at = (path: string) => new URL(`${path}.${extension}`, import.meta.url).href;
  return {
    lossbook: at("../../src/index"),
    "lossbook/notebook": at("../../src/notebook"),
    tslab: at("../display/tslab"),
  };
}
