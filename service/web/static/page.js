// Adds to the pages what cannot be done without a script: suggestions, copying, history, and
// searching without a reload. Every page works when this file does not load.

const body = document.body;
const find = (selector, root = document) => root.querySelector(selector);
const notice = find("#notice");
const status = find("#status");
const home = `${body.dataset.prefix}/`;

function reveal() {
  for (const button of document.querySelectorAll("[data-copy], [data-share], [data-print]")) button.hidden = false;
  const contents = find("[data-contents]");
  if (contents && matchMedia("(max-width: 62rem)").matches) contents.open = false;
  showHistory();
  watchHeadings();
}

function warn(text) {
  notice.textContent = text;
  notice.hidden = !text;
}

// Copying

async function copy(text, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    body.append(area);
    area.select();
    done = document.execCommand("copy");
    area.remove();
    button.focus();
  }
  status.textContent = done ? body.dataset.copied : body.dataset.notCopied;
  const name = button.dataset.name ??= button.textContent;
  button.textContent = status.textContent;
  setTimeout(() => { button.textContent = name; }, 2500);
}

// A reader's choice of language is remembered; a link that somebody sent is no choice.
document.addEventListener("click", (event) => {
  const link = event.target.closest("#languages a");
  if (link) document.cookie = `lang=${link.lang}; path=${home}; max-age=31536000; samesite=lax`;
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy) copy(find(`#${button.dataset.copy}`).textContent, button);
  else if ("share" in button.dataset) copy(find("#share").dataset.url, button);
  else if ("print" in button.dataset) print();
  else if ("forget" in button.dataset) { write([]); showHistory(); find("#q")?.focus(); }
});

// A sheet of paper needs the whole address, where the service does not know its own.
addEventListener("beforeprint", () => {
  const address = find("[data-address]");
  if (address?.textContent.startsWith("/")) address.textContent = location.origin + address.textContent;
});

// History: in this browser only

const KEY = "tarmaq.questions";

function past() {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? []; } catch { return []; }
}

function write(questions) {
  try {
    if (questions.length) localStorage.setItem(KEY, JSON.stringify(questions));
    else localStorage.removeItem(KEY);
  } catch { /* The browser keeps nothing: then there is no history. */ }
}

function remember(question) {
  if (question) write([question, ...past().filter((other) => other !== question)].slice(0, 12));
}

function showHistory() {
  const section = find("#history");
  if (!section) return;
  const questions = past();
  section.hidden = !questions.length;
  find("ul", section).replaceChildren(...questions.map((question) => {
    const link = document.createElement("a");
    const lang = document.documentElement.lang;
    link.href = `${home}?${new URLSearchParams({ q: question, ...(lang === body.dataset.unasked ? {} : { lang }) })}`;
    link.textContent = question;
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
}

// Searching without a reload

const here = () => location.pathname + location.search;
let latest = 0;
let shown = here();

async function go(url, push) {
  const turn = ++latest;
  warn("");
  status.textContent = body.dataset.searching;
  let answer;
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" } });
    answer = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!find("#main", answer)) throw new Error(response.statusText);
  } catch {
    if (turn === latest) { status.textContent = ""; warn(body.dataset.down); }
    return;
  }
  if (turn !== latest) return;
  if (answer.documentElement.lang !== document.documentElement.lang) {
    location.assign(url);
    return;
  }
  if (push) history.pushState(null, "", url);
  shown = here();
  document.title = answer.title;
  body.className = answer.body.className;
  for (const part of ["#languages", "#main"]) find(part).replaceWith(find(part, answer));
  prepare();
  const title = find("#results-title");
  status.textContent = title?.textContent ?? "";
  scrollTo(0, 0);
  (title ?? find("#q") ?? find("#main")).focus({ preventScroll: true });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("ask" in form.dataset)) return;
  const values = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...values]) if (!value || (name === "lang" && value === body.dataset.unasked)) values.delete(name);
  remember(values.get("q")?.trim());
  event.preventDefault();
  go(`${home}?${values}`, true);
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!("feedback" in form.dataset)) return;
  event.preventDefault();
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form, event.submitter) });
    if (!response.ok) throw new Error(response.statusText);
    const thanks = document.createElement("p");
    thanks.textContent = status.textContent = form.dataset.thanks;
    form.replaceChildren(thanks);
  } catch { warn(body.dataset.down); }
});

addEventListener("popstate", () => {
  // A link to a place on the same page is no other question.
  if (here() !== shown && location.pathname === home && (body.classList.contains("home") || body.classList.contains("answer"))) go(location.href, false);
});

// Suggestions: the combobox pattern of the ARIA Authoring Practices

function suggest(input) {
  const list = document.createElement("ul");
  list.id = "options";
  list.className = "options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.list);
  input.parentNode.append(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "options" })) input.setAttribute(name, value);
  let chosen = -1;
  let typed = "";
  let timer;

  const close = () => {
    clearTimeout(timer);
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (place) => {
    const options = [...list.children];
    chosen = (place + options.length + 1) % (options.length + 1);
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < options.length) {
      input.value = options[chosen].dataset.text;
      input.setAttribute("aria-activedescendant", options[chosen].id);
    } else {
      chosen = -1;
      input.value = typed;
      input.removeAttribute("aria-activedescendant");
    }
  };
  const ask = async () => {
    const text = typed;
    if (text.trim().length < 2) return close();
    let found = [];
    try {
      const response = await fetch(`${home}suggestions?${new URLSearchParams({ q: text, lang: document.documentElement.lang })}`);
      found = (await response.json()).suggestions ?? [];
    } catch { /* Suggestions may fail in silence: the question can still be asked. */ }
    if (typed !== text || input.value !== text || document.activeElement !== input) return;
    close();
    if (!found.length) return;
    list.replaceChildren(...found.map(({ text, kind }, at) => {
      const option = document.createElement("li");
      option.id = `option-${at}`;
      option.dataset.text = option.textContent = text;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      if (kind !== "question") {
        const small = document.createElement("small");
        small.textContent = body.dataset[kind] ?? "";
        option.append(small);
      }
      return option;
    }));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = body.dataset.suggested.replace("%", found.length);
  };

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
    else if (event.key === "Escape") { input.value = typed; close(); }
    else { if (event.key === "Enter") close(); return; }
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (!option) return;
    input.value = option.dataset.text;
    close();
    input.form.requestSubmit();
  });
}

// The outline follows the reader

function watchHeadings() {
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  if (!links.size) return;
  let here;
  const watcher = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      here?.classList.remove("here");
      here = links.get(target.id);
      here?.classList.add("here");
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const id of links.keys()) {
    const heading = document.getElementById(id);
    if (heading) watcher.observe(heading);
  }
}

function prepare() {
  const input = find("[data-ask] #q");
  if (input) suggest(input);
  reveal();
}

// A changed document starts with the first of its parts.
document.addEventListener("change", (event) => {
  if (event.target.id === "document") { const section = find("#section"); if (section) section.value = ""; }
});

prepare();
if (find("[data-ask]")) remember(new URLSearchParams(location.search).get("q")?.trim());
