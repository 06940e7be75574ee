import { type Node, visitorKeys } from "oxc-parser";

/** The members of the union that may be of the type: some share one interface. */
export type NodeOf<Type extends Node["type"]> = NodeAs<Node, Type>;
type NodeAs<N extends Node, Type> = N extends Node ? (Type extends N["type"] ? N : never) : never;

/** The nodes inside a node, in the order of the text. */
export function* childrenOf(node: Node): Iterable<Node> {
  const children = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>;
  for (const key of visitorKeys[node.type] ?? []) {
    const child = children[key];
    if (Array.isArray(child)) {
      for (const element of child) if (element !== null) yield element;
    } else if (child !== null && child !== undefined) yield child;
  }
}

/** Whether a namespace holds anything but types. */
export function isInstantiated(node: NodeOf<"TSModuleDeclaration">): boolean {
  return (node.body?.body ?? []).some((statement) => {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner === null || ("declare" in inner && inner.declare === true)) return false;
    if (inner.type === "TSModuleDeclaration") return isInstantiated(inner as NodeOf<"TSModuleDeclaration">);
    return inner.type !== "TSTypeAliasDeclaration" && inner.type !== "TSInterfaceDeclaration";
  });
}
