/** The name of a parameter as in files and in PyTorch: `.layers[0].weight` is `layers.0.weight`. */
export function toName(path: string): string {
  return path.replace(/\[(\d+)\]/g, ".$1").replace(/^\./, "") || "parameters";
}
