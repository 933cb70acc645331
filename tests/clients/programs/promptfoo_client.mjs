// /// script
// dependencies = ["promptfoo@0.123.1", "node@22"]
// ///
// promptfoo: its command, over chat, responses, embeddings and plain HTTP.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const QUESTION = "Каспий теңізі туралы не айтылған?";
const base = process.argv[2];
const open = { apiBaseUrl: `${base}/v1`, apiKey: "none" };
const folder = mkdtempSync(join(tmpdir(), "promptfoo-"));
const config = {
  prompts: ["{{question}}"],
  providers: [
    { id: "openai:chat:tarmaq", config: open },
    { id: "openai:responses:tarmaq", config: open },
    {
      id: `${base}/v1/search`,
      label: "http",
      config: {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: { query: "{{prompt}}" },
        transformResponse: "json.results.map((hit) => hit.id + ' ' + hit.text).join('\\n')",
      },
    },
  ],
  defaultTest: {
    options: { provider: { embedding: { id: "openai:embedding:tarmaq-embedding", config: open } } },
  },
  tests: [
    {
      vars: { question: QUESTION },
      assert: [
        { type: "icontains", value: "Каспий" },
        { type: "similar", value: QUESTION, threshold: 0.5 },
      ],
    },
  ],
};
writeFileSync(join(folder, "promptfooconfig.json"), JSON.stringify(config));
const main = createRequire(import.meta.url).resolve("promptfoo");
const command = join(dirname(main), "entrypoint.js");
const out = join(folder, "out.json");
const done = spawnSync(
  process.execPath,
  [command, "eval", "-c", "promptfooconfig.json", "-o", out, "--no-cache", "--no-progress-bar"],
  {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      PROMPTFOO_CONFIG_DIR: folder,
      PROMPTFOO_DISABLE_TELEMETRY: "1",
      PROMPTFOO_DISABLE_UPDATE: "1",
      PROMPTFOO_DISABLE_REMOTE_GENERATION: "1",
    },
  },
);
if (done.status !== 0) throw new Error(done.stdout + done.stderr);
const { results } = JSON.parse(readFileSync(out, "utf8")).results;
for (const one of results) {
  if (!one.success) throw new Error(`${one.provider.id}: ${one.error} ${JSON.stringify(one.gradingResult)}`);
  console.log(`${one.provider.label || one.provider.id.split(":").slice(0, 2).join(":")}: contains and similar (our embeddings) pass`);
}
