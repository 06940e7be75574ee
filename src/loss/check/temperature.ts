import type { Tensor } from "../../tensor/tensor.ts";
import { checkFrom } from "./option.ts";

/** A temperature as a constant: 0.2 unless given. */
export function toTemperature(
  name: string,
  temperature: number | Tensor<readonly []> = 0.2,
): number | Tensor<readonly []> {
  if (typeof temperature !== "number") return temperature.stopGradient();
  checkFrom(name, "temperature", temperature, 0);
  return temperature;
}
