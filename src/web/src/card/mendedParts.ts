/** What the renderer leaves open in what it has drawn: names for whoever does not see it, and texts on pictures. */
export function mendParts(drawn: HTMLElement): void {
  for (const control of drawn.querySelectorAll<HTMLElement>("input, textarea, select")) nameControl(control);
  nameParts(drawn);
  markPictures(drawn);
}

/** A text that is "light" or "dark" for the picture behind it is so in every theme (styles/card.css). */
function markPictures(drawn: HTMLElement): void {
  for (const part of [drawn, ...drawn.querySelectorAll<HTMLElement>("div")]) {
    if (part.style.backgroundImage) part.classList.add("am-over-picture");
  }
}

/** Gives a name to what the renderer leaves without one. */
function nameParts(drawn: HTMLElement): void {
  // No text for a picture means that it is decoration; without the attribute a screen reader would read out its address.
  for (const image of drawn.querySelectorAll<HTMLImageElement>("img:not([alt])")) image.alt = "";
  // A link in a text is named by its text; another name could not be spoken to (WCAG 2.5.3).
  for (const link of drawn.querySelectorAll(".ac-richTextBlock a[aria-label]")) link.removeAttribute("aria-label");
  // So is a part of a card that can be pressed; its action's title is said after it.
  for (const part of drawn.querySelectorAll(".ac-selectable[aria-label]:not(button)")) {
    const title = part.getAttribute("aria-label") ?? "";
    if (!part.textContent.trim()) continue;
    part.removeAttribute("aria-label");
    if (title) part.setAttribute("aria-description", title);
  }
}

/** A checkbox in front of a person's name often has no title of its own: the row that it stands in is its name. */
function nameControl(control: HTMLElement): void {
  if (control.hasAttribute("aria-labelledby") || control.getAttribute("aria-label")?.trim()) return;
  const row = control.closest(".ac-columnSet") ?? control.closest(".ac-container");
  const text = [...(row?.querySelectorAll(".ac-textBlock, .ac-richTextBlock") ?? [])].map((block) => block.textContent.trim()).filter(Boolean);
  if (text.length > 0) control.setAttribute("aria-label", text.slice(0, 3).join(", "));
}
