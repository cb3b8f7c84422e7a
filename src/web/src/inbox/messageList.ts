import { pageFragment } from "../safety/html";
import { LiveEvents } from "./liveEvents";
import { localizeTimes } from "./times";

const gatherMilliseconds = 250;

/**
 * Keeps the server-rendered list current: on news it fetches the list again and puts it in the place of the old one, with
 * scroll and focus where they were.
 */
export function keepListCurrent(list: HTMLElement, address: string): void {
  let waiting: number | undefined;
  const refreshSoon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void refresh(list, address), gatherMilliseconds);
  };
  const events = new LiveEvents("/api/events", new Map([["arrived", refreshSoon], ["changed", refreshSoon]]), refreshSoon);
  // A browser opens few connections to one host; a list that nobody sees needs none.
  const follow = () => {
    if (document.hidden) return events.close();
    events.open();
  };
  document.addEventListener("visibilitychange", () => {
    follow();
    if (!document.hidden) refreshSoon();
  });
  window.addEventListener("pagehide", () => events.close());
  window.addEventListener("pageshow", follow);
  follow();
}

async function refresh(list: HTMLElement, address: string): Promise<void> {
  const html = await fetchText(address);
  if (html === null) return;
  const fragment = pageFragment(html);
  localizeTimes(fragment, new Date());
  const focused = document.activeElement?.closest<HTMLElement>("[data-message]")?.dataset["message"];
  const { scrollTop } = list;
  list.replaceChildren(fragment);
  list.scrollTop = scrollTop;
  if (focused !== undefined) {
    list.querySelector<HTMLElement>(`[data-message="${CSS.escape(focused)}"] a`)?.focus({ preventScroll: true });
  }
}

async function fetchText(address: string): Promise<string | null> {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, redirect: "error" });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}
