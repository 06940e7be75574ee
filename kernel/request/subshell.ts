import { randomUUID } from "node:crypto";
import type { Handler } from "./context.ts";
import { createQueue } from "./queue.ts";

/** Subshells (JEP 91): further queues of cells, run concurrently with the main one whenever it awaits. */
export const createSubshell: Handler = {
  order: "now",
  handle(_request, { shells }) {
    const subshell_id = randomUUID();
    shells.set(subshell_id, createQueue());
    return { status: "ok", subshell_id };
  },
};

export const deleteSubshell: Handler = {
  order: "now",
  async handle({ message }, { shells }) {
    const id = message.content["subshell_id"];
    const queue = typeof id === "string" ? shells.get(id) : undefined;
    if (!queue) {
      const evalue = `delete_subshell_request: there is no subshell ${JSON.stringify(id)}.`;
      return { status: "error", ename: "NoSuchSubshell", evalue, traceback: [evalue] };
    }
    shells.delete(id as string);
    return { status: "ok" };
  },
};

export const listSubshell: Handler = {
  order: "now",
  handle: (_request, { shells }) => ({ status: "ok", subshell_id: [...shells.keys()].filter((id) => id !== null) }),
};
