/** A moment as a page's datetime-local control takes it; empty when the text is none. */
export function toLocalMinute(text: string): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return "";
  const two = (part: number) => String(part).padStart(2, "0");
  const year = String(moment.getFullYear()).padStart(4, "0");
  return `${year}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** What stands in such a control, a time of the browser's place, as a time that everybody reads alike; empty when there is none. */
export function toUtcMinute(local: string): string {
  const moment = new Date(local);
  return local === "" || Number.isNaN(moment.getTime()) ? "" : `${moment.toISOString().slice(0, 16)}Z`;
}
