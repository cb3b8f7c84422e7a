const longestTitle = 160;

/**
 * A title as a button may carry it: no controls that turn or hide text, no towers of combining marks, of bearable length.
 * A button that says "Approve" must not be read as something else.
 */
export function plainTitle(text: string): string {
  const visible = text
    .normalize("NFC")
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, " ")
    .replace(/[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu, "")
    .replace(/(\p{M}{3})\p{M}+/gu, "$1")
    .trim();
  const letters = [...visible];
  return letters.length <= longestTitle ? visible : `${letters.slice(0, longestTitle - 1).join("")}…`;
}
