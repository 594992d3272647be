/** What of the calls beyond sending must compile, and what must not: this file is compiled, and never run. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';

import {
  buildCall,
  type CallTypes,
  type ChatApiCalls,
  type CheckedContacts,
  type Client,
  type Download,
  type MarkAsReadArguments,
  parseCallResponse,
  type TujengeCalls,
  type UploadSource,
} from 'wamux';

export const read: MarkAsReadArguments = { message_id: '1' };
// @ts-expect-error -- an id that is absent
export const nothing: MarkAsReadArguments = {};
// @ts-expect-error -- an unknown member
export const extra: MarkAsReadArguments = { message_id: '1', status: 'read' };

export const sources: UploadSource[] = [
  new Uint8Array(),
  Buffer.from(''),
  'a.png',
  new URL('file:///a.png'),
  new Blob([]),
  createReadStream('a.png'),
  Readable.from([]),
  [new Uint8Array()],
];
// @ts-expect-error -- pieces of text
export const texts: UploadSource = ['a'];

export async function calls({ tujenge, chatApi }: Client): Promise<[Download, ...unknown[]]> {
  const { signal } = new AbortController();
  await tujenge.markAsRead(read, { signal });
  const checked: CheckedContacts = await tujenge.checkContacts({ contacts: ['1'], blocking: null });
  await tujenge.listGroups();
  await tujenge.listGroups({}, { signal: undefined });
  const status = (await chatApi.getStatus()).account_status;
  // @ts-expect-error -- a status that is none
  const isReady = status === 'ready';
  // @ts-expect-error -- arguments of a call that has none
  await tujenge.listGroups({ limit: 5 });
  // @ts-expect-error -- no arguments
  await tujenge.markAsRead();
  // @ts-expect-error -- a choice that is none
  await tujenge.checkContacts({ contacts: [], blocking: 'no' });
  // @ts-expect-error -- no source
  await tujenge.uploadMedia({ mime_type: 'image/png' });
  const { id } = await tujenge.uploadMedia({ mime_type: 'image/png' }, 'a.png', { length: 5 });
  return [await tujenge.downloadMedia({ media_id: id }), checked, isReady];
}

export function halves(): string {
  buildCall('tujenge', 'mark_as_read', read, { region: 'RU', length: undefined });
  // @ts-expect-error -- the arguments of another call
  buildCall('tujenge', 'mark_as_read', { text: 'x' });
  return parseCallResponse('tujenge', 'upload_media', '{}').id;
}

export type Name = keyof TujengeCalls;
// @ts-expect-error -- a gateway without calls
export type Nothing = CallTypes['devino-v2'];
// @ts-expect-error -- a call that is none
export type Unknown = CallTypes['tujenge']['mark_as_seen'];
// @ts-expect-error -- a call of another gateway
export type Foreign = ChatApiCalls['markAsRead'];
