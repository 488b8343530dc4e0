"use strict";

/* Language of the report: every text of the page carries both. Quotes are left as they are. */
function show(lang) {
  document.documentElement.lang = lang;
  for (const element of document.querySelectorAll("[data-fr]")) {
    element.textContent = element.dataset[lang];
    if (element.lang) element.lang = lang;
  }
  for (const button of document.querySelectorAll("[data-show]")) {
    button.setAttribute("aria-pressed", String(button.dataset.show === lang));
  }
}

for (const button of document.querySelectorAll("[data-show]")) {
  button.addEventListener("click", () => show(button.dataset.show));
}
if ((navigator.language || "").toLowerCase().startsWith("nl")) show("nl");

/* Filters: a case is shown where every choice fits it. */
const form = document.getElementById("filter");
const cases = [...document.querySelectorAll("article[data-kind]")];

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function filter() {
  const wanted = Object.fromEntries(new FormData(form));
  const words = fold(wanted.words || "").split(/\s+/).filter(Boolean);
  let count = 0;
  for (const element of cases) {
    const question = fold(element.querySelector(".question").textContent);
    const fits =
      ["lang", "kind", "split", "why"].every((key) => !wanted[key] || element.dataset[key] === wanted[key]) &&
      words.every((word) => question.includes(word));
    element.hidden = !fits;
    count += fits;
  }
  document.getElementById("count").textContent = `${count} / ${cases.length}`;
}

if (form) {
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
