import type { CommMessage } from "../session/protocol.ts";
import type { Iopub, Parent } from "../socket/iopub.ts";

/** The comms that are open, by id, so that `comm_info_request` is answered while a cell runs. */
export interface Comms {
  note(message: CommMessage): void;
  find(target: string | undefined): Record<string, { target_name: string }>;
  /** The session has gone and its comms with it: front ends are told. */
  closeAll(iopub: Iopub, parent: Parent): void;
}

export function createComms(): Comms {
  const open = new Map<string, string>();
  return {
    note({ kind, comm, target }) {
      if (kind === "open") open.set(comm, target ?? "");
      if (kind === "close") open.delete(comm);
    },
    find: (target) =>
      Object.fromEntries(
        [...open]
          .filter(([, name]) => target === undefined || name === target)
          .map(([id, target_name]) => [id, { target_name }]),
      ),
    closeAll(iopub, parent) {
      for (const comm_id of open.keys()) iopub.publish("comm_close", { comm_id, data: {} }, parent);
      open.clear();
    },
  };
}

const WIRE_TYPE = { open: "comm_open", message: "comm_msg", close: "comm_close" } as const;

export function publishComm(iopub: Iopub, message: CommMessage, parent: Parent): void {
  const { kind, comm, target, data, buffers } = message;
  const content = { comm_id: comm, data, ...(kind === "open" ? { target_name: target ?? "" } : {}) };
  iopub.publish(WIRE_TYPE[kind], content, parent, buffers);
}
