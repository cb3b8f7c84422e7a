import { ActionableCard } from "./actionableCard";
import { keepListCurrent } from "./inbox/messageList";
import { localizeTimes } from "./inbox/times";
import { installDefaultPolicy } from "./safety/html";
import "../styles/inbox.css";

installDefaultPolicy();
localizeTimes(document, new Date());
customElements.define("actionable-card", ActionableCard);

const list = document.querySelector<HTMLElement>("[data-refresh]");
if (list?.dataset["refresh"]) keepListCurrent(list, list.dataset["refresh"]);
