/** What the server's API sends. The names are its names. */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export type JsonObject = { [member: string]: JsonValue };

export interface MessageState {
  id: string;
  subject: string;
  from: { address: string; name: string };
  receivedAt: string;
  provider: { id: string; name: string } | null;
  card: CardState;
  outcome: Outcome | null;
}

export interface CardState {
  state: "active" | "inert" | "none";
  reason: string | null;
  /** Why the card is shown and does not act, in words; null where it acts, or is not shown. */
  actionsOff: string | null;
  version: number;
  selfTest: boolean;
  hideOriginalBody: boolean;
  updatedBy: string | null;
  autoInvoke: boolean;
  display: JsonObject | null;
}

export type AttemptState = "claimed" | "sending" | "done" | "refused" | "failed_not_sent" | "unknown";

export interface Outcome {
  attemptId: string;
  actionId: string;
  title: string;
  state: AttemptState;
  text: string;
  actor: { name: string; address: string };
  at: string;
  retryable: boolean;
}

/** The two parts of a message's state that change while it is open. */
export interface CardUpdate {
  card: CardState;
  outcome: Outcome | null;
}

export function isRunning(outcome: Outcome | null): boolean {
  return outcome?.state === "claimed" || outcome?.state === "sending";
}
