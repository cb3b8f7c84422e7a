import { checkWhileTyped } from "./cardCheck";
import { timeNow } from "./dom";
import { DraftApi, type SavedDraft } from "./draftApi";
import { Dropped } from "./dropped";
import { ImageFields, type SentFiles } from "./imageFields";
import { KeyEntries } from "./keyEntries";
import { FieldNotes } from "./notes";
import { next, pauseMilliseconds, type SavingEffect, type SavingEvent, type SavingState } from "./saving";
import { foldByScope, foldByToken } from "./scope";
import { troubles } from "./trouble";

const retryMilliseconds = 5000;

/** The submission form, better with a script: it saves while one types, and says beside each field what there is to say. */
export class SubmissionForm {
  private readonly api: DraftApi;
  private readonly notes: FieldNotes;
  private readonly images: ImageFields;
  private readonly keys: KeyEntries;
  private readonly version: HTMLInputElement;
  private readonly status: HTMLElement;
  private readonly conflict: HTMLElement;
  private state: SavingState;
  private timer = 0;
  /** The button that was pressed to send the form; it waits until a saving that is on its way has come back. */
  private leavingBy: HTMLElement | null = null;
  private isLeaving = false;

  constructor(private readonly form: HTMLFormElement) {
    this.api = new DraftApi(form.dataset["address"]!);
    this.version = form.querySelector<HTMLInputElement>('input[name="version"]')!;
    this.status = form.querySelector<HTMLElement>("[data-saved]")!;
    this.conflict = form.querySelector<HTMLElement>("[data-conflict]")!;
    this.state = { phase: "saved", version: Number(this.version.value) };
    const dropped = new Dropped(form);
    this.notes = new FieldNotes(form, dropped);
    this.images = new ImageFields(form, this.notes);
    this.keys = new KeyEntries(form, this.notes, dropped, () => this.dispatch({ type: "typed" }));
    foldByScope(form);
    foldByToken(form);
    checkWhileTyped(form, this.api);
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("submit", (event) => this.leave(event));
    this.conflict.querySelector("[data-keep-mine]")!.addEventListener("click", () => this.dispatch({ type: "keepMine" }));
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && this.state.phase !== "saved") event.preventDefault();
    });
  }

  private typed(target: EventTarget | null): void {
    if (target instanceof HTMLInputElement && target.id === "keyFile") return;
    if (target instanceof HTMLElement) this.notes.touch(target.id);
    const file = target instanceof HTMLInputElement && target.type === "file" ? target : null;
    if (file) this.images.chosen(file);
    this.dispatch({ type: "typed" });
    // A file is not typed bit by bit.
    if (file) this.dispatch({ type: "paused" });
  }

  private dispatch(event: SavingEvent): void {
    if (this.isLeaving) return;
    const step = next(this.state, event);
    this.state = step.state;
    this.version.value = String(step.state.version);
    this.form.dataset["saving"] = step.state.phase;
    for (const effect of step.effects) this.carryOut(effect);
    if (this.leavingBy && step.state.phase !== "saving") this.form.requestSubmit(this.leavingBy);
  }

  // Sent beside a saving that is on its way, the form would name a version that is past when it arrives.
  private leave(event: SubmitEvent): void {
    window.clearTimeout(this.timer);
    if (this.state.phase === "saving") {
      event.preventDefault();
      this.leavingBy = event.submitter;
      return;
    }
    this.isLeaving = true;
  }

  private carryOut(effect: SavingEffect): void {
    switch (effect) {
      case "wait":
        this.pause(pauseMilliseconds);
        break;
      case "retryLater":
        this.pause(retryMilliseconds);
        break;
      case "save":
        window.clearTimeout(this.timer);
        this.conflict.hidden = true;
        void this.save();
        break;
      case "saySaved":
        this.status.textContent = `Saved ${timeNow()}`;
        break;
      case "sayUnsaved":
        this.status.textContent = this.state.phase === "unsaved" ? troubles[this.state.trouble].words : "Not saved";
        break;
      case "askWhichOne":
        this.status.textContent = "Not saved";
        this.conflict.hidden = false;
        this.conflict.scrollIntoView({ block: "nearest" });
        break;
    }
  }

  private pause(milliseconds: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.dispatch({ type: "paused" }), milliseconds);
  }

  private async save(): Promise<void> {
    const fields = new FormData(this.form);
    const sent = this.images.sent;
    const answer = await this.api.save(fields);
    switch (answer.kind) {
      case "saved":
        this.show(answer.draft, sent, fields.getAll("keys").map(asTyped));
        this.dispatch({ type: "saved", version: answer.draft.version });
        break;
      case "outdated":
        this.dispatch({ type: "outdated", theirs: answer.version });
        break;
      case "failed":
        this.dispatch({ type: "failed", trouble: answer.trouble });
        break;
    }
  }

  private show(draft: SavedDraft, sent: SentFiles, keys: readonly string[]): void {
    this.notes.show(this.images.ofSent(draft.notes, sent));
    this.images.show(draft, sent);
    this.keys.show(draft.keys, keys);
    this.form.querySelector<HTMLInputElement>("#appIdUri")!.value = draft.appIdUri ?? "";
  }
}

// A form sends the ends of lines as CRLF; a text area has them as LF. HTML "constructing the entry list".
function asTyped(value: FormDataEntryValue): string {
  return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
}
