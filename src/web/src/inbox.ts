import { ActionableCard } from "./actionableCard";
import { keepListCurrent } from "./inbox/messageList";
import { localizeTimes } from "./inbox/times";
import { installDefaultPolicy } from "./safety/html";
import "../styles/inbox.css";

installDefaultPolicy();
localizeTimes(document, new Date());
customElements.define("actionable-card", ActionableCard);

const list = document.querySelector<HTMLElement>("[data-refresh]");
// The page of a message brings the list along from its top.
list?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
if (list?.dataset["refresh"]) keepListCurrent(list, list.dataset["refresh"]);
