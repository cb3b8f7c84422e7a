import { textElement } from "./dom";
import type { CardCheck, DraftApi } from "./draftApi";

const pauseMilliseconds = 800;
const tones = { error: "pill pill-bad", warning: "pill pill-unsure", info: "pill" };

/** Lints and draws the sample card as it is written. The renderer is the inbox's own; its element draws what it has in it and asks nobody. */
export function checkWhileTyped(form: HTMLFormElement, api: DraftApi): void {
  const field = form.querySelector<HTMLTextAreaElement>("#scenario-sampleCard");
  const place = form.querySelector<HTMLElement>("[data-card-check]");
  if (!field || !place) return;
  let timer = 0;
  let latest = "";
  const check = async (): Promise<void> => {
    const card = field.value.trim();
    latest = card;
    const checked = card === "" ? null : await api.check(card);
    // An answer to what was there before comes too late.
    if (latest === card) place.replaceChildren(...(checked ? draw(checked) : []));
  };
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void check(), pauseMilliseconds);
  });
  void check();
}

function draw(check: CardCheck): HTMLElement[] {
  const words = textElement("h2", "form-label", check.findings.length === 0 ? "The lint finds nothing wrong" : "What the lint says");
  return [words, ...(check.findings.length > 0 ? [drawFindings(check.findings)] : []), ...(check.display ? drawPreview(check.display) : [])];
}

function drawFindings(findings: CardCheck["findings"]): HTMLElement {
  const list = textElement("ul", "lint-findings", "");
  for (const finding of findings) {
    const item = textElement("li", "", "");
    item.append(
      textElement("span", tones[finding.severity], finding.severity), " ", textElement("code", "", finding.code), " ",
      textElement("code", "quiet", finding.pointer || "/"), " ", textElement("span", "quiet", `line ${finding.line}`),
      document.createElement("br"), `${finding.message}. ${finding.remedy}`,
    );
    list.append(item);
  }
  return list;
}

function drawPreview(display: object): HTMLElement[] {
  const preview = document.createElement("actionable-card");
  // Not in a script element: Trusted Types let no text into one, be it run or not.
  preview.setAttribute("preview", JSON.stringify(display));
  return [textElement("h2", "form-label", "Preview"), preview];
}
