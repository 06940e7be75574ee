import type { Curve } from "./curve.ts";

/** Where a loop stands; plain numbers. */
export interface Report {
  readonly label: string;
  readonly done: number;
  /** Nothing where it is not known how many there will be. */
  readonly total: number | undefined;
  readonly seconds: number;
  /** Done a second. */
  readonly rate: number;
  /** Seconds that are probably left. */
  readonly remaining: number | undefined;
  /** What else is worth saying: `loss 0.31`. */
  readonly note: string;
  readonly state: "running" | "done" | "stopped";
  /** The losses so far, where something learns. */
  readonly curve?: Curve | undefined;
}

/** `training 40/100 · 12.3/s · 5 s left · loss 0.31`; at the end `stopped at training 40/100 after 3.2 s · 12.3/s`. */
export function writeReport({ label, done, total, rate, remaining, seconds, note, state }: Report): string {
  const count = total === undefined ? String(done) : `${done}/${total}`;
  const place = [label, count].filter(Boolean).join(" ");
  const parts = [
    state === "stopped" ? `stopped at ${place} after ${writeSeconds(seconds)}` : place,
    state === "done" ? writeSeconds(seconds) : "",
    done > 0 && rate > 0 && Number.isFinite(rate) ? writeRate(rate) : "",
    state === "running" && remaining !== undefined ? `${writeSeconds(remaining)} left` : "",
    note,
  ];
  return parts.filter(Boolean).join(" · ");
}

/** `0.8 s`, `42 s`, `3:07`, `2:03:07`. */
export function writeSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const [minutes, rest] = [Math.floor(whole / 60), two(whole % 60)];
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

/** `12.3/s`; slower than one a second, `2.5 s each`. */
function writeRate(rate: number): string {
  if (rate < 1) return `${(1 / rate).toFixed(1)} s each`;
  return `${rate < 100 ? rate.toPrecision(3) : String(Math.round(rate)).replace(/\B(?=(\d{3})+$)/g, ",")}/s`;
}
