/** Points in time as a reader of mail wants them. The server writes UTC, as it does not know where the reader is. */

const dayMilliseconds = 86_400_000;

/** For a list: the time today, the day's name within a week, else the date. */
export function listTime(at: Date, now: Date, locale?: string): string {
  const days = dayNumber(now) - dayNumber(at);
  if (days === 0) return timeOfDay(at, locale);
  if (days > 0 && days < 7) return at.toLocaleDateString(locale, { weekday: "short" });
  return dateOf(at, now, locale, "short");
}

/** For a line of text: the time today, else date and time. */
export function lineTime(at: Date, now: Date, locale?: string): string {
  if (dayNumber(at) === dayNumber(now)) return timeOfDay(at, locale);
  return `${dateOf(at, now, locale, "short")}, ${timeOfDay(at, locale)}`;
}

/** For the head of a message: everything. */
export function fullTime(at: Date, locale?: string): string {
  return at.toLocaleString(locale, { weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** Rewrites the times of a part of the page for the reader's clock and language. */
export function localizeTimes(root: ParentNode, now: Date): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[data-time]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const kind = element.dataset["time"];
    element.textContent = kind === "list" ? listTime(at, now) : kind === "line" ? lineTime(at, now) : fullTime(at);
    element.title = fullTime(at);
  }
}

function timeOfDay(at: Date, locale?: string): string {
  return at.toLocaleTimeString(locale, { hour: "2-digit", minute: "2-digit" });
}

function dateOf(at: Date, now: Date, locale: string | undefined, month: "short" | "long"): string {
  const sameYear = at.getFullYear() === now.getFullYear();
  return at.toLocaleDateString(locale, { day: "numeric", month, ...(sameYear ? {} : { year: "numeric" }) });
}

function dayNumber(at: Date): number {
  return Math.floor(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / dayMilliseconds);
}
