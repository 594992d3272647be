// What a call from Node costs: reads one request on stdin, answers with operations per second of CPU time as JSON.
//
// A request is `{"phones": [...], "messages": {name: {...}}, "seconds": s}`.

import { readFileSync } from "node:fs";
import { buildRequest, normalizePhone } from "wamux";

function perSecond(operation, count, seconds) {
  let done = 0;
  const start = process.cpuUsage();
  for (;;) {
    operation();
    done += count;
    const { user, system } = process.cpuUsage(start);
    const spent = (user + system) / 1e6;
    if (spent >= seconds) return done / spent;
  }
}

const { phones, messages, seconds } = JSON.parse(readFileSync(0, "utf8"));
const rates = {
  phone: perSecond(() => phones.forEach((phone) => normalizePhone(phone)), phones.length, seconds),
};
for (const [name, message] of Object.entries(messages)) {
  const build = () => {
    for (let i = 0; i < 500; i += 1) buildRequest("devino-v2", message);
  };
  build(); // The first calls are interpreted.
  rates[name] = perSecond(build, 500, seconds);
}
process.stdout.write(JSON.stringify({ rates }));
