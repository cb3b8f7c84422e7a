import type { CardState, JsonValue, Outcome } from "../wire";

/** How the server answered a press. A closed set: whatever comes back is one of these. */
export type Answer =
  | { kind: "outcome"; outcome: Outcome; card: CardState }
  | { kind: "invalidInputs"; errors: ReadonlyMap<string, string>; text: string }
  | { kind: "conflict"; code: string; text: string; outcome: Outcome | null; card: CardState | null }
  | { kind: "signedOut" }
  | { kind: "refused"; text: string }
  | { kind: "unreachable" };

/** Conflicts that mean: the card on the screen is not the current one. */
export const cardChanged = "card_changed";

export function readAnswer(status: number, body: unknown): Answer {
  const members = isObject(body) ? body : {};
  const outcome = isObject(members["outcome"]) ? (members["outcome"] as unknown as Outcome) : null;
  const card = isObject(members["card"]) ? (members["card"] as unknown as CardState) : null;
  if (status === 200 && outcome && card) return { kind: "outcome", outcome, card };
  if (status === 401) return { kind: "signedOut" };
  const code = textOf(members["code"]);
  const text = problemText(status, members);
  if (status === 400 && code === "invalid_inputs") return { kind: "invalidInputs", errors: readErrors(members["errors"]), text };
  if (status === 409) return { kind: "conflict", code, text, outcome, card };
  // A server that broke down may have sent the request all the same: only what it says next time is sure.
  if (status >= 500 && status !== 503) return { kind: "unreachable" };
  return { kind: "refused", text };
}

const ownWords: ReadonlyMap<number, string> = new Map([
  [403, "You may not do this with this message."],
  [404, "This message is no longer there."],
  [429, "That were many requests in a short time. Wait a moment, then try again."],
  [503, "ActionMail is busy at the moment. Nothing was done; try again shortly."],
]);

function problemText(status: number, problem: Record<string, unknown>): string {
  return textOf(problem["detail"]) || ownWords.get(status) || textOf(problem["title"])
    || "This did not work. Nothing was done; reload the page and try again.";
}

function readErrors(errors: unknown): ReadonlyMap<string, string> {
  const read = new Map<string, string>();
  for (const [input, texts] of Object.entries(isObject(errors) ? errors : {})) {
    read.set(input, Array.isArray(texts) ? texts.map(textOf).filter(Boolean).join(" ") : textOf(texts));
  }
  return read;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isObject(value: unknown): value is Record<string, JsonValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
