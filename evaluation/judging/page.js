const read = (id) => JSON.parse(document.getElementById(id).textContent);
const find = (selector) => document.querySelector(selector);
const words = read("words");
const { dataset, judge, questions } = read("pool");
for (const [number, question] of questions.entries()) {
  question.pairs = question.passages.map((passage, place) => ({ question, number, passage, place }));
}
const pairs = questions.flatMap((question) => question.pairs);
const grades = new Map();
let language = "kk";
let current = -1;

// One entry a grade: two tabs do not undo each other, and a page of another pool knows it too.
const entry = (pair) => `tarmaq-grade:${judge}:${pair.passage.key}`;
const isGrade = (value) => /^[0-3]$/.test(value ?? "");

function recall() {
  for (const pair of pairs) {
    let known = null;
    try { known = localStorage.getItem(entry(pair)); } catch { tell(); }
    if (isGrade(known)) grades.set(pair, Number(known));
  }
}

function keep(pair, grade) {
  grades.set(pair, grade);
  try { localStorage.setItem(entry(pair), String(grade)); } catch { tell(); }
}

function tell() {
  if (!find("#lost").hidden) return;
  find("#lost").hidden = false;
  addEventListener("beforeunload", (event) => event.preventDefault());
}

function say(key, values = {}) {
  return words[key][language].replace(/{(\w+)}/g, (_, name) => values[name]);
}

function element(tag, text, lang = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (lang) made.lang = lang;
  if (name) made.className = name;
  return made;
}

function edition(one) {
  const parts = [element("blockquote", one.text, one.language)];
  if (one.headings.length) {
    parts.unshift(element("p", one.headings.join(" › "), one.language, "headings"));
  }
  return parts;
}

function show() {
  for (const each of document.querySelectorAll("[data-word]")) {
    each.textContent = say(each.dataset.word);
  }
  for (const each of document.querySelectorAll("[data-label]")) {
    each.setAttribute("aria-label", say(each.dataset.label));
  }
  document.title = `${say("title")}: ${dataset}`;
  const { question, number, passage, place } = pairs[current];
  const count = { question: number + 1, questions: questions.length };
  find("#question small").textContent = say("question", count);
  find("#question bdi").textContent = question.text;
  find("#question bdi").lang = question.language || "";
  const named = passage.reference[language] ? ` · ${passage.reference[language]}` : "";
  find("#place").textContent =
    say("passage", { passage: place + 1, passages: question.passages.length }) + named;
  const [first, ...others] = [...passage.editions].sort(
    (a, b) => (b.language === question.language) - (a.language === question.language));
  find("#text").replaceChildren(...edition(first));
  find("#others").hidden = !others.length;
  find("#others div").replaceChildren(...others.flatMap(edition));
  for (const button of document.querySelectorAll("#grades button")) {
    button.setAttribute("aria-pressed", String(grades.get(pairs[current]) === Number(button.value)));
  }
  find("#back").disabled = current === 0;
  find("#on").disabled = current === pairs.length - 1;
  progress();
}

function progress() {
  find("#bar").max = pairs.length;
  find("#bar").value = grades.size;
  find("#done").textContent = say("done", { done: grades.size, all: pairs.length });
  find("#open").disabled = grades.size === pairs.length;
  const begun = questions.filter(
    ({ pairs: own }) => own.some((pair) => grades.has(pair)) && !own.every((pair) => grades.has(pair)));
  find("#unfinished").textContent = begun.length ? say("unfinished", { count: begun.length }) : "";
}

function go(place) {
  if (place < 0 || place >= pairs.length) return;
  const isNew = pairs[place].number !== pairs[current].number;
  current = place;
  find("#others").open = false;
  show();
  // What has focus is read aloud: the question where it is another one.
  find(isNew ? "#question" : "#passage").focus({ preventScroll: true });
  find("#question").scrollIntoView({ block: "nearest" });
}

function ungraded() {
  const places = [...pairs.keys()].filter((place) => !grades.has(pairs[place]));
  return places.find((place) => place > current) ?? places[0];
}

function grade(value) {
  keep(pairs[current], value);
  find("#said").textContent = say("kept", { grade: value });
  if (grades.size === pairs.length) find("#said").textContent = say("finished");
  if (current + 1 < pairs.length) go(current + 1);
  else if (ungraded() !== undefined) go(ungraded());
  else show();
}

function save(name, head, line) {
  const lines = pairs.filter((pair) => grades.has(pair)).map(
    (pair) => line(pair.question.id, pair.passage.id, grades.get(pair)));
  const file = new Blob([head, ...lines], { type: "text/plain" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = [dataset, judge, name].filter(Boolean).join("-");
  link.click();
}

async function load(file) {
  const byIds = new Map(pairs.map((pair) => [`${pair.question.id} ${pair.passage.id}`, pair]));
  let taken = 0;
  let other = 0;
  for (const line of (await file.text()).split(/\r?\n/)) {
    const fields = line.split(/\s+/).filter(Boolean);
    if (!fields.length || fields[0] === "query-id") continue;
    const pair = byIds.get(`${fields[0]} ${fields.at(-2)}`);
    if (pair && isGrade(fields.at(-1))) {
      keep(pair, Number(fields.at(-1)));
      taken += 1;
    } else other += 1;
  }
  show();
  find("#said").textContent = say("loaded", { taken, other });
}

function choose(code) {
  language = code;
  document.documentElement.lang = code;
  for (const button of document.querySelectorAll("header button")) {
    button.setAttribute("aria-pressed", String(button.value === code));
  }
  find("#said").textContent = "";
  show();
}

recall();
current = ungraded() ?? 0;
const wished = navigator.languages.map((tag) => tag.slice(0, 2));
choose(wished.find((code) => ["kk", "ru", "en"].includes(code)) ?? "kk");

for (const button of document.querySelectorAll("header button")) {
  button.addEventListener("click", () => choose(button.value));
}
for (const button of document.querySelectorAll("#grades button")) {
  button.addEventListener("click", () => grade(Number(button.value)));
}
find("#back").addEventListener("click", () => go(current - 1));
find("#on").addEventListener("click", () => go(current + 1));
find("#open").addEventListener("click", () => go(ungraded()));
find("#beir").addEventListener("click", () => save(
  "judged.tsv", "query-id\tcorpus-id\tscore\n",
  (query, passage, value) => `${query}\t${passage}\t${value}\n`));
find("#trec").addEventListener("click", () => save(
  "judged.qrels", "", (query, passage, value) => `${query} 0 ${passage} ${value}\n`));
find("#load").addEventListener("change", (event) => {
  if (event.target.files[0]) load(event.target.files[0]);
});
addEventListener("keydown", (event) => {
  if (!find("#keys").checked || event.ctrlKey || event.altKey || event.metaKey) return;
  // By the key's place: Kazakh layouts have letters on the row of digits.
  const digit = /^(?:Digit|Numpad)([0-3])$/.exec(event.code)?.[1] ?? event.key;
  if (isGrade(digit) && !event.repeat) grade(Number(digit));
  else if (event.key === "ArrowLeft") go(current - 1);
  else if (event.key === "ArrowRight") go(current + 1);
  else return;
  event.preventDefault();
});
addEventListener("storage", () => {
  recall();
  show();
});
