import { readFileSync } from "node:fs";

/** What a connection file says: where the five channels are and how messages are signed. */
export interface Connection {
  transport: "tcp" | "ipc";
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  signature_scheme: string;
  key: string;
}

const PORTS = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;
export type Port = (typeof PORTS)[number];

/** Reads and checks a connection file; every mistake is one sentence that names the file. */
export function readConnection(path: string): Connection {
  const file = findJson(path);
  const transport = file["transport"] ?? "tcp";
  if (transport !== "tcp" && transport !== "ipc")
    throw new Error(`${path}: transport is ${JSON.stringify(transport)}; "tcp" and "ipc" are supported.`);
  for (const port of PORTS)
    if (!Number.isInteger(file[port]))
      throw new Error(`${path}: ${port} is ${JSON.stringify(file[port])}, not a port.`);
  const scheme = file["signature_scheme"] ?? "hmac-sha256";
  if (typeof scheme !== "string" || !scheme.startsWith("hmac-"))
    throw new Error(
      `${path}: signature_scheme is ${JSON.stringify(scheme)}; hmac schemes such as "hmac-sha256" are supported.`,
    );
  const ports = Object.fromEntries(PORTS.map((port) => [port, file[port]])) as Record<Port, number>;
  return {
    ...ports,
    transport,
    ip: String(file["ip"] ?? "127.0.0.1"),
    signature_scheme: scheme,
    key: String(file["key"] ?? ""),
  };
}

/** The address of a channel: `tcp://127.0.0.1:5000` or `ipc:///run/kernel-5000`. */
export function toAddress(connection: Connection, port: Port): string {
  const { transport, ip } = connection;
  return transport === "tcp" ? `tcp://${ip}:${connection[port]}` : `ipc://${ip}-${connection[port]}`;
}

function findJson(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`The connection file ${path} cannot be read: ${(error as Error).message}.`);
  }
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Error(`The connection file ${path} is not JSON.`);
  }
}
