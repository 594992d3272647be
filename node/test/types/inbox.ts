/** What of the inbox must compile, and what must not: this file is compiled, and never run. */
import { createServer } from 'node:http';

import {
  Authentication,
  type DeadEvent,
  Inbox,
  type InboxSettings,
  type Notification,
} from 'wamux';

const authentication = Authentication.header('X-Webhook-Secret', 'correct horse');

function told({ key, attempt, advances, event }: Notification): string {
  switch (event.type) {
    case 'status':
      return `${event.status} ${event.message_id} ${String(advances)} ${String(attempt)}`;
    case 'message':
      return event.content.type;
    case 'chat':
    case 'error':
      return key;
  }
}

export const settings: InboxSettings[] = [
  { gateway: 'tujenge', handler: told, authentication },
  {
    gateway: 'rapporto',
    handler: async () => Promise.reject(new Error()),
    authentication,
    store: 'sqlite:a',
  },
  {
    gateway: 'chat-api',
    handler: () => undefined,
    authentication: Authentication.none(),
    lease: undefined,
  },
];

// @ts-expect-error -- no authentication
export const open: InboxSettings = { gateway: 'tujenge', handler: told };
// @ts-expect-error -- a gateway that there is not
export const elsewhere: InboxSettings = { gateway: 'pigeon', handler: told, authentication };
// @ts-expect-error -- a secret in the place of an authentication
export const secret: InboxSettings = { gateway: 'tujenge', handler: told, authentication: 'horse' };
export const other: InboxSettings = {
  gateway: 'tujenge',
  // @ts-expect-error -- a handler of something else
  handler: (count: number) => count,
  authentication,
};
export function made(): Authentication {
  // @ts-expect-error -- one of its functions makes it
  return new Authentication() as Authentication;
}
// @ts-expect-error -- a secret that may be absent
export const absent = Authentication.path(process.env.SECRET);

export async function inbox(): Promise<[DeadEvent[], boolean, number]> {
  await using inbox = new Inbox({ gateway: 'devino-v1', handler: told, authentication });
  await inbox.start();
  // @ts-expect-error -- nothing is to be set afterwards
  inbox.alias = 'shop';
  // @ts-expect-error -- a body that was parsed
  await inbox.receive({ method: 'POST', path: '/', headers: {}, body: {} });
  createServer(({ method = 'GET', url = '/', headers }, response) => {
    const answer = inbox.checkHead({ method, path: url, headers });
    // @ts-expect-error -- the body is to be read before
    void inbox.receive({ method, path: url, headers });
    response.writeHead(answer?.status ?? 200).end();
  });
  return [await inbox.dead(5), await inbox.revive('9f0c'), await inbox.waiting()];
}
