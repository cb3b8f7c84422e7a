import { describe, expect, it } from "vitest";
import { deceivingHost, safeImage, safeLink, safeOpenUrl } from "./urls";

const refused = [
  "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "\u0001javascript:alert(1)", "vbscript:x",
  "data:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd", "//evil.test", "/inbox", "inbox", "", "https:/\n/evil.test/",
  "https://contoso.com@evil.test/", "https://user:secret@contoso.test/", "blob:https://contoso.test/1", "about:blank", "action:approve",
];

describe("a link in card text", () => {
  it.each(refused)("does not lead to %j", (text) => expect(safeLink(text)).toBeNull());

  it.each(["https://contoso.test/a?b=c#d", "http://contoso.test/", "mailto:a@contoso.test", "tel:+4712345678", "HTTPS://CONTOSO.TEST/"])(
    "may lead to %j", (text) => expect(safeLink(text)?.href.toLowerCase()).toBe(text.toLowerCase()));
});

describe("an OpenUrl action", () => {
  it.each([...refused, "mailto:a@contoso.test", "tel:+4712345678"])("does not open %j", (text) => expect(safeOpenUrl(text)).toBeNull());
  it("opens a web address", () => expect(safeOpenUrl("https://contoso.test/r/1")?.href).toBe("https://contoso.test/r/1"));
});

describe("a picture", () => {
  const origin = "https://mail.contoso.test";

  it.each(["data:image/png;base64,iVBORw0KGgo=", "data:image/jpeg;base64,/9j/4A", "data:image/gif;base64,R0lGOD", "data:image/webp;base64,UklGRg=="])(
    "is shown from data: %s", (text) => expect(safeImage(text, origin)).toBe(text));

  it.each([
    ["/images/1.png", "/images/1.png"],
    ["https://mail.contoso.test/images/1.png?w=2", "/images/1.png?w=2"],
  ])("is shown from this site: %s", (text, path) => expect(safeImage(text, origin)).toBe(path));

  it.each([
    "https://tracker.test/1.png", "//tracker.test/1.png", "http://mail.contoso.test/1.png", "/\\tracker.test/1.png", "data:image/svg+xml;base64,PHN2Zz4=",
    "data:image/png,raw", "data:text/html;base64,PGI+", "javascript:alert(1)", "/a');background:url(//x", "data:image/png;base64,iVB\"onload=1", "",
  ])("is not fetched from %j", (text) => expect(safeImage(text, origin)).toBeNull());
});

describe("a link whose text names a host", () => {
  it.each([
    ["https://contoso.test", "https://evil.test/", "evil.test"],
    ["contoso.test/login", "https://contoso.test.evil.test/", "contoso.test.evil.test"],
    ["https://contoso.test/report", "https://contoso.test/other", null],
    ["the report", "https://contoso.test/", null],
    ["write to us", "mailto:a@contoso.test", null],
  ])("%j to %j tells %j", (text, url, host) => expect(deceivingHost(text, new URL(url))).toBe(host));
});
