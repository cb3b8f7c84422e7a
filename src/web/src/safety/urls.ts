/** Which addresses a card may show or open. Everything is judged on the parsed URL, never on its text. */

const linkSchemes = new Set(["http:", "https:", "mailto:", "tel:"]);
const imageData = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+={0,2}$/;
const plainPath = /^\/(?!\/)[A-Za-z0-9/_.~-]*(?:\?[A-Za-z0-9=&_.~%-]*)?$/;

/** The address of a link in card text, or null when it is none that may be followed. */
export function safeLink(text: string): URL | null {
  const url = parseAbsolute(text);
  if (!url || !linkSchemes.has(url.protocol)) return null;
  // A user name in front of the host ("https://contoso.com@evil.test") is there to deceive.
  return url.username || url.password ? null : url;
}

/** The address that an OpenUrl action may open, or null. */
export function safeOpenUrl(text: string): URL | null {
  const url = safeLink(text);
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url : null;
}

/**
 * The address of a picture that loads without asking anybody outside: data of a bitmap kind, or a path of this site.
 * Null for any other; it would tell its owner that the mail was opened.
 */
export function safeImage(text: string, origin: string): string | null {
  if (imageData.test(text)) return text;
  const url = parseAbsolute(text.startsWith("/") && !text.startsWith("//") ? origin + text : text);
  if (url?.origin !== origin) return null;
  const path = url.pathname + url.search;
  return plainPath.test(path) ? path : null;
}

/** The host that a reader should be told of: the text of the link names another than the one that opens. */
export function deceivingHost(text: string, url: URL): string | null {
  if (!url.host) return null;
  const named = /^\s*(?:https?:\/\/)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/:?#\s]|$)/i.exec(text)?.[1];
  return named && named.toLowerCase() !== url.hostname ? url.hostname : null;
}

function parseAbsolute(text: string): URL | null {
  // The URL parser drops tabs, line breaks and leading controls; a text that has them was made to be read in two ways.
  if (/[\u0000-\u0020\u007f-\u009f\u2028\u2029]/u.test(text)) return null;
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text) ? new URL(text) : null;
}
