import { troubleOf, type Trouble } from "./trouble";

/** What the server answers to a saving (Providers/Pages/SavedDraft.cs). */
export interface SavedDraft {
  version: number;
  notes: FieldNote[];
  keys: KeyView[];
  appIdUri: string | null;
  logo: string | null;
  screenshot: string | null;
}

export interface FieldNote {
  id: string;
  /** What was refused is not kept; what is in error is. */
  kind: "refused" | "error" | "warning";
  words: string;
}

export interface KeyView {
  refusal: string | null;
  isPrivate: boolean;
  title: string | null;
  thumbprint: string | null;
  rsaKeyValue: string | null;
  jwk: string | null;
}

export interface CardCheck {
  findings: { severity: "error" | "warning" | "info"; code: string; pointer: string; line: number; message: string; remedy: string }[];
  display: object | null;
}

export type SaveAnswer = { kind: "saved"; draft: SavedDraft } | { kind: "outdated"; version: number } | { kind: "failed"; trouble: Trouble };

/** The handlers of the form's page that the script uses. */
export class DraftApi {
  constructor(private readonly address: string) {}

  async save(fields: FormData): Promise<SaveAnswer> {
    try {
      const response = await this.post("Draft", fields);
      if (response.status === 409) return { kind: "outdated", version: ((await response.json()) as { version: number }).version };
      return response.ok ? { kind: "saved", draft: (await response.json()) as SavedDraft } : { kind: "failed", trouble: troubleOf(response) };
    } catch {
      return { kind: "failed", trouble: "unreachable" };
    }
  }

  async check(card: string): Promise<CardCheck | null> {
    const fields = new FormData();
    fields.set("scenario.sampleCard", card);
    try {
      const response = await this.post("Card", fields);
      return response.ok ? ((await response.json()) as CardCheck) : null;
    } catch {
      return null;
    }
  }

  private post(handler: string, fields: FormData): Promise<Response> {
    const token = document.querySelector<HTMLMetaElement>('meta[name="request-token"]')?.content ?? "";
    return fetch(`${this.address}?handler=${handler}`, {
      method: "POST",
      body: fields,
      redirect: "manual",
      headers: { Accept: "application/json", RequestVerificationToken: token },
    });
  }
}
