import { makePasskey, showPasskey, type AskedToMake, type AskedWho } from "./ceremony";

/** Shows the buttons for passkeys where the browser has them. */
export function offerPasskeys(root: ParentNode): void {
  if (!("PublicKeyCredential" in window)) return;
  for (const section of root.querySelectorAll<HTMLElement>("[data-passkey-section]")) section.hidden = false;
  for (const button of root.querySelectorAll<HTMLButtonElement>("button[data-passkey]")) {
    button.hidden = false;
    button.addEventListener("click", () => void press(button));
  }
}

async function press(button: HTMLButtonElement): Promise<void> {
  const fault = button.closest("form, section, div")?.querySelector<HTMLElement>("[data-passkey-fault]");
  button.disabled = true;
  if (fault) fault.hidden = true;
  const trouble = await carryOut(button.dataset);
  if (trouble === null) {
    location.assign(button.dataset["return"] ?? "/inbox");
    return;
  }
  button.disabled = false;
  if (fault) {
    fault.textContent = trouble;
    fault.hidden = false;
  }
}

/** Null, or what went wrong, in words. */
async function carryOut(data: DOMStringMap): Promise<string | null> {
  try {
    return data["passkey"] === "make" ? await make(data["invitation"] ?? null) : await show(data["passkey"] === "again");
  } catch (error) {
    // The browser does not say more of a person who did not want to, or whose time was up.
    if (error instanceof DOMException && error.name === "InvalidStateError") return "This device has a passkey for you already.";
    return error instanceof Refusal ? error.message : "No passkey was used. Try again, or take another way.";
  }
}

async function make(invitation: string | null): Promise<null> {
  const asked = (await post("/options", { invitation })) as AskedToMake;
  const name = document.querySelector<HTMLInputElement>("#passkey-name")?.value ?? "My passkey";
  await post("", { invitation, name, credential: await makePasskey(asked) });
  return null;
}

async function show(again: boolean): Promise<null> {
  const asked = (await post("/sign-in/options", {})) as AskedWho;
  await post("/sign-in", { credential: await showPasskey(asked), again });
  return null;
}

class Refusal extends Error {}

async function post(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`/api/passkeys${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", RequestVerificationToken: document.querySelector<HTMLMetaElement>('meta[name="request-token"]')?.content ?? "" },
    body: JSON.stringify(body),
  });
  if (response.status === 204) return null;
  const answer = (await response.json()) as { title?: string };
  if (!response.ok) throw new Refusal(answer.title ?? "That did not work. Reload the page and try again.");
  return answer;
}
