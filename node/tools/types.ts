/** The engine's schemas, and TypeScript's types of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compile, type JSONSchema } from 'json-schema-to-typescript';

export const ROOT = join(__dirname, '../../..');

export type Schema = JSONSchema & { $defs: Record<string, JSONSchema> };

export function schema(name: string): Schema {
  const text = readFileSync(join(ROOT, 'core/engine/schemas', name), 'utf8');
  const renamed = text
    // JavaScript has an `Error` of its own.
    .replaceAll('#/$defs/Error"', '#/$defs/ErrorDocument"')
    .replaceAll(/"Error"(?=: \{)/g, '"ErrorDocument"');
  const document = JSON.parse(renamed) as Schema;
  simplify(document);
  return document;
}

/**
 * Writes a reference that has words of its own as the name of its type, and a choice of one as what it is: else each
 * becomes another type.
 */
function simplify(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) {
    return;
  }
  const node = schema as Record<string, unknown>;
  const reference = node['$ref'];
  if (typeof reference === 'string' && Object.keys(node).length > 1) {
    delete node['$ref'];
    node['tsType'] = reference.slice(reference.lastIndexOf('/') + 1);
  }
  const choices = node['oneOf'];
  if (Array.isArray(choices) && choices.length === 1) {
    delete node['oneOf'];
    Object.assign(node, choices[0]);
  }
  Object.values(node).forEach(simplify);
}

/** The types of all definitions. The generator begins at a root, and so gets one that refers to each of them. */
export async function types(document: Schema): Promise<string> {
  const names = Object.keys(document.$defs);
  const root: Schema = {
    $defs: document.$defs,
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }])),
  };
  const text = await compile(root, 'Root', { additionalProperties: false, bannerComment: '' });
  return text
    .replace(/^export interface Root \{\n[\s\S]*?^\}\n/m, '')
    .replaceAll('`Debug` hides', 'nothing prints');
}

/** `undefined` means absent, whether or not the caller's compiler tells the two apart. */
export function undefinedMembers(text: string): string {
  return text.replaceAll(/^( +[\w"'-]+\?:[^;{]*);$/gm, '$1 | undefined;');
}

/** Writes references to types of another file as their names. */
export function refer(schema: unknown, names: ReadonlySet<string>): void {
  if (typeof schema !== 'object' || schema === null) {
    return;
  }
  const node = schema as Record<string, unknown>;
  const name = String(node['$ref']).slice('#/$defs/'.length);
  if (names.has(name)) {
    delete node['$ref'];
    node['tsType'] = name;
  }
  Object.values(node).forEach((inner) => {
    refer(inner, names);
  });
}

export function camelCase(name: string): string {
  return name.replaceAll(/[-_](\w)/g, (_, letter: string) => letter.toUpperCase());
}

export function pascalCase(name: string): string {
  return camelCase(`_${name}`);
}
