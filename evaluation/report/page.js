for (const button of document.querySelectorAll("[role=group] button")) {
  button.addEventListener("click", () => choose(button.value));
}
function choose(language) {
  document.documentElement.lang = language;
  for (const button of document.querySelectorAll("[role=group] button")) {
    button.setAttribute("aria-pressed", String(button.value === language));
  }
}
const wished = navigator.languages.map((tag) => tag.slice(0, 2));
choose(wished.find((language) => ["kk", "ru", "en"].includes(language)) ?? "kk");
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
