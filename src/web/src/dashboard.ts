import { offerCopies } from "./dashboard/copy";
import { SubmissionForm } from "./dashboard/submissionForm";
import "../styles/dashboard.css";

document.documentElement.classList.add("has-script");
offerCopies(document);

const form = document.querySelector<HTMLFormElement>("form[data-submission]");
if (form) new SubmissionForm(form);
