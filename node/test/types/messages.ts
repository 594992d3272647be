/** What must compile, and what must not: this file is compiled, and never run. */
import {
  buildRequest,
  Client,
  Failover,
  type Event,
  type Header,
  type Message,
  type Parameter,
  type Receipt,
  type Retry,
  type SendResult,
  type WamuxError,
} from 'wamux';

const to = '+79034567890';

export const messages: Message[] = [
  { to, type: 'text', text: { body: 'Hi' } },
  { to, type: 'text', text: { body: 'Hi', preview_url: undefined }, ttl: undefined, from: null },
  { to, type: 'image', image: { data: new Uint8Array(), caption: 'x' } },
  { to, type: 'document', document: { link: 'https://a.example/b.pdf' }, client_id: '1' },
  { to, type: 'contacts', contacts: [{ name: { formatted_name: 'Ada' } }] },
  { to, type: 'reaction', reaction: { message_id: '1', emoji: '👍' } },
  { to, type: 'text', text: { body: 'Hi' }, options: { rapporto: { registered_delivery: 1 } } },
];

// @ts-expect-error -- a part that does not fit the type
export const misfit: Message = { to, type: 'text', image: { link: 'https://a.example' } };
// @ts-expect-error -- a part beside the one of the type
export const both: Message = { to, type: 'text', text: { body: 'x' }, image: { link: 'x' } };
// @ts-expect-error -- no part
export const none: Message = { to, type: 'text' };
// @ts-expect-error -- no recipient
export const nobody: Message = { type: 'text', text: { body: 'x' } };
// @ts-expect-error -- a type that is none
export const unknown: Message = { to, type: 'txt', text: { body: 'x' } };
// @ts-expect-error -- an unknown member
export const extra: Message = { to, type: 'text', text: { body: 'x' }, colour: 'red' };
// @ts-expect-error -- an unknown member of the part
export const deep: Message = { to, type: 'text', text: { body: 'x', preview: true } };
// @ts-expect-error -- a number for a text
export const mistyped: Message = { to: 7903, type: 'text', text: { body: 'x' } };
// @ts-expect-error -- an option of no gateway
export const option: Message = { to, type: 'text', text: { body: 'x' }, options: { meta: {} } };
// @ts-expect-error -- a parameter whose value has another name
export const parameter: Parameter = { type: 'text', payload: 'x' };
// @ts-expect-error -- a header whose part has another name
export const header: Header = { type: 'image', text: 'x' };

/** The type tells the part apart. */
export function bodyOf(message: Message): string | undefined {
  switch (message.type) {
    case 'text':
      return message.text.body;
    case 'template':
      return message.template.name;
    default:
      // @ts-expect-error -- no text has another type
      return message.text as string;
  }
}

export function statusOf(event: Event): string | undefined {
  if (event.type === 'status') {
    return event.error?.code ?? event.status;
  }
  // @ts-expect-error -- only a status has one
  return event.status as string;
}

export function isValidation(error: WamuxError): boolean {
  // @ts-expect-error -- no such kind
  return error.kind === 'validaton';
}

export async function calls(client: Client, error: WamuxError): Promise<Receipt> {
  // @ts-expect-error -- no such gateway
  buildRequest('devino', { to, type: 'text', text: { body: 'x' } });
  // @ts-expect-error -- no such setting
  buildRequest('devino-v2', { to, type: 'text', text: { body: 'x' } }, { form: 'x' });
  // @ts-expect-error -- what happened cannot be changed
  error.delivery = 'not_sent';
  return client.send('{"to":"+79034567890"}', { signal: undefined });
}

export async function many(client: Client): Promise<unknown[]> {
  const { signal } = new AbortController();
  client.sendMany(new Set(['{}', new Uint8Array()]));
  // @ts-expect-error -- what is no message
  client.sendMany([{ to, type: 'txt' }]);
  // @ts-expect-error -- a message and no source of messages
  client.sendMany({ to, type: 'text', text: { body: 'x' } });
  for await (const { index, receipt, error } of client.sendMany(messages, { signal })) {
    // @ts-expect-error -- there can be an error
    const id: unknown = receipt.message_id;
    if (error) {
      return [index.toFixed(), error.delivery, id];
    }
    return [receipt.message_id];
  }
  return [];
}

export function told(result: SendResult): string {
  return result.error ? result.error.kind : result.receipt.status;
}

export async function several(client: Client): Promise<Receipt> {
  const failover = new Failover([client, client]);
  // @ts-expect-error -- a text and no client
  new Failover(['devino-v2']);
  // @ts-expect-error -- the clients cannot be changed
  failover.clients[0] = client;
  return failover.send({ to, type: 'text', text: { body: 'x' } }, { signal: undefined });
}

export function retries(seen: Retry[]): Client {
  new Client({ gateway: 'tujenge', onRetry: async () => Promise.resolve() });
  // @ts-expect-error -- no function
  new Client({ gateway: 'tujenge', onRetry: 'log' });
  return new Client({
    gateway: 'tujenge',
    onRetry: ({ error, waitSeconds }) => {
      seen.push({ error, waitSeconds });
    },
  });
}
