// What a message costs that is sent from Node: reads one request on stdin, answers with figures as JSON.
//
// A request is `{"settings": {...}, "url": "...", "message": {...}, "payload": {...}, "at_once": [...], "seconds": s}`; the
// sandbox at the address is another process's. The answer is `{contestant: {at_once: microseconds of CPU time}}`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import axios from "axios";
import { Agent, Pool } from "undici";
import { Client } from "wamux";

const COUNT = 2_000;
const request = JSON.parse(readFileSync(0, "utf8"));
const { origin, pathname } = new URL(request.url);
const apiKey = request.settings.api_key;
const headers = { "content-type": "application/json", authorization: `Key ${apiKey}` };
const body = JSON.stringify(request.payload);

// The CPU time of this process for each message, in microseconds; the first messages connect, and are interpreted.
async function spentOn(send) {
  await send(COUNT);
  let sent = 0;
  const start = process.cpuUsage();
  for (;;) {
    await send(COUNT);
    sent += COUNT;
    const { user, system } = process.cpuUsage(start);
    if (user + system >= request.seconds * 1e6) return (user + system) / sent;
  }
}

function wamux(atOnce, batchSize) {
  const { base_url: baseUrl, from } = request.settings;
  const options = { concurrency: atOnce, batchSize };
  const client = new Client({ gateway: "devino-v2", baseUrl, apiKey, from, ...options });
  function* messages(count) {
    for (let i = 0; i < count; i += 1) yield request.message;
  }
  return spentOn(async (count) => {
    for await (const { receipt, error } of client.sendMany(messages(count))) {
      assert(receipt, error);
    }
  });
}

// As many loops as there may be requests at once, which post one after the other.
function posts(atOnce, post) {
  return spentOn(async (count) => {
    let left = count;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        await post();
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  });
}

async function byUndici(atOnce) {
  const pool = new Pool(origin, { connections: atOnce });
  const figure = await posts(atOnce, async () => {
    const answer = await pool.request({ method: "POST", path: pathname, headers, body });
    assert.equal(answer.statusCode, 200);
    await answer.body.json();
  });
  await pool.close();
  return figure;
}

function byFetch(atOnce) {
  const dispatcher = new Agent({ connections: atOnce });
  return posts(atOnce, async () => {
    const answer = await fetch(request.url, { method: "POST", headers, body, dispatcher });
    assert.equal(answer.status, 200);
    await answer.json();
  });
}

async function byAxios(atOnce) {
  const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: atOnce });
  const client = axios.create({ httpAgent, proxy: false, headers });
  const figure = await posts(atOnce, async () => {
    await client.post(request.url, request.payload);
  });
  httpAgent.destroy();
  return figure;
}

const contestants = {
  wamux: (atOnce) => wamux(atOnce, 1),
  "wamux, batches of 100": (atOnce) => wamux(atOnce, 100),
  undici: byUndici,
  fetch: byFetch,
  axios: byAxios,
};
const figures = {};
for (const [name, measure] of Object.entries(contestants)) {
  figures[name] = {};
  for (const atOnce of request.at_once) figures[name][atOnce] = await measure(atOnce);
}
process.stdout.write(JSON.stringify(figures));
process.exit();
