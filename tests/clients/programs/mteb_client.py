# /// script
# dependencies = ["mteb==2.26.24", "httpx==0.28.1"]
# ///
"""MTEB: the live service behind its search protocol (evaluation.benchmark)."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[3]
ACT = "foreign-policy-2020-2030"
QUESTIONS = {
    "Каспий теңізі туралы не айтылған?": f"{ACT}#chp_5__sec_4__para_4-6",
    "В каком пункте говорится о торговле людьми?": f"{ACT}#chp_5__sec_3__para_3-4",
}

with tempfile.TemporaryDirectory() as place, httpx.Client(base_url=sys.argv[1]) as service:
    folder = Path(place) / "asked"
    (folder / "qrels").mkdir(parents=True)
    texts = {}
    for question in QUESTIONS:
        found = service.post("/v1/search", json={"query": question, "top_k": 10}).json()["results"]
        texts |= {hit["id"]: hit["text"] for hit in found}
    lines = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    lines = [json.dumps({"_id": f"q{n}", "text": text}) for n, text in enumerate(QUESTIONS)]
    (folder / "queries.jsonl").write_text("\n".join(lines), encoding="utf-8")
    rows = [f"q{n}\t{name}\t1" for n, name in enumerate(QUESTIONS.values())]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "evaluation.benchmark", str(folder), sys.argv[1]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    scores = json.loads(done.stdout)
    assert scores["hit_rate_at_1"] == scores["ndcg_at_10"] == 1
    print("mteb.evaluate over the search protocol: its own measures of the live service")
