/** What Vega has laid out, as far as places go. */
export interface Scene {
  readonly marktype: string;
  items: Item[];
}

export interface Item {
  readonly x?: number;
  readonly y?: number;
  readonly x2?: number;
  readonly y2?: number;
  readonly bounds?: Box;
  /** What a group holds. */
  readonly items?: Scene[];
}

interface Box {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Many items make one path. */
const PATHS = new Set(["line", "area", "trail"]);

/**
 * Takes out of a scene what lies so far outside of the picture that nothing of it can be seen, and says whether there was anything. resvg ends the whole process
 * over a transparent or clipped shape that lies two pictures away: a point far above a domain that somebody set, say.
 */
export function cull(scene: Scene, width: number, height: number): boolean {
  // the origin lies inside of the picture, which so reaches no further than its own size to each side
  const isNear = ({ x1, y1, x2, y2 }: Box) => x1 <= width && x2 >= -width && y1 <= height && y2 >= -height;
  return cullAt(scene, 0, 0, isNear);
}

function cullAt(scene: Scene, left: number, top: number, isNear: (box: Box) => boolean): boolean {
  if (scene.marktype === "group")
    return scene.items
      .map(({ x = 0, y = 0, items = [] }) =>
        items.map((inner) => cullAt(inner, left + x, top + y, isNear)).includes(true),
      )
      .includes(true);
  const isSeen = (box: Box) => isNear({ x1: left + box.x1, x2: left + box.x2, y1: top + box.y1, y2: top + box.y2 });
  const isPath = PATHS.has(scene.marktype);
  const kept = isPath
    ? isSeen(toBox(scene.items))
      ? scene.items
      : []
    : scene.items.filter(({ bounds }) => !bounds || isSeen(bounds));
  const isCulled = kept.length < scene.items.length;
  scene.items = kept;
  return isCulled;
}

/** Of a path: from its first and last place in each direction. */
function toBox(items: readonly Item[]): Box {
  const box = {
    x1: Number.POSITIVE_INFINITY,
    y1: Number.POSITIVE_INFINITY,
    x2: Number.NEGATIVE_INFINITY,
    y2: Number.NEGATIVE_INFINITY,
  };
  for (const { x = 0, y = 0, x2 = x, y2 = y } of items) {
    box.x1 = Math.min(box.x1, x, x2);
    box.x2 = Math.max(box.x2, x, x2);
    box.y1 = Math.min(box.y1, y, y2);
    box.y2 = Math.max(box.y2, y, y2);
  }
  return box;
}
