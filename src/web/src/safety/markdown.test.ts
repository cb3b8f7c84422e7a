import { describe, expect, it } from "vitest";
import { markdownToHtml } from "./markdown";

describe("the subset of Markdown", () => {
  it.each([
    ["*italic* and **bold** and ~~gone~~", "<p><em>italic</em> and <strong>bold</strong> and <s>gone</s></p>\n"],
    ["# Title", "<h1>Title</h1>\n"],
    ["- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"],
    ["one\ntwo", "<p>one<br>\ntwo</p>\n"],
    ["a \\* b", "<p>a * b</p>\n"],
    ["`code` stays", "<p>`code` stays</p>\n"],
    ["> quote", "<p>&gt; quote</p>\n"],
    ["![x](https://contoso.test/1.png)", '<p>!<a href="https://contoso.test/1.png" rel="noopener noreferrer" target="_blank">x</a></p>\n'],
  ])("%j", (text, html) => expect(markdownToHtml(text)).toBe(html));

  it("opens a link in a window that knows nothing of this one", () =>
    expect(markdownToHtml("[a](https://contoso.test/)")).toBe('<p><a href="https://contoso.test/" rel="noopener noreferrer" target="_blank">a</a></p>\n'));

  it("tells the host where the text names another", () =>
    expect(markdownToHtml("[https://contoso.test](https://evil.test/)")).toContain("</a> <small>(evil.test)</small>"));

  it("makes a button of a link to an action", () =>
    expect(markdownToHtml("[Do it](action:a-1)")).toBe('<p><button type="button" class="am-action-link" data-action-ref="a-1">Do it</button></p>\n'));

  it.each([
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java\tscript:alert(1))", "[a](&#106;avascript:alert(1))", "[a](&#x6A;avascript&colon;alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:x)", "[a](//evil.test)", "[a](file:///etc/passwd)", "<javascript:alert(1)>",
    "[a]( javascript:alert(1))", "[a](\u0001javascript:alert(1))", "[a](https://contoso.com@evil.test/)", "<https://evil.test>", "[a][b]\n\n[b]: javascript:alert(1)",
  ])("has no link in %j, and shows the text", (text) => {
    const html = markdownToHtml(text);
    expect(html).not.toMatch(/<a|href/);
    expect(html).toContain(text.startsWith("<") ? "&lt;" : "a");
  });

  it.each([
    '<img src=x onerror="alert(1)">', "<script>alert(1)</script>", '<a href="javascript:alert(1)">x</a>', "<!-- x -->", "<svg><style>",
    '[a](action:"><img/src=x>)', '[a](https://ok.test "x\\" onmouseover=alert(1)")',
  ])("shows HTML as text: %j", (text) => {
    const html = markdownToHtml(text).replace(/<\/?(?:p|button|a)(?: (?:type|class|data-action-ref|href|rel|target)="[^"<>]*")*>/g, "");
    expect(html).not.toMatch(/<[a-z!/]/i);
  });
});
