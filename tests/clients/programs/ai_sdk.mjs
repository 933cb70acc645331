// /// script
// dependencies = ["ai@7", "@ai-sdk/openai@4"]
// ///
// The AI SDK: its default model of OpenAI (responses), chat, embeddings.
import { createOpenAI } from "@ai-sdk/openai";
import { embed, generateText, streamText } from "ai";

const QUESTION = "Каспий теңізі туралы не айтылған?";
const check = (right, what) => { if (!right) throw new Error(what); };
const openai = createOpenAI({ baseURL: `${process.argv[2]}/v1`, apiKey: "none" });

const said = await generateText({ model: openai("tarmaq"), prompt: QUESTION });
check(said.text.includes("[1]"), said.text);
check(said.sources.length > 1 && said.sources[0].sourceType === "url", "no sources");
console.log("generateText(openai(…)): text with url sources");

const stream = streamText({ model: openai("tarmaq"), prompt: QUESTION });
let text = "";
for await (const part of stream.textStream) text += part;
check(text === said.text, text);
check((await stream.sources).length === said.sources.length, "other sources");
console.log("streamText(openai(…)): the same text and sources");

const searched = await generateText({
  model: openai("tarmaq"),
  prompt: QUESTION,
  tools: { file_search: openai.tools.fileSearch({ vectorStoreIds: ["tarmaq"] }) },
});
check(searched.sources.some((source) => source.sourceType === "document"), "no documents");
console.log("openai.tools.fileSearch: document sources");

const chat = await generateText({ model: openai.chat("tarmaq"), prompt: QUESTION });
check(chat.text === said.text, chat.text);
console.log("openai.chat(…): the same text");

const { embedding } = await embed({ model: openai.embedding("tarmaq-embedding"), value: "Каспий" });
check(embedding.length > 100, "no vector");
console.log("embed(openai.embedding(…))");
