/** Protocol positions count Unicode code points, JavaScript's count UTF-16 units: “😀” is one of the first, two of the second. */
export function toUtf16Offset(text: string, codePoints: number): number {
  let offset = 0;
  for (let left = codePoints; left > 0 && offset < text.length; left--) {
    offset += text.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

export function toCodePoints(text: string, offset: number): number {
  return Array.from(text.slice(0, offset)).length;
}
