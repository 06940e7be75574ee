import { comm, commInfo } from "./comm.ts";
import { complete } from "./complete.ts";
import { connect } from "./connect.ts";
import type { Handler } from "./context.ts";
import { debug } from "./debug.ts";
import { execute } from "./execute.ts";
import { history } from "./history.ts";
import { inspect } from "./inspect.ts";
import { interrupt } from "./interrupt.ts";
import { isComplete } from "./isComplete.ts";
import { kernelInfo } from "./kernelInfo.ts";
import { shutdown } from "./shutdown.ts";
import { createSubshell, deleteSubshell, listSubshell } from "./subshell.ts";

/** Every message that a client may send on shell. */
export const SHELL_REQUESTS: Readonly<Record<string, Handler>> = {
  execute_request: execute,
  inspect_request: inspect,
  complete_request: complete,
  is_complete_request: isComplete,
  history_request: history,
  comm_info_request: commInfo,
  comm_open: comm,
  comm_msg: comm,
  comm_close: comm,
  kernel_info_request: kernelInfo,
  connect_request: connect,
  shutdown_request: shutdown,
};

/** Control is answered while cells run; like ipykernel it takes the requests of shell too. */
export const CONTROL_REQUESTS: Readonly<Record<string, Handler>> = {
  ...SHELL_REQUESTS,
  interrupt_request: interrupt,
  debug_request: debug,
  create_subshell_request: createSubshell,
  delete_subshell_request: deleteSubshell,
  list_subshell_request: listSubshell,
};
