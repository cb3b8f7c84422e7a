/** Why a saving did not take place. */
export type Trouble = "unreachable" | "signedOut" | "tooLarge" | "busy" | "refused";

interface Handling {
  words: string;
  /** Whether the same may be taken when it is sent again. */
  passes: boolean;
}

export const troubles: Record<Trouble, Handling> = {
  unreachable: { words: "Not saved: there is no connection. It is tried again.", passes: true },
  signedOut: { words: "Not saved: you are signed out. Sign in in another tab; it is tried again.", passes: true },
  tooLarge: { words: "Not saved: it is too large. Shorten a text, or take out a file.", passes: false },
  busy: { words: "Not saved: ActionMail is busy. It is tried again.", passes: true },
  refused: { words: "Not saved: this page is out of date. Copy what you typed last, then reload it.", passes: false },
};

/** What an answer without a saved draft means. A redirection leads to the sign-in page: nothing else is redirected here. */
export function troubleOf(answer: { type: ResponseType; status: number }): Trouble {
  if (answer.type === "opaqueredirect" || answer.status === 401) return "signedOut";
  if (answer.status === 413) return "tooLarge";
  return answer.status === 429 || answer.status >= 500 ? "busy" : "refused";
}
