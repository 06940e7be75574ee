import { type Header, toHeader } from "./header.ts";

export type Content = Record<string, unknown>;

/** One Jupyter message; `identities` route it on ROUTER sockets and are the topic on IOPub. */
export interface Message {
  identities: Uint8Array[];
  header: Header;
  parent_header: Header | Record<string, never>;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
}

/** The answer to a request: it goes back the way the request came and names it as its parent. */
export function toReply(request: Message, session: string, content: Content, metadata: Content = {}): Message {
  return {
    identities: request.identities,
    header: toHeader(request.header.msg_type.replace(/_request$/, "_reply"), session),
    parent_header: request.header,
    metadata,
    content,
    buffers: [],
  };
}
