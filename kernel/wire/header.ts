import { randomUUID } from "node:crypto";

/** The version of the messaging protocol that every message and `kernel_info_reply` declare. */
export const PROTOCOL_VERSION = "5.5";

export interface Header {
  msg_id: string;
  session: string;
  username: string;
  date: string;
  msg_type: string;
  version: string;
  /** The subshell a shell request is meant for (JEP 91). */
  subshell_id?: string | null;
}

/** A header of ours. `session` names the sender: one per kernel, never the client's. */
export function toHeader(msg_type: string, session: string): Header {
  return {
    msg_id: randomUUID(),
    session,
    username: "kernel",
    date: new Date().toISOString(),
    msg_type,
    version: PROTOCOL_VERSION,
  };
}

/** Whether a decoded JSON value can be the header of a request: what is not may not be answered. */
export function isHeader(value: unknown): value is Header {
  if (typeof value !== "object" || value === null) return false;
  const header = value as Record<string, unknown>;
  return typeof header["msg_id"] === "string" && typeof header["msg_type"] === "string";
}
