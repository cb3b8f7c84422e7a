import { lineTime } from "../inbox/times";
import type { Outcome } from "../wire";

export type Tone = "good" | "bad" | "busy" | "unsure" | "neutral";

/** What became of an attempt, in words: what happened, by whom and when, and what a person can do next. */
export interface OutcomeWords {
  tone: Tone;
  text: string;
  /** Who and when, as the platform knows it. */
  byline: string;
  next: string | null;
  canAskAgain: boolean;
}

export function outcomeWords(outcome: Outcome, now: Date, locale?: string): OutcomeWords {
  const byline = `${outcome.actor.name || outcome.actor.address}, ${lineTime(new Date(outcome.at), now, locale)}`;
  const action = outcome.title ? `“${outcome.title}”` : "The action";
  switch (outcome.state) {
    case "claimed":
    case "sending":
      return { tone: "busy", text: outcome.text || `${action} is being carried out.`, byline, next: null, canAskAgain: false };
    case "done":
      return { tone: "good", text: outcome.text || `${action} was carried out.`, byline, next: null, canAskAgain: false };
    case "refused":
      return {
        tone: "bad", text: outcome.text || `The service refused ${action}.`, byline, canAskAgain: false,
        next: outcome.retryable ? "Nothing is done twice if you try again." : null,
      };
    case "failed_not_sent":
      return {
        tone: "bad", text: outcome.text || `${action} did not reach the service.`, byline, canAskAgain: false,
        next: "Nothing was done. You can press the button again.",
      };
    case "unknown":
      return {
        tone: "unsure", text: outcome.text || `It is not known whether ${action} was carried out.`, byline,
        next: outcome.retryable ? "Ask again: the service is told that it is the same request, so nothing is done twice." : null,
        canAskAgain: outcome.retryable,
      };
  }
}
