import { readAnswer, type Answer } from "../action/answer";
import type { Press } from "../action/press";
import type { CardState, MessageState } from "../wire";

/** The part of the server's API that one open message uses. */
export class MessageApi {
  private readonly base: string;

  constructor(messageId: string) {
    this.base = `/api/messages/${encodeURIComponent(messageId)}`;
  }

  get eventsUrl(): string {
    return `${this.base}/events`;
  }

  /** The message's state, or null when it cannot be had now. */
  async read(): Promise<MessageState | null> {
    try {
      const response = await fetch(this.base, { headers: { Accept: "application/json" } });
      return response.ok ? ((await response.json()) as MessageState) : null;
    } catch {
      return null;
    }
  }

  async send(press: Press, cardVersion: number, inputs: Record<string, string>): Promise<Answer> {
    const { target } = press;
    return target.kind === "action"
      ? this.ask(`/actions/${encodeURIComponent(target.actionId)}`, { cardVersion, clickId: press.clickId, inputs })
      : this.ask(`/attempts/${encodeURIComponent(target.attemptId)}/retry`, null);
  }

  /** The card after the service was told that the message is open; null when there is nothing to ask or nothing new. */
  async autoInvoke(cardVersion: number): Promise<CardState | null> {
    try {
      const response = await this.post("/auto-invoke", { cardVersion });
      return response.status === 200 ? ((await response.json()) as { card: CardState }).card : null;
    } catch {
      return null;
    }
  }

  private async ask(path: string, body: unknown): Promise<Answer> {
    try {
      const response = await this.post(path, body);
      return readAnswer(response.status, await bodyOf(response));
    } catch {
      return { kind: "unreachable" };
    }
  }

  private post(path: string, body: unknown): Promise<Response> {
    return fetch(this.base + path, {
      method: "POST",
      headers: {
        Accept: "application/json, application/problem+json",
        RequestVerificationToken: document.querySelector<HTMLMetaElement>('meta[name="request-token"]')?.content ?? "",
        ...(body === null ? {} : { "Content-Type": "application/json" }),
      },
      // A redirect would be the sign-in page; it is no answer to a press.
      redirect: "error",
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
  }
}

/** The JSON of an answer; null where there is none, as behind a proxy that answers with a page of its own. */
async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
