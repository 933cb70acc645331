// A question box for any page, one tag:
//   <script src="tarmaq.js" data-tarmaq="https://tarmaq.example.kz" data-language="kk" defer></script>
// The service must name the page's site in TARMAQ_CORS_ORIGINS. data-key gives a key where the
// service asks for one; everybody who opens the page can read it, so give it the scope "search".
(() => {
  "use strict";

  const TEXTS = {
    kk: {
      open: "Құжаттан сұрау",
      close: "Жабу",
      label: "Сұрағыңыз",
      ask: "Сұрау",
      wait: "Ізделуде…",
      no: "Құжаттан бұл сұраққа жауап табылмады. Мағынасы бойынша ең жақын тармақтар:",
      down: "Қызмет қазір жауап бермей тұр. Сәл кейінірек қайталап көріңіз.",
    },
    ru: {
      open: "Спросить документ",
      close: "Закрыть",
      label: "Ваш вопрос",
      ask: "Спросить",
      wait: "Идёт поиск…",
      no: "Ответ в документе не найден. Ближайшие по смыслу пункты:",
      down: "Сервис сейчас не отвечает. Повторите немного позже.",
    },
    en: {
      open: "Ask the document",
      close: "Close",
      label: "Your question",
      ask: "Ask",
      wait: "Searching…",
      no: "The document does not answer this question. The nearest items are:",
      down: "The service does not answer now. Try again a little later.",
    },
  };
  const STYLE = `
    :host { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483000;
      font: 16px/1.45 system-ui, sans-serif; color: #1a1a1a; }
    button { font: inherit; padding: .5rem .9rem; border: 1px solid #0b4f6c; border-radius: .4rem;
      background: #0b4f6c; color: #fff; cursor: pointer; }
    button.close { background: none; color: #0b4f6c; border: 0; padding: .25rem .5rem; }
    section { width: min(26rem, calc(100vw - 2rem)); max-height: min(36rem, calc(100vh - 2rem));
      overflow: auto; box-sizing: border-box; padding: 1rem; background: #fff;
      border: 1px solid #c8c8c8; border-radius: .5rem; box-shadow: 0 .3rem 1.2rem #0003; }
    header { display: flex; justify-content: space-between; align-items: center; }
    form { display: flex; gap: .5rem; margin-top: .5rem; }
    input { flex: 1; min-width: 0; font: inherit; padding: .45rem; border: 1px solid #767676;
      border-radius: .4rem; }
    blockquote { margin: .8rem 0 .2rem; padding-left: .7rem; border-left: 3px solid #0b4f6c; }
    a { color: #0b4f6c; }
    ol { padding-left: 1.3rem; }
    [hidden] { display: none; }`;

  const script = document.currentScript;
  const service = script.dataset.tarmaq.replace(/\/$/, "");
  const language = TEXTS[script.dataset.language] ? script.dataset.language : "kk";
  const texts = TEXTS[language];

  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const host = element("tarmaq-widget", { lang: language });
  const root = host.attachShadow({ mode: "open" });
  const opener = element("button", { type: "button", textContent: texts.open });
  const closer = element("button", { type: "button", className: "close", textContent: "✕" });
  closer.setAttribute("aria-label", texts.close);
  const input = element("input", { type: "text", placeholder: texts.label, maxLength: 4000 });
  input.setAttribute("aria-label", texts.label);
  const form = element("form", {}, input, element("button", { textContent: texts.ask }));
  const output = element("div");
  output.setAttribute("role", "status");
  const header = element("header", {}, element("strong", { textContent: texts.open }), closer);
  const panel = element("section", { hidden: true }, header, form, output);
  panel.setAttribute("aria-label", texts.open);
  root.append(element("style", { textContent: STYLE }), opener, panel);

  const show = (open) => {
    panel.hidden = !open;
    opener.hidden = open;
    (open ? input : opener).focus();
  };
  opener.addEventListener("click", () => show(true));
  closer.addEventListener("click", () => show(false));
  panel.addEventListener("keydown", (event) => event.key === "Escape" && show(false));

  const link = (result, spoken) =>
    element("a", {
      href: result.url,
      target: "_blank",
      rel: "noopener",
      textContent: result.reference[spoken] || result.document_id,
    });

  // Texts of documents are set as text, never as HTML.
  const render = (answer) => {
    if (!answer.answerable) {
      const items = answer.results.slice(0, 3).map((result) => {
        const text = `: ${result.text.slice(0, 200)}`;
        return element("li", {}, link(result, answer.language), text);
      });
      const said = TEXTS[answer.language].no;
      output.replaceChildren(element("p", { textContent: said }), element("ol", {}, ...items));
      return;
    }
    const [first, ...others] = answer.results;
    const quote = element("blockquote", { textContent: (answer.answer ?? first).text });
    const items = others.slice(0, 2).map((result) =>
      element("li", {}, link(result, answer.language)));
    const also = items.length ? [element("ol", { start: 2 }, ...items)] : [];
    output.replaceChildren(quote, link(first, answer.language), ...also);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    output.textContent = texts.wait;
    const headers = { "Content-Type": "application/json", "Accept-Language": language };
    if (script.dataset.key) headers.Authorization = `Bearer ${script.dataset.key}`;
    try {
      const response = await fetch(`${service}/v1/search`, {
        method: "POST",
        headers,
        body: JSON.stringify({ query: input.value, top_k: 3 }),
      });
      const answer = await response.json();
      if (response.ok) render(answer);
      else output.textContent = answer.detail ?? texts.down;
    } catch {
      output.textContent = texts.down;
    }
  });

  document.body.append(host);
})();
